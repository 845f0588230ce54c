"""What has happened on the floor before anybody looks: people talk, and swaps are on their way."""

from bot.demo.cast import BOT, Cast
from bot.demo.stage import Stage


def play(stage: Stage) -> None:
    """Plays it through Slack, as everything that follows is played."""
    cast = Cast(stage)
    cast("carla").types("Good morning! Zoë has joined the voice queue, please make her feel at home.")
    cast("ben").types(
        "Thanks for all the flexibility this month. Swaps go through `/swap`, no need to ask me first."
    )
    _swap(cast, "felix", "gita", given=(3, 5), returned=(3, 1))
    _accept(cast, "gita")
    _swap(cast, "oskar", "kavya", given=(2, 5), returned=(3, 5))
    _accept(cast, "kavya")
    _swap(cast, "marek", "ana", given=(3, 6), returned=(3, 2))
    cast("felix").reads("is settled", BOT)
    cast("ben").reads("waits for approval", "#coordinators")
    cast("ana").reads("is waiting for", BOT)


def _swap(cast: Cast, asker: str, colleague: str, given: tuple[int, int], returned: tuple[int, int]) -> None:
    """Proposes one shift for another, each by its week of the schedule and its weekday, both counted from 0."""
    actor = cast(asker)
    actor.types(f"/swap {cast.day(*given)} for {cast.day(*returned)} with @{colleague}")
    actor.form("Swap a shift")
    actor.submits()


def _accept(cast: Cast, colleague: str) -> None:
    actor = cast(colleague)
    card = actor.reads("is waiting for", BOT)
    actor.presses("Accept", card)

"""Whoever has Slack's Do Not Disturb on is asked when that is over, and holds up nobody else."""

from datetime import timedelta

from sqlalchemy import select

from bot.sandbox import Shown
from storage.tables import Message
from tests.scenarios.swapping import BEN_SAT, BOT, Floor
from tests.workplace import until


def held(floor: Floor, name: str) -> list[Message]:
    """What waits until somebody may be disturbed again."""
    team_id = floor.work.sandbox.team_id
    statement = select(Message).where(
        Message.workspace_id == team_id,
        Message.lane == floor.work.sandbox.user_id(name),
        Message.ts.is_(None),
        Message.not_before.is_not(None),
    )
    with floor.work.deps.sessions.read(team_id) as session:
        return list(session.scalars(statement))


def proposes(floor: Floor) -> Shown:
    """Ana asks Ben to swap; what she reads of it."""
    ana = floor.work.person("ana")
    ana.types("/swap fri with @ben")
    ana.picks("For their shift", BEN_SAT)
    ana.submits()
    return ana.reads("Swap 1 is waiting for @Ben Okafor", BOT)


def test_who_has_it_on_is_asked_when_it_is_over(floor_everywhere: Floor) -> None:
    floor, ben = floor_everywhere, floor_everywhere.work.person("ben")
    ben.pauses(timedelta(hours=2))
    proposes(floor)
    until(lambda: bool(held(floor, "ben")))
    assert ben.sees(BOT) == []
    floor.work.at("2026-11-02 14:01")
    assert ben.reads("Swap 1 is waiting for your answer", BOT).buttons == ["Accept", "Decline…"]
    assert floor.presses("ben", "Accept").text.startswith("Swap 1 is settled.")


def test_who_has_it_on_is_answered_and_the_others_hear_of_it_at_once(floor: Floor) -> None:
    ben = floor.work.person("ben")
    card = proposes(floor)
    ben.reads("Swap 1 is waiting for your answer", BOT)
    ben.pauses(timedelta(hours=2))
    assert "Sat, Nov 7" in floor.work.asks("ben", "/shifts").text
    floor.taps("ben", "Accept")
    ben.reads("Swap 1 is settled.", BOT)
    floor.work.person("dev").reads("Swap 1 is settled.", "#floor")
    until(lambda: len(floor.work.person("ana").thread(card)) == 2)
    until(lambda: bool(held(floor, "ben")))
    assert floor.told("ben") == []
    floor.work.at("2026-11-02 14:01")
    floor.settles()
    assert [told.split(".")[0] for told in floor.told("ben")] == ["Swap 1 is settled"]


def test_what_is_withdrawn_meanwhile_asks_nothing_any_more(floor: Floor) -> None:
    ben = floor.work.person("ben")
    ben.pauses(timedelta(hours=2))
    proposes(floor)
    until(lambda: bool(held(floor, "ben")))
    floor.taps("ana", "Withdraw")
    floor.work.person("ana").reads("withdrawn", BOT)
    floor.work.at("2026-11-02 14:01")
    floor.settles()
    (late,) = ben.sees(BOT)
    assert late.text.startswith("Swap 1 is withdrawn by @Ana Ruiz.")
    assert late.buttons == []

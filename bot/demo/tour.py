"""A working day, played in the terminal: what each person types, presses and reads."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.cast import Cast, Watch
from bot.demo.scenes import shifts, swaps
from bot.demo.stage import Stage

Scene = Callable[[Cast], None]
_ZONE = ZoneInfo("Europe/Berlin")
SCENES: tuple[Scene, ...] = (
    shifts.the_morning,
    swaps.settled_among_themselves,
    swaps.only_what_the_rules_allow,
    swaps.approved_by_the_desk,
    swaps.taken_back,
)


def opening(now: datetime) -> datetime:
    """When the day of the tour begins: on the Monday after ``now``, at 09:05 where the team is."""
    monday = now.astimezone(_ZONE).date() + timedelta(days=7 - now.astimezone(_ZONE).weekday())
    return datetime.combine(monday, time(9, 5), _ZONE)


def play(stage: Stage, watch: Watch, scenes: Sequence[Scene] = SCENES) -> bool:
    """Plays every scene, and says whether all of it happened; a scene's docstring is its title."""
    cast, missed = Cast(stage, watch), 0
    for number, scene in enumerate(scenes, 1):
        title = (scene.__doc__ or "").splitlines()[0]
        watch(f"\n{number}. {title}\n")
        try:
            scene(cast)
        except AssertionError as missing:
            watch(f"\n  ✗ This did not happen: {missing}")
            missed += 1
    watch(f"\n{missed} of {len(scenes)} scenes went wrong." if missed else f"\nAll {len(scenes)} scenes happened.")
    return missed == 0

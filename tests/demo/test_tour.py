"""The tour plays a working day, and says so when something did not happen."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.cast import ZONE, Cast
from bot.demo.stage import Stage, staged
from bot.demo.tour import SCENES, opening, play
from tests.demo.test_stage import SUNDAY

# Ids and mentions as Slack writes them; ids and dates of machines; what Python prints of nothing and of lists.
MACHINE_WORDS = re.compile(r"\b[A-Z]0SB|[0-9a-f]{8}-[0-9a-f]{4}|<[@#!]|\b\d{4}-\d\d-\d\d|: None$|\['")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path, at=opening(SUNDAY)) as stage:
        yield stage


# Begun on the second day, the schedule ends next year, and the leave is taken next month.
@pytest.mark.parametrize("day", [SUNDAY, SUNDAY + timedelta(days=7)])
def test_every_scene_happens_and_nobody_reads_an_id(day: datetime, tmp_path: Path) -> None:
    printed: list[str] = []
    with staged(tmp_path, at=opening(day)) as stage:
        assert play(stage, printed.append), "\n".join(printed)
    assert printed[-1] == f"\nAll {len(SCENES)} scenes happened."
    assert [line for line in printed if MACHINE_WORDS.search(line)] == []
    assert all(f"\n{number}. {scene.__doc__}\n" in printed for number, scene in enumerate(SCENES, 1))


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 23, 9, 5, tzinfo=ZONE)),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 30, 9, 5, tzinfo=ZONE)),
        (datetime(2026, 12, 15, 9, tzinfo=UTC), datetime(2027, 1, 4, 9, 5, tzinfo=ZONE)),
        (datetime(2027, 3, 15, 9, tzinfo=UTC), datetime(2027, 4, 5, 9, 5, tzinfo=ZONE)),
    ],
)
def test_the_day_is_a_monday_and_in_its_week_is_no_public_holiday(today: datetime, monday: datetime) -> None:
    assert opening(today) == monday


def test_what_did_not_happen_is_said_and_the_day_goes_on(stage: Stage) -> None:
    def wishful(cast: Cast) -> None:
        """Ana reads what nobody wrote"""
        cast("ana", patience=0.1).reads("a rise for everybody")

    def real(cast: Cast) -> None:
        """Ana looks at her shifts"""
        cast("ana").types("/shifts")
        cast("ana").reads("Your shifts")

    printed: list[str] = []
    assert not play(stage, printed.append, (wishful, real))
    assert any("did not happen" in line and "a rise for everybody" in line for line in printed)
    assert any("Your shifts" in line for line in printed)
    assert printed[-1] == "\n1 of 2 scenes went wrong."

"""A new schedule on a floor where somebody has taken a shift over: all concerned read what becomes of it."""

from datetime import date

import pytest

from bot.actions.imports import undo_import
from bot.domain.permissions import OPERATOR
from tests.scenarios.covering import Covers
from tests.scenarios.swapping import Floor

FRIDAY = date(2026, 11, 6), date(2026, 11, 6)
ANA_LATER = "ana@example.com,2026-11-06,12:00,20:00,Europe/Berlin,mail"


@pytest.fixture
def covers(floor_everywhere: Floor) -> Covers:
    """Ben has taken Ana's Friday over."""
    covers = Covers(floor_everywhere)
    covers.gives()
    covers.presses("ben", "Take all")
    return covers


def takes_over(covers: Covers, *lines: str, replaced: tuple[date, date] | None = None) -> None:
    covers.work.shifts(*lines, replaced=replaced)
    covers.floor.settles()


def test_a_shift_that_moves_stays_covered_and_both_read_the_new_hours(covers: Covers) -> None:
    takes_over(covers, ANA_LATER)
    assert covers.card("ben").text.splitlines()[:2] == [
        "Cover 1 is covered by you.",
        "@Ben Okafor works Fri, Nov 6, 11:00–19:00 · mail",
    ]
    for name, hours in (
        ("ana", "09:00–17:00 · mail → Fri, Nov 6, 12:00–20:00"),
        ("ben", "08:00–16:00 · mail → Fri, Nov 6, 11:00–19:00"),
    ):
        assert covers.told(name)[-1].splitlines()[:2] == [
            "What was taken of cover 1 holds on a new schedule, with a shift moved.",
            f"• Fri, Nov 6, {hours} · mail: @Ben Okafor works it",
        ]
    assert "@Ben Okafor works Fri, Nov 6, 11:00–19:00" in covers.card("dev", "#floor").text
    assert "11:00–19:00 · mail" in covers.work.asks("ben", "/shifts").text
    assert covers.presses("ben", "Undo").text.startswith("Cover 1 ")
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]


def test_a_shift_that_is_gone_ends_the_cover_and_all_read_so_until_it_is_back(covers: Covers) -> None:
    takes_over(covers, replaced=FRIDAY)
    for name in ("ana", "ben"):
        assert covers.card(name).buttons == []
        assert covers.told(name)[-1].startswith(
            "What was taken of cover 1 has ended: a new schedule leaves no room for it.\n"
        )
    assert covers.states() == ["superseded"]
    assert covers.floor.works("ben") == ["Nov 7", "Nov 14"]
    told = [shown.text for shown in covers.work.person("cora").sees("#ops") if "cover 1" in shown.text]
    assert [text.splitlines()[0] for text in told] == [
        "What was taken of cover 1 has ended: a new schedule leaves no room for it. That is no longer planned."
    ]
    undo_import(covers.work.deps, covers.work.sandbox.team_id, OPERATOR, 3)
    covers.floor.settles()
    assert covers.card("ben").text.startswith("Cover 1 is covered by you.")
    assert covers.told("ana")[-1].startswith("What was taken of cover 1 is in force again")
    assert covers.floor.works("ben") == ["Nov 6", "Nov 7", "Nov 14"]
    audit = covers.work.asks("cora", "/floor audit cover 1").text
    assert "ended what was taken of cover 1, because its shift changed · confirmed → superseded" in audit
    assert "put what was taken of cover 1 in force again" in audit

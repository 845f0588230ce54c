"""A new schedule on a floor with settled swaps: whoever is concerned reads what has become of theirs."""

from datetime import date

import pytest

from bot.actions.imports import undo_import
from bot.domain.permissions import OPERATOR
from tests.scenarios.swapping import Floor

FRIDAY = date(2026, 11, 6), date(2026, 11, 6)
ANA_LATER = "ana@example.com,2026-11-06,12:00,20:00,Europe/Berlin,mail"


@pytest.fixture
def floor(floor_everywhere: Floor) -> Floor:
    """Ana and Ben have swapped: he works her Friday, she works his Saturday."""
    floor_everywhere.proposes()
    floor_everywhere.presses("ben", "Accept")
    return floor_everywhere


def takes_over(floor: Floor, *lines: str, replaced: tuple[date, date] | None = None) -> None:
    floor.work.shifts(*lines, replaced=replaced)
    floor.settles()


def takes_back(floor: Floor, number: int) -> None:
    undo_import(floor.work.deps, floor.work.sandbox.team_id, OPERATOR, number)
    floor.settles()


def test_a_shift_that_moves_stays_swapped_and_both_read_the_new_hours(floor: Floor) -> None:
    takes_over(floor, ANA_LATER)
    assert floor.card("ben").text.splitlines()[:3] == [
        "Swap 1 is settled.",
        "@Ana Ruiz works Sat, Nov 7, 09:00–17:00 · mail",
        "@Ben Okafor works Fri, Nov 6, 11:00–19:00 · mail",
    ]
    assert floor.told("ben")[1].splitlines() == [
        "Swap 1 holds on a new schedule, with a shift moved.",
        "• Fri, Nov 6, 08:00–16:00 · mail → Fri, Nov 6, 11:00–19:00 · mail: @Ben Okafor works it",
        "• Sat, Nov 7, 09:00–17:00 · mail: @Ana Ruiz works it",
        "Times in Europe/London",
    ]
    assert len(floor.told("ana")) == 2
    [announced] = floor.announced()
    assert "@Ben Okafor works Fri, Nov 6, 11:00–19:00" in announced.text
    assert "11:00–19:00 · mail" in floor.work.asks("ben", "/shifts").text
    assert floor.presses("ana", "Undo").text.startswith("Swap 1 is undone")
    assert floor.works("ana") == ["Nov 6", "Nov 13"]


def test_a_shift_that_is_gone_ends_the_swap_and_all_who_knew_of_it_read_so(floor: Floor) -> None:
    takes_over(floor, replaced=FRIDAY)
    for name in ("ana", "ben"):
        card = floor.card(name)
        assert card.text.startswith("Swap 1 is void, because one of its shifts has changed.")
        assert card.buttons == []
        assert floor.told(name)[-1].startswith("Swap 1 has ended: a new schedule leaves no room for it.\n")
    [announced] = floor.announced()
    assert announced.text.startswith("Swap 1 is void")
    [reply] = floor.work.person("dev").thread(announced)[1:]
    assert reply.text.splitlines() == [
        "Swap 1 has ended: a new schedule leaves no room for it.",
        "• Fri, Nov 6, 08:00–16:00 · mail: no longer planned",
        "• Sat, Nov 7, 09:00–17:00 · mail: @Ben Okafor works it",
        "Times in UTC",
    ]
    ops = [shown.text for shown in floor.work.person("cora").sees("#ops") if "Swap 1" in shown.text]
    assert [text.splitlines()[0] for text in ops] == [
        "Swap 1 has ended: a new schedule leaves no room for it. One of its shifts is no longer planned."
    ]
    assert floor.works("ben") == ["Nov 7", "Nov 14"]
    audit = floor.work.asks("ana", "/floor audit swap 1").text
    assert "closed swap 1, because one of its shifts changed · settled → superseded" in audit


def test_a_new_schedule_that_is_taken_back_puts_the_swap_in_force_again(floor: Floor) -> None:
    takes_over(floor, replaced=FRIDAY)
    takes_back(floor, 3)
    for name in ("ana", "ben"):
        assert floor.card(name).text.startswith("Swap 1 is settled.")
        assert floor.card(name).buttons == ["Undo"]
        assert floor.told(name)[-1].startswith("Swap 1 is in force again: the new schedule was taken back.\n")
    assert floor.announcements() == 1
    assert floor.works("ben") == ["Nov 6", "Nov 14"]
    assert "put swap 1 in force again · superseded → settled" in floor.work.asks("ana", "/floor audit swap 1").text


def test_who_is_planned_at_a_time_at_which_they_work_by_a_swap_works_as_planned(floor: Floor) -> None:
    takes_over(floor, "ben@example.com,2026-11-06,14:00,22:00,Europe/London,mail")
    assert floor.works("ben") == ["Nov 6", "Nov 7", "Nov 14"]
    assert "• Fri, Nov 6, 09:00–17:00 · mail: @Ana Ruiz works it" in floor.told("ana")[-1]
    assert "Somebody would have worked two shifts at once." in floor.card("cora", "#ops").text

"""Files and swaps: no file drops a swap silently, and none that is over stands in a file's way."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.actions.imports import Dependents, ImportInUse
from bot.actions.shifts_import import Decided
from bot.actions.swaps import accept, decline, undo, withdraw
from bot.actions.swaps_cards import load_swap
from bot.cli.reports import decided_report, in_use_report
from storage.tables import Message
from tests.swap_desk import SwapDesk

ANA_FRIDAY = "ana@example.com,2026-11-06,09:00,17:00,UTC,mail"
LATER = ANA_FRIDAY.replace("09:00,17:00", "10:00,18:00")
FRIDAY = date(2026, 11, 6), date(2026, 11, 6)
PEOPLE, SHIFTS, NEXT = 1, 2, 3  # the numbers of the imports


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[SwapDesk]:
    floor = SwapDesk(database_url, tmp_path)
    yield floor
    floor.close()


def settled(floor: SwapDesk, asker: str = "ana", colleague: str = "ben", mine: int = 0, theirs: int = 0) -> UUID:
    """A swap in force."""
    swap = floor.proposes(asker, colleague, mine, theirs)
    accept(floor.deps, floor.caller(colleague), swap)
    assert floor.state(swap) == "approved"
    return swap


def swap_back(floor: SwapDesk, swap: UUID, who: str = "ana") -> None:
    assert undo(floor.deps, floor.caller(who), swap)


def undone(floor: SwapDesk) -> UUID:
    """A swap that was settled and undone."""
    swap = settled(floor)
    swap_back(floor, swap)
    return swap


def declined(floor: SwapDesk) -> UUID:
    swap = floor.proposes("ana", "ben")
    decline(floor.deps, floor.caller("ben"), swap, uuid4(), "busy")
    return swap


def withdrawn(floor: SwapDesk) -> UUID:
    swap = floor.proposes("ana", "ben")
    withdraw(floor.deps, floor.caller("ana"), swap)
    return swap


def waiting(floor: SwapDesk) -> UUID:
    floor.review()
    swap = floor.proposes("ana", "ben")
    accept(floor.deps, floor.caller("ben"), swap)
    return swap


def in_use(floor: SwapDesk, number: int) -> ImportInUse:
    """Why an import cannot be undone; the attempt changes nothing."""
    before = floor.desk.everything()
    with pytest.raises(ImportInUse) as refusal:
        floor.desk.undo(number)
    assert floor.desk.everything() == before
    return refusal.value


def decided(floor: SwapDesk, *lines: str, replaced: tuple[date, date] | None = None) -> list[str]:
    """What the terminal says of a file that a swap stands in the way of; the attempt changes nothing."""
    before = floor.desk.everything()
    with pytest.raises(Decided) as refusal:
        floor.desk.shifts(*lines, replaced=replaced)
    assert floor.desk.everything() == before
    headline, *shifts = decided_report(refusal.value, several=False)
    assert headline == (
        "Nothing was imported: these shifts are worked otherwise than planned. Undo that first, or leave them."
    )
    return [" ".join(line.split()) for line in shifts]


def worked(floor: SwapDesk) -> list[tuple[UUID | None, datetime, str]]:
    """Who works what, and why."""
    return [(row.member_id, row.start, row.cause) for row in floor.assignments()]


def told(floor: SwapDesk) -> list[str]:
    """Whose planned shifts have changed."""
    with floor.deps.sessions.read("T1") as session:
        rows = session.query(Message).filter_by(workspace_id="T1", card="shifts.changed").order_by(Message.number)
        return [row.lane for row in rows]


def test_a_file_does_not_touch_a_shift_that_is_swapped_and_names_the_swap(floor: SwapDesk) -> None:
    settled(floor)
    shift = "ana@example.com Fri 6 Nov 2026 09:00–17:00, mail"
    assert decided(floor, LATER) == [f"move line 2 {shift}: swap 1"]
    assert decided(floor, replaced=FRIDAY) == [f"remove {shift}: swap 1"]


def test_undoing_the_second_of_two_swaps_leaves_the_first_in_the_way_of_a_file(floor: SwapDesk) -> None:
    settled(floor)
    swap_back(floor, settled(floor, "ben", "dev"), "ben")
    [line] = decided(floor, LATER)
    assert line.endswith(": swap 1")


def test_a_shift_that_was_swapped_back_is_moved_and_its_owner_told(floor: SwapDesk) -> None:
    swap = undone(floor)
    before = worked(floor)
    assert len(floor.desk.shifts(LATER).plan.moved) == 1
    ana = floor.desk.member("ana").id
    assert worked(floor)[0][::2] == (ana, "base")
    assert worked(floor)[0][1].hour == 10
    assert told(floor) == ["U0ANA"]
    assert floor.state(swap) == "undone"
    floor.demand_whole()
    floor.desk.undo(NEXT)
    assert worked(floor) == before


def test_a_file_that_moves_a_shift_ends_the_swap_that_waits_for_it(floor: SwapDesk) -> None:
    undone(floor)
    swap = floor.proposes("ana", "ben")
    floor.desk.shifts(LATER)
    assert floor.state(swap) == "superseded"
    floor.demand_whole()


@pytest.mark.parametrize("begin", [settled, waiting, lambda floor: floor.proposes("ana", "ben")])
def test_an_import_is_not_undone_while_a_swap_of_its_shifts_waits_or_is_in_force(
    floor: SwapDesk, begin: Callable[[SwapDesk], UUID]
) -> None:
    begin(floor)
    refusal = in_use(floor, SHIFTS)
    assert refusal.dependents.swaps == (1,)
    said = list(in_use_report(refusal))
    assert said[0] == "Import 2 cannot be undone, because something depends on it. Nothing was changed."
    assert said[-2:] == [
        "  1 swap of its shifts, waiting or in force",
        "In Slack, have what waits withdrawn and what is in force undone first: swap 1.",
    ]
    assert ("  2 shifts worked otherwise by now" in said) is (floor.swaps()[0].state == "approved")


def test_a_swap_of_what_was_swapped_back_stands_in_the_way_too(floor: SwapDesk) -> None:
    undone(floor)
    floor.proposes("ana", "ben")
    assert in_use(floor, SHIFTS).dependents == Dependents({}, {}, 0, 0, [], (2,))


def test_a_shift_that_was_handed_on_more_than_once_counts_once(floor: SwapDesk) -> None:
    undone(floor)
    settled(floor)
    assert "  2 shifts worked otherwise by now" in list(in_use_report(in_use(floor, SHIFTS)))


@pytest.mark.parametrize("end", [undone, declined, withdrawn])
def test_an_import_is_undone_once_the_swaps_of_its_shifts_are_over_and_they_stay_on_record(
    floor: SwapDesk, end: Callable[[SwapDesk], UUID]
) -> None:
    swap = end(floor)
    with floor.deps.sessions.read("T1") as session:
        before = load_swap(session, swap)
    assert floor.desk.undo(SHIFTS).gone["shift"] == 6
    assert (floor.desk.base(), floor.assignments()) == ([], [])
    assert told(floor).count("U0ANA") == 1
    with floor.deps.sessions.read("T1") as session:
        assert load_swap(session, swap) == before
    assert len(floor.desk.shifts(ANA_FRIDAY).plan.added) == 1
    floor.demand_whole()


def test_people_whom_a_swap_names_stay_on_the_roster(floor: SwapDesk) -> None:
    withdrawn(floor)
    floor.desk.undo(SHIFTS)
    said = list(in_use_report(in_use(floor, PEOPLE)))
    assert "  1 swap of the people that it added" in said
    assert said[-1] == "Whoever a swap names stays on the roster, because its record does."


@pytest.mark.parametrize("end", [undone, declined, withdrawn])
def test_a_move_is_undone_once_the_swaps_of_what_it_moved_are_over(
    floor: SwapDesk, end: Callable[[SwapDesk], UUID]
) -> None:
    before = worked(floor)
    floor.desk.shifts(LATER)
    end(floor)
    floor.desk.undo(NEXT)
    moved_back = [row for row in worked(floor) if row[0] == floor.desk.member("ana").id]
    assert moved_back == [row for row in before if row[0] == floor.desk.member("ana").id]
    floor.demand_whole()
    floor.desk.undo(SHIFTS)
    assert (floor.desk.base(), floor.assignments()) == ([], [])


def test_a_note_of_a_shift_that_was_nearly_swapped_goes_with_its_import(floor: SwapDesk) -> None:
    floor.desk.shifts("ana@example.com,2026-11-20,09:00,17:00,UTC,chat,front desk")
    swap = floor.proposes("ana", "ben", mine=2)
    withdraw(floor.deps, floor.caller("ana"), swap)
    floor.desk.undo(NEXT)
    assert (len(floor.desk.base()), floor.desk.tables()["note"]) == (6, [])


def test_undoing_another_queue_ends_the_swap_that_waits_for_the_shift(floor: SwapDesk) -> None:
    floor.desk.shifts(ANA_FRIDAY.replace("mail", "chat"))
    swap = floor.proposes("ana", "ben")
    floor.desk.undo(NEXT)
    assert floor.state(swap) == "superseded"
    floor.demand_whole()

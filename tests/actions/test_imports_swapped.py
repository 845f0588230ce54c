"""Files and swaps: a file is never refused for a swap, and none is dropped silently."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.actions.imports import ImportInUse
from bot.actions.settings_change import change_settings
from bot.actions.shifts_import import Clashing
from bot.actions.swaps import accept, decline, undo, withdraw
from bot.actions.swaps_cards import load_swap
from bot.app import build_cards
from bot.cli.reports import in_use_report, shifts_report
from bot.domain.imports import Dependents, Numbers
from bot.domain.permissions import OPERATOR
from bot.domain.rules import RuleId
from storage.tables import Audit, Message
from tests.swap_desk import SwapDesk

ANA_FRIDAY = "ana@example.com,2026-11-06,09:00,17:00,UTC,mail"
LATER = ANA_FRIDAY.replace("09:00,17:00", "10:00,18:00")
FRIDAY = date(2026, 11, 6), date(2026, 11, 6)
SATURDAY = date(2026, 11, 7), date(2026, 11, 7)
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


def said_of_swaps(floor: SwapDesk, *lines: str, replaced: tuple[date, date] | None = None) -> list[str]:
    """What the terminal says of swaps before a file is taken over, and then; looking changes nothing."""
    before = floor.desk.everything()
    preview = floor.desk.shifts(*lines, replaced=replaced, dry_run=True)
    assert floor.desk.everything() == before
    done = floor.desk.shifts(*lines, replaced=replaced)
    assert done.aftermath.held == preview.aftermath.held
    assert done.aftermath.ended == preview.aftermath.ended
    report = shifts_report(done, full=False, several=False)
    read = [" ".join(line.split()) for line in report]
    return [line for line in read if "swap" in line or line.startswith("→")]


def undo_of(floor: SwapDesk) -> Callable[[], None]:
    """Takes the last import back and demands that everything is as it was before it."""
    before = {table: rows for table, rows in floor.desk.tables().items() if table not in ("message", "lane")}

    def take_back() -> None:
        floor.desk.undo(NEXT)
        after = floor.desk.tables()
        assert {table: after[table] for table in before} == before

    return take_back


def by_whom(floor: SwapDesk) -> list[str]:
    """Who works on which day, in order."""
    names = {floor.desk.member(name).id: name for name in ("ana", "ben", "dev")}
    return [f"{names[row.member_id]} {row.start:%-d %H}" for row in floor.assignments() if row.member_id]


def heard(floor: SwapDesk, lane: str) -> list[str]:
    """What a person or a channel is told of swaps on a new schedule."""
    cards = build_cards(floor.deps)
    with floor.deps.sessions.read("T1") as session:
        rows = session.query(Message).filter_by(workspace_id="T1", card="swap.rescheduled", lane=lane)
        drawn = [cards.render(session, row) for row in rows.order_by(Message.number)]
    return [each["text"] for each in drawn if each]


def worked(floor: SwapDesk) -> list[tuple[UUID | None, datetime, str]]:
    """Who works what, and why."""
    return [(row.member_id, row.start, row.cause) for row in floor.assignments()]


def told(floor: SwapDesk) -> list[str]:
    """Whose planned shifts have changed."""
    with floor.deps.sessions.read("T1") as session:
        rows = session.query(Message).filter_by(workspace_id="T1", card="shifts.changed").order_by(Message.number)
        return [row.lane for row in rows]


def test_a_shift_that_moves_is_worked_by_whoever_did_so_by_a_swap(floor: SwapDesk) -> None:
    swap = settled(floor)
    take_back = undo_of(floor)
    assert said_of_swaps(floor, LATER) == [
        "holds line 2 swap 1: ben@example.com works Fri 6 Nov 2026 10:00–18:00, planned for ana@example.com"
    ]
    assert by_whom(floor)[:2] == ["ben 6 10", "ana 7 09"]
    assert floor.state(swap) == "approved"
    moved = "Fri, Nov 6, 10:00–18:00 · mail → Fri, Nov 6, 11:00–19:00 · mail: <@U0BEN> works it"
    for lane in ("U0ANA", "U0BEN"):
        [text] = heard(floor, lane)
        assert text == (
            f"Swap 1 holds on a new schedule, with a shift moved. • {moved} "
            "• Sat, Nov 7, 10:00–18:00 · mail: <@U0ANA> works it"
        )
    assert (heard(floor, "C0FLOOR"), told(floor)) == ([], [])
    take_back()
    assert heard(floor, "U0BEN")[1].startswith("Swap 1 holds")


def test_the_two_can_still_undo_a_swap_whose_shift_was_moved(floor: SwapDesk) -> None:
    swap = settled(floor)
    floor.desk.shifts(LATER)
    swap_back(floor, swap)
    assert by_whom(floor)[:2] == ["ana 6 10", "ben 7 09"]
    floor.demand_whole()
    refusal = in_use(floor, NEXT)
    assert refusal.dependents.settled.swaps == (1,)
    assert list(in_use_report(refusal))[1:] == [
        "  swap 1, whose shifts it changed, undone or swapped on since",
        "Import a corrected file instead.",
    ]


def test_swaps_of_a_shift_that_was_moved_are_undone_one_after_the_other(floor: SwapDesk) -> None:
    first, second = settled(floor), settled(floor, "ben", "dev")
    floor.desk.shifts(LATER)
    assert by_whom(floor)[:3] == ["dev 6 10", "ana 7 09", "ben 8 09"]
    swap_back(floor, second, "dev")
    swap_back(floor, first)
    assert by_whom(floor)[:3] == ["ana 6 10", "ben 7 09", "dev 8 09"]
    floor.demand_whole()


def test_a_swap_ends_with_a_shift_that_is_no_longer_planned_and_everybody_hears_of_it(floor: SwapDesk) -> None:
    swap = settled(floor)
    take_back = undo_of(floor)
    assert said_of_swaps(floor, replaced=FRIDAY) == [
        "ends swap 1 of ana@example.com and ben@example.com: "
        "ana@example.com Fri 6 Nov 2026 09:00–17:00, mail is no longer planned",
        "→ ben@example.com works Sat 7 Nov 2026 09:00–17:00",
        "1 settled swap ends: both people, the coordinators and the floor are told.",
    ]
    assert by_whom(floor)[0] == "ben 7 09"
    assert floor.state(swap) == "superseded"
    text = (
        "Swap 1 has ended: a new schedule leaves no room for it.{} "
        "• Fri, Nov 6, {hours} · mail: no longer planned "
        "• Sat, Nov 7, {hours} · mail: <@U0BEN> works it"
    )
    for lane, hours in (("U0ANA", "10:00–18:00"), ("U0BEN", "10:00–18:00"), ("C0FLOOR", "09:00–17:00")):
        assert heard(floor, lane) == [text.format("", hours=hours)]
    reason = " One of its shifts is no longer planned."
    assert heard(floor, "C0OPS") == [text.format(reason, hours="09:00–17:00")]
    take_back()
    assert floor.state(swap) == "approved"
    for lane in ("U0ANA", "U0BEN", "C0FLOOR", "C0OPS"):
        assert heard(floor, lane)[1].startswith("Swap 1 is in force again: the new schedule was taken back.")
    swap_back(floor, swap)


def test_a_swap_ends_where_a_line_plans_somebody_at_a_time_at_which_they_work_by_it(floor: SwapDesk) -> None:
    swap = settled(floor)
    take_back = undo_of(floor)
    assert said_of_swaps(floor, "ben@example.com,2026-11-06,16:00,20:00,UTC,mail")[:3] == [
        "ends line 2 swap 1 of ana@example.com and ben@example.com: "
        "ana@example.com Fri 6 Nov 2026 09:00–17:00, mail is at the same time as "
        "ben@example.com Fri 6 Nov 2026 16:00–20:00, mail",
        "→ ana@example.com works Fri 6 Nov 2026 09:00–17:00",
        "→ ben@example.com works Sat 7 Nov 2026 09:00–17:00",
    ]
    assert by_whom(floor)[:3] == ["ana 6 09", "ben 6 16", "ben 7 09"]
    assert floor.state(swap) == "superseded"
    floor.demand_whole()
    take_back()


def test_a_line_that_clashes_with_what_was_given_away_plans_it_all_the_same(floor: SwapDesk) -> None:
    settled(floor)
    with pytest.raises(Clashing):
        floor.desk.shifts("ana@example.com,2026-11-06,16:00,20:00,UTC,mail", ANA_FRIDAY)


def test_a_swap_ends_where_a_moved_shift_meets_what_whoever_works_it_works_besides(floor: SwapDesk) -> None:
    floor.desk.shifts("ben@example.com,2026-11-06,18:00,22:00,UTC,mail")
    swap = settled(floor, theirs=1)
    assert "is at the same time as" in said_of_swaps(floor, ANA_FRIDAY.replace("09:00,17:00", "11:00,19:00"))[0]
    assert by_whom(floor)[:3] == ["ana 6 11", "ben 6 18", "ben 7 09"]
    assert floor.state(swap) == "superseded"
    floor.demand_whole()


def test_a_swap_ends_where_a_limit_denies_somebody_a_shift_as_it_is_now(floor: SwapDesk) -> None:
    swap = settled(floor)
    floor.desk.people("email,name,limits\nben@example.com,Ben,no nights\n")
    assert said_of_swaps(floor, LATER)[0].startswith("holds line 2 swap 1: ben@example.com works")
    assert said_of_swaps(floor, ANA_FRIDAY.replace("09:00,17:00", "20:00,04:00"))[0] == (
        "ends line 2 swap 1 of ana@example.com and ben@example.com: "
        "ana@example.com Fri 6 Nov 2026 20:00–04:00, mail goes against a rule for whoever works it "
        "(is not to be given this)"
    )
    assert by_whom(floor)[:2] == ["ana 6 20", "ben 7 09"]
    assert floor.state(swap) == "superseded"
    assert [text for lane in ("U0ANA", "U0BEN", "C0FLOOR") for text in heard(floor, lane) if "rule" in text] == []


def test_rest_is_counted_beside_what_the_same_file_makes_of_the_other_shifts(floor: SwapDesk) -> None:
    change_settings(floor.deps, "T1", OPERATOR, "workspace", {"jurisdiction": "eu"})
    swap = settled(floor, theirs=1)  # Ben keeps Saturday from nine
    late = ANA_FRIDAY.replace("09:00,17:00", "16:00,00:00")
    preview = floor.desk.shifts(late, dry_run=True)
    assert [ended.rules for ended in preview.aftermath.ended] == [(RuleId.DAILY_REST,)]
    assert said_of_swaps(floor, late, "ben@example.com,2026-11-07,12:00,20:00,UTC,mail") == [
        "holds line 2 swap 1: ben@example.com works Fri 6 Nov 2026 16:00–00:00, planned for ana@example.com"
    ]
    assert floor.state(swap) == "approved"


def test_another_queue_is_told_to_whoever_works_the_shift_by_a_swap(floor: SwapDesk) -> None:
    settled(floor)
    take_back = undo_of(floor)
    assert len(said_of_swaps(floor, ANA_FRIDAY.replace("mail", "chat"))) == 1
    mail, chat = (f"Fri, Nov 6, 10:00–18:00 · {queue}" for queue in ("mail", "chat"))
    assert f"{mail} → {chat}: <@U0BEN> works it" in heard(floor, "U0BEN")[0]
    take_back()
    assert f"{chat} → {mail}: <@U0BEN> works it" in heard(floor, "U0BEN")[1]
    assert told(floor) == []


def test_what_was_swapped_on_from_a_swap_that_ends_ends_with_it(floor: SwapDesk) -> None:
    first = settled(floor)
    second = settled(floor, "ben", "dev")
    take_back = undo_of(floor)
    said = said_of_swaps(floor, replaced=SATURDAY)
    ends = [line for line in said if line.startswith("ends")]
    assert [line.split(":")[0] for line in ends] == [
        "ends swap 1 of ana@example.com and ben@example.com",
        "ends swap 2 of ben@example.com and dev@example.com",
    ]
    assert "it was built on one that ends" in ends[1]
    assert by_whom(floor)[:2] == ["ana 6 09", "dev 8 09"]
    assert (floor.state(first), floor.state(second)) == ("superseded", "superseded")
    take_back()


def test_what_was_worked_by_a_swap_stays_with_who_has_worked_it(floor: SwapDesk) -> None:
    swap = settled(floor)
    floor.now = datetime(2026, 11, 6, 18, tzinfo=UTC)
    take_back = undo_of(floor)
    floor.desk.shifts(replaced=SATURDAY)
    assert by_whom(floor)[:2] == ["ben 6 09", "dev 8 09"]
    assert floor.state(swap) == "superseded"
    take_back()


def test_a_swap_that_is_over_holds_whatever_a_file_says_of_its_shifts(floor: SwapDesk) -> None:
    swap = settled(floor)
    floor.now = datetime(2026, 11, 8, tzinfo=UTC)
    take_back = undo_of(floor)
    floor.desk.shifts(LATER, replaced=SATURDAY)
    assert by_whom(floor)[0] == "ben 6 10"
    assert floor.state(swap) == "approved"
    assert (heard(floor, "U0BEN"), heard(floor, "C0OPS")) == ([], [])
    take_back()


def test_a_file_that_leaves_swapped_shifts_as_they_are_leaves_the_swap_as_it_is(floor: SwapDesk) -> None:
    settled(floor)
    swaps, before = floor.swaps()[0].given_made_id, worked(floor)
    assert said_of_swaps(floor, ANA_FRIDAY, "dev@example.com,2026-11-08,10:00,18:00,UTC,mail") == []
    assert (floor.swaps()[0].given_made_id, worked(floor)[:2]) == (swaps, before[:2])


def test_what_becomes_of_a_swap_is_in_its_audit(floor: SwapDesk) -> None:
    settled(floor)
    floor.desk.shifts(LATER)
    floor.desk.shifts(replaced=FRIDAY)
    floor.desk.undo(4)
    with floor.deps.sessions.read("T1") as session:
        rows = session.query(Audit).filter_by(workspace_id="T1", subject_kind="swap").order_by(Audit.id)
        assert [(row.action, row.number) for row in rows][2:] == [
            ("swap.move", 1),
            ("swap.supersede", 1),
            ("swap.restore", 1),
        ]


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
    assert refusal.dependents.live.swaps == (1,)
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
    assert in_use(floor, SHIFTS).dependents == Dependents({}, {}, 0, 0, [], Numbers((2,)))


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
    assert said[-2:] == [
        "Whoever a swap names stays on the roster, because its record does.",
        "Import a corrected file instead.",
    ]


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


def test_a_swap_and_another_one_back_leave_nothing_in_the_way_of_an_undo(floor: SwapDesk) -> None:
    settled(floor)
    settled(floor)
    assert by_whom(floor)[:2] == ["ana 6 09", "ben 7 09"]
    floor.desk.undo(SHIFTS)
    assert (floor.desk.base(), floor.assignments()) == ([], [])
    assert [row.state for row in floor.swaps()] == ["superseded", "superseded"]
    assert [text.split(":")[0] for text in heard(floor, "U0BEN")] == ["Swap 1 has ended", "Swap 2 has ended"]


def test_what_was_swapped_round_three_people_is_in_the_way_of_an_undo(floor: SwapDesk) -> None:
    settled(floor)
    settled(floor, "ben", "dev")
    settled(floor, "dev", "ana", 0, 0)
    assert in_use(floor, SHIFTS).dependents.live.swaps == (1, 2, 3)


def test_an_import_whose_shifts_have_begun_is_not_undone_and_it_is_said_why(floor: SwapDesk) -> None:
    settled(floor)
    floor.now = datetime(2026, 11, 9, tzinfo=UTC)
    refusal = in_use(floor, SHIFTS)
    assert list(in_use_report(refusal)) == [
        "Import 2 cannot be undone: 3 of its shifts have begun since.",
        "What has been worked stays on record. Nothing was changed. Import a corrected file instead.",
    ]


def test_a_late_record_of_what_was_worked_can_be_undone(floor: SwapDesk) -> None:
    floor.desk.shifts("ana@example.com,2026-10-30,09:00,17:00,UTC,mail")
    assert floor.desk.undo(NEXT).gone["shift"] == 1


def test_a_shift_is_not_brought_back_beside_what_its_owner_works_by_a_swap(floor: SwapDesk) -> None:
    floor.desk.shifts("dev@example.com,2026-11-06,12:00,20:00,UTC,mail")
    floor.desk.shifts(ANA_FRIDAY, replaced=FRIDAY)
    settled(floor, "ana", "dev")
    refusal = in_use(floor, 4)
    assert (refusal.dependents.overlapping, refusal.dependents.live.swaps) == (1, (1,))

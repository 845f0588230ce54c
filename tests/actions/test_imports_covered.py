"""Files and covers: a file is never refused for what somebody took over, and none of it is dropped silently."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from bot.actions.covers_open import offer_open
from bot.actions.covers_propose import Offer, offer
from bot.actions.covers_undo import undo
from bot.actions.imports import ImportInUse
from bot.actions.swaps import accept
from bot.app import build_cards
from bot.cli.reports import in_use_report, shifts_report
from bot.deps import new_id
from bot.domain.imports import Numbers
from bot.domain.intervals import Interval
from storage.covers import part
from storage.tables import Audit, Cover, CoverPart, Message
from tests.cover_desk import CoverDesk

ANA_FRIDAY = "ana@example.com,2026-11-06,09:00,17:00,UTC,mail"
FRIDAY = date(2026, 11, 6), date(2026, 11, 6)
SHIFTS, NEXT = 2, 3  # the numbers of the imports


class Office(CoverDesk):
    """The desk of those who cover, where files are taken over."""

    def covered(self, taker: str, day: int, start: int, end: int, owner: str = "ana") -> UUID:
        """Somebody takes over hours of somebody's shift; the id of the part."""
        return self.taken(taker, self.offers(owner, day, start, end))

    def taken(self, taker: str, cover_id: UUID, interval: Interval | None = None) -> UUID:
        """Somebody takes a cover, or a part of it; the id of the part."""
        assert self.takes(taker, cover_id, interval) == "confirmed"
        return self.parts(cover_id)[-1].id

    def opened(self, day: int) -> UUID:
        """What nobody works that day is offered; the id of the cover."""
        row = next(row for row in self.assignments() if row.start.day == day and row.member_id is None)
        return offer_open(self.deps, self.caller("cora"), row.id, new_id())

    def heard(self, lane: str) -> list[str]:
        """What a person or a channel is told of covers on a new schedule."""
        cards = build_cards(self.deps)
        with self.deps.sessions.read("T1") as session:
            rows = session.query(Message).filter_by(workspace_id="T1", card="cover.rescheduled", lane=lane)
            drawn = [cards.render(session, row) for row in rows.order_by(Message.number)]
        return [each["text"] for each in drawn if each]

    def owners_told(self) -> list[str]:
        """Whose planned shifts have changed."""
        with self.deps.sessions.read("T1") as session:
            rows = session.query(Message).filter_by(workspace_id="T1", card="shifts.changed")
            return [row.lane for row in rows.order_by(Message.number)]

    def part_of(self, part_id: UUID) -> CoverPart:
        """What is stored of a part."""
        with self.deps.sessions.read("T1") as session:
            row = part(session, part_id)
        assert row
        return row

    def part_state(self, part_id: UUID) -> str:
        """Where a part stands."""
        return self.part_of(part_id).state

    def cover_of(self, part_id: UUID) -> Cover:
        """What is stored of the cover that it is of."""
        return self.cover(self.part_of(part_id).cover_id)

    def said(self, *lines: str, replaced: tuple[date, date] | None = None) -> list[str]:
        """What the terminal says of covers before a file is taken over, and then; looking changes nothing."""
        before = self.desk.everything()
        preview = self.desk.shifts(*lines, replaced=replaced, dry_run=True)
        assert self.desk.everything() == before
        done = self.desk.shifts(*lines, replaced=replaced)
        assert (done.aftermath.held, done.aftermath.ended) == (preview.aftermath.held, preview.aftermath.ended)
        report = [" ".join(line.split()) for line in shifts_report(done, full=False, several=False)]
        return [line for line in report if line.startswith(("holds", "ends", "→")) or line.endswith("are told.")]

    def in_use(self, number: int) -> list[str]:
        """Why an import cannot be undone; the attempt changes nothing."""
        before = self.desk.everything()
        with pytest.raises(ImportInUse) as refusal:
            self.desk.undo(number)
        assert self.desk.everything() == before
        return list(in_use_report(refusal.value))[1:]

    def undo_of(self) -> Callable[[], None]:
        """Takes the last import back and demands that everything is as it was before it."""
        before = {table: rows for table, rows in self.desk.tables().items() if table not in ("message", "lane")}

        def take_back() -> None:
            self.desk.undo(NEXT)
            after = self.desk.tables()
            assert {table: after[table] for table in before} == before

        return take_back


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[Office]:
    floor = Office(database_url, tmp_path)
    yield floor
    floor.close()


def friday(start: int, end: int) -> str:
    """Ana's Friday at other hours."""
    return ANA_FRIDAY.replace("09:00,17:00", f"{start:02}:00,{end:02}:00")


def test_a_whole_shift_that_moves_is_worked_by_whoever_took_it_over(floor: Office) -> None:
    taken = floor.covered("ben", 6, 9, 17)
    take_back = floor.undo_of()
    assert floor.said(friday(11, 19)) == [
        "holds line 2 cover 1: ben@example.com works Fri 6 Nov 2026 11:00–19:00, planned for ana@example.com"
    ]
    assert floor.works(6) == [("ben", 11, 19)]
    row, whole = floor.part_of(taken), floor.cover_of(taken)
    assert (row.start.hour, row.end.hour, row.state) == (11, 19, "confirmed")
    assert (whole.start.hour, whole.end.hour, whole.state) == (11, 19, "covered")
    moved = "Fri, Nov 6, 10:00–18:00 · mail → Fri, Nov 6, 12:00–20:00 · mail: <@U0BEN> works it"
    for lane in ("U0ANA", "U0BEN"):
        text = f"What was taken of cover 1 holds on a new schedule, with a shift moved. • {moved}"
        assert floor.heard(lane) == [text]
    assert (floor.heard("C0FLOOR"), floor.heard("C0OPS"), floor.owners_told()) == ([], [], [])
    take_back()
    assert floor.works(6) == [("ben", 9, 17)]


def test_a_part_holds_on_a_shift_that_moves_around_it_and_only_the_owner_has_news(floor: Office) -> None:
    taken = floor.covered("ben", 6, 12, 15)
    take_back = floor.undo_of()
    assert floor.said(friday(10, 18)) == [
        "holds line 2 cover 1: ben@example.com works Fri 6 Nov 2026 12:00–15:00, planned for ana@example.com"
    ]
    assert floor.works(6) == [("ana", 10, 12), ("ben", 12, 15), ("ana", 15, 18)]
    assert [row.cause for row in floor.assignments() if row.start.day == 6] == ["base", "cover", "base"]
    assert (floor.part_state(taken), floor.heard("U0BEN"), floor.owners_told()) == ("confirmed", [], ["U0ANA"])
    take_back()


def test_a_part_that_is_no_longer_planned_ends_and_everybody_hears_of_it(floor: Office) -> None:
    taken = floor.covered("ben", 6, 14, 17)
    take_back = floor.undo_of()
    assert floor.said(friday(8, 16)) == [
        "ends line 2 cover 1 of ana@example.com and ben@example.com: "
        "ana@example.com Fri 6 Nov 2026 14:00–17:00, mail is no longer planned",
        "→ ana@example.com works Fri 6 Nov 2026 14:00–16:00",
        "1 part taken of a cover ends: both people, the coordinators and the floor are told.",
    ]
    assert floor.works(6) == [("ana", 8, 16)]
    assert (floor.part_state(taken), floor.cover_of(taken).state) == ("superseded", "superseded")
    text = (
        "What was taken of cover 1 has ended: a new schedule leaves no room for it.{} "
        "• Fri, Nov 6, {} · mail → Fri, Nov 6, {} · mail: <@U0ANA> works it"
    )
    for lane, times in (("U0ANA", (15, 18, 15, 17)), ("U0BEN", (15, 18, 15, 17)), ("C0FLOOR", (14, 17, 14, 16))):
        hours = [f"{start}:00–{end}:00" for start, end in (times[:2], times[2:])]
        assert floor.heard(lane) == [text.format("", *hours)]
    assert " That is no longer planned. • " in floor.heard("C0OPS")[0]
    assert floor.owners_told() == ["U0ANA"]
    take_back()
    assert floor.part_state(taken) == "confirmed"
    for lane in ("U0ANA", "U0BEN", "C0FLOOR", "C0OPS"):
        assert floor.heard(lane)[1].startswith("What was taken of cover 1 is in force again: the new schedule")


def test_a_part_of_a_shift_that_is_gone_ends_with_it(floor: Office) -> None:
    taken = floor.covered("ben", 6, 14, 17)
    take_back = floor.undo_of()
    assert floor.said(replaced=FRIDAY)[0].startswith("ends cover 1 of ana@example.com and ben@example.com")
    assert (floor.works(6), floor.part_state(taken)) == ([], "superseded")
    assert floor.heard("U0BEN")[0].endswith("• Fri, Nov 6, 15:00–18:00 · mail: no longer planned")
    take_back()


def test_of_two_parts_of_one_cover_one_may_end(floor: Office) -> None:
    offered = floor.offers("ana", 6)
    early = floor.taken("ben", offered, floor.on(6, 9, 13))
    late = floor.taken("dev", offered, floor.on(6, 13, 17))
    take_back = floor.undo_of()
    floor.desk.shifts(friday(10, 18))
    assert floor.works(6) == [("ana", 10, 13), ("dev", 13, 17), ("ana", 17, 18)]
    assert (floor.part_state(early), floor.part_state(late)) == ("superseded", "confirmed")
    assert floor.cover(offered).state == "covered"
    take_back()


def test_what_was_taken_ends_where_somebody_is_planned_at_that_time(floor: Office) -> None:
    taken = floor.covered("ben", 6, 14, 17)
    take_back = floor.undo_of()
    assert "is at the same time as" in floor.said("ben@example.com,2026-11-06,16:00,20:00,UTC,mail")[0]
    worked = [(row.member_id, row.start.hour, row.end.hour) for row in floor.assignments() if row.start.day == 6]
    assert worked == [(floor.desk.member("ana").id, 9, 17), (floor.desk.member("ben").id, 16, 20)]
    assert floor.part_state(taken) == "superseded"
    take_back()


def test_what_was_taken_ends_where_somebody_s_own_shift_is_moved_to_that_time(floor: Office) -> None:
    floor.desk.shifts("ben@example.com,2026-11-06,20:00,23:00,UTC,mail")
    taken = floor.covered("ben", 6, 13, 17)
    assert "is at the same time as" in floor.said("ben@example.com,2026-11-06,16:00,19:00,UTC,mail")[0]
    assert [(row.start.hour, row.end.hour) for row in floor.assignments()][:2] == [(9, 17), (16, 19)]
    assert floor.part_state(taken) == "superseded"


def test_what_ended_a_part_is_not_undone_under_a_later_file_that_moved_the_shift(floor: Office) -> None:
    taken = floor.covered("ben", 6, 13, 17)
    floor.desk.shifts("ben@example.com,2026-11-06,15:00,19:00,UTC,mail")
    floor.desk.shifts(friday(10, 18))
    worked, later = floor.in_use(NEXT)
    assert (worked, later.endswith("import 4.")) == ("  1 shift worked otherwise by now", True), later
    floor.desk.undo(NEXT + 1)
    floor.desk.undo(NEXT)
    assert (floor.works(6), floor.part_state(taken)) == ([("ana", 9, 13), ("ben", 13, 17)], "confirmed")


def test_what_ended_a_part_is_not_undone_while_its_taker_works_another_shift_then(floor: Office) -> None:
    floor.desk.shifts("dev@example.com,2026-11-06,13:00,15:00,UTC,mail")
    ended = floor.covered("ben", 6, 13, 17)
    floor.desk.shifts("ben@example.com,2026-11-06,16:00,20:00,UTC,mail")
    [row] = [each for each in floor.assignments() if (each.start.day, each.start.hour) == (6, 13)]
    beside = floor.taken("ben", offer(floor.deps, floor.caller("dev"), Offer(new_id(), row.id, None, None)))
    assert "  1 shift at the same time as those that would be back" in floor.in_use(NEXT + 1)
    undo(floor.deps, floor.caller("ben"), beside)
    floor.desk.undo(NEXT + 1)
    assert floor.part_state(ended) == "confirmed"


def test_a_limit_ends_the_part_of_whoever_it_denies_the_shift_as_it_is_now(floor: Office) -> None:
    taken = floor.covered("ben", 6, 9, 17)
    floor.desk.people("email,name,limits\nben@example.com,Ben,no nights\n")
    said = floor.said(friday(18, 23).replace("23:00", "02:00"))
    assert "goes against a rule for whoever works it (is not to be given this)" in said[0]
    assert (floor.works(6), floor.part_state(taken)) == ([("ana", 18, 2)], "superseded")


def test_what_was_taken_of_a_swapped_shift_ends_with_the_swap(floor: Office) -> None:
    swap = floor.proposes("ana", "ben")
    accept(floor.deps, floor.caller("ben"), swap)
    taken = floor.covered("dev", 6, 9, 12, owner="ben")
    take_back = floor.undo_of()
    said = [
        line for line in floor.said(replaced=(date(2026, 11, 7), date(2026, 11, 7))) if line.startswith("ends")
    ]
    assert [line.split(":")[0] for line in said] == [
        "ends swap 1 of ana@example.com and ben@example.com",
        "ends cover 1 of ben@example.com and dev@example.com",
    ]
    assert floor.works(6) == [("ana", 9, 17)]
    assert (floor.state(swap), floor.part_state(taken)) == ("superseded", "superseded")
    take_back()
    assert floor.works(6) == [("dev", 9, 12), ("ben", 12, 17)]


def test_an_open_shift_that_moves_keeps_whoever_took_it_and_nobody_owns_the_rest(floor: Office) -> None:
    floor.desk.shifts(",2026-11-09,09:00,17:00,UTC,mail")
    taken = floor.taken("ben", floor.opened(9), floor.on(9, 12, 17))
    assert floor.said(",2026-11-09,12:00,20:00,UTC,mail") == [
        "holds line 2 open shift 1: ben@example.com works Mon 9 Nov 2026 12:00–17:00, planned for nobody"
    ]
    assert floor.works(9) == [("ben", 12, 17), ("nobody", 17, 20)]
    assert floor.said(",2026-11-09,13:00,21:00,UTC,mail")[0].startswith(
        "ends line 2 open shift 1 of ben@example.com:"
    )
    assert floor.part_state(taken) == "superseded"
    assert floor.heard("U0BEN")[0].endswith("→ Mon, Nov 9, 14:00–18:00 · mail: nobody works it yet")
    assert len(floor.heard("C0OPS")) == len(floor.heard("C0FLOOR")) == 1


def test_covers_that_wait_end_with_a_shift_that_changes_and_what_was_taken_of_them_stays(floor: Office) -> None:
    offered, spared = floor.offers("ana", 6), floor.offers("ana", 13)
    taken = floor.taken("ben", offered, floor.on(6, 12, 15))
    floor.desk.shifts(friday(10, 18))
    assert (floor.cover(offered).state, floor.cover(spared).state) == ("superseded", "open")
    assert floor.part_state(taken) == "confirmed"
    assert floor.works(6) == [("ana", 10, 12), ("ben", 12, 15), ("ana", 15, 18)]
    assert floor.audited()[-1] == "cover.supersede"


def test_what_has_been_worked_stays_with_who_worked_it(floor: Office) -> None:
    floor.covered("ben", 6, 9, 12)
    floor.now = datetime(2026, 11, 6, 13, tzinfo=UTC)
    take_back = floor.undo_of()
    floor.desk.shifts(friday(10, 18))
    assert floor.works(6) == [("ben", 10, 12), ("ana", 12, 18)]
    assert floor.heard("U0BEN") == []
    take_back()


def test_what_becomes_of_it_is_in_the_audit_of_the_cover(floor: Office) -> None:
    floor.covered("ben", 6, 9, 17)
    floor.desk.shifts(friday(10, 18))
    floor.desk.shifts(replaced=FRIDAY)
    floor.desk.undo(4)
    with floor.deps.sessions.read("T1") as session:
        rows = session.query(Audit).filter_by(workspace_id="T1", subject_kind="cover").order_by(Audit.id)
        assert [(row.action, row.number) for row in rows][-3:] == [
            ("cover.move", 1),
            ("cover.end_part", 1),
            ("cover.restore_part", 1),
        ]


def test_an_import_is_not_undone_while_a_cover_of_its_shifts_waits_or_is_in_force(floor: Office) -> None:
    offered = floor.offers("ana", 6)
    waits = ["  1 cover of its shifts, waiting or in force"]
    first = ["In Slack, have what waits withdrawn and what is in force undone first: cover 1."]
    assert floor.in_use(SHIFTS) == waits + first
    floor.taken("ben", offered, floor.on(6, 12, 17))
    assert floor.in_use(SHIFTS) == ["  1 shift worked otherwise by now", *waits, *first]
    floor.desk.shifts(friday(10, 18))
    floor.offers("ana", 6, 10, 12)
    with pytest.raises(ImportInUse) as refusal:
        floor.desk.undo(NEXT)
    assert refusal.value.dependents.live == Numbers((), (2,))


def test_an_import_is_not_undone_once_what_it_moved_has_been_handed_on(floor: Office) -> None:
    floor.covered("ben", 6, 9, 17)
    floor.desk.shifts(friday(10, 18))
    floor.covered("dev", 6, 10, 13, owner="ben")
    assert floor.in_use(NEXT) == [
        "  1 shift worked otherwise by now",
        "  1 cover of its shifts, waiting or in force",
        "  cover 1, whose shifts it changed, undone or handed on since",
        "In Slack, have what waits withdrawn and what is in force undone first: cover 2.",
    ]


def test_covers_that_are_over_stay_on_record_when_their_shifts_go(floor: Office) -> None:
    taken = floor.covered("ben", 6, 9, 17)
    back = floor.covered("ana", 6, 9, 17, owner="ben")
    assert floor.works(6) == [("ana", 9, 17)]
    floor.desk.undo(SHIFTS)
    assert (floor.desk.base(), floor.assignments()) == ([], [])
    assert (floor.part_state(taken), floor.part_state(back)) == ("superseded", "superseded")
    assert (floor.cover_of(taken).state, floor.cover_of(back).state) == ("superseded", "superseded")
    said = floor.in_use(1)
    assert "  2 parts of covers of the people that it added" in said
    assert "Whoever a cover names stays on the roster, because its record does." in said

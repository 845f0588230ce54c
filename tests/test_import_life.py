"""Files, their undoing and swaps in whatever order: every shift has one owner, and no swap is dropped silently."""

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions.imports import AlreadyUndone, ImportInUse
from bot.actions.shifts_edit import Wanted, outlook_of, save
from bot.actions.shifts_edit_form import edit_form
from bot.actions.shifts_import import Clashing
from bot.actions.swaps import accept, undo
from bot.actions.swaps_propose import BadProposal, SameSwap
from bot.actions.swaps_turn import NotLegal
from bot.deps import new_id
from bot.domain.shifts_edit import BadEdit, Cut, Draft, Edit, Listing, Removal, Way
from bot.domain.swaps import State, SwapNotOpen
from storage.tables import Assignment, Audit, Import, Message, Shift, Swap
from tests.swap_desk import SwapDesk

AGENTS = ("ana", "ben", "dev")
REFUSALS = (BadProposal, SameSwap, NotLegal, SwapNotOpen)
# The days around those on which the desk has shifts.
DAYS = st.integers(5, 9)
STARTS = st.sampled_from([1, 7, 10, 15])
# What an import and its undoing change of the schedule; the rest are books and messages.
SCHEDULE = ("shift", "assignment", "swap", "note", "queue")


class Importing(RuleBasedStateMachine):
    """Somebody imports and undoes files while people swap, and time passes."""

    template: str
    seen: ClassVar[Counter[str]] = Counter()

    @initialize()
    def open_the_floor(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copyfile(self.template, Path(self.folder.name) / "floor.sqlite3")
        self.desk = SwapDesk(f"sqlite:///{path}", Path(self.folder.name))
        self.two_swap("ana", "ben", 0, True)

    @rule(
        asker=st.sampled_from(AGENTS),
        colleague=st.sampled_from(AGENTS),
        mine=st.integers(0, 3),
        answers=st.booleans(),
    )
    def two_swap(self, asker: str, colleague: str, mine: int, answers: bool) -> None:
        given, returned = (len(self.desk.held(each)) for each in (asker, colleague))
        if asker == colleague or not given or not returned:
            return
        try:
            swap = self.desk.proposes(asker, colleague, mine % given, mine % returned)
            if answers:
                accept(self.desk.deps, self.desk.caller(colleague), swap)
                self.seen["settled"] += 1
        except REFUSALS:
            return

    @precondition(lambda self: any(row.state == State.APPROVED for row in self.desk.swaps()))
    @rule(data=st.data())
    def both_undo_a_swap(self, data: st.DataObject) -> None:
        row = data.draw(st.sampled_from([row for row in self.desk.swaps() if row.state == State.APPROVED]))
        names = {self.desk.desk.member(name).id: name for name in AGENTS}
        for party in (row.asker_id, row.colleague_id):
            try:
                undo(self.desk.deps, self.desk.caller(names[party]), row.id)
            except REFUSALS:
                return

    @precondition(lambda self: any(row.state == State.APPROVED for row in self.desk.swaps()))
    @rule(
        data=st.data(),
        how=st.sampled_from(["moves", "removes", "plans beside"]),
        start=STARTS,
        undone=st.booleans(),
    )
    def a_file_changes_what_was_swapped(self, data: st.DataObject, how: str, start: int, undone: bool) -> None:
        row = data.draw(st.sampled_from([row for row in self.desk.swaps() if row.state == State.APPROVED]))
        shift, owner, worker = self.swapped(row)
        match how:
            case "moves":
                self.imports(owner, shift.start.day, start, replaces=False, undone=undone)
            case "removes":
                self.imports(
                    worker, shift.start.day + 1, start, replaces=True, undone=undone, first=shift.start.day
                )
            case _:
                self.imports(worker, shift.start.day, start, replaces=False, undone=undone)

    @rule(who=st.sampled_from(AGENTS), day=DAYS, start=STARTS, replaces=st.booleans(), undone=st.booleans())
    def a_file_changes_a_day(self, who: str, day: int, start: int, replaces: bool, undone: bool) -> None:
        self.imports(who, day, start, replaces=replaces, undone=undone)

    @rule(
        data=st.data(),
        how=st.sampled_from(["owner", "hours", "both", "splits", "deletes"]),
        who=st.sampled_from(AGENTS),
        start=STARTS,
        undone=st.booleans(),
    )
    def a_coordinator_edits_a_shift(
        self, data: st.DataObject, how: str, who: str, start: int, undone: bool
    ) -> None:
        if shifts := self.desk.desk.base():
            shift = data.draw(st.sampled_from(sorted(shifts, key=lambda row: (row.start, row.id))))
            owner = self.desk.desk.member(who).id if how in ("owner", "both") else shift.member_id
            hours = (time(start), time(start + 8)) if how in ("hours", "both") else None
            times = hours or (shift.start_local.time(), shift.end_local.time())
            drafted = Draft(owner, shift.start_local.date(), *times, "mail", None)
            others: dict[str, Edit] = {"splits": Cut(time(12)), "deletes": Removal()}
            self.edits(shift.id, others.get(how, drafted), undone=undone)

    @rule(data=st.data())
    def somebody_undoes_an_import(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.numbers()[1:]))
        before = self.schedule()
        try:
            self.desk.desk.undo(number)
            self.seen["undone"] += 1
        except ImportInUse:
            assert self.schedule() == before
            self.seen["in use"] += 1
        except AlreadyUndone:
            return

    @rule(hours=st.sampled_from([1, 30, 60]))
    def time_passes(self, hours: int) -> None:
        self.desk.now += timedelta(hours=hours)

    def imports(
        self, who: str, day: int, start: int, *, replaces: bool, undone: bool, first: int | None = None
    ) -> None:
        """Takes over a line; what else is planned that day, or since the ``first``, goes if it ``replaces``.

        A look at it before tells the same of swaps. Where it is ``undone`` at once, all is as it was.
        """
        line = f"{who}@example.com,2026-11-{day:02},{start:02}:00,{start + 8:02}:00,UTC,mail"
        replaced = (date(2026, 11, first or day), date(2026, 11, day)) if replaces else None
        waiting = [row.id for row in self.desk.swaps() if row.state == State.OPEN]
        before = self.schedule()
        preview = self.desk.desk.shifts(line, replaced=replaced, dry_run=True)
        try:
            done = self.desk.desk.shifts(line, replaced=replaced)
        except Clashing:
            assert self.schedule() == before
            return
        assert (preview.aftermath.held, preview.aftermath.ended) == (done.aftermath.held, done.aftermath.ended)
        self.seen["ended"] += len(done.aftermath.ended)
        self.seen["held"] += len(done.aftermath.held)
        # What was waiting for an answer ends with any change, and that stays so.
        if undone and done.number and all(self.desk.state(each) == State.OPEN for each in waiting):
            self.desk.desk.undo(done.number)
            assert self.schedule() == before
            self.seen["undone at once"] += 1

    def edits(self, shift_id: UUID, edit: Edit, *, undone: bool) -> None:
        """Looks at what an edit would do, and has it done; where it is ``undone`` at once, all is as it was."""
        deps, cora = self.desk.deps, self.desk.caller("cora")
        day = Listing(None, date(2026, 11, 1), date(2026, 11, 20))
        form = edit_form(deps, cora, Way.CHANGE, day, new_id(), shift_id)
        assert form.shift
        wanted = Wanted(form.nonce, shift_id, form.shift.version, edit)
        waiting = [row.id for row in self.desk.swaps() if row.state == State.OPEN]
        before = self.schedule()
        try:
            outlook = outlook_of(deps, cora, wanted)
        except BadEdit:
            return
        number = save(deps, cora, replace(wanted, seen=outlook.digest)).number
        self.seen["edited"] += 1
        if undone and all(self.desk.state(each) == State.OPEN for each in waiting):
            self.desk.desk.undo(number)
            assert self.schedule() == before
            self.seen["edit undone"] += 1

    def swapped(self, row: Swap) -> tuple[Assignment, str, str]:
        """What was given, whose it was, and who works it."""
        names = {self.desk.desk.member(name).id: name for name in AGENTS}
        with self.desk.deps.sessions.read("T1") as session:
            given = session.get_one(Assignment, ("T1", row.given_made_id))
            owner = session.get_one(Shift, ("T1", given.shift_id)).member_id
        assert owner
        assert given.member_id
        return given, names[owner], names[given.member_id]

    def schedule(self) -> dict[str, object]:
        """All that is stored of the schedule and of swaps."""
        everything = self.desk.desk.everything()
        return {table: everything[table] for table in SCHEDULE}

    def numbers(self) -> list[int]:
        """The imports that there are."""
        with self.desk.deps.sessions.read("T1") as session:
            rows = session.query(Import).filter_by(workspace_id="T1").order_by(Import.number)
            return [row.number for row in rows]

    @invariant()
    def every_shift_is_worked_by_one_person_and_nobody_works_twice_at_once(self) -> None:
        self.desk.demand_whole()
        rows = self.desk.assignments()
        for place, row in enumerate(rows):
            for other in rows[place + 1 :]:
                assert row.member_id != other.member_id or other.start >= row.end

    @invariant()
    def who_works_the_shift_of_another_does_so_by_a_swap(self) -> None:
        made = self.made(self.desk.swaps())
        with self.desk.deps.sessions.read("T1") as session:
            owners = {row.id: row.member_id for row in session.query(Shift).filter_by(workspace_id="T1")}
        for row in self.desk.assignments():
            if row.member_id != owners[row.shift_id] and row.cause != "undo":
                assert made[row.id].state == State.APPROVED or row.start <= self.desk.now

    @invariant()
    def a_swap_in_force_goes_by_what_is_worked_by_it_or_by_whoever_has_it_from_there(self) -> None:
        swaps = [row for row in self.desk.swaps() if row.state == State.APPROVED]
        taken = Counter(
            self.desk.assignment(each).shift_id for row in swaps for each in (row.given_id, row.returned_id)
        )
        # Of one that was handed on and came back it is by another row.
        worked = {(row.shift_id, row.member_id, row.start, row.end) for row in self.desk.assignments()}
        with self.desk.deps.sessions.read("T1") as session:
            for made_id in self.made(swaps):
                made = session.get_one(Assignment, ("T1", made_id))
                shift = session.get_one(Shift, ("T1", made.shift_id))
                if made.start > self.desk.now and shift.removed_at is None:
                    assert (made.start, made.end) == (shift.start, shift.end)
                    handed = made.shift_id, made.member_id, made.start, made.end
                    assert handed in worked or taken[made.shift_id] > 1

    @invariant()
    def whoever_has_settled_a_swap_that_ended_was_told(self) -> None:
        with self.desk.deps.sessions.read("T1") as session:
            messages = session.query(Message).filter_by(workspace_id="T1", card="swap.rescheduled")
            told = {(row.subject_id, row.lane) for row in messages}
            lines = session.query(Audit).filter_by(workspace_id="T1", action="swap.supersede")
            recorded = {row.subject_id for row in lines}
        accounts = {self.desk.desk.member(name).id: f"U0{name.upper()}" for name in AGENTS}
        for row in self.desk.swaps():
            if row.settled_at and row.state == State.SUPERSEDED:
                lanes = {accounts[row.asker_id], accounts[row.colleague_id], "C0OPS", "C0FLOOR"}
                assert {(row.id, lane) for lane in lanes} <= told
                assert row.id in recorded

    def made(self, swaps: list[Swap]) -> dict[UUID, Swap]:
        """The swaps by the assignments that they made."""
        return {each: row for row in swaps for each in (row.given_made_id, row.returned_made_id) if each}

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()


def test_no_order_of_files_and_swaps_leaves_a_shift_to_two_or_drops_a_swap(sqlite_url: str) -> None:
    Importing.template = sqlite_url.removeprefix("sqlite:///")
    Importing.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=12,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Importing.TestCase().runTest()
    # Otherwise nothing was shown.
    for what in ("settled", "ended", "held", "undone at once", "undone", "in use", "edited", "edit undone"):
        assert Importing.seen[what] > 0, what

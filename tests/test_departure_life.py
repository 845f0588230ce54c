"""Whoever leaves and comes back, whatever is swapped, covered, imported and undone meanwhile: no shift is lost."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from bot.actions.covers_open import offer_open
from bot.actions.covers_propose import BadOffer, Offer, offer
from bot.actions.covers_take import give_up, take
from bot.actions.covers_undo import undo
from bot.actions.departures_offer import give
from bot.actions.imports import AlreadyUndone, ImportInUse
from bot.actions.shifts_import import Clashing
from bot.actions.swaps import accept
from bot.actions.swaps_propose import BadProposal, SameSwap
from bot.actions.swaps_turn import NotLegal
from bot.actions.unowned import stints_of
from bot.deps import new_id
from bot.domain.approval import BothSides, NotAParty, RegretIsOver
from bot.domain.covers import CoverOfOneself, NotOffered, NotOpen
from bot.domain.intervals import Interval
from bot.domain.parts import joined
from bot.domain.permissions import NotPermitted
from bot.domain.swaps import SwapNotOpen
from storage.shifts import part_of
from storage.tables import Assignment, CoverPart, Departure, Import, Shift
from tests.departure_desk import DepartureDesk

AGENTS = ("ana", "ben", "dev")
REFUSALS = (
    AlreadyUndone,
    BadOffer,
    BadProposal,
    BothSides,
    Clashing,
    CoverOfOneself,
    ImportInUse,
    NotAParty,
    NotLegal,
    NotOffered,
    NotOpen,
    NotPermitted,
    RegretIsOver,
    SameSwap,
    SwapNotOpen,
)
WHO = st.sampled_from(AGENTS)
SOME = st.integers(0, 9)


class Leaving(RuleBasedStateMachine):
    """Three agents with two shifts each; a coordinator who finds owners, and files that come and go."""

    template: str
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(reviewed=st.booleans())
    def open_the_floor(self, reviewed: bool) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copyfile(self.template, Path(self.folder.name) / "floor.sqlite3")
        self.floor = DepartureDesk(f"sqlite:///{path}", Path(self.folder.name))
        if reviewed:
            self.floor.review()
        self.gone: set[str] = set()
        self.somebody_leaves_or_comes_back("ana")

    @rule(who=WHO)
    def somebody_leaves_or_comes_back(self, who: str) -> None:
        if who in self.gone:
            self.floor.returns(who)
            self.gone.remove(who)
            self.seen["returned"] += 1
        else:
            self.floor.leaves(who)
            self.gone.add(who)

    @rule(who=WHO, which=SOME, part=st.booleans())
    def somebody_gives_away(self, who: str, which: int, part: bool) -> None:
        if who not in self.gone and (held := self.floor.held(who)):
            row = self.floor.assignment(held[which % len(held)])
            start = row.start + timedelta(hours=3) if part else None
            self.tries(
                "offered", lambda: offer(self.floor.deps, self.floor.caller(who), Offer(new_id(), row.id, start))
            )

    @precondition(lambda self: any(row.member_id is None for row in self.floor.assignments()))
    @rule(which=SOME, taker=WHO, asks=st.booleans())
    def an_owner_is_sought(self, which: int, taker: str, asks: bool) -> None:
        deps, cora = self.floor.deps, self.floor.caller("cora")
        if open_ := [row.id for row in self.floor.assignments() if row.member_id is None]:
            row = open_[which % len(open_)]
            if asks:
                self.tries("opened", lambda: offer_open(deps, cora, row, new_id()))
            elif taker not in self.gone:
                self.tries("given", lambda: give(deps, cora, row, f"U0{taker.upper()}", new_id()))

    @precondition(lambda self: any(row.state == "open" for row in self.floor.covers()))
    @rule(who=WHO, which=SOME, hours=st.integers(0, 6))
    def somebody_takes(self, who: str, which: int, hours: int) -> None:
        covers = [row for row in self.floor.covers() if row.state == "open"]
        if who not in self.gone and covers:
            row = covers[which % len(covers)]
            end = row.start + timedelta(hours=hours)
            wanted = Interval(row.start, min(end, row.end)) if hours else None
            self.tries("taken", lambda: take(self.floor.deps, self.floor.caller(who), row.id, wanted))

    @precondition(lambda self: self.floor.covers())
    @rule(which=SOME, waits=st.booleans())
    def somebody_gives_back(self, which: int, waits: bool) -> None:
        names = {self.floor.desk.member(name).id: name for name in AGENTS}
        wanted = "needs approval" if waits else "confirmed"
        parts = [each for row in self.floor.covers() for each in self.floor.parts(row.id) if each.state == wanted]
        here = [each for each in parts if names[each.taker_id] not in self.gone]
        if here:
            part = here[which % len(here)]
            caller = self.floor.caller(names[part.taker_id])
            does = give_up if waits else undo
            self.tries("given back", lambda: does(self.floor.deps, caller, part.id))

    @rule(one=WHO, other=WHO, mine=SOME, theirs=SOME)
    def two_swap(self, one: str, other: str, mine: int, theirs: int) -> None:
        given, returned = (len(self.floor.held(each)) for each in (one, other))
        if one != other and given and returned and not {one, other} & self.gone:
            self.tries(
                "swapped",
                lambda: accept(
                    self.floor.deps,
                    self.floor.caller(other),
                    self.floor.proposes(one, other, mine % given, theirs % returned),
                ),
            )

    @rule(who=WHO, day=st.integers(5, 9), start=st.sampled_from([1, 7, 10, 15]), replaces=st.booleans())
    def a_file_changes_a_day(self, who: str, day: int, start: int, replaces: bool) -> None:
        line = f"{who}@example.com,2026-11-{day:02},{start:02}:00,{start + 8:02}:00,UTC,mail"
        replaced = (date(2026, 11, day), date(2026, 11, day)) if replaces else None
        self.tries(
            "imported for who has left" if who in self.gone else "imported",
            lambda: self.floor.desk.shifts(line, replaced=replaced),
        )

    @precondition(lambda self: self.imports())
    @rule(which=SOME)
    def an_import_is_undone(self, which: int) -> None:
        numbers = self.imports()
        self.tries("undone", lambda: self.floor.desk.undo(numbers[which % len(numbers)]))

    def imports(self) -> list[int]:
        """Those that were made on the way, and not undone."""
        made = Import.workspace_id == "T1", Import.number > 2, Import.undone_at.is_(None)
        with self.floor.deps.sessions.read("T1") as session:
            return list(session.scalars(select(Import.number).where(*made)))

    @rule(hours=st.sampled_from([1, 20]))
    def time_passes(self, hours: int) -> None:
        self.floor.turn(minutes=hours * 60)

    def tries(self, what: str, does: Callable[[], object]) -> None:
        """Does it, unless it is refused."""
        try:
            does()
        except REFUSALS:
            return
        self.seen[what] += 1

    @invariant()
    def every_minute_of_a_shift_is_worked_by_one_person_or_by_nobody(self) -> None:
        with self.floor.deps.sessions.read("T1") as session:
            shifts = session.scalars(select(Shift).where(Shift.workspace_id == "T1", Shift.removed_at.is_(None)))
            planned = {row.id: (row.start, row.end) for row in shifts}
        parts = {shift_id: sorted(self.parts(shift_id), key=lambda each: each.start) for shift_id in planned}
        for shift_id, rows in parts.items():
            assert (rows[0].start, rows[-1].end) == planned[shift_id]
            assert [row.end for row in rows[:-1]] == [row.start for row in rows[1:]]
            assert len(joined(map(part_of, rows))) == len(rows)

    @invariant()
    def nobody_works_two_shifts_at_once_and_who_has_left_none_at_all(self) -> None:
        gone = {self.floor.desk.member(name).id: self.floor.desk.member(name).deactivated_at for name in self.gone}
        rows = self.floor.assignments()
        for place, row in enumerate(rows):
            left = gone.get(row.member_id) if row.member_id else None
            assert left is None or row.start <= left
            for other in rows[place + 1 :]:
                assert row.member_id is None or row.member_id != other.member_id or other.start >= row.end

    @invariant()
    def what_nobody_works_because_somebody_has_left_is_on_a_card(self) -> None:
        gone = {self.floor.desk.member(name).id for name in self.gone}
        with self.floor.deps.sessions.read("T1") as session:
            departures = session.scalars(select(Departure).where(Departure.workspace_id == "T1"))
            had = [each for row in departures if row.returned_at is None for each in stints_of(row)]
            owners = {row.id: row.member_id for row in session.query(Shift).filter_by(workspace_id="T1")}
        for row in self.floor.assignments():
            if row.member_id is None and row.start > self.floor.now and owners[row.shift_id] in gone:
                span = Interval(row.start, row.end)
                assert any(each.shift_id == row.shift_id and each.interval.overlaps(span) for each in had)

    @invariant()
    def what_is_confirmed_is_worked_and_what_waits_can_be(self) -> None:
        now = self.floor.now
        for cover in self.floor.covers():
            for each in self.floor.parts(cover.id):
                if each.state == "needs approval" and each.start > now:
                    assert cover.state == "open"
                    assert self.works_all(cover.shift_id, each, cover.owner_id)

    def works_all(self, shift_id: object, part: CoverPart, worker: object) -> bool:
        rows = [row for row in self.parts(shift_id) if row.start < part.end and part.start < row.end]
        return all(row.member_id == worker for row in rows) and bool(rows)

    def parts(self, shift_id: object) -> list[Assignment]:
        return [row for row in self.floor.assignments() if row.shift_id == shift_id]

    def teardown(self) -> None:
        if hasattr(self, "floor"):
            self.floor.close()
            self.folder.cleanup()


def test_no_order_of_events_loses_a_shift_or_gives_it_to_who_has_left(sqlite_url: str) -> None:
    Leaving.template = sqlite_url.removeprefix("sqlite:///")
    Leaving.TestCase.settings = settings(
        max_examples=20,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Leaving.TestCase().runTest()
    # Otherwise nothing was shown.
    for what in ("returned", "offered", "opened", "given", "taken", "given back", "swapped", "undone"):
        assert Leaving.seen[what] > 0, what
    assert Leaving.seen["imported for who has left"] > 0

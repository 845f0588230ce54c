"""Whatever happens to cases, here and in a helpdesk, late or twice: the row is what its events make of it."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.actions import cases_do
from bot.actions.cases_open import open_case
from bot.actions.cases_rows import standing_of
from bot.actions.cases_turn import happen
from bot.deps import new_id
from bot.domain.cases import LIVE, By, CaseIsOver, Happening, Kind, Priority, State
from bot.domain.cases_do import HelpdeskSays, IsOpen, NothingToUndo, NotOpen
from bot.domain.cases_life import replay
from bot.domain.cases_new import NewCase
from bot.domain.permissions import CLOCK
from storage.cases import case, events_of, happening_of
from storage.tables import Case, CaseEvent, CaseWrite, Connection
from tests.swap_desk import SwapDesk

WHO = st.sampled_from(("ana", "ben", "cora"))
SOME = st.integers(0, 9)
STATE = st.sampled_from(State)
REFUSALS = (CaseIsOver, HelpdeskSays, IsOpen, NothingToUndo, NotOpen)


class Living(RuleBasedStateMachine):
    """Two cases, one of which a helpdesk has, and people and a helpdesk who do things to both."""

    template: str
    seen: ClassVar[Counter[str]] = Counter()

    @initialize(state=st.sampled_from((State.NEW, State.OPEN)))
    def open_the_floor(self, state: State) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copyfile(self.template, Path(self.folder.name) / "floor.sqlite3")
        self.floor = SwapDesk(f"sqlite:///{path}", Path(self.folder.name))
        self.read: list[tuple[UUID, Happening]] = []
        with self.floor.deps.sessions.write("T1") as session:
            session.add(
                Connection(
                    workspace_id="T1",
                    kind="zendesk",
                    address="https://acme.zendesk.com",
                    secret=b"",
                    options={},
                    state="connected",
                    connected_at=self.floor.now,
                )
            )
            session.flush()
            theirs = NewCase("Theirs", source="zendesk", external_id="35436", state=state)
            self.cases = [
                open_case(session, self.floor.deps, CLOCK, new).id
                for new in (NewCase("Ours", state=state), theirs)
            ]

    @rule(who=WHO, which=SOME, customer=st.booleans(), note=st.sampled_from(("", "asked")))
    def it_waits(self, who: str, which: int, customer: bool, note: str) -> None:
        self.tries(
            "waits",
            lambda case_id: cases_do.wait(
                self.floor.deps, self.floor.caller(who), case_id, new_id(), None, note, customer=customer
            ),
            which,
        )

    @rule(who=WHO, which=SOME, how=st.sampled_from((State.SOLVED, State.CLOSED)))
    def it_is_closed(self, who: str, which: int, how: State) -> None:
        self.tries(
            "closed",
            lambda case_id: cases_do.close(self.floor.deps, self.floor.caller(who), case_id, new_id(), how),
            which,
        )

    @rule(who=WHO, which=SOME, by_mistake=st.booleans(), closed=st.booleans())
    def it_is_reopened(self, who: str, which: int, by_mistake: bool, closed: bool) -> None:
        if closed:
            self.it_is_closed(who, which, State.SOLVED)
        self.tries(
            "reopened",
            lambda case_id: cases_do.reopen(
                self.floor.deps, self.floor.caller(who), case_id, new_id(), by_mistake=by_mistake
            ),
            which,
        )

    @rule(who=WHO, which=SOME)
    def the_customer_writes_and_is_answered(self, who: str, which: int) -> None:
        deps, caller = self.floor.deps, self.floor.caller(who)
        self.tries("wrote", lambda case_id: cases_do.hear_customer(deps, caller, case_id, new_id()), which)
        self.tries(
            "replied", lambda case_id: cases_do.reply(deps, caller, case_id, new_id(), State.PENDING), which
        )

    @rule(who=WHO, which=SOME)
    def the_last_change_of_state_is_undone(self, who: str, which: int) -> None:
        def undo(case_id: UUID) -> None:
            with self.floor.deps.sessions.read("T1") as session:
                states = [each.id for each in events_of(session, case_id) if each.kind == Kind.STATE]
            if states:
                cases_do.undo(self.floor.deps, self.floor.caller(who), case_id, states[-1])

        self.tries("undone", undo, which)

    @rule(who=WHO, which=SOME, owner=st.one_of(st.none(), WHO), priority=st.sampled_from(Priority))
    def somebody_gives_it_away(self, who: str, which: int, owner: str | None, priority: Priority) -> None:
        owner_id = str(self.floor.desk.member(owner).id) if owner else None
        said = (Happening(Kind.OWNER, {"owner": owner_id}), Happening(Kind.PRIORITY, {"priority": priority}))
        self.tries("given", lambda case_id: self.happens(case_id, *said, who=who), which)

    @rule(state=STATE, minutes=st.integers(-600, 60), gone=st.sampled_from((None, True, False)))
    def the_helpdesk_tells_of_something_late(self, state: State, minutes: int, gone: bool | None) -> None:
        number, at = len(self.read), self.floor.now + timedelta(minutes=minutes)
        kind, data = (Kind.STATE, {"state": state}) if gone is None else (Kind.GONE, {"gone": gone})
        said = Happening(kind, data, By.HELPDESK, at=at, external_id=str(number))
        self.read.append((self.cases[1], said))
        assert self.happens(self.cases[1], said) == [said]
        self.seen["late" if minutes < 0 else "told"] += 1

    @rule(which=SOME)
    def the_helpdesk_tells_it_again(self, which: int) -> None:
        if self.read:
            case_id, said = self.read[which % len(self.read)]
            assert self.happens(case_id, said) == []
            self.seen["again"] += 1

    @rule(minutes=st.integers(1, 300))
    def time_passes(self, minutes: int) -> None:
        self.floor.now += timedelta(minutes=minutes)

    def happens(self, case_id: UUID, *said: Happening, who: str | None = None) -> list[Happening]:
        actor = self.floor.caller(who).actor if who else CLOCK
        with self.floor.deps.sessions.write("T1") as session:
            row = case(session, case_id)
            assert row
            return happen(session, self.floor.deps, actor, row, *said)

    def tries(self, what: str, does: Callable[[UUID], object], which: int) -> None:
        case_id = self.cases[which % 2]
        before = self.stored(case_id)
        try:
            does(case_id)
            self.seen[what] += 1
        except REFUSALS as refusal:
            self.seen[type(refusal).__name__] += 1
            assert self.stored(case_id) == before

    def stored(self, case_id: UUID) -> tuple[object, int]:
        with self.floor.deps.sessions.read("T1") as session:
            row = session.get_one(Case, ("T1", case_id))
            return standing_of(row), len(events_of(session, case_id))

    @invariant()
    def the_row_follows_from_its_events(self) -> None:
        with self.floor.deps.sessions.read("T1") as session:
            for case_id in getattr(self, "cases", ()):
                row, events = session.get_one(Case, ("T1", case_id)), events_of(session, case_id)
                assert standing_of(row) == replay((each.at, happening_of(each)) for each in events)
                assert sorted(each.number for each in events) == list(range(1, len(events) + 1))
                assert events[0].kind == Kind.OPENED
                assert (row.due_at is None) or row.state in LIVE

    @invariant()
    def what_was_decided_here_is_written_there_and_nothing_else(self) -> None:
        if not getattr(self, "cases", ()):
            return
        with self.floor.deps.sessions.read("T1") as session:
            ours = session.scalars(
                select(CaseEvent).where(
                    CaseEvent.workspace_id == "T1",
                    CaseEvent.case_id == self.cases[1],
                    CaseEvent.external_id.is_(None),
                    CaseEvent.kind.in_((Kind.STATE, Kind.OWNER, Kind.NOTE)),
                )
            ).all()
            writes = session.scalars(select(CaseWrite).where(CaseWrite.workspace_id == "T1")).all()
            assert {each.case_id for each in writes} <= {self.cases[1]}
            assert Counter(each.kind for each in writes) <= Counter(each.kind for each in ours)

    def teardown(self) -> None:
        if hasattr(self, "floor"):
            self.floor.close()
            self.folder.cleanup()


def test_a_case_is_what_its_events_make_of_it(sqlite_url: str, tmp_path: Path) -> None:
    SwapDesk(sqlite_url, tmp_path).close()
    Living.template = sqlite_url.removeprefix("sqlite:///")
    Living.seen.clear()
    Living.TestCase.settings = settings(
        max_examples=30,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Living.TestCase().runTest()
    # Otherwise nothing was shown.
    for what in ("waits", "closed", "reopened", "undone", "given", "late", "again", "CaseIsOver", "HelpdeskSays"):
        assert Living.seen[what], f"{what} never happened: {Living.seen}"

"""Whatever is done to escalations, each has a name, each promise one end, and the case waits for the right one."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bot.actions.chase_turn import turn_all
from bot.actions.escalations_answer import answer, ask_again, give_eta, inform, need_info, own
from bot.actions.escalations_cards import CARD, audience_of
from bot.actions.escalations_close import close
from bot.actions.escalations_route import reroute
from bot.domain.escalations import (
    LIVE,
    OPEN,
    Cause,
    EtaInThePast,
    NoAnswer,
    NotOpen,
    OtherDepartment,
    Outcome,
    OwnedAlready,
    SameDepartment,
    State,
)
from bot.domain.permissions import NotPermitted
from storage.tables import Escalation, EscalationEta, Message
from tests.escalation_desk import BILLING, NAMES, EscalationDesk

REFUSALS = (EtaInThePast, NoAnswer, NotOpen, NotPermitted, OtherDepartment, OwnedAlready, SameDepartment)
# What becomes of it, from which states; own and ETA are told apart by who did them before.
BECOMES = {
    "own": (OPEN, None),
    "eta": (OPEN, State.OWNED),
    "need": (OPEN, State.NEEDS_INFO),
    "inform": ({State.NEEDS_INFO}, State.OWNED),
    "answer": (OPEN, State.ANSWERED),
    "again": ({State.ANSWERED}, State.OWNED),
    "billing": (OPEN, State.ASKED),
    "logistics": (OPEN, State.ASKED),
    "close": (LIVE, State.CLOSED),
}


class Escalating(RuleBasedStateMachine):
    """People ask, answer and send on as they like; the clock chases them meanwhile."""

    template: str
    done: ClassVar[Counter[str]] = Counter()
    asked: Bundle[UUID] = Bundle("asked")

    @initialize()
    def open_the_floor(self) -> None:
        self.house = ExitStack()
        folder = Path(self.house.enter_context(tempfile.TemporaryDirectory()))
        path = shutil.copyfile(self.template, folder / "floor.sqlite3")
        self.desk = EscalationDesk(f"sqlite:///{path}", folder)
        self.house.callback(self.desk.close)
        self.states: dict[UUID, State] = {}

    @rule(target=asked, department=st.sampled_from(["Billing", "Logistics"]))
    def ana_asks(self, department: str) -> UUID:
        escalation_id = self.desk.asks(department)
        self.states[escalation_id] = State.ASKED
        return escalation_id

    @rule(asked=asked, deed=st.sampled_from(["own", "eta", "need", "answer"]), hours=st.integers(1, 9))
    def the_department_goes_on(self, asked: UUID, deed: str, hours: int) -> None:
        theirs = self.desk.row(asked).department_id == self.desk.departments["Billing"]
        self.does(asked, "ben" if theirs else "carl", deed, hours)

    @rule(asked=asked, content=st.booleans())
    def ana_goes_on(self, asked: UUID, content: bool) -> None:
        wanted = {State.NEEDS_INFO: "inform", State.ANSWERED: "close" if content else "again"}
        if deed := wanted.get(self.states[asked]):
            self.does(asked, "ana", deed)

    @rule(asked=asked)
    def the_desk_sends_it_elsewhere(self, asked: UUID) -> None:
        theirs = self.desk.row(asked).department_id == self.desk.departments["Billing"]
        self.does(asked, "cora", "logistics" if theirs else "billing")

    @rule(asked=asked, who=st.sampled_from(NAMES), deed=st.sampled_from(list(BECOMES)), hours=st.integers(0, 9))
    def somebody_tries_something(self, asked: UUID, who: str, deed: str, hours: int) -> None:
        self.does(asked, who, deed, hours)

    def does(self, asked: UUID, who: str, deed: str, hours: int = 1) -> None:
        """Whatever is refused changes nothing."""
        deps, caller, nonce = self.desk.deps, self.desk.caller(who), uuid4()
        departments = self.desk.departments
        does: dict[str, Callable[[], object]] = {
            "own": lambda: own(deps, caller, asked),
            "eta": lambda: give_eta(deps, caller, asked, self.desk.now + timedelta(hours=hours)),
            "need": lambda: need_info(deps, caller, asked, nonce, "Which?"),
            "inform": lambda: inform(deps, caller, asked, nonce, "This"),
            "answer": lambda: answer(deps, caller, asked, nonce, "So it is"),
            "again": lambda: ask_again(deps, caller, asked, nonce, "Really?"),
            "billing": lambda: reroute(deps, caller, asked, departments["Billing"], nonce, ""),
            "logistics": lambda: reroute(deps, caller, asked, departments["Logistics"], nonce, ""),
            "close": lambda: close(deps, caller, asked, nonce, Outcome.FIXED, Cause.DATA, ""),
        }
        before = self.desk.desk.everything()
        try:
            does[deed]()
        except REFUSALS:
            assert self.desk.desk.everything() == before
            return
        begins, ends = BECOMES[deed]
        known = self.states[asked]
        assert known in begins, "it was not open for that"
        self.states[asked] = ends or (State.OWNED if known is State.ASKED else known)
        self.done[deed] += 1

    @rule(minutes=st.sampled_from([10, 60, 60 * 5, 60 * 24]))
    def time_passes(self, minutes: int) -> None:
        self.desk.now += timedelta(minutes=minutes)
        turn_all(self.desk.deps, "T1")

    @invariant()
    def each_stands_as_what_was_done_to_it_says_and_has_a_name(self) -> None:
        for escalation_id, state in self.states.items():
            row = self.desk.row(escalation_id)
            assert row.state == state
            if state in LIVE:
                assert (row.owner_id is None) is (state is State.ASKED)
            if state not in (State.ASKED, State.OWNED):
                assert row.next_at is None

    @invariant()
    def a_promised_time_stands_only_where_somebody_can_keep_it(self) -> None:
        with self.desk.deps.sessions.read("T1") as session:
            rows = list(session.query(EscalationEta).filter_by(workspace_id="T1"))
        standing = [row.escalation_id for row in rows if row.state == "open"]
        assert len(standing) == len(set(standing))
        assert all(self.states[each] is State.OWNED for each in standing)
        assert all((row.ended_at is None) is (row.state == "open") for row in rows)
        assert all(row.ended_at <= row.eta_at for row in rows if row.state == "kept" and row.ended_at)
        assert all(row.ended_at > row.eta_at for row in rows if row.state == "missed" and row.ended_at)

    @invariant()
    def the_case_waits_for_a_department_as_long_as_one_has_to_answer(self) -> None:
        if not self.states:
            return
        open_ = {self.desk.row(each).department_id for each, state in self.states.items() if state in OPEN}
        case = self.desk.case()
        assert (case.state == "on hold") is bool(open_)
        assert case.waits_on_id in open_ if open_ else case.waits_on_id is None

    @invariant()
    def whoever_is_asked_now_has_one_card(self) -> None:
        lanes = {self.desk.departments["Billing"]: BILLING, self.desk.departments["Logistics"]: "U0CARL"}
        for escalation_id in self.states:
            row = self.desk.row(escalation_id)
            copies = self.desk.messages(CARD, lanes[row.department_id])
            assert len([each for each in copies if _is_of(each, row)]) == 1

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.house.close()


def _is_of(copy: Message, row: Escalation) -> bool:
    return copy.subject_id == row.id and copy.audience == audience_of(row)


def test_no_order_of_events_leaves_a_question_without_a_name_or_a_promise_without_an_end(sqlite_url: str) -> None:
    Escalating.template = sqlite_url.removeprefix("sqlite:///")
    Escalating.done.clear()
    Escalating.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Escalating.TestCase().runTest()
    # Otherwise nothing was shown.
    assert min(Escalating.done[deed] for deed in ("need", "eta", "answer", "logistics")) > 0

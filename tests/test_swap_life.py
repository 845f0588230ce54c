"""Whatever is done to swaps in whatever order, every shift has one owner, and a settled swap one announcement."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from bot.actions.approvers import ReviewChanged
from bot.actions.swaps import accept, decline, undo, withdraw
from bot.actions.swaps_decide import approve, refuse
from bot.actions.swaps_end import expire
from bot.actions.swaps_propose import BadProposal, SameSwap
from bot.actions.swaps_turn import NotLegal
from bot.domain.approval import NotPossible, OwnRequest
from bot.domain.permissions import NotPermitted
from bot.domain.swaps import State, SwapNotOpen
from tests.actions.desk import Tables
from tests.swap_desk import NAMES, SwapDesk

REFUSALS = (
    BadProposal,
    SameSwap,
    NotLegal,
    NotPermitted,
    NotPossible,
    OwnRequest,
    SwapNotOpen,
    ReviewChanged,
)
AGENTS = ("ana", "ben", "dev")
DEEDS = ("accept", "decline", "withdraw", "approve", "refuse", "undo")
FINAL = {State.DECLINED, State.WITHDRAWN, State.EXPIRED, State.SUPERSEDED, State.UNDONE}


class Swapping(RuleBasedStateMachine):
    """People propose, answer, decide and undo as they like; a model says who owns each shift."""

    template: str
    settled: ClassVar[Counter[str]] = Counter()
    swaps: Bundle[UUID] = Bundle("swaps")

    @initialize(review=st.booleans())
    def open_the_floor(self, review: bool) -> None:
        self.house = ExitStack()
        folder = Path(self.house.enter_context(tempfile.TemporaryDirectory()))
        path = shutil.copyfile(self.template, folder / "floor.sqlite3")
        self.desk = self.desk_on(f"sqlite:///{path}", folder)
        self.review = review
        if review:
            self.desk.review()
        self.owners = {row.shift_id: row.member_id for row in self.desk.assignments()}
        self.shifts: dict[UUID, tuple[UUID, UUID]] = {}
        self.states: dict[UUID, str] = {}

    def desk_on(self, database_url: str, folder: Path) -> SwapDesk:
        """Where it all happens."""
        desk = SwapDesk(database_url, folder)
        self.house.callback(desk.close)
        return desk

    @rule(
        target=swaps,
        asker=st.sampled_from(AGENTS),
        colleague=st.sampled_from(AGENTS),
        mine=st.integers(0, 1),
        theirs=st.integers(0, 1),
    )
    def somebody_proposes(self, asker: str, colleague: str, mine: int, theirs: int) -> Any:
        try:
            swap = self.desk.proposes(asker, colleague, mine, theirs)
        except REFUSALS:
            return multiple()
        row = next(each for each in self.desk.swaps() if each.id == swap)
        by_id = {each.id: each.shift_id for each in self.desk.assignments()}
        self.shifts[swap] = (by_id[row.given_id], by_id[row.returned_id])
        self.states[swap] = row.state
        return swap

    @rule(swap=swaps, regretted=st.booleans())
    def it_is_accepted_and_approved(self, swap: UUID, regretted: bool) -> None:
        self.does(swap, self.parties(swap)[1], "accept")
        self.does(swap, "cora", "approve")
        self.every_shift_has_the_owner_that_the_settled_swaps_gave_it()
        if regretted:
            self.does(swap, self.parties(swap)[0], "undo")

    @rule(swap=swaps, regrets=st.integers(0, 1))
    def one_of_the_two_wants_it_undone(self, swap: UUID, regrets: int) -> None:
        self.does(swap, self.parties(swap)[regrets], "undo")

    @rule(swap=swaps)
    def the_asker_withdraws(self, swap: UUID) -> None:
        self.does(swap, self.parties(swap)[0], "withdraw")

    @rule(swap=swaps, who=st.sampled_from(NAMES), deed=st.sampled_from(DEEDS))
    def somebody_tries_something(self, swap: UUID, who: str, deed: str) -> None:
        self.does(swap, who, deed)

    def parties(self, swap: UUID) -> tuple[str, str]:
        """The asker and the colleague, by name."""
        row = next(each for each in self.desk.swaps() if each.id == swap)
        names = {self.desk.desk.member(name).id: name for name in AGENTS}
        return names[row.asker_id], names[row.colleague_id]

    def stored(self) -> Tables:
        """Everything that people can change."""
        return self.desk.desk.everything()

    def does(self, swap: UUID, who: str, deed: str) -> None:
        """Whatever is refused changes nothing."""
        deps, caller = self.desk.deps, self.desk.caller(who)
        before = self.stored()
        does: dict[str, Callable[[], object]] = {
            "accept": lambda: accept(deps, caller, swap),
            "decline": lambda: decline(deps, caller, swap, uuid4(), "no"),
            "withdraw": lambda: withdraw(deps, caller, swap),
            "approve": lambda: approve(deps, caller, swap),
            "refuse": lambda: refuse(deps, caller, swap, uuid4(), "no"),
            "undo": lambda: undo(deps, caller, swap),
        }
        try:
            does[deed]()
        except ReviewChanged:
            pass
        except REFUSALS:
            assert self.stored() == before

    @rule(minutes=st.sampled_from([1, 9, 10, 60, 60 * 24]))
    def time_passes(self, minutes: int) -> None:
        self.desk.now += timedelta(minutes=minutes)
        expire(self.desk.deps, "T1")

    @invariant()
    def every_shift_has_the_owner_that_the_settled_swaps_gave_it(self) -> None:
        rows = self.desk.swaps()
        for row in rows:
            before, given, returned = self.states[row.id], *self.shifts[row.id]
            assert before not in FINAL or before == row.state
            if (before, row.state) in (
                ("open", "approved"),
                ("needs approval", "approved"),
                ("approved", "undone"),
            ):
                self.owners[given], self.owners[returned] = self.owners[returned], self.owners[given]
                self.settled[row.state] += 1
            self.states[row.id] = row.state
        self.desk.demand_whole()
        assert {row.shift_id: row.member_id for row in self.desk.assignments()} == self.owners

    @invariant()
    def every_settled_swap_is_announced_once_and_no_other_ever(self) -> None:
        settled = {row.id for row in self.desk.swaps() if row.settled_at}
        assert dict(self.desk.messages("swap", "floor")) == dict.fromkeys(settled, 1)
        undone = {row.id for row in self.desk.swaps() if row.state == State.UNDONE}
        assert dict(self.desk.messages("swap.news", "floor")) == dict.fromkeys(undone, 1)

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.house.close()


def examine(
    machine: type[Swapping], sqlite_url: str, *, examples: int, steps: int, phases: Sequence[Phase] = tuple(Phase)
) -> None:
    """Tries so many orders of events on fresh databases; raises AssertionError for one that goes wrong."""
    machine.template = sqlite_url.removeprefix("sqlite:///")
    machine.settled.clear()
    machine.TestCase.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    machine.TestCase().runTest()
    # Otherwise nothing was shown.
    assert machine.settled[State.APPROVED] > 0
    assert machine.settled[State.UNDONE] > 0


def test_no_order_of_events_leaves_a_shift_to_two_or_to_nobody(sqlite_url: str) -> None:
    examine(Swapping, sqlite_url, examples=15, steps=14)


def test_a_form_sent_again_after_a_lost_answer_declines_once(sqlite_url: str, tmp_path: Path) -> None:
    desk = SwapDesk(sqlite_url, tmp_path)
    swap, nonce = desk.proposes("ana", "ben"), uuid4()
    for _ in range(2):
        decline(desk.deps, desk.caller("ben"), swap, nonce, "busy")
    with pytest.raises(SwapNotOpen):
        decline(desk.deps, desk.caller("ben"), swap, uuid4(), "busy")
    assert desk.state(swap) == "declined"
    desk.close()

"""Whatever is done to swaps in whatever order, every shift has one owner, and cards show what is stored."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from bot.actions.cards import Cards
from bot.actions.swaps import accept, decline, undo, withdraw
from bot.actions.swaps_cards import load_swap, register_cards
from bot.actions.swaps_decide import ReviewChanged, approve, refuse
from bot.actions.swaps_end import expire
from bot.actions.swaps_propose import BadProposal, SameSwap
from bot.actions.swaps_turn import NotLegal
from bot.domain.permissions import NotPermitted
from bot.domain.swaps import NotPossible, OwnRequest, State, SwapNotOpen
from storage.outbox import Priority
from storage.tables import Message
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
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copyfile(self.template, Path(self.folder.name) / "floor.sqlite3")
        self.desk = SwapDesk(f"sqlite:///{path}", Path(self.folder.name))
        if review:
            self.desk.review()
        self.owners = {row.shift_id: row.member_id for row in self.desk.assignments()}
        self.shifts: dict[UUID, tuple[UUID, UUID]] = {}
        self.states: dict[UUID, str] = {}

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

    def does(self, swap: UUID, who: str, deed: str) -> None:
        """Whatever is refused changes nothing."""
        deps, caller = self.desk.deps, self.desk.caller(who)
        before = self.desk.desk.everything()
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
            assert self.desk.desk.everything() == before

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

    @invariant()
    def every_card_shows_what_is_stored(self) -> None:
        cards = Cards()
        register_cards(cards)
        with self.desk.deps.sessions.read("T1") as session:
            for row in self.desk.swaps():
                shown = load_swap(session, row.id)
                assert shown
                assert shown.state == row.state
                for audience in ("asker", "colleague", "approvers", "floor"):
                    card = Message(
                        card="swap", audience=audience, lane="C0FLOOR", subject_id=row.id, priority=Priority.CARD
                    )
                    drawn = cards.render(session, card)
                    assert drawn
                    assert f"Swap {row.number} is " in drawn["text"]

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()
            self.folder.cleanup()


def test_no_order_of_events_leaves_a_shift_to_two_or_to_nobody(sqlite_url: str) -> None:
    Swapping.template = sqlite_url.removeprefix("sqlite:///")
    Swapping.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=14,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Swapping.TestCase().runTest()
    # Otherwise nothing was shown.
    assert Swapping.settled[State.APPROVED] > 0
    assert Swapping.settled[State.UNDONE] > 0


def test_a_form_sent_again_after_a_lost_answer_declines_once(sqlite_url: str, tmp_path: Path) -> None:
    desk = SwapDesk(sqlite_url, tmp_path)
    swap, nonce = desk.proposes("ana", "ben"), uuid4()
    for _ in range(2):
        decline(desk.deps, desk.caller("ben"), swap, nonce, "busy")
    with pytest.raises(SwapNotOpen):
        decline(desk.deps, desk.caller("ben"), swap, uuid4(), "busy")
    assert desk.state(swap) == "declined"
    desk.close()

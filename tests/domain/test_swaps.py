"""The life of a swap."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.approval import (
    REGRET,
    Approver,
    BothSides,
    EnteredAsProxy,
    NotAnApprover,
    NotAParty,
    NotPossible,
    OwnRequest,
    ReasonMissing,
    RegretIsOver,
)
from bot.domain.permissions import Role
from bot.domain.rules_swaps import Outcome, Verdict
from bot.domain.swaps import (
    PENDING,
    Accept,
    AgreeToUndo,
    Approve,
    ApproveAnyway,
    Decline,
    Event,
    Expire,
    NobodyAsked,
    NotAsked,
    Refuse,
    Settle,
    State,
    Supersede,
    Swap,
    SwapNotOpen,
    SwapNotYetExpired,
    SwapWithOneself,
    Undo,
    Withdraw,
)
from bot.domain.swaps_life import may_regret, propose, transition
from tests.domain.rules_examples import MICROSECOND, NOW
from tests.domain.verdicts import AGAINST_POLICY, FINE, ILLEGAL, REVIEWED

ANA, BEN, CARA, DAN, EVE, STRANGER = (UUID(int=number) for number in range(1, 7))
LATER = NOW + timedelta(days=2)


DAN_COORDINATES = Approver(DAN, frozenset({Role.COORDINATOR}), coordinators=frozenset({DAN, EVE}))
FINAL = frozenset(State) - PENDING


def open_swap(proxy: UUID | None = None) -> Swap:
    return propose(ANA, {BEN: REVIEWED, CARA: FINE}, NOW, LATER, proxy)


def after(*events: Event, swap: Swap | None = None, at: datetime = NOW) -> Swap:
    swap = swap or open_swap()
    for event in events:
        swap = transition(swap, event, at)
    return swap


def waiting(proxy: UUID | None = None) -> Swap:
    return after(Accept(BEN, REVIEWED, proxy), Settle(REVIEWED))


def approved() -> Swap:
    return after(Accept(BEN, FINE), Settle(FINE))


def test_a_swap_that_breaks_nothing_is_approved_as_soon_as_it_is_accepted() -> None:
    swap = after(Accept(BEN, FINE))
    assert (swap.state, swap.accepted_by) == (State.ACCEPTED, BEN)
    swap = after(Settle(FINE), swap=swap)
    assert (swap.state, swap.settled_at, swap.decided_by) == (State.APPROVED, NOW, None)


def test_a_swap_that_needs_a_look_waits_for_approval() -> None:
    swap = waiting()
    assert (swap.state, swap.settled_at) == (State.NEEDS_APPROVAL, None)
    swap = after(Approve(DAN_COORDINATES, REVIEWED), swap=swap)
    assert (swap.state, swap.settled_at, swap.decided_by) == (State.APPROVED, NOW, DAN)


def test_who_accepts_second_reads_who_took_it() -> None:
    with pytest.raises(SwapNotOpen) as refused:
        after(Accept(CARA, FINE), swap=after(Accept(BEN, FINE)))
    assert (refused.value.state, refused.value.taken_by) == (State.ACCEPTED, BEN)


def test_the_swap_stays_open_until_the_last_colleague_declines() -> None:
    swap = after(Decline(BEN))
    assert (swap.state, set(swap.asked)) == (State.OPEN, {CARA})
    assert after(Decline(CARA), swap=swap).state is State.DECLINED


def test_who_declined_or_was_never_asked_cannot_accept() -> None:
    for person, swap in ((BEN, after(Decline(BEN))), (STRANGER, open_swap())):
        with pytest.raises(NotAsked):
            after(Accept(person, FINE), swap=swap)


def test_the_colleague_can_decline_until_it_is_approved() -> None:
    assert after(Decline(BEN), swap=waiting()).state is State.DECLINED
    with pytest.raises(NotAsked):
        after(Decline(CARA), swap=waiting())
    with pytest.raises(SwapNotOpen):
        after(Decline(BEN), swap=approved())


def test_only_the_asker_withdraws() -> None:
    assert after(Withdraw(ANA), swap=waiting()).state is State.WITHDRAWN
    with pytest.raises(NotAParty):
        after(Withdraw(BEN), swap=waiting())


def test_nobody_asks_themselves_or_nobody() -> None:
    with pytest.raises(SwapWithOneself):
        propose(ANA, {ANA: FINE}, NOW, LATER)
    with pytest.raises(NobodyAsked):
        propose(ANA, {}, NOW, LATER)


@pytest.mark.parametrize(("found", "proxy"), [(AGAINST_POLICY, None), (ILLEGAL, None), (ILLEGAL, DAN)])
def test_what_is_denied_cannot_be_proposed(found: Verdict, proxy: UUID | None) -> None:
    with pytest.raises(NotPossible) as refused:
        propose(ANA, {BEN: FINE, CARA: found}, NOW, LATER, proxy)
    assert refused.value.findings == found.findings


def test_a_proxy_can_propose_what_policy_may_be_approved_anyway() -> None:
    assert propose(ANA, {BEN: AGAINST_POLICY}, NOW, LATER, DAN).state is State.OPEN


def test_what_became_illegal_is_neither_accepted_nor_settled_nor_approved() -> None:
    anyway = ApproveAnyway(DAN_COORDINATES, ILLEGAL, "please")
    for event, swap in (
        (Accept(BEN, ILLEGAL), open_swap()),
        (Settle(ILLEGAL), after(Accept(BEN, FINE))),
        (Approve(DAN_COORDINATES, ILLEGAL), waiting()),
        (anyway, waiting()),
    ):
        with pytest.raises(NotPossible):
            after(event, swap=swap)


def test_what_policy_denies_is_approved_anyway_only_and_only_with_a_reason() -> None:
    swap = after(Accept(BEN, AGAINST_POLICY), Settle(AGAINST_POLICY))
    assert swap.state is State.NEEDS_APPROVAL
    with pytest.raises(NotPossible):
        after(Approve(DAN_COORDINATES, AGAINST_POLICY), swap=swap)
    with pytest.raises(ReasonMissing):
        after(ApproveAnyway(DAN_COORDINATES, AGAINST_POLICY, " "), swap=swap)
    approved_anyway = after(ApproveAnyway(DAN_COORDINATES, AGAINST_POLICY, "Nobody else can"), swap=swap)
    assert (approved_anyway.state, approved_anyway.decided_by) == (State.APPROVED, DAN)


def test_a_coordinator_refuses_with_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        after(Refuse(DAN_COORDINATES, ""), swap=waiting())
    swap = after(Refuse(DAN_COORDINATES, "Too few left"), swap=waiting())
    assert (swap.state, swap.decided_by) == (State.DECLINED, DAN)


@pytest.mark.parametrize("person", [ANA, BEN])
def test_nobody_approves_their_own(person: UUID) -> None:
    with pytest.raises(OwnRequest):
        after(
            Approve(Approver(person, frozenset({Role.COORDINATOR, Role.MANAGER}), frozenset({DAN})), FINE),
            swap=waiting(),
        )


def test_nobody_approves_what_they_entered_as_proxy() -> None:
    proposed = after(Accept(BEN, REVIEWED), Settle(REVIEWED), swap=open_swap(proxy=DAN))
    for swap in (proposed, waiting(proxy=DAN)):
        with pytest.raises(EnteredAsProxy):
            after(Approve(DAN_COORDINATES, REVIEWED), swap=swap)
    assert after(Approve(DAN_COORDINATES, REVIEWED), swap=waiting(proxy=STRANGER)).decided_by == DAN


def test_nobody_stands_on_both_sides() -> None:
    with pytest.raises(BothSides):
        propose(ANA, {BEN: FINE}, NOW, LATER, proxy=BEN)
    for event, swap in (
        (Accept(BEN, FINE, proxy=ANA), open_swap()),
        (Accept(BEN, FINE, proxy=DAN), open_swap(proxy=DAN)),
        (Accept(BEN, FINE, proxy=CARA), open_swap()),
        (Decline(BEN, proxy=ANA), open_swap()),
        (Withdraw(ANA, proxy=BEN), waiting()),
    ):
        with pytest.raises(BothSides):
            after(event, swap=swap)


def test_what_a_proxy_did_is_known_of_them() -> None:
    for event in (Withdraw(ANA, proxy=DAN), Decline(BEN, proxy=DAN), Accept(BEN, FINE, proxy=DAN)):
        assert after(event).proxies == {DAN}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD])
def test_a_manager_or_lead_approves_only_where_there_is_one_coordinator(role: Role) -> None:
    alone, among_others = (Approver(DAN, frozenset({role}), frozenset(each)) for each in ({EVE}, {EVE, STRANGER}))
    assert after(Approve(alone, REVIEWED), swap=waiting()).decided_by == DAN
    with pytest.raises(NotAnApprover):
        after(Approve(among_others, REVIEWED), swap=waiting())


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD])
def test_a_manager_or_lead_approves_where_every_coordinator_is_concerned(role: Role) -> None:
    for swap, coordinators in (
        (waiting(), {ANA, BEN}),
        (waiting(proxy=EVE), {BEN, EVE}),
    ):
        approver = Approver(DAN, frozenset({role}), frozenset(coordinators))
        assert after(Approve(approver, REVIEWED), swap=swap).decided_by == DAN


def test_an_agent_never_approves() -> None:
    with pytest.raises(NotAnApprover):
        after(Approve(Approver(DAN, frozenset({Role.AGENT}), frozenset()), REVIEWED), swap=waiting())


def test_a_swap_expires_at_its_time_and_not_a_microsecond_sooner() -> None:
    with pytest.raises(SwapNotYetExpired):
        after(Expire(), at=LATER - MICROSECOND)
    assert after(Expire(), at=LATER).state is State.EXPIRED


@pytest.mark.parametrize(
    ("event", "swap"),
    [
        (Accept(BEN, FINE), open_swap()),
        (Settle(FINE), after(Accept(BEN, FINE))),
        (Approve(DAN_COORDINATES, REVIEWED), waiting()),
    ],
)
def test_what_has_expired_goes_no_further_even_before_anybody_noticed(event: Event, swap: Swap) -> None:
    with pytest.raises(SwapNotOpen) as refused:
        after(event, swap=swap, at=LATER)
    assert refused.value.state is State.EXPIRED
    assert after(event, swap=swap, at=LATER - MICROSECOND).state is not swap.state


def test_a_swap_cannot_be_proposed_for_a_time_that_is_over() -> None:
    with pytest.raises(SwapNotOpen):
        propose(ANA, {BEN: FINE}, LATER, LATER)


@pytest.mark.parametrize("swap", [open_swap(), after(Accept(BEN, FINE)), waiting()])
def test_a_pending_swap_is_superseded_when_a_shift_changes(swap: Swap) -> None:
    assert after(Supersede(), swap=swap).state is State.SUPERSEDED


@pytest.mark.parametrize("person", [ANA, BEN])
def test_either_party_alone_undoes_within_ten_minutes_and_not_at_ten(person: UUID) -> None:
    swap = approved()
    assert may_regret(swap, NOW + REGRET - MICROSECOND)
    assert after(Undo(person, FINE), swap=swap, at=NOW + REGRET - MICROSECOND).state is State.UNDONE
    assert not may_regret(swap, NOW + REGRET)
    with pytest.raises(RegretIsOver):
        after(Undo(person, FINE), swap=swap, at=NOW + timedelta(minutes=10))


def test_ana_undoes_after_an_hour_and_ben_is_silent_so_nothing_changes() -> None:
    hour_later = NOW + timedelta(hours=1)
    swap = after(AgreeToUndo(ANA, FINE), AgreeToUndo(ANA, FINE), swap=approved(), at=hour_later)
    assert (swap.state, set(swap.undo_wanted_by)) == (State.APPROVED, {ANA})
    assert after(AgreeToUndo(BEN, FINE), swap=swap, at=hour_later).state is State.UNDONE


def test_an_undo_is_checked_again() -> None:
    with pytest.raises(NotPossible):
        after(Undo(ANA, ILLEGAL), swap=approved())
    with pytest.raises(NotPossible):
        after(AgreeToUndo(ANA, FINE), AgreeToUndo(BEN, AGAINST_POLICY), swap=approved())


def test_only_parties_undo() -> None:
    for event in (Undo(CARA, FINE), AgreeToUndo(STRANGER, FINE)):
        with pytest.raises(NotAParty):
            after(event, swap=approved())


PEOPLE = st.sampled_from([ANA, BEN, CARA, DAN, STRANGER])
VERDICTS = st.sampled_from([FINE, REVIEWED, AGAINST_POLICY, ILLEGAL])
REFUSALS = (
    BothSides,
    SwapNotOpen,
    SwapNotYetExpired,
    NotPossible,
    NotAsked,
    NotAParty,
    OwnRequest,
    EnteredAsProxy,
    NotAnApprover,
    ReasonMissing,
    RegretIsOver,
)


class Life(RuleBasedStateMachine):
    """Anybody tries anything at any time; a model of a few lines says whether it should have worked."""

    @initialize(proxy=st.sampled_from([None, DAN]))
    def begin(self, proxy: UUID | None) -> None:
        self.now = NOW
        self.swap = open_swap(proxy)
        self.proxies = {proxy} - {None}
        self.state = State.OPEN
        self.asked = {BEN, CARA}
        self.colleague: UUID | None = None
        self.approved_at = NOW
        self.undo: set[UUID] = set()

    def tried(self, event: Event, *, works: bool, becomes: State) -> bool:
        before = self.swap
        try:
            self.swap = transition(self.swap, event, self.now)
        except REFUSALS:
            assert not works
            assert self.swap is before
            return False
        assert works
        self.state = becomes
        return True

    @property
    def in_time(self) -> bool:
        return self.now < LATER

    @rule(length=st.sampled_from([MICROSECOND, timedelta(minutes=5), REGRET, timedelta(hours=30)]))
    def time_passes(self, length: timedelta) -> None:
        self.now += length

    @rule(by=PEOPLE, found=VERDICTS, proxy=st.sampled_from([None, DAN]))
    def somebody_accepts(self, by: UUID, found: Verdict, proxy: UUID | None) -> None:
        works = self.state is State.OPEN and self.in_time and by in self.asked and not found.firm
        works = works and (proxy is None or proxy not in self.proxies)
        if self.tried(Accept(by, found, proxy), works=works, becomes=State.ACCEPTED):
            self.colleague, self.asked = by, set()
            self.proxies |= {proxy} - {None}

    @rule(found=VERDICTS)
    def it_is_settled(self, found: Verdict) -> None:
        works = self.state is State.ACCEPTED and self.in_time and not found.firm
        automatic = found.outcome is Outcome.AUTOMATIC
        becomes = State.APPROVED if automatic else State.NEEDS_APPROVAL
        if self.tried(Settle(found), works=works, becomes=becomes) and automatic:
            self.approved_at = self.now

    @rule(by=PEOPLE)
    def somebody_declines(self, by: UUID) -> None:
        works = self.state in PENDING and (by in self.asked or by == self.colleague)
        if self.tried(Decline(by), works=works, becomes=State.OPEN if self.asked - {by} else State.DECLINED):
            self.asked -= {by}

    @rule(by=PEOPLE)
    def somebody_withdraws(self, by: UUID) -> None:
        works = self.state in PENDING and by == ANA
        self.tried(Withdraw(by), works=works, becomes=State.WITHDRAWN)

    @rule(by=PEOPLE, role=st.sampled_from(list(Role)), desk=st.sets(PEOPLE), found=VERDICTS, anyway=st.booleans())
    def somebody_approves(self, by: UUID, role: Role, desk: set[UUID], found: Verdict, anyway: bool) -> None:
        approver = Approver(by, frozenset({role}), frozenset(desk))
        event = ApproveAnyway(approver, found, "a reason") if anyway else Approve(approver, found)
        works = self.decides(by, role, desk) and not (found.firm if anyway else found.denials)
        if self.tried(event, works=works, becomes=State.APPROVED):
            self.approved_at = self.now

    @rule(by=PEOPLE, role=st.sampled_from(list(Role)), reason=st.sampled_from(["", "a reason"]))
    def somebody_refuses(self, by: UUID, role: Role, reason: str) -> None:
        works = self.decides(by, role, {EVE}) and bool(reason)
        self.tried(
            Refuse(Approver(by, frozenset({role}), frozenset({EVE})), reason), works=works, becomes=State.DECLINED
        )

    def decides(self, by: UUID, role: Role, desk: set[UUID]) -> bool:
        involved = {ANA, self.colleague} | self.proxies
        stands_in = (len(desk) < 2 or desk <= involved) and role in (Role.LEAD, Role.MANAGER)
        waits = self.state is State.NEEDS_APPROVAL and self.in_time
        return waits and by not in involved and (role is Role.COORDINATOR or stands_in)

    @rule()
    def the_clock_expires_it(self) -> None:
        self.tried(Expire(), works=self.state in PENDING and not self.in_time, becomes=State.EXPIRED)

    @rule(changed=st.booleans())
    def a_shift_may_change(self, changed: bool) -> None:
        if changed:
            self.tried(Supersede(), works=self.state in PENDING, becomes=State.SUPERSEDED)

    @rule(by=PEOPLE, found=VERDICTS)
    def somebody_regrets(self, by: UUID, found: Verdict) -> None:
        party = self.state is State.APPROVED and by in (ANA, self.colleague)
        works = party and self.now - self.approved_at < REGRET and not found.firm
        self.tried(Undo(by, found), works=works, becomes=State.UNDONE)

    @rule(by=PEOPLE, found=VERDICTS)
    def somebody_agrees_to_undo(self, by: UUID, found: Verdict) -> None:
        party = self.state is State.APPROVED and by in (ANA, self.colleague)
        both = self.undo | {by} == {ANA, self.colleague}
        works = party and not (both and found.denials)
        if self.tried(AgreeToUndo(by, found), works=works, becomes=State.UNDONE if both else State.APPROVED):
            self.undo |= {by}

    @invariant()
    def the_swap_is_what_the_model_says(self) -> None:
        if hasattr(self, "swap"):
            assert (self.swap.state, self.swap.accepted_by) == (self.state, self.colleague)
            assert self.swap.asked == self.asked
            assert (self.swap.settled_at is not None) == (self.state in (State.APPROVED, State.UNDONE))


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)

EVERY_EVENT: list[Event] = [
    Accept(BEN, FINE),
    Settle(FINE),
    Decline(BEN),
    Withdraw(ANA),
    Approve(DAN_COORDINATES, FINE),
    ApproveAnyway(DAN_COORDINATES, FINE, "a reason"),
    Refuse(DAN_COORDINATES, "a reason"),
    Expire(),
    Supersede(),
    Undo(ANA, FINE),
    AgreeToUndo(ANA, FINE),
]


def settled() -> dict[State, Swap]:
    return {
        State.APPROVED: approved(),
        State.DECLINED: after(Decline(BEN), swap=waiting()),
        State.WITHDRAWN: after(Withdraw(ANA), swap=waiting()),
        State.EXPIRED: after(Expire(), swap=waiting(), at=LATER),
        State.SUPERSEDED: after(Supersede(), swap=waiting()),
        State.UNDONE: after(Undo(ANA, FINE), swap=approved()),
    }


@pytest.mark.parametrize("event", EVERY_EVENT, ids=lambda event: type(event).__name__)
def test_nothing_leaves_a_final_state_but_an_undo(event: Event) -> None:
    assert settled().keys() == FINAL
    for state, swap in settled().items():
        if state is State.APPROVED and isinstance(event, Undo | AgreeToUndo):
            continue
        with pytest.raises(SwapNotOpen) as refused:
            after(event, swap=swap, at=LATER)
        assert refused.value.state is state

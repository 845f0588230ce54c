"""The life of a question to a department: anybody does anything to it, and a log says what came of it."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.escalations import (
    LIVE,
    OPEN,
    Answer,
    AskAgain,
    Cause,
    Close,
    Escalation,
    EtaInThePast,
    EtaState,
    Event,
    GiveEta,
    Inform,
    NeedInfo,
    NoAnswer,
    NotOpen,
    Outcome,
    Own,
    OwnedAlready,
    Reroute,
    SameDepartment,
    State,
    WordsMissing,
)
from bot.domain.escalations_life import eta_after, may_answer, transition
from bot.domain.permissions import Actor, Grant, Role
from tests.domain.rules_examples import MICROSECOND, NOW

CARL, CLARA = UUID(int=1), UUID(int=2)
BILLING, LOGISTICS = UUID(int=11), UUID(int=12)
SOON = NOW + timedelta(hours=4)
FIXED = Close(Outcome.FIXED, Cause.DATA)
REFUSALS = (
    EtaInThePast,
    NoAnswer,
    NotOpen,
    OwnedAlready,
    SameDepartment,
    WordsMissing,
)


def after(*events: Event, begins: Escalation | None = None) -> Escalation:
    at = begins or Escalation(BILLING)
    for event in events:
        at = transition(at, event, NOW)
    return at


def test_who_presses_own_twice_changes_nothing_and_a_second_person_learns_who_was_first() -> None:
    owned = after(Own(CARL))
    assert (owned.state, owned.owner) == (State.OWNED, CARL)
    assert transition(owned, Own(CARL), NOW) == owned
    with pytest.raises(OwnedAlready) as told:
        transition(owned, Own(CLARA), NOW)
    assert told.value.owner == CARL
    assert transition(owned, Own(CLARA, take=True), NOW).owner == CLARA


def test_a_promised_time_must_be_ahead_by_a_microsecond() -> None:
    with pytest.raises(EtaInThePast):
        after(GiveEta(CARL, NOW))
    assert after(GiveEta(CARL, NOW + MICROSECOND)).eta == NOW + MICROSECOND


@pytest.mark.parametrize(
    ("event", "became"),
    [
        (Answer(CARL), EtaState.KEPT),
        (GiveEta(CARL, SOON), EtaState.TAKEN_BACK),
        (NeedInfo(CARL), EtaState.TAKEN_BACK),
        (Reroute(LOGISTICS), EtaState.TAKEN_BACK),
        (FIXED, EtaState.TAKEN_BACK),
    ],
)
def test_only_an_answer_keeps_a_promised_time(event: Event, became: EtaState) -> None:
    assert eta_after(event) is became


def test_closing_needs_an_answer_where_it_says_so_and_words_where_the_cause_is_none_of_the_usual() -> None:
    with pytest.raises(NoAnswer):
        after(Own(CARL), Close(Outcome.ANSWERED, Cause.DATA))
    with pytest.raises(WordsMissing):
        after(Answer(CARL), Close(Outcome.ANSWERED, Cause.OTHER, " "))
    assert after(Answer(CARL), Close(Outcome.ANSWERED, Cause.OTHER, "the moon")).state is State.CLOSED
    assert after(Close(Outcome.NOT_NEEDED, Cause.CUSTOMER)).state is State.CLOSED


def test_another_department_begins_anew() -> None:
    moved = after(GiveEta(CARL, SOON), NeedInfo(CARL), Reroute(LOGISTICS))
    assert moved == Escalation(LOGISTICS, hop=1)
    with pytest.raises(SameDepartment):
        after(Reroute(LOGISTICS), begins=moved)


@pytest.mark.parametrize(
    ("role", "of", "answers"),
    [
        (Role.CONTACT, BILLING, True),
        (Role.CONTACT, LOGISTICS, False),
        (Role.CONTACT, None, False),
        (Role.AGENT, BILLING, False),
        (Role.LEAD, None, False),
        (Role.COORDINATOR, None, True),
        (Role.MANAGER, LOGISTICS, True),
    ],
)
def test_contacts_answer_for_their_own_department_and_the_desk_for_all(
    role: Role, of: UUID | None, answers: bool
) -> None:
    assert may_answer(Actor(CARL, (Grant(role),)), of, BILLING) is answers


class Asking(RuleBasedStateMachine):
    """A question, and a log of what was promised and of how often it moved."""

    def __init__(self) -> None:
        super().__init__()
        self.at = Escalation(BILLING)
        self.now: datetime = NOW
        self.promised: list[datetime] = []
        self.ended: list[tuple[datetime, EtaState]] = []
        self.moves = 0

    @initialize()
    def it_is_asked(self) -> None:
        self.at = Escalation(BILLING)

    @rule(
        event=st.one_of(
            st.builds(Own, st.sampled_from([CARL, CLARA]), st.booleans()),
            st.builds(NeedInfo, st.sampled_from([CARL, CLARA])),
            st.just(Inform()),
            st.builds(Reroute, st.sampled_from([BILLING, LOGISTICS])),
            st.builds(Answer, st.sampled_from([CARL, CLARA])),
            st.just(AskAgain()),
            st.builds(Close, st.sampled_from(Outcome), st.sampled_from(Cause), st.sampled_from(["", "why"])),
        )
    )
    def somebody_does_something(self, event: Event) -> None:
        self.happens(event)

    @rule(minutes=st.sampled_from([-1, 0, 1, 60]), who=st.sampled_from([CARL, CLARA]))
    def somebody_promises(self, minutes: int, who: UUID) -> None:
        self.happens(GiveEta(who, self.now + timedelta(minutes=minutes)))

    @rule(minutes=st.sampled_from([1, 30]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def happens(self, event: Event) -> None:
        before = self.at
        try:
            self.at = transition(before, event, self.now)
        except REFUSALS:
            return
        if before.eta and self.at.eta != before.eta:
            self.ended.append((before.eta, eta_after(event)))
        if isinstance(event, GiveEta) and self.at.eta != before.eta:
            self.promised.append(event.eta)
        self.moves += isinstance(event, Reroute)
        assert before.state is not State.CLOSED, "nothing becomes of what is closed"

    @invariant()
    def every_promised_time_ends_once_or_still_stands(self) -> None:
        standing = [self.at.eta] if self.at.eta else []
        assert sorted([eta for eta, _ in self.ended] + standing) == sorted(self.promised)

    @invariant()
    def nobody_waits_for_a_time_that_nobody_can_keep(self) -> None:
        if self.at.eta:
            assert self.at.state is State.OWNED
            assert self.at.owner

    @invariant()
    def whatever_is_not_merely_asked_has_a_name(self) -> None:
        if self.at.state in LIVE:
            assert (self.at.owner is None) is (self.at.state is State.ASKED)
        if self.at.state in OPEN:
            assert self.at.hop == self.moves

    @invariant()
    def it_is_where_it_was_sent_last(self) -> None:
        assert self.at.department == (LOGISTICS if self.moves % 2 else BILLING)


TestAsking = Asking.TestCase
TestAsking.settings = settings(max_examples=60, stateful_step_count=25)

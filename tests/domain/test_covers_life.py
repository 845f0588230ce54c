"""Anybody does anything to a cover at any time; a model of its hours says what should have come of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

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
from bot.domain.covers import (
    AgreeToUndo,
    Approve,
    ApproveAnyway,
    CoverOfOneself,
    Event,
    Expire,
    GiveUp,
    NotOpen,
    NotYetExpired,
    PartState,
    Refuse,
    Replan,
    State,
    Supersede,
    Take,
    Undo,
    Withdraw,
)
from bot.domain.covers_life import offer, transition
from bot.domain.intervals import Interval, merge, total
from bot.domain.permissions import Role
from bot.domain.rules_swaps import Outcome, Verdict
from tests.domain.rules_examples import MICROSECOND, NOW
from tests.domain.verdicts import AGAINST_POLICY, FINE, ILLEGAL, REVIEWED

ANA, BEN, CARA, DAN, EVE = (UUID(int=number) for number in range(1, 6))
TWO_O_CLOCK = datetime(2026, 10, 9, 14, tzinfo=UTC)
HOURS = 4
LATER = NOW + timedelta(days=2)
REFUSALS = (
    BothSides,
    CoverOfOneself,
    EnteredAsProxy,
    NotAnApprover,
    NotAParty,
    NotOpen,
    NotPossible,
    NotYetExpired,
    OwnRequest,
    ReasonMissing,
    RegretIsOver,
)
FREE, LOST = None, UUID(int=99)
WAITS, HAS = PartState.NEEDS_APPROVAL, PartState.CONFIRMED
PEOPLE = st.sampled_from([ANA, BEN, CARA, DAN])
VERDICTS = st.sampled_from([FINE, FINE, REVIEWED, AGAINST_POLICY, ILLEGAL])
SPANS = st.tuples(st.integers(0, HOURS - 1), st.integers(1, HOURS)).filter(lambda span: span[0] < span[1])


def hours(start: int, end: int) -> Interval:
    return Interval(TWO_O_CLOCK + timedelta(hours=start), TWO_O_CLOCK + timedelta(hours=end))


class Life(RuleBasedStateMachine):
    """Each hour is free, somebody's part, or lost to the cover for good."""

    @initialize(owner=st.sampled_from([ANA, ANA, None]), entered=st.booleans())
    def begin(self, owner: UUID | None, entered: bool) -> None:
        self.now = NOW
        self.owner, self.entered_by = owner, DAN if entered else None
        self.cover = offer(owner, hours(0, HOURS), NOW, LATER, self.entered_by)
        self.state = State.OPEN
        self.hours: list[UUID | None] = [FREE] * HOURS
        self.taker: dict[UUID, UUID] = {}
        self.stands: dict[UUID, PartState] = {}
        self.since: dict[UUID, datetime] = {}
        self.wanted: dict[UUID, UUID] = {}

    def tried(self, event: Event, *, works: bool) -> bool:
        before = self.cover
        try:
            self.cover = transition(self.cover, event, self.now)
        except REFUSALS:
            assert not works
            assert self.cover is before
            return False
        assert works
        return True

    def part(self, data: st.DataObject) -> UUID | None:
        """One of the parts, sooner one that still stands."""
        standing = [part for part, state in self.stands.items() if state in (WAITS, HAS)]
        found = standing or list(self.stands)
        return data.draw(st.sampled_from(found)) if found else None

    def frees(self, part: UUID, left: UUID | None) -> None:
        """The hours of a part are free again, or lost."""
        self.hours = [left if each == part else each for each in self.hours]

    def ends(self, state: State, waiting: PartState) -> None:
        """The cover is over."""
        self.state = state
        for part in [each for each, stands in self.stands.items() if stands is WAITS]:
            self.stands[part] = waiting
            self.frees(part, LOST)

    def reckon(self, kept: State) -> None:
        """Covered, open again, or over because there is nothing left of it."""
        if self.state not in (State.OPEN, State.COVERED):
            return
        if not any(each is FREE or self.stands.get(each) is WAITS for each in self.hours):
            self.state = State.COVERED if HAS in self.stands.values() else kept
        elif self.now < LATER:
            self.state = State.OPEN
        else:
            self.ends(State.EXPIRED, PartState.EXPIRED)

    @property
    def in_time(self) -> bool:
        return self.state is State.OPEN and self.now < LATER

    @rule(length=st.sampled_from([MICROSECOND, timedelta(minutes=4), REGRET, timedelta(hours=30)]))
    def time_passes(self, length: timedelta) -> None:
        self.now += length

    @rule(by=PEOPLE, span=SPANS, found=VERDICTS, proxy=st.sampled_from([None, None, ANA, DAN, EVE]))
    def somebody_takes(self, by: UUID, span: tuple[int, int], found: Verdict, proxy: UUID | None) -> None:
        free = all(each is FREE for each in self.hours[slice(*span)])
        giving = {ANA, self.entered_by} if self.owner else set()
        one_side = by not in giving and (proxy in (None, by) or proxy not in giving)
        part = UUID(int=100 + len(self.stands))
        works = self.in_time and free and one_side and not found.firm
        if self.tried(Take(part, by, hours(*span), found, proxy), works=works):
            self.hours[slice(*span)] = [part] * (span[1] - span[0])
            self.taker[part], self.stands[part] = by, WAITS
            if found.outcome is Outcome.AUTOMATIC:
                self.stands[part], self.since[part] = HAS, self.now
            self.reckon(self.state)

    @rule(data=st.data(), by=PEOPLE, role=st.sampled_from([Role.COORDINATOR, Role.LEAD]), found=VERDICTS)
    def somebody_decides(self, data: st.DataObject, by: UUID, role: Role, found: Verdict) -> None:
        part = self.part(data)
        if part is None:
            return
        approver = Approver(by, frozenset({role}), frozenset({DAN, EVE}))
        how = data.draw(st.sampled_from([Approve, ApproveAnyway, Refuse]))
        proxies = {self.cover.part(part).proxy, self.entered_by if self.owner else None}
        concerned = {self.owner, self.taker[part]} | proxies
        decides = by not in concerned and (role is Role.COORDINATOR or concerned >= {DAN, EVE})
        waits = self.stands[part] is WAITS and self.in_time
        if how is Refuse:
            if self.tried(Refuse(part, approver, "why"), works=waits and decides):
                self.stands[part] = PartState.DECLINED
                self.frees(part, FREE)
            return
        anyway = how is ApproveAnyway
        event = ApproveAnyway(part, approver, found, "why") if anyway else Approve(part, approver, found)
        works = waits and decides and not (found.firm if anyway else found.denials)
        if self.tried(event, works=works):
            self.stands[part], self.since[part] = HAS, self.now
            self.reckon(self.state)

    @rule(data=st.data(), by=PEOPLE)
    def somebody_gives_up(self, data: st.DataObject, by: UUID) -> None:
        part = self.part(data)
        if part and self.tried(GiveUp(part, by), works=self.stands[part] is WAITS and by == self.taker[part]):
            self.stands[part] = PartState.WITHDRAWN
            self.frees(part, FREE)

    @rule(by=PEOPLE)
    def somebody_withdraws(self, by: UUID) -> None:
        if self.tried(Withdraw(by), works=self.state is State.OPEN and self.owner in (None, by)):
            self.ends(State.WITHDRAWN, PartState.WITHDRAWN)

    @rule()
    def the_clock_expires_it(self) -> None:
        if self.tried(Expire(), works=self.state is State.OPEN and self.now >= LATER):
            self.ends(State.EXPIRED, PartState.EXPIRED)

    @rule(chance=st.integers(0, 3))
    def the_shift_may_change(self, chance: int) -> None:
        if chance == 0 and self.tried(Supersede(), works=self.state is State.OPEN):
            self.ends(State.SUPERSEDED, PartState.SUPERSEDED)

    @rule(data=st.data())
    def a_file_leaves_no_room(self, data: st.DataObject) -> None:
        part = self.part(data)
        if part and self.tried(Replan(part), works=self.stands[part] is HAS):
            self.stands[part] = PartState.SUPERSEDED
            self.frees(part, LOST)
            self.reckon(State.SUPERSEDED)

    @rule(data=st.data(), by=PEOPLE, found=VERDICTS)
    def somebody_regrets(self, data: st.DataObject, by: UUID, found: Verdict) -> None:
        part = self.part(data)
        if part is None:
            return
        party = self.stands[part] is HAS and by in (self.taker[part], self.owner or self.entered_by)
        works = party and self.now - self.since[part] < REGRET and not found.firm
        if self.tried(Undo(part, by, found), works=works):
            self.stands[part] = PartState.UNDONE
            alone = by == self.taker[part] and part not in self.wanted
            self.frees(part, FREE if alone else LOST)
            self.reckon(State.WITHDRAWN)

    @rule(data=st.data(), by=PEOPLE, found=VERDICTS)
    def somebody_agrees_to_undo(self, data: st.DataObject, by: UUID, found: Verdict) -> None:
        part = self.part(data)
        if part is None:
            return
        party = self.owner and self.stands[part] is HAS and by in (self.taker[part], self.owner)
        both = self.wanted.get(part, by) != by
        works = bool(party) and not (both and found.denials)
        if self.tried(AgreeToUndo(part, by, found), works=works):
            self.wanted.setdefault(part, by)
            if both:
                self.stands[part] = PartState.UNDONE
                self.frees(part, LOST)
                self.reckon(State.WITHDRAWN)

    @invariant()
    def the_cover_is_what_the_model_says(self) -> None:
        if not hasattr(self, "cover"):
            return
        assert self.cover.state is self.state
        assert {each.id: each.state for each in self.cover.parts} == self.stands
        free = [hours(place, place + 1) for place, each in enumerate(self.hours) if each is FREE]
        assert self.cover.open_parts == (merge(free) if self.state is State.OPEN else ())

    @invariant()
    def no_hour_is_held_by_two(self) -> None:
        if hasattr(self, "cover"):
            held = [each.interval for each in self.cover.parts if each.is_held]
            assert total(held) == sum((each.length for each in held), timedelta())
            assert (self.cover.state is State.COVERED) <= (HAS in self.stands.values())


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)

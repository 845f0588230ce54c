"""The life of a cover, and of the parts that people take of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.approval import (
    REGRET,
    Approver,
    BothSides,
    EnteredAsProxy,
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
    Cover,
    CoverOfOneself,
    Event,
    Expire,
    GiveUp,
    NotOffered,
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
from bot.domain.covers_life import may_regret, offer, transition
from bot.domain.intervals import Interval
from bot.domain.permissions import Role
from bot.domain.rules_swaps import Verdict
from tests.domain.rules_examples import MICROSECOND, NOW
from tests.domain.verdicts import AGAINST_POLICY, FINE, ILLEGAL, REVIEWED

ANA, BEN, CARA, DAN, EVE, STRANGER = (UUID(int=number) for number in range(1, 7))
ONE, OTHER, THIRD = (UUID(int=number) for number in (11, 12, 13))
FRIDAY = datetime(2026, 10, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
DAN_COORDINATES = Approver(DAN, frozenset({Role.COORDINATOR}), coordinators=frozenset({DAN, EVE}))


def hours(start: int, end: int) -> Interval:
    return Interval(FRIDAY + timedelta(hours=start), FRIDAY + timedelta(hours=end))


WHOLE = hours(14, 18)


def given_away(owner: UUID | None = ANA, entered_by: UUID | None = None) -> Cover:
    return offer(owner, WHOLE, NOW, LATER, entered_by)


def open_shift(opened_by: UUID | None = DAN) -> Cover:
    return given_away(None, opened_by)


def after(*events: Event, cover: Cover | None = None, at: datetime = NOW) -> Cover:
    cover = cover or given_away()
    for event in events:
        cover = transition(cover, event, at)
    return cover


def takes(
    by: UUID,
    interval: Interval = WHOLE,
    part: UUID = ONE,
    found: Verdict = FINE,
    proxy: UUID | None = None,
) -> Take:
    return Take(part, by, interval, found, proxy)


def waiting(cover: Cover | None = None) -> Cover:
    return after(takes(BEN, found=REVIEWED), cover=cover)


def covered(cover: Cover | None = None) -> Cover:
    return after(takes(BEN), cover=cover)


def refusal(event: Event, cover: Cover, at: datetime = NOW) -> NotOpen:
    with pytest.raises(NotOpen) as refused:
        after(event, cover=cover, at=at)
    return refused.value


def test_who_takes_all_of_what_breaks_nothing_has_it() -> None:
    cover = covered()
    assert (cover.state, cover.open_parts) == (State.COVERED, ())
    assert (cover.part(ONE).state, cover.part(ONE).settled_at) == (PartState.CONFIRMED, NOW)


def test_a_part_leaves_the_rest_open() -> None:
    cover = after(takes(BEN, hours(15, 16)))
    assert (cover.state, cover.open_parts) == (State.OPEN, (hours(14, 15), hours(16, 18)))
    cover = after(takes(CARA, hours(14, 15), OTHER), takes(BEN, hours(16, 18), THIRD), cover=cover)
    assert (cover.state, cover.open_parts) == (State.COVERED, ())


def test_a_part_that_needs_a_look_is_reserved_until_somebody_has_decided() -> None:
    cover = waiting()
    assert (cover.state, cover.open_parts, cover.unsettled) == (State.OPEN, (), (WHOLE,))
    assert refusal(takes(CARA, part=OTHER), cover).taken_by == {BEN}
    cover = after(Approve(ONE, DAN_COORDINATES, REVIEWED), cover=cover)
    assert (cover.state, cover.unsettled) == (State.COVERED, ())
    assert (cover.part(ONE).decided_by, cover.part(ONE).settled_at) == (DAN, NOW)


def test_who_comes_second_reads_who_took_it_and_what_is_left() -> None:
    cover = after(takes(BEN, hours(14, 16)))
    late = refusal(takes(CARA, hours(15, 17), OTHER), cover)
    assert (late.state, late.taken_by, late.left) == (State.OPEN, frozenset({BEN}), (hours(16, 18),))
    late = refusal(takes(CARA, part=OTHER), covered())
    assert (late.state, late.taken_by, late.left) == (State.COVERED, frozenset({BEN}), ())


def test_what_is_declined_or_given_up_can_be_taken_again() -> None:
    for event, state in (
        (Refuse(ONE, DAN_COORDINATES, "training"), PartState.DECLINED),
        (GiveUp(ONE, BEN), PartState.WITHDRAWN),
    ):
        cover = after(event, cover=waiting())
        assert (cover.part(ONE).state, cover.open_parts) == (state, (WHOLE,))
        assert after(takes(CARA, part=OTHER), cover=cover).state is State.COVERED


def test_only_the_taker_gives_a_part_up_and_only_before_it_is_confirmed() -> None:
    with pytest.raises(NotAParty):
        after(GiveUp(ONE, CARA), cover=waiting())
    assert refusal(GiveUp(ONE, BEN), covered()).state is PartState.CONFIRMED


def test_nobody_takes_what_they_work_or_what_is_not_offered() -> None:
    with pytest.raises(CoverOfOneself):
        after(takes(ANA))
    for interval in (hours(13, 15), hours(18, 19)):
        with pytest.raises(NotOffered):
            after(takes(BEN, interval))


@pytest.mark.parametrize(("by", "proxy"), [(DAN, None), (BEN, DAN), (BEN, ANA)])
def test_who_gives_it_away_for_somebody_does_not_take_it_as_well(by: UUID, proxy: UUID | None) -> None:
    with pytest.raises(BothSides):
        after(takes(by, proxy=proxy), cover=given_away(entered_by=DAN))


def test_a_lead_takes_it_for_somebody_and_that_is_recorded() -> None:
    assert after(takes(BEN, proxy=EVE)).part(ONE).proxy == EVE
    assert after(takes(BEN, proxy=BEN)).part(ONE).proxy is None


def test_who_opened_a_shift_gives_it_to_somebody_or_takes_it() -> None:
    assert after(takes(BEN, proxy=DAN), cover=open_shift()).part(ONE).proxy == DAN
    assert after(takes(DAN), cover=open_shift()).state is State.COVERED


def test_what_nobody_may_approve_is_not_taken_and_what_policy_denies_waits() -> None:
    with pytest.raises(NotPossible):
        after(takes(BEN, found=ILLEGAL))
    cover = after(takes(BEN, found=AGAINST_POLICY))
    assert cover.part(ONE).state is PartState.NEEDS_APPROVAL
    with pytest.raises(NotPossible):
        after(Approve(ONE, DAN_COORDINATES, AGAINST_POLICY), cover=cover)
    with pytest.raises(ReasonMissing):
        after(ApproveAnyway(ONE, DAN_COORDINATES, AGAINST_POLICY, " "), cover=cover)
    cover = after(ApproveAnyway(ONE, DAN_COORDINATES, AGAINST_POLICY, "fair"), cover=cover)
    assert cover.part(ONE).state is PartState.CONFIRMED


def test_nobody_approves_their_own_or_what_they_did_for_somebody() -> None:
    entered = after(takes(BEN, found=REVIEWED), cover=given_away(entered_by=EVE))
    answered = after(takes(BEN, found=REVIEWED, proxy=CARA))
    for by, cover, refused in (
        (ANA, entered, OwnRequest),
        (BEN, entered, OwnRequest),
        (EVE, entered, EnteredAsProxy),
        (CARA, answered, EnteredAsProxy),
    ):
        approver = Approver(by, frozenset({Role.COORDINATOR}), frozenset({by, DAN}))
        with pytest.raises(refused):
            after(Approve(ONE, approver, REVIEWED), cover=cover)


def test_who_opened_a_shift_may_approve_who_takes_it() -> None:
    cover = after(Approve(ONE, DAN_COORDINATES, REVIEWED), cover=waiting(open_shift()))
    assert cover.state is State.COVERED


def test_what_is_withdrawn_ends_for_those_who_wait_and_stays_with_those_who_have_it() -> None:
    cover = after(takes(BEN, hours(14, 15)), takes(CARA, hours(15, 16), OTHER, REVIEWED), Withdraw(ANA))
    assert (cover.state, cover.open_parts, cover.unsettled) == (State.WITHDRAWN, (), ())
    assert [each.state for each in cover.parts] == [PartState.CONFIRMED, PartState.WITHDRAWN]
    assert cover.part(OTHER).ended_by == ANA


def test_the_owner_withdraws_or_their_proxy_and_an_open_shift_whoever_may() -> None:
    with pytest.raises(NotAParty):
        after(Withdraw(BEN))
    assert after(Withdraw(ANA, proxy=DAN)).state is State.WITHDRAWN
    with pytest.raises(BothSides):
        after(Withdraw(ANA, proxy=BEN), cover=waiting())
    assert after(Withdraw(EVE), cover=open_shift()).state is State.WITHDRAWN


def test_a_cover_expires_at_its_instant_and_not_before() -> None:
    with pytest.raises(NotYetExpired):
        after(Expire(), at=LATER - MICROSECOND)
    assert after(takes(BEN), at=LATER - MICROSECOND).state is State.COVERED
    assert refusal(takes(BEN), given_away(), at=LATER).state is State.EXPIRED
    assert refusal(Approve(ONE, DAN_COORDINATES, REVIEWED), waiting(), at=LATER).state is State.EXPIRED
    cover = after(Expire(), cover=waiting(), at=LATER)
    assert (cover.state, cover.part(ONE).state) == (State.EXPIRED, PartState.EXPIRED)


def test_a_shift_that_changes_ends_what_is_open_and_what_waits() -> None:
    cover = after(takes(BEN, hours(14, 15)), takes(CARA, hours(15, 16), OTHER, REVIEWED), Supersede())
    assert cover.state is State.SUPERSEDED
    assert [each.state for each in cover.parts] == [PartState.CONFIRMED, PartState.SUPERSEDED]


@pytest.mark.parametrize("cover", [given_away(), open_shift()], ids=["owner", "open shift"])
def test_what_the_taker_regrets_can_be_taken_again(cover: Cover) -> None:
    cover = after(Undo(ONE, BEN, FINE), cover=covered(cover), at=NOW + REGRET - MICROSECOND)
    assert (cover.state, cover.open_parts, cover.part(ONE).state) == (State.OPEN, (WHOLE,), PartState.UNDONE)
    assert after(takes(CARA, part=OTHER), cover=cover).state is State.COVERED


def test_what_the_taker_regrets_too_late_is_over() -> None:
    cover = after(takes(BEN, hours(14, 16)), takes(CARA, hours(16, 18), OTHER), at=LATER - MICROSECOND)
    cover = after(Undo(ONE, BEN, FINE), cover=cover, at=LATER)
    assert (cover.state, cover.part(OTHER).state) == (State.EXPIRED, PartState.CONFIRMED)


@pytest.mark.parametrize(
    ("cover", "giver"), [(given_away(), ANA), (open_shift(), DAN)], ids=["owner", "open shift"]
)
def test_what_the_giver_regrets_stays_with_them(cover: Cover, giver: UUID) -> None:
    cover = after(Undo(ONE, giver, FINE), cover=covered(cover))
    assert (cover.state, cover.open_parts) == (State.WITHDRAWN, ())


def test_what_the_giver_takes_back_in_part_leaves_the_rest_as_it_is() -> None:
    half = after(takes(BEN, hours(14, 16)))
    cover = after(Undo(ONE, ANA, FINE), cover=half)
    assert (cover.state, cover.open_parts) == (State.OPEN, (hours(16, 18),))
    assert after(takes(CARA, hours(16, 18), OTHER), cover=cover).state is State.COVERED
    cover = after(takes(CARA, hours(16, 18), OTHER), Undo(ONE, ANA, FINE), cover=half)
    assert (cover.state, cover.part(OTHER).state) == (State.COVERED, PartState.CONFIRMED)


def test_after_ten_minutes_it_takes_both_and_then_it_stays_with_the_owner() -> None:
    late = NOW + REGRET
    assert not may_regret(covered().part(ONE), late)
    with pytest.raises(RegretIsOver):
        after(Undo(ONE, BEN, FINE), cover=covered(), at=late)
    for first, second in ((ANA, BEN), (BEN, ANA)):
        cover = after(AgreeToUndo(ONE, first, FINE), AgreeToUndo(ONE, first, FINE), cover=covered(), at=late)
        assert (cover.state, cover.part(ONE).undo_wanted_by) == (State.COVERED, first)
        with pytest.raises(NotPossible):
            after(AgreeToUndo(ONE, second, AGAINST_POLICY), cover=cover, at=late)
        cover = after(AgreeToUndo(ONE, second, FINE), cover=cover, at=late)
        assert (cover.state, cover.part(ONE).state) == (State.WITHDRAWN, PartState.UNDONE)


def test_who_wants_out_of_an_open_shift_later_gives_it_away_instead() -> None:
    with pytest.raises(RegretIsOver):
        after(AgreeToUndo(ONE, BEN, FINE), cover=covered(open_shift()), at=NOW + REGRET)


def test_nobody_else_undoes_it() -> None:
    for event in (Undo, AgreeToUndo):
        for by, cover in ((STRANGER, covered()), (DAN, covered(given_away(entered_by=DAN)))):
            with pytest.raises(NotAParty):
                after(event(ONE, by, FINE), cover=cover)
    with pytest.raises(NotAParty):
        after(Undo(ONE, DAN, FINE), cover=covered(open_shift(opened_by=None)))


def test_an_undo_that_would_be_illegal_is_refused() -> None:
    with pytest.raises(NotPossible):
        after(Undo(ONE, ANA, ILLEGAL), cover=covered())
    assert after(Undo(ONE, ANA, AGAINST_POLICY), cover=covered()).part(ONE).state is PartState.UNDONE


def test_a_part_can_be_undone_although_the_cover_is_over() -> None:
    cover = after(takes(BEN, hours(14, 16)), Withdraw(ANA), Undo(ONE, BEN, FINE))
    assert (cover.state, cover.part(ONE).state, cover.open_parts) == (State.WITHDRAWN, PartState.UNDONE, ())


def test_a_new_schedule_ends_a_confirmed_part_and_nobody_takes_it_again() -> None:
    cover = after(Replan(ONE), cover=covered())
    assert (cover.state, cover.part(ONE).state) == (State.SUPERSEDED, PartState.SUPERSEDED)
    cover = after(takes(BEN, hours(14, 16)), Replan(ONE))
    assert (cover.state, cover.open_parts) == (State.OPEN, (hours(16, 18),))
    assert refusal(Replan(ONE), waiting()).state is PartState.NEEDS_APPROVAL


def test_what_is_over_before_it_begins_is_not_offered() -> None:
    with pytest.raises(NotOpen) as refused:
        offer(ANA, WHOLE, LATER, LATER)
    assert refused.value.state is State.EXPIRED


@pytest.mark.parametrize(("found", "proxy"), [(AGAINST_POLICY, None), (ILLEGAL, None), (ILLEGAL, DAN)])
def test_what_is_denied_the_owner_is_not_offered(found: Verdict, proxy: UUID | None) -> None:
    with pytest.raises(NotPossible):
        offer(ANA, WHOLE, NOW, LATER, proxy, found)
    assert offer(ANA, WHOLE, NOW, LATER, DAN, AGAINST_POLICY).entered_by == DAN


def test_who_offers_their_own_is_no_proxy() -> None:
    assert given_away(entered_by=ANA).entered_by is None


EVERY_EVENT: list[Event] = [
    takes(CARA, part=THIRD),
    Approve(OTHER, DAN_COORDINATES, FINE),
    ApproveAnyway(OTHER, DAN_COORDINATES, FINE, "a reason"),
    Refuse(OTHER, DAN_COORDINATES, "a reason"),
    GiveUp(OTHER, CARA),
    Withdraw(ANA),
    Expire(),
    Supersede(),
]


@pytest.mark.parametrize("event", EVERY_EVENT, ids=lambda event: type(event).__name__)
def test_what_is_over_stays_over_for_all_but_what_is_confirmed(event: Event) -> None:
    begun = after(takes(BEN, hours(14, 15)), takes(CARA, hours(15, 16), OTHER, REVIEWED))
    over = [
        after(Withdraw(ANA), cover=begun),
        after(Expire(), cover=begun, at=LATER),
        after(Supersede(), cover=begun),
    ]
    assert {each.state for each in over} == set(State) - {State.OPEN, State.COVERED}
    for cover in over:
        with pytest.raises(NotOpen):
            after(event, cover=cover, at=LATER)
        assert cover.part(ONE).state is PartState.CONFIRMED

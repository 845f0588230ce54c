"""What becomes of a cover: what is stored, who is asked, and who is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.actions.approvers import ReviewChanged
from bot.actions.covers_decide import approve, approve_anyway, demand_approver, refuse
from bot.actions.covers_look import list_covers, look_at_cover
from bot.actions.covers_open import Opening, offer_open, open_shifts
from bot.actions.covers_propose import BadOffer, offer
from bot.actions.covers_take import cannot, give_up, preview_take, take
from bot.actions.covers_undo import undo
from bot.actions.own import OwnPreferences, change_own
from bot.actions.settings_change import change_settings
from bot.actions.swaps import accept
from bot.actions.swaps_turn import NotLegal
from bot.deps import new_id
from bot.domain.approval import EnteredAsProxy, NotPossible, OwnRequest, ReasonMissing, RegretIsOver
from bot.domain.covers import CoverOfOneself, NotOffered, NotOpen, PartState
from bot.domain.covers_shown import Wrong
from bot.domain.permissions import OPERATOR, NotPermitted
from storage.outbox import Priority
from tests.cover_desk import CoverDesk
from tests.swap_desk import TEAM


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[CoverDesk]:
    desk = CoverDesk(database_url, tmp_path)
    yield desk
    desk.close()


def prefers(desk: CoverDesk, **values: str) -> None:
    change_settings(desk.deps, "T1", OPERATOR, "workspace", values)


def test_who_can_is_asked_and_the_first_to_take_it_works_it(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    assert sorted(desk.asked(cover)) == [(1, "ben"), (1, "dev")]
    assert desk.takes("ben", cover) is PartState.CONFIRMED
    assert (desk.cover(cover).state, desk.works(6)) == ("covered", [("ben", 9, 17)])
    assert desk.audited() == ["cover.offer", "cover.take"]
    assert sorted(desk.told(cover)) == [("confirmed", "ben"), ("confirmed", "owner")]
    assert [row.audience for row in desk.cards(cover)].count("floor") == 1
    with pytest.raises(NotOpen) as refusal:
        desk.takes("dev", cover)
    assert refusal.value.taken_by == {desk.desk.member("ben").id}


def test_a_part_is_taken_and_the_rest_stays_with_the_owner_and_is_offered_on(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6, 12, 17)
    desk.takes("ben", cover, desk.on(6, 14, 17))
    assert desk.works(6) == [("ana", 9, 14), ("ben", 14, 17)]
    assert desk.sees("dev", cover).open_parts == (desk.on(6, 12, 14),)
    assert [row.audience for row in desk.cards(cover)].count("floor") == 0
    desk.takes("dev", cover)
    assert desk.works(6) == [("ana", 9, 12), ("dev", 12, 14), ("ben", 14, 17)]
    assert [row.audience for row in desk.cards(cover)].count("floor") == 1


def test_all_that_is_open_is_taken_also_where_it_is_in_two_pieces(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover, desk.on(6, 12, 14))
    desk.takes("dev", cover)
    assert desk.works(6) == [("dev", 9, 12), ("ben", 12, 14), ("dev", 14, 17)]
    assert desk.cover(cover).state == "covered"


@pytest.mark.parametrize(
    ("day", "start", "end", "wrong"),
    [
        (6, 8, 12, Wrong.OUTSIDE_SHIFT),
        (6, 12, 18, Wrong.OUTSIDE_SHIFT),
        (6, 12, 12, Wrong.NO_LENGTH),
        (7, None, None, Wrong.SHIFT_NOT_THEIRS),
    ],
)
def test_what_cannot_be_offered_is_refused_with_what_is_wrong(
    desk: CoverDesk, day: int, start: int | None, end: int | None, wrong: Wrong
) -> None:
    with pytest.raises(BadOffer) as refusal:
        desk.offers("ana", day, start, end)
    assert refusal.value.wrong == (wrong,)
    assert desk.covers() == []


def test_the_same_hours_are_not_offered_twice_but_others_of_the_shift_are(desk: CoverDesk) -> None:
    desk.offers("ana", 6, 12, 15)
    with pytest.raises(BadOffer) as refusal:
        desk.offers("ana", 6, 14, 17)
    assert refusal.value.wrong == (Wrong.OFFERED_ALREADY,)
    desk.offers("ana", 6, 15, 17)
    assert [row.state for row in desk.covers()] == ["open", "open"]


def test_what_has_begun_is_not_offered_but_what_is_left_of_it_is(desk: CoverDesk) -> None:
    desk.now = desk.on(6, 10).start
    with pytest.raises(BadOffer) as refusal:
        desk.offers("ana", 6)
    assert refusal.value.wrong == (Wrong.SHIFT_BEGUN,)
    desk.takes("ben", desk.offers("ana", 6, 14))
    assert desk.works(6) == [("ana", 9, 14), ("ben", 14, 17)]


def test_a_part_too_short_or_outside_is_not_taken(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6, 12, 17)
    short = desk.on(6, 12, 13)
    with pytest.raises(BadOffer) as refusal:
        desk.takes("ben", cover, type(short)(short.start, short.start + timedelta(minutes=30)))
    assert refusal.value.wrong == (Wrong.TOO_SHORT,)
    with pytest.raises(NotOffered):
        desk.takes("ben", cover, desk.on(6, 9, 13))
    with pytest.raises(CoverOfOneself):
        desk.takes("ana", cover)
    assert desk.parts(cover) == []


def test_whoever_works_then_anyway_neither_is_asked_nor_can_take_it(desk: CoverDesk) -> None:
    desk.desk.shifts("ben@example.com,2026-11-06,12:00,20:00,UTC,mail")
    cover = desk.offers("ana", 6)
    with pytest.raises(NotLegal):
        desk.takes("ben", cover)
    with pytest.raises(NotLegal):
        preview_take(desk.deps, desk.caller("ben"), cover)
    asked = {offer.member.name: offer.place for offer in desk.sees("ana", cover).asked}
    assert (asked["Dev"].whole, asked["Ben"].whole) == (True, False)
    assert asked["Ben"].piece.interval == desk.on(6, 9, 12)


def test_what_it_would_mean_is_known_before_it_is_taken(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    review = preview_take(desk.deps, desk.caller("ben"), cover, desk.on(6, 13, 17)).review
    assert [(side.member_id, side.cost.worked) for side in review.sides] == [(desk.desk.member("ben").id, 240)]
    assert desk.parts(cover) == []


def test_a_part_that_needs_approval_is_reserved_and_works_once_approved(desk: CoverDesk) -> None:
    desk.review()
    cover = desk.offers("ana", 6)
    assert desk.takes("ben", cover) is PartState.NEEDS_APPROVAL
    taken = desk.parts(cover)[0].id
    assert (desk.works(6), desk.cover(cover).next_wave_at) == ([("ana", 9, 17)], None)
    with pytest.raises(NotOpen):
        desk.takes("dev", cover)
    assert [row.lane for row in desk.cards(taken, "cover.part")] == ["C0OPS"]
    for name in ("ana", "ben"):
        with pytest.raises((NotPermitted, OwnRequest)):
            approve(desk.deps, desk.caller(name), taken)
    demand_approver(desk.deps, desk.caller("cora"), taken)
    approve(desk.deps, desk.caller("cora"), taken)
    assert (desk.works(6), desk.cover(cover).state) == ([("ben", 9, 17)], "covered")
    assert sorted(desk.told(cover)) == [("confirmed", "ben"), ("confirmed", "owner"), ("taken", "owner")]
    with pytest.raises(NotOpen):
        refuse(desk.deps, desk.caller("carla"), taken, new_id(), "no")


def test_what_is_declined_or_given_up_is_open_again_and_the_next_are_asked(desk: CoverDesk) -> None:
    desk.review()
    prefers(desk, cover_wave_size="1")
    cover = desk.offers("ana", 6)
    ((_, first),) = desk.asked(cover)
    other = ({"ben", "dev"} - {first}).pop()
    desk.takes(first, cover)
    give_up(desk.deps, desk.caller(first), desk.parts(cover)[0].id)
    desk.turn()
    assert desk.asked(cover) == [(1, first), (2, other)]
    desk.takes(other, cover)
    refuse(desk.deps, desk.caller("cora"), desk.parts(cover)[1].id, new_id(), "we need you on chat")
    assert [row.state for row in desk.parts(cover)] == ["withdrawn", "declined"]
    assert desk.sees("ana", cover).parts[1].reason == "we need you on chat"
    assert desk.works(6) == [("ana", 9, 17)]


def test_people_are_asked_a_few_at_a_time_until_nobody_is_left(desk: CoverDesk) -> None:
    prefers(desk, cover_wave_size="1", cover_wave_minutes="20")
    cover = desk.offers("ana", 6)
    desk.turn(19)
    assert len(desk.asked(cover)) == 1
    desk.turn(1)
    assert sorted(desk.asked(cover))[0][0] == 1
    assert {name for _, name in desk.asked(cover)} == {"ben", "dev"}
    assert desk.told(cover) == []
    desk.turn(20)
    assert desk.told(cover) == [("nobody left", "owner")]
    assert desk.cover(cover).next_wave_at == desk.on(6, 8, 9).start
    desk.turn(60)
    assert desk.told(cover) == [("nobody left", "owner")]


def test_the_next_are_asked_at_once_when_all_who_were_cannot(desk: CoverDesk) -> None:
    prefers(desk, cover_wave_size="1")
    cover = desk.offers("ana", 6)
    ((_, first),) = desk.asked(cover)
    nonce = new_id()
    for _ in range(2):
        cannot(desk.deps, desk.caller(first), cover, nonce, "dentist")
    desk.turn()
    assert [wave for wave, _ in desk.asked(cover)] == [1, 2]
    said = {each.member.name.lower(): (each.cannot, each.reason) for each in desk.sees("ana", cover).asked}
    assert said[first] == (True, "dentist")


def test_whoever_opted_in_is_asked_first_and_whoever_never_wants_to_is_not(desk: CoverDesk) -> None:
    for name, asking in (("dev", "gladly"), ("ben", "never")):
        caller = desk.caller(name)
        change_own(desk.deps, "T1", caller.actor, OwnPreferences.model_validate({"asking": asking}))
    assert desk.asked(desk.offers("ana", 6)) == [(1, "dev")]


def test_within_the_last_hour_all_who_may_be_asked_at_any_hour_are_and_the_coordinators_are_told(
    desk: CoverDesk,
) -> None:
    dev = desk.caller("dev")
    wanted = OwnPreferences.model_validate({"asking": "never", "at_any_hour": True})
    change_own(desk.deps, "T1", dev.actor, wanted)
    cover = desk.offers("ana", 6)
    assert desk.asked(cover) == [(1, "ben")]
    desk.now = desk.on(6, 8, 9).start - timedelta(minutes=1)
    desk.turn()
    assert desk.asked(cover) == [(1, "ben")]
    desk.turn(1)
    assert desk.asked(cover) == [(1, "ben"), (3, "dev")]
    urgent = [row for row in desk.cards(cover) if row.priority == Priority.PRESS]
    assert [(row.lane, row.audience) for row in urgent] == [
        ("U0DEV", f"asked:{dev.actor.member_id}"),
        ("C0OPS", "lead"),
    ]
    assert sorted(desk.told(cover)) == [("emergency", "lead"), ("nobody left", "owner")]
    desk.turn(5)
    assert len(desk.asked(cover)) == 2


def test_whoever_may_be_asked_at_any_hour_and_was_not_told_yet_is_told_within_the_last_hour(
    desk: CoverDesk,
) -> None:
    dev = desk.caller("dev")
    change_own(desk.deps, "T1", dev.actor, OwnPreferences.model_validate({"at_any_hour": True}))
    cover = desk.offers("ana", 6)
    asked = {row.lane: row.priority for row in desk.cards(cover) if row.audience.startswith("asked:")}
    assert asked == {"U0BEN": Priority.OFFER, "U0DEV": Priority.OFFER}
    desk.now = desk.on(6, 8, 9).start
    desk.turn()
    asked = {row.lane: row.priority for row in desk.cards(cover) if row.audience.startswith("asked:")}
    assert asked == {"U0BEN": Priority.OFFER, "U0DEV": Priority.PRESS}


def test_what_is_offered_within_the_last_hour_is_an_emergency_and_the_lead_is_told(desk: CoverDesk) -> None:
    desk.desk.people(TEAM.replace("Dev,agent", "Dev,lead"))
    desk.now = desk.on(6, 8, 9).start + timedelta(minutes=30)
    cover = desk.offers("ana", 6)
    assert (desk.asked(cover), desk.cover(cover).next_wave_at) == ([], None)
    assert [row.lane for row in desk.cards(cover) if row.audience == "lead"] == ["U0DEV"]
    assert sorted(desk.told(cover)) == [("emergency", "lead"), ("nobody left", "owner")]
    desk.takes("ben", cover)
    assert desk.works(6) == [("ben", 9, 17)]


def test_what_policy_denies_waits_and_is_approved_only_anyway_with_a_reason(desk: CoverDesk) -> None:
    prefers(desk, rules='{"minimum_notice": {"limit": 200, "effect": "deny"}}')
    cora = desk.caller("cora")
    cover = offer(desk.deps, cora, desk.offering(6, owner="ana"))
    assert sorted(desk.told(cover)) == [("entered", "owner"), ("nobody left", "owner"), ("nobody left", "proxy")]
    assert desk.takes("ben", cover) is PartState.NEEDS_APPROVAL
    taken, carla = desk.parts(cover)[0].id, desk.caller("carla")
    with pytest.raises(NotPossible):
        approve(desk.deps, carla, taken)
    with pytest.raises(ReasonMissing):
        approve_anyway(desk.deps, carla, taken, new_id(), " ")
    with pytest.raises(EnteredAsProxy):
        approve_anyway(desk.deps, cora, taken, new_id(), "nobody else")
    nonce = new_id()
    for _ in range(2):
        approve_anyway(desk.deps, carla, taken, nonce, "nobody else")
    assert desk.works(6) == [("ben", 9, 17)]


def test_more_than_the_card_said_is_approved_only_once_it_was_read(desk: CoverDesk) -> None:
    desk.review()
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover)
    taken, cora = desk.parts(cover)[0].id, desk.caller("cora")
    prefers(desk, rules='{"minimum_notice": {"limit": 200, "effect": "review"}}')
    with pytest.raises(ReviewChanged):
        approve(desk.deps, cora, taken)
    assert desk.works(6) == [("ana", 9, 17)]
    approve(desk.deps, cora, taken)
    assert desk.works(6) == [("ben", 9, 17)]


def test_what_nobody_took_in_time_is_over_and_the_owner_works_it(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover, desk.on(6, 15, 17))
    desk.now = desk.on(6).start
    desk.turn()
    assert (desk.cover(cover).state, desk.works(6)) == ("expired", [("ana", 9, 15), ("ben", 15, 17)])
    assert desk.told(cover)[-1] == ("expired", "owner")
    assert [row.audience for row in desk.cards(cover)].count("floor") == 1
    with pytest.raises(NotOpen):
        desk.takes("dev", cover)


def test_who_could_not_be_told_yet_is_told_no_more_of_what_is_gone(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover)
    ends = {row.lane: row.expires_at for row in desk.cards(cover) if row.audience.startswith("asked:")}
    assert ends == {"U0BEN": desk.on(6).start, "U0DEV": desk.now}


def test_what_is_withdrawn_ends_what_waits_and_leaves_what_is_confirmed(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover, desk.on(6, 9, 12))
    desk.review()
    desk.takes("dev", cover, desk.on(6, 12, 15))
    with pytest.raises(NotPermitted):
        desk.withdraws("ben", cover)
    desk.withdraws("ana", cover)
    assert [row.state for row in desk.parts(cover)] == ["confirmed", "withdrawn"]
    assert desk.works(6) == [("ben", 9, 12), ("ana", 12, 17)]
    assert desk.told(cover)[-1] == ("withdrawn", "dev")


def test_a_coordinator_offers_for_somebody_and_takes_for_somebody_and_decides_neither(desk: CoverDesk) -> None:
    desk.review()
    cora = desk.caller("cora")
    cover = offer(desk.deps, cora, desk.offering(6, owner="ana"))
    assert desk.told(cover) == [("entered", "owner")]
    assert take(desk.deps, desk.caller("carla"), cover, taker="U0BEN") is PartState.NEEDS_APPROVAL
    assert ("taken for", "ben") in desk.told(cover)
    taken = desk.parts(cover)[0]
    assert (taken.taker_id, taken.entered_by_id) == (desk.desk.member("ben").id, desk.desk.member("carla").id)
    with pytest.raises(NotPermitted):
        take(desk.deps, desk.caller("dev"), cover, taker="U0BEN")


def test_a_part_is_undone_by_one_within_ten_minutes_and_is_open_again(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover)
    taken = desk.parts(cover)[0].id
    desk.now += timedelta(minutes=9)
    assert undo(desk.deps, desk.caller("ben"), taken)
    assert (desk.cover(cover).state, desk.works(6)) == ("open", [("ana", 9, 17)])
    assert desk.told(cover)[-3:] == [("undone", "owner"), ("undone", "ben"), ("undone", "floor")]
    assert desk.takes("dev", cover) is PartState.CONFIRMED


def test_later_both_have_to_want_it_undone(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover)
    taken = desk.parts(cover)[0].id
    desk.now += timedelta(minutes=10)
    assert not undo(desk.deps, desk.caller("ana"), taken)
    assert not undo(desk.deps, desk.caller("ana"), taken)
    assert desk.works(6) == [("ben", 9, 17)]
    assert desk.told(cover)[-1] == ("undo wanted", "ben")
    with pytest.raises(NotPermitted):
        undo(desk.deps, desk.caller("cora"), taken)
    assert undo(desk.deps, desk.caller("ben"), taken)
    assert (desk.cover(cover).state, desk.works(6)) == ("withdrawn", [("ana", 9, 17)])


def test_what_was_given_on_is_not_undone_under_it(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover)
    desk.takes("dev", desk.offers("ben", 6, 12))
    with pytest.raises(NotOpen):
        undo(desk.deps, desk.caller("ana"), desk.parts(cover)[0].id)
    assert desk.works(6) == [("ben", 9, 12), ("dev", 12, 17)]


def test_a_settled_swap_of_the_shift_ends_the_cover_and_its_owner_is_told(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    accept(desk.deps, desk.caller("ben"), desk.proposes("ana", "ben"))
    assert desk.cover(cover).state == "superseded"
    assert desk.told(cover) == [("superseded", "owner")]
    with pytest.raises(NotOpen):
        desk.takes("dev", cover)


def test_everybody_sees_what_concerns_them_and_nothing_else(desk: CoverDesk) -> None:
    prefers(desk, cover_wave_size="1")
    cover = desk.offers("ana", 6)
    ((_, first),) = desk.asked(cover)
    other = ({"ben", "dev"} - {first}).pop()
    assert look_at_cover(desk.deps, desk.caller(first), 1)[1].may_take
    seat = look_at_cover(desk.deps, desk.caller("cora"), 1)[1]
    assert (seat.acts_for_owner, seat.decides) == (True, frozenset())
    with pytest.raises(NotPermitted):
        look_at_cover(desk.deps, desk.caller(other), 1)
    listed = {name: list_covers(desk.deps, desk.caller(name)) for name in ("ana", first, other)}
    numbers = {
        name: ([each.number for each in found.own], [each.number for each in found.offered])
        for name, found in listed.items()
    }
    assert numbers == {"ana": ([1], []), first: ([], [1]), other: ([], [])}
    assert list_covers(desk.deps, desk.caller("cora"), "U0ANA").own[0].id == cover


def test_a_taker_of_an_open_shift_gives_it_away_again_once_regret_is_over(desk: CoverDesk) -> None:
    (cover,) = open_shifts(
        desk.deps, desk.caller("cora"), Opening(new_id(), "mail", desk.on(20).start, desk.on(20).end)
    )
    assert desk.works(20) == [("nobody", 9, 17)]
    desk.takes("ben", cover)
    assert desk.works(20) == [("ben", 9, 17)]
    desk.now += timedelta(minutes=11)
    with pytest.raises(RegretIsOver):
        undo(desk.deps, desk.caller("ben"), desk.parts(cover)[0].id)
    desk.takes("dev", desk.offers("ben", 20))
    assert desk.works(20) == [("dev", 9, 17)]


def test_shifts_that_are_opened_are_one_import_and_different_people_are_asked_for_each(desk: CoverDesk) -> None:
    prefers(desk, cover_wave_size="1")
    opening = Opening(new_id(), "MAIL", desk.on(20).start, desk.on(20).end, 2, "sale")
    opened = open_shifts(desk.deps, desk.caller("cora"), opening)
    assert open_shifts(desk.deps, desk.caller("cora"), opening) == opened
    assert [row.id for row in desk.covers()] == list(opened)
    asked = [desk.asked(each) for each in opened]
    assert [len(each) for each in asked] == [1, 1]
    assert asked[0] != asked[1]
    shown = desk.sees("dev", opened[0])
    assert (shown.owner, shown.queue, shown.note, shown.interval) == (None, "mail", "sale", desk.on(20))
    assert desk.audited() == ["cover.open", "cover.open"]
    assert [kind for kind, _ in desk.desk.audit()][-1] == "import.edit"


def test_an_open_shift_is_announced_when_it_is_taken_and_open_shifts_that_one_could_take_are_listed(
    desk: CoverDesk,
) -> None:
    prefers(desk, cover_wave_size="1")
    opening = Opening(new_id(), None, desk.on(20).start, desk.on(20).end)
    (cover,) = open_shifts(desk.deps, desk.caller("cora"), opening)
    ((_, first),) = desk.asked(cover)
    other = ({"ana", "ben", "dev"} - {first}).pop()
    assert [each.id for each in list_covers(desk.deps, desk.caller(other)).open_shifts] == [cover]
    assert list_covers(desk.deps, desk.caller(first)).open_shifts == ()
    desk.takes(other, cover)
    assert [row.lane for row in desk.cards(cover) if row.audience == "floor"] == ["C0FLOOR"]
    assert [row.audience for row in desk.cards(cover)].count(f"asked:{desk.desk.member(other).id}") == 1


def test_an_open_shift_of_the_schedule_is_offered_once(desk: CoverDesk) -> None:
    desk.desk.shifts(",2026-11-20,09:00,17:00,UTC,mail")
    row = next(row for row in desk.assignments() if row.member_id is None)
    nonce = new_id()
    cover = offer_open(desk.deps, desk.caller("cora"), row.id, nonce)
    assert offer_open(desk.deps, desk.caller("cora"), row.id, nonce) == cover
    with pytest.raises(BadOffer) as refusal:
        offer_open(desk.deps, desk.caller("carla"), row.id, new_id())
    assert refusal.value.wrong == (Wrong.OFFERED_ALREADY,)
    with pytest.raises(NotPermitted):
        offer_open(desk.deps, desk.caller("ana"), row.id, new_id())
    desk.withdraws("carla", cover)
    assert desk.told(cover) == [("withdrawn", "proxy")]
    assert desk.works(20) == [("nobody", 9, 17)]


def test_a_shift_begins_when_its_opener_typed_where_clocks_of_the_floor_repeat_that_hour(desk: CoverDesk) -> None:
    prefers(desk, time_zone="Europe/Berlin")
    cora = desk.caller("cora")
    change_own(desk.deps, "T1", cora.actor, OwnPreferences.model_validate({"time_zone": "UTC"}))
    start = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert start.astimezone(ZoneInfo("Europe/Berlin")).fold
    opening = Opening(new_id(), "mail", start, start + timedelta(hours=8))
    (cover,) = open_shifts(desk.deps, desk.caller("cora"), opening)
    (worked,) = [row for row in desk.assignments() if row.member_id is None]
    assert (worked.start, worked.end) == (opening.start, opening.end)
    assert desk.takes("ben", cover) is PartState.CONFIRMED


@pytest.mark.parametrize(
    ("queue", "hours", "number", "wrong"),
    [
        ("mial", (9, 17), 1, Wrong.UNKNOWN_QUEUE),
        ("mail", (17, 9), 1, Wrong.NO_LENGTH),
        ("mail", (9, 34), 1, Wrong.TOO_LONG),
        ("mail", (9, 17), 21, Wrong.TOO_MANY),
        ("mail", (9, 17), 0, Wrong.TOO_MANY),
    ],
)
def test_shifts_that_cannot_be_are_not_opened(
    desk: CoverDesk, queue: str, hours: tuple[int, int], number: int, wrong: Wrong
) -> None:
    midnight = desk.on(20, 0).start
    start, end = (midnight + timedelta(hours=hour) for hour in hours)
    with pytest.raises(BadOffer) as refusal:
        open_shifts(desk.deps, desk.caller("cora"), Opening(new_id(), queue, start, end, number))
    assert refusal.value.wrong == (wrong,)
    with pytest.raises(NotPermitted):
        open_shifts(desk.deps, desk.caller("ben"), Opening(new_id(), "mail", start, end))
    assert desk.covers() == []

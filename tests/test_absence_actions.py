"""Somebody is away and comes back: what is worked by whom, what waits, and what is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.actions.absences import AlreadyAway, OverAlready, Report, Returned, come_back_now, report
from bot.actions.covers_propose import BadOffer
from bot.actions.covers_take import take
from bot.actions.swaps import accept
from bot.deps import new_id
from bot.domain.absences import Kind, NotAway
from bot.domain.covers import NotOpen, PartState
from bot.domain.permissions import NotPermitted
from storage.tables import Audit
from tests.absence_desk import AbsenceDesk
from tests.races import at_once


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[AbsenceDesk]:
    desk = AbsenceDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def any_desk(database_url: str, tmp_path: Path) -> Iterator[AbsenceDesk]:
    desk = AbsenceDesk(database_url, tmp_path)
    yield desk
    desk.close()


def test_nothing_is_released_for_two_minutes_and_then_nobody_works_it(any_desk: AbsenceDesk) -> None:
    desk = any_desk
    absence = desk.away("ana", 6)
    desk.passes(1.9)
    assert (desk.works(6), desk.absence(absence).state) == ([("ana", 9, 17)], "reported")
    desk.passes(0.1)
    assert (desk.works(6), desk.absence(absence).state) == ([("nobody", 9, 17)], "in force")
    assert desk.works(13) == [("ana", 9, 17)]
    assert desk.ops()[:2] == [
        "<@U0ANA> is away Fri, Nov 6. *One shift is open*",
        "*Fri, Nov 6, 09:00–17:00 · mail*",
    ]


def test_taken_back_within_two_minutes_nothing_has_happened(any_desk: AbsenceDesk) -> None:
    desk = any_desk
    absence = desk.away("ana", 6)
    assert desk.back("ana", absence) == Returned(0, before=True)
    desk.passes(5)
    assert (desk.works(6), desk.absence(absence).state) == ([("ana", 9, 17)], "taken back")
    with pytest.raises(NotAway):
        desk.back("ana", absence)


def test_a_part_of_a_shift_is_released_and_given_back_from_then_on(any_desk: AbsenceDesk) -> None:
    desk = any_desk
    absence = desk.goes_away("ana", 6, 0, 13)
    assert desk.works(6) == [("nobody", 9, 13), ("ana", 13, 17)]
    desk.now = desk.on(6, 11, 12).start
    assert desk.back("ana", absence) == Returned(1, before=False)
    assert desk.works(6) == [("nobody", 9, 11), ("ana", 11, 17)]
    row = desk.absence(absence)
    assert (row.state, row.end) == ("ended", desk.now)


def test_what_somebody_took_meanwhile_stays_with_them(desk: AbsenceDesk) -> None:
    absence = desk.goes_away("ana", 6)
    desk.offers_hole(6)
    cover = desk.covers()[-1].id
    assert desk.takes("ben", cover, desk.on(6, 9, 13)) is PartState.CONFIRMED
    assert desk.works(6) == [("ben", 9, 13), ("nobody", 13, 17)]
    assert desk.back("ana", absence) == Returned(1, before=False)
    assert desk.works(6) == [("ben", 9, 13), ("ana", 13, 17)]
    assert desk.cover(cover).state != "open"
    assert desk.beside("absence.back") == ["<@U0ANA> is back: one shift is theirs again."]


def test_whoever_is_away_is_not_asked_and_takes_nothing_without_approval(desk: AbsenceDesk) -> None:
    desk.away("ben", 6)
    cover = desk.offers("ana", 6)
    assert {name for _, name in desk.asked(cover)} == {"dev"}
    assert desk.takes("ben", cover) is PartState.NEEDS_APPROVAL
    [part] = desk.parts(cover)
    assert "absence" in str(part.review)


def test_swaps_and_covers_that_wait_for_the_shift_end(desk: AbsenceDesk) -> None:
    swap, cover = desk.proposes("ana", "ben"), desk.offers("ana", 13)
    desk.goes_away("ana", 6, until=13)
    assert desk.state(swap) == "superseded"
    assert desk.cover(cover).state == "superseded"
    assert [desk.works(day) for day in (6, 13)] == [[("nobody", 9, 17)]] * 2


def test_what_they_took_and_waits_for_approval_is_open_again(desk: AbsenceDesk) -> None:
    desk.review()
    cover = desk.offers("ana", 6)
    assert desk.takes("ben", cover) is PartState.NEEDS_APPROVAL
    desk.goes_away("ben", 6)
    assert desk.parts(cover)[0].state == "withdrawn"
    assert desk.cover(cover).state == "open"


def test_a_swap_that_is_settled_is_released_with_the_shift_they_got(desk: AbsenceDesk) -> None:
    accept(desk.deps, desk.caller("ben"), desk.proposes("ana", "ben"))
    assert desk.works(7) == [("ana", 9, 17)]
    absence = desk.goes_away("ana", 7)
    assert (desk.works(6), desk.works(7)) == ([("ben", 9, 17)], [("nobody", 9, 17)])
    desk.back("ana", absence)
    assert desk.works(7) == [("ana", 9, 17)]


def test_only_they_their_lead_and_the_desk_say_so(desk: AbsenceDesk) -> None:
    with pytest.raises(NotPermitted):
        desk.away("ana", 6, by="ben")
    absence = desk.away("ana", 6, by="cora")
    assert desk.absence(absence).reported_by_id == desk.desk.member("cora").id
    assert desk.beside("absence.own") == [
        "You are put down as away from Fri, Nov 6, 01:00 until Sat, Nov 7, 01:00."  # in Madrid
    ]
    with pytest.raises(NotPermitted):
        desk.back("ben", absence)
    assert desk.back("ana", absence).before


def test_a_second_press_and_a_second_report_change_nothing(desk: AbsenceDesk) -> None:
    wanted = Report(new_id(), Kind.SICK, desk.on(6, 0, 24))
    first = report(desk.deps, desk.caller("ana"), wanted)
    assert report(desk.deps, desk.caller("ana"), wanted) == first
    with pytest.raises(AlreadyAway) as known:
        desk.away("ana", 6, 9, 12)
    assert known.value.until == desk.on(6, 0, 24).end
    with pytest.raises(OverAlready):
        desk.away("ana", 1)
    assert len(desk.absences()) == 1


def test_an_absence_is_made_longer_and_coming_back_ends_what_has_begun(desk: AbsenceDesk) -> None:
    first = desk.goes_away("ana", 6)
    second = desk.goes_away("ana", 7, until=13)
    assert desk.works(13) == [("nobody", 9, 17)]
    desk.now = desk.on(6, 8, 9).start
    assert come_back_now(desk.deps, desk.caller("ana")) == Returned(1, before=False)
    assert (desk.absence(first).state, desk.absence(second).state) == ("ended", "in force")
    assert come_back_now(desk.deps, desk.caller("ana")) == Returned(1, before=False)
    assert [desk.works(day) for day in (6, 13)] == [[("ana", 9, 17)]] * 2
    with pytest.raises(NotAway):
        come_back_now(desk.deps, desk.caller("ana"))


def test_a_file_that_plans_them_while_they_are_away_leaves_it_to_nobody(any_desk: AbsenceDesk) -> None:
    desk = any_desk
    absence = desk.goes_away("ana", 9, 0, 13)
    done = desk.desk.shifts("ana@example.com,2026-11-09,09:00,17:00,UTC,mail")
    assert desk.works(9) == [("nobody", 9, 13), ("ana", 13, 17)]
    assert len(desk.ops()) > 1
    desk.desk.undo(done.number)
    done = desk.desk.shifts("ana@example.com,2026-11-09,10:00,18:00,UTC,mail")
    assert desk.works(9) == [("nobody", 10, 13), ("ana", 13, 18)]
    desk.back("ana", absence)
    assert desk.works(9) == [("ana", 10, 18)]


def test_an_edit_while_they_are_away_leaves_it_to_nobody_and_a_cover_of_it_holds(desk: AbsenceDesk) -> None:
    absence = desk.goes_away("ana", 6)
    desk.offers_hole(6)
    desk.takes("ben", desk.covers()[-1].id)
    desk.desk.shifts("ana@example.com,2026-11-06,09:00,17:00,UTC,mail,bring cake")
    assert desk.works(6) == [("ben", 9, 17)]
    desk.back("ana", absence)
    assert desk.works(6) == [("ben", 9, 17)]


def test_undoing_a_file_gives_nothing_to_who_is_away_by_now(desk: AbsenceDesk) -> None:
    done = desk.desk.shifts(
        "ben@example.com,2026-11-09,09:00,17:00,UTC,mail", replaced=(date(2026, 11, 6), date(2026, 11, 6))
    )
    assert desk.works(6) == []
    absence = desk.goes_away("ana", 6)
    desk.desk.undo(done.number)
    assert desk.works(6) == [("nobody", 9, 17)]
    desk.back("ana", absence)
    assert desk.works(6) == [("ana", 9, 17)]


def test_undoing_a_file_gives_back_to_who_has_come_back_since(desk: AbsenceDesk) -> None:
    absence = desk.goes_away("ana", 6)
    done = desk.desk.shifts(replaced=(date(2026, 11, 6), date(2026, 11, 6)))
    desk.passes(1)
    desk.back("ana", absence)
    desk.desk.undo(done.number)
    assert desk.works(6) == [("ana", 9, 17)]


def test_the_desk_offers_it_whole_or_in_two_and_is_told_of_each(desk: AbsenceDesk) -> None:
    desk.goes_away("ana", 6)
    assert desk.offers_hole(6) == 2
    assert [(row.start.hour, row.end.hour) for row in desk.covers()] == [(9, 17)]
    with pytest.raises(BadOffer):
        desk.offers_hole(6)
    desk.goes_away("ana", 13)
    assert desk.offers_hole(13, desk.on(13, 13, 14).start) == 2
    assert [(row.start.hour, row.end.hour) for row in desk.covers()[1:]] == [(9, 13), (13, 17)]


def test_of_what_has_begun_the_rest_is_offered(desk: AbsenceDesk) -> None:
    desk.now = desk.on(6, 11, 12).start
    desk.goes_away("ana", 6, 11)
    assert desk.works(6) == [("ana", 9, 11), ("nobody", 11, 17)]
    desk.offers_hole(6)
    row = desk.covers()[-1]
    assert (row.start, row.end) == (desk.on(6, 11, 12).start + timedelta(minutes=15), desk.on(6, 11, 17).end)


def test_under_an_hour_before_the_start_it_is_told_at_once_whatever_the_hour(desk: AbsenceDesk) -> None:
    desk.now = desk.on(6, 8, 9).start + timedelta(minutes=10)
    desk.goes_away("ana", 6, 8.5)
    assert [row.priority for row in desk.cards(desk.absences()[0].id, "absence")] == [0]
    desk.goes_away("ben", 7)
    assert [row.priority for row in desk.cards(desk.absences()[1].id, "absence")] == [1]


def test_half_an_hour_before_the_start_it_is_told_again_once(desk: AbsenceDesk) -> None:
    desk.goes_away("ana", 6)
    desk.now = desk.on(6, 8, 9).start + timedelta(minutes=29)
    desk.passes(0)
    assert desk.beside("absence.call") == []
    desk.passes(1)
    desk.passes(1)
    said = "Still nobody works Fri, Nov 6, 09:00–17:00 · mail, which begins soon. <@U0ANA> is away."
    assert desk.beside("absence.call") == [said]


def test_it_is_not_told_again_where_it_was_left_so_or_is_known_only_now(desk: AbsenceDesk) -> None:
    desk.accepts(desk.goes_away("ana", 6), 6)
    desk.now = desk.on(6, 8, 9).start + timedelta(minutes=31)
    desk.passes(0)
    assert desk.beside("absence.call") == []
    desk.now = desk.on(7, 8, 9).start + timedelta(minutes=40)
    desk.goes_away("ben", 7)
    desk.passes(1)
    assert desk.beside("absence.call") == []


def test_the_card_says_who_left_it_open(desk: AbsenceDesk) -> None:
    absence = desk.goes_away("ana", 6)
    desk.accepts(absence, 6)
    desk.accepts(absence, 6)
    assert desk.ops() == [
        "<@U0ANA> is away Fri, Nov 6. Nothing needs anybody any more.",
        "*Fri, Nov 6, 09:00–17:00 · mail*",
        "Left open by <@U0CORA>",
    ]
    assert len(desk.absence(absence).accepted) == 1


def test_the_audit_has_the_kind_and_the_time_and_no_more(desk: AbsenceDesk) -> None:
    absence = desk.goes_away("ana", 6)
    desk.back("ana", absence)
    with desk.deps.sessions.read("T1") as session:
        lines = session.query(Audit).filter_by(workspace_id="T1", subject_id=desk.desk.member("ana").id).all()
    found = [(row.action, row.after) for row in lines if row.action.startswith("absence.")]
    start, end = (each.isoformat() for each in (desk.on(6, 0, 24).start, desk.on(6, 0, 24).end))
    assert found == [
        ("absence.report", {"kind": "sick", "start": start, "end": end}),
        ("absence.begin", {"shifts": 1}),
        ("absence.end", {"shifts": 1}),
    ]


def test_taking_a_part_while_they_come_back_leaves_each_minute_to_one(any_desk: AbsenceDesk) -> None:
    desk = any_desk
    absence = desk.goes_away("ana", 6)
    desk.offers_hole(6)
    cover = desk.covers()[-1].id
    taken, returned = at_once(
        partial(take, desk.deps, desk.caller("ben"), cover, desk.on(6, 9, 13)),
        partial(desk.back, "ana", absence),
    )
    assert isinstance(returned, Returned), returned
    lost = isinstance(taken, NotOpen)
    assert lost or taken is PartState.CONFIRMED, taken
    assert desk.works(6) == ([("ana", 9, 17)] if lost else [("ben", 9, 13), ("ana", 13, 17)])


def test_coming_in_force_while_somebody_takes_their_cover_does_both_in_some_order(any_desk: AbsenceDesk) -> None:
    desk = any_desk
    cover = desk.offers("ana", 6)
    desk.away("ana", 6)
    taken, _ = at_once(
        partial(take, desk.deps, desk.caller("ben"), cover, desk.on(6, 9, 13)), partial(desk.passes, 2)
    )
    lost = isinstance(taken, NotOpen)
    assert lost or taken is PartState.CONFIRMED, taken
    assert desk.works(6) == ([("nobody", 9, 17)] if lost else [("ben", 9, 13), ("nobody", 13, 17)])


def test_several_processes_put_it_in_force_once(any_desk: AbsenceDesk) -> None:
    desk = any_desk
    absence = desk.away("ana", 6)
    desk.now += timedelta(minutes=2)
    assert at_once(*[partial(desk.passes, 0)] * 4) == [None] * 4
    assert len(desk.absence(absence).work) == 1
    assert len(desk.cards(absence, "absence")) == 1
    assert desk.works(6) == [("nobody", 9, 17)]

"""Those who have left work nothing: whatever a file, an edit or an undo plans for them, it needs an owner."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.covers_decide import refuse
from bot.actions.covers_open import offer_open
from bot.actions.covers_take import give_up
from bot.actions.covers_undo import undo
from bot.actions.swaps import accept
from bot.actions.swaps_turn import NotLegal
from bot.cli.reports import shifts_report
from bot.deps import new_id
from bot.domain.imports_standing import Why
from bot.domain.shifts_edit import Draft
from storage.tables import FeedToken
from tests.actions.desk import account
from tests.departure_desk import DepartureDesk
from tests.swap_desk import TEAM

FRIDAY = date(2026, 11, 6), date(2026, 11, 6)
NEXT = 3  # the number of the first import that a test makes


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[DepartureDesk]:
    floor = DepartureDesk(database_url, tmp_path)
    yield floor
    floor.close()


def line(name: str, day: int, start: int = 9, end: int = 17) -> str:
    return f"{name}@example.com,2026-11-{day:02},{start:02}:00,{end:02}:00,UTC,mail"


def test_a_file_that_moves_a_shift_of_who_has_left_does_not_give_it_back(floor: DepartureDesk) -> None:
    floor.leaves()
    done = floor.desk.shifts(line("ana", 6, 10, 18))
    assert floor.works(6) == [("nobody", 10, 18)]
    assert floor.card()[:2] == [
        "<@U0ANA> has left. *2 shifts need an owner*",
        "*Fri, Nov 6, 10:00–18:00 · mail*",
    ]
    assert floor.departures() == 1
    assert floor.said("departure.needed") == [
        "The schedule has changed: one shift planned for <@U0ANA>, who has left, needs an owner."
    ]
    report = [" ".join(each.split()) for each in shifts_report(done, full=True, several=False)]
    left = "has left Slack: nobody works what is planned for them until it is given to somebody"
    assert f"note line 2 Ana <ana@example.com> {left}" in report
    floor.desk.undo(done.number)
    assert floor.works(6) == [("nobody", 9, 17)]
    assert "*Fri, Nov 6, 09:00–17:00 · mail*" in floor.card()


def test_a_file_that_plans_somebody_anew_who_has_left_leaves_it_to_nobody(floor: DepartureDesk) -> None:
    floor.leaves("cora")
    done = floor.desk.shifts(line("cora", 9), line("ben", 9), line("cora", 10))
    assert [(left.line.row.line, left.name) for left in done.left] == [(2, "Cora")]
    assert floor.worked(9) == [("ben", 9, 17), ("nobody", 9, 17)]
    assert floor.worked(10) == [("nobody", 9, 17)]
    assert floor.card()[0] == "<@U0CORA> has left. *2 shifts need an owner*"
    floor.desk.undo(done.number)
    assert floor.card()[0] == "<@U0CORA> has left. Nothing needs an owner any more."


def test_an_import_for_who_has_left_can_be_undone_once_its_offers_are_over(
    floor: DepartureDesk,
) -> None:
    floor.leaves("cora")
    done = floor.desk.shifts(line("cora", 9))
    floor.withdraws("carla", offer_open(floor.deps, floor.caller("carla"), floor.unowned(9), new_id()))
    floor.desk.undo(done.number)
    assert [row for row in floor.assignments() if row.start.day == 9] == []


def test_an_edit_by_hand_does_not_give_it_back(floor: DepartureDesk) -> None:
    floor.leaves()
    ana = floor.desk.member("ana").id
    shift = floor.desk.base()[0]
    later = Draft(
        ana,
        shift.start_local.date(),
        shift.start_local.time().replace(hour=11),
        shift.end_local.time(),
        "mail",
        None,
    )
    assert floor.edits(6, later) == ["left", "moved"]
    assert floor.works(6) == [("nobody", 11, 17)]
    assert "*Fri, Nov 6, 11:00–17:00 · mail*" in floor.card()


def test_what_others_took_over_is_theirs_whatever_moves(floor: DepartureDesk) -> None:
    floor.leaves()
    taken = floor.gives(6, "ben")
    assert floor.part_state(taken) == "confirmed"
    done = floor.desk.shifts(line("ana", 6, 10, 18))
    assert [held.worker for held in done.aftermath.held] == ["ben@example.com"]
    assert floor.works(6) == [("ben", 10, 18)]
    floor.returns()
    floor.desk.shifts(line("ana", 6, 8, 16))
    assert floor.works(6) == [("ben", 8, 16)]


def test_what_ends_of_what_others_took_over_goes_to_nobody(floor: DepartureDesk) -> None:
    floor.leaves()
    taken = floor.gives(6, "ben")
    done = floor.desk.shifts(line("ben", 6, 12, 20))
    assert [(ended.why, ended.works[0][1]) for ended in done.aftermath.ended] == [(Why.TWICE, None)]
    assert floor.part_state(taken) == "superseded"
    assert floor.worked(6) == [("ben", 12, 20), ("nobody", 9, 17)]
    assert floor.card()[0] == "<@U0ANA> has left. *2 shifts need an owner*"


def test_a_swap_from_before_stands_and_what_they_got_by_it_needs_an_owner(floor: DepartureDesk) -> None:
    swap = floor.proposes("ana", "ben")
    accept(floor.deps, floor.caller("ben"), swap)
    floor.leaves()
    assert (floor.works(6), floor.works(7)) == ([("ben", 9, 17)], [("nobody", 9, 17)])
    done = floor.desk.shifts(line("ana", 6, 10, 18), line("ben", 7, 10, 18))
    assert (floor.works(6), floor.works(7), floor.state(swap)) == (
        [("ben", 10, 18)],
        [("nobody", 10, 18)],
        "approved",
    )
    assert [held.works.email for held in done.aftermath.held] == ["ana@example.com"]
    assert "*Sat, Nov 7, 10:00–18:00 · mail*" in floor.card()
    floor.desk.undo(done.number)
    assert (floor.works(6), floor.works(7)) == ([("ben", 9, 17)], [("nobody", 9, 17)])


def test_undoing_what_removed_a_shift_does_not_give_it_to_who_has_left_since(floor: DepartureDesk) -> None:
    done = floor.desk.shifts(line("ben", 6, 18, 20), replaced=FRIDAY)
    floor.leaves()
    floor.desk.undo(done.number)
    assert floor.works(6) == [("nobody", 9, 17)]
    assert floor.card()[0] == "<@U0ANA> has left. *2 shifts need an owner*"
    floor.returns()
    assert floor.works(6) == [("ana", 9, 17)]


def test_undoing_what_removed_a_shift_gives_it_to_who_is_back(floor: DepartureDesk) -> None:
    floor.leaves()
    done = floor.desk.shifts(line("ben", 6, 18, 20), replaced=FRIDAY)
    floor.turn(minutes=1)
    floor.returns()
    floor.desk.undo(done.number)
    assert floor.works(6) == [("ana", 9, 17)]


def test_undoing_a_file_gives_nothing_to_who_was_back_before_it(floor: DepartureDesk) -> None:
    floor.leaves()
    floor.gives(6, "ben")
    floor.returns()
    floor.leaves("ben")
    done = floor.desk.shifts(line("ana", 6, 10, 18))
    floor.desk.undo(done.number)
    assert floor.works(6) == [("nobody", 9, 17)]


def test_who_is_back_works_what_was_planned_for_them_meanwhile(floor: DepartureDesk) -> None:
    floor.leaves()
    floor.desk.shifts(line("ana", 6, 10, 18), line("ana", 9))
    floor.returns()
    assert [floor.works(day) for day in (6, 9, 13)] == [[("ana", 10, 18)], [("ana", 9, 17)], [("ana", 9, 17)]]
    assert "You are back, and 3 shifts are yours again." in floor.said("departure.news")


def test_what_was_worked_before_they_left_stays_as_it_was(floor: DepartureDesk) -> None:
    floor.now += timedelta(days=4)
    floor.leaves()
    floor.desk.shifts(line("ana", 6, 10, 18))
    assert floor.works(6) == [("ana", 10, 18)]
    assert floor.card()[0] == "<@U0ANA> has left. *One shift needs an owner*"


def test_what_began_after_they_had_left_is_not_said_to_be_theirs_by_a_later_file(floor: DepartureDesk) -> None:
    floor.leaves()
    floor.now += timedelta(days=5)
    floor.desk.shifts(line("ana", 6, 10, 18))
    assert floor.works(6) == [("nobody", 10, 18)]


def test_a_people_file_that_links_another_account_is_followed_and_so_is_its_undoing(floor: DepartureDesk) -> None:
    people = TEAM.replace("timezone\n", "timezone,slack_id\n").splitlines()
    lines = [f"{each},U0OLD" if each.startswith("ana@") else each for each in people]
    done = floor.desk.people("\n".join(lines), [account("ana", "U0OLD", deleted=True)])
    assert (floor.works(6), floor.departures()) == ([("nobody", 9, 17)], 1)
    floor.desk.undo(done.number)
    assert floor.works(6) == [("ana", 9, 17)]
    assert "<@U0ANA> is back: 2 shifts are theirs again." in floor.said("departure.news")


def test_undoing_a_people_file_that_brought_somebody_back_has_them_leave_again(floor: DepartureDesk) -> None:
    floor.leaves()
    people = TEAM.replace("timezone\n", "timezone,slack_id\n").splitlines()
    lines = [f"{each},U0NEW" if each.startswith("ana@") else each for each in people]
    done = floor.desk.people("\n".join(lines), [account("ana", "U0NEW")])
    assert floor.works(6) == [("ana", 9, 17)]
    floor.desk.undo(done.number)
    assert floor.works(6) == [("nobody", 9, 17)]
    assert floor.departures() == 2


def test_a_part_that_waits_for_approval_ends_when_its_owner_leaves(
    floor: DepartureDesk,
) -> None:
    floor.review()
    cover = floor.offers("ana", 6)
    floor.takes("ben", cover, floor.on(6, 9, 13))
    floor.leaves()
    [taken] = floor.parts(cover)
    assert (floor.cover(cover).state, taken.state) == ("superseded", "superseded")
    assert floor.works(6) == [("nobody", 9, 17)]
    assert ("superseded", "ben") in floor.told(cover)


def test_a_part_that_waits_for_approval_ends_when_its_owner_is_back(
    floor: DepartureDesk,
) -> None:
    floor.review()
    floor.leaves()
    cover = floor.opens(6)
    floor.takes("ben", cover, floor.on(6, 9, 13))
    floor.returns()
    [taken] = floor.parts(cover)
    assert (floor.cover(cover).state, taken.state) == ("superseded", "superseded")
    assert floor.works(6) == [("ana", 9, 17)]
    assert ("superseded", "ben") in floor.told(cover)
    assert ("superseded", "proxy") in floor.told(cover)


def test_of_a_shift_that_was_taken_in_part_who_is_back_works_the_rest(floor: DepartureDesk) -> None:
    floor.leaves()
    cover = floor.opens(6)
    floor.takes("ben", cover, floor.on(6, 9, 13))
    floor.returns()
    assert floor.works(6) == [("ben", 9, 13), ("ana", 13, 17)]
    assert [row.state for row in floor.parts(cover)] == ["confirmed"]


def test_whoever_it_is_given_to_may_decline_and_then_nobody_else_is_asked(floor: DepartureDesk) -> None:
    floor.review()
    floor.leaves()
    taken = floor.gives(6, "ben")
    assert f"{'<@U0BEN>'} took it, and it waits for approval" in floor.card()
    give_up(floor.deps, floor.caller("ben"), taken)
    floor.turn(minutes=60)
    assert floor.asked(floor.covers()[0].id) == []
    assert floor.covers()[0].state == "withdrawn"
    assert floor.card()[:3] == [
        "<@U0ANA> has left. *2 shifts need an owner*",
        "*Fri, Nov 6, 09:00–17:00 · mail*",
        "Declined by <@U0BEN>",
    ]
    assert "<@U0BEN>" not in floor.card()[3]
    assert floor.said("departure.declined") == [
        "<@U0BEN> declined: Fri, Nov 6, 09:00–17:00 · mail needs an owner again. Nobody else is asked."
    ]
    assert floor.part_state(floor.gives(6, "dev")) == "needs approval"


def test_whoever_regrets_what_they_were_given_leaves_it_to_the_coordinators(floor: DepartureDesk) -> None:
    floor.leaves()
    taken = floor.gives(6, "ben")
    assert undo(floor.deps, floor.caller("ben"), taken)
    floor.turn(minutes=60)
    assert (floor.works(6), floor.asked(floor.covers()[0].id)) == ([("nobody", 9, 17)], [])
    assert floor.card()[2] == "Declined by <@U0BEN>"


def test_who_was_not_approved_is_named_as_such(floor: DepartureDesk) -> None:
    floor.review()
    floor.leaves()
    taken = floor.gives(6, "ben")
    refuse(floor.deps, floor.caller("carla"), taken, new_id(), "not this week")
    floor.turn(minutes=60)
    assert floor.asked(floor.covers()[0].id) == []
    assert floor.card()[2] == "Not approved: <@U0BEN>"
    assert floor.said("departure.declined")[0].startswith("<@U0BEN> was not approved: Fri, Nov 6")


def test_a_coordinator_who_takes_back_what_they_gave_has_nobody_named_as_declining(floor: DepartureDesk) -> None:
    floor.leaves()
    taken = floor.gives(6, "ben")
    assert undo(floor.deps, floor.caller("cora"), taken)
    assert (floor.works(6), floor.said("departure.declined")) == ([("nobody", 9, 17)], [])
    assert "Declined by <@U0BEN>" not in floor.card()


def test_where_others_are_asked_already_the_next_are_when_one_of_them_gives_it_back(floor: DepartureDesk) -> None:
    floor.review()
    floor.leaves()
    cover = floor.opens(6)
    floor.takes("ben", cover)
    give_up(floor.deps, floor.caller("ben"), floor.parts(cover)[0].id)
    assert floor.cover(cover).state == "open"
    assert floor.cover(cover).next_wave_at == floor.now
    assert floor.said("departure.declined") == []


def test_a_calendar_ends_with_whoever_a_people_file_has_leave(floor: DepartureDesk) -> None:
    ana = floor.desk.member("ana").id
    floor.desk.put(FeedToken(workspace_id="T1", id=new_id(), member_id=ana, digest="d", created_at=floor.now))
    people = TEAM.replace("timezone\n", "timezone,slack_id\n").splitlines()
    lines = [f"{each},U0OLD" if each.startswith("ana@") else each for each in people]
    floor.desk.people("\n".join(lines), [account("ana", "U0OLD", deleted=True)])
    with floor.deps.sessions.read("T1") as session:
        [token] = session.scalars(select(FeedToken).where(FeedToken.workspace_id == "T1"))
    assert token.revoked_at == floor.now


def test_nothing_goes_back_to_who_has_left_by_the_regret_of_who_took_it(floor: DepartureDesk) -> None:
    cover = floor.offers("ana", 6)
    floor.takes("ben", cover)
    floor.leaves()
    [taken] = floor.parts(cover)
    with pytest.raises(NotLegal):
        undo(floor.deps, floor.caller("ben"), taken.id)
    assert floor.works(6) == [("ben", 9, 17)]


def test_who_comes_back_is_not_put_on_two_shifts_at_once(floor: DepartureDesk) -> None:
    floor.takes("ben", floor.offers("ana", 6))
    floor.leaves("ben")
    floor.desk.shifts(line("ben", 6, 15, 23))
    floor.returns("ben")
    assert floor.worked(6) == [("ben", 15, 23), ("nobody", 9, 17)]


def test_who_comes_back_does_not_get_what_was_planned_for_nobody_meanwhile(floor: DepartureDesk) -> None:
    floor.leaves()
    [friday, _] = [each for each in floor.desk.base() if each.member_id == floor.desk.member("ana").id]
    start, end = friday.start_local, friday.end_local
    floor.edits(6, Draft(None, start.date(), start.time(), end.time(), "mail", None))
    floor.returns()
    assert (floor.works(6), floor.works(13)) == ([("nobody", 9, 17)], [("ana", 9, 17)])

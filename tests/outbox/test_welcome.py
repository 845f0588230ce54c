"""What was kept from somebody who was away becomes one message when they are back, whoever sends it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from jobs.outbox_turn import Desk
from storage.outbox import Priority
from tests.outbox.office import NOON, Office

DM = "@floorwalker"
BACK, MORNING = NOON + timedelta(hours=1), NOON + timedelta(hours=20)


@pytest.fixture
def away(office: Office) -> Office:
    """Ana is away for an hour, and reads what still matters the next morning."""
    office.quiet[office.ana] = BACK
    office.desk = at_the_return(office, office.desk)
    return office


def at_the_return(office: Office, desk: Desk) -> Desk:
    """The desk where Ana's return is known."""
    return replace(
        desk, told_back_at=lambda _session, who, then, _now: MORNING if (who, then) == (office.ana, BACK) else None
    )


def comes_back(office: Office) -> None:
    office.quiet.clear()
    office.sandbox.clock.set(BACK)


def states(office: Office) -> list[tuple[str, str]]:
    return sorted((row.card, row.state) for row in office.rows())


def test_it_is_one_message_of_which_the_others_are_parts_with_the_replies_to_them(away: Office) -> None:
    swap = away.subject("open")
    card = away.posts(swap, away.ana)
    word = away.says("by the way", away.ana, priority=Priority.BULK)
    reply = away.says("taken", away.ana, parent=card)
    away.says("urgent", away.ana, priority=Priority.PRESS)
    away.says("for ben", away.ben)
    away.sends()
    assert away.reads(DM) == ["urgent"]
    assert away.reads(DM, "ben") == ["for ben"]
    comes_back(away)
    away.sends()
    [whole] = [row for row in away.rows() if row.card == "contact.back"]
    assert (whole.not_before, whole.state, whole.lane) == (MORNING, "open", away.ana)
    assert {away.row(each).parent_id for each in (card, word, reply)} == {whole.id}
    assert {away.row(each).state for each in (card, word, reply)} == {"folded"}
    assert away.reads(DM) == ["urgent"]


def test_what_comes_after_the_return_goes_out_at_once(away: Office) -> None:
    away.says("while away", away.ana)
    away.sends()
    comes_back(away)
    away.says("afterwards", away.ana)
    away.sends()
    assert away.reads(DM) == ["afterwards"]


def test_a_sender_that_lost_the_lane_leaves_nothing_behind(away: Office) -> None:
    away.says("while away", away.ana)
    away.sends()
    comes_back(away)
    (lost,) = away.claims()
    away.later(away.times.lease)
    other = at_the_return(away, away.another())
    (own,) = away.claims()
    other.take(own)
    away.desk.take(lost)
    assert states(away) == [("contact.back", "open"), ("test.word", "folded")]


def test_who_is_away_again_keeps_it_until_they_are_back_for_good(away: Office) -> None:
    away.says("first", away.ana)
    away.sends()
    comes_back(away)
    away.sends()
    again = NOON + timedelta(hours=30)
    away.quiet[away.ana] = again
    away.sandbox.clock.set(MORNING)
    away.says("second", away.ana)
    away.sends()
    waiting = [row.not_before for row in away.rows() if row.state == "open"]
    assert waiting == [again, again]

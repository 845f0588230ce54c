"""What people are shown and told, while Slack is well."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web import SlackResponse

from bot.actions.outbox import tell
from storage.outbox import Priority
from tests.outbox.office import CARD, NOON, Office

DM = "@floorwalker"


def test_a_card_is_posted_to_a_channel_and_to_a_person(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.desk_channel, audience="everybody")
    office.posts(swap, office.ana, audience="you")
    office.sends()
    assert office.reads("#desk") == ["open (everybody)"]
    assert office.reads(DM) == ["open (you)"]


def test_every_copy_of_a_card_is_edited_when_its_subject_changes(office: Office) -> None:
    swap, other = office.subject("open"), office.subject("another")
    for to in (office.desk_channel, office.ana):
        office.posts(swap, to)
    office.posts(other, office.desk_channel)
    office.sends()
    office.changes(swap, "taken by Ben")
    office.sends()
    assert office.reads("#desk") == ["taken by Ben", "another"]
    assert office.reads(DM) == ["taken by Ben"]
    edited = [shown.edited for shown in office.sandbox.person("ana").sees("#desk")]
    assert edited == [True, False]


def test_of_two_changes_at_once_the_newer_is_shown_by_one_call(office: Office) -> None:
    swap = office.subject("open")
    card = office.posts(swap, office.desk_channel)
    office.changes(swap, "older")
    office.changes(swap, "newer")
    office.sends()
    assert office.reads("#desk") == ["newer"]
    assert not office.sandbox.person("ana").last("#desk").edited
    assert (office.row(card).wanted, office.row(card).shown) == (3, 3)


def test_what_changes_while_it_is_sent_is_sent_again(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.desk_channel)
    post = office.slack.chat_postMessage

    def post_as_it_changes(**said: Any) -> SlackResponse:
        office.changes(swap, "taken")
        return post(**said)

    office.slack.chat_postMessage = post_as_it_changes  # type: ignore[method-assign]
    office.sends()
    assert office.reads("#desk") == ["taken"]


def test_the_same_key_is_one_message(office: Office) -> None:
    first = office.says("hello", office.ana)
    office.sends()
    assert office.says("hello", office.ana) == first
    office.sends()
    assert office.reads(DM) == ["hello"]


def test_a_transaction_that_fails_tells_nobody(office: Office) -> None:
    def tell_and_fail() -> None:
        with office.writes() as session:
            tell(session, office.deps, to=office.ana, card=CARD, key="never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tell_and_fail()
    assert office.rows() == []
    assert office.due() == []


def test_a_lane_keeps_the_order_but_for_what_is_more_urgent(office: Office) -> None:
    office.says("bulk", office.ana, priority=Priority.BULK)
    office.says("first", office.ana)
    office.says("second", office.ana)
    office.says("pressed", office.ana, priority=Priority.PRESS)
    office.sends()
    assert office.reads(DM) == ["pressed", "first", "second", "bulk"]


def test_what_somebody_looks_at_is_brought_up_to_date_before_others_are_asked(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.ana, priority=Priority.OFFER)
    office.sends()
    office.says("bulk", office.ana, priority=Priority.BULK)
    office.says("asked", office.ana, priority=Priority.OFFER)
    office.says("card", office.ana)
    office.changes(swap, "taken")
    (own,) = office.claims()
    office.desk.take(own)
    assert office.reads(DM) == ["taken"]
    office.later(office.times.pace)
    office.sends()
    assert office.reads(DM) == ["taken", "card", "asked", "bulk"]


def test_a_reply_waits_for_its_parent(office: Office) -> None:
    swap = office.subject("open")
    card = office.posts(swap, office.desk_channel, not_before=NOON + timedelta(hours=1))
    office.says("taken", office.desk_channel, parent=card, priority=Priority.PRESS)
    office.sends()
    assert office.reads("#desk") == []
    office.sandbox.clock.set(NOON + timedelta(hours=1))
    office.sends()
    shown = office.sandbox.person("ana").last("#desk")
    assert [each.text for each in office.sandbox.person("ana").thread(shown)] == ["open", "taken"]


def test_a_reply_to_what_was_never_posted_stands_alone(office: Office) -> None:
    card = office.posts(office.subject(""), office.desk_channel)
    office.says("taken", office.desk_channel, parent=card)
    office.sends()
    assert office.row(card).state == "dropped"
    assert office.reads("#desk") == ["taken"]


def test_a_reply_to_what_was_deleted_stands_alone(office: Office) -> None:
    card = office.posts(office.subject("open"), office.desk_channel)
    office.sends()
    delete(office, str(office.row(card).ts))
    office.says("taken", office.desk_channel, parent=card)
    office.sends()
    assert office.reads("#desk") == ["taken"]


def test_a_reply_belongs_where_its_parent_is(office: Office) -> None:
    card = office.posts(office.subject("open"), office.desk_channel)
    with pytest.raises(ValueError, match="replies to a message that is not in"):
        office.says("taken", office.ana, parent=card)


def test_a_card_with_nothing_to_show_is_dropped(office: Office) -> None:
    card = office.posts(office.subject(""), office.desk_channel)
    office.sends()
    assert office.reads("#desk") == []
    assert office.row(card).state == "dropped"


def test_a_card_that_was_shown_stays_when_there_is_nothing_to_show_any_more(office: Office) -> None:
    swap = office.subject("open")
    card = office.posts(swap, office.desk_channel)
    office.sends()
    office.changes(swap, "")
    office.sends()
    assert office.reads("#desk") == ["open"]
    assert office.due() == []
    office.changes(swap, "open again")
    office.sends()
    assert office.reads("#desk") == ["open again"]
    assert office.row(card).state == "open"


def test_a_message_somebody_has_deleted_is_not_posted_anew(office: Office) -> None:
    swap = office.subject("open")
    card = office.posts(swap, office.desk_channel)
    office.sends()
    delete(office, str(office.row(card).ts))
    office.changes(swap, "taken")
    office.sends()
    assert office.reads("#desk") == []
    assert (office.row(card).state, office.row(card).error) == ("dropped", "message_not_found")


def test_nothing_is_sent_before_its_time(office: Office) -> None:
    office.says("later", office.ana, not_before=NOON + timedelta(hours=2))
    office.says("now", office.ana)
    office.sends()
    assert office.reads(DM) == ["now"]
    office.sandbox.clock.set(NOON + timedelta(hours=2))
    office.sends()
    assert office.reads(DM) == ["now", "later"]


def test_what_has_expired_is_never_sent(office: Office) -> None:
    word = office.says("starts in 30 minutes", office.ana, expires_at=NOON + timedelta(minutes=30))
    office.sandbox.clock.set(NOON + timedelta(minutes=31))
    office.sends()
    assert office.reads(DM) == []
    assert office.row(word).state == "expired"


def test_a_card_that_was_shown_in_time_is_kept_up_to_date_afterwards(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.ana, expires_at=NOON + timedelta(minutes=30))
    office.sends()
    office.sandbox.clock.set(NOON + timedelta(hours=1))
    office.changes(swap, "taken")
    office.sends()
    assert office.reads(DM) == ["taken"]


def test_quiet_hours_hold_all_but_what_is_urgent(office: Office) -> None:
    office.quiet[office.ana] = NOON + timedelta(hours=8)
    office.says("card", office.ana)
    office.says("bulk", office.ana, priority=Priority.BULK)
    office.says("urgent", office.ana, priority=Priority.PRESS)
    office.says("for Ben", office.ben)
    office.says("for all", office.desk_channel)
    office.sends()
    assert office.reads(DM) == ["urgent"]
    assert office.reads(DM, "ben") == ["for Ben"]
    assert office.reads("#desk") == ["for all"]
    office.says("urgent too", office.ana, priority=Priority.PRESS)
    office.sends()
    assert office.reads(DM) == ["urgent", "urgent too"]
    office.sandbox.clock.set(NOON + timedelta(hours=8))
    office.sends()
    assert office.reads(DM) == ["urgent", "urgent too", "card", "bulk"]


def test_quiet_hours_hold_back_no_edit(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.ana)
    office.sends()
    office.quiet[office.ana] = NOON + timedelta(hours=8)
    office.changes(swap, "taken")
    office.sends()
    assert office.reads(DM) == ["taken"]


def test_posts_to_a_channel_are_a_second_apart(office: Office) -> None:
    for word in ("one", "two"):
        office.says(word, office.desk_channel)
    own, *_ = office.claims()
    office.desk.take(own)
    office.later(0.9)
    assert office.claims() == []
    office.later(0.1)
    assert [each.lane for each in office.claims()] == [office.desk_channel]


def test_a_card_that_cannot_be_drawn_blocks_no_other_and_recovers(office: Office) -> None:
    swap = office.subject("broken")
    office.posts(swap, office.desk_channel)
    office.says("next", office.desk_channel)
    office.sends()
    assert office.reads("#desk") == ["next"]
    office.changes(swap, "mended")
    office.sandbox.clock.move(timedelta(minutes=5))
    office.sends()
    assert office.reads("#desk") == ["next", "mended"]


def delete(office: Office, ts: str) -> None:
    """Somebody takes a message away."""
    office.slack.chat_delete(channel=office.desk_channel, ts=ts)

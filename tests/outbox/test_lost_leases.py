"""A sender that is slow, dies or is overtaken leaves nothing stale and nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest

from jobs.outbox_turn import Desk
from storage.lanes import begin_attempt
from tests.outbox.office import Office

DM = "@floorwalker"


def meanwhile(office: Office, method: str, act: Callable[[], None], *, before: bool) -> None:
    """Something happens once, right before or after the office's own desk calls this method."""
    original = getattr(office.slack, method)

    def call(**said: Any) -> Any:
        setattr(office.slack, method, original)
        if before:
            act()
        answer = original(**said)
        if not before:
            act()
        return answer

    setattr(office.slack, method, call)


def take_over(office: Office, other: Desk) -> None:
    """The lease runs out, and another sender does all there is to do."""
    own, office.desk = office.desk, other
    office.later(office.times.lease)
    office.sends()
    office.desk = own


def test_a_stale_edit_that_arrives_late_is_put_right(office: Office) -> None:
    swap, other = office.subject("open"), office.another()
    card = office.posts(swap, office.desk_channel)
    office.sends()

    def overtake() -> None:
        office.changes(swap, "newest")
        take_over(office, other)
        assert office.reads("#desk") == ["newest"]

    office.changes(swap, "stale")
    meanwhile(office, "chat_update", overtake, before=True)
    (own,) = office.claims()
    office.desk.take(own)
    assert office.reads("#desk") == ["stale"]
    office.sends()
    assert office.reads("#desk") == ["newest"]
    assert office.row(card).shown == office.row(card).wanted


def test_a_post_whose_sender_was_overtaken_is_adopted_by_the_other(office: Office) -> None:
    swap, other = office.subject("open"), office.another()
    card = office.posts(swap, office.ana)

    def overtake() -> None:
        office.changes(swap, "newest")
        take_over(office, other)
        assert office.reads(DM) == ["newest"]

    meanwhile(office, "chat_postMessage", overtake, before=False)
    (own,) = office.claims()
    office.desk.take(own)
    office.sends()
    assert office.reads(DM) == ["newest"]
    assert office.row(card).shown == office.row(card).wanted


def test_a_sender_that_lost_its_lane_before_posting_does_not_post(office: Office) -> None:
    swap, other = office.subject("open"), office.another()
    office.posts(swap, office.ana)
    meanwhile(office, "conversations_open", lambda: take_over(office, other), before=False)
    (own,) = office.claims()
    office.desk.take(own)
    office.sends_all()
    assert office.reads(DM) == ["open"]


def test_a_sender_whose_lease_may_end_before_the_answer_does_not_post(office: Office) -> None:
    office.posts(office.subject("open"), office.desk_channel)
    (own,) = office.claims()
    office.later(office.times.lease - office.times.call + 1)
    office.desk.take(own)
    assert office.reads("#desk") == []
    office.later(office.times.lease)
    office.sends()
    assert office.reads("#desk") == ["open"]


def test_a_refusal_that_comes_too_late_is_the_other_senders_business(office: Office) -> None:
    swap, other = office.subject("open"), office.another()
    card = office.posts(swap, office.desk_channel)
    office.sends()
    office.changes(swap, "x" * 3001)

    def overtake() -> None:
        office.changes(swap, "taken")
        take_over(office, other)

    meanwhile(office, "chat_update", overtake, before=True)
    (own,) = office.claims()
    office.desk.take(own)
    office.sends()
    assert office.reads("#desk") == ["taken"]
    assert office.row(card).state == "open"


@pytest.mark.parametrize("posted", [False, True])
def test_a_sender_that_dies_leaves_its_message_to_the_next(office: Office, posted: bool) -> None:
    word = office.says("hello", office.desk_channel)
    office.says("next", office.desk_channel)
    (own,) = office.claims()
    with office.deps.sessions.beside(own.workspace_id) as session:
        assert begin_attempt(session, own, word, office.real)
    if posted:
        courier = office.desk.courier(own.workspace_id)
        courier.post(own.lane, {"text": "hello"}, "hello", 1, None)
    office.sends()
    assert office.claims() == []
    office.later(office.times.lease)
    office.sends()
    assert office.reads("#desk") == ["hello", "next"]


def test_a_lane_is_claimed_by_one_sender_only(office: Office) -> None:
    office.says("hello", office.desk_channel)
    assert [own.lane for own in office.claims()] == [office.desk_channel]
    assert office.claims() == []

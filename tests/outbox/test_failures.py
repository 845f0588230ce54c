"""What people are shown and told when Slack is not well, or will not have it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import requests
from structlog.testing import capture_logs

from bot.sandbox.faults import Fault
from tests.outbox.office import Office, archive, ops

DM = "@floorwalker"
POST = "chat.postMessage"


def calls(office: Office, method: str) -> list[dict[str, object]]:
    """The calls of a method from now on, as they are made."""
    made: list[dict[str, object]] = []
    slack, original = office.slack, getattr(office.slack, method)

    def call(**said: object) -> object:
        made.append(said)
        return original(**said)

    setattr(slack, method, call)
    return made


def test_a_rate_limit_pauses_the_method_for_everybody_and_nothing_else(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.desk_channel)
    office.sends()
    office.sandbox.faults.rate_limit(POST, retry_after=30)
    posts = calls(office, "chat_postMessage")
    office.changes(swap, "taken")
    office.says("one", office.ana)
    office.says("two", office.ben)
    office.sends()
    assert len(posts) == 1
    assert office.reads("#desk") == ["taken"]
    office.later(30)
    office.sends()
    assert (office.reads(DM), office.reads(DM, "ben")) == (["one"], ["two"])


FAULTS: dict[str, list[Fault]] = {
    "500": [Fault("status", POST, 500, times=3)],
    "503": [Fault("status", POST, 503, times=3)],
    "fatal error": [Fault("fatal_error", POST, times=3)],
    "not done, and no answer": [Fault("timeout", POST, 0.01, times=3)],
    "done, and no answer": [Fault("timeout_after", POST, 0.01, times=1)],
    "no channel": [Fault("status", "conversations.open", 500, times=3)],
    "no look": [
        Fault("timeout_after", POST, 0.01, times=1),
        Fault("status", "conversations.history", 500, times=3),
    ],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_passing_fault_loses_nothing_and_doubles_nothing(office: Office, fault: str) -> None:
    for each in FAULTS[fault]:
        office.sandbox.faults.add(replace(each))
    office.says("one", office.ana)
    office.says("two", office.ana)
    office.says("three", office.desk_channel)
    office.sends_all()
    assert office.reads(DM) == ["one", "two"]
    assert office.reads("#desk") == ["three"]
    assert [(row.tries, row.error, row.attempt_at) for row in office.rows()] == [(0, None, None)] * 3


@pytest.mark.parametrize("done", [False, True])
def test_a_slack_that_hangs_is_not_waited_for_and_not_told_twice(office: Office, done: bool) -> None:
    office.desk = office.another(timeout=1)
    office.sandbox.faults.timeout(POST, done=done, seconds=3)
    office.says("hello", office.ana)
    office.sends_all()
    assert office.reads(DM) == ["hello"]


def test_what_was_posted_unnoticed_is_brought_up_to_date(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.ana)
    office.sandbox.faults.timeout(POST, done=True, seconds=0.01)
    office.sends()
    office.changes(swap, "taken")
    office.sends_all()
    assert office.reads(DM) == ["taken"]


def test_what_was_posted_unnoticed_and_is_up_to_date_is_not_edited(office: Office) -> None:
    office.posts(office.subject("open"), office.ana)
    office.sandbox.faults.timeout(POST, done=True, seconds=0.01)
    office.sends_all()
    assert office.reads(DM) == ["open"]
    assert not office.sandbox.person("ana").last(DM).edited


def test_a_reply_that_was_posted_unnoticed_is_found_in_its_thread(office: Office) -> None:
    card = office.posts(office.subject("open"), office.desk_channel)
    office.sends()
    office.sandbox.faults.timeout(POST, done=True, seconds=0.01)
    office.says("taken", office.desk_channel, parent=card)
    office.sends_all()
    ana = office.sandbox.person("ana")
    assert [each.text for each in ana.thread(ana.last("#desk"))] == ["open", "taken"]


def test_what_was_posted_unnoticed_is_found_behind_hundreds_of_others(office: Office) -> None:
    office.sandbox.faults.timeout(POST, done=True, seconds=0.01)
    office.says("hello", office.desk_channel)
    office.sends()
    for number in range(250):
        office.slack.chat_postMessage(channel=office.desk_channel, text=str(number))
    office.sends_all()
    assert office.reads("#desk")[0] == "hello"
    assert len(office.reads("#desk")) == 251


def test_what_expires_while_nobody_knows_whether_it_is_there_is_looked_for(office: Office) -> None:
    there = office.says("there", office.ana, expires_at=office.deps.clock() + timedelta(minutes=30))
    lost = office.says("lost", office.ben, expires_at=office.deps.clock() + timedelta(minutes=30))
    for own in office.claims():
        office.sandbox.faults.timeout(POST, done=own.lane == office.ana, seconds=0.01)
        office.desk.take(own)
    office.sandbox.clock.move(timedelta(hours=1))
    office.sends_all()
    assert (office.reads(DM), office.reads(DM, "ben")) == (["there"], [])
    assert (office.row(there).state, office.row(lost).state) == ("open", "expired")


def test_when_slack_comes_back_after_an_hour_everybody_hears_everything_once(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.desk_channel)
    office.sends()
    office.sandbox.faults.status(503, times=None)
    office.changes(swap, "taken")
    for number in range(3):
        office.says(f"ana {number}", office.ana)
        office.says(f"desk {number}", office.desk_channel)
    for _ in range(60):
        office.sends()
        office.later(60)
        office.sandbox.clock.move(timedelta(minutes=1))
    office.changes(swap, "approved")
    assert office.reads("#desk") == ["open"]
    office.sandbox.faults.clear()
    office.sends_all()
    assert office.reads("#desk") == ["approved", "desk 0", "desk 1", "desk 2"]
    assert office.reads(DM) == ["ana 0", "ana 1", "ana 2"]


def test_delays_grow_to_a_minute(office: Office) -> None:
    office.sandbox.faults.status(500, times=None)
    word = office.says("hello", office.desk_channel)
    waits = []
    for _ in range(8):
        begun = office.real
        while not (claims := office.claims()):
            office.later(1)
        waits.append((office.real - begun).total_seconds())
        office.desk.take(claims[0])
    assert waits == [0, 1, 2, 4, 8, 16, 32, 60]
    assert office.row(word).error == "http_500"


def test_the_coordinators_hear_once_of_what_an_archived_channel_did_not(office: Office) -> None:
    ops(office)
    archive(office, "desk")
    swap = office.subject("open")
    card = office.posts(swap, office.desk_channel)
    office.sends_all()
    office.changes(swap, "taken")
    office.sends_all()
    assert (office.row(card).state, office.row(card).error) == ("failed", "is_archived")
    told = "A message (test.card) could not be delivered to #desk: the channel is archived."
    assert office.reads("#ops") == [told]


def test_the_coordinators_hear_of_a_person_who_is_gone(office: Office) -> None:
    ops(office)
    url = f"{office.sandbox.url}/sandbox/people/ben"
    requests.patch(url, json={"deleted": True}, timeout=10).raise_for_status()
    office.says("hello", office.ben)
    office.sends_all()
    assert [row.error for row in office.rows()] == ["user_disabled", None]
    assert "the account is deactivated" in office.reads("#ops")[0]


def test_what_slack_refuses_blocks_no_other_message_of_the_lane(office: Office) -> None:
    ops(office)
    broken = office.posts(office.subject("x" * 3001), office.ana)
    office.says("hello", office.ana)
    office.sends_all()
    assert office.reads(DM) == ["hello"]
    assert (office.row(broken).state, office.row(broken).error) == ("failed", "invalid_blocks")
    assert "Slack says invalid_blocks" in office.reads("#ops")[0]


def test_a_card_that_can_never_be_drawn_is_given_up_at_last(office: Office) -> None:
    ops(office)
    card = office.posts(office.subject("broken"), office.ana)
    for _ in range(10):
        office.sends_all()
        office.sandbox.clock.move(timedelta(minutes=2))
    office.sends_all()
    assert (office.row(card).state, office.row(card).error) == ("failed", "ZeroDivisionError")
    assert "ZeroDivisionError" in office.reads("#ops")[0]


def test_a_notice_of_failure_that_fails_begets_no_other(office: Office) -> None:
    ops(office)
    archive(office, "ops")
    archive(office, "desk")
    office.says("hello", office.desk_channel)
    office.says("for the coordinators", office.sandbox.channel_id("#ops"))
    office.sends_all()
    assert sorted(row.card for row in office.rows()) == ["outbox.failed", "test.word", "test.word"]
    assert {row.error for row in office.rows()} == {"is_archived"}


def test_without_a_channel_for_it_a_failure_is_only_noted(office: Office) -> None:
    archive(office, "desk")
    office.says("hello", office.desk_channel)
    with capture_logs() as lines:
        office.sends_all()
    assert [row.error for row in office.rows()] == ["is_archived"]
    assert [(line["outcome"], line["code"]) for line in lines if line["event"] == "message"] == [
        ("failed", "is_archived")
    ]


def test_a_token_that_slack_does_not_take_costs_no_message(office: Office) -> None:
    ops(office)
    office.says("hello", office.desk_channel)
    token, office.slack.token = office.slack.token, "xoxb-revoked"
    office.sends()
    office.later(120)
    office.sends()
    assert [(row.state, row.error, row.tries) for row in office.rows()] == [("open", "invalid_auth", 0)]
    office.slack.token = token
    office.later(60)
    office.sends()
    assert office.reads("#desk") == ["hello"]
    assert office.reads("#ops") == []


def test_a_slack_that_cannot_be_reached_is_waited_for(office: Office) -> None:
    office.says("hello", office.desk_channel)
    url, office.slack.base_url = office.slack.base_url, "http://127.0.0.1:9/api/"
    office.sends()
    assert office.rows()[0].error == "URLError"
    office.slack.base_url = url
    office.sends_all()
    assert office.reads("#desk") == ["hello"]


def test_the_log_says_what_happened_and_never_what_was_said(office: Office) -> None:
    office.says("a secret", office.ana)
    office.sandbox.faults.status(500, POST)
    with capture_logs() as lines:
        office.sends_all()
    told = [(line["lane"], line["card"], line["outcome"], line["code"]) for line in lines]
    assert told == [("person", "test.word", "later", "http_500"), ("person", "test.word", "posted", None)]
    assert "secret" not in str(lines)
    assert office.ana not in str(lines)

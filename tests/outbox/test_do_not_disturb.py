"""What waits while somebody has Slack's Do Not Disturb on, and what does not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.faults import Fault
from storage.db import Sessions
from storage.outbox import Priority
from tests.outbox.office import NOON, Office, opened

DM = "@floorwalker"
INFO = "dnd.info"
EVENING = NOON + timedelta(hours=8)


def pauses(office: Office, who: str = "ana", span: timedelta = EVENING - NOON) -> None:
    """Somebody wants to be left alone, from now until the evening."""
    office.sandbox.person(who).pauses(span)


def status(start: datetime, end: datetime) -> dict[str, Any]:
    """What Slack says of somebody with this span of Do Not Disturb: the current one, or the next."""
    span = {"next_dnd_start_ts": int(start.timestamp()), "next_dnd_end_ts": int(end.timestamp())}
    return {"ok": True, "dnd_enabled": True, **span}


def says_of_ana(office: Office, said: dict[str, Any]) -> list[str]:
    """Slack says this of whoever it is asked for; whom it was asked for, as it goes on."""
    asked: list[str] = []

    def dnd_info(*, user: str) -> dict[str, Any]:
        asked.append(user)
        return said

    office.slack.dnd_info = dnd_info  # type: ignore[assignment, method-assign]
    return asked


def test_do_not_disturb_holds_all_but_what_is_urgent_until_it_ends(office: Office) -> None:
    pauses(office)
    office.says("an offer", office.ana)
    office.says("bulk", office.ana, priority=Priority.BULK)
    office.says("urgent", office.ana, priority=Priority.PRESS)
    office.says("for Ben", office.ben)
    office.says("for all", office.desk_channel)
    office.sends()
    assert office.reads(DM) == ["urgent"]
    assert office.reads(DM, "ben") == ["for Ben"]
    assert office.reads("#desk") == ["for all"]
    office.sandbox.clock.set(EVENING - timedelta(seconds=1))
    office.sends()
    office.says("urgent too", office.ana, priority=Priority.PRESS)
    office.sends()
    assert office.reads(DM) == ["urgent", "urgent too"]
    office.sandbox.clock.set(EVENING)
    office.sends()
    assert office.reads(DM) == ["urgent", "urgent too", "an offer", "bulk"]


def test_it_holds_back_no_edit(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.ana)
    office.sends()
    pauses(office)
    office.changes(swap, "taken")
    office.sends()
    assert office.reads(DM) == ["taken"]


def test_who_ends_it_early_reads_within_a_quarter_of_an_hour_what_has_waited(office: Office) -> None:
    pauses(office)
    office.says("an offer", office.ana)
    office.sends()
    office.sandbox.clock.set(NOON + timedelta(hours=1))
    office.sends()
    assert office.reads(DM) == []
    pauses(office, span=timedelta())
    office.sandbox.clock.set(NOON + timedelta(hours=1, minutes=16))
    office.sends()
    assert office.reads(DM) == ["an offer"]


def test_an_offer_that_changes_while_it_waits_arrives_as_it_is_then(office: Office) -> None:
    pauses(office)
    swap, gone = office.subject("open"), office.subject("open")
    office.posts(swap, office.ana)
    word = office.posts(gone, office.ana)
    office.sends()
    office.changes(swap, "half of it taken")
    office.changes(gone, "")
    office.sandbox.clock.set(EVENING)
    office.sends()
    assert office.reads(DM) == ["half of it taken"]
    assert office.row(word).state == "dropped"


def test_what_expires_while_it_waits_is_never_sent(office: Office) -> None:
    pauses(office)
    word = office.says("starts in 30 minutes", office.ana, expires_at=NOON + timedelta(minutes=30))
    office.sends()
    assert office.row(word).state == "open"
    office.sandbox.clock.set(EVENING)
    office.sends()
    assert office.reads(DM) == []
    assert office.row(word).state == "expired"


def test_what_piles_up_meanwhile_is_one_message(office: Office) -> None:
    pauses(office)
    for number in range(5):
        office.says(f"bulk {number}", office.ana, priority=Priority.BULK)
    office.sends()
    assert {row.state for row in office.rows()} == {"open"}
    office.sandbox.clock.set(EVENING)
    office.sends()
    (told,) = office.reads(DM)
    assert [f"bulk {number}" in told for number in range(5)] == [True] * 5


def test_quiet_hours_go_on_when_it_ends(office: Office) -> None:
    pauses(office)
    office.says("an offer", office.ana)
    office.sends()
    office.quiet[office.ana] = EVENING + timedelta(hours=2)
    office.sandbox.clock.set(EVENING)
    office.sends()
    assert office.reads(DM) == []
    office.sandbox.clock.set(EVENING + timedelta(hours=2))
    office.sends()
    assert office.reads(DM) == ["an offer"]


def test_what_was_posted_unnoticed_is_brought_up_to_date_all_the_same(office: Office) -> None:
    swap = office.subject("open")
    office.posts(swap, office.ana)
    office.sandbox.faults.timeout("chat.postMessage", done=True, seconds=0.01)
    office.sends()
    pauses(office)
    office.changes(swap, "taken")
    office.sends_all()
    assert office.reads(DM) == ["taken"]


SPANS = {
    "tonight": (NOON + timedelta(hours=10), NOON + timedelta(hours=18), ["an offer"]),
    "until now": (NOON - timedelta(hours=8), NOON, ["an offer"]),
    "from now on": (NOON, NOON + timedelta(hours=8), []),
}


@pytest.mark.parametrize("when", SPANS)
def test_a_schedule_counts_from_its_first_second_up_to_its_last(office: Office, when: str) -> None:
    start, end, read = SPANS[when]
    asked = says_of_ana(office, status(start, end))
    office.says("an offer", office.ana)
    office.sends()
    assert office.reads(DM) == read
    assert asked == [office.ana]


def test_slack_is_asked_only_of_whom_a_message_would_disturb(office: Office) -> None:
    asked = says_of_ana(office, {"ok": True, "dnd_enabled": False})
    swap = office.subject("open")
    office.posts(swap, office.desk_channel)
    office.posts(swap, office.ana, priority=Priority.PRESS)
    office.sends()
    office.changes(swap, "taken")
    office.sends()
    office.posts(office.subject(""), office.ben)
    office.says("too late", office.ben, expires_at=NOON)
    office.sends()
    assert (office.reads("#desk"), office.reads(DM), office.reads(DM, "ben")) == (["taken"], ["taken"], [])
    assert asked == []


FAULTS = {
    "a rate limit": Fault("ratelimited", INFO, 60),
    "a server error": Fault("status", INFO, 503),
    "no answer": Fault("timeout", INFO, 0.01),
    "a fatal error": Fault("fatal_error", INFO),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_where_slack_does_not_say_the_message_is_sent_at_once(office: Office, fault: str) -> None:
    pauses(office)
    office.sandbox.faults.add(FAULTS[fault])
    word = office.says("an offer", office.ana)
    office.sends()
    assert office.reads(DM) == ["an offer"]
    assert (office.row(word).tries, office.row(word).error) == (0, None)


def test_without_the_scope_everything_is_sent_and_slack_is_asked_once_a_minute(sessions: Sessions) -> None:
    with opened(sessions, {"dnd:read"}) as office:
        pauses(office)
        info, asked = office.slack.dnd_info, []

        def dnd_info(**said: Any) -> Any:
            asked.append(said)
            return info(**said)

        office.slack.dnd_info = dnd_info  # type: ignore[method-assign]
        for number in range(3):
            office.says(str(number), office.ana)
        office.sends()
        assert office.reads(DM) == ["0", "1", "2"]
        assert len(asked) == 1
        office.later(60)
        office.says("3", office.ana)
        office.sends()
        assert len(asked) == 2

"""A Home is published as a whole: never stale, whatever Slack and death do, and no oftener than it changes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.actions.cards import home_of
from bot.sandbox.faults import Fault
from bot.views.blocks import message, section
from storage.lanes import begin_attempt
from tests.outbox.office import NOON, Office, ops
from tests.outbox.test_failures import calls
from tests.outbox.test_lost_leases import meanwhile, take_over

PUBLISH = "views.publish"


def home(office: Office, text: str = "open") -> UUID:
    """Ana's Home shows this."""
    subject = office.subject(text)
    office.posts(subject, home_of(office.ana), key="home")
    office.sends()
    return subject


def reads(office: Office, who: str = "ana") -> str:
    """What somebody reads on their Home."""
    return office.sandbox.person(who).home().text


def test_a_home_is_published_and_follows_what_it_shows(office: Office) -> None:
    swap = home(office)
    assert reads(office) == "open"
    office.changes(swap, "taken")
    office.sends()
    assert reads(office) == "taken"
    assert office.reads("@floorwalker") == []


def test_a_home_that_would_show_the_same_is_not_published(office: Office) -> None:
    swap = home(office)
    published = calls(office, "views_publish")
    office.changes(swap, "open")
    office.sends()
    assert published == []
    assert office.due() == []


def test_quiet_hours_and_direct_messages_leave_a_home_alone(office: Office) -> None:
    office.quiet[office.ana] = NOON + timedelta(hours=8)
    office.says("for later", office.ana)
    home(office)
    assert reads(office) == "open"
    assert office.reads("@floorwalker") == []


def test_changes_of_one_second_are_published_together(office: Office) -> None:
    swap = home(office)
    published = calls(office, "views_publish")
    office.changes(swap, "taken")
    own, *_ = office.claims()
    office.desk.take(own)
    office.changes(swap, "approved")
    assert office.claims() == []
    office.changes(swap, "settled")
    office.later(1)
    office.sends()
    assert reads(office) == "settled"
    assert len(published) == 2


FAULTS: dict[str, list[Fault]] = {
    "500": [Fault("status", PUBLISH, 500, times=3)],
    "503": [Fault("status", PUBLISH, 503, times=3)],
    "429": [Fault("ratelimited", PUBLISH, 3, times=2)],
    "fatal error": [Fault("fatal_error", PUBLISH, times=3)],
    "not done, and no answer": [Fault("timeout", PUBLISH, 0.01, times=3)],
    "done, and no answer": [Fault("timeout_after", PUBLISH, 0.01, times=1)],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_passing_fault_leaves_no_home_stale(office: Office, fault: str) -> None:
    swap = home(office)
    for each in FAULTS[fault]:
        office.sandbox.faults.add(replace(each))
    office.changes(swap, "taken")
    office.sends_all()
    assert reads(office) == "taken"
    home_row = next(row for row in office.rows() if row.key == "home")
    assert (home_row.tries, home_row.error, home_row.attempt_at) == (0, None, None)


def test_what_was_published_unnoticed_is_taken_back_with_what_it_shows(office: Office) -> None:
    swap = home(office)
    office.changes(swap, "taken")
    office.sandbox.faults.timeout(PUBLISH, done=True, seconds=0.01)
    office.sends()
    assert reads(office) == "taken"
    office.changes(swap, "open")
    office.sends_all()
    assert reads(office) == "open"


def test_who_dies_right_after_publishing_leaves_no_home_stale(office: Office) -> None:
    swap = home(office)
    office.changes(swap, "taken")
    (own,) = office.claims()
    with office.deps.sessions.beside(own.workspace_id) as session:
        assert begin_attempt(session, own, office.rows()[-1].id, office.real)
    office.desk.courier(own.workspace_id).publish(office.ana, message("taken", section("taken")))
    assert reads(office) == "taken"
    office.changes(swap, "open")
    office.later(office.times.lease)
    office.sends()
    assert reads(office) == "open"


def test_a_home_that_is_published_late_is_put_right(office: Office) -> None:
    swap, other = home(office), office.another()

    def overtake() -> None:
        office.changes(swap, "newest")
        take_over(office, other)
        assert reads(office) == "newest"

    office.changes(swap, "stale")
    meanwhile(office, "views_publish", overtake, before=True)
    (own,) = office.claims()
    office.desk.take(own)
    assert reads(office) == "stale"
    office.sends()
    assert reads(office) == "newest"


def test_a_rate_limit_on_homes_holds_no_message_back(office: Office) -> None:
    swap = home(office)
    office.sandbox.faults.rate_limit(PUBLISH, retry_after=30)
    office.changes(swap, "taken")
    office.says("hello", office.ana)
    office.sends()
    assert office.reads("@floorwalker") == ["hello"]
    assert reads(office) == "open"
    office.later(30)
    office.sends()
    assert reads(office) == "taken"


def test_a_home_that_can_never_be_published_troubles_no_coordinator(office: Office) -> None:
    ops(office)
    subject = office.subject("open")
    row = office.posts(subject, home_of("U0NOBODY"), key="home")
    office.sends()
    assert office.row(row).state == "failed"
    assert office.reads("#ops") == []

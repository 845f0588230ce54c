"""One's own time zone and quiet hours, from the form to the messages that wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import build_cards, build_sender
from bot.sandbox import Modal
from jobs.outbox_turn import Times
from storage.tables import Message, Setting
from tests.workplace import Workplace, until

SHIFT = "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail"
MOVED = SHIFT.replace("17:00", "18:00")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with a roster and a shift."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(SHIFT)


def opens(work: Workplace, name: str = "ana") -> Modal:
    """The form."""
    work.person(name).types("/floor me")
    return work.person(name).sees_modal("My settings")


def saves(work: Workplace, name: str = "ana", zone: str | None = None, **fields: Any) -> Modal:
    """What stands there after the form was filled in and sent."""
    opens(work, name)
    person = work.person(name)
    if zone:
        person.picks("Time zone", zone)
    for label, value in fields.items():
        person.picks({"start": "From", "end": "To", "days": "Beginning on"}[label], value)
    person.submits()
    return person.sees_modal("My settings")


@contextmanager
def sending(work: Workplace) -> Iterator[None]:
    """The outbox is worked off."""
    sender = build_sender(work.deps, build_cards(work.deps), Times(pace=0, poll=0.02))
    sender.start()
    try:
        yield
    finally:
        sender.close()


def held(work: Workplace) -> list[Message]:
    """What waits for the end of quiet hours."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        statement = select(Message).where(
            Message.workspace_id == session.workspace_id, Message.ts.is_(None), Message.not_before.is_not(None)
        )
        return list(session.scalars(statement))


def test_a_zone_of_ones_own_holds_in_every_answer_until_slacks_is_wanted_again(everywhere: Workplace) -> None:
    prepare(everywhere)
    first = opens(everywhere)
    assert first.fields["Time zone"] == "As Slack says"
    assert first.fields["Beginning on"] == DAYS
    assert everywhere.person("ana").searches("Time zone", "new york") == [
        "As Slack says",
        "America/New York (UTC−5)",
    ]
    everywhere.person("ana").picks("Time zone", "America/New York (UTC−5)")
    everywhere.person("ana").submits()
    said = everywhere.person("ana").sees_modal("My settings").text
    assert "Times are those of America/New York." in said
    assert "You have no quiet hours" in said
    everywhere.person("ana").closes()
    assert "Fri, Nov 6, 03:00–11:00" in everywhere.asks("ana", "/shifts").text

    everywhere.changes("ana", tz="Asia/Tokyo")
    assert "03:00–11:00" in everywhere.asks("ana", "/shifts").text
    assert opens(everywhere).fields["Time zone"] == "America/New York (UTC−5)"
    everywhere.person("ana").picks("Time zone", "As Slack says")
    everywhere.person("ana").submits()
    everywhere.person("ana").closes()
    assert "Fri, Nov 6, 17:00–01:00" in everywhere.asks("ana", "/shifts").text


def test_quiet_hours_hold_a_message_back_until_they_end(everywhere: Workplace) -> None:
    prepare(everywhere)
    said = saves(everywhere, start="22:00", end="07:00", days=["Monday", "Friday"]).text
    assert "Quiet hours are from 22:00 to 07:00, beginning on Monday, Friday." in said
    everywhere.person("ana").closes()
    everywhere.at("2026-11-03 00:30")
    ana = everywhere.person("ana")
    with sending(everywhere):
        everywhere.shifts(MOVED)
        until(lambda: bool(held(everywhere)))
        assert [row.not_before for row in held(everywhere)] == [everywhere.instant("2026-11-03 07:00")]
        assert ana.sees("@floorwalker") == []
        everywhere.at("2026-11-03 07:00")
        assert "09:00–18:00" in ana.reads("One of your planned shifts has changed.", "@floorwalker").text


def test_a_message_outside_of_quiet_hours_is_there_at_once(desk: Workplace) -> None:
    saves(desk, start="22:00", end="07:00", days=["Monday"])
    desk.at("2026-11-04 00:30")  # the night of a Tuesday
    with sending(desk):
        desk.shifts(MOVED)
        assert "09:00–18:00" in desk.person("ana").reads("has changed", "@floorwalker").text


def test_what_was_chosen_stands_in_the_form_again_and_no_day_ends_the_quiet_hours(desk: Workplace) -> None:
    saves(desk, start="22:00", end="07:00", days=DAYS[:5])
    desk.person("ana").closes()
    fields = opens(desk).fields
    assert (fields["From"], fields["To"], fields["Beginning on"]) == ("22:00", "07:00", DAYS[:5])
    desk.person("ana").picks("Beginning on", [])
    desk.person("ana").submits()
    assert "You have no quiet hours" in desk.person("ana").sees_modal().text


@pytest.mark.parametrize(
    ("fields", "label", "error"),
    [
        ({"end": "07:00"}, "From", "Say from when on"),
        ({"start": "22:00"}, "To", "Say until when"),
        ({"start": "07:00", "end": time(7)}, "To", "never end"),
    ],
)
def test_what_cannot_be_quiet_hours_is_said_at_its_field_and_nothing_is_lost(
    desk: Workplace, fields: dict[str, Any], label: str, error: str
) -> None:
    modal = saves(desk, zone="America/New York (UTC−5)", **fields)
    assert list(modal.errors) == [label]
    assert error in modal.errors[label]
    assert modal.fields["Time zone"] == "America/New York (UTC−5)"
    with desk.deps.sessions.read(desk.sandbox.team_id) as session:
        kept = session.scalars(select(Setting.scope).where(Setting.workspace_id == session.workspace_id))
        assert [scope for scope in kept if scope.startswith("member:")] == []


def test_a_choice_is_audited_with_its_values_and_the_same_one_again_is_not(desk: Workplace) -> None:
    for _ in range(2):
        saves(desk, start="22:00", end="07:00", days=["Monday"])
        desk.person("ana").closes()
    lines = [line for line in desk.asks("ana", "/floor audit me").text.splitlines() if "themselves" in line]
    assert lines == [
        "• Mon, Nov 2, 12:00 · @Ana Ruiz · changed what they chose for themselves · "
        "quiet hours from: none → 22:00; quiet hours until: none → 07:00; quiet hours on: none → Monday"
    ]


def test_a_zone_alone_leaves_no_word_of_quiet_hours(desk: Workplace) -> None:
    saves(desk, zone="Europe/Lisbon (UTC)")
    desk.person("ana").closes()
    assert (
        desk.asks("ana", "/floor audit me")
        .text.splitlines()[-2]
        .endswith("changed what they chose for themselves · time zone: as usual → Europe/Lisbon")
    )


def test_a_contact_of_a_department_chooses_too(desk: Workplace) -> None:
    assert "Saved." in saves(desk, "carl", zone="Asia/Kolkata (UTC+5:30)").text


@pytest.mark.parametrize(
    ("fields", "then"),
    [({"end": "00:45"}, "2026-11-03 00:45"), ({"days": []}, None), ({"zone": "Asia/Kolkata (UTC+5:30)"}, None)],
)
def test_what_is_held_back_already_goes_by_the_new_quiet_hours(
    desk: Workplace, fields: dict[str, Any], then: str | None
) -> None:
    saves(desk, start="22:00", end="04:00", days=["Monday"])
    desk.person("ana").closes()
    desk.at("2026-11-03 00:30")
    ana = desk.person("ana")
    with sending(desk):
        desk.shifts(MOVED)
        until(lambda: bool(held(desk)))
        saves(desk, **fields)
        if then:
            until(lambda: [row.not_before for row in held(desk)] == [desk.instant(then)])
            assert ana.sees("@floorwalker") == []
            desk.at(then)
        assert "Fri, Nov 6" in ana.reads("has changed", "@floorwalker").text

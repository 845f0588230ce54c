"""Somebody subscribes to their shifts, the shifts change, and the address comes to an end."""

import re
from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from icalendar import Calendar, Event
from sqlalchemy import func, select, text

from bot.actions.imports import ImportInUse, undo_import
from bot.domain.periods import Period
from bot.domain.permissions import OPERATOR
from bot.sandbox import Shown
from bot.settings import Mode
from bot.web import Site
from jobs.absences import TURN
from storage.tables import Audit, Base, FeedToken
from tests.guard import lifted
from tests.sandbox.bots import served
from tests.scenarios.swapping import BEN_SAT, Floor
from tests.workplace import Workplace, opened

PUBLIC = "https://bot.example.com"
SHIFT = "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,voice,bring your badge"
ADDRESS = re.compile(rf"{re.escape(PUBLIC)}(/calendar/[\w-]{{43}}\.ics)")


def public(work: Workplace) -> None:
    """Calendars reach the bot from now on."""
    work.disconnect()
    work.settings = work.settings.model_copy(update={"public_url": f"{PUBLIC}/"})
    work.connect()


@pytest.fixture
def feeding(database_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """A workplace that calendars can reach, with one shift, on both databases."""
    with opened(database_url, Mode.HTTP, tmp_path) as work:
        public(work)
        work.at("2026-11-02 12:00")
        work.people()
        work.shifts(SHIFT)
        yield work


def path_in(shown: Shown) -> str:
    """Where the address leads."""
    [path] = set(ADDRESS.findall(shown.text))
    return str(path)


def subscribes(work: Workplace, name: str = "ana") -> str:
    """Has an address made for the first time."""
    return path_in(makes_one(work, name))


def makes_one(work: Workplace, name: str = "ana") -> Shown:
    """Asks, and has an address made; what is read then in that place."""
    return work.presses(name, "Make an address", work.asks(name, "/shifts calendar"))


def get(work: Workplace, path: str, method: str = "GET", **headers: str) -> requests.Response:
    """What a calendar is answered, that has no account in Slack."""
    return requests.request(method, f"{work.root}{path}", headers=headers, timeout=10)


def events(work: Workplace, path: str) -> list[Event]:
    """The shifts that a calendar finds."""
    response = get(work, path)
    assert response.status_code == 200, response.text
    return Calendar.from_ical(response.content).events


def presses(work: Workplace, label: str, on: Shown, name: str = "ana") -> Shown:
    """Presses a button and says yes."""
    person = work.person(name)
    person.presses(label, on, confirm=True)
    assert person.notices == []
    return person.refreshed(on)


def audited(work: Workplace) -> list[str]:
    """What the audit has of calendars, oldest first."""
    statement = select(Audit.action).where(
        Audit.workspace_id == work.sandbox.team_id, Audit.action.startswith("calendar.")
    )
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        return list(session.scalars(statement.order_by(Audit.at, Audit.id)))


def kept(work: Workplace) -> int:
    """How many addresses are stored, in force or not."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        return session.scalar(select(func.count()).where(FeedToken.workspace_id == session.workspace_id)) or 0


def test_somebody_subscribes_and_their_calendar_shows_their_shifts(everywhere: Workplace) -> None:
    public(everywhere)
    everywhere.at("2026-11-02 12:00")
    everywhere.people()
    everywhere.shifts(SHIFT, "ben@example.com,2026-11-07,09:00,17:00,Europe/London,mail")
    shown = makes_one(everywhere)
    assert shown.only_you
    assert shown.buttons == ["New address", "End the address"]

    site = Site(everywhere.floorwalker, everywhere.mode)
    with served(site) as root:
        response = requests.get(f"{root}{path_in(shown)}", timeout=10)
    if site.sockets:
        site.sockets.close()
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    [event] = Calendar.from_ical(response.content).events
    assert event.summary == "Voice shift"
    assert event.DTSTART.astimezone(UTC) == datetime(2026, 11, 6, 8, tzinfo=UTC)
    assert event.DTEND.astimezone(UTC) == datetime(2026, 11, 6, 16, tzinfo=UTC)
    assert "badge" not in response.text


def test_the_token_is_stored_nowhere_and_shown_once(
    feeding: Workplace, logged: list[MutableMapping[str, Any]]
) -> None:
    path = subscribes(feeding)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    again = feeding.asks("ana", "/shifts calendar")
    assert again.text.startswith("You have had a calendar address since Mon, Nov 2.")
    assert "No calendar has asked for it yet." in again.text
    assert token not in again.text

    assert len(events(feeding, path)) == 1
    feeding.at("2026-11-03 09:30")
    assert len(events(feeding, path)) == 1
    assert (
        "A calendar last asked for it on Tue, Nov 3, about 09:30." in feeding.asks("ana", "/shifts calendar").text
    )

    with lifted(), feeding.deps.sessions.engine.connect() as connection:
        stored = [repr(connection.execute(table.select()).all()) for table in Base.metadata.sorted_tables]
    assert any("bring your badge" in rows for rows in stored)
    assert not any(token in rows for rows in stored)
    assert token not in repr(logged)


def test_a_new_address_ends_the_old_one(feeding: Workplace) -> None:
    first = makes_one(feeding)
    old = path_in(first)
    new = path_in(presses(feeding, "New address", first))
    assert new != old
    assert get(feeding, old).status_code == 404
    assert len(events(feeding, new)) == 1
    assert audited(feeding) == ["calendar.start", "calendar.stop", "calendar.start"]
    read = feeding.asks("ana", "/floor audit me").text
    assert "made a calendar address for @Ana Ruiz" in read
    assert "ended the calendar address of @Ana Ruiz" in read


def test_who_thinks_better_of_it_keeps_the_address(feeding: Workplace) -> None:
    shown = makes_one(feeding)
    feeding.person("ana").presses("End the address", shown, confirm=False)
    assert get(feeding, path_in(shown)).status_code == 200


def test_an_address_that_was_stopped_is_as_good_as_one_that_never_was(feeding: Workplace) -> None:
    shown = makes_one(feeding)
    path = path_in(shown)
    stopped = presses(feeding, "End the address", shown)
    assert stopped.text.startswith("Your calendar address has ended")
    assert stopped.buttons == []
    answers = [
        get(feeding, each) for each in (path, f"/calendar/{'x' * 43}.ics", "/calendar/", "/calendar/a/b.ics")
    ]
    assert {(each.status_code, each.text) for each in answers} == {(404, "There is no such calendar.\n")}
    assert len(events(feeding, subscribes(feeding))) == 1


def test_without_a_public_address_it_is_said_who_has_to_set_what(work: Workplace) -> None:
    work.people()
    answer = work.asks("ana", "/shifts calendar").text
    assert answer.startswith("I cannot offer you a calendar yet")
    assert "Ask whoever runs Floorwalker to set FLOORWALKER_PUBLIC_URL" in answer
    assert kept(work) == 0


def test_who_is_deactivated_has_no_feed_even_when_they_are_back(feeding: Workplace) -> None:
    path = subscribes(feeding)
    feeding.changes("ana", deleted=True)
    assert get(feeding, path).status_code == 404
    feeding.changes("ana", deleted=False)
    assert get(feeding, path).status_code == 404
    assert audited(feeding) == ["calendar.start", "calendar.stop"]


def test_undoing_the_import_of_somebody_ends_their_feeds(feeding: Workplace) -> None:
    first = makes_one(feeding)
    paths = [path_in(first), path_in(presses(feeding, "New address", first))]
    undo_import(feeding.deps, feeding.sandbox.team_id, OPERATOR, 2)
    undo_import(feeding.deps, feeding.sandbox.team_id, OPERATOR, 1)
    assert [get(feeding, path).status_code for path in paths] == [404, 404]
    assert kept(feeding) == 0
    assert audited(feeding) == ["calendar.start", "calendar.stop", "calendar.start", "calendar.stop"]


def test_a_feed_goes_on_where_the_import_of_somebody_cannot_be_undone(feeding: Workplace) -> None:
    path = subscribes(feeding)
    with pytest.raises(ImportInUse):
        undo_import(feeding.deps, feeding.sandbox.team_id, OPERATOR, 1)
    assert len(events(feeding, path)) == 1


def test_looking_makes_no_address(feeding: Workplace) -> None:
    offered = feeding.asks("ana", "/shifts calendar")
    assert "I make an address for you" in offered.text
    assert offered.buttons == ["Make an address"]
    assert (kept(feeding), audited(feeding)) == (0, [])
    assert len(events(feeding, path_in(feeding.presses("ana", "Make an address", offered)))) == 1
    assert (kept(feeding), audited(feeding)) == (1, ["calendar.start"])


def test_an_address_that_was_made_meanwhile_is_not_ended_by_another_first_one(feeding: Workplace) -> None:
    first, second = (feeding.asks("ana", "/shifts calendar") for _ in range(2))
    path = path_in(feeding.presses("ana", "Make an address", first))
    again = feeding.presses("ana", "Make an address", second)
    assert again.text.startswith("You have had a calendar address since Mon, Nov 2.")
    assert get(feeding, path).status_code == 200
    assert kept(feeding) == 1


def test_a_calendar_that_has_the_newest_version_is_told_so(feeding: Workplace) -> None:
    path = subscribes(feeding)
    first = get(feeding, path)
    tag = first.headers["ETag"]
    feeding.at("2026-11-04 12:00")
    for held in (tag, f"W/{tag}", f'"other", {tag}'):
        again = get(feeding, path, **{"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)

    feeding.shifts("ana@example.com,2026-11-06,10:00,18:00,Europe/Berlin,voice")
    changed = get(feeding, path, **{"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_head_tells_the_same_without_the_calendar_and_nothing_is_written_there(feeding: Workplace) -> None:
    path = subscribes(feeding)
    whole, head = get(feeding, path), get(feeding, path, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["ETag"] == whole.headers["ETag"]
    gone = get(feeding, f"/calendar/{'x' * 43}.ics", "HEAD")
    assert (gone.status_code, gone.content) == (404, b"")
    refused = get(feeding, path, "POST")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_a_shift_that_moves_is_the_same_event_with_a_higher_number(feeding: Workplace) -> None:
    path = subscribes(feeding)
    [planned] = events(feeding, path)
    feeding.at("2026-11-03 12:00")
    feeding.shifts("ana@example.com,2026-11-06,10:00,18:00,Europe/Berlin,voice")
    [moved] = events(feeding, path)
    assert moved.uid == planned.uid
    assert moved.sequence > planned.sequence
    assert planned.LAST_MODIFIED + timedelta(hours=23) < moved.LAST_MODIFIED
    assert moved.DTSTART.hour == 10

    undo_import(feeding.deps, feeding.sandbox.team_id, OPERATOR, 3)
    [back] = events(feeding, path)
    assert back.uid == planned.uid
    assert back.sequence > moved.sequence
    assert back.DTSTART.hour == 9


def test_a_shift_that_is_removed_is_cancelled_for_a_while(feeding: Workplace) -> None:
    path = subscribes(feeding)
    [planned] = events(feeding, path)
    friday = datetime(2026, 11, 6, tzinfo=UTC).date()
    feeding.shifts("ben@example.com,2026-11-06,09:00,17:00,Europe/London", replaced=(friday, friday))
    [gone] = events(feeding, path)
    assert (gone.uid, gone["STATUS"]) == (planned.uid, "CANCELLED")
    assert gone.sequence > planned.sequence
    feeding.at("2026-11-29 12:00")
    assert [each["STATUS"] for each in events(feeding, path)] == ["CANCELLED"]
    feeding.at("2026-12-01 12:00")
    assert events(feeding, path) == []


def test_a_shift_whose_import_is_undone_is_cancelled(feeding: Workplace) -> None:
    path = subscribes(feeding)
    [planned] = events(feeding, path)
    undo_import(feeding.deps, feeding.sandbox.team_id, OPERATOR, 2)
    [gone] = events(feeding, path)
    assert (gone.uid, gone["STATUS"]) == (planned.uid, "CANCELLED")
    assert gone.sequence > planned.sequence
    assert gone.DTSTART == planned.DTSTART


def test_a_feed_goes_from_four_weeks_back_to_half_a_year_ahead(feeding: Workplace) -> None:
    path = subscribes(feeding)
    days = ("2026-10-04", "2026-10-06", "2027-05-02", "2027-05-04")
    feeding.shifts(*(f"ana@example.com,{day},09:00,17:00,Europe/Berlin" for day in days))
    found = [f"{each.DTSTART:%Y-%m-%d}" for each in events(feeding, path)]
    assert found == ["2026-10-06", "2026-11-06", "2027-05-02"]


def test_a_swap_moves_a_shift_from_one_calendar_to_the_other(floor: Floor) -> None:
    public(floor.work)
    ana, ben = (subscribes(floor.work, name) for name in ("ana", "ben"))
    planned = {each.uid: each.sequence for each in events(floor.work, ana)}
    floor.proposes("ana", "fri with @ben", BEN_SAT)
    floor.presses("ben", "Accept")
    assert floor.works("ana") == ["Nov 7", "Nov 13"]

    after = events(floor.work, ana)
    assert [(f"{each.DTSTART:%b %-d}", each["STATUS"]) for each in after] == [
        ("Nov 6", "CANCELLED"),
        ("Nov 7", "CONFIRMED"),
        ("Nov 13", "CONFIRMED"),
    ]
    assert after[0].sequence > planned[after[0].uid]
    assert after[2].sequence == planned[after[2].uid]
    theirs = {f"{each.DTSTART:%b %-d}": each for each in events(floor.work, ben)}
    assert (theirs["Nov 6"]["STATUS"], theirs["Nov 7"]["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert theirs["Nov 6"].uid != after[0].uid


def test_a_database_that_is_away_is_answered_without_a_word_about_the_address(
    feeding: Workplace, logged: list[MutableMapping[str, Any]]
) -> None:
    path = subscribes(feeding)
    with lifted(), feeding.deps.sessions.engine.begin() as connection:
        connection.execute(text("ALTER TABLE feed_token RENAME TO feed_token_away"))
    answer = get(feeding, path)
    assert (answer.status_code, answer.text) == (503, "Not now. Please ask again later.\n")
    failed = [line for line in logged if line["event"] == "a calendar feed failed"]
    assert len(failed) == 1
    assert path.removeprefix("/calendar/").removesuffix(".ics") not in repr(failed)


def test_who_is_away_finds_that_in_their_calendar_and_nobody_finds_why(feeding: Workplace) -> None:
    path = subscribes(feeding)
    done = feeding.presses("ana", "Yes", feeding.asks("ana", "/sick fri"))
    feeding.at("2026-11-02 12:03")
    TURN.run(feeding.deps, feeding.sandbox.team_id, Period("now", feeding.deps.clock()))
    standing = [each for each in events(feeding, path) if each["STATUS"] == "CONFIRMED"]
    assert [(each.summary, each.DTSTART.astimezone(UTC), each.DTEND.astimezone(UTC)) for each in standing] == [
        ("Away", datetime(2026, 11, 5, 23, tzinfo=UTC), datetime(2026, 11, 6, 23, tzinfo=UTC))
    ]
    assert "sick" not in get(feeding, path).text.lower()
    feeding.presses("ana", "Take it back", done)
    assert [each.summary for each in events(feeding, path) if each["STATUS"] == "CONFIRMED"] == ["Voice shift"]

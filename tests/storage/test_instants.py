"""Points in time come back as they were given, aware and in UTC, from both databases."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from storage.db import Sessions, open_engine
from storage.tables import Note, Shift
from tests.storage.rows import MONDAY, a_note, a_shift

# Either side of a year that databases write with four digits in every zone.
instants = st.datetimes(
    datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=st.timezones() | st.just(timezone(timedelta(hours=14)))
)


def _store(sessions: Sessions, written_at: datetime) -> UUID:
    with sessions.write("T1") as session:
        note = a_note("T1", written_at=written_at)
        session.add(note)
    return note.id


def _read(sessions: Sessions, note_id: UUID) -> datetime:
    with sessions.read("T1") as session:
        return session.get_one(Note, ("T1", note_id)).written_at


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(instant=instants)
def test_an_instant_comes_back_aware_in_utc_and_to_the_microsecond(sessions: Sessions, instant: datetime) -> None:
    found = _read(sessions, _store(sessions, instant))
    assert found.tzinfo is UTC
    assert found == instant.astimezone(UTC)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(first=instants, second=instants)
def test_the_database_orders_instants_as_time_does(sessions: Sessions, first: datetime, second: datetime) -> None:
    with sessions.write("T1") as session:
        earlier, later = a_note("T1", written_at=first), a_note("T1", written_at=second)
        session.add_all([earlier, later])
        session.flush()
        found = session.scalars(
            select(Note.id).where(
                Note.workspace_id == "T1", Note.id.in_([earlier.id, later.id]), Note.written_at < second
            )
        ).all()
    # Compared in UTC: within one zone Python compares what the clocks show.
    assert (earlier.id in found) == (first.astimezone(UTC) < second.astimezone(UTC))
    assert later.id not in found


def test_a_naive_instant_is_refused(sessions: Sessions) -> None:
    with pytest.raises(StatementError, match="a naive time cannot be stored as an instant: 2026-03-02T09:00:00"):
        _store(sessions, MONDAY.replace(tzinfo=None))


def test_a_naive_instant_is_refused_in_a_condition_too(sessions: Sessions) -> None:
    with sessions.read("T1") as session, pytest.raises(StatementError, match="naive"):
        session.execute(
            select(Note).where(Note.workspace_id == "T1", Note.written_at > MONDAY.replace(tzinfo=None))
        )


def test_the_repeated_hour_of_autumn_keeps_both_its_instants(sessions: Sessions) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=berlin) for fold in (0, 1))
    assert _read(sessions, _store(sessions, first)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert _read(sessions, _store(sessions, second)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_wall_clock_times_come_back_as_they_were_written(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        shift = a_shift("T1")
        session.add(shift)
    with sessions.read("T1") as session:
        found = session.get_one(Shift, ("T1", shift.id))
    assert found.start_local == datetime(2026, 3, 2, 9)
    assert found.start_local.tzinfo is None


def test_the_zone_of_the_database_server_changes_nothing(postgresql_url: str) -> None:
    sessions = Sessions(open_engine(f"{postgresql_url}&options=-c%20timezone%3DAsia/Kolkata"))
    assert _read(sessions, _store(sessions, MONDAY)) == MONDAY
    sessions.close()

"""What each person had in a year is counted from what was really worked, and counted anew each night."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.actions.fairness import burdens, count_burdens, share_of
from bot.actions.holidays import holidays_of
from bot.actions.settings import preferences
from bot.actions.settings_change import change_settings
from bot.domain.fairness import Burden, Hardship, Share
from bot.domain.permissions import OPERATOR
from storage import tables
from storage.tables import Assignment, Cover, CoverPart
from tests.actions.desk import Desk

NOW = datetime(2026, 9, 28, 8, tzinfo=UTC)
SATURDAY_NIGHT = "ana@example.com,2026-09-05,22:00,06:00"
WORKED = (
    SATURDAY_NIGHT,
    "ana@example.com,2026-08-12,09:00,17:00",
    "ana@example.com,2025-10-03,09:00,17:00",  # a holiday in Germany
    "ben@example.com,2026-09-06,09:00,17:00",
    ",2026-09-12,09:00,17:00",
)
NIGHT, WEEKEND, HOLIDAY, LAST_MINUTE = Hardship


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """Ana had a night that was at the weekend, and Ben a Sunday."""
    desk.people()
    desk.shifts(*WORKED)
    count_burdens(desk.deps, "T1")
    return desk


def had(desk: Desk, name: str, now: datetime = NOW) -> dict[str, int]:
    """What somebody had of what, if they had any of it."""
    member_id = desk.member(name).id
    with desk.deps.sessions.read("T1") as session:
        counts = burdens(session, [member_id], now)[member_id].counts
    return {each.value: number for each, number in counts.items() if number}


def months(desk: Desk) -> list[tuple[str, date]]:
    """The months that are counted, of whom."""
    names = {desk.member(name).id: name for name in ("ana", "ben", "carl")}
    with desk.deps.sessions.read("T1") as session:
        rows = session.scalars(select(tables.Burden).where(tables.Burden.workspace_id == "T1"))
        return sorted((names[row.member_id], row.month) for row in rows)


def revision(desk: Desk) -> int:
    with desk.deps.sessions.read("T1") as session:
        return session.revision()


def shift_of(desk: Desk, day: int) -> Assignment:
    """What is worked of September's shift that begins on a day."""
    with desk.deps.sessions.read("T1") as session:
        rows = session.scalars(
            select(Assignment).where(Assignment.workspace_id == "T1", Assignment.replaced_at.is_(None))
        )
        return next(row for row in rows if (row.start.month, row.start.day) == (9, day))


def test_a_year_is_counted_by_the_shifts_and_months_in_which_somebody_worked(worked: Desk) -> None:
    assert had(worked, "ana") == {"night": 1, "weekend": 1}
    assert had(worked, "ben") == {"weekend": 1}
    assert had(worked, "carl") == {}
    assert months(worked) == [
        ("ana", date(2025, 10, 1)),
        ("ana", date(2026, 8, 1)),
        ("ana", date(2026, 9, 1)),
        ("ben", date(2026, 9, 1)),
    ]


def test_a_holiday_is_one_where_the_team_has_it(worked: Desk) -> None:
    change_settings(worked.deps, "T1", OPERATOR, "workspace", {"holidays": "de"})
    count_burdens(worked.deps, "T1")
    assert had(worked, "ana") == {"night": 1, "weekend": 1, "holiday": 1}
    with worked.deps.sessions.read("T1") as session:
        preferred = preferences(session)
        assert date(2026, 10, 3) in holidays_of(preferred, date(2026, 10, 1), date(2026, 10, 5))
        assert holidays_of(preferred.model_copy(update={"holidays": None}), date.min, date.max) == frozenset()


def test_what_nothing_changed_writes_nothing_and_what_was_corrected_is_right_the_next_night(worked: Desk) -> None:
    before = revision(worked)
    count_burdens(worked.deps, "T1")
    assert revision(worked) == before
    row = shift_of(worked, 6)
    row.member_id = worked.member("ana").id
    with worked.deps.sessions.write("T1") as session:
        session.merge(row)
    count_burdens(worked.deps, "T1")
    assert had(worked, "ana") == {"night": 1, "weekend": 2}
    assert had(worked, "ben") == {}
    assert "ben" not in dict(months(worked))


def test_what_has_not_begun_is_not_counted_and_what_is_too_long_ago_no_more(desk: Desk) -> None:
    desk.people()
    desk.shifts(*WORKED, "ana@example.com,2026-09-28,22:00,06:00")
    count_burdens(desk.deps, "T1")
    assert had(desk, "ana") == {"night": 1, "weekend": 1}
    later = replace(desk.deps, clock=lambda: datetime(2026, 12, 1, 8, tzinfo=UTC))
    count_burdens(later, "T1")
    assert had(desk, "ana", later.clock()) == {"night": 2, "weekend": 1}
    assert ("ana", date(2025, 10, 1)) not in months(desk)
    assert had(desk, "ana", datetime(2027, 10, 1, tzinfo=UTC)) == {}


@pytest.mark.parametrize(
    ("taker", "state", "taken_at", "counted"),
    [
        ("ben", "confirmed", datetime(2026, 9, 5, 10, tzinfo=UTC), True),
        ("ben", "confirmed", datetime(2026, 9, 5, 6, tzinfo=UTC), False),
        ("ben", "undone", datetime(2026, 9, 5, 10, tzinfo=UTC), False),
        ("ana", "confirmed", datetime(2026, 9, 5, 10, tzinfo=UTC), False),  # who does not work it any more
    ],
)
def test_a_cover_agreed_to_less_than_a_day_before_counts_for_whoever_works_it(
    worked: Desk, taker: str, state: str, taken_at: datetime, counted: bool
) -> None:
    row = shift_of(worked, 6)
    cover = a_cover(row, owner_id=worked.member("ana").id)
    worked.put(cover)
    worked.put(a_part(cover, worked.member(taker).id, state=state, taken_at=taken_at))
    count_burdens(worked.deps, "T1")
    assert had(worked, "ben") == {"weekend": 1} | ({"last minute": 1} if counted else {})
    assert LAST_MINUTE.value not in had(worked, "ana")


def test_burdens_are_those_of_everybody_who_is_asked_for(worked: Desk) -> None:
    known, unknown = worked.member("ben").id, uuid4()
    with worked.deps.sessions.read("T1") as session:
        found = burdens(session, [unknown, known], NOW)
        assert burdens(session, [], NOW) == {}
    assert found[known].of((WEEKEND,)) == 1
    assert found[unknown] == Burden()


def test_a_share_tells_what_is_usual_where_enough_people_still_work_here(worked: Desk) -> None:
    alone = share(worked, "ana")
    assert alone
    assert (alone.since, alone.had.of((NIGHT,)), alone.usual) == (date(2025, 9, 1), 1, None)
    assert share(worked, "carl") is None

    others = [("deb", "22:00,06:00"), ("eli", "22:00,06:00"), ("fay", "09:00,17:00")]
    worked.people("email,name\n" + "".join(f"{name}@example.com,{name}\n" for name, _ in others))
    worked.shifts(*(f"{name}@example.com,2026-09-08,{hours}" for name, hours in others))
    count_burdens(worked.deps, "T1")
    among_five = share(worked, "ana")
    assert among_five
    assert among_five.usual == {NIGHT: 1, WEEKEND: 0, HOLIDAY: 0, LAST_MINUTE: 0}

    gone = worked.member("deb")
    gone.deactivated_at = NOW
    with worked.deps.sessions.write("T1") as session:
        session.merge(gone)
    among_four = share(worked, "ana")
    assert among_four
    assert among_four.usual is None


def share(desk: Desk, name: str) -> Share | None:
    """What somebody is shown of theirs."""
    with desk.deps.sessions.read("T1") as session:
        return share_of(session, desk.member(name).id, NOW)


def a_cover(row: Assignment, owner_id: UUID) -> Cover:
    """All of what was worked, given away."""
    times = {"start": row.start, "end": row.end, "opened_at": row.start, "expires_at": row.start}
    ids = {"id": uuid4(), "shift_id": row.shift_id, "owner_id": owner_id}
    return Cover(workspace_id="T1", number=1, state="covered", **ids, **times)


def a_part(cover: Cover, taker_id: UUID, **what: Any) -> CoverPart:
    """All of it, taken."""
    ids = {"id": uuid4(), "cover_id": cover.id, "taker_id": taker_id}
    return CoverPart(workspace_id="T1", start=cover.start, end=cover.end, review={}, **ids, **what)

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.actions.shifts_import import Clashing, ShiftImport
from bot.domain.imports import BadFile
from storage.tables import Assignment, Member, Note, Queue, Shift
from tests.actions.desk import NOW, Desk, account

MONDAY = "ana@example.com,2026-10-05,09:00,17:00,,Mail,front desk"
TUESDAY = "ana@example.com,2026-10-06,09:00,17:00,,Mail"
NIGHT = "ben@example.com,2026-10-05,22:00,06:00,,Phones"
OPEN = ",2026-10-05,10:00,14:00,Europe/Berlin,Mail"
WEEK = date(2026, 10, 5), date(2026, 10, 11)


@pytest.fixture(autouse=True)
def _roster(desk: Desk) -> None:
    desk.people()


def counts(done: ShiftImport) -> tuple[int, int, int, int, int]:
    plan = done.plan
    return len(plan.added), len(plan.moved), len(plan.removed), len(plan.clashes), plan.unchanged


def rows_of(desk: Desk, shift: Shift) -> list[Assignment]:
    """The assignments of a shift that stand."""
    with desk.deps.sessions.read("T1") as session:
        return list(
            session.scalars(
                select(Assignment).where(
                    Assignment.workspace_id == "T1",
                    Assignment.shift_id == shift.id,
                    Assignment.replaced_at.is_(None),
                )
            )
        )


def decide(desk: Desk, shift: Shift, cause: str = "swap") -> None:
    """Ben works Ana's shift, as another capability would have it."""
    ben = desk.member("ben")
    with desk.deps.sessions.write("T1") as session:
        [stands] = session.scalars(
            select(Assignment).where(Assignment.workspace_id == "T1", Assignment.shift_id == shift.id)
        )
        stands.replaced_at = NOW
        session.add(
            Assignment(
                workspace_id="T1",
                id=desk.deps.new_id(),
                shift_id=shift.id,
                member_id=ben.id,
                start=shift.start,
                end=shift.end,
                cause=cause,
                assigned_at=NOW,
                replaced_at=None,
            )
        )


def test_shifts_are_stored_with_their_times_queue_and_note(desk: Desk) -> None:
    done = desk.shifts(MONDAY, NIGHT, OPEN)
    assert (done.number, counts(done), done.new_queues) == (2, (3, 0, 0, 0, 0), ("Mail", "Phones"))
    day, open_shift, night = desk.base()
    assert (day.start_local, day.time_zone) == (datetime(2026, 10, 5, 9), "Europe/Berlin")
    assert (day.start, day.end) == (datetime(2026, 10, 5, 7, tzinfo=UTC), datetime(2026, 10, 5, 15, tzinfo=UTC))
    assert (night.end_local, night.time_zone) == (datetime(2026, 10, 6, 6), "Europe/London")
    assert (open_shift.member_id, open_shift.time_zone) == (None, "Europe/Berlin")
    with desk.deps.sessions.read("T1") as session:
        queues = {row.id: row.name for row in session.scalars(select(Queue).where(Queue.workspace_id == "T1"))}
        [note] = session.scalars(select(Note).where(Note.workspace_id == "T1"))
    assert [queues[each.queue_id] for each in (day, night, open_shift) if each.queue_id] == [
        "Mail",
        "Phones",
        "Mail",
    ]
    assert (day.note_id, note.text) == (note.id, "front desk")


def test_each_shift_is_worked_by_its_owner_from_start_to_end(desk: Desk) -> None:
    desk.shifts(MONDAY, OPEN)
    for shift in desk.base():
        [assignment] = rows_of(desk, shift)
        assert (assignment.member_id, assignment.start, assignment.end) == (
            shift.member_id,
            shift.start,
            shift.end,
        )
        assert assignment.cause == "base"


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 7), ("2026-10-24", 9)])
def test_a_night_in_which_clocks_change_has_the_hours_that_pass(desk: Desk, day: str, hours: int) -> None:
    desk.shifts(f"ana@example.com,{day},22:00,06:00")
    [shift] = desk.base()
    assert shift.end - shift.start == timedelta(hours=hours)


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.shifts(MONDAY, NIGHT, OPEN, OPEN)
    before = desk.everything()
    again = desk.shifts(MONDAY, NIGHT, OPEN, OPEN)
    assert (again.number, counts(again)) == (None, (0, 0, 0, 0, 4))
    assert desk.everything() == before


def test_queues_in_other_letters_are_the_same_queues(desk: Desk) -> None:
    desk.shifts(MONDAY, OPEN.replace("Mail", "mail"))
    assert len(desk.tables()["queue"]) == 1
    again = desk.shifts(MONDAY.replace("Mail", "MAIL"), OPEN)
    assert (again.number, again.new_queues, counts(again)) == (None, (), (0, 0, 0, 0, 2))


def test_a_dry_run_says_what_the_import_then_does_and_writes_nothing(desk: Desk) -> None:
    desk.shifts(MONDAY, TUESDAY, OPEN)
    before = desk.everything()
    lines = MONDAY.replace("17:00", "18:00"), NIGHT
    preview = desk.shifts(*lines, replaced=WEEK, dry_run=True)
    assert desk.everything() == before
    done = desk.shifts(*lines, replaced=WEEK)
    assert (preview.number, done.number) == (None, 3)
    assert (preview.plan, preview.new_queues, preview.left) == (done.plan, done.new_queues, done.left)
    assert counts(done) == (1, 1, 2, 0, 0)


def test_a_move_replaces_what_is_worked_and_keeps_the_former_assignment(desk: Desk) -> None:
    desk.shifts(MONDAY)
    [before] = desk.base()
    desk.shifts(MONDAY.replace("17:00", "18:00"))
    [after] = desk.base()
    assert (after.id, after.end_local, after.note_id) == (before.id, datetime(2026, 10, 5, 18), before.note_id)
    [assignment] = rows_of(desk, after)
    assert (assignment.start, assignment.end) == (after.start, after.end)
    assert len(desk.tables()["assignment"]) == 2


def test_another_queue_or_note_leaves_alone_who_works_the_shift(desk: Desk) -> None:
    desk.shifts(MONDAY)
    [shift] = desk.base()
    decide(desk, shift)
    worked = desk.tables()["assignment"]
    done = desk.shifts(MONDAY.replace("Mail", "Chat").replace("front", "back"))
    assert counts(done) == (0, 1, 0, 0, 0)
    assert desk.tables()["assignment"] == worked
    assert desk.base()[0].queue_id != shift.queue_id


def test_an_empty_queue_clears_it_and_a_missing_column_keeps_it(desk: Desk) -> None:
    desk.shifts(MONDAY)
    kept = desk.shifts("ana@example.com,2026-10-05,09:00,17:00", columns="email,date,start,end")
    assert (kept.number, desk.base()[0].queue_id is None) == (None, False)
    desk.shifts("ana@example.com,2026-10-05,09:00,17:00,,,")
    assert (desk.base()[0].queue_id, desk.base()[0].note_id) == (None, None)


def test_only_what_the_range_holds_is_removed(desk: Desk) -> None:
    desk.shifts(MONDAY, TUESDAY, NIGHT)
    done = desk.shifts(NIGHT, replaced=(date(2026, 10, 5), date(2026, 10, 5)))
    assert counts(done) == (0, 0, 1, 0, 1)
    assert [shift.start_local.day for shift in desk.base()] == [5, 6]


def test_a_header_alone_empties_the_range(desk: Desk) -> None:
    desk.shifts(MONDAY, NIGHT)
    assert counts(desk.shifts(replaced=WEEK)) == (0, 0, 2, 0, 0)
    assert desk.base() == []


def test_a_header_alone_changes_nothing_without_a_range(desk: Desk) -> None:
    desk.shifts(MONDAY)
    assert desk.shifts().number is None
    assert len(desk.base()) == 1


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("ana@example.com,2026-10-06,16:00,20:00,,Mail", 3),
        ("ana@example.com,2026-10-05,23:00,10:00,,Mail", 3),
        ("ana@example.com,2026-10-05,16:00,18:00,,Chat", 0),
        ("ana@example.com,2026-10-04,20:00,09:30,,Chat", 0),
    ],
)
def test_a_clash_refuses_the_whole_file(desk: Desk, line: str, other: int) -> None:
    desk.shifts(MONDAY)
    before = desk.everything()
    lines = NIGHT, TUESDAY, MONDAY, line
    preview = desk.shifts(*lines, dry_run=True)
    with pytest.raises(Clashing) as refusal:
        desk.shifts(*lines)
    assert desk.everything() == before
    assert refusal.value.preview == preview
    [clash] = preview.plan.clashes
    numbers = {each.row.line for each in (clash.line, clash.other) if hasattr(each, "row")}
    assert numbers == ({5, other} if other else {5})


def test_shifts_that_meet_do_not_clash(desk: Desk) -> None:
    desk.shifts(MONDAY)
    desk.shifts("ana@example.com,2026-10-05,17:00,22:00", "ana@example.com,2026-10-05,00:00,09:00", MONDAY)
    assert len(desk.base()) == 3


def test_the_calendars_of_two_zones_do_not_hide_a_clash(desk: Desk) -> None:
    desk.shifts("ana@example.com,2026-10-05,00:00,23:00,Pacific/Kiritimati")
    with pytest.raises(Clashing):
        desk.shifts("ana@example.com,2026-10-03,23:00,22:00,Etc/GMT+12")


def test_one_bad_line_keeps_the_good_ones_out(desk: Desk) -> None:
    before = desk.everything()
    with pytest.raises(BadFile) as refusal:
        desk.shifts(MONDAY, "eve@example.com,2026-10-05,9,17:00")
    assert [(each.line, each.column) for each in refusal.value.problems] == [(3, "email"), (3, "start")]
    assert desk.everything() == before


def test_a_decision_about_another_shift_stands_in_nobodys_way(desk: Desk) -> None:
    desk.shifts(MONDAY, TUESDAY)
    decide(desk, desk.base()[1])
    desk.shifts(MONDAY.replace("17:00", "18:00"), TUESDAY)
    assert desk.base()[0].end_local == datetime(2026, 10, 5, 18)
    assert rows_of(desk, desk.base()[1])[0].member_id == desk.member("ben").id


def test_who_has_left_slack_is_named_once(desk: Desk) -> None:
    desk.people("email,name,slack_id\nben@example.com,Ben Okafor,U0BEN\n", [account("ben", deleted=True)])
    done = desk.shifts(MONDAY, NIGHT, NIGHT.replace("10-05", "10-06"))
    assert [(each.line.row.line, each.name) for each in done.left] == [(3, "Ben")]


def test_an_import_leaves_an_audit_line_with_its_number(desk: Desk) -> None:
    desk.shifts(MONDAY)
    assert desk.audit() == [("import.people", 1), ("import.shifts", 2)]


_workspaces = (f"T{number}" for number in count(2))
_PEOPLE = ("ana@example.com", "ben@example.com", "")
_FIRST = date(2026, 10, 19)  # clocks change in the week, in Berlin and in London


@st.composite
def _files(draw: st.DrawFn) -> list[str]:
    """Lines that never put anybody on two shifts at once: at most one of each person and day, within the day."""
    lines = []
    for person in _PEOPLE:
        for day in draw(st.sets(st.integers(0, 9))):
            start, hours = draw(st.integers(0, 11)), draw(st.integers(1, 12))
            queue, note = (
                draw(st.sampled_from(["", "Mail", "mail", "Chat"])),
                draw(st.sampled_from(["", "x", "y"])),
            )
            end = f"{(start + hours) % 24:02}:30"
            lines.append(f"{person},{_FIRST + timedelta(days=day)},{start:02}:30,{end},,{queue},{note}")
    return draw(st.permutations(lines))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(former=_files(), file=_files())
def test_afterwards_the_base_is_what_the_file_says_until_it_is_undone(
    desk: Desk, former: list[str], file: list[str]
) -> None:
    other = Desk(desk.deps, desk.folder, next(_workspaces))
    other.people()
    other.shifts(*former)
    before = other.tables()
    days = _FIRST, _FIRST + timedelta(days=9)
    preview = other.shifts(*file, replaced=days, dry_run=True)
    done = other.shifts(*file, replaced=days)
    assert preview.plan == done.plan
    assert _said(other) == sorted(line.casefold() for line in file)
    assert other.shifts(*file, replaced=days).number is None
    if done.number is not None:
        other.undo(done.number)
    assert other.tables() == before


def _said(desk: Desk) -> list[str]:
    """The base as the lines of a file."""
    names: dict[UUID | None, str] = {None: ""}
    with desk.deps.sessions.read(desk.workspace_id) as session:
        for column in (Member.email, Queue.name, Note.text):
            table = column.class_
            rows = session.execute(select(table.id, column).where(table.workspace_id == desk.workspace_id))
            names |= dict(rows.all())
    return sorted(
        ",".join(
            [
                names[each.member_id],
                f"{each.start_local:%Y-%m-%d,%H:%M},{each.end_local:%H:%M}",
                "",
                names[each.queue_id].casefold(),
                names[each.note_id],
            ]
        )
        for each in desk.base()
    )

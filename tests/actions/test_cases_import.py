"""Files of cases: opened once, brought up to date by a second one, and taken back whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select

from bot.actions.cases_import import CasesImport, import_cases
from bot.actions.cases_look import load_case
from bot.actions.cases_turn import case_of, happen
from bot.actions.imports import ImportInUse, undo_import
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps
from bot.domain import cases_import
from bot.domain.cases import Happening, Kind, State
from bot.domain.cases_do import customer_wrote
from bot.domain.imports import BadFile
from bot.domain.permissions import OPERATOR
from bot.views.cases_log import log_line
from bot.views.formats import Formats
from storage.cases import events_of
from storage.sla import clock_rows
from storage.tables import Audit, Case, CaseClock, CaseEvent
from tests.actions.desk import NOW, Desk

HEADER = "reference,title,customer,state,priority,queue,owner,tags,opened,source"


@pytest.fixture
def cases(desk: Desk) -> "Files":
    desk.people()
    return Files(desk)


class Files:
    """A desk that is given files of cases."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def takes(self, *lines: str, dry_run: bool = False, header: str = HEADER) -> CasesImport:
        path = self.desk.folder / "cases.csv"
        path.write_text("\n".join([header, *lines]), encoding="utf-8")
        rows = read_table("cases.csv", path, cases_import.REQUIRED)
        return import_cases(
            self.desk.deps, self.desk.workspace_id, OPERATOR, rows, files="cases.csv", dry_run=dry_run
        )

    def stored(self) -> list[tuple[object, ...]]:
        """Number, title, state, priority, owner's first name, tags and when it is due, of every case."""
        with self.desk.deps.sessions.read(self.desk.workspace_id) as session:
            rows = session.scalars(
                select(Case).where(Case.workspace_id == session.workspace_id).order_by(Case.number)
            )
            return [(row.number, row.title, row.state, row.priority, row.tags) for row in rows]

    def clocks(self, number: int) -> dict[str, str]:
        """How the clocks of a case stand."""
        with self.desk.deps.sessions.read(self.desk.workspace_id) as session:
            rows = clock_rows(session, [case_of(session, str(number)).id])
            return {metric: row.state for each in rows.values() for metric, row in each.items()}

    def audited(self) -> list[str]:
        """What the audit has, but for what came before."""
        with self.desk.deps.sessions.read(self.desk.workspace_id) as session:
            lines = session.scalars(select(Audit).where(Audit.workspace_id == session.workspace_id))
            return sorted(row.action for row in lines if row.action.startswith(("case", "import.cases")))

    def log(self, number: int) -> list[str]:
        """What the log of a case says, the newest first."""
        with self.desk.deps.sessions.read(self.desk.workspace_id) as session:
            shown = load_case(session, case_of(session, str(number)), NOW)
            return [log_line(each, Formats(ZoneInfo("UTC"))).split(" · ", 1)[1] for each in shown.log]

    def count(self, table: type[CaseEvent] | type[CaseClock]) -> int:
        with self.desk.deps.sessions.read(self.desk.workspace_id) as session:
            return len(session.scalars(select(table).where(table.workspace_id == session.workspace_id)).all())


@contextmanager
def counted(deps: Deps) -> Iterator[list[int]]:
    """How many statements are sent meanwhile."""
    found = [0]

    def note(*_: Any) -> None:
        found[0] += 1

    event.listen(deps.sessions.engine, "before_cursor_execute", note)
    yield found
    event.remove(deps.sessions.engine, "before_cursor_execute", note)


def test_cases_are_opened_once_and_a_second_file_brings_them_up_to_date(cases: Files) -> None:
    lines = (
        "35436,Refund is late,ACME,open,high,refunds,ana@example.com,vip;late,2026-09-25 10:00,Zendesk",
        "35437,Where is it?,,,,,,,,Zendesk",
    )
    shown = cases.takes(*lines, dry_run=True)
    assert (shown.number, len(shown.added), shown.new_queues) == (None, 2, ("refunds",))
    assert cases.stored() == []

    first = cases.takes(*lines)
    assert (first.number, len(first.added), first.unchanged) == (2, 2, 0)
    assert cases.stored() == [
        (1, "Refund is late", "open", "high", ["late", "vip"]),
        (2, "Where is it?", "new", "normal", []),
    ]
    with cases.desk.deps.sessions.read(cases.desk.workspace_id) as session:
        row = case_of(session, "zendesk 35436")
        assert (row.opened_at, row.number) == (datetime(2026, 9, 25, 10, tzinfo=UTC), 1)
        assert row.due_at is not None

    assert cases.takes(*lines).is_empty
    again = cases.takes("35436,Refund is late,,solved,urgent,Refunds,,,,zendesk", "35437,Where?,,,,,,,,zendesk")
    assert [names for _, names in again.changed] == [("state", "priority"), ("title",)]
    assert cases.stored() == [
        (1, "Refund is late", "solved", "urgent", ["late", "vip"]),
        (2, "Where?", "new", "normal", []),
    ]


def test_an_import_is_taken_back_until_something_happens_to_its_cases(cases: Files) -> None:
    cases.takes("A-1,First,,,,,,,,")
    second = cases.takes("A-1,First one,,open,high,,,,,", "A-2,Second,,,,,,,,")
    deps, workspace_id = cases.desk.deps, cases.desk.workspace_id
    undone = undo_import(deps, workspace_id, OPERATOR, second.number or 0)
    assert (undone.gone, undone.restored) == ({"case": 1}, {"case": 1})
    assert cases.stored() == [(1, "First", "new", "normal", [])]
    with deps.sessions.read(workspace_id) as session:
        kinds = [event.kind for event in events_of(session, case_of(session, "1").id)]
    assert kinds == ["opened", "state", "priority", "record", "state", "priority", "record"]

    third = cases.takes("A-3,Third,,,,,,,,")
    with deps.sessions.write(workspace_id) as session:
        happen(session, deps, OPERATOR, case_of(session, "A-3"), Happening(Kind.WORKING))
    with pytest.raises(ImportInUse) as refused:
        undo_import(deps, workspace_id, OPERATOR, third.number or 0)
    assert refused.value.dependents.altered == {"case": 1}


def test_the_import_is_audited_and_the_log_of_each_case_says_with_which_it_came(cases: Files) -> None:
    cases.takes("A-1,First,,,,,,,,", "A-2,Second,,,,,,,,")
    second = cases.takes("A-1,First,,open,high,,,,,", "A-2,Second,,,,,,,,")
    assert cases.audited() == ["import.cases", "import.cases"]
    assert cases.log(2) == ["opened, and came here with import 2, from cases.csv"]
    assert cases.log(1)[0] == "The operator changed the priority: normal → high, with import 3, from cases.csv"

    assert second.number
    undo_import(cases.desk.deps, cases.desk.workspace_id, OPERATOR, second.number)
    undone = "The operator took that back: it is new: import 3, from cases.csv, was undone"
    assert undone in cases.log(1)
    assert cases.audited() == ["import.cases", "import.cases"]
    # What was taken back stands in nobody's way.
    assert undo_import(cases.desk.deps, cases.desk.workspace_id, OPERATOR, 2).gone == {"case": 2}
    assert (cases.stored(), cases.count(CaseEvent), cases.count(CaseClock)) == ([], 0, 0)


def test_what_was_replied_is_no_first_reply_owed(cases: Files) -> None:
    header = "reference,title,state,opened,replied"
    lines = (
        "A-1,Answered,open,2026-09-25 10:00,2026-09-25 10:20",
        "A-2,Answered late,,2026-09-24 08:00,2026-09-25 10:00",
        "A-3,Nobody says,pending,2026-09-24 08:00,",
        "A-4,Not answered,new,2026-09-24 08:00,",
    )
    cases.takes(*lines, header=header)
    assert [each[2] for each in cases.stored()] == ["open", "open", "pending", "new"]
    assert [cases.clocks(number).get("first reply") for number in (1, 2, 3, 4)] == [
        "met",
        "missed",
        None,
        "running",
    ]
    assert cases.takes(*lines, header=header).is_empty

    deps, workspace_id = cases.desk.deps, cases.desk.workspace_id
    with deps.sessions.write(workspace_id) as session:
        happen(session, deps, OPERATOR, case_of(session, "3"), *customer_wrote(State.PENDING))
    assert cases.clocks(3)["next reply"] == "running"

    later = cases.takes("A-4,Not answered,,,2026-09-28 07:00", header=header)
    assert [names for _, names in later.changed] == [("replied",)]
    assert cases.clocks(4)["first reply"] == "missed"
    assert cases.log(4)[0] == "The team replied to the customer, with import 3, from cases.csv"
    undo_import(deps, workspace_id, OPERATOR, 3)
    assert cases.clocks(4)["first reply"] == "running"

    with pytest.raises(BadFile) as refused:
        cases.takes(
            "B-1,Too early,open,2026-09-25 10:00,2026-09-25 09:00",
            "B-2,Too late,open,2026-09-25 10:00,2026-09-29 09:00",
            header=header,
        )
    assert [(each.line, each.column) for each in refused.value.problems] == [(2, "replied"), (3, "replied")]


def test_an_import_that_closed_a_case_is_taken_back_as_a_mistake(cases: Files) -> None:
    cases.takes("A-1,First,,on hold,,,,,,")
    third = cases.takes("A-1,First,,closed,,,,,,")
    undo_import(cases.desk.deps, cases.desk.workspace_id, OPERATOR, third.number or 0)
    with cases.desk.deps.sessions.read(cases.desk.workspace_id) as session:
        row = case_of(session, "A-1")
        assert (row.state, row.reopened, row.closed_at) == ("on hold", 0, None)


def test_many_cases_are_asked_for_and_written_together(cases: Files) -> None:
    def statements(number: int, state: str) -> int:
        lines = [f"A-{each},Case {each},,{state},,mail,ana@example.com,,," for each in range(number)]
        with counted(cases.desk.deps) as found:
            assert not cases.takes(*lines).is_empty
        return found[0]

    few = [statements(5, state) for state in ("open", "pending")]
    many = [statements(400, state) for state in ("solved", "open")]
    assert all(more - less < 40 for more, less in zip(many, few, strict=True)), (few, many)


def test_what_cannot_be_read_is_said_line_by_line_and_nothing_is_opened(cases: Files) -> None:
    with pytest.raises(BadFile) as refused:
        cases.takes(
            "A-1,First,,sleeping,,,,,,",
            ",No reference,,,,,,,,",
            "A-2,Second,,,,,carl@example.com,,2027-01-01,",
            "A-3,Third,,,,,,,,",
            "A-3,Third again,,,,,,,,",
        )
    assert [(each.line, each.column) for each in refused.value.problems] == [
        (2, "state"),
        (3, "reference"),
        (4, "owner"),
        (4, "opened"),
        (6, "reference"),
    ]
    assert cases.stored() == []


def test_a_closed_case_is_left_as_it_is(cases: Files) -> None:
    cases.takes("A-1,First,,closed,,,,,,")
    assert cases.takes("A-1,First,,closed,,,,,,").is_empty
    with pytest.raises(BadFile, match="1 problems"):
        cases.takes("A-1,Other,,closed,,,,,,")


def test_headings_of_helpdesks_are_understood(cases: Files) -> None:
    done = cases.takes(
        "77,Kaputt,Müller GmbH,High,ben@example.com", header="Ticket ID,Betreff,Requester,Priorität,Assignee"
    )
    assert [(line.reference, line.said["customer"], line.said["priority"]) for line in done.added] == [
        ("77", "Müller GmbH", "high")
    ]

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bot.domain.imports import BadFile, Row
from bot.domain.people_import import Person, PersonLine, compare_people, differing, read_people
from bot.domain.permissions import Role
from bot.domain.when import DateOrder

ANA = Person(
    "ana@example.com",
    "Ana Ruiz",
    "U0ANA",
    Role.LEAD,
    "Mail",
    frozenset({"chat", "refunds"}),
    "Europe/Madrid",
    40.0,
    0.5,
    date(2021, 5, 3),
)


def line(number: int = 2, file: str = "people.csv", /, **cells: str) -> Row:
    return Row(file, number, {"email": "ana@example.com", "name": "Ana Ruiz"} | cells)


def read(*rows: Row, date_order: DateOrder = "DMY") -> list[PersonLine]:
    return read_people(rows, date_order)


def given(row: Row, date_order: DateOrder = "DMY") -> dict[str, Any]:
    return dict(read(row, date_order=date_order)[0].given)


def refused(*rows: Row) -> list[tuple[int, str | None, str, str]]:
    with pytest.raises(BadFile) as refusal:
        read_people(rows, "DMY")
    return [(each.line, each.column, each.found, each.expected) for each in refusal.value.problems]


def test_every_column_is_read() -> None:
    row = line(
        email="Ana@Example.com",
        slack_id="U0ANA",
        role="Lead",
        team="Mail",
        skills="chat; refunds;",
        timezone="Europe/Madrid",
        weekly_hours="40",
        capacity="0,5",
        hired_on="3.5.2021",
    )
    assert read(row)[0].over(None) == ANA


def test_what_the_file_does_not_say_is_as_usual() -> None:
    assert read(line())[0].over(None) == Person("ana@example.com", "Ana Ruiz")


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("24.12.2026", "DMY"),
        ("24/12/2026", "DMY"),
        ("12/24/2026", "MDY"),
        ("24.12.2026", "MDY"),
        ("2026-12-24", "MDY"),
        ("2026/12/24", "YMD"),
        ("24 Dec 2026", "YMD"),
    ],
)
def test_dates_are_read_in_the_order_of_the_workspace(text: str, order: DateOrder) -> None:
    assert given(line(hired_on=text), order)["hired_on"] == date(2026, 12, 24)


@pytest.mark.parametrize(("order", "day"), [("DMY", date(2026, 4, 3)), ("MDY", date(2026, 3, 4))])
def test_the_order_decides_where_both_are_possible(order: DateOrder, day: date) -> None:
    assert given(line(hired_on="03/04/2026"), order)["hired_on"] == day


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("email", "ana", "an e-mail address"),
        ("email", "ana@example", "an e-mail address"),
        ("email", "ana@example.com, ben@example.com", "an e-mail address"),
        ("email", "", "an e-mail address"),
        ("name", "", "a name of at most 80 characters"),
        ("name", "A" * 81, "a name of at most 80 characters"),
        ("slack_id", "@ana", "a Slack member id such as U012AB3CD, or nothing"),
        ("slack_id", "C012AB3CD", "a Slack member id such as U012AB3CD, or nothing"),
        ("role", "boss", "one of agent, lead, coordinator, manager, contact"),
        ("role", "operator", "one of agent, lead, coordinator, manager, contact"),
        ("team", "T" * 81, "a name of at most 80 characters"),
        ("skills", f"chat;{'s' * 81}", "skills of at most 80 characters, separated by ;"),
        ("timezone", "CET+1", "a time zone such as Europe/Berlin"),
        ("timezone", "europe/berlin", "a time zone such as Europe/Berlin"),
        ("weekly_hours", "full", "hours per week between 0 and 168"),
        ("weekly_hours", "169", "hours per week between 0 and 168"),
        ("weekly_hours", "nan", "hours per week between 0 and 168"),
        ("capacity", "1,01", "a share between 0 and 1"),
        ("capacity", "-0.1", "a share between 0 and 1"),
        ("capacity", "80%", "a share between 0 and 1"),
        ("hired_on", "12/24/2026", "a date such as 24.12.2026"),
        ("hired_on", "31.6.2026", "a date such as 24.12.2026"),
        ("hired_on", "yesterday", "a date such as 24.12.2026"),
    ],
)
def test_a_wrong_cell_is_named_with_what_it_says_and_what_was_expected(
    column: str, text: str, expected: str
) -> None:
    assert refused(line(7, **{column: text})) == [(7, column, text, expected)]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    rows = line(2, role="boss", capacity="2"), line(3, email="ben@example.com"), line(4, email="x", name="")
    assert [(number, column) for number, column, _, _ in refused(*rows)] == [
        (2, "role"),
        (2, "capacity"),
        (4, "email"),
        (4, "name"),
    ]


def test_two_lines_for_one_person_are_refused() -> None:
    assert refused(line(2), line(3, email="ANA@example.com")) == [
        (3, "email", "ANA@example.com", "new here: people.csv, line 2 says it already")
    ]


def test_the_same_line_number_of_two_files_is_not_the_same_line() -> None:
    assert refused(line(2, "a.csv"), line(2, "b.csv")) == [
        (2, "email", "ana@example.com", "new here: a.csv, line 2 says it already")
    ]


def test_two_people_cannot_have_one_slack_account() -> None:
    rows = line(2, slack_id="U0ANA"), line(3, email="ben@example.com", slack_id="U0ANA")
    assert refused(*rows) == [(3, "slack_id", "U0ANA", "new here: people.csv, line 2 says it already")]


def test_a_column_that_is_missing_keeps_what_is_there() -> None:
    assert read(line(name="Ana María Ruiz"))[0].over(ANA) == Person(
        "ana@example.com",
        "Ana María Ruiz",
        "U0ANA",
        Role.LEAD,
        "Mail",
        frozenset({"chat", "refunds"}),
        "Europe/Madrid",
        40.0,
        0.5,
        date(2021, 5, 3),
    )


def test_an_empty_cell_clears_all_but_the_slack_account() -> None:
    columns = ("slack_id", "role", "team", "skills", "timezone", "weekly_hours", "capacity", "hired_on")
    cleared = read(line(**dict.fromkeys(columns, "")))[0].over(ANA)
    assert cleared == Person("ana@example.com", "Ana Ruiz", "U0ANA")


def test_nothing_at_all_is_not_the_same_as_zero() -> None:
    assert given(line(capacity="0", weekly_hours="0")).items() >= {"capacity": 0.0, "weekly_hours": 0.0}.items()


@pytest.mark.parametrize("text", ["37.51", "38,33", "12.345"])
def test_hours_are_the_same_after_they_were_stored_as_minutes(text: str) -> None:
    hours = given(line(weekly_hours=text))["weekly_hours"]
    assert round(hours * 60) / 60 == hours
    assert abs(hours - float(text.replace(",", "."))) <= 0.5 / 60


def test_people_are_added_changed_or_unchanged() -> None:
    lines: Sequence[PersonLine] = read(
        line(2), line(3, email="ben@example.com", name="Ben"), line(4, email="cleo@example.com", name="Cleo Hart")
    )
    cleo = Person("cleo@example.com", "Cleo", timezone="Europe/Rome")
    plan = compare_people({ANA.email: ANA, cleo.email: cleo}, lines)
    assert [person for _, person in plan.added] == [Person("ben@example.com", "Ben")]
    assert [(each.row.line, before.name, after.name) for each, before, after in plan.changed] == [
        (4, "Cleo", "Cleo Hart")
    ]
    assert differing(cleo, plan.changed[0][2]) == ["name"]
    assert plan.unchanged == 1

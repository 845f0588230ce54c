"""The roster as a file says it, and how it differs from the one we have."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from bot.domain.imports import BadFile, Cells, Problem, Row, a_date
from bot.domain.limits import folded
from bot.domain.permissions import Role
from bot.domain.timeoff_patterns import pattern_line, pattern_said, read_pattern
from bot.domain.wallclock import read_zone
from bot.domain.when import DateOrder, read_date

REQUIRED = frozenset({"email", "name"})
COLUMNS = (
    "email",
    "name",
    "slack_id",
    "role",
    "team",
    "skills",
    "timezone",
    "weekly_hours",
    "capacity",
    "hired_on",
    "limits",
    "pattern",
)
# A file cannot make somebody the operator or Slack.
ROSTER_ROLES = (Role.AGENT, Role.LEAD, Role.COORDINATOR, Role.MANAGER, Role.CONTACT)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Person:
    """What the roster says about somebody. A contact's team is their department.

    ``pattern`` is what they work on each weekday ("mon-thu 8; fri 6"), None: the same from Monday to Friday.
    """

    email: str
    name: str
    slack_id: str | None = None
    role: Role = Role.AGENT
    team: str | None = None
    skills: frozenset[str] = frozenset()
    timezone: str | None = None
    weekly_hours: float | None = None
    capacity: float = 1.0
    hired_on: date | None = None
    limits: frozenset[str] = frozenset()
    pattern: str | None = None

    @property
    def weekly_minutes(self) -> int | None:
        """The hours of the contract, in minutes."""
        return None if self.weekly_hours is None else round(self.weekly_hours * 60)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line of the file: only the columns that the file has are given, the rest stays as it is."""

    row: Row
    given: Mapping[str, Any]

    @property
    def email(self) -> str:
        """By which the person is found again."""
        return str(self.given["email"])

    def over(self, known: Person | None) -> Person:
        """The person as they are once the line is taken over."""
        person = replace(known, **self.given) if known else Person(**self.given)
        return replace(person, pattern=pattern_said(read_pattern(person.pattern or ""), person.weekly_minutes))


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """What taking a file over would do."""

    added: tuple[tuple[PersonLine, Person], ...]
    changed: tuple[tuple[PersonLine, Person, Person], ...]
    unchanged: int


def read_people(
    rows: Iterable[Row], date_order: DateOrder, limits: Mapping[str, str] = MappingProxyType({})
) -> list[PersonLine]:
    """The lines of a people file; ``limits`` are those that can be given, by folded name.

    Raises ``BadFile`` with everything that is wrong in it.
    """
    lines: list[PersonLine] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, Any], Row] = {}
    for row in rows:
        cells = Cells(row)
        line = _read_person(cells, date_order, limits)
        for key in ("email", "slack_id"):
            value = line.given.get(key)
            if value and (first := seen.setdefault((key, value), row)) is not row:
                cells.refuse(key, f"new here: {first.place} says it already")
        problems += cells.problems
        lines.append(line)
    if problems:
        raise BadFile(problems)
    return lines


def skills_named(rows: Iterable[Row]) -> set[str]:
    """The skills that a file gives to anybody."""
    return {skill for row in rows for skill in _separated(row.cells.get("skills", ""))}


def compare_people(known: Mapping[str, Person], lines: Iterable[PersonLine]) -> PeoplePlan:
    """How the roster (people by e-mail) would change."""
    added, changed, unchanged = [], [], 0
    for line in lines:
        before = known.get(line.email)
        after = line.over(before)
        if before is None:
            added.append((line, after))
        elif before != after:
            changed.append((line, before, after))
        else:
            unchanged += 1
    return PeoplePlan(tuple(added), tuple(changed), unchanged)


def differing(before: Person, after: Person) -> list[str]:
    """The columns in which two versions of a person differ."""
    return [each.name for each in fields(Person) if getattr(before, each.name) != getattr(after, each.name)]


def _read_person(cells: Cells, date_order: DateOrder, limits: Mapping[str, str]) -> PersonLine:
    zones = "a time zone such as Europe/Berlin"
    skills = "skills of at most 80 characters, separated by ;"
    read = {
        "email": cells.required("email", _email, "an e-mail address"),
        "name": cells.required("name", _name, "a name of at most 80 characters"),
        "slack_id": cells.optional("slack_id", _slack_id, "a Slack member id such as U012AB3CD, or nothing"),
        "role": cells.optional("role", _role, f"one of {', '.join(ROSTER_ROLES)}") or Role.AGENT,
        "team": cells.optional("team", _name, "a name of at most 80 characters"),
        "skills": cells.optional("skills", _skills, skills) or frozenset(),
        "timezone": cells.optional("timezone", read_zone, zones),
        "weekly_hours": cells.optional("weekly_hours", _hours, "hours per week between 0 and 168"),
        "capacity": _given(cells.optional("capacity", _number(0, 1), "a share between 0 and 1"), 1.0),
        "hired_on": cells.optional("hired_on", lambda text: read_date(text, date_order), a_date(date_order)),
        "limits": _limits(cells, limits),
        "pattern": _pattern(cells),
    }
    given = {column: read[column] for column in COLUMNS if column in cells.row.cells}
    if given.get("slack_id") is None:
        given.pop("slack_id", None)  # it is looked up by e-mail, and stays once it is known
    return PersonLine(cells.row, given)


def _email(text: str) -> str | None:
    return text.lower() if _EMAIL.fullmatch(text) else None


def _name(text: str) -> str | None:
    return text if len(text) <= 80 else None


def _slack_id(text: str) -> str | None:
    return text if _SLACK_ID.fullmatch(text) else None


def _role(text: str) -> Role | None:
    return next((role for role in ROSTER_ROLES if role == text.lower()), None)


def _skills(text: str) -> frozenset[str] | None:
    skills = frozenset(_separated(text))
    return skills if all(map(_name, skills)) else None


def _limits(cells: Cells, known: Mapping[str, str]) -> frozenset[str]:
    """The limits as they were first written; each that is unknown is a problem of its own."""
    names = _separated(cells.text("limits"))
    for name in names:
        if folded(name) not in known:
            cells.refuse("limits", f"one of the limits {', '.join(known.values())}", name)
    return frozenset(known[folded(name)] for name in names if folded(name) in known)


def _pattern(cells: Cells) -> str | None:
    """As all patterns are written; it makes the hours of the contract, where the line says both."""
    pattern = cells.optional("pattern", read_pattern, "weekdays and hours such as mon-thu 8; fri 6, or nothing")
    hours = _hours(cells.text("weekly_hours"))
    if pattern and hours is not None and round(hours * 60) != pattern.weekly_minutes:
        cells.refuse("pattern", f"{hours:g} hours in all, as weekly_hours has it")
    return pattern_line(pattern) if pattern else None


def _separated(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _hours(text: str) -> float | None:
    """To the minute, as they are stored: 37.51 hours would otherwise be a change each time."""
    hours: float | None = _number(0, 168)(text)
    return None if hours is None else round(hours * 60) / 60


def _number(least: float, most: float) -> Any:
    def read(text: str) -> float | None:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            return None
        return value if least <= value <= most else None

    return read


def _given(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value

"""Cases as a file says them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.cases import Happening, Kind, Priority, State
from bot.domain.imports import BadFile, Cells, Problem, Row
from bot.domain.wallclock import resolve
from bot.domain.when import DateOrder, read_date, read_time

REQUIRED = frozenset({"reference", "title"})
COLUMNS = (
    "reference",
    "title",
    "customer",
    "state",
    "priority",
    "queue",
    "owner",
    "category",
    "tags",
    "tier",
    "language",
    "channel",
    "opened",
    "replied",
    "source",
    "link",
)
# What of a case, by its columns, happens to it; the others are its record.
HAPPENS = {
    "state": Kind.STATE,
    "priority": Kind.PRIORITY,
    "tier": Kind.TIER,
    "queue_id": Kind.QUEUE,
    "owner_id": Kind.OWNER,
}
# Where a case comes from that names no tool.
FILE = "file"
_STATES = {
    **{each.value: each for each in State},
    "onhold": State.ON_HOLD,
    "hold": State.ON_HOLD,
    "waiting": State.PENDING,
    "waiting for customer": State.PENDING,
    "in progress": State.OPEN,
    "resolved": State.SOLVED,
    "done": State.SOLVED,
}
_PRIORITIES = {
    **{each.value: each for each in Priority},
    "medium": Priority.NORMAL,
    "minor": Priority.LOW,
    "major": Priority.HIGH,
    "critical": Priority.URGENT,
}
_REFERENCE, _TITLE, _NAME = 80, 150, 80
_TEXTS = ("customer", "category", "tier", "language", "channel")
_MOST_TAGS = 30


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A line of the file: which case it is about, and what it says of it; what it leaves empty it does not say.

    ``said`` are values by the columns of a case, but for the queue, which is named: a new one may come with it.
    """

    row: Row
    source: str
    reference: str
    said: Mapping[str, Any]
    queue: str | None = None
    opened_at: datetime | None = None
    replied_at: datetime | None = None  # when the team wrote to the customer last


def read_cases(
    rows: Iterable[Row], date_order: DateOrder, zone: ZoneInfo, now: datetime, people: Mapping[str, UUID]
) -> list[CaseLine]:
    """The lines; ``people`` are known by e-mail. Raises ``BadFile`` with everything that is wrong in it."""
    found: list[CaseLine] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], Row] = {}
    for row in rows:
        cells = Cells(row)
        line = _read(cells, date_order, zone, now, people)
        if line:
            first = seen.setdefault((line.source, line.reference), row)
            if first is not row:
                cells.refuse("reference", f"new here: {first.place} is about the same case")
            found.append(line)
        problems += cells.problems
    if problems:
        raise BadFile(problems)
    return found


def becomes(column: str, value: Any) -> Happening:
    """That one of the columns of ``HAPPENS`` is otherwise now."""
    said = str(value) if isinstance(value, UUID) else value
    return Happening(HAPPENS[column], {column.removesuffix("_id"): said})


def _read(
    cells: Cells, date_order: DateOrder, zone: ZoneInfo, now: datetime, people: Mapping[str, UUID]
) -> CaseLine | None:
    def text(column: str, longest: int = _NAME) -> str | None:
        return cells.optional(column, partial(_short, longest=longest), f"a text of at most {longest} characters")

    reference = cells.required(
        "reference", partial(_short, longest=_REFERENCE), "what the case is called elsewhere"
    )
    title = cells.required("title", partial(_short, longest=_TITLE), f"a title of at most {_TITLE} characters")
    said: dict[str, Any] = {"title": title, **{column: text(column) for column in _TEXTS}}
    said["state"] = cells.optional("state", _state, f"one of {', '.join(State)}")
    said["priority"] = cells.optional("priority", _priority, f"one of {', '.join(Priority)}")
    said["owner_id"] = cells.optional(
        "owner", lambda each: people.get(each.lower()), "the address of somebody who works on cases here"
    )
    said["tags"] = cells.optional("tags", _tags, f"at most {_MOST_TAGS} tags with commas between them")
    said["external_url"] = cells.optional("link", _link, "an address that begins with https://")
    opened, replied = (
        cells.optional(
            column, partial(_moment, date_order=date_order, zone=zone), "a time such as 2026-11-23 09:30"
        )
        for column in ("opened", "replied")
    )
    if opened and opened > now:
        cells.refuse("opened", "a time that has passed")
    if replied and replied > now:
        cells.refuse("replied", "a time that has passed")
    elif replied and opened and replied < opened:
        cells.refuse("replied", "a time after it was opened")
    queue, source = text("queue"), text("source")
    if cells.problems or reference is None:
        return None
    told = {column: value for column, value in said.items() if value is not None}
    return CaseLine(cells.row, (source or FILE).lower(), reference, told, queue, opened, replied)


def _short(text: str, longest: int) -> str | None:
    return text if len(text) <= longest else None


def _state(text: str) -> State | None:
    return _STATES.get(_folded(text))


def _priority(text: str) -> Priority | None:
    return _PRIORITIES.get(_folded(text))


def _folded(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace("_", " ").split())


def _tags(text: str) -> list[str] | None:
    found = sorted({each.strip() for each in text.replace(";", ",").split(",") if each.strip()})
    return found if found and len(found) <= _MOST_TAGS and all(len(each) <= _NAME for each in found) else None


def _link(text: str) -> str | None:
    return text if text.startswith(("https://", "http://")) and not set(text) & set(" <>|") else None


def _moment(text: str, date_order: DateOrder, zone: ZoneInfo) -> datetime | None:
    """A date and a time, with an offset or on the wall of the zone; a date alone is its midnight."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        day_text, _, time_text = text.partition(" ")
        day = read_date(day_text, date_order)
        at = read_time(time_text.strip()) if time_text.strip() else datetime.min.time()
        if day is None or at is None:
            return None
        found = datetime.combine(day, at)
    return resolve(found, zone) if found.tzinfo is None else found

"""The list of open questions to departments, and its line in the post at stand-up."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.chase_shown import Open, OpenList, Reader
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.chase_words import age_words, open_words, row_buttons, title_words
from bot.views.formats import Formats, escape, plain, shorten
from bot.views.forms import option, plain_text, select
from bot.views.requests import zone_line

TURN, OF, OPEN = "escalations.page", "escalations.of", "escalations.open"
PAGE = 10
_ALL = "all"
_NAME, _MOST_NAMED, _COUNTED, _MOST_OFFERED = 40, 8, 24, 50


def list_message(
    shown: OpenList,
    formats: Formats,
    command: str,
    departments: Mapping[UUID, str],
    page: int = 0,
    department_id: UUID | None = None,
    *,
    reader: Reader,
) -> Message:
    """A page of them, with what the reader may do about each. ``departments`` are those to choose from."""
    if not shown.every:
        whose = f" for {escape(shorten(shown.department, _NAME))}" if shown.department else ""
        text = f"No question to another department is open{whose}."
        hint = [] if reader.answers else [context(f"To ask one about case 12: `{command} 12`")]
        blocks = [section(text), *_chooser(departments, department_id), *hint]
        return message(text, *blocks)
    page = max(0, min(page, (len(shown.every) - 1) // PAGE))
    rows = shown.every[page * PAGE : (page + 1) * PAGE]
    text = f"{_count(len(shown.every))}{f', {shown.late} late' if shown.late else ''}"
    return message(
        f"{text}: {'; '.join(_plain(title_words(each)) for each in rows[:3])}",
        section(f"*{text}*\n{_counts(shown)}"),
        *_chooser(departments, department_id),
        *(block for each in rows for block in _row(each, shown.at, reader, formats)),
        *_pager(page, len(shown.every), department_id, turns=bool(departments)),
        zone_line(formats),
    )


def standup_lines(shown: OpenList, _formats: Formats) -> list[str]:
    """A line of the post at stand-up."""
    if not shown.every:
        return []
    late = f", {shown.late} late" if shown.late else ""
    oldest = min(shown.every, key=lambda each: each.asked_at)
    age = age_words(max(shown.at - oldest.asked_at, timedelta()))
    where = escape(shorten(oldest.department, _NAME))
    return [f"*With other departments*: {len(shown.every)} open{late}, the oldest {age} with {where}"]


def read_turn(value: str) -> tuple[int, UUID | None]:
    """Page and department of a button that turns pages."""
    page, _, whose = value.partition(" ")
    return int(page), read_department(whose)


def read_department(value: str) -> UUID | None:
    """The department that was chosen; None: all of them."""
    return None if value in ("", _ALL) else UUID(value)


def not_for_you() -> Message:
    """Whoever is not of the floor has no list."""
    return message("Agents, leads, coordinators, managers and contacts of departments see open escalations.")


def _row(shown: Open, now: datetime, reader: Reader, formats: Formats) -> Iterator[Block]:
    yield section(open_words(shown, now, formats))
    yield buttons(*row_buttons(shown, reader))


def _counts(shown: OpenList) -> str:
    counts = [f"{escape(shorten(name, _COUNTED))} {number}" for name, number in shown.by_department.items()]
    more = len(counts) - _MOST_NAMED
    return " · ".join([*counts[:_MOST_NAMED], *([f"and {more} more departments"] if more > 0 else [])])


def _chooser(departments: Mapping[UUID, str], chosen: UUID | None) -> Iterator[Block]:
    if len(departments) > 1:
        options = [option("All departments", _ALL)]
        options += [option(plain(shorten(name, _NAME)), str(each)) for each, name in departments.items()]
        menu = {
            **select(options[:_MOST_OFFERED], str(chosen) if chosen else _ALL),
            "action_id": OF,
            "placeholder": plain_text("Department"),
        }
        yield {"type": "actions", "elements": [menu]}


def _pager(page: int, total: int, department_id: UUID | None, *, turns: bool) -> Iterator[Block]:
    """In the list that everybody reads, nobody turns the page for the others."""
    whose = str(department_id) if department_id else _ALL
    if total <= PAGE:
        return
    if not turns:
        yield buttons(button(f"See all {total}", OPEN, _ALL))
        return
    to = [("Previous", page - 1)] if page else []
    to += [("Next", page + 1)] if (page + 1) * PAGE < total else []
    yield buttons(*(button(label, f"{TURN}.{at}", f"{at} {whose}") for label, at in to))
    yield context(f"Page {page + 1} of {(total - 1) // PAGE + 1}")


def _count(number: int) -> str:
    return (
        "1 question to another department is open"
        if number == 1
        else f"{number} questions to other departments are open"
    )


def _plain(text: str) -> str:
    return text.replace("*", "")

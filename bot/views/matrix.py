"""The matrix as coordinators look it through, and a version of it that waits for a second person."""

from collections.abc import Iterator, Sequence

from bot.domain.matrix import USUAL, Row, Severity, Times
from bot.domain.matrix_change import Difference, State
from bot.domain.matrix_shown import MatrixShown, Names, VersionShown
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.escalations_words import severity_words
from bot.views.fitting import fitting
from bot.views.formats import Formats, duration, escape, person, shorten
from bot.views.forms import View, modal, option
from bot.views.requests import said, zone_line

TITLE = "Escalation matrix"
ADD, DO, TURN, BACK = (f"matrix.{name}" for name in ("add", "do", "turn", "back"))
APPROVE, DECLINE, WITHDRAW = (f"matrix.{name}" for name in ("approve", "decline", "withdraw"))
CHANGE, REMOVE = "change", "remove"
# Rows of one page.
PAGE = 15
_NAME, _MOST, _LONGEST = 60, 20, 6000
_STATES = {
    State.PROPOSED: "waits for a second person",
    State.IN_FORCE: "is in force",
    State.REPLACED: "was in force and is replaced",
    State.DECLINED: "was declined",
    State.WITHDRAWN: "was taken back",
}


def matrix_list(shown: MatrixShown, formats: Formats, page: int = 0, result: Sequence[Block] = ()) -> View:
    """What holds, a row each, what waits and what held before; ``result`` is what was just done."""
    page = max(0, min(page, (len(shown.rows) - 1) // PAGE))
    rows = [
        _row(row_words(each, shown.names), number)
        for number, each in list(enumerate(shown.rows))[page * PAGE : (page + 1) * PAGE]
    ]
    return modal(
        TITLE,
        *result,
        *_waiting(shown, formats),
        section(_what_holds(shown)),
        *(rows or [section("It has no row: whoever asks chooses the department.")]),
        *_pager(page, len(shown.rows)),
        buttons(button("Add a row…", ADD, "add")),
        *_earlier(shown, formats),
        context(
            "\n".join(
                ["Usual times:", *(f"• {severity_words(each)}: {times_words(None, each)}" for each in Severity)]
            )
        ),
        context(
            "Where several rows fit a case, the most precise one counts: by category, then tier, then severity. "
            "A change says why and is approved by a second person; what is asked already keeps its times."
        ),
        zone_line(formats),
        close="Close",
        metadata=str(page),
    )


def version_card(shown: VersionShown, formats: Formats) -> Message:
    """A version in every state it can be in."""
    by = f" by {person(shown.proposed_by)}" if shown.proposed_by else ""
    back = f", which brings back version {shown.restores}" if shown.restores else ""
    title = f"*Change {shown.number} of the escalation matrix*{by}{back} {_STATES[shown.state]}"
    decided = f" · {person(shown.decided_by)}{said(shown.decision)}" if shown.decided_by else ""
    row = []
    if shown.state is State.PROPOSED:
        value, spoken = str(shown.id), f"change {shown.number} of the matrix"
        row = [
            buttons(
                {**button("Approve", APPROVE, value, f"Approve {spoken}"), "style": "primary"},
                button("Decline…", DECLINE, value, f"Decline {spoken}"),
                button("Take back", WITHDRAW, value, f"Take back {spoken}"),
            )
        ]
    return message(
        f"{title.replace('*', '')}{decided}",
        *paragraphs([f"{title}{decided}", f"Why:{said(shown.reason) or ' —'}", *difference_lines(shown)]),
        *row,
        zone_line(formats),
    )


def version_news(shown: VersionShown, formats: Formats) -> Message:
    """What its author is told."""
    who = person(shown.decided_by) if shown.decided_by else "somebody"
    if shown.state is State.IN_FORCE or shown.state is State.REPLACED:
        since = f" since {formats.moment(shown.decided_at)}" if shown.decided_at else ""
        return message(f"{who} approved your change {shown.number} of the escalation matrix: it holds{since}.")
    return message(
        f"{who} declined your change {shown.number} of the escalation matrix:{said(shown.decision)} "
        "It stays as it was."
    )


def difference_lines(shown: VersionShown) -> list[str]:
    """What it changes, line by line."""
    lines = [f"• {_difference(each, shown.names)}" for each in shown.differences]
    return fitting(lines, _MOST, _LONGEST, "rows")


def row_words(row: Row, names: Names) -> str:
    """A row: what a case must have, where it goes, and how long each step may take."""
    wants = [escape(shorten(row.category, _NAME)) if row.category else "any category"]
    wants += [severity_words(row.severity)] if row.severity else []
    wants += [f"tier {escape(shorten(row.tier, _NAME))}"] if row.tier else []
    contact = names.people.get(row.contact_id) if row.contact_id else None
    first = f" ({person(contact)} first)" if contact else ""
    return f"*{', '.join(wants)}* → {department_words(row, names)}{first} · {times_words(row.times, row.severity)}"


def department_words(row: Row, names: Names) -> str:
    """The department of a row."""
    return escape(shorten(names.departments.get(row.department_id, "a department that is gone"), _NAME))


def times_words(times: Times | None, severity: Severity | None) -> str:
    """How long each step may take."""
    if times is None and severity is None:
        return "usual times"
    each = times or USUAL[severity or Severity.NORMAL]
    return (
        f"owned within {duration(each.own)}, answered within {duration(each.answer)}, "
        f"goes up after {duration(each.step)} of silence"
    )


def _waiting(shown: MatrixShown, formats: Formats) -> Iterator[Block]:
    waiting = shown.waiting
    if waiting is None:
        return
    by = f" by {person(waiting.proposed_by)}" if waiting.proposed_by else ""
    title = (
        f"*Change {waiting.number}*{by} waits since {formats.moment(waiting.proposed_at)}:{said(waiting.reason)}"
    )
    yield from paragraphs([title, *difference_lines(waiting)])
    value = str(waiting.id)
    if waiting.proposed_by and waiting.proposed_by.member_id == shown.me:
        yield buttons(button("Take back", WITHDRAW, value))
        yield context("Somebody else approves it. What you change now is added to it.")
    else:
        approve = {**button("Approve", APPROVE, value), "style": "primary"}
        yield buttons(approve, button("Decline…", DECLINE, value))


def _what_holds(shown: MatrixShown) -> str:
    if shown.number is None:
        return "*What holds*: nobody has made a matrix, so what is about a department by name goes there."
    return f"*What holds* (change {shown.number})"


def _earlier(shown: MatrixShown, formats: Formats) -> Iterator[Block]:
    if shown.earlier:
        yield section("*What held before*")
    for each in shown.earlier:
        when = f", approved {formats.moment(each.decided_at)}" if each.decided_at else ""
        text = f"Change {each.number}{when}:{said(each.reason)}"
        yield {
            **section(text),
            "accessory": button("Bring back…", BACK, str(each.id), f"Bring back {each.number}"),
        }


def _difference(each: Difference, names: Names) -> str:
    if each.before is None and each.after:
        return f"New: {row_words(each.after, names)}"
    if each.after is None and each.before:
        return f"Gone: {row_words(each.before, names)}"
    assert each.before
    assert each.after
    return f"{row_words(each.after, names)} (was: {_without_wants(each.before, names)})"


def _without_wants(row: Row, names: Names) -> str:
    return row_words(row, names).partition(" → ")[2]


def _row(text: str, number: int) -> Block:
    options = [option("Change…", f"{CHANGE} {number}"), option("Remove…", f"{REMOVE} {number}")]
    return {**section(text), "accessory": {"type": "overflow", "action_id": DO, "options": options}}


def _pager(page: int, total: int) -> Iterator[Block]:
    turns = [("Previous", page - 1)] if page else []
    turns += [("Next", page + 1)] if (page + 1) * PAGE < total else []
    if turns:
        yield buttons(*(button(label, f"{TURN}.{to}", str(to)) for label, to in turns))

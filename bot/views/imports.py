"""Imports as people read them: what each has brought, and taking one back."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.imports import Dependents, Undone
from bot.domain.imports_list import ImportShown
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, context, message, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import confirmation

UNDO = "imports.undo"

_THINGS = {
    "member": ("person", "people"),
    "grant": ("role", "roles"),
    "member_skill": ("skill of a person", "skills of people"),
    "shift": ("shift", "shifts"),
    "assignment": ("shift", "shifts"),
    "note": ("note", "notes"),
    "swap": ("swap", "swaps"),
    "team": ("team", "teams"),
    "department": ("department", "departments"),
    "queue": ("queue", "queues"),
    "skill": ("skill", "skills"),
    "account": ("Slack account", "Slack accounts"),
    "feed_token": ("calendar address", "calendar addresses"),
}
_TOLD = ("member", "shift", "swap")
_FILES, _MOST_NAMED = 120, 20
_HOW = "Send me a spreadsheet of people or of shifts in a direct message, and I show you what it would change."


def import_list(shown: Sequence[ImportShown], formats: Formats, now: datetime, result: str = "") -> Message:
    """The latest imports, each to be undone; ``result`` is what came of the last undo."""
    head = [section(result)] if result else []
    if not shown:
        text = "Nothing was imported yet."
        return message(text, *head, section(text), context(_HOW))
    today = local_date(now, formats.zone)
    blocks = [_import(each, formats, today) for each in shown]
    title = section("*The latest imports*, newest first")
    return message(result or f"The latest imports, the newest is import {shown[0].number}", *head, title, *blocks)


def in_the_way(number: int, found: Dependents) -> str:
    """The same as one text, in Slack's markup."""
    return "\n".join(line.replace("  ", "• ", 1) for line in in_use_lines(number, found))


def being_undone(number: int) -> str:
    """It takes its time."""
    return f"Import {number} is being undone. What comes of it follows here."


def undone_before(number: int) -> str:
    """Somebody else was quicker."""
    return f"Import {number} is undone already."


def undone_words(undone: Undone) -> str:
    """What was taken back."""
    parts = [f"{_amount(count, table)} gone again" for table, count in undone.gone.items() if table in _TOLD]
    parts += [f"{_amount(count, table)} as before" for table, count in undone.restored.items() if table in _TOLD]
    return f"Import {undone.number} is undone: {', '.join(parts) or 'everything is as before'}."


def in_use_lines(number: int, found: Dependents) -> Iterable[str]:
    """Why an import cannot be undone, and what to do first or instead; what it is in detail is indented."""
    if found.begun:
        have = "has" if found.begun == 1 else "have"
        yield f"Import {number} cannot be undone: {found.begun} of its shifts {have} begun since."
        yield "What has been worked stays on record. Nothing was changed. Import a corrected file instead."
        return
    yield f"Import {number} cannot be undone, because something depends on it. Nothing was changed."
    for line in _dependents(found):
        yield f"  {line}"
    if found.later:
        yield f"Undo what came after it first: {_numbered('import', reversed(found.later))}."
    if found.swaps:
        yield (
            "In Slack, have what waits withdrawn and what is in force undone first: "
            f"{_numbered('swap', found.swaps)}."
        )
    if ("member", "swap") in found.used:
        yield "Whoever a swap names stays on the roster, because its record does."
    if not found.later and not found.swaps:
        yield "Import a corrected file instead."


def _dependents(found: Dependents) -> Iterable[str]:
    for table, count in found.altered.items():
        if table != "assignment":
            yield f"{_amount(count, table)} changed since"
    reassigned = max(found.altered.get("assignment", 0), found.used.get(("shift", "assignment"), 0))
    if reassigned:
        yield f"{_amount(reassigned, 'shift')} worked otherwise by now"
    for (table, by), count in found.used.items():
        if by != "assignment" or (table == "member" and ("member", "shift") not in found.used):
            yield f"{_amount(count, by)} of the {_THINGS[table][1]} that it added"
    if found.swaps:
        yield f"{_amount(len(found.swaps), 'swap')} of its shifts, waiting or in force"
    if found.settled:
        yield f"{_numbered('swap', found.settled)}, whose shifts it changed, undone or swapped on since"
    if found.taken:
        yield f"{_amount(found.taken, 'account')} that somebody else has by now"
    if found.overlapping:
        yield f"{_amount(found.overlapping, 'shift')} at the same time as those that would be back"


def _import(shown: ImportShown, formats: Formats, today: date) -> Block:
    when = f"{formats.day(local_date(shown.at, formats.zone), today)}, {formats.time(shown.at)}"
    who = person(shown.by) if shown.by else "the operator at the command line"
    files = escape(shorten(shown.files, _FILES))
    counts = ", ".join(f"{count} {how}" for how, count in sorted(shown.counts.items())) or "nothing left of it"
    text = f"*Import {shown.number}* · {shown.kind} · {files}\n{when} · {who} · {counts}"
    if shown.undone_at:
        return section(f"{text}\nUndone on {formats.day(local_date(shown.undone_at, formats.zone), today)}")
    asks = confirmation(
        f"Undo import {shown.number}?",
        f"Everything is as it was before this import of {shown.kind}. Whose shifts change is told so.",
        "Undo",
    )
    return {**section(text), "accessory": {**button("Undo…", UNDO, str(shown.number)), "confirm": asks}}


def _amount(count: int, table: str) -> str:
    one, many = _THINGS.get(table, (table, table))
    return f"{count} {one if count == 1 else many}"


def _numbered(kind: str, numbers: Iterable[int]) -> str:
    """The first by name, because that is how they are looked up: "swap 14, swap 15 and 7 more"."""
    every = list(numbers)
    more = f" and {len(every) - _MOST_NAMED} more" if len(every) > _MOST_NAMED else ""
    return ", ".join(f"{kind} {number}" for number in every[:_MOST_NAMED]) + more

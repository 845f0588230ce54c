"""Imports as people read them: what each has brought, and taking one back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from bot.domain.imports import Dependents, Numbers, Undone
from bot.domain.imports_list import ImportPage, ImportShown, Shelf
from bot.domain.shifts import ShiftChange, WorkedShift
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import confirmation
from bot.views.requests import work_words
from bot.views.unowned import no_owner_words, offer_import_button

UNDO, TURN = "imports.undo", "imports.turn"
BEGUN = "Its shifts have begun, so it can no longer be undone. To correct it, import a corrected file."

_THINGS = {
    "member": ("person", "people"),
    "grant": ("role", "roles"),
    "member_skill": ("skill of a person", "skills of people"),
    "shift": ("shift", "shifts"),
    "assignment": ("shift", "shifts"),
    "note": ("note", "notes"),
    "volume": ("day of contacts", "days of contacts"),
    "requirement": ("planned day", "planned days"),
    "kpi_fact": ("figure of a day", "figures of days"),
    "activity": ("break, training or meeting", "breaks, training and meetings"),
    "forecast": ("forecast day", "forecast days"),
    "forecast_quality": ("forecast", "forecasts"),
    "swap": ("swap", "swaps"),
    "cover": ("cover", "covers"),
    "cover_part": ("part of a cover", "parts of covers"),
    "cover_offer": ("offer of a cover", "offers of covers"),
    "absence": ("absence", "absences"),
    "arrival": ("sign that somebody has come", "signs that somebody has come"),
    "coverage_gap": ("gap", "gaps"),
    "coverage_pattern": ("proposal about hours that are short", "proposals about hours that are short"),
    "ladder_step": ("change of a day", "changes of a day"),
    "surplus_offer": ("offer of time off", "offers of time off"),
    "surplus_ask": ("offer of time off", "offers of time off"),
    "departure": ("departure", "departures"),
    "team": ("team", "teams"),
    "department": ("department", "departments"),
    "queue": ("queue", "queues"),
    "skill": ("skill", "skills"),
    "account": ("Slack account", "Slack accounts"),
    "leave_request": ("request for time off", "requests for time off"),
    "leave_wait": ("place on a waiting list", "places on waiting lists"),
    "leave_line": ("entry of leave", "entries of leave"),
    "leave_illness": ("entry of leave", "entries of leave"),
    "deputy": ("duty done for somebody", "duties done for somebody"),
    "leave_lot": ("balance of leave", "balances of leave"),
    "case": ("case", "cases"),
    "case_event": ("thing that happened to a case", "things that happened to cases"),
    "case_handover": ("case given to somebody meanwhile", "cases given to somebody meanwhile"),
    "external_case": ("case in the helpdesk", "cases in the helpdesk"),
    "external_person": ("person in the helpdesk", "people in the helpdesk"),
    "connection": ("connected helpdesk", "connected helpdesks"),
    "routing_rule": ("routing rule", "routing rules"),
    "nudge": ("reminder", "reminders"),
    "department_desk": ("department's desk", "departments' desks"),
    "escalation_matrix": ("version of the matrix", "versions of the matrix"),
    "escalation_eta": ("promised time of an escalation", "promised times of escalations"),
    "case_check": ("look at a record", "looks at records"),
    "customer_promise": ("promise", "promises"),
    "escalation": ("escalation", "escalations"),
    "article": ("article", "articles"),
    "article_version": ("version of an article", "versions of articles"),
    "article_opinion": ("opinion of an article", "opinions of articles"),
    "article_report": ("report of an outdated article", "reports of outdated articles"),
    "article_tag": ("tag of an article", "tags of articles"),
    "article_use": ("use of an article", "uses of articles"),
    "kb_missing": ("thing that was looked for in vain", "things that were looked for in vain"),
    "kb_release": ("release", "releases"),
    "kb_release_article": ("article of a release", "articles of releases"),
    "kb_search": ("search", "searches"),
    "kpi_mapping": ("mapping of columns", "mappings of columns"),
    "kb_synonym": ("group of synonyms", "groups of synonyms"),
    "announcement": ("announcement", "announcements"),
    "announcement_reader": ("reader of an announcement", "readers of announcements"),
    "case_exception": ("exception", "exceptions"),
    "case_write": ("change for the helpdesk", "changes for the helpdesk"),
    "hand_up": ("call for help", "calls for help"),
    "feed_token": ("calendar address", "calendar addresses"),
    "kpi_subscription": ("report that somebody gets", "reports that somebody gets"),
    "kpi_digest": ("report that was sent", "reports that were sent"),
}
_TOLD = ("member", "shift", "swap", "cover", "volume", "requirement", "activity", "leave_lot", "case", "kpi_fact")
_NAMES = {Shelf.FILES: "import", Shelf.EDITS: "edit"}
_ON = {"swap": "swapped", "cover": "handed"}
_TITLES = {Shelf.FILES: "Imported files", Shelf.EDITS: "Edited by hand"}
_FILES, _MOST_NAMED, _EDITED = 120, 20, 3
_HOW = (
    "Send me a spreadsheet of people, shifts, contact volumes, a plan, breaks, balances of leave, cases or key "
    "figures in a direct message, and I show you what it would change."
)


def import_list(pages: Sequence[ImportPage], formats: Formats, now: datetime, result: str = "") -> Message:
    """Imports of each kind, each to be undone; ``result`` is what came of the last undo."""
    head = [section(result)] if result else []
    there = [page for page in pages if page.shown]
    if not there:
        text = "Nothing was imported yet."
        return message(text, *head, section(text), context(_HOW))
    today = local_date(now, formats.zone)
    newest = max(page.shown[0].number for page in there)
    blocks = [block for page in there for block in _page(page, formats, today)]
    return message(result or f"The latest imports, the newest is import {newest}", *head, *blocks)


def read_turn(value: str) -> tuple[Shelf | None, int]:
    """Which page is wanted; the first is that of all kinds again."""
    shelf, _, page = value.partition(" ")
    return (Shelf(shelf), int(page)) if int(page) > 0 else (None, 0)


def edited_words(change: ShiftChange, formats: Formats) -> str:
    """What was done by hand to a shift: old → new, and whose it is or was."""
    before, after = (
        work_words(each.interval, each.queue, formats) if each else "" for each in (change.before, change.after)
    )
    times = before if before == after else f"{before or 'not planned'} → {after or 'no longer planned'}"
    if change.before and change.after and change.handed_on:
        return f"{times}: {_owner(change.before, 'nobody')} → {_owner(change.after, 'nobody')}"
    whose = _owner(change.after or change.before, "Open shift")
    return f"{whose}: {f'{after}, another note' if before == after else times}"


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
    if any(found.live):
        first = "In Slack, have what waits withdrawn and what is in force undone first"
        yield f"{first}: {', '.join(_numbered(*each) for each in _by_kind(found.live))}."
    for by in ("swap", "cover"):
        if ("member", by) in found.used:
            yield f"Whoever a {by} names stays on the roster, because its record does."
    if not found.later and not any(found.live):
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
    for kind, numbers in _by_kind(found.live):
        yield f"{_amount(len(numbers), kind)} of its shifts, waiting or in force"
    for kind, numbers in _by_kind(found.settled):
        yield f"{_numbered(kind, numbers)}, whose shifts it changed, undone or {_ON[kind]} on since"
    if found.taken:
        yield f"{_amount(found.taken, 'account')} that somebody else has by now"
    if found.overlapping:
        yield f"{_amount(found.overlapping, 'shift')} at the same time as those that would be back"


def _page(page: ImportPage, formats: Formats, today: date) -> Iterator[Block]:
    last = page.skipped + len(page.shown)
    some = f" · {page.skipped + 1}–{last} of {page.total}" if page.total > len(page.shown) else ""
    yield section(f"*{_TITLES[page.shelf]}*{some}, newest first")
    for each in page.shown:
        yield from _import(each, page.shelf, formats, today)
    turns = [("Newer", page.page - 1)] if page.page else []
    turns += [("Older", page.page + 1)] if page.has_older else []
    if turns:
        spoken = _TITLES[page.shelf].lower()
        yield buttons(
            *(
                button(label, f"{TURN}.{page.shelf}.{label.lower()}", f"{page.shelf} {to}", f"{label}: {spoken}")
                for label, to in turns
            )
        )


def _import(shown: ImportShown, shelf: Shelf, formats: Formats, today: date) -> Iterator[Block]:
    when = f"{formats.day(local_date(shown.at, formats.zone), today)}, {formats.time(shown.at)}"
    who = person(shown.by) if shown.by else "the operator at the command line"
    name = f"*{_NAMES[shelf].capitalize()} {shown.number}*"
    if shelf is Shelf.EDITS:
        lines = [f"{name} · {when} · {who}"]
    else:
        counts = ", ".join(f"{count} {how}" for how, count in sorted(shown.counts.items())) or "nothing left of it"
        files = escape(shorten(shown.files, _FILES))
        lines = [f"{name} · {shown.kind} · {files}", f"{when} · {who} · {counts}"]
    lines += [edited_words(each, formats) for each in shown.edited[:_EDITED]]
    lines += [f"… and {len(shown.edited) - _EDITED} more"] if len(shown.edited) > _EDITED else []
    lines += [f"{no_owner_words(shown.unowned)}."] if shown.unowned else []
    text = "\n".join(lines)
    if shown.undone_at:
        text = f"{text}\nUndone on {formats.day(local_date(shown.undone_at, formats.zone), today)}"
    elif shown.begun:
        text = f"{text}\n{BEGUN}"
    undoable = shown.undone_at is None and not shown.begun
    undo = [_undo(shown, _NAMES[shelf])] if undoable else []
    if shown.unowned:
        yield section(text)
        yield buttons(offer_import_button(shown.number), *undo)
    else:
        yield {**section(text), **({"accessory": undo[0]} if undo else {})}


def _undo(shown: ImportShown, name: str) -> Block:
    asks = confirmation(
        f"Undo {name} {shown.number}?",
        "Everything is as it was before. Whose shifts change is told so.",
        "Undo",
    )
    return {**button("Undo…", UNDO, str(shown.number), f"Undo… {name} {shown.number}"), "confirm": asks}


def _owner(shift: WorkedShift | None, otherwise: str) -> str:
    return person(shift.worker) if shift and shift.worker else otherwise


def _amount(count: int, table: str) -> str:
    one, many = _THINGS.get(table, (table, table))
    return f"{count} {one if count == 1 else many}"


def _by_kind(numbers: Numbers) -> list[tuple[str, tuple[int, ...]]]:
    kinds = ("swap", numbers.swaps), ("cover", numbers.covers)
    return [(kind, each) for kind, each in kinds if each]


def _numbered(kind: str, numbers: Iterable[int]) -> str:
    """The first by name, because that is how they are looked up: "swap 14, swap 15 and 7 more"."""
    every = list(numbers)
    more = f" and {len(every) - _MOST_NAMED} more" if len(every) > _MOST_NAMED else ""
    return ", ".join(f"{kind} {number}" for number in every[:_MOST_NAMED]) + more

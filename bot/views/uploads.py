"""The card of an upload in every state, the form that asks which days to replace, and short answers."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from bot.domain.uploads import BUSY, Days, Entry, Preview, Remark, SeriesEntry, State, UploadShown, What
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, shorten
from bot.views.forms import View, confirmation, date_picker, entered, field, modal
from bot.views.imports_told import ending_words
from bot.views.unowned import no_owner_words, offer_import_button
from bot.views.uploads_words import column_words, count_words, entry_words, problem_words, remark_words

APPLY, CANCEL, UNDO = "upload.apply", "upload.cancel", "upload.undo"
REPLACE, KEEP = "upload.replace", "upload.keep"
FORM = "upload.replace.form"
FROM, TO = "from", "to"

_NAME, _NAMES = 80, 10
_OTHER_LANGUAGES = "German, French and Spanish headings do as well, such as Datum, Début or Correo."
_HEADERS = {
    "People": "email,name,slack_id,role,team,skills,timezone,weekly_hours,capacity,hired_on,limits,pattern",
    "Shifts": "email,date,start,end,timezone,queue,note",
    "Volume": "interval_start,queue,offered,aht_seconds,answered,answered_in_target,abandoned,abandoned_in_target",
    "Plan": "date,start,end,queue,heads,skill,timezone",
    "Activities": "email,date,start,end,activity,timezone",
    "Leave": "email,kind,minutes|hours|days,on,expires,reason",
    "Cases": "reference,title,customer,state,priority,queue,owner,category,tags,tier,language,channel,opened,"
    "source,link",
    "Figures": "date,queue,channel,agent,offered,answered,aht_seconds,csat_positive,csat_answers,nps_promoters,"
    "nps_detractors,nps_answers",
}
PASTED = "the pasted table"
GONE = "This is no longer there. Drop the file here again."
NOT_PERMITTED = "Only coordinators and managers import spreadsheets. Ask one of them."


def read_value(value: str) -> UUID:
    """Which upload a button is about; a value that none of ours ever had is that of no upload."""
    try:
        return UUID(value)
    except ValueError:
        return UUID(int=0)


def upload_card(shown: UploadShown, formats: Formats) -> Message:
    """An upload as it stands, with the buttons that there are now."""
    title = _title(shown)
    said = remark_words(shown)
    lines = [*_kind(shown), *_replaced(shown, formats), *_lines(shown, formats)]
    blocks = list(paragraphs([f"*{title}*", *said, *lines]))
    if shown.preview and shown.state in (State.READ, State.APPLYING):
        blocks += [context(note) for note in _notes(shown.preview)]
        if shown.preview.days:
            blocks.append(context("Times are those on the wall of each shift’s own time zone"))
    offered = list(_offered(shown))
    return message(" ".join([title, *said]), *blocks, *([buttons(*offered)] if offered else []))


def replace_form(shown: UploadShown) -> View:
    """Asks from which day to which what the file leaves out is removed."""
    first, last = shown.replaced or (shown.preview.days if shown.preview else None) or (None, None)
    return modal(
        "Replace days",
        section("Whatever is planned on these days and is not in the file will be removed. You see it first."),
        field("First day", FROM, date_picker(first)),
        field("Last day", TO, date_picker(last)),
        callback_id=FORM,
        submit="Preview",
        close="Back",
        metadata=str(shown.id),
    )


def read_form(view: View) -> tuple[str, Days]:
    """Which upload the form is about, and the days that were filled in."""
    values = entered(view)
    return view["private_metadata"], (date.fromisoformat(values[FROM]), date.fromisoformat(values[TO]))


def too_late(state: State) -> str:
    """For who presses what no longer can be done, or not yet."""
    if state in BUSY:
        return "I am at it already; the message changes as soon as it is done."
    return {
        State.READ: "It cannot be applied as it is. Mend the file and drop it here again.",
        State.APPLIED: "It is applied already.",
        State.UNDONE: "It is undone already. Drop the file here again to import it again.",
    }.get(state, "It is no longer open. Drop the file here again.")


def may_not_import(prefix: str, name: str) -> Message:
    """For who gives the bot a file and may not import."""
    text = f"I have not read {escape(shorten(name, _NAME))}: only coordinators and managers import spreadsheets."
    hint = f"Give the file to one of them. Your own shifts are in `/{prefix}shifts`."
    return message(f"{text} {hint}", section(text), context(hint))


def what_i_do(prefix: str, *, imports: bool) -> Message:
    """For who says something to the bot."""
    text = (
        "I do not read what is written here, only commands, “I'm sick today” and “30 minutes late”: type "
        f"`/{prefix}shifts` for your shifts, `/{prefix}swap` to swap one, `/{prefix}timeoff` to ask for leave, "
        f"`/{prefix}floor` for all I can do."
    )
    drop = (
        "To import people, shifts, contact volumes, a plan of how many are needed, breaks, leave, cases or key "
        "figures, drop a CSV or XLSX file here, or paste the lines; you see first what changes."
    )
    return message(f"{text} {drop}" if imports else text, section(text), *([context(drop)] if imports else []))


def _title(shown: UploadShown) -> str:
    said = _stands(shown)
    return said.replace(PASTED, PASTED.capitalize(), 1) if said.startswith(PASTED) else said


def _stands(shown: UploadShown) -> str:
    name = escape(shorten(shown.name, _NAME))
    match shown.state:
        case State.READING:
            return f"{name} is being read."
        case State.READ if shown.preview and shown.preview.is_empty:
            return f"Preview of {name}: there is nothing to change."
        case State.READ if shown.preview and not shown.preview.is_applicable:
            return f"Preview of {name}: it cannot be applied, because shifts clash."
        case State.READ:
            return f"Preview of {name}. Nothing is changed yet."
        case State.UNREADABLE:
            return f"{name} cannot be imported. Nothing was changed."
        case State.LOST:
            return f"{name} was not read. Nothing was changed."
        case State.APPLYING:
            return f"{name} is being applied."
        case State.APPLIED:
            return f"{name} is applied: import {shown.number}."
        case State.UNDOING:
            return f"Import {shown.number} ({name}) is being undone."
        case State.UNDONE:
            return f"Import {shown.number} ({name}) is undone. Everything is as it was before."
        case State.CANCELLED:
            return f"{name} was cancelled. Nothing was changed, and I have forgotten the file."
    return f"{name} was not applied within a day. Nothing was changed, and I have forgotten the file."


def _kind(shown: UploadShown) -> Iterator[str]:
    """What the file was taken for, and each column by its heading."""
    if shown.trouble and shown.kind:
        yield f"I read it as {shown.kind}."
    elif shown.preview and shown.state in (State.READ, State.APPLYING):
        columns = ", ".join(column_words(*each) for each in shown.preview.read_columns)
        yield f"I read it as {shown.kind}{': ' if columns else '.'}{columns}"


def _replaced(shown: UploadShown, formats: Formats) -> Iterator[str]:
    if shown.replaced and shown.state in (State.READ, State.APPLYING):
        today = local_date(shown.read_at, formats.zone)
        yield f"Whatever is planned on {formats.days(*shown.replaced, today)} and not in the file is removed."


def _lines(shown: UploadShown, formats: Formats) -> Iterator[str]:
    """What changes, line by line, or what is wrong."""
    today = local_date(shown.read_at, formats.zone)
    if shown.trouble:
        trouble = shown.trouble
        yield from (problem_words(problem) for problem in trouble.problems)
        yield from _more(trouble.total - len(trouble.problems))
        if trouble.unknown_header:
            yield "The first line has to name the columns, in any order, and not all are needed:"
            yield from (f"{kind}: `{line}`" for kind, line in _HEADERS.items())
            yield _OTHER_LANGUAGES
        yield "Mend the file and drop it here again."
    elif shown.preview and shown.state in (State.READ, State.APPLYING, State.APPLIED):
        preview = shown.preview
        yield count_words(preview, done=shown.state is State.APPLIED)
        yield from (f"• {entry_words(entry, formats, today)}" for entry in preview.entries)
        listed = sum(count for what, count in preview.counts.items() if what is not What.UNCHANGED)
        if shown.state is not State.APPLIED:
            yield from _more(listed - sum(map(_weight, preview.entries)))
        elif shown.kind == "shifts" and (preview.counts.get(What.MOVED) or preview.counts.get(What.REMOVED)):
            yield "Whose planned shift was moved or removed is told so."
        if preview.ended:
            yield ending_words(preview.ended)
        if shown.unowned:
            yield f"{no_owner_words(shown.unowned)}."
    if shown.state is State.READ and shown.preview and shown.preview.counts.get(What.CLASHING):
        yield "Nobody can work two shifts at once. Mend the file and drop it here again."


def _weight(entry: Entry) -> int:
    """How many lines it stands for."""
    return entry.count if isinstance(entry, SeriesEntry) else 1


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"… and {count} more."


def _notes(preview: Preview) -> Iterator[str]:
    for label, names in (
        ("New queues", preview.new_queues),
        ("Columns that I do not read", preview.unread_columns),
        ("Other sheets, which I do not read", preview.unread_sheets),
    ):
        if names:
            said = ", ".join(escape(shorten(name, _NAME)) for name in names[:_NAMES])
            more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
            yield f"{label}: {said}{more}"


def _offered(shown: UploadShown) -> Iterator[Block]:
    value = str(shown.id)
    if shown.unowned and shown.number:
        yield offer_import_button(shown.number)
    if shown.state is State.APPLIED and shown.remark is not Remark.BEGUN:
        undo = button("Undo", UNDO, value, f"Undo import {shown.number}")
        yield {**undo, "confirm": _confirm(shown)}
    if shown.state is not State.READ or shown.preview is None:
        return
    if shown.preview.is_applicable:
        apply = {**button("Apply", APPLY, value, f"Apply {shown.name}"), "style": "primary"}
        removed = shown.preview.counts.get(What.REMOVED, 0) if shown.kind == "shifts" else 0
        yield {**apply, "confirm": _confirm_removal(removed)} if removed else apply
    if shown.preview.days:
        yield button("Other days to replace…" if shown.replaced else "Replace days…", REPLACE, value)
    if shown.replaced:
        yield button("Remove nothing", KEEP, value)
    yield button("Cancel", CANCEL, value, f"Cancel {shown.name}")


def _confirm(shown: UploadShown) -> Block:
    told = " Whose planned shifts change again is told so." if shown.kind == "shifts" else ""
    text = f"Everything is then as it was before import {shown.number}.{told}"
    return confirmation(f"Undo import {shown.number}?", text, "Undo", "Keep it")


def _confirm_removal(count: int) -> Block:
    shifts = "1 shift" if count == 1 else f"{count} shifts"
    text = f"The file does not have {'it' if count == 1 else 'them'}. Whose planned shift is removed is told so."
    return confirmation(f"Remove {shifts}?", text, "Apply", "Not now")

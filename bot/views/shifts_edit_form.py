"""The forms that edit a shift by hand, and what an edit would do."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from bot.domain.shifts_edit import (
    BadEdit,
    Cut,
    Draft,
    Edit,
    EditForm,
    FarAway,
    Listing,
    NotWithin,
    Outlook,
    Owner,
    OwnerHasLeft,
    Removal,
    SkippedByClocks,
    Way,
    WorksThen,
)
from bot.domain.shifts_import import PlannedShift
from bot.domain.when_dates import YEARS
from bot.domain.zones import zone_words
from bot.views.blocks import Block, context, paragraphs, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    date_picker,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    searching_select,
    select,
    time_picker,
)
from bot.views.requests import review_blocks
from bot.views.shifts_edit import TITLE, head_words, listing_value, read_listing
from bot.views.uploads_words import deed_words, planned_words, times_words

FORM = "shifts.edit.form"
OWNER, DAY, START, END, QUEUE, NOTE, AT = (
    f"{FORM}.{name}" for name in ("owner", "day", "start", "end", "queue", "note", "at")
)
_NOBODY, _NO_QUEUE = "nobody", "none"
_OPEN = "Nobody: an open shift"
_LONGEST_NOTE, _NAME, _LINES = 3000, 60, 20
_TITLES = {
    Way.ADD: "Add a shift",
    Way.CHANGE: "Change a shift",
    Way.SPLIT: "Split a shift",
    Way.DELETE: "Delete a shift",
}
_SUBMIT = {Way.ADD: "Add", Way.CHANGE: "Save", Way.SPLIT: "Split", Way.DELETE: "Delete"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a form, opened from which list; ``seen`` None: what it would do was not looked at yet."""

    way: Way
    nonce: UUID
    listing: Listing
    shift: UUID | None
    version: str
    seen: str | None
    edit: Edit


def edit_form(
    form: EditForm, formats: Formats, today: date, outlook: Outlook | None = None, *, again: bool = False
) -> View:
    """A form, with what it would do once that was asked for; ``again``: that is not what was looked at before."""
    fields = {Way.SPLIT: _split_fields, Way.DELETE: _no_fields}.get(form.way, _draft_fields)
    kept = {
        "way": form.way,
        "nonce": str(form.nonce),
        "listing": listing_value(form.listing),
        "shift": str(form.shift.id) if form.shift else "",
        "version": form.shift.version if form.shift else "",
        "seen": outlook.digest if outlook else "",
    }
    return modal(
        _TITLES[form.way],
        *_heading(form, formats, today),
        *(_outlook_blocks(outlook, formats, today, again=again) if outlook else ()),
        *fields(form),
        callback_id=FORM,
        submit=_submit(form.way, outlook) if outlook else "Preview",
        close="Back",
        metadata=json.dumps(kept),
    )


def read_form(view: View) -> Filled:
    """What somebody has filled in."""
    kept, values = json.loads(view["private_metadata"]), entered(view)
    way = Way(kept["way"])
    return Filled(
        way,
        UUID(kept["nonce"]),
        read_listing(kept["listing"]),
        UUID(kept["shift"]) if kept["shift"] else None,
        kept["version"],
        kept["seen"] or None,
        _edit(way, values),
    )


def owner_options(owners: Iterable[Owner], typed: str) -> list[Block]:
    """Whose shift it may be, by what was searched for, as many as Slack takes."""
    said = typed.casefold()
    nobody = [_owner_option(None)] if said in _OPEN.casefold() else []
    found = [each for each in owners if said in f"{each.name} · {each.email}".casefold()]
    return [*nobody, *map(_owner_option, found)][:MOST_OPTIONS]


def errors(bad: BadEdit, formats: Formats, today: date) -> dict[str, str]:
    """What is wrong, at its field."""
    match bad:
        case WorksThen(other=other):
            return {START: f"They have a shift then: {times_words(other, formats, today)}. Change that one first."}
        case SkippedByClocks(zone=zone):
            return {START: f"Clocks of {zone_words(zone)} skip this time on that day. Choose another one."}
        case FarAway():
            return {DAY: f"Choose a day from {YEARS[0]} to {YEARS[-1]}."}
        case OwnerHasLeft():
            return {OWNER: "They have left. Choose somebody else, or nobody."}
        case NotWithin(shift=shift):
            return {AT: f"Choose a time within {times_words(shift, formats, today)}."}
    return {START: "It is like this already. Change something, or go back."}


def changed_meanwhile(now: PlannedShift, formats: Formats, today: date) -> View:
    """Somebody has edited the shift since the form was opened."""
    text = "Nothing was saved, because this shift has changed since you opened it."
    whose = escape(shorten(now.email, _NAME)) if now.email else "An open shift"
    return modal(
        TITLE,
        section(f"{text} Now it is:\n{whose} · {planned_words(now, formats, today)}"),
        context("Go back, and edit it as it is now."),
        close="Back",
    )


def _submit(way: Way, outlook: Outlook) -> str:
    return f"{_SUBMIT[way]} anyway" if outlook.review.denials else _SUBMIT[way]


def _heading(form: EditForm, formats: Formats, today: date) -> Iterator[Block]:
    if form.shift:
        owner = person(form.shift.owner) if form.shift.owner else "Open shift"
        yield section(f"*{owner}* · {head_words(form.shift, formats, today)}")


def _outlook_blocks(outlook: Outlook, formats: Formats, today: date, *, again: bool) -> Iterator[Block]:
    said = "This is something else than you looked at before, so nothing was changed. Look at it once more."
    title = said if again else "Nothing is changed yet. This is what it does:"
    done = [deed_words(entry, formats, today, outlook.names) for entry in outlook.preview.entries]
    lines = [f"{each[0].upper()}{each[1:]}" for each in done]
    lines += [f"{each.capitalize()}, which nobody has settled yet, ends" for each in outlook.waiting]
    more = [f"… and {len(lines) - _LINES} more"] if len(lines) > _LINES else []
    yield from paragraphs([f"*{title}*", *(f"• {line}" for line in [*lines[:_LINES], *more])])
    if outlook.people:
        yield from review_blocks(outlook.review, outlook.people, formats, "Goes against the law, or cannot be")
    begun = "This work has begun: you change what stands as worked. " if outlook.begun else ""
    yield context(f"{begun}Whoever is concerned is told, old → new.")


def _draft_fields(form: EditForm) -> Iterator[Block]:
    shift = form.shift.shift if form.shift else None
    day = shift.start_local.date() if shift else form.listing.first
    start, end = (shift.start_local.time(), shift.end_local.time()) if shift else (None, None)
    zone = (
        f"Times are those of {zone_words(shift.timezone)}." if shift else "Times are those of whose shift it is."
    )
    queues = [option(plain(name), f"queue {name}") for name in _queues(form)]
    chosen = f"queue {shift.queue}" if shift and shift.queue else _NO_QUEUE
    yield field("Whose shift", OWNER, searching_select(_owner_option(form.owner)))
    yield field("Day", DAY, date_picker(day))
    yield field("Start", START, time_picker(start), hint=zone)
    yield field("End", END, time_picker(end), hint="At or before the start, it is on the next day.")
    yield field("Queue", QUEUE, select([option("No queue", _NO_QUEUE), *queues][:MOST_OPTIONS], chosen))
    note = paragraph_input(shift.note or "" if shift else "", longest=_LONGEST_NOTE)
    yield field("Note", NOTE, note, optional=True, hint="Whoever works it reads it.")


def _split_fields(form: EditForm) -> Iterator[Block]:
    zone = form.shift.shift.timezone if form.shift else ""
    hint = f"On the clocks of {zone_words(zone)}. Both parts stay whose it is; change them afterwards."
    yield field("Split at", AT, time_picker(None), hint=hint)


def _no_fields(_form: EditForm) -> Iterator[Block]:
    yield from ()


def _queues(form: EditForm) -> dict[str, None]:
    """Its own first, so that it is there whatever Slack takes of them."""
    own = [form.shift.shift.queue] if form.shift and form.shift.shift.queue else []
    return dict.fromkeys([*own, *form.queues])


def _owner_option(owner: Owner | None) -> Block:
    if owner is None:
        return option(_OPEN, _NOBODY)
    return option(f"{plain(owner.name)} · {plain(owner.email)}", str(owner.id))


def _edit(way: Way, values: dict[str, Any]) -> Edit:
    if way is Way.DELETE:
        return Removal()
    if way is Way.SPLIT:
        return Cut(time.fromisoformat(values[AT]))
    owner, queue = values[OWNER], values[QUEUE]
    return Draft(
        None if owner == _NOBODY else UUID(owner),
        date.fromisoformat(values[DAY]),
        time.fromisoformat(values[START]),
        time.fromisoformat(values[END]),
        None if queue == _NO_QUEUE else queue.removeprefix("queue "),
        (values[NOTE] or "").strip() or None,
    )

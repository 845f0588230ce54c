"""The shifts that can be edited by hand: what is planned on some days, each to be changed, split or deleted."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.shifts_edit import Listing, ShiftsToEdit, ShiftToEdit, Way, Work
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, duration, escape, person, shorten
from bot.views.forms import View, modal, option
from bot.views.unowned import no_owner_words, offer_import_button
from bot.views.uploads_words import planned_words

OPEN, ADD, DO, TURN = (f"shifts.edit.{name}" for name in ("open", "add", "do", "turn"))
TITLE = "Edit shifts"
PAGE = 25
_NOTE, _PARTS = 120, 3
# As the grammar reads them in every language.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DO = {Way.CHANGE: "Change…", Way.SPLIT: "Split…", Way.DELETE: "Delete…"}


def edit_list(shown: ShiftsToEdit, formats: Formats, today: date, said: Iterable[Block] = ()) -> View:
    """The shifts of some days; ``said`` is what came of the last edit."""
    listing = shown.listing
    whose = f"Shifts of {person(shown.whose)}" if shown.whose else "All shifts"
    nothing = "" if shown.shifts else "\nNothing is planned."
    last = max(0, len(shown.shifts) - 1) // PAGE
    page = max(0, min(listing.page, last))
    turns = [button("Earlier", f"{TURN}.earlier", str(page - 1))] if page > 0 else []
    turns += [button("More", f"{TURN}.more", str(page + 1))] if page < last else []
    return modal(
        TITLE,
        *said,
        section(f"*{whose}* · {formats.days(listing.first, listing.last, today)}{nothing}"),
        *(_line(each, shown, formats, today) for each in shown.shifts[page * PAGE : (page + 1) * PAGE]),
        buttons(button("Add a shift…", ADD, ADD), *turns),
        close="Close",
        metadata=listing_value(listing),
    )


def listing_value(listing: Listing) -> str:
    """A list, as buttons and forms carry it with them."""
    first, last = listing.first.isoformat(), listing.last.isoformat()
    return json.dumps([listing.slack_id, first, last, listing.page])


def read_listing(value: str) -> Listing:
    """The list that is carried."""
    slack_id, first, last, page = json.loads(value)
    return Listing(slack_id, date.fromisoformat(first), date.fromisoformat(last), page)


def read_chosen(value: str) -> tuple[Way, UUID]:
    """What is to be done to which shift."""
    way, _, shift = value.partition(" ")
    return Way(way), UUID(shift)


def head_words(each: ShiftToEdit, formats: Formats, today: date) -> str:
    """When a shift is planned, for which queue and for how long."""
    return f"{planned_words(each.shift, formats, today)} · {duration(each.shift.interval.length)}"


def saved(number: int, unowned: int, elsewhere: date | None, prefix: str) -> Iterator[Block]:
    """What came of an edit, which is to be seen on a day ``elsewhere`` (None: in this list).

    ``unowned`` of its shifts nobody works.
    """
    said = [f"Saved as edit {number}: undo it in `/{prefix}floor imports`."]
    if elsewhere:
        day = f"{_MONTHS[elsewhere.month - 1]} {elsewhere.day}"
        said.append(f"It is not in this list: `/{prefix}shifts edit {day}` shows it.")
    said += [f"{no_owner_words(unowned)}."] if unowned else []
    yield section(" ".join(said))
    if unowned:
        yield buttons(offer_import_button(number))


def gone() -> Message:
    """The shift that was chosen is not planned any more."""
    text = "This shift is not planned any more, so there is nothing to edit."
    return message(text, section(text), context("Go back: the list shows what is there now."))


def not_on_roster(slack_id: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{slack_id}> is not on the roster, so they have no shifts to edit."
    return message(text, section(text), context("A people file puts them there."))


def too_many_days(most: int) -> Message:
    """The range is longer than anybody edits one by one."""
    text = f"That is more than {most} days. Ask for fewer, or drop a corrected shifts file into a message to me."
    return message(text, section(text))


def _line(each: ShiftToEdit, shown: ShiftsToEdit, formats: Formats, today: date) -> Block:
    theirs = shown.whose is not None and each.owner == shown.whose
    parts = [] if theirs else [person(each.owner) if each.owner else "Open shift"]
    parts += [head_words(each, formats, today)]
    parts += [f"“{escape(shorten(each.shift.note, _NOTE))}”"] if each.shift.note else []
    worked = f"\nWorked {_worked(each, formats)}" if each.worked else ""
    choices = [option(label, f"{way} {each.id}") for way, label in _DO.items()]
    menu = {"type": "overflow", "action_id": DO, "options": choices}
    return {**section(f"{' · '.join(parts)}{worked}"), "accessory": menu}


def _worked(each: ShiftToEdit, formats: Formats) -> str:
    """By whom, and from when to when where it is more than one."""
    there = Formats(ZoneInfo(each.shift.timezone), formats.locale, formats.hour_cycle, formats.first_weekday)
    if len(each.worked) == 1:
        return f"by {_worker(each.worked[0])}"
    parts = [f"{there.hours(work.interval)} by {_worker(work)}" for work in each.worked[:_PARTS]]
    more = len(each.worked) - _PARTS
    return ", ".join([*parts, f"and {more} more"] if more > 0 else parts)


def _worker(work: Work) -> str:
    return person(work.worker) if work.worker else "nobody"

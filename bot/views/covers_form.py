"""The form that offers a shift, or a part of it, to others."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID

from bot.domain.covers_shown import CoverForm, Wrong
from bot.views import forms
from bot.views.blocks import Block, context, section
from bot.views.formats import Formats, duration
from bot.views.forms import View, entered, field, modal
from bot.views.requests import zone_line
from bot.views.swaps_form import option

FORM = "cover.form"
SHIFT, FROM, UNTIL, NOTE = (f"{FORM}.{name}" for name in ("shift", "from", "until", "note"))
LONGEST_NOTE = 3000
_FOR_SOMEBODY = "You enter this for <@{}>, who is told and may withdraw it. You cannot approve it."
_UNTIL_HINT = "Left empty: to its end. A part lasts {} or more."
_HINT = "Whoever the rules allow is asked, a few at a time. Until somebody is confirmed it stays with {}."
WRONG = {
    Wrong.SHIFT_NOT_THEIRS: "This shift is somebody else's now. Close the form and start again.",
    Wrong.SHIFT_CHANGED: "This shift has changed since you opened the form. Close it and start again.",
    Wrong.SHIFT_BEGUN: "This has begun already. Choose a later time, or another shift.",
    Wrong.OUTSIDE_SHIFT: "That is outside the shift. Choose a time within it, or leave it empty.",
    Wrong.NO_LENGTH: "It ends where it begins. Choose a later time.",
    Wrong.TOO_SHORT: "That is too short for anybody to come. Choose a longer time.",
    Wrong.OFFERED_ALREADY: "This is offered to others already. Withdraw that first, or choose another time.",
    Wrong.UNKNOWN_QUEUE: "There is no such queue. Pick one from the list.",
    Wrong.TOO_MANY: "That is too many at once. Open fewer.",
    Wrong.TOO_LONG: "That is too long for one shift. Choose an earlier end.",
}
_OF_TIMES = frozenset({Wrong.OUTSIDE_SHIFT, Wrong.NO_LENGTH, Wrong.TOO_SHORT})


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; the times are on the clock of whoever filled it in, None: as the shift."""

    nonce: UUID
    shift: UUID | None
    start: time | None
    end: time | None
    note: str
    owner: str | None


def cover_form(form: CoverForm, formats: Formats, hints: Iterable[str] = ()) -> View:
    """The form with what was chosen or typed; ``hints`` are said on top."""
    whose = f"<@{form.owner}>" if form.owner else "you"
    said = [*([_FOR_SOMEBODY.format(form.owner)] if form.owner else []), *hints]
    starts, ends = (each.astimezone(formats.zone).time() if each else None for each in (form.start, form.end))
    least = duration(timedelta(minutes=form.least))
    blocks: list[Block] = [section(_HINT.format(whose)), *([context("\n".join(said))] if said else [])]
    shifts = [option(shift, formats) for shift in form.shifts]
    blocks += [
        field("Their shift" if form.owner else "Your shift", SHIFT, forms.select(shifts, str(form.chosen))),
        field("From", FROM, forms.time_picker(starts), optional=True, hint="Left empty: from its start."),
        field("Until", UNTIL, forms.time_picker(ends), optional=True, hint=_UNTIL_HINT.format(least)),
        field(
            "Note", NOTE, forms.paragraph_input(longest=LONGEST_NOTE), optional=True, hint="Those asked read it."
        ),
        zone_line(formats),
    ]
    kept = json.dumps({"nonce": str(form.nonce), "owner": form.owner or ""})
    return modal("Give a shift away", *blocks, callback_id=FORM, submit="Offer it", metadata=kept)


def read_form(view: View) -> Filled:
    """What somebody has filled in."""
    values, kept = entered(view), json.loads(view["private_metadata"])
    start, end = (time.fromisoformat(values[each]) if values[each] else None for each in (FROM, UNTIL))
    shift = UUID(values[SHIFT]) if values[SHIFT] else None
    return Filled(UUID(kept["nonce"]), shift, start, end, values[NOTE] or "", kept["owner"] or None)


def wrong_words(wrong: Wrong, least: timedelta | None = None) -> str:
    """What is wrong with what somebody wants; ``least``: how long a part has to be, where that is known."""
    if wrong is Wrong.TOO_SHORT and least:
        return f"That is too short for anybody to come. Choose {duration(least)} or more, or all of it."
    return WRONG[wrong]


def errors(filled: Filled, wrong: Iterable[Wrong]) -> dict[str, str]:
    """What is wrong, each at its field."""
    found: dict[str, str] = {}
    for each in wrong:
        typed = UNTIL if filled.end else FROM if filled.start else SHIFT
        block = FROM if each is Wrong.SHIFT_BEGUN else typed if each in _OF_TIMES else SHIFT
        found[block] = WRONG[each]
    return found

"""The form in which time off is asked for, and those in which some days of a request are approved."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID

from bot.domain.timeoff_asked import Wish
from bot.domain.timeoff_seen import RequestShown
from bot.domain.when_meaning import DayPart, When
from bot.views.blocks import Block, context, section
from bot.views.formats import Formats
from bot.views.forms import (
    MISSING,
    MOST_OPTIONS,
    View,
    date_picker,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    select,
    several,
    time_picker,
)
from bot.views.requests import zone_line
from bot.views.timeoff_ask import TITLE, Kept
from bot.views.timeoff_words import leave_words

FORM = "timeoff.request.form"
KIND, FIRST, LAST, PART, FROM, UNTIL, NOTE = (
    f"{FORM}.{name}" for name in ("kind", "first", "last", "part", "from", "until", "note")
)
PART_FORM, DAYS = "timeoff.part", "timeoff.part.days"
LONGEST_NOTE = 1000
_PARTS = {
    "whole": "Whole days",
    DayPart.MORNING.value: "The first half of each day",
    DayPart.AFTERNOON.value: "The second half of each day",
    "hours": "Hours of each day",
}
_FOR_SOMEBODY = "You enter this for <@{}>, who is told and may withdraw it. You cannot approve it."


@dataclass(frozen=True, slots=True)
class TimeoffForm:
    """What the form begins with, and the kinds that there are: folded name and name."""

    kept: Kept
    kinds: Sequence[tuple[str, str]]
    replaces: int | None = None


def timeoff_form(form: TimeoffForm, formats: Formats) -> View:
    """The form with what was chosen or typed."""
    kept = form.kept
    wish, when = kept.wish, kept.wish.when
    hints = [_FOR_SOMEBODY.format(kept.whom)] if kept.whom else []
    if form.replaces is not None:
        hints.append(f"You change time off {form.replaces}. What was approved stands until this is approved.")
    part = when.part.value if when.part and when.part.value in _PARTS else "hours" if when.start else "whole"
    kinds = [option(name.capitalize(), folded) for folded, name in form.kinds[:MOST_OPTIONS]]
    last = when.last if when.last != when.first else None
    blocks: list[Block] = [context("\n".join(hints))] if hints else []
    blocks += [
        field("Kind", KIND, select(kinds, wish.kind)),
        field("From", FIRST, date_picker(when.first)),
        field("To", LAST, date_picker(last), optional=True, hint="Left empty: the same day."),
        field("How much", PART, select([option(label, value) for value, label in _PARTS.items()], part)),
        field("From what time", FROM, time_picker(when.start), optional=True, hint="Only where you chose hours."),
        field("Until what time", UNTIL, time_picker(when.end), optional=True),
        field(
            "Note",
            NOTE,
            paragraph_input(kept.note, longest=LONGEST_NOTE),
            optional=True,
            hint="Whoever approves it reads it. Health is nobody's business.",
        ),
        zone_line(formats, "Next you read what it costs; nothing is sent before"),
    ]
    said = {"n": str(kept.nonce), "w": kept.whom or "", "r": str(wish.replaces or "")}
    return modal(TITLE, *blocks, callback_id=FORM, submit="Next", metadata=json.dumps(said))


def read_form(view: View) -> tuple[Kept | None, dict[str, str]]:
    """What was filled in, or what is wrong at which field."""
    values, said = entered(view), json.loads(view["private_metadata"])
    missing = {name: MISSING for name in (KIND, FIRST, PART) if not values[name]}
    if missing:
        return None, missing
    first = date.fromisoformat(values[FIRST])
    last = date.fromisoformat(values[LAST]) if values[LAST] else first
    if last < first:
        return None, {LAST: "That is before the first day."}
    when = When(first, last)
    if values[PART] == "hours":
        if missing := {name: MISSING for name in (FROM, UNTIL) if not values[name]}:
            return None, missing
        when = replace(when, start=time.fromisoformat(values[FROM]), end=time.fromisoformat(values[UNTIL]))
    elif values[PART] != "whole":
        when = replace(when, part=DayPart(values[PART]))
    wish = Wish(values[KIND], when, None, UUID(said["r"]) if said["r"] else None)
    return Kept(UUID(said["n"]), wish, said["w"] or None, values[NOTE] or ""), {}


def part_form(shown: RequestShown, formats: Formats) -> View:
    """Asks which days of a request are approved, which are a hundred at most."""
    taking = [each for each in shown.wanted if each.minutes][:MOST_OPTIONS]
    options = [
        option(f"{formats.day(each.day)} · {leave_words(each.minutes, 24 * 60)}", each.day.isoformat())
        for each in taking
    ]
    return modal(
        "Approve part",
        section("Which days do you approve? The others are declined."),
        field("Days", DAYS, several(options, [each["value"] for each in options])),
        callback_id=PART_FORM,
        submit="Approve these",
        metadata=str(shown.id),
    )


def read_part(view: View) -> tuple[UUID, tuple[date, ...]]:
    """The request, and the days."""
    return UUID(view["private_metadata"]), tuple(date.fromisoformat(each) for each in entered(view)[DAYS] or ())

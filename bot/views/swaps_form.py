"""The form that proposes a swap."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from bot.domain.rules import RuleId
from bot.domain.swaps_shown import SwapForm, SwapShift, Wrong
from bot.domain.wallclock import local_date
from bot.views import forms
from bot.views.blocks import Block, context
from bot.views.findings import finding_words
from bot.views.formats import Formats, plain
from bot.views.forms import MOST_OPTIONS, View, field, modal
from bot.views.requests import zone_line
from bot.views.swaps_words import shift_words, wrong_words

FORM = "swap.form"
GIVEN, COLLEAGUE, RETURNED, NOTE = (f"{FORM}.{name}" for name in ("given", "colleague", "returned", "note"))
_LONGEST_NOTE = 3000
_MOST_LEFT_OUT = 3
_FOR_SOMEBODY = "You enter this for <@{}>, who is told and may withdraw it. You cannot approve it."
_ABOUT_GIVEN = frozenset({Wrong.GIVEN_NOT_YOURS, Wrong.GIVEN_CHANGED, Wrong.GIVEN_BEGUN})
_ABOUT_RETURNED = frozenset({Wrong.RETURNED_CHANGED, Wrong.RETURNED_BEGUN})


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; ``returned_block`` is where its return shift is chosen.

    ``asker`` is for whom it is entered; None: for whoever fills it in.
    """

    nonce: UUID
    given: UUID | None
    colleague: str | None
    returned: UUID | None
    note: str
    returned_block: str
    asker: str | None = None


def swap_form(form: SwapForm, formats: Formats) -> View:
    """The form that proposes a swap, with what was chosen or typed so far."""
    shifts = [option(shift, formats) for shift in form.shifts]
    returned = next((option(each, formats) for each in form.legal or () if each.id == form.returned), None)
    theirs = field("For their shift", RETURNED, forms.searching_select(returned))
    # Another colleague has other shifts: a new id forgets what was chosen.
    theirs["block_id"] = f"{RETURNED}:{form.given}:{form.colleague}"
    hints = [_FOR_SOMEBODY.format(form.asker), *form.hints] if form.asker else form.hints
    blocks = [context("\n".join(hints))] if hints else []
    blocks += [
        field(
            "Their shift to give" if form.asker else "Your shift",
            GIVEN,
            forms.select(shifts, str(form.given)),
            tells=True,
        ),
        field("With", COLLEAGUE, forms.person_select(form.colleague), tells=True),
        context(_offer(form)),
        theirs,
        *map(context, _left_out(form, formats)),
        field("Note", NOTE, forms.paragraph_input(longest=_LONGEST_NOTE), optional=True),
        zone_line(formats),
    ]
    chosen = {"nonce": str(form.nonce), "given": str(form.given or ""), "colleague": form.colleague or ""}
    chosen |= {"asker": form.asker or ""}
    return modal("Swap a shift", *blocks, callback_id=FORM, submit="Propose", metadata=json.dumps(chosen))


def read_form(view: View) -> Filled:
    """What somebody has filled in."""
    values = {action: value for block in view["state"]["values"].values() for action, value in block.items()}
    given, returned = (values.get(name, {}).get("selected_option") for name in (GIVEN, RETURNED))
    block = next(
        each["block_id"] for each in view["blocks"] if each.get("element", {}).get("action_id") == RETURNED
    )
    return Filled(
        UUID(json.loads(view["private_metadata"])["nonce"]),
        UUID(given["value"]) if given else None,
        values.get(COLLEAGUE, {}).get("selected_user"),
        UUID(returned["value"]) if returned else None,
        values.get(NOTE, {}).get("value") or "",
        block,
        read_asker(view),
    )


def read_chosen(view: View) -> tuple[UUID | None, str | None]:
    """The shift and the colleague that the form was last drawn for."""
    chosen = json.loads(view["private_metadata"])
    return UUID(chosen["given"]) if chosen["given"] else None, chosen["colleague"] or None


def read_asker(view: View) -> str | None:
    """For whom the form is filled in, by their Slack account; None: for whoever does."""
    return json.loads(view["private_metadata"])["asker"] or None


def option(shift: SwapShift, formats: Formats) -> Block:
    """A shift to choose, by day and hours in the reader's zone: options cannot hold date tokens."""
    day = formats.day(local_date(shift.interval.start, formats.zone))
    queue = f" · {plain(shift.queue)}" if shift.queue else ""
    return forms.option(f"{day}, {formats.hours(shift.interval)}{queue}", str(shift.id))


def options(shifts: Iterable[SwapShift], searched: str, formats: Formats) -> list[Block]:
    """The shifts whose text has what was searched for, as many as Slack takes."""
    every = [option(shift, formats) for shift in shifts]
    found = [each for each in every if searched.casefold() in each["text"]["text"].casefold()]
    return found[:MOST_OPTIONS]


def errors(filled: Filled, wrong: Iterable[Wrong]) -> dict[str, str]:
    """What is wrong, each at its field."""
    found: dict[str, str] = {}
    for each in wrong:
        block = GIVEN if each in _ABOUT_GIVEN else filled.returned_block if each in _ABOUT_RETURNED else COLLEAGUE
        found[block] = wrong_words(each)
    return found


def _offer(form: SwapForm) -> str:
    """Why there is, or is not, something to choose in return; never the colleague's rules."""
    wrong = [wrong_words(each) for each in form.wrong]
    if wrong:
        return " ".join(wrong)
    if form.legal is None:
        if form.asker:
            return "Pick a shift and a colleague first, then you see which of the colleague's shifts fit."
        return "Pick your shift and a colleague first, then you see which of their shifts you can get for it."
    if not form.legal:
        return f"None of <@{form.colleague}>'s shifts can be swapped for this one. Try another shift or colleague."
    number = len(form.legal)
    return (
        f"{number} of <@{form.colleague}>'s shifts can be swapped for this one."
        if number > 1
        else (f"One of <@{form.colleague}>'s shifts can be swapped for this one.")
    )


def _left_out(form: SwapForm, formats: Formats) -> Iterator[str]:
    """What of the colleague's is not offered because of the reader's own rules, and which."""
    busy = [each for each in form.left_out if each.finding.rule is RuleId.OVERLAP]
    barred = [each for each in form.left_out if each.finding.rule is not RuleId.OVERLAP]
    if barred:
        yield "Left out on your part:"
    for each in barred[:_MOST_LEFT_OUT]:
        yield f"• {shift_words(each.shift, formats)}: {finding_words(each.finding, {}, formats)}"
    if (more := len(barred) - _MOST_LEFT_OUT) > 0:
        yield f"• {more} more by such rules"
    # Nobody asks for what they cannot be at, but who is offered nothing asks why.
    if busy and not form.legal:
        yield f"You work yourself during {len(busy)} of them."

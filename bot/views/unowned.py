"""What nobody works, and the form that offers several of it to others at once."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from bot.domain.covers_shown import Wrong
from bot.domain.unowned import Unowned
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, context, message, section
from bot.views.departures import WRONG
from bot.views.formats import Formats, plain
from bot.views.forms import View, entered, field, modal, option, plain_text, several
from bot.views.requests import work_words, zone_line

OFFER, OFFER_IMPORT = "unowned.offer", "unowned.offer_import"
FORM = "unowned.form"
TITLE = "Offer open shifts"
NOTHING_CHOSEN = "Choose at least one."
NONE_LEFT = "Each of them has an owner by now, or is offered to others already. Nothing was changed."
# Slack takes ten boxes in one group.
_BOXES, MOST = 10, 50


def no_owner_words(number: int) -> str:
    """How many nobody works and nobody is asked for."""
    return "1 shift has no owner yet" if number == 1 else f"{number} shifts have no owner yet"


def offer_import_button(number: int) -> Block:
    """Opens the form for all that an import has brought and nobody works."""
    return button("Offer them…", OFFER_IMPORT, str(number), f"Offer what has no owner of import {number}…")


def offer_form(work: Sequence[Unowned], nonce: UUID, formats: Formats) -> View:
    """All of it, or the first, with a box for each; all are ticked."""
    offered, more = work[:MOST], len(work) - MOST
    groups = [offered[at : at + _BOXES] for at in range(0, len(offered), _BOXES)]
    said = f"{no_owner_words(len(work))}. Whoever can work then by the rules is asked, a few at a time."
    return modal(
        TITLE,
        section(said),
        *(_boxes(number, group, formats, optional=len(groups) > 1) for number, group in enumerate(groups)),
        *([context(f"and {more} more, which can be offered after these")] if more > 0 else []),
        zone_line(formats),
        callback_id=FORM,
        submit=_submit(len(offered)),
        metadata=json.dumps({"nonce": str(nonce)}),
    )


def recounted(view: View) -> View:
    """The form as it stands, with as many on its button as are ticked."""
    kept = ("type", "callback_id", "title", "close", "private_metadata", "blocks")
    return {key: view[key] for key in kept} | {"submit": plain_text(_submit(len(read_form(view)[1])))}


def read_form(view: View) -> tuple[UUID, list[UUID]]:
    """The nonce, and the assignments that are ticked."""
    values = entered(view)
    ticked = [UUID(each) for name in sorted(values) for each in values[name]]
    return UUID(json.loads(view["private_metadata"])["nonce"]), ticked


def first_field(view: View) -> str:
    """Where it is said that nothing is ticked."""
    return str(next(block["block_id"] for block in view["blocks"] if block["type"] == "input"))


def being_offered(number: int) -> Message:
    """It takes its time."""
    verb = "is" if number == 1 else "are"
    return message(f"{_shifts(number)} {verb} being offered. What comes of it follows here.")


def offered(numbers: Sequence[int], left_out: Collection[tuple[Wrong, ...]]) -> Message:
    """What is offered by now, and what could not be."""
    return message("\n".join(_offered(numbers, left_out)))


def _offered(numbers: Sequence[int], left_out: Collection[tuple[Wrong, ...]]) -> Iterator[str]:
    if numbers:
        said = f"Open shift {numbers[0]} is" if len(numbers) == 1 else f"Open shifts {_listed(numbers)} are"
        yield f"{said} offered to others now, a few people at a time."
    for wrong, number in Counter(left_out).items():
        yield f"{_shifts(number)} left out: {' '.join(_why(wrong))}"


def _listed(numbers: Sequence[int]) -> str:
    """As a rule they follow each other."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{numbers[0]} to {numbers[-1]}"
    *most, last = map(str, numbers)
    return f"{', '.join(most)} and {last}"


def _why(wrong: Iterable[Wrong]) -> Iterator[str]:
    return (WRONG.get(each, WRONG[Wrong.SHIFT_CHANGED]) for each in wrong)


def _boxes(number: int, work: Sequence[Unowned], formats: Formats, *, optional: bool) -> Block:
    edges = [local_date(each.interval.start, formats.zone) for each in (work[0], work[-1])]
    options = [option(_words(each, formats), str(each.id)) for each in work]
    boxes = several(options, [each["value"] for each in options], kind="checkboxes")
    return field(formats.days(edges[0], edges[1]), f"{FORM}.{number}", boxes, optional=optional, tells=True)


def _words(each: Unowned, formats: Formats) -> str:
    return work_words(each.interval, None, formats) + (f" · {plain(each.queue)}" if each.queue else "")


def _submit(number: int) -> str:
    return "Offer it" if number == 1 else f"Offer {number} shifts" if number else "Offer them"


def _shifts(number: int) -> str:
    return "1 shift" if number == 1 else f"{number} shifts"

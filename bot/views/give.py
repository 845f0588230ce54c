"""Choosing who is to work something: those whom the rules let, the first of the ranking first."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from bot.domain.ranking import Place
from bot.domain.shifts import Somebody
from bot.domain.unowned import Ranked
from bot.views.blocks import Block
from bot.views.covers_words import reasons
from bot.views.formats import plain, shorten
from bot.views.forms import MOST_OPTIONS, field, option, plain_text, searching_select

_NAME, _WHY = 60, 75


def taker_field(label: str, name: str, chosen: Block | None = None, *, tells: bool = False) -> Block:
    """Asks for somebody; the bot is asked for the options as a name is typed."""
    hint = "Whom the rules allow, in the order in which they would be asked. They read that it was you."
    return field(label, name, searching_select(chosen), tells=tells, hint=hint)


def taker_options(people: Ranked, query: str, now: datetime) -> list[Block]:
    """Those of the people in whose name is what was typed, with why they are where they are."""
    words = query.casefold().split()
    offered = (_option(*each, number, now) for number, each in enumerate(people, 1))
    found = (each for each in offered if all(word in each["text"]["text"].casefold() for word in words))
    return list(islice(found, MOST_OPTIONS))


def nobody_words(people: Sequence[object]) -> str:
    """What to do where nobody can; nothing otherwise."""
    if people:
        return ""
    return "The rules let nobody whom you lead work all of it. Where it is offered, others may take parts of it."


def _option(who: Somebody, place: Place, number: int, now: datetime) -> Block:
    why = plain_text(shorten(", ".join(reasons(place, now)), _WHY))
    return {**option(f"{number}. {plain(shorten(who.name, _NAME))}", who.slack_id or ""), "description": why}

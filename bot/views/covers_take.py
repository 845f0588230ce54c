"""The form in which somebody takes a part of a cover and reads what that would mean for them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from bot.domain.covers_shown import CoverShown, Meant
from bot.domain.intervals import Interval
from bot.domain.rules import RuleId
from bot.domain.swaps_review import Review
from bot.views.blocks import Block, paragraphs, section
from bot.views.covers_words import title
from bot.views.findings import hours_words, listed, own_words
from bot.views.formats import Formats, person
from bot.views.forms import View, entered, field, modal, time_picker
from bot.views.give import taker_field
from bot.views.requests import work_words, zone_line

FORM = "cover.take.form"
FROM, UNTIL, TAKER = (f"{FORM}.{name}" for name in ("from", "until", "taker"))
_MOST_OPEN = 10
_WAITS = "Somebody else has to approve it first."


@dataclass(frozen=True, slots=True)
class About:
    """Which cover is taken from, under which nonce; ``gives``: for somebody else.

    ``reply_to`` is where a card stands that only its reader sees.
    """

    nonce: UUID
    cover_id: UUID
    gives: bool = False
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form, by the clock of whoever fills it in.

    ``taker`` is the account of who was chosen, and ``option`` how they were offered; None: they do.
    """

    start: time | None
    end: time | None
    taker: str | None
    option: Block | None = None


def take_form(
    shown: CoverShown,
    interval: Interval,
    about: About,
    formats: Formats,
    means: Iterable[str],
    taker: Block | None = None,
    hint: str = "",
) -> View:
    """The form with a part chosen, and what it ``means`` for who takes it; ``taker`` is the option chosen."""
    starts, ends = (each.astimezone(formats.zone).time() for each in (interval.start, interval.end))
    kept = {
        "nonce": str(about.nonce),
        "cover": str(about.cover_id),
        "gives": about.gives,
        "reply_to": about.reply_to,
    }
    return modal(
        title(shown),
        *paragraphs(_what(shown, formats)),
        *([taker_field("Who takes it", TAKER, taker, tells=True)] if about.gives else []),
        field("From", FROM, time_picker(starts), tells=True),
        field("Until", UNTIL, time_picker(ends), tells=True),
        *([section(hint)] if hint else []),
        *_means(means, about),
        zone_line(formats),
        callback_id=FORM,
        submit="Give it to them" if about.gives else "Take it",
        metadata=json.dumps(kept),
    )


def read_about(view: View) -> About:
    """Which cover the form is about."""
    kept = json.loads(view["private_metadata"])
    return About(UUID(kept["nonce"]), UUID(kept["cover"]), kept["gives"], kept["reply_to"])


def read_form(view: View) -> Filled:
    """What somebody has filled in."""
    values = entered(view)
    start, end = (time.fromisoformat(values[each]) if values.get(each) else None for each in (FROM, UNTIL))
    states = view["state"]["values"].get(TAKER, {})
    return Filled(start, end, values.get(TAKER), states.get(TAKER, {}).get("selected_option"))


def meaning(meant: Meant, formats: Formats) -> list[str]:
    """What a part means for who takes it: hours, overtime, a premium, what is to be looked at, an approval."""
    sides = meant.review.sides
    said = {RuleId.OVERTIME} if any(each.cost.overtime > 0 for each in sides) else set()
    said |= {RuleId.PREMIUM} if any(each.cost.premium > 0 for each in sides) else set()
    own = [own_words(each, formats) for each in meant.review.findings if each.rule not in said]
    hours = [hours_words(each, formats) for each in sides]
    waits = [_WAITS] if meant.waits else []
    return [*map(_sentence, hours), *listed(map(_sentence, own)), *waits]


def costs(review: Review) -> bool:
    """Whether it means more than hours of work, and is to be read before it is taken."""
    extra = any(each.cost.overtime > 0 or each.cost.premium > 0 for each in review.sides)
    return extra or bool(review.findings)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _what(shown: CoverShown, formats: Formats) -> Iterator[str]:
    yield f"To be taken from {person(shown.owner)}:" if shown.owner else "To be taken:"
    yield from (f"• {work_words(each, shown.queue, formats)}" for each in shown.open_parts[:_MOST_OPEN])


def _means(means: Iterable[str], about: About) -> Iterator[Block]:
    lines = list(means)
    if lines:
        yield from paragraphs(["*For them*" if about.gives else "*For you*", *lines])

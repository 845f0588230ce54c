"""The form in which somebody takes a part of a cover and reads what that would mean for them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from bot.domain.covers_shown import CoverShown
from bot.domain.intervals import Interval
from bot.domain.swaps_review import Review
from bot.views.blocks import Block, paragraphs
from bot.views.covers_words import title
from bot.views.findings import hours_words, listed, own_words
from bot.views.formats import Formats, person
from bot.views.forms import View, entered, field, modal, person_select, time_picker
from bot.views.requests import work_words, zone_line

FORM = "cover.take.form"
FROM, UNTIL, TAKER = (f"{FORM}.{name}" for name in ("from", "until", "taker"))
_MOST_OPEN = 10


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
    """What stands in the form, by the clock of whoever fills it in; ``taker`` None: they do."""

    start: time | None
    end: time | None
    taker: str | None


def take_form(
    shown: CoverShown,
    interval: Interval,
    about: About,
    formats: Formats,
    means: Iterable[str],
    taker: str | None = None,
) -> View:
    """The form with a part chosen, and what it ``means`` for who takes it."""
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
        *([field("Who takes it", TAKER, person_select(taker), tells=True)] if about.gives else []),
        field("From", FROM, time_picker(starts), tells=True),
        field("Until", UNTIL, time_picker(ends), tells=True),
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
    return Filled(start, end, values.get(TAKER))


def meaning(review: Review, formats: Formats) -> list[str]:
    """What the review of a part says to who takes it: hours, overtime, a premium, and what is to be looked at."""
    own = [own_words(each, formats) for each in review.findings]
    return [*(hours_words(each, formats) for each in review.sides), *listed(own)]


def costs(review: Review) -> bool:
    """Whether it means more than hours of work, and is to be read before it is taken."""
    extra = any(each.cost.overtime > 0 or each.cost.premium > 0 for each in review.sides)
    return extra or bool(review.findings)


def _what(shown: CoverShown, formats: Formats) -> Iterator[str]:
    yield f"To be taken from {person(shown.owner)}:" if shown.owner else "To be taken:"
    yield from (f"• {work_words(each, shown.queue, formats)}" for each in shown.open_parts[:_MOST_OPEN])


def _means(means: Iterable[str], about: About) -> Iterator[Block]:
    lines = list(means)
    if lines:
        yield from paragraphs(["*For them*" if about.gives else "*For you*", *lines])

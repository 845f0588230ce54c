"""That more or fewer contacts come today than were expected, and what to do about it."""

from collections.abc import Iterator
from datetime import date, datetime

from bot.domain.coverage_today_shown import Unexpected
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, button, buttons, message, paragraphs
from bot.views.coverage import SHOW, SURPLUS, Request, gap_words, heads, name
from bot.views.formats import Formats, amount
from bot.views.ladder_button import ladder_button
from bot.views.requests import zone_line

_MOST_GAPS = 5


def unexpected(shown: Unexpected, formats: Formats, command: str, at: datetime) -> Message:
    """How much more or less came, and what that makes of the rest of the day."""
    text = _headline(shown, formats)
    today = local_date(at, formats.zone)
    look = Request("look", today, today, shown.queue)
    pressable = [button("Coverage of the day", f"{SHOW}.day", look.value)]
    if shown.gaps:
        first = shown.gaps[0].gap
        pressable.insert(0, ladder_button(first.interval, min(first.worst.posts).queue))
    elif shown.deviation.share < 0:
        pressable.insert(0, button("Offer time off…", SURPLUS, "today"))
    return message(
        text,
        *paragraphs([f"*{text}*", *_rest(shown, formats, today)]),
        buttons(*pressable),
        zone_line(formats, f"Where it stands: `{command} today`"),
    )


def _headline(shown: Unexpected, formats: Formats) -> str:
    found = shown.deviation
    since = formats.moment(found.start)
    if found.expected < 1:
        return f"{name(shown.queue)} gets contacts where none were expected since {since}: {found.offered}"
    more = "more" if found.share > 0 else "fewer"
    share = amount(f"{abs(100 * found.share):.0f}", "%")
    return (
        f"{name(shown.queue)} gets {share} {more} contacts than expected since {since}: "
        f"{found.offered} instead of {found.expected:.0f}"
    )


def _rest(shown: Unexpected, formats: Formats, today: date) -> Iterator[str]:
    if shown.rest is None:
        yield "The day is over."
        return
    if shown.needed is None:
        yield "A plan or a setting says how many people are needed; it stays as it is. See whether it still fits."
    else:
        before, then = map(heads, shown.needed)
        change = "as expected" if then == before else f"instead of {before}"
        yield f"If it goes on like this, at most {then} people are needed at once, {change}."
    for each in shown.gaps[:_MOST_GAPS]:
        yield f"• {gap_words(each, formats, today)}"
    if not shown.gaps:
        yield "Enough people are there for the rest of the day."

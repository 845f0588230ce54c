"""Where covers stand, for who asks: their own, those offered to them, and the open shifts that they could take."""

from collections.abc import Iterator, Sequence

from bot.domain.covers_shown import CoverList, CoverShown
from bot.views.blocks import Block, Message, button, context, header, message, section
from bot.views.covers import to_value
from bot.views.covers_words import state_words, summary_line, title
from bot.views.formats import Formats
from bot.views.requests import zone_line

SHOW = "cover.show"
_MOST = 12


def cover_list(shown: CoverList, formats: Formats, command: str) -> Message:
    """What is open, each with a button that shows it."""
    parts = (
        ("Yours", shown.own),
        ("Offered to you", shown.offered),
        ("Open shifts", shown.open_shifts),
    )
    found = [(name, covers) for name, covers in parts if covers]
    if not found:
        text = "Nothing is offered, by you or to you."
        return message(text, section(text), context(f"Give a shift away: `{command} fri`"))
    summary = " · ".join(f"{name}: {len(covers)}" for name, covers in found)
    blocks = [block for name, covers in found for block in _part(name, covers, formats)]
    return message(summary, *blocks, zone_line(formats, f"By its number: `{command} 7`"))


def unknown_cover(command: str, number: int) -> Message:
    """Nothing has that number; perhaps a day was meant."""
    return _with_hint(
        f"There is no cover {number}.", f"All: `{command} list` · a shift by its day: `{command} nov 14`"
    )


def not_yours(command: str, number: int | None = None) -> Message:
    """The cover of others, who are not led by the reader either."""
    which = f"Cover {number}" if number else "This cover"
    text = f"{which} is between others. You can look at your own, at what is offered to you and at open shifts."
    return _with_hint(text, f"All of these: `{command} list`")


def not_theirs(command: str) -> Message:
    """The covers of somebody whom the reader does not lead."""
    text = "You can look at your own covers and, as a lead, at those of your team."
    return _with_hint(text, f"Yours: `{command} list`")


def unknown_person(slack_id: str, command: str) -> Message:
    """Somebody was named who is not on the roster."""
    return _with_hint(
        f"<@{slack_id}> is not on the roster, so I know no covers of theirs.", f"Yours: `{command} list`"
    )


def _part(name: str, covers: Sequence[CoverShown], formats: Formats) -> Iterator[Block]:
    yield header(f"{name} · {len(covers)}")
    for each in covers[:_MOST]:
        stands = f"*{title(each)}* is {state_words(each)}."
        show = button("Show", SHOW, to_value(each.id), f"Show {title(each).lower()}")
        yield {**section(f"{stands}\n{summary_line(each, formats)}"), "accessory": show}
    if len(covers) > _MOST:
        yield context(f"and {len(covers) - _MOST} more, which move up as these are settled")


def _with_hint(text: str, hint: str) -> Message:
    return message(text, section(text), context(hint))

"""Covers as they stand on a Home."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.approval import REGRET
from bot.domain.covers import PartState, State
from bot.domain.home_covers import CoverSeen, PartToDecide
from bot.views.blocks import Block, button, buttons, paragraphs, section
from bot.views.covers import offered, stands
from bot.views.covers_review import REVIEW, decisions
from bot.views.covers_words import part_line, summary_line, title, title_of
from bot.views.formats import Formats, escape, shorten
from bot.views.requests import found_words

_NOTE = 120


def cover_blocks(seen: CoverSeen, formats: Formats) -> list[Block]:
    """A cover, with the reader's buttons."""
    pressable = offered(seen.cover, seen.seat, formats)
    text = list(paragraphs(_lines(seen, formats)))
    return [*text, buttons(*pressable)] if pressable else text


def part_blocks(waiting: PartToDecide, formats: Formats) -> list[Block]:
    """A part that waits for a decision, with what stands in the way by name."""
    cover, part = waiting.cover, waiting.part
    line = part_line(cover, part, formats)
    text = section("\n".join([f"*{title_of(cover, part)}*", line, found_words(part.review)]))
    pressable = [*decisions(part), button("Review…", REVIEW, str(part.id))]
    return [text, buttons(*(_of(each, title(cover)) for each in pressable))]


def _lines(seen: CoverSeen, formats: Formats) -> Iterator[str]:
    cover = seen.cover
    yield f"*{title(cover)}* {stands(cover, seen.seat)}"
    yield summary_line(cover, formats)
    if cover.note and cover.open_parts:
        yield f"“{escape(shorten(cover.note, _NOTE))}”"
    if cover.state is State.OPEN:
        yield f"Open until {formats.moment(cover.expires_at)}"
    settled = [each.settled_at for each in cover.held if each.state is PartState.CONFIRMED and each.settled_at]
    if settled and cover.state is not State.OPEN:
        yield _undo(max(settled), formats, both=cover.owner is not None)


def _undo(settled_at: datetime, formats: Formats, *, both: bool) -> str:
    until = formats.moment(settled_at + REGRET)
    return f"Can be undone until {until}{', later it takes both' if both else ''}"


def _of(pressable: Block, name: str) -> Block:
    """A screen reader says of which."""
    return pressable | {"accessibility_label": f"{pressable['text']['text']}, {name}"}

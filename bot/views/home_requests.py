"""Swaps and covers on a Home: what waits for the reader, what they asked for, what they are to decide."""

from collections.abc import Iterator

from bot.domain.home import Decisions, Desk
from bot.views.blocks import Block, context, header, section
from bot.views.formats import Formats
from bot.views.home_covers import cover_blocks, part_blocks
from bot.views.home_escalations import waiting_escalations
from bot.views.home_swaps import decision_blocks, swap_blocks

_MOST = 3  # what somebody has to know of is not pushed out of sight by what can wait


def the_waiting(desk: Desk, formats: Formats, prefix: str, most: int = _MOST) -> Iterator[Block]:
    """What wants the reader's answer; ``prefix`` precedes the commands."""
    yield header("Waiting for you")
    swaps = [swap_blocks(each, desk.reader, formats) for each in desk.waiting]
    covers = [cover_blocks(each, formats) for each in desk.offered]
    asked = [*waiting_escalations(desk.escalations, formats)]
    yield from asked
    yield from _first(swaps, covers, "" if asked else "Nothing right now.", prefix, min(most, _MOST))


def the_requests(desk: Desk, formats: Formats, prefix: str, most: int = _MOST) -> Iterator[Block]:
    """What the reader waits for, and what was settled just now."""
    yield header("Your requests")
    swaps = [swap_blocks(each, desk.reader, formats) for each in desk.requests]
    covers = [cover_blocks(each, formats) for each in desk.covers]
    yield from _first(swaps, covers, "No open requests.", prefix, min(most, _MOST))


def the_decisions(decisions: Decisions, formats: Formats) -> Iterator[Block]:
    """What the reader may decide, the oldest first."""
    yield header(f"To decide · {decisions.total}" if decisions.total else "To decide")
    if not decisions.total:
        yield section("Nothing waits for your decision.")
    for swap in decisions.first:
        yield from decision_blocks(swap, formats)
    for part in decisions.parts:
        yield from part_blocks(part, formats)
    more = decisions.total - len(decisions.first) - len(decisions.parts)
    if more > 0:
        cards = "each also has a card where you are asked to decide"
        yield context(f"and {more} more, which move up as you decide these; {cards}")


def _first(
    swaps: list[list[Block]], covers: list[list[Block]], nothing: str, prefix: str, most: int
) -> Iterator[Block]:
    """The first of them, and where all the others are."""
    items = [*swaps, *covers]
    if not items and nothing:
        yield section(nothing)
    for each in items[:most]:
        yield from each
    if len(items) > most:
        kinds = [kind for kind, left in (("swap", len(swaps) > most), ("cover", bool(covers))) if left]
        lists = " · ".join(f"`/{prefix}{kind} list`" for kind in kinds)
        yield context(f"and {len(items) - most} more: {lists}")

"""Swaps and covers on a Home: what waits for the reader, what they asked for, what they are to decide."""

from collections.abc import Iterator

from bot.domain.home import Decisions, Desk
from bot.views.blocks import Block, context, header, section
from bot.views.formats import Formats
from bot.views.home_covers import cover_blocks, part_blocks
from bot.views.home_swaps import decision_blocks, swap_blocks

_MOST = 6


def the_waiting(desk: Desk, formats: Formats) -> Iterator[Block]:
    """What wants the reader's answer."""
    yield header("Waiting for you")
    swaps = [swap_blocks(each, desk.reader, formats) for each in desk.waiting]
    covers = [cover_blocks(each, formats) for each in desk.offered]
    yield from _first([*swaps, *covers], "Nothing right now.")


def the_requests(desk: Desk, formats: Formats) -> Iterator[Block]:
    """What the reader waits for, and what was settled just now."""
    yield header("Your requests")
    swaps = [swap_blocks(each, desk.reader, formats) for each in desk.requests]
    covers = [cover_blocks(each, formats) for each in desk.covers]
    yield from _first([*swaps, *covers], "No open requests.")


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
        yield context(f"and {more} more, which move up as you decide these")


def _first(items: list[list[Block]], nothing: str) -> Iterator[Block]:
    """The first of them, and how many there are besides."""
    if not items:
        yield section(nothing)
    for each in items[:_MOST]:
        yield from each
    if len(items) > _MOST:
        yield context(f"and {len(items) - _MOST} more, which move up as these are settled")

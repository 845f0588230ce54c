"""Swaps as they stand on a Home."""

from collections.abc import Iterator

from bot.domain.approval import REGRET
from bot.domain.home import SwapSeen
from bot.domain.shifts import Somebody
from bot.domain.swaps import State
from bot.domain.swaps_shown import Audience, Seat, SwapShown
from bot.views.blocks import Block, button, buttons, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.requests import found_words
from bot.views.swaps import REVIEW, offered
from bot.views.swaps_words import exchange_lines, state_words

_NOTE = 200


def swap_blocks(seen: SwapSeen, reader: Somebody, formats: Formats) -> list[Block]:
    """A swap, with the reader's buttons."""
    pressable = _offered(seen.swap, seen.seat)
    text = section("\n".join(_lines(seen, reader, formats)))
    return [text, buttons(*pressable)] if pressable else [text]


def decision_blocks(swap: SwapShown, formats: Formats) -> list[Block]:
    """A swap that waits for a decision, with what stands in the way by name."""
    lines = [f"*Swap {swap.number}*", *exchange_lines(swap, formats), found_words(swap.review)]
    review = button("Review…", REVIEW, str(swap.id), _spoken("Review…", swap))
    return [section("\n".join(lines)), buttons(*_offered(swap, Seat(Audience.APPROVERS)), review)]


def _offered(swap: SwapShown, seat: Seat) -> list[Block]:
    """The buttons of one of the swaps; a screen reader says of which."""
    return [each | {"accessibility_label": _spoken(each["text"]["text"], swap)} for each in offered(swap, seat)]


def _spoken(label: str, swap: SwapShown) -> str:
    return f"{label}, swap {swap.number}"


def _lines(seen: SwapSeen, reader: Somebody, formats: Formats) -> Iterator[str]:
    swap, audience = seen.swap, seen.seat.audience
    asks = swap.state is State.OPEN and audience is Audience.COLLEAGUE
    stands = f"{person(swap.asker)} asks you" if asks else state_words(swap)
    yield f"*Swap {swap.number}* · {stands}"
    yield from exchange_lines(swap, formats)
    if swap.state is State.APPROVED:
        yield _undo(swap, reader, formats)
        return
    if asks and swap.note:
        yield f"“{escape(shorten(swap.note, _NOTE))}”"
    yield f"Open until {formats.moment(swap.expires_at)}"


def _undo(swap: SwapShown, reader: Somebody, formats: Formats) -> str:
    if swap.undo_wanted_by:
        first, other = swap.asker, swap.colleague
        if swap.undo_wanted_by != first.member_id:
            first, other = other, first
        wants = "You want" if first.member_id == reader.member_id else f"{person(first)} wants"
        agrees = "you have" if other.member_id == reader.member_id else f"{person(other)} has"
        return f"{wants} to undo it; {agrees} to agree"
    if swap.settled_at is None:
        return ""
    return f"Either of you can undo it until {formats.moment(swap.settled_at + REGRET)}, later it takes both"

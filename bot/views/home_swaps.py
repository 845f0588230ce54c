"""Swaps as they stand on a Home: what waits for an answer, what was asked for, what is to be decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.home import Decisions, Desk, SwapSeen
from bot.domain.rules import Finding
from bot.domain.swaps import REGRET, State
from bot.domain.swaps_shown import Audience, Seat, SwapShown
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, button, buttons, context, header, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.swaps import REVIEW, offered
from bot.views.swaps_words import RULES, shift_words, state_words

_NOTE = 200
_MOST = 6


def the_waiting(desk: Desk, formats: Formats) -> Iterator[Block]:
    """What wants the reader's answer."""
    yield header("Waiting for you")
    if not desk.waiting:
        yield section("Nothing right now.")
    yield from _swaps(desk.waiting, formats)


def the_requests(desk: Desk, formats: Formats) -> Iterator[Block]:
    """What the reader waits for, and what was settled just now."""
    yield header("Your requests")
    if not desk.requests:
        yield section("No open requests.")
    yield from _swaps(desk.requests, formats)


def the_decisions(decisions: Decisions, formats: Formats) -> Iterator[Block]:
    """The swaps that the reader may decide, the oldest first."""
    yield header(f"To decide · {decisions.total}" if decisions.total else "To decide")
    if not decisions.total:
        yield section("No swap waits for a decision.")
    for swap in decisions.first:
        yield section("\n".join([f"*Swap {swap.number}* · {_exchange(swap, formats)}", _found(swap)]))
        review = button("Review…", REVIEW, str(swap.id))
        yield buttons(*offered(swap, Seat(Audience.APPROVERS)), review)
    if decisions.total > len(decisions.first):
        yield context(f"and {decisions.total - len(decisions.first)} more, which move up as you decide these")


def _swaps(seen: Sequence[SwapSeen], formats: Formats) -> Iterator[Block]:
    for each in seen[:_MOST]:
        yield section("\n".join(_lines(each, formats)))
        pressable = offered(each.swap, each.seat)
        if pressable:
            yield buttons(*pressable)
    if len(seen) > _MOST:
        yield context(f"and {len(seen) - _MOST} more, which move up as these are settled")


def _lines(seen: SwapSeen, formats: Formats) -> Iterator[str]:
    swap, audience = seen.swap, seen.seat.audience
    asks = swap.state is State.OPEN and audience is Audience.COLLEAGUE
    stands = f"{person(swap.asker)} asks you" if asks else f"{state_words(swap)}"
    yield f"*Swap {swap.number}* · {stands}"
    if swap.state is State.APPROVED:
        yield _schedule(swap, formats)
        yield _undo(seen, formats)
        return
    yield _exchange(swap, formats)
    if asks and swap.note:
        yield f"“{escape(shorten(swap.note, _NOTE))}”"
    yield f"Open until {_moment(swap.expires_at, formats)}"


def _exchange(swap: SwapShown, formats: Formats) -> str:
    given, returned = (shift_words(each, formats) for each in (swap.given, swap.returned))
    return f"{person(swap.asker)} gives {given} for {returned} of {person(swap.colleague)}"


def _schedule(swap: SwapShown, formats: Formats) -> str:
    given, returned = (shift_words(each, formats) for each in (swap.given, swap.returned))
    return f"{person(swap.asker)} works {returned}; {person(swap.colleague)} works {given}"


def _undo(seen: SwapSeen, formats: Formats) -> str:
    swap = seen.swap
    if swap.undo_wanted_by:
        first, other = swap.asker, swap.colleague
        if swap.undo_wanted_by != first.member_id:
            first, other = other, first
        return f"{person(first)} wants to undo it; {person(other)} has to agree"
    if swap.settled_at is None:
        return ""
    return f"Either of you can undo it until {_moment(swap.settled_at + REGRET, formats)}, later it takes both"


def _found(swap: SwapShown) -> str:
    """What stands in the way, by name; numbers and people are in the review."""
    review = swap.review
    looked_at = [each for each in review.findings if not each.denies]
    said = [
        f"{title}: {_rules(findings)}"
        for title, findings in (
            ("In the way", review.denials),
            ("To look at", looked_at),
        )
        if findings
    ]
    return " · ".join(said) or "No rule is broken."


def _rules(findings: Sequence[Finding]) -> str:
    return ", ".join(dict.fromkeys(RULES[each.rule] for each in findings))


def _moment(instant: datetime, formats: Formats) -> str:
    return f"{formats.day(local_date(instant, formats.zone))}, {formats.time(instant)}"

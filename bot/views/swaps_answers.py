"""What somebody reads at once whose press on a card could not be, or is not, all there is to it."""

from collections.abc import Iterable
from uuid import UUID

from bot.domain.rules import Finding
from bot.domain.rules_swaps import Reading
from bot.domain.shifts import Somebody
from bot.domain.swaps_shown import SwapShown
from bot.views.findings import finding_words, listed, own_words, reading_words, standing
from bot.views.formats import Formats, person
from bot.views.swaps_words import people_of, state_words

NOTHING = "Nothing was changed."
NOT_YOURS = f"This is not for you to decide. {NOTHING}"
NOT_TO_UNDO = f"Only the two whose swap it is can undo it. If you know why they should, tell them. {NOTHING}"
NO_APPROVER = f"A coordinator decides this; a lead or manager may where there is no other. {NOTHING}"
_SOMEBODY_ELSE = "Another coordinator can, or where there is none a manager or the lead of the team."
OWN_REQUEST = f"Nobody decides a swap of their own. {_SOMEBODY_ELSE} {NOTHING}"
ENTERED = f"Nobody decides a swap in which they acted for somebody else. {_SOMEBODY_ELSE} {NOTHING}"
OTHER_SIDE = f"You stand on the other side of this swap, so somebody else has to answer it. {NOTHING}"
REASON_WANTED = "Please say why: both read it."
GONE = f"I know no such swap. {NOTHING}"
# Whom a refusal means where mentions do not work, or where either of the two may be meant.
THEM = Somebody(UUID(int=0), "them", None)


def too_late(shown: SwapShown) -> str:
    """Somebody was quicker, or its time is over."""
    return f"Swap {shown.number} is {state_words(shown)}. {NOTHING}"


def same_swap(number: int) -> str:
    """The same two shifts, or one that was accepted in another swap."""
    return f"Swap {number} takes one of these shifts already. Pick another, or wait until it is over."


def not_legal(reading: Reading, other: Somebody, formats: Formats, since: Iterable[Finding] = ()) -> str:
    """All that the reader may know of what stands in the way."""
    lines = reading_words(reading, other, formats)
    new = [own_words(finding, formats) for finding in since]
    return "\n".join([*lines, *(["New since it was proposed:", *listed(new)] if new else []), NOTHING])


def review_changed(shown: SwapShown, since: Iterable[Finding], formats: Formats) -> str:
    """An approver pressed on a card that was behind."""
    people = people_of(shown)
    lines = listed(f"{finding_words(each, people, formats)} · {standing(each)}" for each in since)
    return "\n".join([f"Swap {shown.number} has changed since the card was drawn:", *lines, "Please look again."])


def not_possible(shown: SwapShown, findings: Iterable[Finding], formats: Formats) -> str:
    """An approver wants what nobody may approve, or not without a reason."""
    people = people_of(shown)
    lines = listed(finding_words(finding, people, formats) for finding in findings)
    return "\n".join([f"Swap {shown.number} cannot be approved like that:", *lines, NOTHING])


def undo_asked(shown: SwapShown, other: Somebody) -> str:
    """One of the two wants it undone after the ten minutes."""
    return f"Swap {shown.number} is undone as soon as {person(other)} agrees. Until then nothing changes."


def reason_hint(shown: SwapShown, reader: UUID | None) -> str:
    """Who reads what the reader writes."""
    others = [person(each) for each in (shown.asker, shown.colleague) if each.member_id != reader]
    if len(others) == 1:
        return f"Swap {shown.number} with {others[0]}, who reads what you write."
    return f"Swap {shown.number} of {' and '.join(others)}. Both read what you write."

"""Where swaps stand, what they exchange and what is wrong with a proposal, in words."""

from collections.abc import Mapping
from uuid import UUID

from bot.domain.shifts import Somebody
from bot.domain.swaps import PENDING, State
from bot.domain.swaps_shown import SwapShift, SwapShown, Wrong
from bot.views.formats import Formats, person
from bot.views.requests import doer_words, work_words

_WRONG: Mapping[Wrong, str] = {
    Wrong.GIVEN_NOT_YOURS: "This shift is somebody else's now. Close the form and start again.",
    Wrong.GIVEN_CHANGED: "This shift has changed since you opened the form. Close it and start again.",
    Wrong.GIVEN_BEGUN: "This shift has begun already. Pick another.",
    Wrong.COLLEAGUE_UNKNOWN: "This person is not on the roster, so they have no shifts here. Pick somebody else.",
    Wrong.COLLEAGUE_SELF: "That is you. Pick a colleague.",
    Wrong.COLLEAGUE_ASKER: "Nobody swaps with themselves. Pick a colleague of theirs.",
    Wrong.COLLEAGUE_PROXY: "You enter this for one of the two, so you cannot be the other. Pick somebody else.",
    Wrong.COLLEAGUE_LEFT: "This person has left, so they cannot swap any more. Pick somebody else.",
    Wrong.COLLEAGUE_IDLE: "This person has no shift ahead of them, so there is none to get. Pick somebody else.",
    Wrong.RETURNED_CHANGED: "This shift has changed since it was offered, or is not theirs. Pick another.",
    Wrong.RETURNED_BEGUN: "This shift has begun already. Pick another.",
}
_STATES: Mapping[State, str] = {
    State.OPEN: "waiting for an answer",
    State.ACCEPTED: "accepted",
    State.NEEDS_APPROVAL: "accepted and waits for approval",
    State.APPROVED: "settled",
    State.DECLINED: "declined",
    State.WITHDRAWN: "withdrawn",
    State.EXPIRED: "over: nobody settled it in time",
    State.SUPERSEDED: "void, because one of its shifts has changed",
    State.UNDONE: "undone",
}


def people_of(shown: SwapShown) -> dict[UUID, Somebody]:
    """The two, for words about either of them."""
    return {each.member_id: each for each in (shown.asker, shown.colleague)}


def wrong_words(wrong: Wrong) -> str:
    """Why a field of the form cannot be so."""
    return _WRONG[wrong]


def state_words(shown: SwapShown) -> str:
    """Where a swap stands, and through whom: for who came too late as well as on the card."""
    words = _STATES[shown.state]
    match shown.state:
        case State.OPEN:
            return f"waiting for {person(shown.colleague)} to answer"
        case State.WITHDRAWN:
            return f"{words} {doer_words(shown.ended_by, shown.asker)}"
        case State.DECLINED if shown.decided_by:
            return f"{words} by {person(shown.decided_by)}"
        case State.DECLINED:
            return f"{words} {doer_words(shown.ended_by, shown.colleague)}"
        case State.UNDONE:
            return undone_words(shown)
        case State.APPROVED if shown.decided_by:
            return f"{words}, approved by {person(shown.decided_by)}"
        case State.NEEDS_APPROVAL:
            return f"accepted {doer_words(shown.answered_by, shown.colleague)} and waits for approval"
        case State.SUPERSEDED if shown.taken_by:
            return f"void: {' and '.join(map(person, shown.taken_by))} have swapped one of its shifts"
        case State.SUPERSEDED if gone := [each for each in (shown.asker, shown.colleague) if each.left]:
            return f"void, because {person(gone[0])} has left"
    return words


def undone_words(shown: SwapShown) -> str:
    """That it was undone, by one of the two or, after the time for regret, by both."""
    both = [shown.asker, shown.colleague]
    doers = both if shown.undo_wanted_by else [shown.ended_by] if shown.ended_by else []
    return f"undone by {' and '.join(map(person, doers))}" if doers else "undone"


def shift_words(shift: SwapShift, formats: Formats) -> str:
    """Day, hours and queue of one of the two shifts."""
    return work_words(shift.interval, shift.queue, formats)


def exchange_lines(shown: SwapShown, formats: Formats) -> list[str]:
    """What each of the two gives, or works by it, a line for each."""
    given, returned = (shift_words(each, formats) for each in (shown.given, shown.returned))
    asker, colleague = person(shown.asker), person(shown.colleague)
    if shown.state is State.APPROVED:
        return [f"{asker} works {returned}", f"{colleague} works {given}"]
    if shown.state is State.UNDONE:
        return [f"{asker} works {given}", f"{colleague} works {returned}"]
    gives = "gives" if shown.state in PENDING else "would have given"
    return [f"{asker} {gives} {given}", f"{colleague} {gives} {returned}"]

"""What somebody reads whose press on the card of a cover could not be."""

from dataclasses import replace
from uuid import UUID

from bot.actions.approvers import ReviewChanged
from bot.actions.covers_look import look_at_cover, look_at_part
from bot.actions.covers_propose import BadOffer
from bot.actions.covers_turn import UnknownCover
from bot.actions.people import Caller, UnknownPerson
from bot.actions.swaps_turn import NotLegal
from bot.domain.approval import (
    BothSides,
    EnteredAsProxy,
    NotAnApprover,
    NotAParty,
    NotPossible,
    OwnRequest,
    ReasonMissing,
    RegretIsOver,
)
from bot.domain.covers import CoverOfOneself, NotOffered, NotOpen, PartState, State
from bot.domain.covers_shown import CoverShown, PartShown
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.shifts import Somebody
from bot.views import covers_answers as answers
from bot.views.covers_form import wrong_words
from bot.views.swaps_answers import THEM
from handlers.visit import Visit

REFUSALS = (
    BadOffer,
    BothSides,
    CoverOfOneself,
    EnteredAsProxy,
    NotAnApprover,
    NotAParty,
    NotLegal,
    NotOffered,
    NotOpen,
    NotPermitted,
    NotPossible,
    OwnRequest,
    ReasonMissing,
    RegretIsOver,
    ReviewChanged,
    UnknownCover,
    UnknownPerson,
)
_ALWAYS = {
    UnknownCover: answers.GONE,
    UnknownPerson: answers.NOT_ON_ROSTER,
    NotAParty: answers.NOT_YOURS,
    BothSides: answers.OTHER_SIDE,
    OwnRequest: answers.OWN_REQUEST,
    EnteredAsProxy: answers.ENTERED,
    NotAnApprover: answers.NO_APPROVER,
    ReasonMissing: answers.REASON_WANTED,
    RegretIsOver: answers.TOO_LATE_TO_UNDO,
    CoverOfOneself: answers.OWN_SHIFT,
    NotOffered: answers.NOT_OFFERED,
}


def words_of_cover(refusal: Exception, visit: Visit, cover_id: UUID) -> str:
    """Why something cannot be done to a cover."""
    if always := _always(refusal):
        return always
    try:
        shown, _ = look_at_cover(visit.deps, visit.caller, cover_id)
    except (UnknownCover, NotPermitted):
        return answers.GONE
    match refusal:
        case NotOpen():
            return _too_late(refusal, shown, visit.caller)
        case NotLegal(reading=reading, since=since):
            return answers.not_legal(reading, _other(shown.owner, visit.caller), visit.caller.formats, since)
    raise refusal


def words_of_part(refusal: Exception, visit: Visit, part_id: UUID) -> str:
    """Why something cannot be done to a part that somebody took."""
    if always := _always(refusal):
        return always
    shown, part = look_at_part(visit.deps, visit.caller, part_id)
    match refusal:
        case NotOpen(state=PartState.SUPERSEDED | State.SUPERSEDED) if part.state is PartState.CONFIRMED:
            return answers.built_on(shown, part)
        case NotOpen(state=PartState() as state):
            return answers.part_too_late(shown, replace(part, state=state))
        case NotOpen():
            return _too_late(refusal, shown, visit.caller)
        case NotLegal(reading=reading, since=since):
            return answers.not_legal(reading, other_of(shown, part, visit.caller), visit.caller.formats, since)
        case NotPossible(findings=findings):
            return answers.not_possible(shown, part, findings, visit.caller.formats)
        case ReviewChanged(since=since):
            return answers.review_changed(shown, part, since, visit.caller.formats)
    raise refusal


def other_of(shown: CoverShown, part: PartShown, caller: Caller) -> Somebody:
    """With whom something is between the caller and them."""
    if caller.actor.member_id == part.taker.member_id:
        return shown.owner or THEM
    return part.taker


def has_taken(refusal: Exception, caller: Caller) -> bool:
    """Whether it was the caller who came first: who presses twice has done it once."""
    return isinstance(refusal, NotOpen) and refusal.taken_by == {caller.actor.member_id}


def _always(refusal: Exception) -> str | None:
    match refusal:
        case BadOffer(wrong=wrong, least=least):
            return " ".join(wrong_words(each, least) for each in wrong)
        case NotPermitted(deed=Deed.TAKE_COVER):
            return answers.NOT_TO_TAKE
        case NotPermitted(deed=Deed.UNDO_COVER):
            return answers.NOT_TO_UNDO
        case NotPermitted():
            return answers.NOT_YOURS
    return _ALWAYS.get(type(refusal))


def _too_late(refusal: NotOpen, shown: CoverShown, caller: Caller) -> str:
    state = refusal.state if isinstance(refusal.state, State) else shown.state
    takers = {each.taker.member_id: each.taker for each in shown.parts}
    quicker = [takers[each] for each in refusal.taken_by if each in takers]
    return answers.too_late(replace(shown, state=state), quicker, refusal.left, caller.formats)


def _other(owner: Somebody | None, caller: Caller) -> Somebody:
    return THEM if owner is None or caller.actor.member_id == owner.member_id else owner

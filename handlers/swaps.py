"""The buttons on the cards of swaps, and the forms that ask why."""

import re
from dataclasses import replace
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.approvers import ReviewChanged
from bot.actions.people import Caller
from bot.actions.swaps import accept, decline, demand_answerer, undo, withdraw
from bot.actions.swaps_decide import approve, approve_anyway, demand_approver, refuse
from bot.actions.swaps_look import look_at_swap
from bot.actions.swaps_turn import NotLegal, UnknownSwap
from bot.domain.approval import (
    BothSides,
    EnteredAsProxy,
    NotAnApprover,
    NotAParty,
    NotPossible,
    OwnRequest,
    ReasonMissing,
)
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.shifts import Somebody
from bot.domain.swaps import NotAsked, SwapNotOpen
from bot.domain.swaps_shown import SwapShown
from bot.views import swaps as cards
from bot.views import swaps_answers as answers
from bot.views.blocks import message
from bot.views.why import REASON, About, Why, read_why, why_form
from handlers.swaps_look import renew, swap_id_of
from handlers.visit import Visit, shown

_FORMS = {
    cards.DECLINE: Why("Decline the swap", "Decline", required=False),
    cards.APPROVE_ANYWAY: Why("Approve anyway", "Approve anyway"),
    cards.REFUSE: Why("Decline the swap", "Decline"),
}
_REFUSALS = (
    NotPermitted,
    NotAsked,
    NotAParty,
    BothSides,
    OwnRequest,
    EnteredAsProxy,
    NotAnApprover,
    SwapNotOpen,
    NotLegal,
    NotPossible,
    ReviewChanged,
    ReasonMissing,
    UnknownSwap,
)


def register(app: App) -> None:
    """Every button on a card, and the forms behind some of them."""
    pressed = "|".join(re.escape(each) for each in (cards.ACCEPT, cards.WITHDRAW, cards.APPROVE, cards.UNDO))
    asking = "|".join(re.escape(each) for each in _FORMS)
    app.action(re.compile(rf"^({pressed})$"))(press)
    app.action(re.compile(rf"^({asking})$"))(ask_why)
    app.action(cards.REVIEW)(review)
    app.view(re.compile(rf"^({asking})\.form$"))(submit_why)


def press(ack: Ack, visit: Visit) -> None:
    """A button that does what it says; its card then shows what came of it."""
    swap_id = swap_id_of(visit.value)
    try:
        answer = _do(visit, swap_id)
    except _REFUSALS as refusal:
        answer = _words(refusal, visit, swap_id)
    if answer:
        visit.reply(message(answer))
    if url := visit.looked_up_at:
        renew(visit, swap_id, url)
    ack()


def ask_why(ack: Ack, visit: Visit) -> None:
    """A button that wants some words first, from who may say them."""
    swap_id, name = swap_id_of(visit.value), visit.name
    try:
        (demand_answerer if name == cards.DECLINE else demand_approver)(visit.deps, visit.caller, swap_id)
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, visit, swap_id)))
    else:
        hint = answers.reason_hint(look_at_swap(visit.deps, visit.caller, swap_id), visit.caller.actor.member_id)
        about = About(visit.deps.new_id(), swap_id, visit.looked_up_at)
        visit.opens(why_form(_FORMS[name], f"{name}.form", about, hint))
    ack()


def review(ack: Ack, visit: Visit) -> None:
    """All that an approver looks at before they decide, on top of their Home."""
    swap_id = swap_id_of(visit.value)
    try:
        demand_approver(visit.deps, visit.caller, swap_id)
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, visit, swap_id)))
    else:
        found = look_at_swap(visit.deps, visit.caller, swap_id)
        visit.opens(shown(cards.swap_review(found, visit.caller.formats), f"Swap {found.number}"))
    ack()


def submit_why(ack: Ack, visit: Visit) -> None:
    """The words are there."""
    about, text = read_why(visit.view)
    name = visit.view["callback_id"].removesuffix(".form")
    does = {cards.DECLINE: decline, cards.APPROVE_ANYWAY: approve_anyway, cards.REFUSE: refuse}[name]
    try:
        does(visit.deps, visit.caller, about.subject_id, about.nonce, text)
    except _REFUSALS as refusal:
        ack(response_action="errors", errors={REASON: _words(refusal, visit, about.subject_id)})
    else:
        if about.reply_to:
            renew(visit, about.subject_id, about.reply_to)
        ack()


def _do(visit: Visit, swap_id: UUID) -> str | None:
    """What to answer, where the card does not say it all."""
    if visit.name == cards.UNDO:
        if undo(visit.deps, visit.caller, swap_id):
            return None
        shown = look_at_swap(visit.deps, visit.caller, swap_id)
        return answers.undo_asked(shown, _other(shown, visit.caller))
    does = {cards.ACCEPT: accept, cards.WITHDRAW: withdraw, cards.APPROVE: approve}[visit.name]
    does(visit.deps, visit.caller, swap_id)
    return None


def _words(refusal: Exception, visit: Visit, swap_id: UUID) -> str:
    match refusal:
        case UnknownSwap():
            return answers.GONE
        case NotPermitted(deed=Deed.UNDO_SWAP):
            return answers.NOT_TO_UNDO
        case NotPermitted() | NotAsked() | NotAParty():
            return answers.NOT_YOURS
        case BothSides():
            return answers.OTHER_SIDE
        case OwnRequest():
            return answers.OWN_REQUEST
        case EnteredAsProxy():
            return answers.ENTERED
        case NotAnApprover():
            return answers.NO_APPROVER
        case ReasonMissing():
            return answers.REASON_WANTED
    shown = look_at_swap(visit.deps, visit.caller, swap_id)
    match refusal:
        case SwapNotOpen(state=state):
            return answers.too_late(replace(shown, state=state))
        case NotLegal(reading=reading, since=since):
            return answers.not_legal(reading, _other(shown, visit.caller), visit.caller.formats, since)
        case NotPossible(findings=findings):
            return answers.not_possible(shown, findings, visit.caller.formats)
        case ReviewChanged(since=since):
            return answers.review_changed(shown, since, visit.caller.formats)
    raise refusal


def _other(shown: SwapShown, caller: Caller) -> Somebody:
    """With whom it is impossible for the caller; for whoever acts for one of the two, with either."""
    if caller.actor.member_id == shown.asker.member_id:
        return shown.colleague
    return shown.asker if caller.actor.member_id == shown.colleague.member_id else answers.THEM

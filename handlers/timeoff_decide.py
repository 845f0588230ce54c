"""The buttons on the cards of requests for time off, and the forms behind some of them."""

import re
from contextlib import suppress
from uuid import UUID

from slack_bolt import Ack, App, Respond

from bot.actions.timeoff_decide import GotWorse, approve, decline, demand_approver
from bot.actions.timeoff_end import cancel, withdraw
from bot.actions.timeoff_form import change_form
from bot.actions.timeoff_look import visit_request
from bot.actions.timeoff_requests import UnknownRequest
from bot.actions.timeoff_talk import answer, question
from bot.domain.approval import EnteredAsProxy, NotAnApprover, OwnRequest, ReasonMissing
from bot.domain.permissions import NotPermitted
from bot.domain.timeoff import NothingLeft, NothingToTake, NotOpen
from bot.domain.timeoff_asked import TooLittle
from bot.domain.timeoff_seen import Audience
from bot.views import timeoff_answers as answers
from bot.views import timeoff_form as forms
from bot.views import timeoff_requests as cards
from bot.views.blocks import Message, message
from bot.views.timeoff_ask import TITLE
from bot.views.timeoff_review import short_words
from bot.views.why import REASON, About, Why, read_why, why_form
from handlers.visit import Visit, shown

_FORMS = {
    cards.DECLINE: Why("Decline time off", "Decline"),
    cards.ASK: Why("Ask a question", "Ask", label="Question"),
    cards.ANSWER: Why("Answer", "Answer", label="Your answer"),
}
_REFUSALS = (
    EnteredAsProxy,
    GotWorse,
    NotAnApprover,
    NotOpen,
    NotPermitted,
    NothingLeft,
    NothingToTake,
    OwnRequest,
    ReasonMissing,
    TooLittle,
    UnknownRequest,
)


def register(app: App) -> None:
    """Every button on a card, and the forms behind some of them."""
    pressed = "|".join(re.escape(each) for each in (cards.APPROVE, cards.WITHDRAW, cards.CANCEL))
    asking = "|".join(re.escape(each) for each in _FORMS)
    app.action(re.compile(rf"^({pressed})$"))(press)
    app.action(re.compile(rf"^({asking})$"))(ask_why)
    app.action(re.compile(rf"^({re.escape(cards.PART)}|{re.escape(cards.CHANGE)})$"))(open_form)
    app.view(re.compile(rf"^({asking})\.form$"))(submit_why)
    app.view(forms.PART_FORM)(submit_part)


def press(ack: Ack, visit: Visit) -> None:
    """A button that does what it says; its card then shows what came of it."""
    request_id = UUID(visit.value)
    try:
        told = _do(visit, request_id)
    except _REFUSALS as refusal:
        told = message(_words(refusal, visit, request_id))
    if told:
        visit.reply(told)
    if url := visit.looked_up_at:
        _renew(visit, request_id, url)
    elif (visit.body.get("view") or {}).get("type") == "modal":
        _redraw(visit, request_id)
    ack()


def ask_why(ack: Ack, visit: Visit) -> None:
    """A button that wants some words first, from who may say them."""
    request_id, name = UUID(visit.value), visit.name
    try:
        if name != cards.ANSWER:
            demand_approver(visit.deps, visit.caller, request_id)
        found, _ = visit_request(visit.deps, visit.caller, request_id)
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, visit, request_id)))
    else:
        hint = answers.answer_hint(found) if name == cards.ANSWER else answers.reason_hint(found)
        about = About(visit.deps.new_id(), request_id, visit.looked_up_at)
        visit.opens(why_form(_FORMS[name], f"{name}.form", about, hint))
    ack()


def open_form(ack: Ack, visit: Visit) -> None:
    """Which days are approved, or what is asked for in place of it."""
    request_id = UUID(visit.value)
    try:
        if visit.name == cards.PART:
            demand_approver(visit.deps, visit.caller, request_id)
            found, _ = visit_request(visit.deps, visit.caller, request_id)
            visit.opens(forms.part_form(found, visit.caller.formats))
        else:
            form = change_form(visit.deps, visit.caller, request_id)
            visit.opens(forms.timeoff_form(form, visit.caller.formats))
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, visit, request_id)))
    ack()


def submit_why(ack: Ack, visit: Visit) -> None:
    """The words are there."""
    about, text = read_why(visit.view)
    name = visit.view["callback_id"].removesuffix(".form")
    does = {cards.DECLINE: decline, cards.ASK: question, cards.ANSWER: answer}[name]
    try:
        does(visit.deps, visit.caller, about.subject_id, about.nonce, text)
    except _REFUSALS as refusal:
        ack(response_action="errors", errors={REASON: _words(refusal, visit, about.subject_id)})
    else:
        if about.reply_to:
            _renew(visit, about.subject_id, about.reply_to)
        elif visit.view.get("previous_view_id"):
            _redraw(visit, about.subject_id, beneath=True)
        ack()


def submit_part(ack: Ack, visit: Visit) -> None:
    """Approves the days that are chosen."""
    request_id, days = forms.read_part(visit.view)
    try:
        approve(visit.deps, visit.caller, request_id, days)
    except NothingToTake:
        ack(response_action="errors", errors={forms.DAYS: answers.NO_DAYS})
    except _REFUSALS as refusal:
        ack(response_action="errors", errors={forms.DAYS: _words(refusal, visit, request_id)})
    else:
        if visit.view.get("previous_view_id"):
            _redraw(visit, request_id, beneath=True)
        ack()


def _do(visit: Visit, request_id: UUID) -> Message | None:
    """What to answer, where the card does not say it all."""
    if visit.name == cards.CANCEL:
        given = cancel(visit.deps, visit.caller, request_id)
        found, seat = visit_request(visit.deps, visit.caller, request_id)
        return answers.cancelled(found, given, own=seat.audience is Audience.ASKER)
    (approve if visit.name == cards.APPROVE else withdraw)(visit.deps, visit.caller, request_id)
    return None


def _renew(visit: Visit, request_id: UUID, url: str) -> None:
    """Draws a card anew that was looked up, where the caller may still look at it."""
    with suppress(UnknownRequest, NotPermitted):
        card = cards.request_card(*visit_request(visit.deps, visit.caller, request_id), visit.caller.formats)
        # What was done is done, and the card can be looked up again.
        with suppress(OSError):
            Respond(response_url=url)(**card, replace_original=True)


def _redraw(visit: Visit, request_id: UUID, *, beneath: bool = False) -> None:
    """The same of a card on top of Home, or beneath the form."""
    with suppress(UnknownRequest, NotPermitted):
        card = cards.request_card(*visit_request(visit.deps, visit.caller, request_id), visit.caller.formats)
        visit.redraw(shown(card, TITLE), beneath=beneath)


def _words(refusal: Exception, visit: Visit, request_id: UUID) -> str:
    match refusal:
        case UnknownRequest():
            return answers.GONE
        case NotOpen() | GotWorse():
            return _as_it_stands(refusal, visit, request_id)
        case TooLittle():
            return f"{short_words(refusal, visit.caller.formats)} {answers.NOTHING}"
    return {
        EnteredAsProxy: answers.ENTERED,
        NotAnApprover: answers.NO_APPROVER,
        NotPermitted: answers.NOT_YOURS,
        NothingLeft: answers.NOTHING_LEFT,
        NothingToTake: answers.NO_DAYS,
        OwnRequest: answers.OWN,
        ReasonMissing: answers.REASON_WANTED,
    }[type(refusal)]


def _as_it_stands(refusal: NotOpen | GotWorse, visit: Visit, request_id: UUID) -> str:
    try:
        found, _ = visit_request(visit.deps, visit.caller, request_id)
    except NotPermitted:
        return answers.NOT_YOURS
    if isinstance(refusal, GotWorse):
        return answers.got_worse(found, refusal.what)
    # Errors at a field know no mentions.
    in_form = visit.body["type"] == "view_submission"
    if in_form or found.state != refusal.state:
        return answers.not_open(refusal.state)
    return answers.too_late(found)

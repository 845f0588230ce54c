"""Exceptions for a customer: the form that asks for one, ``/case exception``, and the buttons on its card."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.cases_look import look, only_case
from bot.actions.exceptions import (
    Wanted,
    approve,
    ask_for,
    currencies_of,
    decline,
    demand_decider,
    to_ask,
    waiting,
    waiting_for,
    withdraw,
)
from bot.actions.exceptions import look as look_at
from bot.domain.approval import OwnRequest, ReasonMissing
from bot.domain.cases import CaseIsOver, UnknownCase
from bot.domain.cases_named import CaseNamed
from bot.domain.cases_typed import Typed
from bot.domain.exceptions import AboveLimit, NotTheirs, NotWaiting
from bot.domain.permissions import NotPermitted
from bot.views import exceptions as views
from bot.views import exceptions_form as forms
from bot.views.blocks import Message, message
from bot.views.cases_answers import unknown_case
from handlers.visit import Visit, shown

_REFUSALS = (AboveLimit, CaseIsOver, NotPermitted, NotTheirs, NotWaiting, OwnRequest, UnknownCase)
_PRESSED = {views.APPROVE: approve, views.WITHDRAW: withdraw}


def register(app: App) -> None:
    """Every button, and the forms."""
    app.action(views.START)(open_form)
    app.view(forms.FORM)(submit_form)
    app.action(views.SHOW)(show)
    app.action(re.compile(rf"^{re.escape(views.PAGE)}\."))(turn_page)
    for pressed in _PRESSED:
        app.action(pressed)(press)
    app.action(views.DECLINE)(ask_why)
    app.view(forms.DECLINE_FORM)(submit_decline)


def answer_exception(visit: Visit, typed: Typed) -> Message | None:
    """``/case exception 12 80 EUR``: opens the form (None)."""
    case: CaseNamed | None = None
    try:
        case = (
            look(visit.deps, visit.caller, typed.case).named if typed.case else only_case(visit.deps, visit.caller)
        )
    except UnknownCase:
        return unknown_case(typed.case or "", visit.command("case"))
    _open(visit, case, typed.rest)
    return None


def answer_exceptions(visit: Visit, _typed: Typed) -> Message:
    """``/case exceptions``: those that wait."""
    return _listed(visit, 0)


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page replaces the one in which the button stands."""
    visit.replace(_listed(visit, int(visit.value)))
    ack()


def show(ack: Ack, visit: Visit) -> None:
    """The card of one beside the list."""
    try:
        visit.reply(_card(visit, views.read_id(visit.value)))
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal)))
    ack()


def open_form(ack: Ack, visit: Visit) -> None:
    """The button on the card of a case."""
    try:
        _open(visit, to_ask(visit.deps, visit.caller, views.read_id(visit.value)))
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, asking=True)))
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Asks, or says at the field what is wrong."""
    filled, wrong = forms.read_form(visit.view)
    if filled is None:
        ack(response_action="errors", errors=wrong)
        return
    wanted = Wanted(filled.nonce, filled.case_id, filled.kind, filled.money, filled.reason)
    try:
        asked = ask_for(visit.deps, visit.caller, wanted)
        waits = waiting_for(visit.deps, visit.caller, filled.case_id)
        answer = forms.asked(asked, waits, visit.caller.formats)
    except _REFUSALS as refusal:
        answer = message(_words(refusal, asking=True))
    ack(response_action="update", view=shown(answer, forms.TITLE))


def press(ack: Ack, visit: Visit) -> None:
    """Approves it, or takes it back; the card then says so."""
    try:
        _PRESSED[visit.name](visit.deps, visit.caller, views.read_id(visit.value))
        _renew(visit)
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal)))
    ack()


def ask_why(ack: Ack, visit: Visit) -> None:
    """Opens the form that asks why it is declined."""
    try:
        found = demand_decider(visit.deps, visit.caller, views.read_id(visit.value))
        visit.opens(forms.decline_form(visit.deps.new_id(), found, visit.caller.formats))
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal)))
    ack()


def submit_decline(ack: Ack, visit: Visit) -> None:
    """Declines it."""
    exception_id, nonce, why = forms.read_decline_form(visit.view)
    try:
        decline(visit.deps, visit.caller, exception_id, nonce, why)
    except ReasonMissing:
        ack(response_action="errors", errors=forms.why_missing())
        return
    except _REFUSALS as refusal:
        ack(response_action="update", view=shown(message(_words(refusal)), forms.DECLINE_TITLE))
        return
    ack()


def _listed(visit: Visit, page: int) -> Message:
    try:
        found = waiting(visit.deps, visit.caller, page)
    except NotPermitted:
        return message(views.MAY_NOT_ASK)
    return views.list_message(found, visit.caller.formats, visit.command("case"))


def _card(visit: Visit, exception_id: UUID) -> Message:
    found = look_at(visit.deps, visit.caller, exception_id)
    own = found.asker.member_id == visit.caller.actor.member_id
    return views.exception_card(found, views.ASKER if own else views.APPROVERS, visit.caller.formats)


def _renew(visit: Visit) -> None:
    """Draws a card anew that was looked up, which no outbox keeps up to date."""
    if visit.looked_up_at:
        visit.replace(_card(visit, views.read_id(visit.value)))


def _open(visit: Visit, case: CaseNamed | None, typed: str = "") -> None:
    waits = waiting_for(visit.deps, visit.caller, case.id) if case else ()
    currencies, formats = currencies_of(visit.caller), visit.caller.formats
    visit.opens(forms.exception_form(visit.deps.new_id(), case, currencies, formats, typed, waits))


def _words(refusal: Exception, *, asking: bool = False) -> str:
    match refusal:
        case AboveLimit():
            return views.ABOVE
        case CaseIsOver():
            return views.CASE_OVER
        case NotTheirs():
            return views.NOT_THEIRS
        case NotWaiting():
            return views.settled(refusal.state)
        case OwnRequest():
            return views.OWN
        case UnknownCase():
            return views.CASE_GONE
    return views.MAY_NOT_ASK if asking else views.MAY_NOT_DECIDE

"""Putting off what somebody was reminded of."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.nudges_snooze import snooze_case, to_snooze
from bot.domain.cases import CaseIsOver
from bot.domain.nudges import PastTheBreach
from bot.domain.permissions import NotPermitted
from bot.views import nudges_sla as views
from bot.views.blocks import Message, message
from handlers.visit import Visit, shown

_REFUSALS = (NotPermitted, CaseIsOver, PastTheBreach)


def register(app: App) -> None:
    """The button and its form."""
    app.action(views.SNOOZE)(ask_until_when)
    app.view(views.FORM)(submit_snooze)


def ask_until_when(ack: Ack, visit: Visit) -> None:
    """Opens the form."""
    try:
        case, until = to_snooze(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(views.snooze_form(case, until, visit.deps.new_id(), visit.caller.formats))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def submit_snooze(ack: Ack, visit: Visit) -> None:
    """Puts it off."""
    case_id, nonce, until, reason = views.read_form(visit.view)
    try:
        snooze_case(visit.deps, visit.caller, case_id, nonce, until, reason)
        answer = views.snoozed(until, visit.caller.formats)
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, views.TITLE))


def _words(refusal: Exception) -> Message:
    match refusal:
        case CaseIsOver():
            return message(views.NOT_THERE)
        case PastTheBreach():
            return message(views.TOO_LATE)
    return message(views.MAY_NOT)

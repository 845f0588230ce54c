"""The buttons on the card of who is away that give their cases to others."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.cases_handover import NotAtRisk, NotThere, look_again, reassign_all, reassign_one
from bot.domain.absences import NotAway
from bot.domain.cases import CaseIsOver
from bot.domain.permissions import NotPermitted
from bot.views import cases_handover as views
from bot.views.blocks import message
from handlers.visit import Visit

_REFUSALS = (CaseIsOver, NotAtRisk, NotAway, NotPermitted, NotThere)


def register(app: App) -> None:
    """Both buttons."""
    app.action(views.ONE)(give_one)
    app.action(views.ALL)(give_all)


def give_one(ack: Ack, visit: Visit) -> None:
    """Gives one case to who stands beside it."""
    absence_id, case_id, member_id = views.read_one(visit.value)
    try:
        answer = views.reassigned(reassign_one(visit.deps, visit.caller, absence_id, case_id, member_id))
    except _REFUSALS as refusal:
        if isinstance(refusal, NotAtRisk | NotThere):
            look_again(visit.deps, visit.caller, absence_id)
        answer = _words(refusal)
    visit.reply(message(answer))
    ack()


def give_all(ack: Ack, visit: Visit) -> None:
    """Gives all of them to those who could see to them best now."""
    ack()  # many cases, behind somebody else who writes, may take longer than Slack waits
    try:
        answer = views.reassigned(reassign_all(visit.deps, visit.caller, UUID(visit.value)))
    except _REFUSALS as refusal:
        answer = _words(refusal)
    visit.reply(message(answer))


def _words(refusal: Exception) -> str:
    match refusal:
        case NotAway():
            return views.BACK_ALREADY
        case NotPermitted():
            return views.MAY_NOT
        case NotThere():
            return views.NOT_THERE
    return views.NOT_AT_RISK

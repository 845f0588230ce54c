"""The buttons of the chase: Chase, and Still on time."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.chase_do import chase, still_on_time
from bot.domain.chase_shown import ChasedLately, NoPromise, NotWaiting
from bot.domain.escalations import UnknownEscalation
from bot.domain.permissions import NotPermitted
from bot.views import chase as views
from bot.views.blocks import Message
from bot.views.chase_words import CHASE, ON_TIME
from handlers.visit import Visit

_COMMAND = "escalate"
_REFUSALS = (NotPermitted, UnknownEscalation, NotWaiting, ChasedLately, NoPromise)


def register(app: App) -> None:
    """Both buttons."""
    app.action(re.compile(rf"^({re.escape(CHASE)}|{re.escape(ON_TIME)})$"))(press)


def press(ack: Ack, visit: Visit) -> None:
    """Chase, or Still on time."""
    deps, caller, formats = visit.deps, visit.caller, visit.caller.formats
    try:
        if visit.name == CHASE:
            answer = views.chased(chase(deps, caller, UUID(visit.value)), formats)
        else:
            answer = views.on_time(still_on_time(deps, caller, UUID(visit.value)), formats)
    except _REFUSALS as refusal:
        answer = _words(visit, refusal)
    visit.reply(answer)
    ack()


def _words(visit: Visit, refusal: Exception) -> Message:
    match refusal:
        case UnknownEscalation():
            return views.gone(visit.command(_COMMAND))
        case NotWaiting():
            return views.not_waiting(refusal.state)
        case ChasedLately():
            return views.chased_lately(refusal.at, visit.caller.formats)
        case NoPromise():
            return views.no_promise()
    return views.may_not()

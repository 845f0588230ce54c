"""The buttons on a case that is stuck between two teams."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.cases_assign import assign
from bot.actions.stuck import moves
from bot.domain.cases import CaseIsOver
from bot.domain.permissions import NotPermitted
from bot.views import stuck as views
from bot.views.blocks import message
from bot.views.cases_assign import given
from handlers.visit import Visit


def register(app: App) -> None:
    """Both buttons."""
    app.action(views.TAKE)(take)
    app.action(views.MOVES)(let_it_move)


def take(ack: Ack, visit: Visit) -> None:
    """It is theirs now."""
    member_id = visit.caller.actor.member_id
    try:
        if member_id is None:
            visit.reply(message(views.MAY_NOT))
        else:
            done = assign(visit.deps, visit.caller, UUID(visit.value), member_id)
            visit.reply(message(given(done)))
    except (NotPermitted, CaseIsOver) as refusal:
        visit.reply(message(_words(refusal)))
    ack()


def let_it_move(ack: Ack, visit: Visit) -> None:
    """Nothing needs to be done about it."""
    try:
        moves(visit.deps, visit.caller, UUID(visit.value))
        visit.reply(message(views.IT_MOVES))
    except (NotPermitted, CaseIsOver) as refusal:
        visit.reply(message(_words(refusal)))
    ack()


def _words(refusal: Exception) -> str:
    return views.OVER if isinstance(refusal, CaseIsOver) else views.MAY_NOT

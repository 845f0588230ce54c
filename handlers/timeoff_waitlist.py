"""Waiting for days on which as many are away as may be: joining the list, and answering once a place is free."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.timeoff_waitlist import NothingToWaitFor, UnknownWait, decline, offered, wait
from bot.domain.timeoff_asked import UnknownKind
from bot.domain.timeoff_waitlist import NotWaiting, State
from bot.views import timeoff_ask as asks
from bot.views import timeoff_waitlist as views
from bot.views.blocks import Message
from handlers.timeoff_requests import said_back
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons of what cannot be asked for yet, of the list, and of an offer."""
    app.action(views.WAIT)(join)
    app.action(views.ASK)(ask_for)
    app.action(views.DECLINE)(leave)


def join(ack: Ack, visit: Visit) -> None:
    """Wait for a place; where things have changed since, what can be done about the days now."""
    kept = asks.read_kept(visit.value)
    try:
        answer = views.joined(wait(visit.deps, visit.caller, kept.wish, kept.whom), visit.caller.formats)
    except (NothingToWaitFor, UnknownKind):
        answer = said_back(visit, kept)
    visit.replace(answer)
    ack()


def ask_for(ack: Ack, visit: Visit) -> None:
    """Says back what was waited for, to be sent: balance and hours may have changed meanwhile."""
    try:
        wish, whom = offered(visit.deps, visit.caller, UUID(visit.value))
    except (UnknownWait, NotWaiting) as ended:
        visit.reply(_ended(ended))
    else:
        visit.reply(said_back(visit, asks.Kept(visit.deps.new_id(), wish, whom)))
    ack()


def leave(ack: Ack, visit: Visit) -> None:
    """No longer."""
    try:
        shown = decline(visit.deps, visit.caller, UUID(visit.value))
    except (UnknownWait, NotWaiting) as ended:
        visit.reply(_ended(ended))
    else:
        visit.reply(views.declined(shown, visit.caller.formats))
    ack()


def _ended(ended: UnknownWait | NotWaiting) -> Message:
    return views.not_any_more(ended.state if isinstance(ended, NotWaiting) else State.OVER)

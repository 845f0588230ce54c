"""``/here`` and the buttons beside it: somebody is there, or whoever answers for them says what becomes of it."""

import re

from slack_bolt import Ack, App

from bot.actions.attendance import Away, NotAsked, Noted, NothingNear, Settlement, say_here, settle
from bot.domain.attendance import NotOpen
from bot.domain.permissions import NotPermitted
from bot.views import attendance as views
from bot.views.absences import back
from bot.views.blocks import Message, message
from handlers.visit import Visit

NAME = "here"
_SAYS = {views.SEEN: Settlement.HERE, views.RELEASE: Settlement.RELEASE, views.WAIT: Settlement.WAIT}

_REFUSALS = (NotAsked, Away, NothingNear)


def register(app: App, prefix: str = "") -> None:
    """The command, and every button."""
    app.command(f"/{prefix}{NAME}")(type_here)
    app.action(views.HERE)(press_here)
    app.action(re.compile(f"^({'|'.join(map(re.escape, _SAYS))})$"))(say_for_them)


def type_here(ack: Ack, visit: Visit) -> None:
    """They are there."""
    try:
        noted = say_here(visit.deps, visit.caller)
    except _REFUSALS as refusal:
        answer = _refused(visit, refusal)
    else:
        answer = _returned(noted) or views.noted(noted.work, visit.caller.formats)
    ack(**answer)


def press_here(ack: Ack, visit: Visit) -> None:
    """The same by a button in a message or on Home, which then say so."""
    try:
        answer = _returned(say_here(visit.deps, visit.caller))
    except _REFUSALS as refusal:
        answer = _refused(visit, refusal)
    if answer:
        visit.reply(answer)
    ack()


def say_for_them(ack: Ack, visit: Visit) -> None:
    """Somebody who answers for them says what becomes of their work; the card then says which."""
    try:
        settle(visit.deps, visit.caller, views.read_value(visit.value), _SAYS[visit.name])
    except NotPermitted:
        visit.reply(message(views.MAY_NOT))
    except NotOpen:
        visit.reply(message(views.SETTLED_ALREADY))
    ack()


def _returned(noted: Noted) -> Message | None:
    """For who was put down as away."""
    returned = noted.returned
    return back(returned.given, before=returned.before) if returned else None


def _refused(visit: Visit, refusal: Exception) -> Message:
    formats = visit.caller.formats
    if isinstance(refusal, NothingNear):
        return views.nothing_near(refusal.then, visit.command(NAME), formats)
    if isinstance(refusal, Away):
        ends = f"{visit.command('timeoff')} cancel" if refusal.on_leave else f"{visit.command('sick')} back"
        return views.away_until(refusal.until, ends, formats)
    return message(views.NOT_ASKED)

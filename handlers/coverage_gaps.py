"""The buttons on the card of a gap, and below a gap in ``/coverage``; the form that lives with it."""

import re

from slack_bolt import Ack, App

from bot.actions.coverage_gaps_accept import accept_gap, to_accept, warn_again
from bot.actions.coverage_gaps_fill import NobodyNear, fill_gap
from bot.actions.covers_propose import BadOffer
from bot.deps import Deps
from bot.domain.coverage_gaps_shown import Way
from bot.domain.coverage_watch import NotOpen
from bot.domain.permissions import NotPermitted
from bot.views import coverage_buttons as cards
from bot.views import coverage_gaps as views
from bot.views.blocks import Message, message
from handlers.failures import what_failed
from handlers.visit import Visit, shown

_WAYS = {cards.FIND: Way.COVER, cards.OVERTIME: Way.OVERTIME}
_REFUSALS = (NotOpen, NotPermitted, BadOffer, NobodyNear)


def register(app: App) -> None:
    """Every button, and the form."""
    for pressed, does in ((_WAYS, fill), ((cards.ACCEPT, cards.WARN), settle)):
        app.action(re.compile(rf"^({'|'.join(map(re.escape, pressed))})$"))(does)
    app.view(views.FORM)(submit_risk)


def fill(ack: Ack, visit: Visit) -> None:
    """Has people asked, which takes its time where many are missing."""
    way, wanted, nonce = _WAYS[visit.name], cards.read_ref(visit.value), visit.deps.new_id()

    def find(deps: Deps) -> Message:
        try:
            return views.filling(fill_gap(deps, visit.caller, wanted, nonce, way), way)
        except _REFUSALS as refusal:
            return _words(refusal)

    if answer := visit.later.answer(find, visit.reply, what_failed):
        visit.reply(answer)
    ack()


def settle(ack: Ack, visit: Visit) -> None:
    """Asks why the risk is accepted, or warns again."""
    try:
        _settle(visit)
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def submit_risk(ack: Ack, visit: Visit) -> None:
    """Lives with the gap."""
    wanted, nonce, reason, until = views.read_form(visit.view)
    try:
        accept_gap(visit.deps, visit.caller, wanted, nonce, reason, until)
        answer = views.accepted()
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, views.TITLE))


def _settle(visit: Visit) -> None:
    deps, caller, wanted = visit.deps, visit.caller, cards.read_ref(visit.value)
    if visit.name == cards.WARN:
        warn_again(deps, caller, wanted)
        return
    gap = to_accept(deps, caller, wanted)
    visit.opens(views.accept_form(visit.value, deps.new_id(), gap, deps.clock(), caller.formats))


def _words(refusal: Exception) -> Message:
    match refusal:
        case NotOpen():
            return message(views.NOT_THERE)
        case NobodyNear():
            return message(views.NOBODY_NEAR)
        case BadOffer():
            return message(views.TOO_LATE)
    return message(views.MAY_NOT)

"""Time off where more people are there than are needed: offered, taken, declined."""

import re
from uuid import UUID, uuid5

from slack_bolt import Ack, App

from bot.actions.coverage_surplus import look, offer, withdraw
from bot.actions.coverage_surplus_take import decline, take
from bot.domain.coverage_surplus import Needed, NobodyToAsk, NotOffered, OfferedAlready
from bot.domain.permissions import NotPermitted
from bot.domain.timeoff_asked import TooLittle
from bot.views import coverage_surplus as views
from bot.views.blocks import Message, message
from bot.views.coverage import SURPLUS
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons in ``/coverage``, below what is too many, and on both cards."""
    app.action(SURPLUS)(show_surplus)
    app.action(re.compile(rf"^{re.escape(views.OFFER)}\."))(offer_it)
    pressed = map(re.escape, (views.WITHDRAW, views.TAKE, views.PAID, views.STAY))
    app.action(re.compile(rf"^({'|'.join(pressed)})$"))(answer_it)


def surplus_ahead(visit: Visit) -> Message:
    """When more people are there than are needed, for who may offer time off."""
    now, deps = visit.deps.clock(), visit.deps
    return views.surplus(look(deps, visit.caller), visit.caller.formats, now, deps.new_id())


def show_surplus(ack: Ack, visit: Visit) -> None:
    """Beside the answer in which the button stands."""
    try:
        answer = surplus_ahead(visit)
    except NotPermitted:
        answer = message(views.MAY_NOT)
    visit.reply(answer)
    ack()


def offer_it(ack: Ack, visit: Visit) -> None:
    """Asks the first people."""
    posts_key, interval, nonce = views.read_offer(visit.value)
    answer = message(views.SENT)
    try:
        offer(visit.deps, visit.caller, posts_key, interval, uuid5(nonce, visit.name))
    except NotOffered:
        answer = message(views.NOT_NEEDED)
    except NobodyToAsk:
        answer = message(views.NOBODY)
    except OfferedAlready as known:
        answer = views.offered_already(known.by)
    except NotPermitted:
        answer = message(views.MAY_NOT)
    visit.reply(answer)
    ack()


def answer_it(ack: Ack, visit: Visit) -> None:
    """Somebody goes or stays, or it is withdrawn; the cards then say so."""
    answer = ""
    try:
        _answered(visit, UUID(visit.value))
    except NotOffered:
        answer = views.NOT_OFFERED
    except NotPermitted:
        answer = views.MAY_NOT
    except Needed:
        answer = views.NEEDED
    except TooLittle:
        answer = views.TOO_LITTLE
    if answer:
        visit.reply(message(answer))
    ack()


def _answered(visit: Visit, offer_id: UUID) -> None:
    match visit.name:
        case views.WITHDRAW:
            withdraw(visit.deps, visit.caller, offer_id)
        case views.STAY:
            decline(visit.deps, visit.caller, offer_id)
        case _:
            take(visit.deps, visit.caller, offer_id, paid=visit.name == views.PAID)

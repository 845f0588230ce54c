"""What nobody works: the buttons that offer it to others, and the form behind them."""

import re
from functools import partial
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.people import Caller
from bot.actions.unowned_offer import offer_each, to_offer, to_offer_of_import
from bot.deps import Deps
from bot.domain.permissions import NotPermitted
from bot.views import unowned as views
from bot.views.blocks import Message, message
from bot.views.covers import read_value
from bot.views.departures import MAY_NOT
from handlers.visit import Visit, shown


def register(app: App) -> None:
    """The buttons for one and for all of an import, and the form."""
    app.action(re.compile(rf"^({re.escape(views.OFFER)}|{re.escape(views.OFFER_IMPORT)})$"))(ask_which)
    app.action(re.compile(rf"^{re.escape(views.FORM)}\."))(recount)
    app.view(views.FORM)(submit)


def ask_which(ack: Ack, visit: Visit) -> None:
    """Opens the form with what is still nobody's."""
    try:
        if visit.name == views.OFFER:
            work = to_offer(visit.deps, visit.caller, read_value(visit.value)[0])
        else:
            work = to_offer_of_import(visit.deps, visit.caller, int(visit.value))
    except NotPermitted:
        visit.reply(message(MAY_NOT))
    else:
        if work:
            visit.opens(views.offer_form(work, visit.deps.new_id(), visit.caller.formats))
        else:
            visit.reply(message(views.NONE_LEFT))
    ack()


def recount(ack: Ack, visit: Visit) -> None:
    """A box was ticked or cleared: the button of the form says how many are."""
    view = visit.view
    visit.redraw(views.recounted(view), view["hash"])
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Offers what is ticked, and says what came of it."""
    view = visit.view
    nonce, ticked = views.read_form(view)
    if not ticked:
        ack(response_action="errors", errors={views.first_field(view): views.NOTHING_CHOSEN})
        return
    found = visit.finds(partial(_offered, visit.caller, ticked, nonce), views.being_offered(len(ticked)))
    ack(response_action="update", view=shown(found, views.TITLE))


def _offered(caller: Caller, ticked: list[UUID], nonce: UUID, deps: Deps) -> Message:
    try:
        done = offer_each(deps, caller, ticked, nonce)
    except NotPermitted:
        return message(MAY_NOT)
    return views.offered(done.numbers, done.left_out)

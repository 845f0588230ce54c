"""What nobody works: the buttons that offer it to others, and the form behind them."""

import re
from functools import partial
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.people import Caller
from bot.actions.unowned_offer import offer_each, to_offer, to_offer_of_import
from bot.deps import Deps
from bot.domain.permissions import NotPermitted
from bot.views import unowned as views
from bot.views.blocks import Message, message
from bot.views.covers import read_value
from bot.views.departures import MAY_NOT
from handlers.failures import what_failed
from handlers.later import Later
from handlers.replies import follow_up, open_view, redraw, reply, shown


def register(app: App) -> None:
    """The buttons for one and for all of an import, and the form."""
    app.action(re.compile(rf"^({re.escape(views.OFFER)}|{re.escape(views.OFFER_IMPORT)})$"))(ask_which)
    app.action(re.compile(rf"^{re.escape(views.FORM)}\."))(recount)
    app.view(views.FORM)(submit)


def ask_which(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Opens the form with what is still nobody's."""
    value = action["value"]
    try:
        if action["action_id"] == views.OFFER:
            work = to_offer(deps, caller, read_value(value)[0])
        else:
            work = to_offer_of_import(deps, caller, int(value))
    except NotPermitted:
        reply(body, client, respond, message(MAY_NOT))
    else:
        if work:
            open_view(body, client, views.offer_form(work, deps.new_id(), caller.formats))
        else:
            reply(body, client, respond, message(views.NONE_LEFT))
    ack()


def recount(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
    """A box was ticked or cleared: the button of the form says how many are."""
    view = body["view"]
    redraw(client, view["id"], views.recounted(view), view["hash"])
    ack()


def submit(ack: Ack, body: dict[str, Any], client: WebClient, caller: Caller, later: Later) -> None:
    """Offers what is ticked, and says what came of it."""
    view = body["view"]
    nonce, ticked = views.read_form(view)
    if not ticked:
        ack(response_action="errors", errors={views.first_field(view): views.NOTHING_CHOSEN})
        return
    found = later.answer(partial(_offered, caller, ticked, nonce), partial(follow_up, body, client), what_failed)
    ack(response_action="update", view=shown(found or views.being_offered(len(ticked)), views.TITLE))


def _offered(caller: Caller, ticked: list[UUID], nonce: UUID, deps: Deps) -> Message:
    try:
        done = offer_each(deps, caller, ticked, nonce)
    except NotPermitted:
        return message(MAY_NOT)
    return views.offered(done.numbers, done.left_out)

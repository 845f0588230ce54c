"""The buttons on the card of who is away, and the form that offers their work in two parts."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.absences_offer import accept_hole, offer_hole, to_offer
from bot.actions.covers_propose import BadOffer
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.permissions import NotPermitted
from bot.views import absences_card as cards
from bot.views.blocks import message
from bot.views.covers_form import WRONG
from handlers.replies import open_view, reply, shown


def register(app: App) -> None:
    """Every button on the card, and the form."""
    app.action(re.compile(rf"^({re.escape(cards.OFFER)}|{re.escape(cards.ACCEPT)})$"))(settle)
    app.action(cards.SPLIT)(ask_where)
    app.view(cards.FORM)(submit_split)


def settle(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Offers what nobody works to others, or leaves it so; the card then says which."""
    absence_id, assignment_id = cards.read_value(action["value"])
    answer = None
    try:
        if action["action_id"] == cards.OFFER:
            answer = cards.offered(offer_hole(deps, caller, assignment_id, deps.new_id()))
        else:
            accept_hole(deps, caller, absence_id, assignment_id)
    except (BadOffer, NotPermitted) as refusal:
        answer = _words(refusal)
    if answer:
        reply(body, client, respond, message(answer))
    ack()


def ask_where(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Opens the form that asks where to cut it."""
    _, assignment_id = cards.read_value(action["value"])
    try:
        left = to_offer(deps, caller, assignment_id)
    except (BadOffer, NotPermitted) as refusal:
        reply(body, client, respond, message(_words(refusal)))
    else:
        if form := cards.split_form(assignment_id, deps.new_id(), left, caller.formats):
            open_view(body, client, form)
        else:
            reply(body, client, respond, message(cards.TOO_SHORT))
    ack()


def submit_split(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Offers both parts."""
    assignment_id, nonce, cut = cards.read_form(body["view"])
    try:
        answer = cards.offered(offer_hole(deps, caller, assignment_id, nonce, cut))
    except (BadOffer, NotPermitted) as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(message(answer), cards.SPLIT_TITLE))


def _words(refusal: Exception) -> str:
    if isinstance(refusal, BadOffer):
        return " ".join(cards.WRONG.get(each, WRONG[each]) for each in refusal.wrong)
    return cards.MAY_NOT

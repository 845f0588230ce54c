"""The buttons on the card of who is away, and the form that offers their work in two parts."""

import re

from slack_bolt import Ack, App

from bot.actions.absences_offer import accept_hole, offer_hole, to_offer
from bot.actions.covers_propose import BadOffer
from bot.domain.permissions import NotPermitted
from bot.views import absences_card as cards
from bot.views.blocks import message
from bot.views.covers_form import WRONG
from handlers.visit import Visit, shown


def register(app: App) -> None:
    """Every button on the card, and the form."""
    app.action(re.compile(rf"^({re.escape(cards.OFFER)}|{re.escape(cards.ACCEPT)})$"))(settle)
    app.action(cards.SPLIT)(ask_where)
    app.view(cards.FORM)(submit_split)


def settle(ack: Ack, visit: Visit) -> None:
    """Offers what nobody works to others, or leaves it so; the card then says which."""
    absence_id, assignment_id = cards.read_value(visit.value)
    answer = None
    try:
        if visit.name == cards.OFFER:
            answer = cards.offered(offer_hole(visit.deps, visit.caller, assignment_id, visit.deps.new_id()))
        else:
            accept_hole(visit.deps, visit.caller, absence_id, assignment_id)
    except (BadOffer, NotPermitted) as refusal:
        answer = _words(refusal)
    if answer:
        visit.reply(message(answer))
    ack()


def ask_where(ack: Ack, visit: Visit) -> None:
    """Opens the form that asks where to cut it."""
    _, assignment_id = cards.read_value(visit.value)
    try:
        left = to_offer(visit.deps, visit.caller, assignment_id)
    except (BadOffer, NotPermitted) as refusal:
        visit.reply(message(_words(refusal)))
    else:
        if form := cards.split_form(assignment_id, visit.deps.new_id(), left, visit.caller.formats):
            visit.opens(form)
        else:
            visit.reply(message(cards.TOO_SHORT))
    ack()


def submit_split(ack: Ack, visit: Visit) -> None:
    """Offers both parts."""
    assignment_id, nonce, cut = cards.read_form(visit.view)
    try:
        answer = cards.offered(offer_hole(visit.deps, visit.caller, assignment_id, nonce, cut))
    except (BadOffer, NotPermitted) as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(message(answer), cards.SPLIT_TITLE))


def _words(refusal: Exception) -> str:
    if isinstance(refusal, BadOffer):
        return " ".join(cards.WRONG.get(each, WRONG[each]) for each in refusal.wrong)
    return cards.MAY_NOT

"""The buttons on the card of shifts that need an owner, and the form that gives one to somebody."""

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.covers_open import offer_open
from bot.actions.covers_propose import BadOffer
from bot.actions.departures_offer import give, offer_all, preview_give, who_can_take
from bot.actions.people import Caller, UnknownPerson
from bot.actions.swaps_turn import NotLegal
from bot.deps import Deps
from bot.domain.approval import BothSides
from bot.domain.covers import NotOpen
from bot.domain.permissions import Deed, NotPermitted
from bot.views import covers_answers as answers
from bot.views import departures as views
from bot.views.blocks import Message, message
from bot.views.covers import read_value
from bot.views.covers_form import WRONG
from bot.views.covers_take import meaning
from bot.views.forms import MISSING
from bot.views.give import taker_options
from bot.views.swaps_answers import THEM
from handlers.failures import what_failed
from handlers.later import Later
from handlers.replies import open_view, redraw, reply, shown

_REFUSALS = (BadOffer, BothSides, NotLegal, NotOpen, NotPermitted, UnknownPerson)


def register(app: App) -> None:
    """Every button on the card, and the form."""
    app.action(views.OFFER_ALL)(offer_every)
    app.action(views.OFFER)(offer_one)
    app.action(views.GIVE)(ask_to_whom)
    app.options(views.TAKER)(offer_people)
    app.action(views.TAKER)(renew_form)
    app.view(views.FORM)(submit)


def offer_every(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    later: Later,
    caller: Caller,
) -> None:
    """Offers all that is not offered yet, which takes its time where there is much of it."""

    def offer(deps: Deps) -> Message:
        try:
            number = offer_all(deps, caller, _subject(action))
        except _REFUSALS as refusal:
            return message(_words(refusal, caller))
        return message(views.offered(number) if number else views.ALL_OFFERED)

    answered = partial(reply, body, client, respond)
    if answer := later.answer(offer, answered, what_failed):
        answered(answer)
    ack()


def offer_one(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Offers one shift; the card then says so."""
    try:
        offer_open(deps, caller, _subject(action), deps.new_id())
        answer = views.offered(1)
    except _REFUSALS as refusal:
        answer = _words(refusal, caller)
    reply(body, client, respond, message(answer))
    ack()


def ask_to_whom(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Opens the form with those whom the rules let work it."""
    assignment_id = _subject(action)
    try:
        found = who_can_take(deps, caller, assignment_id)
    except _REFUSALS as refusal:
        reply(body, client, respond, message(_words(refusal, caller)))
    else:
        open_view(body, client, views.give_form(assignment_id, deps.new_id(), found, caller.formats))
    ack()


def offer_people(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Those whom the rules let work it, by what was typed of their name."""
    assignment_id, *_ = views.read_form(body["view"])
    try:
        people = who_can_take(deps, caller, assignment_id).people
    except _REFUSALS:
        people = ()  # Sending the form says why.
    ack(options=taker_options(people, body["value"], deps.clock()))


def renew_form(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Somebody was chosen: the form says what it would mean for them."""
    view = body["view"]
    assignment_id, nonce, taker = views.read_form(view)
    # Sending the form says why there is nothing to give any more.
    with suppress(*_REFUSALS):
        found = who_can_take(deps, caller, assignment_id)
        means = _means(deps, caller, assignment_id, taker) if taker else []
        form = views.give_form(assignment_id, nonce, found, caller.formats, means, views.chosen(view))
        redraw(client, view["id"], form, view["hash"])
    ack()


def submit(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Gives it to who was chosen, or says what is in the way."""
    assignment_id, nonce, taker = views.read_form(body["view"])
    if taker is None:
        ack(response_action="errors", errors={views.TAKER: MISSING})
        return
    try:
        give(deps, caller, assignment_id, taker, nonce)
    except _REFUSALS as refusal:
        # Errors at a field know no mentions.
        ack(response_action="update", view=shown(message(_words(refusal, caller)), views.TITLE))
    else:
        ack()


def _means(deps: Deps, caller: Caller, assignment_id: UUID, taker: str) -> list[str]:
    """What taking it would mean for who was chosen, or why it cannot be."""
    try:
        return meaning(preview_give(deps, caller, assignment_id, taker), caller.formats)
    except _REFUSALS as refusal:
        return [_words(refusal, caller)]


def _subject(action: dict[str, Any]) -> UUID:
    return read_value(action["value"])[0]


def _words(refusal: Exception, caller: Caller) -> str:
    match refusal:
        case BadOffer(wrong=wrong):
            return " ".join(views.WRONG.get(each, WRONG[each]) for each in wrong)
        case NotLegal(reading=reading):
            return answers.not_legal(reading, THEM, caller.formats)
        case NotPermitted(deed=Deed.TAKE_COVER):
            return views.NOT_YOUR_TEAM
        case NotPermitted():
            return views.MAY_NOT
        case UnknownPerson():
            return answers.NOT_ON_ROSTER
        case BothSides():
            return answers.OTHER_SIDE
    return views.TAKEN

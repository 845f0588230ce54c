"""The buttons on the card of shifts that need an owner, and the form that gives one to somebody."""

from contextlib import suppress
from uuid import UUID

from slack_bolt import Ack, App

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
from handlers.visit import Visit, shown

_REFUSALS = (BadOffer, BothSides, NotLegal, NotOpen, NotPermitted, UnknownPerson)


def register(app: App) -> None:
    """Every button on the card, and the form."""
    app.action(views.OFFER_ALL)(offer_every)
    app.action(views.OFFER)(offer_one)
    app.action(views.GIVE)(ask_to_whom)
    app.options(views.TAKER)(offer_people)
    app.action(views.TAKER)(renew_form)
    app.view(views.FORM)(submit)


def offer_every(ack: Ack, visit: Visit) -> None:
    """Offers all that is not offered yet, which takes its time where there is much of it."""

    def offer(deps: Deps) -> Message:
        try:
            number = offer_all(deps, visit.caller, _subject(visit))
        except _REFUSALS as refusal:
            return message(_words(refusal, visit.caller))
        return message(views.offered(number) if number else views.ALL_OFFERED)

    if answer := visit.later.answer(offer, visit.reply, what_failed):
        visit.reply(answer)
    ack()


def offer_one(ack: Ack, visit: Visit) -> None:
    """Offers one shift; the card then says so."""
    try:
        offer_open(visit.deps, visit.caller, _subject(visit), visit.deps.new_id())
        answer = views.offered(1)
    except _REFUSALS as refusal:
        answer = _words(refusal, visit.caller)
    visit.reply(message(answer))
    ack()


def ask_to_whom(ack: Ack, visit: Visit) -> None:
    """Opens the form with those whom the rules let work it."""
    assignment_id = _subject(visit)
    try:
        found = who_can_take(visit.deps, visit.caller, assignment_id)
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, visit.caller)))
    else:
        visit.opens(views.give_form(assignment_id, visit.deps.new_id(), found, visit.caller.formats))
    ack()


def offer_people(ack: Ack, visit: Visit) -> None:
    """Those whom the rules let work it, by what was typed of their name."""
    assignment_id, *_ = views.read_form(visit.view)
    try:
        people = who_can_take(visit.deps, visit.caller, assignment_id).people
    except _REFUSALS:
        people = ()  # Sending the form says why.
    ack(options=taker_options(people, visit.searched, visit.deps.clock()))


def renew_form(ack: Ack, visit: Visit) -> None:
    """Somebody was chosen: the form says what it would mean for them."""
    view = visit.view
    assignment_id, nonce, taker = views.read_form(view)
    # Sending the form says why there is nothing to give any more.
    with suppress(*_REFUSALS):
        found = who_can_take(visit.deps, visit.caller, assignment_id)
        means = _means(visit, assignment_id, taker) if taker else []
        form = views.give_form(assignment_id, nonce, found, visit.caller.formats, means, views.chosen(view))
        visit.redraw(form, view["hash"])
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Gives it to who was chosen, or says what is in the way."""
    assignment_id, nonce, taker = views.read_form(visit.view)
    if taker is None:
        ack(response_action="errors", errors={views.TAKER: MISSING})
        return
    try:
        give(visit.deps, visit.caller, assignment_id, taker, nonce)
    except _REFUSALS as refusal:
        # Errors at a field know no mentions.
        ack(response_action="update", view=shown(message(_words(refusal, visit.caller)), views.TITLE))
    else:
        ack()


def _means(visit: Visit, assignment_id: UUID, taker: str) -> list[str]:
    """What taking it would mean for who was chosen, or why it cannot be."""
    try:
        return meaning(preview_give(visit.deps, visit.caller, assignment_id, taker), visit.caller.formats)
    except _REFUSALS as refusal:
        return [_words(refusal, visit.caller)]


def _subject(visit: Visit) -> UUID:
    return read_value(visit.value)[0]


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

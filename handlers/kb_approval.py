"""A second person approves or declines what is to be published."""

import re

from slack_bolt import Ack, App

from bot.actions.kb_approval import approve, approve_all, decline, to_decide, waiting_page
from bot.domain.approval import ReasonMissing
from bot.domain.kb import UnknownArticle
from bot.domain.kb_upkeep import NotWaiting, OwnWords
from bot.domain.permissions import NotPermitted
from bot.views import kb_approval as views
from bot.views import kb_waiting
from bot.views.blocks import Message, message
from bot.views.kb_upkeep import GONE
from bot.views.kb_upkeep_buttons import WAITING
from bot.views.kb_versions import read_value
from handlers.visit import Visit, shown

_REFUSALS = (NotPermitted, NotWaiting, OwnWords, UnknownArticle)


def register(app: App) -> None:
    """The buttons of the card, and the form."""
    app.action(views.APPROVE)(press_approve)
    app.action(views.DECLINE)(ask_why)
    app.view(views.FORM)(submit_decline)
    app.action(WAITING)(show_waiting)
    app.action(re.compile(rf"^{re.escape(kb_waiting.PAGE)}\."))(turn_page)
    app.action(kb_waiting.ONE)(approve_listed)
    app.action(kb_waiting.ALL)(press_approve_all)


def answer_waiting(visit: Visit, page: int = 0, done: str = "") -> Message:
    """All that waits for approval; on top what was ``done`` a moment ago."""
    try:
        return kb_waiting.waiting_list(waiting_page(visit.deps, visit.caller, page), visit.caller.formats, done)
    except NotPermitted:
        return message(kb_waiting.MAY_NOT)


def show_waiting(ack: Ack, visit: Visit) -> None:
    """The list beside the message in which the button stands."""
    visit.reply(answer_waiting(visit))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of it."""
    visit.replace(answer_waiting(visit, int(visit.value)))
    ack()


def approve_listed(ack: Ack, visit: Visit) -> None:
    """Publishes one of the list, in which it stands no more."""
    article_id, version, page = kb_waiting.read_one(visit.value)
    try:
        approve(visit.deps, visit.caller, article_id, version)
        done = kb_waiting.approved_words(1)
    except _REFUSALS as refusal:
        done = _words(refusal)["text"]
    visit.replace(answer_waiting(visit, page, done))
    ack()


def press_approve_all(ack: Ack, visit: Visit) -> None:
    """Publishes all that is meant, which may take longer than Slack waits."""
    ack()
    try:
        count = approve_all(visit.deps, visit.caller, *kb_waiting.read_all(visit.value))
        visit.reply(message(kb_waiting.approved_words(count)))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))


def press_approve(ack: Ack, visit: Visit) -> None:
    """Publishes it; the card then says so."""
    try:
        approve(visit.deps, visit.caller, *read_value(visit.value))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def ask_why(ack: Ack, visit: Visit) -> None:
    """Asks why it is declined."""
    try:
        found = to_decide(visit.deps, visit.caller, *read_value(visit.value))
        visit.opens(views.decline_form(visit.deps.new_id(), found))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def submit_decline(ack: Ack, visit: Visit) -> None:
    """Declines it."""
    which, nonce, why = views.read_decline_form(visit.view)
    try:
        decline(visit.deps, visit.caller, *read_value(which), nonce, why)
    except ReasonMissing:
        ack(response_action="errors", errors=views.why_missing())
        return
    except _REFUSALS as refusal:
        ack(response_action="update", view=shown(_words(refusal), views.TITLE))
        return
    ack()


def _words(refusal: Exception) -> Message:
    match refusal:
        case NotWaiting():
            return message(views.NOT_WAITING)
        case OwnWords():
            return message(views.OWN)
        case UnknownArticle():
            return message(GONE)
    return message(views.MAY_NOT)

"""Keeping articles true: the list of what is due, Verify, and giving an article to somebody else."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kb_upkeep import (
    give,
    give_orphans,
    orphans_to_give,
    to_give,
    upkeep_page,
    verify_article,
)
from bot.domain.kb import NotPublished, UnknownArticle
from bot.domain.kb_upkeep import NobodyToGive, Shelf
from bot.domain.permissions import NotPermitted
from bot.views import kb_upkeep as views
from bot.views.blocks import Message, message
from bot.views.kb_upkeep_buttons import REASSIGN, VERIFY
from handlers.kb_approval import answer_waiting
from handlers.visit import Visit, shown

_REFUSALS = (NotPermitted, NotPublished, UnknownArticle)
_TYPED = {
    "mine": Shelf.OWN,
    "all": Shelf.ALL,
    "overdue": Shelf.OVERDUE,
    "orphans": Shelf.NOBODYS,
    "reported": Shelf.REPORTED,
}
_WAITING = "waiting"


def register(app: App) -> None:
    """The buttons, and the form."""
    app.action(VERIFY)(verify)
    app.action(REASSIGN)(open_reassign_form)
    app.action(views.REASSIGN_ALL)(open_orphans_form)
    app.view(views.FORM)(submit_reassign_form)
    app.action(views.DUE)(show_due)
    app.action(re.compile(rf"^{re.escape(views.PAGE)}\."))(turn_page)


def answer_due(visit: Visit, typed: str) -> Message:
    """``/kb due``, or one of its shelves, as in ``/kb due overdue``."""
    word = typed.strip().casefold()
    return answer_waiting(visit) if word == _WAITING else _listed(visit, _TYPED.get(word))


def show_due(ack: Ack, visit: Visit) -> None:
    """The list beside the message in which the button stands."""
    visit.reply(_listed(visit, *views.read_shelf(visit.value)))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page, or another shelf, in place of the one in which the button stands."""
    visit.replace(_listed(visit, *views.read_shelf(visit.value)))
    ack()


def verify(ack: Ack, visit: Visit) -> None:
    """It is true as it stands; the list in which the button stands goes on without it."""
    article_id, _, where = visit.value.partition(" ")
    try:
        answer = views.verified(verify_article(visit.deps, visit.caller, UUID(article_id)))
    except _REFUSALS as refusal:
        answer = _words(refusal)
    if where:
        visit.replace(_listed(visit, *views.read_shelf(where), done=answer["text"]))
    else:
        visit.reply(answer)
    ack()


def open_reassign_form(ack: Ack, visit: Visit) -> None:
    """Asks who keeps the article from now on."""
    try:
        article = to_give(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(views.reassign_form(visit.deps.new_id(), article))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def open_orphans_form(ack: Ack, visit: Visit) -> None:
    """Asks who keeps all that has no owner from now on."""
    try:
        count = orphans_to_give(visit.deps, visit.caller)
        if count:
            visit.opens(views.reassign_form(visit.deps.new_id(), count))
        else:
            visit.reply(message(views.NO_ORPHANS))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def submit_reassign_form(ack: Ack, visit: Visit) -> None:
    """Gives it, or says at the field what is wrong."""
    given = views.read_reassign_form(visit.view)
    if given.to is None:
        ack(response_action="errors", errors=views.wrong_person(chosen=False))
        return
    try:
        if given.article_id:
            give(visit.deps, visit.caller, given.nonce, given.article_id, given.to)
            count = 1
        else:
            _, count = give_orphans(visit.deps, visit.caller, given.nonce, given.to)
        answer = views.reassigned(given.to, count)
    except NobodyToGive:
        ack(response_action="errors", errors=views.wrong_person(chosen=True))
        return
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, views.TITLE))


def _listed(visit: Visit, shelf: Shelf | None, page: int = 0, done: str = "") -> Message:
    try:
        found = upkeep_page(visit.deps, visit.caller, shelf, page)
    except NotPermitted:
        return message(views.MAY_NOT_LIST)
    return views.upkeep_list(found, visit.caller.formats, visit.command("kb"), done)


def _words(refusal: Exception) -> Message:
    match refusal:
        case UnknownArticle():
            return message(views.GONE)
        case NotPublished():
            return message(views.NOT_PUBLISHED)
    return message(views.MAY_NOT)

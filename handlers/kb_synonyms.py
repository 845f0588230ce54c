"""``/kb synonyms``: words that mean the same."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kb_synonyms import BadSynonyms, keep_synonyms, synonyms, synonyms_of
from bot.domain.permissions import NotPermitted
from bot.views import kb_synonyms as views
from bot.views.blocks import Message, message
from bot.views.kb import SYNONYMS, may_not
from handlers.visit import Visit, shown


def register(app: App) -> None:
    """The list, and the form behind its buttons."""
    app.action(SYNONYMS)(show_synonyms)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn)
    app.action(views.NEW)(open_form)
    app.action(re.compile(rf"^{re.escape(views.CHANGE)}\."))(open_form)
    app.view(views.FORM)(submit)


def answer_synonyms(visit: Visit, _rest: str = "", page: int = 0) -> Message:
    """What ``/kb synonyms`` answers."""
    try:
        return views.synonyms_message(synonyms(visit.deps, visit.caller, page), visit.command("kb"))
    except NotPermitted:
        return may_not()


def show_synonyms(ack: Ack, visit: Visit) -> None:
    """The same by a button."""
    visit.reply(answer_synonyms(visit))
    ack()


def turn(ack: Ack, visit: Visit) -> None:
    """Another page."""
    visit.replace(answer_synonyms(visit, page=int(visit.value)))
    ack()


def open_form(ack: Ack, visit: Visit) -> None:
    """The words of a group, or of a new one."""
    group_id = None if visit.name == views.NEW else UUID(visit.value)
    try:
        words = synonyms_of(visit.deps, visit.caller, group_id)
    except NotPermitted:
        visit.reply(message(views.MAY_NOT))
    else:
        visit.opens(views.synonyms_form(group_id, words))
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Keeps them, or says what is wrong."""
    try:
        words = keep_synonyms(visit.deps, visit.caller, *views.read_form(visit.view))
    except BadSynonyms as bad:
        ack(response_action="errors", errors=views.wrong(bad.why))
    except NotPermitted:
        ack(response_action="update", view=shown(message(views.MAY_NOT), views.TITLE))
    else:
        ack(response_action="update", view=shown(views.kept(words), views.TITLE))

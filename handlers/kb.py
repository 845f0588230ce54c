"""``/kb``: articles by their number, what somebody looks for, and what else there is to do with them."""

import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.actions.kb_look import has_number, menu, own_articles
from bot.connectors.slack import as_typed
from bot.domain.kb import Kind
from bot.domain.kb_typed import Typed, read_kb_text
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.views import kb as views
from bot.views.blocks import Message, message
from bot.views.kb_search import search_menu
from bot.views.kb_written import MAY_NOT_WRITE_ANY
from handlers.kb_canned import answer_canned
from handlers.kb_form import open_new_form
from handlers.kb_missing import answer_missing
from handlers.kb_open import answer_number
from handlers.kb_release import answer_release
from handlers.kb_search import answer as answer_query
from handlers.kb_search import answer_number_in_words
from handlers.kb_synonyms import answer_synonyms
from handlers.kb_upkeep import answer_due
from handlers.visit import Visit, shown

COMMAND = "kb"
_KINDS = {
    "sop": Kind.SOP,
    "procedure": Kind.SOP,
    "guide": Kind.GUIDE,
    "canned": Kind.CANNED,
    "response": Kind.CANNED,
}
# What other capabilities answer, each to what follows its word: None where a form was opened instead.
Answer = Callable[[Visit, str], Message | None]
WORDS: dict[str, Answer] = {
    "due": answer_due,
    "release": answer_release,
    "missing": answer_missing,
    "synonyms": answer_synonyms,
    "canned": answer_canned,
}
# How they read in the help.
FORMS: dict[str, str] = {
    " due": "what you, or everybody, should look at again: Verify, Edit, Reassign",
    " due waiting": "what waits for approval",
    " release 5.2 What is new": "makes everything that is tagged with a release due",
    " canned refund": "responses to copy, filled in with names and numbers",
    " missing": "what people look for in vain",
    " synonyms": "words that mean the same",
}


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons of its menu."""
    app.command(f"/{prefix}{COMMAND}")(answer_kb)
    app.action(views.MENU)(show_menu)
    app.action(views.NEW)(open_new)
    app.action(views.MINE)(show_mine)
    app.action(re.compile(rf"^{re.escape(views.MINE_TURN)}\."))(turn_mine)


def answer_kb(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Answers the command."""
    answer = _answer(visit, as_typed(command["text"]).strip())
    ack(**(answer or {}))


def show_menu(ack: Ack, visit: Visit) -> None:
    """What ``/kb`` answers, on top of Home."""
    visit.opens(shown(_menu(visit), "What the team knows"))
    ack()


def open_new(ack: Ack, visit: Visit) -> None:
    """The form behind ``/kb new``."""
    try:
        open_new_form(visit)
    except NotPermitted:
        visit.reply(message(MAY_NOT_WRITE_ANY))
    ack()


def show_mine(ack: Ack, visit: Visit) -> None:
    """What ``/kb mine`` answers."""
    visit.reply(_mine(visit, 0))
    ack()


def turn_mine(ack: Ack, visit: Visit) -> None:
    """Another page of it."""
    visit.replace(_mine(visit, int(visit.value)))
    ack()


def _answer(visit: Visit, text: str) -> Message | None:
    """None where a form was opened instead."""
    if visit.caller.actor.reach(Deed.READ_KB) is Reach.NOBODY:
        return views.may_not()
    typed = read_kb_text(text)
    if typed.number is not None:
        if not typed.query or has_number(visit.deps, visit.caller, typed.number):
            return answer_number(visit, typed.number)
        return answer_number_in_words(visit, typed.query)
    if typed.word == "help":
        return views.help_message(visit.command(COMMAND), FORMS)
    if typed.word == "new":
        return _new(visit, typed)
    if typed.word == "mine":
        return _mine(visit, 0)
    if answer := WORDS.get(typed.word):
        return answer(visit, typed.rest)
    return answer_query(visit, typed.query) if typed.query else _menu(visit)


def _new(visit: Visit, typed: Typed) -> Message | None:
    kind, _, title = typed.rest.partition(":")
    try:
        open_new_form(visit, title.strip(), _KINDS.get(kind.strip().casefold(), Kind.ARTICLE))
    except NotPermitted:
        return message(MAY_NOT_WRITE_ANY)
    return None


def _menu(visit: Visit) -> Message:
    try:
        found = menu(visit.deps, visit.caller)
    except NotPermitted:
        return views.may_not()
    return views.menu_message(found, visit.caller.formats, visit.command(COMMAND), search_menu())


def _mine(visit: Visit, page: int) -> Message:
    try:
        found = own_articles(visit.deps, visit.caller, page)
    except NotPermitted:
        return views.may_not()
    may_write = visit.caller.actor.reach(Deed.WRITE_KB) is not Reach.NOBODY
    return views.mine_message(found, visit.caller.formats, visit.command(COMMAND), may_write=may_write)

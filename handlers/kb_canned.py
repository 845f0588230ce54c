"""``/kb canned``: responses are found, filled in as one types, and shown to be copied."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions import kb_canned as acts
from bot.domain.cases import UnknownCase
from bot.domain.kb import UnknownArticle
from bot.domain.kb_canned import ResponseShown
from bot.domain.permissions import NotPermitted
from bot.views import cases_answers
from bot.views import kb as answers
from bot.views import kb_canned as views
from bot.views.blocks import Message
from bot.views.forms import View
from handlers.visit import Visit, shown

_REFUSALS = (NotPermitted, UnknownArticle, UnknownCase)


def register(app: App) -> None:
    """The lists, the form, and the button on the card of a case."""
    app.action(re.compile(rf"^{re.escape(views.USE)}\."))(use)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    app.action(re.compile(rf"^{re.escape(views.FIELD)}\."))(preview)
    app.action(views.FROM_CASE)(choose_for_case)
    app.action(views.ALL)(show_all)
    app.view(views.LIST)(search)
    app.view(views.FORM)(submit_form)


def answer_canned(visit: Visit, text: str) -> Message:
    """The responses that answer what was typed, or all of them."""
    try:
        found = acts.find_responses(visit.deps, visit.caller, text)
    except NotPermitted as refusal:
        return _words(visit, refusal)
    return views.responses_message(found, *_where(visit))


def show_all(ack: Ack, visit: Visit) -> None:
    """What ``/kb canned`` answers."""
    visit.reply(answer_canned(visit, ""))
    ack()


def choose_for_case(ack: Ack, visit: Visit) -> None:
    """Those that could be used for a case."""
    try:
        found = acts.find_responses(visit.deps, visit.caller, case_id=UUID(visit.value))
        visit.opens(views.responses_form(found, *_where(visit)))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def search(ack: Ack, visit: Visit) -> None:
    """Those that answer what stands in the field."""
    text, case_id = views.read_search(visit.view)
    try:
        found = acts.find_responses(visit.deps, visit.caller, text, case_id=case_id)
        view = views.responses_form(found, *_where(visit))
    except _REFUSALS as refusal:
        view = _read(visit, refusal)
    ack(response_action="update", view=view)


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of them."""
    page, case_id, text = views.turned(visit.value)
    try:
        found = acts.find_responses(visit.deps, visit.caller, text, page, case_id)
    except _REFUSALS as refusal:
        visit.replace(_words(visit, refusal))
    else:
        if visit.body.get("view"):
            visit.redraw(views.responses_form(found, *_where(visit)))
        else:
            visit.replace(views.responses_message(found, *_where(visit)))
    ack()


def use(ack: Ack, visit: Visit) -> None:
    """The form that asks what the response leaves open; where that is nothing, its text at once."""
    try:
        found = acts.open_response(visit.deps, visit.caller, *views.read_about(visit.value))
        if not found.variables:
            acts.count_copied(visit.deps, visit.caller, found.id)
        visit.opens(views.response_form(found) if found.variables else views.copy_view(found, {}))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def preview(ack: Ack, visit: Visit) -> None:
    """The text with what is entered so far."""
    try:
        found = _of_form(visit)
        view = views.response_form(found, views.read_values(found, visit.view))
    except _REFUSALS as refusal:
        view = _read(visit, refusal)
    visit.redraw(view, visit.view["hash"])
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """The text to be copied, or what has to be entered yet."""
    try:
        found = _of_form(visit)
        values = views.read_values(found, visit.view)
        if wrong := views.errors(found, values):
            ack(response_action="errors", errors=wrong)
            return
        acts.count_copied(visit.deps, visit.caller, found.id)
        view = views.copy_view(found, values)
    except _REFUSALS as refusal:
        view = _read(visit, refusal)
    ack(response_action="update", view=view)


def _of_form(visit: Visit) -> ResponseShown:
    return acts.open_response(visit.deps, visit.caller, *views.read_about(visit.view["private_metadata"]))


def _where(visit: Visit) -> tuple[str, str]:
    return visit.command("kb"), visit.caller.formats.locale


def _read(visit: Visit, refusal: Exception) -> View:
    return shown(_words(visit, refusal), views.TITLE)


def _words(visit: Visit, refusal: Exception) -> Message:
    match refusal:
        case UnknownArticle():
            return views.not_there(visit.command("kb"))
        case UnknownCase():
            return cases_answers.unknown_case("of this card", visit.command("case"))
    return answers.may_not()

"""The form that opens a case, by ``/case new`` or on a message, and the one that puts its record right."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.cases_look import find
from bot.actions.cases_new import change_case, edit_form, make_case, new_form, title_of
from bot.actions.people import UnknownPerson
from bot.domain.permissions import NotPermitted
from bot.views import cases as cards
from bot.views import cases_answers as answers
from bot.views import cases_form as views
from bot.views.blocks import message
from bot.views.cases_pick import CASE, case_options
from handlers.cases_do import REFUSALS, renew, words
from handlers.visit import Visit, shown


def register(app: App) -> None:
    """The forms, the shortcut, and every menu in which cases are searched."""
    app.shortcut(views.SHORTCUT)(make_of_message)
    app.view(views.NEW)(submit_new)
    app.action(cards.EDIT)(open_edit_form)
    app.view(views.EDIT)(submit_edit)
    app.options(re.compile(rf"{re.escape(CASE)}$"))(offer_cases)


def open_new_form(visit: Visit, title: str = "") -> None:
    """Opens it. Raises ``NotPermitted``."""
    visit.opens(views.new_form(new_form(visit.deps, visit.caller), title))


def make_of_message(ack: Ack, visit: Visit) -> None:
    """Opens it with what the message says and the way to it."""
    try:
        form = new_form(visit.deps, visit.caller)
    except NotPermitted:
        visit.reply(answers.may_not())
    else:
        title = title_of(visit.deps, visit.caller, visit.body["message"].get("text", ""))
        visit.opens(views.new_form(form, title, link_to(visit)))
    ack()


def link_to(visit: Visit) -> str:
    """The address of the message on which a shortcut was used."""
    said = visit.body["message"]
    link = (
        f"https://{visit.body['team']['domain']}.slack.com/archives/{visit.body['channel']['id']}"
        f"/p{said['ts'].replace('.', '')}"
    )
    thread = said.get("thread_ts")
    return f"{link}?thread_ts={thread}&cid={visit.body['channel']['id']}" if thread else link


def submit_new(ack: Ack, visit: Visit) -> None:
    """Opens the case, or says at the field what is wrong."""
    nonce, entered, wrong = views.read_new(visit.view)
    if wrong:
        ack(response_action="errors", errors=wrong)
        return
    try:
        made = make_case(visit.deps, visit.caller, nonce, entered)
    except UnknownPerson:
        ack(response_action="errors", errors={views.OWNER: views.NOT_ON_ROSTER})
    else:
        answer = answers.opened(made.named, owned=made.owner is not None)
        ack(response_action="update", view=shown(answer, "A new case"))


def open_edit_form(ack: Ack, visit: Visit) -> None:
    """Opens it for the case of the card."""
    try:
        form = edit_form(visit.deps, visit.caller, UUID(visit.value))
    except REFUSALS as refusal:
        visit.reply(message(words(refusal)))
    else:
        visit.opens(views.edit_form(form, visit.looked_up_at))
    ack()


def submit_edit(ack: Ack, visit: Visit) -> None:
    """Saves what was changed."""
    nonce, case_id, changes, reply_to, wrong = views.read_edit(visit.view)
    if wrong:
        ack(response_action="errors", errors=wrong)
        return
    try:
        saved = change_case(visit.deps, visit.caller, case_id, nonce, changes)
        answer = answers.saved(saved.named)
    except REFUSALS as refusal:
        answer = message(words(refusal))
    ack(response_action="update", view=shown(answer, visit.view["title"]["text"]))
    if reply_to:
        renew(visit, case_id, reply_to)


def offer_cases(ack: Ack, visit: Visit) -> None:
    """Cases by what was typed: a number, a title, a customer."""
    ack(options=case_options(find(visit.deps, visit.caller, visit.searched)))

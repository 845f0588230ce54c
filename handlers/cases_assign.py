"""Giving a case to somebody: ``/case assign``, the button on cards and nudges, and the form."""

import re

from slack_bolt import Ack, App

from bot.actions.cases_assign import assign, to_assign
from bot.actions.cases_look import only_case
from bot.actions.people import UnknownPerson, find_person
from bot.connectors.slack import MENTION, as_typed
from bot.domain.cases import CaseIsOver, UnknownCase
from bot.domain.cases_typed import Typed
from bot.domain.permissions import NotPermitted
from bot.views import cases_assign as views
from bot.views.blocks import Message, message
from handlers.visit import Visit, shown

_COMMAND = "case"
_REFUSALS = (CaseIsOver, NotPermitted, UnknownCase, UnknownPerson)


def register(app: App) -> None:
    """The buttons, and the form."""
    app.action(views.ASSIGN)(open_form)
    app.action(re.compile(rf"^{re.escape(views.GIVE)}\."))(give)
    app.view(views.FORM)(submit)


def answer_assign(visit: Visit, typed: Typed) -> Message:
    """Who could see to a case, or gives it to whoever is mentioned."""
    people, left = MENTION.findall(typed.rest), as_typed(MENTION.sub(" ", typed.rest)).strip()
    own = None if typed.case else only_case(visit.deps, visit.caller)
    wanted = typed.case or (own.id if own else None)
    if typed.case and (left or len(people) > 1):
        return views.whom_help(visit.command(_COMMAND), typed.case)
    if wanted is None or left or len(people) > 1:
        return views.assign_help(visit.command(_COMMAND))
    try:
        if not people:
            return views.assign_list(to_assign(visit.deps, visit.caller, wanted), visit.caller.formats)
        taker = find_person(visit.deps, visit.caller.workspace_id, people[0]).id
        return message(views.given(assign(visit.deps, visit.caller, wanted, taker)))
    except _REFUSALS as refusal:
        return message(_words(refusal))


def open_form(ack: Ack, visit: Visit) -> None:
    """Opens the form that gives a case to somebody."""
    try:
        found = to_assign(visit.deps, visit.caller, views.read_case(visit.value))
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal)))
    else:
        visit.opens(views.assign_form(found, visit.deps.new_id(), visit.caller.formats))
    ack()


def give(ack: Ack, visit: Visit) -> None:
    """Gives it to whoever the button names; the answer says so in place of the list."""
    case_id, member_id = views.read_give(visit.value)
    try:
        answer = views.given(assign(visit.deps, visit.caller, case_id, member_id))
    except _REFUSALS as refusal:
        answer = _words(refusal)
    visit.replace(message(answer))
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Gives it to whoever was chosen, or says what is in the way."""
    case_id, nonce, to, reason = views.read_form(visit.view)
    if to is None:
        ack(response_action="errors", errors={views.OTHER: views.WHO_FIRST})
        return
    try:
        if isinstance(to, str):
            to = find_person(visit.deps, visit.caller.workspace_id, to).id
        answer = views.given(assign(visit.deps, visit.caller, case_id, to, nonce=nonce, reason=reason))
    except UnknownPerson:
        ack(response_action="errors", errors={views.OTHER: views.NOT_ON_ROSTER})
        return
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(message(answer), views.TITLE))


def _words(refusal: Exception) -> str:
    match refusal:
        case UnknownPerson():
            return views.NOT_ON_ROSTER
        case UnknownCase():
            return views.GONE
        case CaseIsOver():
            return views.OVER
    return views.MAY_NOT

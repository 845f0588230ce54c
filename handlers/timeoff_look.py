"""Where a request for time off stands: by its number, in a list, and the ways to end or to change it."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.people import UnknownPerson
from bot.actions.timeoff_form import change_form
from bot.actions.timeoff_look import open_requests, visit_number, visit_request
from bot.actions.timeoff_requests import UnknownRequest
from bot.connectors.slack import MENTION
from bot.domain.permissions import NotPermitted
from bot.domain.timeoff import NotOpen
from bot.domain.timeoff_seen import Audience, Seat
from bot.views import timeoff_answers as answers
from bot.views.blocks import Message, message
from bot.views.timeoff import unknown_person
from bot.views.timeoff_ask import not_open
from bot.views.timeoff_form import timeoff_form
from bot.views.timeoff_requests import SHOW, request_card, request_list
from handlers.visit import Visit

# Longer numbers are no request's, and too large for a database.
_NUMBER = re.compile(r"#?\s*(\d{1,9})")
_LIST = re.compile(rf"(?:list|mine)(?:\s+{MENTION.pattern})?", re.IGNORECASE)
_ACT = re.compile(r"(cancel|withdraw|change)(?:\s+#?(\d{1,9}))?", re.IGNORECASE)


def register(app: App) -> None:
    """The button in a list."""
    app.action(SHOW)(show_request)


def show_request(ack: Ack, visit: Visit) -> None:
    """Shows the card beside the list."""
    try:
        found, seat = visit_request(visit.deps, visit.caller, UUID(visit.value))
        answer = request_card(found, seat, visit.caller.formats)
    except (UnknownRequest, NotPermitted):
        answer = message(answers.GONE)
    visit.reply(answer)
    ack()


def is_look(text: str) -> bool:
    """Whether a request is asked after, and not asked for."""
    return any(each.fullmatch(text) for each in (_NUMBER, _LIST, _ACT))


def looked_up(visit: Visit, command: str, text: str) -> Message | None:
    """The answer to that; None where a form was opened instead."""
    if number := _NUMBER.fullmatch(text):
        return _numbered(visit, command, int(number[1]))
    if acts := _ACT.fullmatch(text):
        return _acts(visit, command, acts[1].lower(), int(acts[2]) if acts[2] else None)
    listed = _LIST.fullmatch(text)
    return _listed(visit, command, listed[1] if listed else None)


def _numbered(visit: Visit, command: str, number: int) -> Message:
    try:
        return request_card(*visit_number(visit.deps, visit.caller, number), visit.caller.formats)
    except UnknownRequest:
        return answers.unknown_request(command, number)
    except NotPermitted:
        return answers.not_yours(command)


def _acts(visit: Visit, command: str, word: str, number: int | None) -> Message | None:
    """The request with the buttons that do it, or the form that changes it; the list where it may be several."""
    if number is None:
        own = open_requests(visit.deps, visit.caller).requests
        if len(own) != 1:
            return _listed(visit, command, None)
        number = own[0].number
    if word != "change":
        return _numbered(visit, command, number)
    try:
        shown_as, _ = visit_number(visit.deps, visit.caller, number)
        form = change_form(visit.deps, visit.caller, shown_as.id)
    except UnknownRequest:
        return answers.unknown_request(command, number)
    except NotPermitted:
        return answers.not_yours(command)
    except NotOpen as refusal:
        return message(not_open(refusal.state))
    visit.opens(timeoff_form(form, visit.caller.formats))
    return None


def _listed(visit: Visit, command: str, slack_id: str | None) -> Message:
    try:
        found = open_requests(visit.deps, visit.caller, slack_id)
    except UnknownPerson:
        return unknown_person(str(slack_id), command)
    except NotPermitted:
        return answers.not_yours(command)
    seat = Seat(Audience.PROXY if found.whose else Audience.ASKER, reads_kind=found.whose is None)
    return request_list(found, seat, visit.caller.formats, command)

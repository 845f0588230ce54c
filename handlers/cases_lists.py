"""Lists of cases: ``/case mine``, ``/case queue``, ``/case aging``, and the buttons that turn and open them."""

import re

from slack_bolt import Ack, App

from bot.actions.cases_lists import UnknownQueue, aging_report, cases_of, every_queue, listed, queue_of
from bot.actions.people import UnknownPerson
from bot.actions.routing_do import place_all
from bot.connectors.slack import MENTION, as_typed
from bot.domain.cases_lists import Scope
from bot.domain.cases_typed import Typed
from bot.domain.permissions import NotPermitted
from bot.views import cases_lists as views
from bot.views.blocks import Message, message
from handlers.visit import Visit

_COMMAND = "case"


def register(app: App) -> None:
    """Every button in these lists, and the menu of the report."""
    app.action(re.compile(rf"^({re.escape(views.TURN)}|{re.escape(views.OPEN)})\."))(turn_page)
    app.action(views.DRILL)(drill)
    app.action(re.compile(rf"^{re.escape(views.AGING)}\."))(turn_report)
    app.action(re.compile(rf"^{re.escape(views.QUEUES)}\."))(turn_queues)
    app.action(views.PLACE_ALL)(put_all)


def answer_mine(visit: Visit, typed: Typed) -> Message:
    """The caller's cases, or those of whoever is mentioned."""
    named = MENTION.search(typed.rest)
    if typed.rest.strip() and not named:
        return views.nobody_mentioned(as_typed(typed.rest), visit.command(_COMMAND))
    try:
        found = cases_of(visit.deps, visit.caller, named[1] if named else None)
    except UnknownPerson:
        return views.unknown_person(named[1] if named else "", visit.command(_COMMAND))
    except NotPermitted:
        return views.may_not(visit.command(_COMMAND))
    return views.case_list(found, visit.caller.formats, visit.command(_COMMAND))


def answer_queue(visit: Visit, typed: Typed) -> Message:
    """The cases of a queue; of none named, how much is in each."""
    command, name = visit.command(_COMMAND), as_typed(f"{typed.case or ''} {typed.rest}").strip()
    try:
        if name:
            return _listed(visit, queue_of(visit.deps, visit.caller, name))
        return _queues(visit, 0)
    except UnknownQueue as unknown:
        return views.unknown_queue(unknown.names, command)


def answer_aging(visit: Visit, _typed: Typed) -> Message:
    """How old all cases are, and whose."""
    return _report(visit, 0)


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page, or the list behind a line, in place of what the button stands in."""
    visit.replace(_listed(visit, *views.read_value(visit.value)))
    ack()


def turn_report(ack: Ack, visit: Visit) -> None:
    """Another page of the report."""
    visit.replace(_report(visit, int(visit.value)))
    ack()


def turn_queues(ack: Ack, visit: Visit) -> None:
    """Another page of the queues."""
    visit.replace(_queues(visit, int(visit.value)))
    ack()


def drill(ack: Ack, visit: Visit) -> None:
    """The cases behind a number, beside the report."""
    visit.reply(_listed(visit, *views.read_value(visit.action["selected_option"]["value"])))
    ack()


def put_all(ack: Ack, visit: Visit) -> None:
    """Puts the cases that are in no queue where the rules say."""
    ack()  # hundreds of them may take longer than Slack waits
    try:
        done = place_all(visit.deps, visit.caller)
        answer = message(views.placed(done.number, done.left, done.more, visit.command("floor")))
    except NotPermitted:
        answer = views.may_not(visit.command(_COMMAND))
    visit.reply(answer)


def _listed(visit: Visit, scope: Scope, page: int = 0) -> Message:
    command = visit.command(_COMMAND)
    try:
        return views.case_list(listed(visit.deps, visit.caller, scope, page), visit.caller.formats, command)
    except NotPermitted:
        return views.may_not(command)


def _queues(visit: Visit, page: int) -> Message:
    command = visit.command(_COMMAND)
    try:
        return views.queue_list(every_queue(visit.deps, visit.caller), command, page)
    except NotPermitted:
        return views.may_not(command)


def _report(visit: Visit, page: int) -> Message:
    command = visit.command(_COMMAND)
    try:
        return views.aging_message(aging_report(visit.deps, visit.caller, page), visit.caller.formats, command)
    except NotPermitted:
        return views.may_not(command)

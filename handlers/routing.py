"""Where cases belong: the buttons on a case's card, and ``/floor routing`` with the rules."""

import re

from slack_bolt import Ack, App

from bot.actions.routing_do import NoSuchQueue, place_one, reroute, to_reroute
from bot.actions.routing_rules import Draft, NameTaken, UnknownRule, end_rule, routing_shown, save_rule
from bot.domain.cases import CaseIsOver, UnknownCase
from bot.domain.permissions import NotPermitted
from bot.views import cases_assign as words
from bot.views import routing as views
from bot.views import routing_rules as rules
from bot.views.asked import Asked
from bot.views.blocks import Message, message
from bot.views.floor_help import may_not
from handlers.visit import Visit, shown

_REFUSALS = (CaseIsOver, NotPermitted, UnknownCase)


def register(app: App) -> None:
    """The buttons and the form of a case, and those of the rules."""
    app.action(views.PLACE)(put)
    app.action(views.REROUTE)(open_reroute)
    app.view(views.FORM)(submit_reroute)
    app.action(re.compile(rf"^({re.escape(rules.ADD)}|{re.escape(rules.EDIT)})$"))(open_rule)
    app.action(rules.END)(end)
    app.action(re.compile(rf"^{re.escape(rules.TURN)}\."))(turn_page)
    app.view(rules.FORM)(submit_rule)


def list_rules(visit: Visit, _asked: Asked) -> Message:
    """The rules, with how often each was wrong. Raises ``NotPermitted``."""
    return rules.rule_list(routing_shown(visit.deps, visit.caller), visit.command("case"))


def put(ack: Ack, visit: Visit) -> None:
    """Puts a case where the rules say."""
    try:
        found = place_one(visit.deps, visit.caller, words.read_case(visit.value))
        answer = views.put(found) if found else views.NO_RULE
    except _REFUSALS as refusal:
        answer = _words(refusal)
    visit.reply(message(answer))
    ack()


def open_reroute(ack: Ack, visit: Visit) -> None:
    """Opens the form that sends a case to another queue."""
    try:
        found = to_reroute(visit.deps, visit.caller, words.read_case(visit.value))
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal)))
    else:
        visit.opens(views.reroute_form(found, visit.deps.new_id()))
    ack()


def submit_reroute(ack: Ack, visit: Visit) -> None:
    """Sends it there."""
    case_id, nonce, queue_id, why, reason = views.read_form(visit.view)
    try:
        done = reroute(visit.deps, visit.caller, case_id, queue_id, why, nonce=nonce, reason=reason)
        answer = views.rerouted(done)
    except NoSuchQueue:
        ack(response_action="errors", errors={views.QUEUE: views.NO_QUEUE})
        return
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(message(answer), views.TITLE))


def open_rule(ack: Ack, visit: Visit) -> None:
    """Opens the form of a new rule, or of one that is there."""
    try:
        found = routing_shown(visit.deps, visit.caller)
    except NotPermitted as refusal:
        visit.reply(may_not(refusal.deed))
    else:
        rule_id = words.read_case(visit.value) if visit.name == rules.EDIT else None
        if not found.queues:
            visit.reply(message(rules.NO_QUEUES))
        elif rule_id and all(each.rule.id != rule_id for each in found.rules):
            visit.reply(message(rules.GONE))
        else:
            visit.opens(rules.rule_form(found, visit.deps.new_id(), rule_id))
    ack()


def submit_rule(ack: Ack, visit: Visit) -> None:
    """Keeps it, or says at the field what is wrong; then the list is shown."""
    said, wrong = rules.read_form(visit.view)
    if said is None:
        ack(response_action="errors", errors=wrong)
        return
    draft = Draft(said.name, said.queue_id, said.wants, said.priority, said.place)
    try:
        save_rule(visit.deps, visit.caller, said.rule_id, draft, said.nonce)
        answer = list_rules(visit, _asked(visit))
    except NameTaken:
        ack(response_action="errors", errors={rules.NAME: rules.NAME_TAKEN})
        return
    except NoSuchQueue:
        ack(response_action="errors", errors={rules.QUEUE: views.NO_QUEUE})
        return
    except UnknownRule:
        answer = message(rules.GONE)
    except NotPermitted as refusal:
        answer = may_not(refusal.deed)
    ack(response_action="update", view=shown(answer, rules.TITLE))


def end(ack: Ack, visit: Visit) -> None:
    """Ends a rule; the list is shown without it."""
    try:
        end_rule(visit.deps, visit.caller, words.read_case(visit.value))
        visit.replace(list_rules(visit, _asked(visit)))
    except UnknownRule:
        visit.reply(message(rules.GONE))
    except NotPermitted as refusal:
        visit.reply(may_not(refusal.deed))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of the rules."""
    try:
        found = routing_shown(visit.deps, visit.caller)
        visit.replace(rules.rule_list(found, visit.command("case"), int(visit.value)))
    except NotPermitted as refusal:
        visit.reply(may_not(refusal.deed))
    ack()


def _asked(visit: Visit) -> Asked:
    return Asked(visit.command("floor"), "routing", visit.deps.clock())


def _words(refusal: Exception) -> str:
    match refusal:
        case UnknownCase():
            return words.GONE
        case CaseIsOver():
            return words.OVER
    return words.MAY_NOT

"""``/escalate``, the message shortcut and the form behind both and behind the button on a case's card."""

import re
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.cases_look import look as look_at_case
from bot.actions.escalations_ask import Question, ask, escalate_form, made_of
from bot.actions.escalations_list import departments_of
from bot.actions.escalations_look import look_at_number
from bot.connectors.slack import as_typed
from bot.domain.cases import CaseIsOver, UnknownCase
from bot.domain.cases_typed import case_first
from bot.domain.desks import department_called
from bot.domain.escalations import EtaInThePast, NothingToAsk, UnknownEscalation, WordsMissing
from bot.domain.matrix import Severity
from bot.domain.permissions import Deed, NotPermitted
from bot.views import escalations_answers as answers
from bot.views import escalations_form as views
from bot.views.blocks import Message, message
from bot.views.chase_words import SHOW
from bot.views.departments import unknown
from bot.views.escalations import START, case_card, department_card
from handlers.cases_form import link_to
from handlers.escalations_list import answer_list
from handlers.visit import Visit, shown

COMMAND = "escalate"
SHORTCUT = "escalation.message"
# More than any number has, and than PostgreSQL takes for one.
_DIGITS = 9
_REFUSALS = (CaseIsOver, EtaInThePast, NotPermitted, NothingToAsk, UnknownCase, WordsMissing)


def register(app: App, prefix: str = "") -> None:
    """The command, the shortcut, the button, and the form that all of them open."""
    app.command(f"/{prefix}{COMMAND}")(answer_escalate)
    app.shortcut(SHORTCUT)(escalate_message)
    app.action(START)(start)
    app.action(SHOW)(show)
    app.action(re.compile(rf"^{re.escape(views.FORM)}\."))(redraw_form)
    app.view(views.FORM)(submit_form)


def answer_escalate(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Opens the form, for a case if one is named, or answers a word."""
    text = as_typed(command["text"]).strip()
    word, _, rest = text.partition(" ")
    match word.lower():
        case "help":
            ack(**answers.help_message(command["command"]))
        case "list":
            ack(**answer_list(visit, rest))
        case "show":
            ack(**_shown(visit, rest.strip()))
        case _:
            ack(**(_open_for(visit, text) or {}))


def escalate_message(ack: Ack, visit: Visit) -> None:
    """Opens it with what the message says, the way to it, and the case that was made of it before."""
    said, link = visit.body["message"].get("text") or "", link_to(visit)
    if refusal := _open(visit, made_of(visit.deps, visit.caller, link), None, said, link):
        visit.reply(refusal)
    ack()


def start(ack: Ack, visit: Visit) -> None:
    """The button on the card of a case, or beside no case."""
    if refusal := _open(visit, None if visit.value == "new" else UUID(visit.value)):
        visit.reply(refusal)
    ack()


def show(ack: Ack, visit: Visit) -> None:
    """The button beside one on a list, or on Home."""
    visit.reply(_shown(visit, visit.value))
    ack()


def redraw_form(ack: Ack, visit: Visit) -> None:
    """Another case, severity or department was chosen: another contact, other times."""
    filled = views.read_form(visit.view)
    try:
        severity = Severity(filled.severity)
        form = escalate_form(
            visit.deps,
            visit.caller,
            filled.nonce,
            filled.case_id,
            severity,
            filled.chosen,
            filled.link,
            filled.question,
        )
    except _REFUSALS:  # what is wrong is said when it is sent
        pass
    else:
        # Where it was changed once more meanwhile, that change draws it.
        visit.redraw(views.escalate_form(form, visit.caller.formats), visit.view["hash"])
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Asks it, or says at each field what is wrong with it."""
    filled = views.read_form(visit.view)
    if wrong := _wrong(filled):
        ack(response_action="errors", errors=wrong)
        return
    try:
        sent = ask(visit.deps, visit.caller, _question(visit, filled))
    except _REFUSALS as refusal:
        ack(response_action="errors", errors={_field_of(refusal, filled): _words(refusal)})
    else:
        answer = answers.asked(sent.number, sent.department, sent.case_number)
        ack(response_action="update", view=shown(answer, views.TITLE))


def _shown(visit: Visit, typed: str) -> Message:
    """The card of one, for the side that the caller is of."""
    if not typed.isdecimal() or len(typed) > _DIGITS:
        return answers.no_escalation(typed, visit.command(COMMAND))
    try:
        found = look_at_number(visit.deps, visit.caller, int(typed))
    except NotPermitted:
        return message(answers.MAY_NOT_SEE)
    except UnknownEscalation:
        return answers.no_escalation(typed, visit.command(COMMAND))
    if visit.caller.actor.may(Deed.ESCALATE):
        return case_card(found, visit.caller.formats, thread=False)
    return department_card(found, found.hop, visit.caller.formats, thread=False)


def _open_for(visit: Visit, text: str) -> Message | None:
    """Opens it about the case, and for the department, that are named; None where it was opened."""
    names = departments_of(visit.deps, visit.caller)
    named, rest = case_first(text)
    department_id = department_called(rest, names)
    if not named and not department_id:  # a helpdesk may call a case by any word
        named, rest = rest, ""
    try:
        about = look_at_case(visit.deps, visit.caller, named).id if named else None
    except NotPermitted:
        return message(answers.MAY_NOT_ASK)
    except UnknownCase:
        return answers.no_case(named or "", visit.command(COMMAND))
    if rest and not department_id:
        return unknown(rest, names)
    return _open(visit, about, department_id)


def _open(
    visit: Visit,
    case_id: UUID | None,
    department_id: UUID | None = None,
    said: str = "",
    link: str | None = None,
) -> Message | None:
    """None where the form was opened."""
    deps, caller = visit.deps, visit.caller
    try:
        form = escalate_form(deps, caller, deps.new_id(), case_id, chosen=department_id, link=link, said=said)
    except _REFUSALS as refusal:
        return message(_words(refusal))
    visit.opens(views.escalate_form(form, visit.caller.formats))
    return None


def _question(visit: Visit, filled: views.Filled) -> Question:
    assert filled.department_id
    due = filled.due_day and filled.due_time
    by = views.instant(filled.due_day, filled.due_time, visit.caller.formats) if due else None  # type: ignore[arg-type]
    return Question(
        filled.nonce,
        filled.case_id,
        Severity(filled.severity),
        filled.department_id,
        filled.question,
        filled.promised,
        by,
        filled.link,
    )


def _wrong(filled: views.Filled) -> dict[str, str]:
    """Who promised something, said what, and by when."""
    wanted = {
        views.PROMISED: (filled.promised.strip(), answers.PROMISE),
        views.DUE_DAY: (filled.due_day, answers.DAY),
        views.DUE_TIME: (filled.due_time, answers.TIME),
    }
    if not any(value for value, _ in wanted.values()):
        return {}
    return {name: words for name, (value, words) in wanted.items() if value in (None, "")}


def _field_of(refusal: Exception, filled: views.Filled) -> str:
    match refusal:
        case EtaInThePast():
            return views.DUE_DAY
        case CaseIsOver() | UnknownCase():
            return views.CASE
        case NothingToAsk():
            return filled.department_block
    return views.QUESTION


def _words(refusal: Exception) -> str:
    return {
        CaseIsOver: answers.CASE_IS_OVER,
        EtaInThePast: answers.PAST,
        NotPermitted: answers.MAY_NOT_ASK,
        NothingToAsk: answers.NO_DEPARTMENT,
        UnknownCase: answers.NO_CASE,
        WordsMissing: answers.QUESTION,
    }[type(refusal)]

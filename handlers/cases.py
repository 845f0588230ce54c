"""``/case``: cases by their number, lists of them, and what is done about them."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.actions.cases_look import look, look_at_log
from bot.connectors.slack import as_typed
from bot.domain.cases import UnknownCase
from bot.domain.cases_do import Verb
from bot.domain.cases_typed import Typed, read_case_text
from bot.domain.permissions import Deed, Reach
from bot.views import cases_answers as answers
from bot.views.blocks import Message
from bot.views.cases_log import log_message
from bot.views.home_cases import AGING, MINE, NEW
from handlers.cases_assign import answer_assign
from handlers.cases_do import answer_verb, card_of
from handlers.cases_form import open_new_form
from handlers.cases_lists import answer_aging, answer_mine, answer_queue
from handlers.exceptions import answer_exception, answer_exceptions
from handlers.hygiene import answer_check
from handlers.promises import answer_followup
from handlers.visit import Visit, shown

COMMAND = "case"
_VERBS = {
    "wait": Verb.WAIT,
    "waits": Verb.WAIT,
    "close": Verb.CLOSE,
    "solved": Verb.CLOSE,
    "reopen": Verb.REOPEN,
    "working": Verb.WORKING,
    "note": Verb.NOTE,
    "replied": Verb.REPLIED,
    "wrote": Verb.WROTE,
}
# What other capabilities answer, each to what was typed: None where a form was opened instead.
Answer = Callable[[Visit, Typed], Message | None]
WORDS: dict[str, Answer] = {
    "mine": answer_mine,
    "queue": answer_queue,
    "aging": answer_aging,
    "assign": answer_assign,
    "check": answer_check,
    "followup": answer_followup,
    "exception": answer_exception,
    "exceptions": answer_exceptions,
}
# These stand alone.
_ALONE = frozenset({"aging", "check", "exceptions"})
# How they read in the help.
FORMS: dict[str, str] = {
    " exception 12": "a refund, an order or a delivery out of the ordinary; `exceptions` are those that wait",
    " mine": "your open cases; also `mine @ben`",
    " queue billing": "what is open in a queue; of none named, how much is in each",
    " aging": "how old all open cases are, and whose",
    " assign 12": "who could see to it; also at once `assign 12 @ben`",
    " followup 12": "promise its customer something; of none named, what you owe to customers",
    " check": "records to put right: no tag, no owner, no customer, the same twice",
}


def register(app: App, prefix: str = "") -> None:
    """The command."""
    app.command(f"/{prefix}{COMMAND}")(answer_case)
    app.action(MINE)(show_mine)
    app.action(NEW)(open_new)
    app.action(AGING)(show_aging)


def answer_case(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Answers the command."""
    answer = _answer(visit, command["text"].strip())
    ack(**(answer or {}))


def show_mine(ack: Ack, visit: Visit) -> None:
    """What ``/case mine`` answers, on top of Home."""
    visit.opens(shown(answer_mine(visit, Typed("mine", None, "")), "My cases"))
    ack()


def show_aging(ack: Ack, visit: Visit) -> None:
    """What ``/case aging`` answers, on top of Home."""
    visit.opens(shown(answer_aging(visit, Typed("aging", None, "")), "Aging cases"))
    ack()


def open_new(ack: Ack, visit: Visit) -> None:
    """The form behind ``/case new``, from Home."""
    open_new_form(visit)
    ack()


def _answer(visit: Visit, text: str) -> Message | None:
    """None where a form was opened instead."""
    command = visit.command(COMMAND)
    if visit.caller.actor.reach(Deed.SEE_CASES) is Reach.NOBODY:
        return answers.may_not()
    typed = read_case_text(text)
    if not text:
        return answer_mine(visit, typed)
    if typed.word == "help":
        return answers.help_message(command, more=FORMS)
    if typed.word == "new":
        open_new_form(visit, as_typed(text.partition(" ")[2]).strip())
        return None
    if typed.word == "log":
        return _log(visit, typed)
    if verb := _VERBS.get(typed.word):
        return answer_verb(visit, verb, typed)
    answer = WORDS.get(typed.word)
    if answer and not (typed.word in _ALONE and (typed.case or typed.rest)):
        return answer(visit, typed)
    if typed.case and not typed.word:
        return card_of(visit, typed.case)
    return answers.not_understood(text, command)


def _log(visit: Visit, typed: Typed) -> Message:
    if typed.case is None:
        return answers.which_case(visit.command(COMMAND), "log")
    try:
        found = look(visit.deps, visit.caller, typed.case)
        return log_message(look_at_log(visit.deps, visit.caller, found.id, 0), visit.caller.formats)
    except UnknownCase:
        return answers.unknown_case(typed.case, visit.command(COMMAND))

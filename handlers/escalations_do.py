"""The buttons on the card of a question to a department, for both sides, and the forms behind most of them."""

import re
from collections.abc import Callable
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.escalations_answer import answer, ask_again, give_eta, inform, need_info, own
from bot.actions.escalations_close import close, demand_closing
from bot.actions.escalations_look import demand_answering, demand_asking, look
from bot.actions.escalations_route import elsewhere, reroute
from bot.domain.escalations import (
    EtaInThePast,
    NoAnswer,
    NothingToAsk,
    NotOpen,
    OtherDepartment,
    OwnedAlready,
    SameDepartment,
    State,
    UnknownEscalation,
    WordsMissing,
)
from bot.domain.escalations_shown import EscalationShown
from bot.domain.permissions import Deed, NotPermitted
from bot.views import escalations as cards
from bot.views import escalations_answers as answers
from bot.views import escalations_do_form as forms
from bot.views.blocks import message
from bot.views.escalations_words import department_words
from bot.views.forms import View
from bot.views.why import REASON, About, Why, read_why, why_form
from handlers.visit import Visit

_REFUSALS = (
    EtaInThePast,
    NoAnswer,
    NotOpen,
    NotPermitted,
    NothingToAsk,
    OtherDepartment,
    OwnedAlready,
    SameDepartment,
    UnknownEscalation,
    WordsMissing,
)
_WRITTEN = {
    cards.INFO: (Why("Need info", "Ask", label="What do you need to know?"), need_info),
    cards.ANSWER: (Why("Answer", "Answer", label="Your answer"), answer),
    cards.INFORM: (Why("Tell them", "Send", label="What they need to know"), inform),
    cards.AGAIN: (Why("Ask again", "Ask again", label="What is missing?"), ask_again),
}
_MAY_NOT = {
    Deed.ANSWER_ESCALATION: answers.MAY_NOT_ANSWER,
    Deed.CHASE: answers.MAY_NOT_CLOSE,
    Deed.ESCALATE: answers.MAY_NOT_ASK,
    Deed.SEE_ESCALATIONS: answers.MAY_NOT_SEE,
}
_ASKED_IN = {cards.INFORM: State.NEEDS_INFO, cards.AGAIN: State.ANSWERED}


def register(app: App) -> None:
    """Every button on a card, and the forms."""
    writing = "|".join(re.escape(each) for each in _WRITTEN)
    app.action(re.compile(rf"^({re.escape(cards.OWN)}|{re.escape(cards.TAKE)})$"))(press_own)
    app.action(re.compile(rf"^({writing})$"))(ask_words)
    app.view(re.compile(rf"^({writing})\.form$"))(submit_words)
    app.action(cards.ETA)(ask_eta)
    app.view(forms.ETA_FORM)(submit_eta)
    app.action(cards.ELSEWHERE)(ask_where)
    app.view(forms.ELSEWHERE_FORM)(submit_where)
    app.action(cards.CLOSE)(ask_outcome)
    app.view(forms.CLOSE_FORM)(submit_outcome)


def press_own(ack: Ack, visit: Visit) -> None:
    """Whoever presses sees to it; the card then says so."""
    escalation_id = cards.read_id(visit.value)
    take = visit.name == cards.TAKE
    try:
        # Who presses Own twice has only a slow finger.
        changed = own(visit.deps, visit.caller, escalation_id, take=take)
        if take and not changed:
            visit.reply(message(answers.YOURS))
        elif visit.looked_up_at:  # nothing draws that anew
            visit.reply(message(answers.YOURS_NOW))
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, visit, escalation_id)))
    ack()


def ask_words(ack: Ack, visit: Visit) -> None:
    """A button that wants some words first, from who may say them."""
    escalation_id, name = cards.read_id(visit.value), visit.name

    def form() -> View:
        if name in _ASKED_IN:
            found = demand_asking(visit.deps, visit.caller, escalation_id, _ASKED_IN[name])
        else:
            found = demand_answering(visit.deps, visit.caller, escalation_id)
        about = About(visit.deps.new_id(), escalation_id)
        return why_form(_WRITTEN[name][0], f"{name}.form", about, _hint(name, found))

    _opens(visit, escalation_id, form)
    ack()


def submit_words(ack: Ack, visit: Visit) -> None:
    """The words are there."""
    about, text = read_why(visit.view)
    _, does = _WRITTEN[visit.view["callback_id"].removesuffix(".form")]
    try:
        does(visit.deps, visit.caller, about.subject_id, about.nonce, text)
    except _REFUSALS as refusal:
        ack(response_action="errors", errors={REASON: _words(refusal, visit, about.subject_id)})
    else:
        ack()


def ask_eta(ack: Ack, visit: Visit) -> None:
    """Asks by when it will be answered."""
    escalation_id = cards.read_id(visit.value)

    def form() -> View:
        found = demand_answering(visit.deps, visit.caller, escalation_id)
        return forms.eta_form(found, visit.deps.clock(), visit.caller.formats)

    _opens(visit, escalation_id, form)
    ack()


def submit_eta(ack: Ack, visit: Visit) -> None:
    """The department promises it."""
    escalation_id, eta = forms.read_eta(visit.view, visit.caller.formats)
    try:
        give_eta(visit.deps, visit.caller, escalation_id, eta)
    except _REFUSALS as refusal:
        ack(response_action="errors", errors={forms.DAY: _words(refusal, visit, escalation_id)})
    else:
        ack()


def ask_where(ack: Ack, visit: Visit) -> None:
    """Asks whose it is, if not the department's."""
    escalation_id = cards.read_id(visit.value)

    def form() -> View:
        found = elsewhere(visit.deps, visit.caller, escalation_id)
        own_ = not visit.caller.actor.may(Deed.CHASE)
        seen = look(visit.deps, visit.caller, escalation_id)
        return forms.elsewhere_form(visit.deps.new_id(), seen, found, own=own_)

    _opens(visit, escalation_id, form)
    ack()


def submit_where(ack: Ack, visit: Visit) -> None:
    """It goes there."""
    nonce, escalation_id, department_id, why = forms.read_elsewhere(visit.view)
    try:
        reroute(visit.deps, visit.caller, escalation_id, department_id, nonce, why)
    except _REFUSALS as refusal:
        ack(response_action="errors", errors={forms.WHERE: _words(refusal, visit, escalation_id)})
    else:
        ack()


def ask_outcome(ack: Ack, visit: Visit) -> None:
    """Asks how it ended."""
    escalation_id = cards.read_id(visit.value)

    def form() -> View:
        demand_closing(visit.deps, visit.caller, escalation_id)
        return forms.close_form(visit.deps.new_id(), look(visit.deps, visit.caller, escalation_id))

    _opens(visit, escalation_id, form)
    ack()


def submit_outcome(ack: Ack, visit: Visit) -> None:
    """It is closed."""
    nonce, escalation_id, outcome, cause, words = forms.read_close(visit.view)
    try:
        close(visit.deps, visit.caller, escalation_id, nonce, outcome, cause, words)
    except _REFUSALS as refusal:
        field = forms.WORDS if isinstance(refusal, WordsMissing) else forms.OUTCOME
        said = answers.CAUSE_IN_WORDS if field == forms.WORDS else _words(refusal, visit, escalation_id)
        ack(response_action="errors", errors={field: said})
    else:
        ack()


def _opens(visit: Visit, escalation_id: UUID, form: Callable[[], View]) -> None:
    """Opens a form, or says why there is none."""
    try:
        opened = form()
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal, visit, escalation_id)))
    else:
        visit.opens(opened)


def _hint(name: str, found: EscalationShown) -> str:
    department = department_words(found.department)
    return {
        cards.INFO: f"Who asked reads it in the case's thread. Escalation {found.number} waits for them.",
        cards.ANSWER: f"Your answer to escalation {found.number} goes to who asked, and a draft for the customer.",
        cards.INFORM: f"{department} reads it beside escalation {found.number}, and it is their turn again.",
        cards.AGAIN: f"{department} reads it beside escalation {found.number}, and it is open again.",
    }[name]


def _words(refusal: Exception, visit: Visit, escalation_id: UUID) -> str:
    match refusal:
        case NotPermitted():
            return _MAY_NOT[refusal.deed]
        case OtherDepartment() | NotOpen() | OwnedAlready():
            return _as_it_stands(refusal, visit, escalation_id)
    return {
        EtaInThePast: answers.PAST,
        NoAnswer: answers.NO_ANSWER,
        NothingToAsk: answers.NOWHERE,
        SameDepartment: answers.SAME,
        UnknownEscalation: answers.GONE,
        WordsMissing: answers.WORDS,
    }[type(refusal)]


def _as_it_stands(refusal: Exception, visit: Visit, escalation_id: UUID) -> str:
    found = look(visit.deps, visit.caller, escalation_id)
    if isinstance(refusal, OtherDepartment):
        return answers.other_department(found)
    if isinstance(refusal, OwnedAlready):
        return answers.owned_already(found)
    return answers.not_open(found)

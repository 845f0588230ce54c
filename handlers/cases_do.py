"""What is done to a case: by the buttons on its card, by words after ``/case``, and by the forms behind both."""

import re
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from slack_bolt import Ack, App, Respond

from bot.actions import cases_do as acts
from bot.actions.cases_cards import draw
from bot.actions.cases_look import departments_of, look, look_at_log, only_case
from bot.connectors.slack import as_typed
from bot.domain.cases import CaseIsOver, State, UnknownCase
from bot.domain.cases_do import HelpdeskSays, IsOpen, NothingToUndo, NotOpen, Verb
from bot.domain.cases_named import CaseNamed
from bot.domain.cases_shown import CaseShown
from bot.domain.cases_typed import CUSTOMER, OURS, Typed, waits_for
from bot.domain.permissions import NotPermitted
from bot.views import cases as cards
from bot.views import cases_answers as answers
from bot.views import cases_do as views
from bot.views.blocks import Message, message
from bot.views.cases_log import LOG, log_message
from handlers.visit import Visit, shown

REFUSALS = (CaseIsOver, HelpdeskSays, IsOpen, NothingToUndo, NotOpen, NotPermitted, UnknownCase)
_BUTTONS = {
    cards.WORKING: Verb.WORKING,
    cards.WAIT: Verb.WAIT,
    cards.CLOSE: Verb.CLOSE,
    cards.REOPEN: Verb.REOPEN,
    cards.NOTE: Verb.NOTE,
    cards.REPLIED: Verb.REPLIED,
    cards.WROTE: Verb.WROTE,
}
_AT_ONCE = frozenset({Verb.WORKING, Verb.WROTE})


def register(app: App) -> None:
    """Every button, and the form."""
    app.action(re.compile(rf"^({'|'.join(map(re.escape, _BUTTONS))})$"))(press)
    app.action(cards.SHOW)(show_case)
    app.action(cards.UNDO)(press_undo)
    app.action(re.compile(rf"^{re.escape(LOG)}(\.\w+)?$"))(show_log)
    app.view(views.FORM)(submit)


def press(ack: Ack, visit: Visit) -> None:
    """Does what the button says, or asks what has to be said first."""
    verb, case_id = _BUTTONS[visit.name], UUID(visit.value)
    try:
        if verb in _AT_ONCE:
            done = _do(visit, views.Said(verb, visit.deps.new_id(), case_id, None, "", ""))
            visit.reply(_answer(verb, done))
            if url := visit.looked_up_at:
                renew(visit, case_id, url)
        else:
            found = look(visit.deps, visit.caller, case_id)
            _demand_possible(verb, found)
            doing = _doing(visit, verb, found.named, reply_to=visit.looked_up_at, mirrored=found.mirrored)
            visit.opens(views.do_form(doing))
    except REFUSALS as refusal:
        visit.reply(message(words(refusal)))
        if url := visit.looked_up_at:  # it offers what cannot be done any more
            renew(visit, case_id, url)
    ack()


def show_case(ack: Ack, visit: Visit) -> None:
    """The card of a case beside a list."""
    visit.reply(card_of(visit, UUID(visit.value)))
    ack()


def show_log(ack: Ack, visit: Visit) -> None:
    """What happened to a case, and the other pages of that."""
    case_id, _, page = visit.value.partition(" ")
    try:
        log = look_at_log(visit.deps, visit.caller, UUID(case_id), int(page or 0))
    except REFUSALS as refusal:
        visit.reply(message(words(refusal)))
    else:
        turned = visit.replace if page else visit.reply
        turned(log_message(log, visit.caller.formats))
    ack()


def press_undo(ack: Ack, visit: Visit) -> None:
    """Takes back what was just done."""
    case_id, event_id = (UUID(each) for each in visit.value.split())
    try:
        done = acts.undo(visit.deps, visit.caller, case_id, event_id)
        answer = views.undone_message(done.case, done.state, done.waits_on)
    except REFUSALS as refusal:
        answer = message(words(refusal))
    visit.replace(answer)
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Does it, or says at the field what is missing."""
    said, wrong = views.read_form(visit.view)
    if wrong:
        ack(response_action="errors", errors=wrong)
        return
    try:
        answer = _answer(said.verb, _do(visit, said))
    except REFUSALS as refusal:
        answer = message(words(refusal))
    ack(response_action="update", view=shown(answer, visit.view["title"]["text"]))
    if said.reply_to and said.case_id:
        renew(visit, said.case_id, said.reply_to)


def answer_verb(visit: Visit, verb: Verb, typed: Typed) -> Message | None:
    """What was typed is done where it says all, else the form opens (None)."""
    named, mirrored = None, False
    if typed.case:
        try:
            found = look(visit.deps, visit.caller, typed.case)
        except UnknownCase:
            return answers.unknown_case(typed.case, visit.command("case"))
        try:
            _demand_possible(verb, found)
        except REFUSALS as refusal:
            return message(words(refusal))
        named, mirrored = found.named, found.mirrored
    departments = departments_of(visit.deps, visit.caller) if verb is Verb.WAIT else ()
    chosen = waits_for(typed.rest, departments) or "" if verb is Verb.WAIT else ""
    note = "" if verb is Verb.WAIT else as_typed(typed.rest)
    complete = verb in _AT_ONCE or bool(chosen) or (verb is Verb.NOTE and bool(note))
    if typed.case and named and complete:
        said = views.Said(verb, visit.deps.new_id(), named.id, chosen or None, note, "")
        try:
            return _answer(verb, _do(visit, said))
        except REFUSALS as refusal:
            return message(words(refusal))
    named = named or only_case(visit.deps, visit.caller)
    doing = _doing(visit, verb, named, chosen=chosen, note=note, mirrored=mirrored)
    unclear = as_typed(typed.rest) if verb is Verb.WAIT and not chosen else ""
    visit.opens(views.do_form(replace(doing, unclear=unclear)))
    return None


def card_of(visit: Visit, wanted: str | UUID) -> Message:
    """The card of a case as it stands now, or why there is none."""
    try:
        return draw(look(visit.deps, visit.caller, wanted), visit.caller.formats)
    except UnknownCase:
        return answers.unknown_case(wanted, visit.command("case")) if isinstance(wanted, str) else _gone()


def renew(visit: Visit, case_id: UUID, url: str) -> None:
    """Draws a card anew that was looked up, which no outbox keeps up to date."""
    with suppress(UnknownCase, NotPermitted):
        card = draw(look(visit.deps, visit.caller, case_id), visit.caller.formats)
        # What was done is done, and the card can be looked up again.
        with suppress(OSError):
            Respond(response_url=url)(**card, replace_original=True)


def words(refusal: Exception) -> str:
    """Why something was not done."""
    match refusal:
        case HelpdeskSays():
            return answers.helpdesk_says(refusal.source)
        case NotOpen():
            return answers.not_open(refusal.number, refusal.state)
        case IsOpen():
            return answers.is_open(refusal.number)
        case CaseIsOver():
            return answers.IS_OVER
        case NothingToUndo():
            return answers.NOTHING_TO_UNDO
        case NotPermitted():
            return answers.MAY_NOT
    return answers.GONE


def _demand_possible(verb: Verb, found: CaseShown) -> None:
    """Nobody fills in a form of which it is known that nothing can come."""
    if found.over and verb is not Verb.NOTE:
        raise CaseIsOver
    if found.mirrored and found.named.source and verb in (Verb.REPLIED, Verb.WROTE):
        raise HelpdeskSays(found.named.source)
    if verb is Verb.REOPEN and found.live:
        raise IsOpen(found.named.number)
    if verb is Verb.WAIT and not found.live:
        raise NotOpen(found.named.number, found.state)


def _do(visit: Visit, said: views.Said) -> acts.Done:
    deps, caller, case_id, nonce, note = visit.deps, visit.caller, said.case_id, said.nonce, said.note
    assert case_id
    match said.verb:
        case Verb.WAIT:
            on = None if said.chosen in (CUSTOMER, OURS, None) else UUID(said.chosen)
            return acts.wait(deps, caller, case_id, nonce, on, note, customer=said.chosen == CUSTOMER)
        case Verb.CLOSE:
            return acts.close(deps, caller, case_id, nonce, State(said.chosen or State.SOLVED), note)
        case Verb.REOPEN:
            return acts.reopen(deps, caller, case_id, nonce, note, by_mistake=said.chosen == views.MISTAKE)
        case Verb.NOTE:
            return acts.add_note(deps, caller, case_id, nonce, note)
        case Verb.REPLIED:
            return acts.reply(deps, caller, case_id, nonce, State(said.chosen or State.PENDING), note)
        case Verb.WROTE:
            return acts.hear_customer(deps, caller, case_id, nonce)
    return acts.work(deps, caller, case_id, nonce)


def _doing(
    visit: Visit,
    verb: Verb,
    named: CaseNamed | None,
    *,
    chosen: str = "",
    note: str = "",
    reply_to: str = "",
    mirrored: bool = False,
) -> views.Doing:
    departments = departments_of(visit.deps, visit.caller) if verb is Verb.WAIT else ()
    doing = views.Doing(verb, visit.deps.new_id(), named, departments, chosen, note, reply_to, mirrored)
    if verb is Verb.CLOSE and named:
        return replace(doing, beside=acts.open_beside(visit.deps, visit.caller, named.id))
    return doing


def _answer(verb: Verb, done: acts.Done) -> Message:
    return views.done_message(
        verb,
        done.case,
        done.state,
        done.waits_on,
        changed=done.changed,
        undo=done.undo,
        beside=done.beside,
        owned=done.owned,
    )


def _gone() -> Message:
    return message(answers.GONE)

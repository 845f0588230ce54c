"""Following up what customers were promised: ``/case followup``, and the buttons and forms of promises."""

import re
from collections.abc import Callable
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions import promises as acts
from bot.actions.people import UnknownPerson
from bot.connectors.slack import as_typed
from bot.domain.cases import CaseIsOver, UnknownCase
from bot.domain.cases_typed import Typed
from bot.domain.permissions import NotPermitted
from bot.domain.promises import DueInThePast, PromiseIsOver, UnknownPromise
from bot.domain.promises_shown import PromiseShown
from bot.views import cases_answers as answers
from bot.views import promises as views
from bot.views import promises_form as forms
from bot.views.blocks import Message, message
from bot.views.promises_drafts import Template
from handlers.visit import Visit, shown

_REFUSALS = (CaseIsOver, NotPermitted, PromiseIsOver, UnknownCase, UnknownPromise)
_ABOUT = {views.DRAFT: forms.draft_form, views.MOVE: forms.move_form}
_ENDS = {views.CONFIRM: acts.confirm_promise, views.TAKE_BACK: acts.take_promise_back}


def register(app: App) -> None:
    """Every button, and the forms."""
    app.action(views.MINE)(show_mine)
    app.action(views.NEW)(open_form)
    app.action(re.compile(rf"^({'|'.join(map(re.escape, _ABOUT))})$"))(open_about)
    app.action(re.compile(rf"^({'|'.join(map(re.escape, _ENDS))})$"))(end)
    app.action(re.compile(rf"^{re.escape(views.PAGE)}\."))(turn_page)
    app.action(forms.TEMPLATE)(choose_template)
    app.view(forms.FORM)(submit_form)
    app.view(forms.MOVE_FORM)(submit_move)
    app.view(forms.DRAFT_FORM)(submit_draft)


def answer_followup(visit: Visit, typed: Typed) -> Message | None:
    """What one owes to customers; with a case, the form in which its customer is promised something (None)."""
    try:
        if typed.case is None:
            return _list(visit, 0)
        form = acts.promise_form(visit.deps, visit.caller, typed.case)
    except UnknownCase:
        return answers.unknown_case(typed.case or "", visit.command("case"))
    except (CaseIsOver, NotPermitted) as refusal:
        return _words(refusal)
    visit.opens(forms.promise_form(form, visit.caller.formats, as_typed(typed.rest)))
    return None


def show_mine(ack: Ack, visit: Visit) -> None:
    """What one owes to customers, on top of Home."""
    try:
        answer = _list(visit, 0)
    except NotPermitted:
        answer = message(views.MAY_NOT)
    visit.opens(shown(answer, "My promises"))
    ack()


def open_form(ack: Ack, visit: Visit) -> None:
    """Asks what is promised."""
    try:
        about = None if visit.value == views.ANY_CASE else UUID(visit.value)
        form = acts.promise_form(visit.deps, visit.caller, about)
        visit.opens(forms.promise_form(form, visit.caller.formats))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def open_about(ack: Ack, visit: Visit) -> None:
    """What could be written to the customer, or another time."""
    try:
        found = acts.open_promise(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(_ABOUT[visit.name](found, visit.deps.new_id(), visit.caller.formats))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def choose_template(ack: Ack, visit: Visit) -> None:
    """Another beginning of what is written."""
    promise_id, nonce = forms.read_about(visit.view)
    template = Template(visit.action["selected_option"]["value"])
    try:
        found = acts.open_promise(visit.deps, visit.caller, promise_id)
        view = forms.draft_form(found, nonce, visit.caller.formats, template)
    except _REFUSALS as refusal:
        view = shown(_words(refusal), forms.DRAFT_TITLE)
    visit.redraw(view, visit.view["hash"])
    ack()


def end(ack: Ack, visit: Visit) -> None:
    """The customer has confirmed it, or it is taken back."""
    try:
        answer = _done(visit, _ENDS[visit.name](visit.deps, visit.caller, UUID(visit.value)))
    except _REFUSALS as refusal:
        answer = _words(refusal)
    visit.reply(answer)
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of the list."""
    visit.replace(_list(visit, int(visit.value)))
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """The customer was promised something."""
    said, wrong = forms.read_form(visit.view, visit.caller.zone)
    if said is None:
        ack(response_action="errors", errors=wrong)
        return
    new = acts.NewPromise(said.nonce, said.about, said.due_at, said.text, said.owner)
    _submit(ack, visit, lambda: acts.make_promise(visit.deps, visit.caller, new))


def submit_move(ack: Ack, visit: Visit) -> None:
    """It was promised for another time, or somebody else sees to it."""
    said, wrong = forms.read_form(visit.view, visit.caller.zone)
    if said is None:
        ack(response_action="errors", errors=wrong)
        return
    moved = said.about, said.nonce, said.due_at, said.owner
    _submit(ack, visit, lambda: acts.move_promise(visit.deps, visit.caller, *moved))


def submit_draft(ack: Ack, visit: Visit) -> None:
    """The customer has heard, or the draft is kept."""
    draft, wrong = forms.read_draft(visit.view)
    if wrong:
        ack(response_action="errors", errors=wrong)
        return
    does = acts.told if draft.sent else acts.keep_draft
    try:
        found = does(visit.deps, visit.caller, draft.promise_id, draft.nonce, draft.words)
        answer = _done(visit, found) if draft.sent else views.kept_draft(found)
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, forms.DRAFT_TITLE))


def _submit(ack: Ack, visit: Visit, do: Callable[[], PromiseShown]) -> None:
    try:
        answer = _done(visit, do())
    except UnknownPerson:
        ack(response_action="errors", errors={forms.OWNER: forms.NOT_ON_ROSTER})
        return
    except DueInThePast:
        ack(response_action="errors", errors={forms.DAY: forms.IN_THE_PAST})
        return
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, visit.view["title"]["text"]))


def _list(visit: Visit, page: int) -> Message:
    found = acts.my_promises(visit.deps, visit.caller, page)
    command = f"{visit.command('case')} followup"
    return views.promises_list(found, visit.caller.formats, visit.deps.clock(), command)


def _done(visit: Visit, found: PromiseShown) -> Message:
    return views.done(found, visit.caller.formats, visit.deps.clock())


def _words(refusal: Exception) -> Message:
    match refusal:
        case NotPermitted():
            return message(views.MAY_NOT)
        case PromiseIsOver():
            return message(views.IS_OVER)
        case CaseIsOver():
            return message(views.CASE_IS_OVER)
        case UnknownCase():
            return message(views.NO_CASE)
    return message(views.NOT_THERE)

"""``/floor matrix``: where questions go, and changes to that, which a second person approves."""

import re
from collections.abc import Sequence
from functools import partial
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.matrix_cards import row_choices, shown_matrix, version_of
from bot.actions.matrix_change import (
    NotOfDepartment,
    approve,
    bring_back,
    decline,
    demand_decider,
    propose_rows,
    withdraw,
)
from bot.domain.matrix_change import (
    NoSuchRow,
    NothingChanged,
    NotProposed,
    OwnVersion,
    Proposed,
    ReasonMissing,
    State,
    TooManyRows,
    put,
    without,
)
from bot.domain.permissions import NotPermitted
from bot.views import matrix as views
from bot.views import matrix_answers as answers
from bot.views import matrix_form as forms
from bot.views.asked import Asked
from bot.views.blocks import Block
from bot.views.forms import View
from handlers.visit import Visit

_REFUSALS = (
    NoSuchRow,
    NothingChanged,
    NotPermitted,
    NotProposed,
    OwnVersion,
    Proposed,
    ReasonMissing,
    TooManyRows,
)


def register(app: App) -> None:
    """The list, the forms that are opened from it, and the card of a change."""
    app.action(views.ADD)(open_blank)
    app.action(views.DO)(change_or_remove)
    app.action(views.BACK)(open_back)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    pressed = "|".join(map(re.escape, (views.APPROVE, views.DECLINE, views.WITHDRAW)))
    app.action(re.compile(rf"^({pressed})$"))(decide)
    app.view(forms.ROW_FORM)(submit_row)
    app.view(forms.REMOVE_FORM)(submit_removal)
    app.view(re.compile(rf"^({re.escape(forms.BACK_FORM)}|{re.escape(forms.DECLINE_FORM)})$"))(submit_reason)


def open_matrix(visit: Visit, _asked: Asked) -> None:
    """Opens the list. Raises ``NotPermitted``."""
    visit.opens(_list(visit))


def open_blank(ack: Ack, visit: Visit) -> None:
    """Add a row…"""
    choices = row_choices(visit.deps, visit.caller)
    if choices.names.departments:
        visit.opens(forms.row_form(choices, visit.deps.new_id()))
    else:
        visit.redraw(_list(visit, answers.no_departments()))
    ack()


def change_or_remove(ack: Ack, visit: Visit) -> None:
    """What was chosen beside a row."""
    verb, at = visit.action["selected_option"]["value"].split(" ")
    nonce = visit.deps.new_id()
    try:
        choices = row_choices(visit.deps, visit.caller, int(at))
    except NoSuchRow as gone:
        visit.redraw(_list(visit, answers.refused(gone)))
    else:
        assert choices.row
        remove = forms.remove_form(choices.row, choices.names, nonce)
        visit.opens(forms.row_form(choices, nonce) if verb == views.CHANGE else remove)
    ack()


def open_back(ack: Ack, visit: Visit) -> None:
    """Bring back…"""
    visit.opens(forms.back_form(version_of(visit.deps, visit.caller, UUID(visit.value)), visit.deps.new_id()))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of the list."""
    visit.redraw(_list(visit, page=int(visit.value)))
    ack()


def decide(ack: Ack, visit: Visit) -> None:
    """The buttons of a change, on its card and in the list."""
    version_id, listed = UUID(visit.value), visit.body.get("view") is not None
    try:
        if visit.name == views.DECLINE:
            demand_decider(visit.deps, visit.caller, version_id)
            shown = version_of(visit.deps, visit.caller, version_id)
            visit.opens(forms.decline_form(shown, visit.deps.new_id()))
            ack()
            return
        act = approve if visit.name == views.APPROVE else withdraw
        row = act(visit.deps, visit.caller, version_id)
        said = answers.decided(row.number, State(row.state))
    except _REFUSALS as refusal:
        said = answers.refused(refusal)
    if listed:
        visit.redraw(_list(visit, said))
    else:
        visit.reply(answers.as_message(said))
    ack()


def submit_row(ack: Ack, visit: Visit) -> None:
    """Proposes the row, or says at the field what is wrong with it."""
    filled = forms.read_row(visit.view)
    if filled.row is None:
        ack(response_action="errors", errors=dict(filled.wrong))
        return
    changed = partial(put, row=filled.row, instead_of=filled.before)
    try:
        row = propose_rows(visit.deps, visit.caller, filled.nonce, filled.reason, changed)
        said = answers.proposed(row.number)
    except NotOfDepartment:
        ack(response_action="errors", errors=forms.not_of_department())
        return
    except _REFUSALS as refusal:
        said = answers.refused(refusal)
    ack(**visit.back_to(lambda: _list(visit, said, 0), said, views.TITLE))


def submit_removal(ack: Ack, visit: Visit) -> None:
    """Proposes that a row goes."""
    nonce, row, reason = forms.read_removal(visit.view)
    try:
        said = answers.proposed(
            propose_rows(visit.deps, visit.caller, nonce, reason, partial(without, row=row)).number
        )
    except _REFUSALS as refusal:
        said = answers.refused(refusal)
    ack(**visit.back_to(lambda: _list(visit, said, 0), said, views.TITLE))


def submit_reason(ack: Ack, visit: Visit) -> None:
    """Why an earlier version is to hold again, or why a change is declined."""
    nonce, version_id, reason = forms.read_reason(visit.view)
    try:
        if visit.view["callback_id"] == forms.BACK_FORM:
            said = answers.proposed(bring_back(visit.deps, visit.caller, nonce, version_id, reason).number)
        else:
            row = decline(visit.deps, visit.caller, nonce, version_id, reason)
            said = answers.decided(row.number, State(row.state))
    except _REFUSALS as refusal:
        said = answers.refused(refusal)
    ack(**visit.back_to(lambda: _list(visit, said, 0), said, views.TITLE))


def _list(visit: Visit, said: Sequence[Block] = (), page: int | None = None) -> View:
    """The list as it is now, on the page that was looked at."""
    kept = (visit.body.get("view") or {}).get("private_metadata") or ""
    at = page if page is not None else int(kept) if kept.isdigit() else 0
    return views.matrix_list(shown_matrix(visit.deps, visit.caller), visit.caller.formats, at, said)

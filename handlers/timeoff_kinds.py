"""The kinds of leave in the settings: their list, and the form in which one is changed or added."""

from contextlib import suppress

from slack_bolt import Ack, App

from bot.actions.settings_change import BadSetting
from bot.actions.timeoff_kinds import (
    BadKind,
    UnknownKind,
    add_kind,
    change_kind,
    forget_kind,
    retire_kind,
    shown_kinds,
)
from bot.domain.limits import folded
from bot.domain.settings_shown import KindsShown
from bot.domain.timeoff_kinds import Kind
from bot.views import timeoff_kinds as views
from bot.views.forms import View
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons of the list, and the form."""
    app.action(views.ADD)(open_form)
    app.action(views.CHANGE)(open_form)
    app.action(views.RETIRE)(retire)
    app.action(views.REVIVE)(retire)
    app.action(views.FORGET)(forget)
    app.view(views.FORM)(submit_kind)


def list_of(visit: Visit, scope_id: str) -> View:
    """The list of a scope."""
    return views.kinds_list(shown_kinds(visit.deps, visit.caller, scope_id))


def open_form(ack: Ack, visit: Visit) -> None:
    """Opens the form of a kind, or an empty one."""
    shown = _shown(visit)
    kind = None if visit.name == views.ADD else _find(shown, visit.value)
    if visit.name == views.CHANGE and kind is None:
        visit.redraw(views.kinds_list(shown))
    else:
        visit.opens(views.kind_form(shown.scope, kind))
    ack()


def submit_kind(ack: Ack, visit: Visit) -> None:
    """Changes or adds it, or says at each field what is wrong."""
    scope_id, name, wanted = views.read_form(visit.view)
    try:
        deed = change_kind if name else add_kind
        deed(visit.deps, visit.caller, scope_id, wanted)
    except BadKind as bad:
        ack(response_action="errors", errors=views.errors(bad.wrong))
    except UnknownKind:
        ack(response_action="errors", errors=views.gone())
    else:
        visit.redraw(list_of(visit, scope_id), beneath=True)
        ack()


def retire(ack: Ack, visit: Visit) -> None:
    """Nobody asks for it from now on, or they do again."""
    # Where that cannot be, the list shows why: it is gone, or changed.
    with suppress(UnknownKind, BadKind):
        retired = visit.name == views.RETIRE
        retire_kind(visit.deps, visit.caller, _scope_id(visit), visit.value, retired=retired)
    visit.redraw(views.kinds_list(_shown(visit)))
    ack()


def forget(ack: Ack, visit: Visit) -> None:
    """What was said of it holds no longer."""
    note = ""
    try:
        forget_kind(visit.deps, visit.caller, _scope_id(visit), visit.value)
    except BadSetting:
        note = views.IN_USE
    visit.redraw(views.kinds_list(_shown(visit), note))
    ack()


def _shown(visit: Visit) -> KindsShown:
    return shown_kinds(visit.deps, visit.caller, _scope_id(visit))


def _scope_id(visit: Visit) -> str:
    return str(visit.view["private_metadata"])


def _find(shown: KindsShown, name: str) -> Kind | None:
    return next((each for each in shown.kinds if folded(each.name) == folded(name)), None)

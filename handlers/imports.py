"""``/floor imports``: the latest imports, and taking one back."""

import re

from slack_bolt import Ack, App

from bot.actions.imports import AlreadyUndone, ImportInUse, UnknownImport, undo_import
from bot.actions.imports_list import listed_imports
from bot.actions.people import Caller
from bot.deps import Deps
from bot.views import imports as views
from bot.views.asked import Asked
from bot.views.blocks import Message
from handlers.failures import what_failed
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons in the list."""
    app.action(views.UNDO)(undo)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)


def list_imports(visit: Visit, _asked: Asked) -> Message:
    """The latest imports."""
    return _listed(visit.deps, visit.caller)


def undo(ack: Ack, visit: Visit) -> None:
    """Takes an import back; the list then says what came of it."""
    number = int(visit.value)

    def listed(within: Deps) -> Message:
        return _listed(within, visit.caller, _undone(within, visit.caller, number))

    found = visit.later.answer(listed, visit.follow_up, what_failed)
    visit.replace(found or _listed(visit.deps, visit.caller, views.being_undone(number)))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Older imports of a kind, or newer ones again."""
    pages = listed_imports(visit.deps, visit.caller, *views.read_turn(visit.value))
    visit.replace(views.import_list(pages, visit.caller.formats, visit.deps.clock()))
    ack()


def _undone(deps: Deps, caller: Caller, number: int) -> str:
    try:
        return views.undone_words(undo_import(deps, caller.workspace_id, caller.actor, number))
    except ImportInUse as refusal:
        return views.in_the_way(number, refusal.dependents)
    except (AlreadyUndone, UnknownImport):
        return views.undone_before(number)


def _listed(deps: Deps, caller: Caller, result: str = "") -> Message:
    return views.import_list(listed_imports(deps, caller), caller.formats, deps.clock(), result)

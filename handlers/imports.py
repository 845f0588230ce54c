"""``/floor imports``: the latest imports, and taking one back."""

import re
from functools import partial
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.imports import AlreadyUndone, ImportInUse, UnknownImport, undo_import
from bot.actions.imports_list import listed_imports
from bot.actions.people import Caller
from bot.deps import Deps
from bot.views import imports as views
from bot.views.blocks import Message
from handlers.failures import what_failed
from handlers.later import Later
from handlers.replies import follow_up, replace
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons in the list."""
    app.action(views.UNDO)(undo)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)


def list_imports(visit: Visit) -> Message:
    """The latest imports."""
    return _listed(visit.deps, visit.caller)


def undo(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
    later: Later,
) -> None:
    """Takes an import back; the list then says what came of it."""
    number = int(action["value"])

    def listed(within: Deps) -> Message:
        return _listed(within, caller, _undone(within, caller, number))

    found = later.answer(listed, partial(follow_up, body, client), what_failed)
    replace(body, client, respond, found or _listed(deps, caller, views.being_undone(number)))
    ack()


def turn_page(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Older imports of a kind, or newer ones again."""
    pages = listed_imports(deps, caller, *views.read_turn(action["value"]))
    replace(body, client, respond, views.import_list(pages, caller.formats, deps.clock()))
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

"""``/floor``, the front desk: the menu, help by topic, what was changed, and the way to everything else."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.actions.audit import UnknownNumber, audit_of_number, audit_of_person, latest_changes
from bot.actions.floor import examples
from bot.actions.health import health
from bot.actions.people import Caller, UnknownPerson
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted
from bot.views import floor as views
from bot.views import floor_help as help_views
from bot.views.asked import Asked
from bot.views.blocks import Message
from handlers.channels import open_channels
from handlers.connections import open_connect
from handlers.departments import open_departments
from handlers.imports import list_imports
from handlers.limits import open_limits
from handlers.matrix import open_matrix
from handlers.own import open_own_form
from handlers.roles import list_roles
from handlers.routing import list_rules
from handlers.settings import open_settings
from handlers.setup import open_setup
from handlers.visit import Visit

COMMAND = "floor"
# Longer numbers are nobody's, and too large for a database.
_NUMBERED = re.compile(r"(?P<kind>[^\d#]*?)\s*#?(?P<number>\d{1,9})?")


# What opens a form answers nothing.
_DESK: Mapping[str, Callable[[Visit, Asked], Message | None]] = {
    "me": open_own_form,
    "settings": open_settings,
    "limits": open_limits,
    "routing": list_rules,
    "roles": list_roles,
    "channels": open_channels,
    "departments": open_departments,
    "matrix": open_matrix,
    "connect": open_connect,
    "imports": list_imports,
    "setup": open_setup,
}


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons in its answers."""
    app.command(f"/{prefix}{COMMAND}")(answer_floor)
    app.action(re.compile(rf"^{re.escape(views.AUDIT)}\."))(turn_page)
    app.action(re.compile(rf"^{re.escape(help_views.MENU)}\."))(press_menu)


def answer_floor(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Answers the command, or opens what it asks for."""
    asked = Asked(command["command"], command["text"].strip(), visit.deps.clock())
    ack(**(_answer(visit, asked) or {}))


def press_menu(ack: Ack, visit: Visit) -> None:
    """A button of the menu does what can be typed, too."""
    asked = Asked(visit.command(COMMAND), visit.value, visit.deps.clock())
    if answer := _answer(visit, asked):
        visit.replace(answer)
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of an audit replaces the one that the button stands in."""
    asked = views.read_value(visit.command(COMMAND), visit.value)
    visit.replace(_answer(visit, asked) or help_views.menu(asked.command, visit.caller.actor))
    ack()


def _answer(visit: Visit, asked: Asked) -> Message | None:
    first, _, rest = asked.text.partition(" ")
    word = first.lower()
    try:
        if word == "":
            return help_views.menu(asked.command, visit.caller.actor)
        if word == "help":
            return _help(visit, rest.strip().lower())
        if word == "audit":
            return _audit(visit, asked, rest.strip())
        if word == "health":
            return visit.finds(partial(_health, visit.caller), help_views.looking())
        if word in _DESK:
            return _DESK[word](visit, asked)
    except NotPermitted as refusal:
        return help_views.may_not(refusal.deed)
    return views.unknown_word(asked.command, as_typed(first))


def _help(visit: Visit, word: str) -> Message:
    prefix = visit.deps.settings.command_prefix
    if word in ("", "help"):
        return help_views.help_topics(prefix, visit.caller.actor)
    found = help_views.help_topic(prefix, visit.caller.actor, examples(visit.deps, visit.caller), word)
    return found or help_views.unknown_topic(prefix, as_typed(word))


def _health(caller: Caller, deps: Deps) -> Message:
    return help_views.health_message(health(deps, caller.workspace_id, caller))


def _audit(visit: Visit, asked: Asked, of: str) -> Message:
    try:
        return _audit_of(visit, asked, of)
    except NotPermitted:
        return views.may_not_read(asked.command, visit.caller.actor.reach(Deed.READ_AUDIT))


def _audit_of(visit: Visit, asked: Asked, of: str) -> Message:
    mentioned = [found[1] for found in MENTION.finditer(of)]
    if len(mentioned) > 1:
        return views.one_at_a_time(asked.command)
    if mentioned:
        return _person(visit, asked, mentioned[0])
    if of.startswith("@"):
        return views.names_wanted(as_typed(of), asked.command)
    if of.lower() == "me":
        return _person(visit, asked, visit.caller.slack_id)
    if of:
        return _numbered(visit, asked, of)
    shown = latest_changes(visit.deps, visit.caller, asked.at, asked.page)
    return views.audit_page(shown, visit.caller.formats, asked)


def _person(visit: Visit, asked: Asked, slack_id: str) -> Message:
    try:
        shown = audit_of_person(visit.deps, visit.caller, slack_id, asked.at, asked.page)
    except UnknownPerson:
        return views.unknown_person(slack_id, asked.command)
    return views.audit_page(shown, visit.caller.formats, asked)


def _numbered(visit: Visit, asked: Asked, of: str) -> Message:
    found = _NUMBERED.fullmatch(" ".join(of.split()))
    kind = found["kind"].lower().removesuffix("s").replace("handup", "hand up") if found else ""
    number = int(found["number"]) if found and found["number"] else None
    try:
        shown = audit_of_number(visit.deps, visit.caller, kind, number, asked.at, asked.page)
    except UnknownNumber as unknown:
        return views.unknown_number(asked.command, kind, number, unknown.newest)
    return views.audit_page(shown, visit.caller.formats, asked)

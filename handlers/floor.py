"""``/floor``, the front desk: what everybody can do, and what was changed."""

import re
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.actions.audit import UnknownNumber, audit_of_number, audit_of_person, latest_changes
from bot.actions.people import Caller, UnknownPerson
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted
from bot.views import floor as views
from bot.views.blocks import Message
from bot.views.floor import Asked

COMMAND = "floor"
# Longer numbers are nobody's, and too large for a database.
_NUMBERED = re.compile(r"(?P<kind>[^\d#]*?)\s*#?(?P<number>\d{1,9})?")


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons in its answers."""
    app.command(f"/{prefix}{COMMAND}")(answer_floor)
    app.action(re.compile(rf"^{re.escape(views.AUDIT)}\."))(turn_page)


def answer_floor(ack: Ack, command: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Answers the command."""
    ack(**_answer(deps, caller, Asked(command["command"], command["text"].strip(), deps.clock())))


def turn_page(ack: Ack, respond: Respond, action: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Another page of an audit replaces the one that the button stands in."""
    asked = views.read_value(f"/{deps.settings.command_prefix}{COMMAND}", action["value"])
    ack()
    respond(**_answer(deps, caller, asked), replace_original=True)


def _answer(deps: Deps, caller: Caller, asked: Asked) -> Message:
    words = asked.text.split(maxsplit=1)
    if not words or words[0].lower() == "help":
        return views.help_message(deps.settings.command_prefix, caller.actor)
    if words[0].lower() != "audit":
        return views.unknown_word(asked.command, as_typed(words[0]))
    try:
        return _audit(deps, caller, asked, words[1] if len(words) > 1 else "")
    except NotPermitted:
        return views.may_not_read(asked.command, caller.actor.reach(Deed.READ_AUDIT))


def _audit(deps: Deps, caller: Caller, asked: Asked, of: str) -> Message:
    mentioned = [found[1] for found in MENTION.finditer(of)]
    if len(mentioned) > 1:
        return views.one_at_a_time(asked.command)
    if mentioned:
        return _person(deps, caller, asked, mentioned[0])
    if of.startswith("@"):
        return views.names_wanted(as_typed(of), asked.command)
    if of.lower() == "me":
        return _person(deps, caller, asked, caller.slack_id)
    if of:
        return _numbered(deps, caller, asked, of)
    return views.audit_page(latest_changes(deps, caller, asked.at, asked.page), caller.formats, asked)


def _person(deps: Deps, caller: Caller, asked: Asked, slack_id: str) -> Message:
    try:
        shown = audit_of_person(deps, caller, slack_id, asked.at, asked.page)
    except UnknownPerson:
        return views.unknown_person(slack_id, asked.command)
    return views.audit_page(shown, caller.formats, asked)


def _numbered(deps: Deps, caller: Caller, asked: Asked, of: str) -> Message:
    found = _NUMBERED.fullmatch(" ".join(of.split()))
    kind = found["kind"].lower().removesuffix("s") if found else ""
    number = int(found["number"]) if found and found["number"] else None
    try:
        shown = audit_of_number(deps, caller, kind, number, asked.at, asked.page)
    except UnknownNumber as unknown:
        return views.unknown_number(asked.command, kind, number, unknown.newest)
    return views.audit_page(shown, caller.formats, asked)

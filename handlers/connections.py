"""``/floor connect``: tools are connected and parted from; after a conflict somebody says which is right."""

import re
from collections.abc import Callable
from functools import partial
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.connections import (
    NoSecretKey,
    OtherAccount,
    can_keep,
    connect,
    connections_shown,
    disconnect,
    offered,
)
from bot.actions.connections_decide import take_theirs, write_again
from bot.actions.people import Caller
from bot.connectors.helpdesk import BadAddress, HelpdeskFails, SignInFailed
from bot.deps import Deps
from bot.domain.cases import CaseIsOver
from bot.domain.connections import NotConnected, Offered, WriteIsSettled, WriteShown
from bot.domain.permissions import NotPermitted
from bot.views import connections as views
from bot.views import connections_writes as writes
from bot.views.asked import Asked
from bot.views.blocks import Message
from bot.views.floor_help import may_not
from handlers.visit import Visit, shown


def register(app: App) -> None:
    """The forms and the buttons."""
    app.action(re.compile(rf"^{re.escape(views.OPEN)}\."))(open_form)
    app.action(re.compile(rf"^{re.escape(views.PART)}\."))(part)
    app.view(views.FORM)(submit_form)
    app.action(writes.THEIRS)(decide_theirs)
    app.action(writes.OURS)(decide_ours)


def open_connect(visit: Visit, _asked: Asked) -> Message:
    """What is connected, and what could be."""
    prefix = visit.deps.settings.command_prefix
    there = connections_shown(visit.deps, visit.caller)
    return views.overview(prefix, there, offered(), visit.caller.formats)


def open_form(ack: Ack, visit: Visit) -> None:
    """What signing in takes, unless there is nothing to keep it with."""
    try:
        there = {each.kind: each.address for each in connections_shown(visit.deps, visit.caller)}
    except NotPermitted as refusal:
        visit.reply(may_not(refusal.deed))
    else:
        if can_keep(visit.deps):
            visit.opens(views.connect_form(_offered(visit.value), there.get(visit.value, "")))
        else:
            visit.reply(views.no_key(visit.deps.settings.command_prefix))
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Signs in, and says how that went."""
    kind, address, secrets = views.read_form(visit.view)
    of = _offered(kind)
    try:
        found = visit.finds(partial(_connect, visit.caller, of, address, secrets), views.checking(of.name))
    except BadAddress:
        ack(response_action="errors", errors=views.bad_address(of))
    else:
        ack(response_action="update", view=shown(found, visit.view["title"]["text"]))


def part(ack: Ack, visit: Visit) -> None:
    """Forgets how to sign in."""
    try:
        disconnect(visit.deps, visit.caller, visit.value)
    except NotPermitted as refusal:
        visit.reply(may_not(refusal.deed))
    except NotConnected:
        visit.replace(views.not_connected(visit.deps.settings.command_prefix))
    else:
        visit.replace(views.parted(_offered(visit.value).name))
    ack()


def decide_theirs(ack: Ack, visit: Visit) -> None:
    """What stands in the helpdesk is right."""
    _decide(ack, visit, take_theirs)


def decide_ours(ack: Ack, visit: Visit) -> None:
    """What was asked for is right."""
    _decide(ack, visit, write_again)


def _decide(ack: Ack, visit: Visit, decide: Callable[[Deps, Caller, UUID], WriteShown]) -> None:
    try:
        decide(visit.deps, visit.caller, UUID(visit.value))
    except NotPermitted as refusal:
        visit.reply(may_not(refusal.deed))
    except WriteIsSettled:
        visit.reply(writes.settled_already())
    except CaseIsOver:
        visit.reply(writes.over())
    ack()


def _connect(caller: Caller, of: Offered, address: str, secrets: dict[str, str], deps: Deps) -> Message:
    try:
        host, who = connect(deps, caller, of.kind, address, secrets)
    except SignInFailed:
        return views.sign_in_failed(of)
    except HelpdeskFails:
        return views.away(of)
    except OtherAccount as other:
        return views.other_account(of, other.host)
    except NoSecretKey:
        return views.no_key(deps.settings.command_prefix)
    except NotPermitted as refusal:
        return may_not(refusal.deed)
    return views.connected(of, host, who)


def _offered(kind: str) -> Offered:
    return next(each for each in offered() if each.kind == kind)

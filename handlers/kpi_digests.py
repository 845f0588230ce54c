"""Subscriptions to reports of key figures: a list, the form that it opens, and what can be done at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kpi_subscriptions import bring_back, choices, delete, pause, resume, save, subscribed, try_now
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.channels import BadChannels
from bot.domain.kpi_digests import NoSuchSubscription
from bot.domain.kpi_subscriptions import NotAReader, NoTeam, SubscriptionShown
from bot.domain.permissions import NotPermitted
from bot.views import kpi_subscriptions as views
from bot.views.blocks import Block
from bot.views.forms import View
from handlers.visit import Visit

_REFUSALS = (NoSuchSubscription, NotPermitted)
_ACTS: Mapping[str, Callable[[Deps, Caller, UUID], SubscriptionShown]] = {
    views.PAUSE: pause,
    views.RESUME: resume,
    views.TRY: try_now,
    views.DELETE: delete,
}


def register(app: App) -> None:
    """The list and the form."""
    app.action(views.ADD)(open_blank)
    app.action(views.DO)(do_at_once)
    app.action(views.UNDO)(undo)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    app.view(views.FORM)(submit)


def open_subscriptions(visit: Visit) -> None:
    """Opens the list. Raises ``NotPermitted``."""
    visit.opens(_list(visit))


def open_blank(ack: Ack, visit: Visit) -> None:
    """New report…"""
    visit.opens(views.subscription_form(choices(visit.deps, visit.caller), visit.deps.new_id()))
    ack()


def do_at_once(ack: Ack, visit: Visit) -> None:
    """What was chosen beside a report."""
    verb, _, which = visit.action["selected_option"]["value"].partition(" ")
    try:
        if verb == views.CHANGE:
            offered = choices(visit.deps, visit.caller, UUID(which))
            visit.opens(views.subscription_form(offered, visit.deps.new_id()))
            ack()
            return
        shown = _ACTS[verb](visit.deps, visit.caller, UUID(which))
        said = views.done(verb, shown, visit.caller.formats)
    except _REFUSALS as refusal:
        said = views.refused(refusal)
    visit.redraw(_list(visit, said))
    ack()


def undo(ack: Ack, visit: Visit) -> None:
    """Brings back what was deleted."""
    try:
        shown = bring_back(visit.deps, visit.caller, UUID(visit.value))
        said = views.done(views.RESUME, shown, visit.caller.formats)
    except _REFUSALS as refusal:
        said = views.refused(refusal)
    visit.redraw(_list(visit, said))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of the list."""
    visit.redraw(_list(visit, page=int(visit.value)))
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Saves it, or says at the field what is wrong."""
    filled = views.read_subscription(visit.view)
    if filled.wanted is None:
        ack(response_action="errors", errors=filled.wrong)
        return
    try:
        shown = save(visit.deps, visit.caller, filled.nonce, filled.wanted, filled.subscription_id)
        said = views.saved(shown, visit.caller.formats)
    except (BadChannels, NotAReader, NoTeam) as refusal:
        ack(response_action="errors", errors=views.field_errors(refusal))
        return
    except _REFUSALS as refusal:
        said = views.refused(refusal)
    ack(**visit.back_to(lambda: _list(visit, said, 0), said, views.TITLE))


def _list(visit: Visit, said: Sequence[Block] = (), page: int | None = None) -> View:
    """The list as it is now, on the page that was looked at."""
    kept = (visit.body.get("view") or {}).get("private_metadata") or ""
    at = page if page is not None else int(kept) if kept.isdigit() else 0
    return views.subscription_list(subscribed(visit.deps, visit.caller), visit.caller.formats, at, said)

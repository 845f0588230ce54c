"""``/shifts calendar``: one's own shifts in one's own calendar."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.calendar import NoPublicAddress, Subscription, feed_of, make_feed, renew_feed, stop_feed
from bot.actions.people import Caller
from bot.deps import Deps
from bot.views import calendar as views
from bot.views.blocks import Message
from handlers.replies import replace


def register(app: App) -> None:
    """The buttons below an address, and below the offer of one; the command is one of ``/shifts``."""
    app.action(views.MAKE)(make_address)
    app.action(views.RENEW)(renew_address)
    app.action(views.STOP)(stop_address)


def offer_calendar(deps: Deps, caller: Caller) -> Message:
    """Since when there is an address, or a button that makes one."""
    try:
        feed = feed_of(deps, caller)
    except NoPublicAddress:
        return views.no_public_address()
    return _shown(deps, caller, feed) if feed else views.no_address()


def make_address(
    ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond, deps: Deps, caller: Caller
) -> None:
    """The first address, in place of the offer; one that was made meanwhile stays."""
    replace(body, client, respond, _made(deps, caller, make_feed))
    ack()


def renew_address(
    ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond, deps: Deps, caller: Caller
) -> None:
    """Another address takes the place of the one before, and of the message about it."""
    replace(body, client, respond, _made(deps, caller, renew_feed))
    ack()


def stop_address(
    ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond, deps: Deps, caller: Caller
) -> None:
    """No address is left."""
    stop_feed(deps, caller)
    replace(body, client, respond, views.stopped(f"/{deps.settings.command_prefix}shifts"))
    ack()


def _made(deps: Deps, caller: Caller, make: Callable[[Deps, Caller], Subscription]) -> Message:
    try:
        return _shown(deps, caller, make(deps, caller))
    except NoPublicAddress:
        return views.no_public_address()


def _shown(deps: Deps, caller: Caller, feed: Subscription) -> Message:
    if feed.address:
        return views.new_address(feed.address)
    return views.known_address(feed.since, feed.last_read_at, caller.formats, deps.clock())

"""``/shifts calendar``: one's own shifts in one's own calendar."""

from collections.abc import Callable

from slack_bolt import Ack, App

from bot.actions.calendar import NoPublicAddress, Subscription, feed_of, make_feed, renew_feed, stop_feed
from bot.actions.people import Caller
from bot.deps import Deps
from bot.views import calendar as views
from bot.views.blocks import Message
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons below an address, and below the offer of one; the command is one of ``/shifts``."""
    app.action(views.MAKE)(make_address)
    app.action(views.RENEW)(renew_address)
    app.action(views.STOP)(stop_address)


def offer_calendar(visit: Visit) -> Message:
    """Since when there is an address, or a button that makes one."""
    try:
        feed = feed_of(visit.deps, visit.caller)
    except NoPublicAddress:
        return views.no_public_address()
    return _shown(visit, feed) if feed else views.no_address()


def make_address(ack: Ack, visit: Visit) -> None:
    """The first address, in place of the offer; one that was made meanwhile stays."""
    visit.replace(_made(visit, make_feed))
    ack()


def renew_address(ack: Ack, visit: Visit) -> None:
    """Another address takes the place of the one before, and of the message about it."""
    visit.replace(_made(visit, renew_feed))
    ack()


def stop_address(ack: Ack, visit: Visit) -> None:
    """No address is left."""
    stop_feed(visit.deps, visit.caller)
    visit.replace(views.stopped(visit.command("shifts")))
    ack()


def _made(visit: Visit, make: Callable[[Deps, Caller], Subscription]) -> Message:
    try:
        return _shown(visit, make(visit.deps, visit.caller))
    except NoPublicAddress:
        return views.no_public_address()


def _shown(visit: Visit, feed: Subscription) -> Message:
    if feed.address:
        return views.new_address(feed.address)
    return views.known_address(feed.since, feed.last_read_at, visit.caller.formats, visit.deps.clock())

"""The bar on top: whom one acts as, Do Not Disturb, the business clock, and faults between Slack and the app."""

from datetime import UTC, datetime

from bot.sandbox.page.messages import date_words
from bot.sandbox.reading import Reader
from bot.sandbox.state import Json, User
from bot.sandbox.world import World

# What can be switched on: the fault's kind, what it is called, what happens, and the number that it takes.
Kind = tuple[str, str, str, int]
AWAY: Kind = ("away", "Slack is away", "Every call is refused, the app is cut off and hears nothing.", 0)
FAULTS: tuple[Kind, ...] = (
    ("ratelimited", "Rate limit", "Slack answers 429: ask again in 2 seconds.", 2),
    ("status", "Server error", "Slack answers 503 and does nothing.", 503),
    ("timeout", "No answer", "Slack does nothing and lets the app wait.", 60),
    ("timeout_after", "Lost answer", "Slack does it, but the app never hears so.", 60),
    ("latency", "Slow", "Every call takes 2 seconds longer.", 2),
)


def bar(world: World, user: User) -> Json:
    """Who acts, until when they are not notified, the clock on their wall, and the faults that are on."""
    now, on = world.clock.now(), world.faults.listed()
    reader, paused_until = Reader(world.workspace, user, now), datetime.fromtimestamp(user.snoozed_until, UTC)
    return {
        "user": user,
        "now": now.isoformat(),
        "clock": date_words(reader, now, "{date_long}, {time}"),
        "paused": date_words(reader, paused_until, "{date_short}, {time}") if user.is_paused(now) else "",
        "moved": bool(world.clock.offset),
        "away": _fault(AWAY, on),
        "faults": [_fault(each, on) for each in FAULTS],
        "faults_on": len(on),
        "connections": len(world.sockets.connections),
    }


def _fault(what: Kind, on: list[Json]) -> Json:
    kind, name, about, value = what
    times = [fault["times"] for fault in on if fault["kind"] == kind]
    left = _left(times) if times and what is not AWAY else ""
    return {"kind": kind, "name": name, "about": about, "value": value, "on": bool(times), "left": left}


def _left(times: list[int | None]) -> str:
    """How often a fault will still strike, in words."""
    numbers = [each for each in times if each is not None]
    return f"{sum(numbers)} left" if len(numbers) == len(times) else "every call"

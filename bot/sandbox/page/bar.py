"""The bar on top: whom one can act as, the business clock, and what goes wrong between Slack and the app."""

from bot.sandbox.page.messages import date_words
from bot.sandbox.page.places import people
from bot.sandbox.reading import Reader
from bot.sandbox.state import Json, User
from bot.sandbox.world import World

# What can be switched on: the fault's kind, what it is called, what happens, and the number that it takes.
FAULTS = (
    ("ratelimited", "Rate limit", "Slack answers 429: ask again in 2 seconds.", 2),
    ("status", "Server error", "Slack answers 503 and does nothing.", 503),
    ("timeout", "No answer", "Slack does nothing and lets the app wait.", 60),
    ("timeout_after", "Lost answer", "Slack does it, but the app never hears so.", 60),
    ("latency", "Slow", "Every call takes 2 seconds longer.", 2),
)


def bar(world: World, user: User) -> Json:
    """The people one can act as, the business clock on this person's wall, and the faults that are on."""
    now, on = world.clock.now(), world.faults.listed()
    return {
        "user": user,
        "people": people(world),
        "now": now.isoformat(),
        "clock": date_words(Reader(world.workspace, user, now), now, "{date_long}, {time}"),
        "moved": bool(world.clock.offset),
        "faults": [
            {"kind": kind, "name": name, "about": about, "value": value, "left": _left(on, kind)}
            for kind, name, about, value in FAULTS
        ],
        "faults_on": len(on),
        "connections": len(world.sockets.connections),
    }


def _left(on: list[Json], kind: str) -> str:
    """How often a fault will still strike, in words; nothing if it is off."""
    times = [fault["times"] for fault in on if fault["kind"] == kind]
    if not times:
        return ""
    return "every call" if None in times else f"{sum(times)} left"

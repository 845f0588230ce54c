"""What each part of a person's screen shows, as data for its template."""

from collections.abc import Callable, Mapping

from bot.sandbox import sights
from bot.sandbox.errors import NotPossible
from bot.sandbox.page.bar import bar
from bot.sandbox.page.drawing import Drawing
from bot.sandbox.page.messages import entries
from bot.sandbox.page.places import HOME, about, about_nobody_yet, app_handle, known, landing, people
from bot.sandbox.state import SLACKBOT, Json, User
from bot.sandbox.world import World

MOST = 100  # messages at a time


def page(world: World, asked: Mapping[str, str]) -> Json:
    """The whole page: who acts, where they are, and every part of it as it is now."""
    active = [person for person in people(world) if not person.deleted]
    named = (person for person in active if person.name == asked.get("as"))
    user = next(named, None) or next(iter(active), None)
    if user is None:
        return {"user": None, "workspace": world.workspace.name}
    where = landing(world, user, asked.get("in", ""))
    ts = asked.get("thread", "") if where == asked.get("in") != HOME else ""
    return {
        **bar(world, user),
        "workspace": world.workspace.name,
        "where": where,
        "thread_ts": ts,
        "parts": {
            "sidebar": sidebar(world, user, {"in": where}),
            "main": _main(world, user, where),
            "thread": _or_refused("thread", lambda: thread(world, user, where, ts)) if ts else None,
            "places": places(world, user),
            "people": actors(world, user),
        },
    }


def sidebar(world: World, user: User, asked: Mapping[str, str]) -> Json:
    """The conversations of this person and what is unread in them; `in` is the one that is open."""
    listed = [each for each in known(world, user) if each["member"] or not each["archived"]]
    return {
        "user": user,
        "workspace": world.workspace.name,
        "here": asked.get("in", ""),
        "channels": [each for each in listed if each["kind"] in ("public", "private") and each["member"]],
        "joinable": [each for each in listed if not each["member"]],
        "directs": [each for each in listed if each["kind"] in ("im", "mpim")],
        "app": world.app,
    }


def places(world: World, user: User) -> Json:
    """Everywhere this person can go: channels, the app, and everybody they could write to."""
    return {
        "user": user,
        "channels": [each for each in known(world, user) if each["kind"] in ("public", "private")],
        "people": [person for person in people(world) if person is not user and not person.deleted],
        "app": world.app,
        "app_handle": app_handle(world),
    }


def actors(world: World, user: User) -> Json:
    """Everybody whom one can act as."""
    active = [person for person in people(world) if not person.deleted]
    return {"user": user, "now": world.clock.now(), "people": active}


def conversation(world: World, user: User, where: str, most: int = MOST) -> Json:
    """The newest `most` messages of a conversation, with its composer. Raises NotPossible.

    A public channel that this person is not in only offers to join; "@somebody" nobody wrote to yet is empty.
    """
    channel = (
        sights.joined(world, user, where) if where.startswith("@") else sights.channel_for(world, user, where)
    )
    member = channel is not None and user.id in channel.members
    shown = [m for m in sights.seen(channel, user) if m.in_channel] if channel and member else []
    newest = shown[-most:]
    return {
        "user": user,
        "place": about(world, user, channel) if channel else about_nobody_yet(world.person(where)),
        "entries": entries(world, user, channel, newest) if channel else [],
        "earlier": most + MOST if len(shown) > most else 0,
        "last": max(channel.messages, default="") if channel and member else "",
        **_composer(world, user),
    }


def thread(world: World, user: User, where: str, ts: str) -> Json:
    """A message and its replies, with their composer. Raises NotPossible."""
    channel = sights.joined(world, user, where)
    shown = [m for m in sights.seen(channel, user) if ts in (m.ts, m.thread_ts)] if channel else []
    if channel is None or not shown:
        raise NotPossible("That message is not there any more.")
    return {
        "user": user,
        "place": about(world, user, channel),
        "ts": ts,
        "entries": entries(world, user, channel, shown, within=ts),
        **_composer(world, user),
    }


def app(world: World, user: User) -> Json:
    """The app's Home."""
    return {
        "user": user,
        "app": world.app,
        "app_handle": app_handle(world),
        "place": {"where": HOME, "is_app": True},
        "view": sights.home(world, user, {})["home"],
        "draw": _drawing(world, user),
    }


def modal(world: World, user: User) -> Json:
    """The modal on top."""
    return {"user": user, "view": sights.modal(world, user, {})["modal"], "draw": _drawing(world, user)}


def _main(world: World, user: User, where: str) -> tuple[str, Json]:
    if where == HOME:
        return "app", app(world, user)
    return _or_refused("conversation", lambda: conversation(world, user, where))


def _or_refused(template: str, screen: Callable[[], Json]) -> tuple[str, Json]:
    """A template with its context; where this person cannot see it, the one that says so."""
    try:
        return template, screen()
    except NotPossible as refusal:
        return "refused", {"why": str(refusal)}


def _drawing(world: World, user: User) -> Drawing:
    return Drawing(world.workspace, user, world.clock.now())


def _composer(world: World, user: User) -> Json:
    """What the composer completes and offers; commands belong to the workspace that installed the app."""
    users = world.workspace.users.values()
    commands = {} if world.workspace.is_outside(user.id) else world.app.commands or {}
    return {
        "commands": sorted(commands.values(), key=lambda command: command.name),
        "people": [each for each in users if not each.deleted and each.id != SLACKBOT],
        "channels": [each["name"] for each in known(world, user) if each["kind"] in ("public", "private")],
        "shortcuts": [shortcut for shortcut in world.app.shortcuts if shortcut.kind == "global"],
        "app": world.app,
        "app_handle": app_handle(world),
    }

"""Web API: users.*, usergroups.* and dnd.*."""

from bot.sandbox.call import Call
from bot.sandbox.errors import SlackError
from bot.sandbox.paging import page
from bot.sandbox.shapes import dnd_json, group_json, user_json
from bot.sandbox.state import Json, User
from bot.sandbox.world import World


def user_info(world: World, call: Call) -> Json:
    """A person or bot, deactivated or not; the email address only with the scope for it."""
    return {"user": _shape(world, _found(world, call.text("user")), call)}


def list_users(world: World, call: Call) -> Json:
    """Everybody, bots and deactivated people included, a page at a time."""
    found, onward = page(list(world.workspace.users.values()), call, default=1000)
    return {"members": [_shape(world, user, call) for user in found], "cache_ts": 0} | onward


def lookup_by_email(world: World, call: Call) -> Json:
    """The person with this address, whatever its capitals; deactivated people are not found."""
    email = call.text("email").lower()
    found = (u for u in world.workspace.users.values() if u.email.lower() == email and not u.deleted)
    user = next(found, None)
    if user is None:
        raise SlackError("users_not_found")
    return {"user": _shape(world, user, call)}


def list_groups(world: World, call: Call) -> Json:
    """The user groups; their members, or how many, only if asked for."""
    users, count = call.flag("include_users"), call.flag("include_count")
    groups = world.workspace.groups.values()
    return {"usergroups": [group_json(g, world.workspace, users=users, count=count) for g in groups]}


def list_group_users(world: World, call: Call) -> Json:
    """The user ids of who is in a group."""
    group = world.workspace.groups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": group.users}


def dnd_info(world: World, call: Call) -> Json:
    """Whether somebody, the bot without `user`, has paused notifications, by the business clock.

    Nobody hears of others which of it is a snooze.
    """
    return dnd_json(_found(world, call.text("user", world.app.bot_user_id)), world.clock.now())


def dnd_team_info(world: World, call: Call) -> Json:
    """`dnd.info` for several people, by user id."""
    users = call.words("users")
    now = world.clock.now()
    return {"users": {ref: dnd_json(_found(world, ref), now) for ref in users}, "cached": False}


def _found(world: World, ref: str) -> User:
    user = world.workspace.users.get(ref)
    if user is None:
        raise SlackError("user_not_found")
    return user


def _shape(world: World, user: User, call: Call) -> Json:
    email = world.app.allows("users:read.email")
    shape = user_json(user, world.clock.now(), email=email, locale=call.flag("include_locale"))
    return shape | ({"is_stranger": True} if world.workspace.is_outside(user.id) else {})

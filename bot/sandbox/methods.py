"""The methods that exist here: who may call each, with what, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.sandbox import about, chat, conversations, files, people, views
from bot.sandbox.call import Call
from bot.sandbox.state import Json
from bot.sandbox.world import World

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
OPEN = ("channels:manage", "groups:write", "im:write", "mpim:write")


@dataclass(frozen=True, slots=True)
class Method:
    """`run` gives the body of the answer without `ok`, or raises SlackError.

    `scopes`: one of them is needed. `tier` 0 is Slack's "special". `missing` answers absent arguments.
    """

    run: Callable[[World, Call], Json]
    tier: int
    scopes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    token: Literal["bot", "app", "none"] = "bot"
    missing: str = "invalid_arguments"
    per_channel: bool = False


METHODS: dict[str, Method] = {
    "api.test": Method(about.api_test, 4, token="none"),
    "apps.connections.open": Method(about.open_connection, 3, token="app"),
    "auth.test": Method(about.auth_test, 0),
    "bots.info": Method(about.bot_info, 3, ("users:read",)),
    "chat.delete": Method(chat.delete, 3, ("chat:write",), ("channel", "ts")),
    "chat.getPermalink": Method(chat.get_permalink, 0, (), ("channel", "message_ts")),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, ("chat:write",), ("channel", "user")),
    "chat.postMessage": Method(chat.post_message, 0, ("chat:write",), ("channel",), per_channel=True),
    "chat.update": Method(chat.update, 3, ("chat:write",), ("channel", "ts")),
    "conversations.history": Method(conversations.history, 3, HISTORY, ("channel",)),
    "conversations.info": Method(conversations.info, 3, READ, ("channel",)),
    "conversations.join": Method(conversations.join, 3, ("channels:join",), ("channel",)),
    "conversations.list": Method(conversations.list_all, 2, READ),
    "conversations.members": Method(conversations.members, 4, READ, ("channel",)),
    "conversations.open": Method(conversations.open_direct, 3, OPEN),
    "conversations.replies": Method(conversations.replies, 3, HISTORY, ("channel", "ts")),
    "dnd.info": Method(people.dnd_info, 3, ("dnd:read",)),
    "dnd.teamInfo": Method(people.dnd_team_info, 2, ("dnd:read",), ("users",)),
    "files.completeUploadExternal": Method(files.complete_upload, 4, ("files:write",), ("files",)),
    "files.getUploadURLExternal": Method(
        files.get_upload_url, 4, ("files:write",), ("filename", "length"), missing="missing_argument"
    ),
    "files.info": Method(files.info, 4, ("files:read",), ("file",)),
    "reactions.add": Method(chat.add_reaction, 3, ("reactions:write",), ("channel", "name", "timestamp")),
    "team.info": Method(about.team_info, 3, ("team:read",)),
    "usergroups.list": Method(people.list_groups, 2, ("usergroups:read",)),
    "usergroups.users.list": Method(people.list_group_users, 2, ("usergroups:read",), ("usergroup",)),
    "users.conversations": Method(conversations.list_of_user, 3, READ),
    "users.info": Method(people.user_info, 4, ("users:read",), ("user",)),
    "users.list": Method(people.list_users, 2, ("users:read",)),
    "users.lookupByEmail": Method(people.lookup_by_email, 3, ("users:read.email",), ("email",)),
    "views.open": Method(views.open_view, 4, (), ("trigger_id", "view")),
    "views.publish": Method(views.publish, 4, (), ("user_id", "view")),
    "views.push": Method(views.push, 4, (), ("trigger_id", "view")),
    "views.update": Method(views.update, 4, (), ("view",)),
}

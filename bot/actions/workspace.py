"""Which workspace the token belongs to, and its channels."""

from slack_sdk.errors import SlackApiError

from bot.deps import Deps
from storage.tables import Workspace


def meet_workspace(deps: Deps) -> str:
    """The id of the token's workspace, whose name is noted; raises ``SlackApiError`` for a token Slack refuses."""
    answer = deps.slack.auth_test()
    workspace_id, name = str(answer["team_id"]), str(answer["team"])
    with deps.sessions.read(workspace_id) as session:
        known = session.get(Workspace, workspace_id)
        if known and known.name == name:
            return workspace_id
    with deps.sessions.write(workspace_id) as session:
        session.get_one(Workspace, workspace_id).name = name
    return workspace_id


def find_channel(deps: Deps, name: str) -> str | None:
    """The id of the channel ``#name`` (or of an id), None where the bot can see no such channel."""
    wanted, cursor = name.removeprefix("#"), None
    while cursor != "":
        answer = deps.slack.conversations_list(
            types="public_channel,private_channel", exclude_archived=True, limit=200, cursor=cursor
        )
        for channel in answer["channels"]:
            if wanted in (channel["name"], channel["id"]):
                return str(channel["id"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
    return None


def channel_name(deps: Deps, channel_id: str) -> str:
    """``#name`` of a channel, or its id where the bot cannot see it."""
    try:
        return f"#{deps.slack.conversations_info(channel=channel_id)['channel']['name']}"
    except SlackApiError:
        return channel_id

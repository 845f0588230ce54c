"""Which channels the bot writes to, and whether it can."""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from slack_sdk.errors import SlackApiError

from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.settings_change import change_within
from bot.deps import Deps
from bot.domain.channels import FLOOR, OPS, BadChannels, ChannelsShown, TeamChannel, Trouble
from bot.domain.permissions import Deed
from storage.people import teams

_AT_ONCE = 8


def shown_channels(deps: Deps, caller: Caller) -> ChannelsShown:
    """The channels as they are."""
    caller.actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.read(caller.workspace_id) as session:
        preferred = preferences(session)
        found = tuple(TeamChannel(row.id, row.name, row.channel) for row in teams(session))
        return ChannelsShown(preferred.ops_channel, preferred.floor_channel, found)


def change_channels(deps: Deps, caller: Caller, wanted: Mapping[str, str | None]) -> None:
    """Has the bot write to these channels, by the name of their field, and join those that it can.

    Raises ``BadChannels``.
    """
    caller.actor.require(Deed.CHANGE_SETTINGS)
    before = shown_channels(deps, caller).by_field
    changed = {field: channel for field, channel in wanted.items() if channel != before.get(field)}
    _join(deps, {field: wanted[field] for field in wanted.keys() & {OPS, FLOOR} | changed.keys()})
    with deps.sessions.write(caller.workspace_id) as session:
        values = {field: changed[field] or "" for field in (OPS, FLOOR) if field in changed}
        change_within(session, deps, caller.actor, WORKSPACE, values)
        for team in teams(session):
            if str(team.id) in changed:
                old, team.channel = team.channel, changed[str(team.id)]
                said = [{"team_id": str(team.id), "channel": each} for each in (old, team.channel)]
                record(session, deps, caller.actor, "channel.change", ("team", team.id), said[0], said[1])


def _join(deps: Deps, wanted: Mapping[str, str | None]) -> None:
    found = troubles_with(deps, filter(None, wanted.values()))
    troubles = {field: found[channel] for field, channel in wanted.items() if channel in found}
    if troubles:
        raise BadChannels(troubles)


def troubles_with(deps: Deps, channel_ids: Iterable[str]) -> dict[str, Trouble]:
    """Those of the channels to which the bot cannot write, and why not.

    It looks at several at once, because Slack takes its time over each.
    """
    chosen = sorted(set(channel_ids))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        looked_at = zip(chosen, pool.map(partial(trouble_with, deps), chosen), strict=True)
        return {channel: trouble for channel, trouble in looked_at if trouble}


def trouble_with(deps: Deps, channel_id: str) -> Trouble | None:
    """What keeps the bot from writing to a channel; a public one it joins by itself, if it may."""
    try:
        channel = deps.slack.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as error:
        if error.response["error"] in ("channel_not_found", "missing_scope"):
            return Trouble.HIDDEN
        raise
    if channel.get("is_archived"):
        return Trouble.ARCHIVED
    if channel.get("is_member"):
        return None
    try:
        deps.slack.conversations_join(channel=channel_id)
    except SlackApiError:
        return Trouble.OUTSIDE
    return None

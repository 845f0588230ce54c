"""The one place that says where the bot's own news is heard."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.actions.channels import trouble_with
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.settings_change import BadSetting, SettingProblem
from bot.deps import Deps
from bot.domain.announced import KINDS, Place
from bot.domain.announcements import Kind
from storage.db import WorkspaceSession
from storage.people import members_by_id, team_of

KEYS = frozenset(f"announced_{kind}" for kind in KINDS)
_NOT_THERE = "I cannot write there. Type /invite @Floorwalker in that channel, then send this form again."


def check_places(deps: Deps, values: Mapping[str, Any]) -> None:
    """Looks whether the bot can write to the channels of changed settings, and joins public ones.

    Raises ``BadSetting``.
    """
    chosen = {key: place for key, place in values.items() if key in KEYS and place and place not in set(Place)}
    hidden = [key for key, channel in chosen.items() if trouble_with(deps, str(channel))]
    if hidden:
        raise BadSetting([SettingProblem(key, "", _NOT_THERE) for key in hidden])


def where(session: WorkspaceSession, kind: Kind, *member_ids: UUID) -> str | None:
    """The channel in which news of a kind that concerns these people is heard, by Slack id; None: nowhere.

    Where they are of one team, as that team chose, otherwise as the workspace did.
    """
    teams = {person.team_id for person in members_by_id(session, member_ids).values()}
    team_id = teams.pop() if len(teams) == 1 else None
    preferred = preferences(session, f"team:{team_id}" if team_id else WORKSPACE)
    match preferred.announced(kind):
        case Place.NOWHERE:
            return None
        case Place.FLOOR:
            return preferred.floor_channel
        case Place.TEAM:
            team = team_of(session, team_id) if team_id else None
            return (team.channel if team else None) or preferred.floor_channel
        case channel:
            return channel

"""The channels that the bot writes to, and what keeps it from writing there."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

OPS = "ops_channel"
FLOOR = "floor_channel"


class Trouble(StrEnum):
    """Why the bot cannot write to a channel."""

    HIDDEN = "hidden"  # a private one that it is not in, or none at all
    OUTSIDE = "outside"  # it is not a member, and could not become one
    ARCHIVED = "archived"


class BadChannels(Exception):
    """The bot cannot write to some of the channels, by the name of the field; nothing was changed."""

    def __init__(self, troubles: Mapping[str, Trouble]) -> None:
        super().__init__(", ".join(troubles))
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class TeamChannel:
    """A team and the channel that is theirs."""

    team_id: UUID
    name: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class ChannelsShown:
    """The channels as they are: the coordinators', everybody's, and those of teams."""

    ops: str | None
    floor: str | None
    teams: tuple[TeamChannel, ...] = ()

    @property
    def by_field(self) -> dict[str, str | None]:
        """Each by the name of its field: ``ops_channel``, ``floor_channel`` or a team's id."""
        return {OPS: self.ops, FLOOR: self.floor} | {str(team.team_id): team.channel for team in self.teams}

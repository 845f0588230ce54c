"""The register of cards: how the state of each is loaded, and how it is drawn for who looks at it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.own import zone_of
from bot.actions.settings import WORKSPACE, preferences
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage import tables
from storage.db import WorkspaceSession
from storage.people import member_by_slack_id

Facts = dict[str, Any]
Load = Callable[[WorkspaceSession, UUID | None], Any]
Draw = Callable[[Any, str, Formats, Facts], Message | None]


class UnknownCard(Exception):
    """No card of this name is registered, as in a process that is older than the one that told of it."""


@dataclass(frozen=True, slots=True)
class _Card:
    load: Load
    draw: Draw


class Cards:
    """The cards by name. A name is stored with each message, so it outlives a renamed function."""

    def __init__(self) -> None:
        self._cards: dict[str, _Card] = {}

    def register(self, name: str, load: Load, draw: Draw) -> None:
        """Adds a card; raises ValueError for a name that is taken.

        ``load(session, subject_id)`` gives the state now, and ``draw(state, audience, formats, facts)`` the
        message that shows it; each gives None where there is nothing to show.
        """
        if name in self._cards:
            raise ValueError(f"there are two cards called {name}")
        self._cards[name] = _Card(load, draw)

    def render(self, session: WorkspaceSession, message: tables.Message) -> Message | None:
        """What the message shows now, for its recipient; None for nothing. Raises ``UnknownCard``."""
        state = self.load(session, message)
        return None if state is None else self.draw(message, state, formats_of(session, message.lane))

    def load(self, session: WorkspaceSession, message: tables.Message) -> Any:
        """The state that the message is about, or None. Raises ``UnknownCard``."""
        return self._card(message).load(session, message.subject_id)

    def draw(self, message: tables.Message, state: Any, formats: Formats) -> Message | None:
        """How the message shows that state. Raises ``UnknownCard``."""
        return self._card(message).draw(state, message.audience, formats, message.facts or {})

    def _card(self, message: tables.Message) -> _Card:
        if message.card not in self._cards:
            raise UnknownCard(message.card)
        return self._cards[message.card]


class Surface(StrEnum):
    """Where a lane leads to."""

    CHANNEL = "channel"
    PERSON = "person"  # their direct messages
    HOME = "home"  # theirs: published as a whole, and no notification


_HOME = "home:"


def home_of(slack_id: str) -> str:
    """The lane that leads to a person's Home."""
    return f"{_HOME}{slack_id}"


def surface_of(lane: str) -> Surface:
    """Where a lane leads to, as its form says."""
    if lane.startswith(_HOME):
        return Surface.HOME
    return Surface.PERSON if lane.startswith(("U", "W")) else Surface.CHANNEL


def recipient_of(lane: str) -> str:
    """Whom or which channel a lane leads to, by Slack id."""
    return lane.removeprefix(_HOME)


def is_person(lane: str) -> bool:
    """Whether a lane leads to a person's direct messages."""
    return surface_of(lane) is Surface.PERSON


def formats_of(session: WorkspaceSession, lane: str) -> Formats:
    """The conventions of a recipient: a person's zone and their team's settings, for a channel the workspace's."""
    somebody = surface_of(lane) is not Surface.CHANNEL
    member = member_by_slack_id(session, recipient_of(lane)) if somebody else None
    preferred = preferences(session, f"team:{member.team_id}" if member and member.team_id else WORKSPACE)
    zone = zone_of(session, member, preferred) if member else ZoneInfo(preferred.time_zone)
    return Formats(zone, preferred.locale, preferred.hour_cycle, preferred.week_starts)

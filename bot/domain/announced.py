"""Where the bot's own news is heard, as a workspace or a team chooses for each kind of it."""

from enum import StrEnum

from bot.domain.announcements import Kind

# Whose place can be chosen; what people write says itself where it goes.
KINDS = (Kind.SWAP, Kind.COVER, Kind.SCHEDULE, Kind.SOP)


class Place(StrEnum):
    """A choice beside a certain channel, which is said by its Slack id."""

    TEAM = "team"  # the team's channel, or everybody's where it has none
    FLOOR = "floor"  # everybody's channel
    NOWHERE = "nowhere"


def read_place(typed: str) -> str | None:
    """The place that is meant, or the Slack id of a channel; None where it is neither."""
    if typed in set(Place):
        return typed
    return typed if typed[:1] in ("C", "G") and typed.isalnum() and typed.isupper() else None

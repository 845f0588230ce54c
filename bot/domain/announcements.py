"""Announcements, in the words that all their parts share."""

from enum import StrEnum


class Kind(StrEnum):
    """What an announcement comes of, by which a team chooses where it is heard."""

    TYPED = "typed"  # somebody wrote it
    SOP = "sop"  # a procedure was changed
    SWAP = "swap"  # settled
    COVER = "cover"  # found
    SCHEDULE = "schedule"  # published, or changed


class State(StrEnum):
    """Where an announcement stands."""

    SCHEDULED = "scheduled"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class UnknownAnnouncement(Exception):
    """There is no such announcement, or it is not for whoever asks."""

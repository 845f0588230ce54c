"""Whether what the team knows is still true: when somebody has to look at it, and who says that it is not."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.domain.kb import Report

_TAG = re.compile(r'"(?P<quoted>[^"]+)"|“(?P<curly>[^”]+)”|(?P<word>\S+)')


class Standing(StrEnum):
    """Where it stands that somebody looks at an article."""

    TRUE = "true"  # for the time being
    DUE = "due"
    OVERDUE = "overdue"  # for so long that others hear of it


class Shelf(StrEnum):
    """Which of the articles that somebody should look at."""

    OWN = "own"
    ALL = "all"
    OVERDUE = "overdue"
    NOBODYS = "nobodys"  # whether or not they are due
    REPORTED = "reported"  # somebody says that they are not true any more


class ReportClosed(Exception):
    """Somebody has seen to the report already; ``state`` is what became of it."""

    def __init__(self, state: Report) -> None:
        super().__init__(f"it is {state}")
        self.state = state


class NothingTagged(Exception):
    """No published article has the tag; ``tags`` are those that there are, the most used first."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__("nothing has this tag")
        self.tags = tags


class ReleaseUndone(Exception):
    """There is no such release, or it was taken back."""


class OwnWords(Exception):
    """Nobody approves what they have written themselves."""


class NotWaiting(Exception):
    """The version does not wait for a second person any more."""


class NobodyToAsk(Exception):
    """Nobody belongs to the audience but whoever asks."""


class BeyondTeam(Exception):
    """Who leads nobody asks the people of their own team only."""


class NobodyToGive(Exception):
    """The person is not on the roster, has left, or holds no role in which articles are kept."""


def settled_by(wanted: Mapping[str, Any] | None) -> tuple[UUID, ...]:
    """The reports that a version answers once it is published, of what is wanted with it."""
    return tuple(UUID(each) for each in (wanted or {}).get("reports", ()))


def standing(review_at: datetime | None, now: datetime, overdue_days: int) -> Standing:
    """Whether somebody has to look at an article, and for how long already."""
    if review_at is None or now < review_at:
        return Standing.TRUE
    return Standing.OVERDUE if now >= review_at + timedelta(days=overdue_days) else Standing.DUE


def read_release(typed: str) -> tuple[str, str]:
    """The tag of a release and the note on it, as in ``5.2 New screen``; a tag of several words is quoted."""
    found = _TAG.match(typed.strip())
    if found is None:
        return "", ""
    tag = next(each for each in found.groups() if each)
    return tag, typed.strip()[found.end() :].strip()

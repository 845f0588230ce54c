"""The buttons below a gap, wherever it is read, and what they carry."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from bot.domain.coverage_gaps import Gap
from bot.domain.coverage_gaps_shown import GapRef
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.views.blocks import Block, button

FIND, OVERTIME, ACCEPT, WARN = "gap.cover", "gap.overtime", "gap.accept", "gap.warn"


def gap_buttons(value: str, about: str, *, accepted: bool = False) -> Iterator[Block]:
    """What can be done; a screen reader says ``about`` which gap."""
    risk = ("Warn again", WARN) if accepted else ("Accept risk", ACCEPT)
    for label, action in (("Find cover", FIND), ("Ask overtime", OVERTIME), risk):
        yield button(label, action, value, f"{label}, {about}")


def write_ref(gap: Gap, known: UUID | None = None) -> str:
    """What a button carries: the gap's id, or where nobody was told of it yet, where it is worst."""
    if known:
        return str(known)
    post, worst = min(gap.worst.posts), gap.worst.interval
    return json.dumps([*(int(each.timestamp()) for each in (worst.start, worst.end)), *post])


def read_ref(value: str) -> UUID | GapRef:
    """The gap that a button is about."""
    if not value.startswith("["):
        return UUID(value)
    start, end, queue, skill = json.loads(value)
    edges = (datetime.fromtimestamp(each, UTC) for each in (start, end))
    return GapRef(Interval(*edges), Post(queue, skill))

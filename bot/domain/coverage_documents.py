"""Gaps, and the service levels in them, as they are kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.coverage_gaps import Gap, Part
from bot.domain.coverage_levels import Level
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval

Document = dict[str, Any]


def to_documents(gap: Gap) -> list[Document]:
    """Its parts as JSON holds them."""
    return [
        {
            "during": [each.interval.start.isoformat(), each.interval.end.isoformat()],
            "posts": [list(post) for post in sorted(each.posts)],
            "required": each.required,
            "there": each.there,
        }
        for each in gap.parts
    ]


def read_gap(documents: Iterable[Mapping[str, Any]]) -> Gap:
    """The gap that ``to_documents`` wrote."""
    return Gap(
        tuple(
            Part(
                Interval(*map(datetime.fromisoformat, each["during"])),
                frozenset(Post(*post) for post in each["posts"]),
                each["required"],
                each["there"],
            )
            for each in documents
        )
    )


def levels_to_document(levels: Mapping[str, Level]) -> Document:
    """The service level of each queue, as exactly as it is read."""
    return {
        queue: {
            "level": None if each.service_level is None else round(each.service_level, 2),
            "grows": round(each.grows, 1),
        }
        for queue, each in levels.items()
    }


def read_levels(document: Mapping[str, Any]) -> dict[str, Level]:
    """The same back."""
    return {queue: Level(each["level"], each["grows"]) for queue, each in document.items()}

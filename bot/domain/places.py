"""A place in the ranking, as it is kept with whoever was asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.domain.fairness import Hardship
from bot.domain.intervals import Interval
from bot.domain.ranking import Place
from bot.domain.rules_work import Piece
from bot.domain.wishes import Asking

Document = dict[str, Any]


def to_document(place: Place) -> Document:
    """The place as JSON holds it; whose it is stands beside it."""
    interval = place.piece.interval
    return {
        "during": [interval.start.isoformat(), interval.end.isoformat()],
        "queue": place.piece.queue,
        "skills": sorted(place.piece.skills),
        "whole": place.whole,
        "asking": place.asking,
        "share": place.share,
        "hardships": sorted(place.hardships),
        "had": place.had,
        "last_asked": place.last_asked.isoformat() if place.last_asked else None,
        "spare": place.spare,
        "assumed": place.assumed,
        "overtime": place.overtime,
        "premium": place.premium,
    }


def from_document(person_id: UUID, document: Mapping[str, Any]) -> Place:
    """The place of this person that ``to_document`` wrote."""
    start, end = map(datetime.fromisoformat, document["during"])
    asked = document["last_asked"]
    return Place(
        person_id,
        Piece(Interval(start, end), document["queue"], frozenset(document["skills"])),
        document["whole"],
        Asking(document["asking"]),
        document["share"],
        frozenset(map(Hardship, document["hardships"])),
        document["had"],
        datetime.fromisoformat(asked) if asked else None,
        document["spare"],
        document.get("assumed", False),
        document.get("overtime", 0),
        document.get("premium", 0),
    )

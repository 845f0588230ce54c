"""A question about key figures: which of them, of when and of what, beside which time, and by what taken apart."""

import json
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bot.domain.kpi import Cut, Figure, Split
from bot.domain.kpi_periods import Span

EVERYTHING = Cut()
# People read these without asking for more; of what nothing is known nothing is said.
USUAL = (
    Figure.CONTACTS,
    Figure.SERVICE_LEVEL,
    Figure.ABANDONMENT,
    Figure.AHT,
    Figure.CSAT,
    Figure.NPS,
    Figure.FCR,
    Figure.SLA_FIRST_REPLY,
    Figure.SLA_NEXT_REPLY,
    Figure.SLA_RESOLUTION,
    Figure.OPENED,
    Figure.SOLVED,
    Figure.BACKLOG,
    Figure.BACKLOG_AGE,
    Figure.ESCALATIONS,
    Figure.ETA_KEPT,
    Figure.COVERAGE,
    Figure.ADHERENCE,
    Figure.ABSENCE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """``figures`` are all the usual ones where none is named; ``against`` None: the period before."""

    span: Span
    figures: tuple[Figure, ...] = ()
    cut: Cut = EVERYTHING
    against: Span | None = None
    split: Split | None = None

    @property
    def of_people(self) -> bool:
        """Whether the answer speaks of single people."""
        return self.split is Split.MEMBER or self.cut.member_id is not None

    @property
    def before(self) -> Span:
        """What it is compared with."""
        return self.against or self.span.before()

    @property
    def value(self) -> str:
        """What a button carries that asks for it; short enough for one."""
        queue, team, channel, member = self.cut
        said = {
            "on": _spoken(self.span),
            "of": list(self.figures),
            "vs": self.against and _spoken(self.against),
            "by": self.split,
            "queue": queue and queue.hex,
            "team": team and team.hex,
            "channel": channel,
            "member": member and member.hex,
        }
        return json.dumps({key: each for key, each in said.items() if each}, separators=(",", ":"))

    def moved(self, span: Span) -> "Question":
        """The same of another period, beside the one before that."""
        return replace(self, span=span, against=None)


def read_question(value: str) -> Question:
    """What a button asks for."""
    said = json.loads(value)
    return Question(
        _span(said["on"]),
        tuple(map(Figure, said.get("of", ()))),
        Cut(_id(said.get("queue")), _id(said.get("team")), said.get("channel"), _id(said.get("member"))),
        _span(said["vs"]) if "vs" in said else None,
        Split(said["by"]) if "by" in said else None,
    )


def _spoken(span: Span) -> str:
    return f"{span.starts}/{span.ends}"


def _span(said: str) -> Span:
    return Span(*map(date.fromisoformat, said.split("/")))


def _id(said: str | None) -> UUID | None:
    return UUID(said) if said else None

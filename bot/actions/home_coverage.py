"""Whether enough people are there, as it stands on the Homes of who leads the floor."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.actions.coverage import Coverage, coverage_of
from bot.deps import Remembered
from bot.domain.coverage_documents import read_gap
from bot.domain.coverage_shown import GapShown
from bot.domain.coverage_watch import State
from bot.domain.home import FloorToday, QueueNow
from bot.domain.intervals import Interval
from bot.domain.wallclock import quarter
from storage.db import WorkspaceSession
from storage.gaps import gaps_alive

# As far ahead as the next gap is looked for.
_AHEAD = timedelta(days=7)


def with_coverage(floor: FloorToday, session: WorkspaceSession, boards: Remembered, now: datetime) -> FloorToday:
    """The floor with what each queue needs now, who is there for it, and the next gap of the week.

    Reckoned once for all Homes, as long as nobody changes anything and the quarter of an hour lasts.
    """
    begins = quarter(now)
    within = Interval(begins, begins + _AHEAD)
    found = boards.recall(session, "coverage", lambda: coverage_of(session, within))
    if found.within != within:
        found = coverage_of(session, within)
    gap = next((each for each in found.gaps if each.interval.end > now), None)
    if gap is None:
        return replace(floor, needed=tuple(_needed(found, now)))
    lived_with = any(gap.shared(read_gap(row.parts)) for row in gaps_alive(session, [State.ACCEPTED]))
    shown = GapShown(gap, found.levels(gap), accepted=lived_with)
    return replace(floor, needed=tuple(_needed(found, now)), gap=shown)


def _needed(found: Coverage, now: datetime) -> list[QueueNow]:
    return sorted(
        QueueNow(post, required, heads)
        for stretch in found.stretches
        if stretch.interval.contains(now)
        for post, heads in stretch.serving().items()
        if (required := stretch.required(post)) is not None
    )

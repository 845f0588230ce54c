"""Looks up whether enough people are there, for what is expected to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from bot.actions.coverage_measured import service_levels
from bot.actions.coverage_needs import QueueNeeds, foretold, needs
from bot.actions.coverage_there import Crew
from bot.actions.people import Caller
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.coverage import Stretch, stretches
from bot.domain.coverage_documents import read_gap
from bot.domain.coverage_gaps import Gap, Least, gaps
from bot.domain.coverage_levels import Level, cells, level
from bot.domain.coverage_shown import CoverageShown, GapShown, Quality, QueueShown
from bot.domain.coverage_supply import Post
from bot.domain.coverage_watch import State
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.wallclock import ONE_DAY, days, local_date
from storage.coverage import qualities
from storage.db import WorkspaceSession
from storage.gaps import gaps_alive
from storage.shifts import last_planned, queues

MOST_DAYS = 35
_HOUR = timedelta(hours=1)


class TooFar(Exception):
    """More than ``MOST_DAYS`` days were asked for."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What every queue needs within an interval, who is there for it, and where heads are missing."""

    within: Interval
    needs: tuple[QueueNeeds, ...]
    stretches: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]

    def levels(self, gap: Gap) -> dict[str, Level]:
        """The service level to be expected of each queue of a gap from its start to its end."""
        wanted = {post.queue for post in gap.posts}
        found = {each.queue: self.level(each, gap.interval) for each in self.needs if each.queue in wanted}
        return {queue: known for queue, known in found.items() if known}

    def level(self, of: QueueNeeds, within: Interval) -> Level | None:
        """The service level to be expected of a queue; None where nothing is, or nobody waits."""
        if of.standard is None:
            return None
        return level(of.demanded, self.stretches, Post(of.queue), of.standard, of.lost, within)


def coverage_of(session: WorkspaceSession, within: Interval) -> Coverage:
    """Coverage within an interval that begins and ends at a quarter of an hour."""
    every = needs(session, within, partial(foretold, session))
    required = [each for of_queue in every for each in of_queue.requirements]
    found = stretches(Crew(session, [each.post for each in required], within).presences(), required)
    return Coverage(within, every, found, gaps(found, least_of(session)))


def least_of(session: WorkspaceSession) -> Least:
    """What is worth a word."""
    preferred = preferences(session)
    return Least(preferred.gap_least_heads, timedelta(minutes=preferred.gap_least_minutes))


def look(deps: Deps, caller: Caller, first: date, last: date, queue: str | None, now: datetime) -> CoverageShown:
    """Coverage from one of the caller's days to another, of all queues or one.

    Gaps that are over are left out. Raises ``NotPermitted`` and ``TooFar``.
    """
    caller.actor.require(Deed.SEE_COVERAGE)
    refuse_too_far(first, last)
    within = days(first, last, caller.zone)
    with deps.sessions.read(caller.workspace_id) as session:
        found = coverage_of(session, within)
        known = queues_shown(session, found.needs)
        gaps_then = gaps_shown(session, found, now, queue)
        ends = last_planned(session)
        measured = service_levels(session, within, queue) if within.end <= now else ()
        minutes = int(preferences(session).interval_minutes)
    step = timedelta(minutes=minutes) if first == last else _HOUR
    starts = tuple(within.start + number * step for number in range(within.length // step))
    posts = sorted({each.post for of in found.needs for each in of.requirements if queue in (None, of.queue)})
    until = local_date(ends, caller.zone) if ends else None
    return CoverageShown(
        first,
        last,
        within,
        queue,
        tuple(each for each in known if queue in (None, each.name)),
        gaps_then,
        starts,
        step,
        {post: tuple(each) for post, each in cells(found.stretches, posts, starts, step).items()},
        until if until and until < last else None,
        measured,
    )


def gaps_shown(
    session: WorkspaceSession, found: Coverage, now: datetime, queue: str | None = None
) -> tuple[GapShown, ...]:
    """The gaps that are not over, of all queues or one, with what people were told of them."""
    told = {row.id: (read_gap(row.parts), row.state == State.ACCEPTED) for row in gaps_alive(session)}
    shown = []
    for gap in found.gaps:
        if _concerns(gap, queue, now):
            known = next((each for each, (whole, _) in told.items() if gap.shared(whole)), None)
            shown.append(GapShown(gap, found.levels(gap), known, accepted=known is not None and told[known][1]))
    return tuple(shown)


def refuse_too_far(first: date, last: date, most: int = MOST_DAYS) -> None:
    """Raises ``TooFar``."""
    if (last - first) // ONE_DAY >= most:
        raise TooFar


def queues_shown(session: WorkspaceSession, every: Sequence[QueueNeeds]) -> tuple[QueueShown, ...]:
    """What is known of each queue."""
    ids, judged = {row.name: row.id for row in queues(session)}, qualities(session)
    good = {name: judged[queue_id] for name, queue_id in ids.items() if queue_id in judged}
    return tuple(
        QueueShown(
            each.queue,
            each.sources,
            Quality(row.wape, row.last_week, row.until) if (row := good.get(each.queue)) else None,
            each.no_handle_time,
        )
        for each in every
    )


def _concerns(gap: Gap, queue: str | None, now: datetime) -> bool:
    return gap.interval.end > now and (queue is None or any(post.queue == queue for post in gap.posts))

"""Looks ahead for times in which people are missing, and warns of each once: far ahead, again, and at last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.absences_holes import left_open
from bot.actions.coverage import Coverage, coverage_of, least_of
from bot.actions.coverage_gaps_cards import say, show, show_many, touch_gap
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.coverage_documents import levels_to_document, read_gap, to_documents
from bot.domain.coverage_gaps import Gap, daily
from bot.domain.coverage_gaps_shown import GapRef
from bot.domain.coverage_news import Accepted
from bot.domain.coverage_settings import read_ahead
from bot.domain.coverage_watch import LIVE, NotOpen, Said, State, Warnings, Watched, accept, left_by, watch
from bot.domain.permissions import CLOCK, Actor, Deed
from bot.domain.wallclock import ONE_DAY, days, local_date
from storage.db import WorkspaceSession
from storage.gaps import gap, gaps_alive, noted_since
from storage.tables import CoverageGap

# What the audit calls it.
KIND = "gap"
# More that are far off are one message, of which each gets a card of its own as it comes nearer.
_ONE_BY_ONE = 5
_MINUTE = timedelta(minutes=1)


def look(deps: Deps, workspace_id: str) -> None:
    """Brings every gap of the days ahead up to date, and says what is new of it."""
    CLOCK.require(Deed.WATCH_GAPS)
    with deps.sessions.read(workspace_id) as session:
        if not any(_Look(session, deps).changes()):
            return
    with deps.sessions.write(workspace_id) as session:
        _Look(session, deps).keep()


def follow(deps: Deps, workspace_id: str, since: datetime) -> None:
    """The same where anything else has been noted since then: any of it may change who is there, or is needed."""
    with deps.sessions.read(workspace_id) as session:
        changed = noted_since(session, since, but=KIND)
    if changed:
        look(deps, workspace_id)


def look_again(session: WorkspaceSession, deps: Deps, *, leaves: bool = False) -> None:
    """The same within a transaction, for who goes by what is missing this very minute.

    ``leaves``: somebody has just decided to leave work to nobody, which is to live with the gap that it makes.
    """
    _Look(session, deps, leaves=leaves).keep()


def gap_of(session: WorkspaceSession, deps: Deps, actor: Actor, wanted: UUID | GapRef) -> CoverageGap:
    """A gap that is there: one that people were told of, or that they are told of now. Raises ``NotOpen``."""
    if row := _row_of(session, wanted):
        return row
    now, (meant, found) = deps.clock(), _search(session, deps, wanted)
    # Whoever opens it knows of it; of what is far ahead people are told again when it comes nearer.
    new = Watched(deps.new_id(), State.OPEN, meant, meant, max(meant.interval.start - now, timedelta()))
    row = _add(session, deps, actor, new, found, now)
    show(session, deps, row)
    return row


def short_of(session: WorkspaceSession, deps: Deps, wanted: UUID | GapRef) -> Gap:
    """What is missing in it, and nobody is told. Raises ``NotOpen``."""
    row = _row_of(session, wanted)
    return read_gap(row.parts) if row else _search(session, deps, wanted)[0]


def watched_of(row: CoverageGap) -> Watched:
    """What decides what can become of it."""
    accepted = Accepted(read_gap(row.accepted), row.accepted_until) if row.accepted else None
    return Watched(
        row.id,
        State(row.state),
        read_gap(row.parts),
        read_gap(row.told),
        row.rung_minutes * _MINUTE,
        accepted,
        row.into_id,
    )


def write(row: CoverageGap, watched: Watched, now: datetime) -> None:
    """Keeps what has become of it."""
    if watched.state not in LIVE and row.state in LIVE:
        row.ended_at = now
    row.state, row.into_id = watched.state, watched.into
    row.start, row.end = watched.gap.interval.start, watched.gap.interval.end
    row.parts, row.told = to_documents(watched.gap), to_documents(watched.told)
    row.rung_minutes = watched.rung // _MINUTE
    row.accepted = to_documents(watched.accepted.gap) if watched.accepted else None
    row.accepted_until = watched.accepted.until if watched.accepted else None


@dataclass(frozen=True, slots=True)
class _Change:
    """What became of a gap (``row`` None: it is new), and what is to be said of it."""

    row: CoverageGap | None
    watched: Watched
    said: Said | None


class _Look:
    """One look at the days ahead. It begins the day before, so that what began then is seen whole."""

    def __init__(self, session: WorkspaceSession, deps: Deps, *, leaves: bool = False) -> None:
        self._session, self._deps, self._now, self._leaves = session, deps, deps.clock(), leaves
        preferred = preferences(session)
        zone = ZoneInfo(preferred.time_zone)
        warnings = Warnings(read_ahead(preferred.gap_warning_hours), least_of(session))
        self._urgent = warnings.last
        self._rows = {row.id: row for row in gaps_alive(session)}
        until = max([self._now + warnings.farthest, *(row.end for row in self._rows.values())])
        today = local_date(self._now, zone)
        self._coverage = coverage_of(session, days(today - ONE_DAY, local_date(until, zone) + ONE_DAY, zone))
        found = [each for whole in self._coverage.gaps for each in daily(whole, zone)]
        known = [watched_of(row) for row in self._rows.values()]
        turned = watch(known, found, self._now, warnings, deps.new_id)
        self._left = left_open(session, self._now)
        self._accepted_by: dict[UUID, UUID] = {}
        self._turned = [self._where_left(*each) for each in turned]

    def changes(self) -> Iterator[_Change]:
        """The gaps that are otherwise than they were written down."""
        for watched, said in self._turned:
            row = self._rows.get(watched.id)
            if row is None or said or watched != watched_of(row) or self._levels(row, watched) != row.levels:
                yield _Change(row, watched, said)

    def keep(self) -> None:
        """Writes them down, and shows and says them."""
        session, deps = self._session, self._deps
        changes = list(self.changes())
        for each in changes:
            if each.row:
                self._go_on(each.row, each.watched, each.said)
        new = [each.watched for each in changes if each.row is None]
        rows = {each.id: _add(session, deps, CLOCK, each, self._coverage, self._now) for each in new}
        for gap_id, by in self._accepted_by.items():
            row = self._rows.get(gap_id) or rows[gap_id]
            row.accepted_by_id, row.reason_id = by, None
        told = [each for each in new if each.state is State.OPEN]
        far = [each for each in told if not self._is_urgent(each)]
        listed = far if len(far) > _ONE_BY_ONE else []
        for watched in told:
            if watched not in listed:
                show(session, deps, rows[watched.id], urgent=self._is_urgent(watched))
        if listed:
            show_many(session, deps, rows[listed[0].id])

    def _go_on(self, row: CoverageGap, watched: Watched, said: Said | None) -> None:
        session, deps, before = self._session, self._deps, row.state
        levels = self._levels(row, watched)
        write(row, watched, self._now)
        row.levels = levels
        if row.state != before:
            record(session, deps, CLOCK, "gap.change", (KIND, row.id), {"state": before}, {"state": row.state})
        session.flush()
        touch_gap(session, deps, row)
        if said:
            say(session, deps, row, said, urgent=self._is_urgent(watched))

    def _where_left(self, watched: Watched, said: Said | None) -> tuple[Watched, Said | None]:
        """What is no more than work that somebody has decided to leave to nobody is no news."""
        news = said in (Said.NEW, Said.GROWN) or (self._leaves and watched.state is State.OPEN)
        by = left_by(watched.gap, self._now, self._left) if news else None
        if by:
            self._accepted_by[watched.id] = by
            return accept(watched, None), None
        return watched, said

    def _is_urgent(self, watched: Watched) -> bool:
        return watched.rung <= self._urgent

    def _levels(self, row: CoverageGap, watched: Watched) -> dict[str, object]:
        """Those of what is over or filled stay as they were."""
        if watched.state not in LIVE:
            return row.levels
        return levels_to_document(self._coverage.levels(watched.gap))


def _add(
    session: WorkspaceSession, deps: Deps, actor: Actor, watched: Watched, coverage: Coverage, now: datetime
) -> CoverageGap:
    """Notes a new gap."""
    row = CoverageGap(
        workspace_id=session.workspace_id,
        id=watched.id,
        state=watched.state,
        levels=levels_to_document(coverage.levels(watched.gap)),
        found_at=now,
        covers=[],
    )
    write(row, watched, now)
    session.add(row)
    session.flush()
    record(session, deps, actor, "gap.find", (KIND, row.id), None, {"state": row.state})
    return row


def _row_of(session: WorkspaceSession, wanted: UUID | GapRef) -> CoverageGap | None:
    if isinstance(wanted, GapRef):
        return next((row for row in gaps_alive(session) if _is_meant(read_gap(row.parts), wanted)), None)
    row = gap(session, wanted)
    return row if row and row.state in LIVE else None


def _search(session: WorkspaceSession, deps: Deps, wanted: UUID | GapRef) -> tuple[Gap, Coverage]:
    """One of which nobody was told yet, with the coverage around it."""
    if isinstance(wanted, GapRef):
        zone = ZoneInfo(preferences(session).time_zone)
        edges = (wanted.interval.start - ONE_DAY, wanted.interval.end + ONE_DAY)
        found = coverage_of(session, days(*(local_date(each, zone) for each in edges), zone))
        for whole in found.gaps:
            for each in daily(whole, zone):
                if (left := each.since(deps.clock())) and _is_meant(left, wanted):
                    return left.from_quarter(deps.clock()), found
    raise NotOpen


def _is_meant(short: Gap, wanted: GapRef) -> bool:
    return any(wanted.post in each.posts and each.interval.overlaps(wanted.interval) for each in short.parts)

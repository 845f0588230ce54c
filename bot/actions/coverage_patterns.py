"""Finds hours that are short week after week, and proposes once to change the plan for them."""

from datetime import date, datetime, time, timedelta
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.coverage import coverage_of
from bot.actions.outbox import tell, touch
from bot.actions.people import Caller, somebody
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.coverage_patterns import Recurring, recurring
from bot.domain.coverage_patterns_life import LIVE, Kept, NotOpen, State, Turned, minutes_of, turn, wall
from bot.domain.coverage_patterns_shown import NextTime, PatternShown
from bot.domain.coverage_supply import Post
from bot.domain.permissions import CLOCK, Deed
from bot.domain.wallclock import ONE_DAY, days, local_date, span, week_start
from bot.views import coverage_patterns as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.patterns import pattern, patterns
from storage.tables import CoveragePattern

CARD = "coverage_pattern"
# What the audit calls it.
_KIND = "pattern"
_WEEKS = 4
_WEEK = timedelta(weeks=1)


def register_cards(cards: Cards) -> None:
    """The proposal."""
    cards.register(CARD, _load, _draw)


def look(deps: Deps, workspace_id: str) -> None:
    """Looks at the weeks before this one, as their plans and who worked them stand now."""
    CLOCK.require(Deed.WATCH_GAPS)
    with deps.sessions.read(workspace_id) as session:
        preferred = preferences(session)
        zone = ZoneInfo(preferred.time_zone)
        today = local_date(deps.clock(), zone)
        this_week = week_start(today, preferred.week_starts)
        before = coverage_of(session, days(this_week - _WEEKS * _WEEK, this_week - ONE_DAY, zone))
        found = recurring(before.gaps, this_week, zone, weeks=_WEEKS)
        if not any(_changes(session, each) for each in turn(_kept(session), found, today)):
            return
    with deps.sessions.write(workspace_id) as session:
        for each in turn(_kept(session), found, today):
            if _changes(session, each):
                _keep(session, deps, each, today)


def accept(deps: Deps, caller: Caller, pattern_id: UUID, weeks: int) -> None:
    """Nobody is told of it again for so many weeks. Raises ``NotPermitted`` and ``NotOpen``."""
    caller.actor.require(Deed.ACCEPT_GAP)
    with deps.sessions.write(caller.workspace_id) as session:
        row = _open(session, pattern_id)
        today = local_date(deps.clock(), ZoneInfo(preferences(session).time_zone))
        before = {"state": row.state}
        row.state, row.accepted_by_id = State.ACCEPTED, caller.actor.member_id
        row.accepted_until = today + weeks * _WEEK
        after = {"state": row.state, "until": row.accepted_until.isoformat()}
        record(session, deps, caller.actor, "pattern.accept", (_KIND, row.id), before, after)
        touch(session, deps, CARD, row.id)


def next_time(deps: Deps, caller: Caller, pattern_id: UUID) -> NextTime:
    """When it would be short next. Raises ``NotOpen``."""
    with deps.sessions.read(caller.workspace_id) as session:
        shown = _shown(session, _open(session, pattern_id))
    found, now = shown.found, deps.clock()
    start, end = (timedelta(minutes=each) for each in minutes_of(found))
    day = week_start(local_date(now, shown.zone), found.weekday) + _WEEK
    midnight = datetime.combine(day, time())
    interval = span(midnight + start, midnight + end, shown.zone)
    return NextTime(day, interval, min(found.posts).queue, ceil(found.heads))


def _kept(session: WorkspaceSession) -> list[Kept]:
    return [
        Kept(row.id, _read(row), State(row.state), row.accepted_until) for row in patterns(session, tuple(LIVE))
    ]


def _changes(session: WorkspaceSession, turned: Turned) -> bool:
    """Whether anything is to be written down."""
    row = pattern(session, turned.id) if turned.id else None
    return row is None or turned.told or (_read(row), row.state) != (turned.found, turned.state)


def _keep(session: WorkspaceSession, deps: Deps, turned: Turned, today: date) -> None:
    row = pattern(session, turned.id) if turned.id else None
    if row is None:
        row = CoveragePattern(workspace_id=session.workspace_id, id=deps.new_id(), told_on=today)
        session.add(row)
    found, before = turned.found, row.state
    row.posts = [{"queue": each.queue, "skill": each.skill} for each in sorted(found.posts)]
    row.weekday, (row.start_minute, row.end_minute) = found.weekday, minutes_of(found)
    row.evidence = [{"day": day.isoformat(), "heads": heads} for day, heads in found.evidence]
    row.state = turned.state
    if turned.state is not State.ACCEPTED:
        row.accepted_until = row.accepted_by_id = None
    if turned.told:
        row.told_on = today
    session.flush()
    if before != turned.state:
        was = {"state": before} if before else None
        record(session, deps, CLOCK, "pattern.change", (_KIND, row.id), was, {"state": row.state})
    touch(session, deps, CARD, row.id)
    for lane in approver_lanes(session, None, ()) if turned.told else ():
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=f"{CARD}:{row.id}:{row.told_on}:{lane}")


def _open(session: WorkspaceSession, pattern_id: UUID) -> CoveragePattern:
    row = pattern(session, pattern_id)
    if row is None or row.state not in LIVE:
        raise NotOpen
    return row


def _read(row: CoveragePattern) -> Recurring:
    evidence = ((date.fromisoformat(each["day"]), each["heads"]) for each in row.evidence)
    return Recurring(
        frozenset(Post(each["queue"], each["skill"]) for each in row.posts),
        row.weekday,
        wall(row.start_minute),
        wall(row.end_minute),
        tuple(evidence),
    )


def _shown(session: WorkspaceSession, row: CoveragePattern) -> PatternShown:
    return PatternShown(
        row.id,
        _read(row),
        State(row.state),
        ZoneInfo(preferences(session).time_zone),
        row.accepted_until,
        somebody(session, row.accepted_by_id) if row.accepted_by_id else None,
    )


def _load(session: WorkspaceSession, subject: UUID | None) -> PatternShown | None:
    row = pattern(session, subject) if subject else None
    return _shown(session, row) if row else None


def _draw(shown: PatternShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.pattern_card(shown, formats)

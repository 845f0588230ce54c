"""Who had how many nights, weekends, holidays and last-minute covers in a year: counted at night, read by day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.holidays import holidays_of
from bot.actions.settings import WORKSPACE, preferences
from bot.deps import Deps
from bot.domain.fairness import Burden, Hardship, Share, Stint, counted_from, is_last_minute, tally, usual
from bot.domain.intervals import Interval
from storage import tables
from storage.db import WorkspaceSession
from storage.fairness import (
    Counts,
    all_counts,
    burden_rows,
    counts_in,
    counts_of,
    taken_over,
    worked_by_people,
)
from storage.people import members

Month = tuple[UUID, date]
"""A member, and the first day of the month."""

_ORDER = (Hardship.NIGHT, Hardship.WEEKEND, Hardship.HOLIDAY, Hardship.LAST_MINUTE)  # that of ``Counts``
# Somewhere on earth a month begins so long before it does in UTC, or goes on so long after.
_AROUND = timedelta(days=1)


def burdens(session: WorkspaceSession, member_ids: Iterable[UUID], now: datetime) -> dict[UUID, Burden]:
    """What each of the members had over a year, as counted last night."""
    wanted = list(member_ids)
    counts = counts_of(session, wanted, _since(now))
    return {each: _burden(counts[each]) if each in counts else Burden() for each in wanted}


def shares(session: WorkspaceSession, now: datetime) -> dict[UUID, Share]:
    """What everybody who worked anything in a year had, beside what is usual for those who still work here."""
    had = {member_id: _burden(counts) for member_id, counts in all_counts(session, _since(now)).items()}
    middle = usual([had[each.id] for each in members(session) if each.id in had and not each.deactivated_at])
    return {member_id: Share(_since(now), burden, middle) for member_id, burden in had.items()}


def share_of(session: WorkspaceSession, member_id: UUID, now: datetime) -> Share | None:
    """The same of one of them; None where nothing was counted of what they work."""
    return shares(session, now).get(member_id)


def count_burdens(deps: Deps, workspace_id: str) -> None:
    """Counts the year anew, so that whatever was corrected since is right, and writes what differs."""
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        counted = dict(_counted(session, now))
        differ = counted != {month: counts_in(row) for month, row in burden_rows(session).items()}
    if differ:
        with deps.sessions.write(workspace_id) as session:
            _write(session, counted)


def _counted(session: WorkspaceSession, now: datetime) -> Iterator[tuple[Month, Counts]]:
    """What has begun of the months that count, by who works it."""
    first = _since(now)
    stints = _stints(session, datetime.combine(first, time(), UTC) - _AROUND, now)
    where = cache(lambda team_id: preferences(session, f"team:{team_id}" if team_id else WORKSPACE))
    for member in members(session):
        preferred = where(member.team_id)
        zone = ZoneInfo(member.time_zone or preferred.time_zone)
        holidays = holidays_of(preferred, first, now.date() + _AROUND)
        for month, burden in tally(stints.get(member.id, ()), zone, holidays).items():
            if month >= first:
                yield (member.id, month), _counts(burden)


def _stints(session: WorkspaceSession, since: datetime, until: datetime) -> Mapping[UUID, Sequence[Stint]]:
    hurried: defaultdict[tuple[UUID, UUID], list[Interval]] = defaultdict(list)
    for taken in taken_over(session, since, until):
        if is_last_minute(taken.start, taken.taken_at):
            hurried[taken.member_id, taken.shift_id].append(Interval(taken.start, taken.end))
    found: defaultdict[UUID, list[Stint]] = defaultdict(list)
    for member_id, shift_id, start, end in worked_by_people(session, since, until):
        interval = Interval(start, end)
        last_minute = any(interval.overlaps(each) for each in hurried.get((member_id, shift_id), ()))
        found[member_id].append(Stint(shift_id, interval, last_minute))
    return found


def _write(session: WorkspaceSession, counted: Mapping[Month, Counts]) -> None:
    """Nothing stays that nobody worked, or that is too long ago."""
    stored = burden_rows(session)
    for month, row in stored.items():
        if month not in counted:
            session.delete(row)
        else:
            row.nights, row.weekends, row.holidays, row.last_minute = counted[month]
    for (member_id, first), counts in counted.items():
        if (member_id, first) not in stored:
            key = {"workspace_id": session.workspace_id, "member_id": member_id, "month": first}
            session.add(tables.Burden(**key, **counts._asdict()))


def _burden(counts: Counts) -> Burden:
    return Burden(dict(zip(_ORDER, counts, strict=True)))


def _counts(burden: Burden) -> Counts:
    return Counts(*(burden.of((each,)) for each in _ORDER))


def _since(now: datetime) -> date:
    return counted_from(now.astimezone(UTC).date())

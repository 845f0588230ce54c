"""What is likely to come to each queue in the weeks ahead, reckoned at night and after each import of volumes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.holidays import holidays_of
from bot.actions.settings import Preferences, preferences
from bot.actions.volumes import volumes_of
from bot.deps import Deps
from bot.domain.coverage_settings import read_special_days
from bot.domain.figures import empty_day, midnight, slot_of
from bot.domain.forecast import WEEKS, Error, Expected, History, NoForecast, error, expect
from bot.domain.intervals import Interval
from bot.domain.wallclock import ONE_DAY, local_date
from storage.coverage import all_forecasts, last_volumes, qualities, volume_rows
from storage.db import WorkspaceSession
from storage.shifts import queues
from storage.tables import Forecast, ForecastQuality, Queue, Volume

AHEAD = timedelta(days=35)
# So that a queue whose history has just come can be looked back on.
BACK = timedelta(days=28)
# So that a public holiday can be foretold from those of a year.
_HISTORY = timedelta(days=400)
# What ended longer ago says nothing of the weeks to come.
_STALE = timedelta(weeks=WEEKS)
_HOLIDAY = "holiday"


def forecast(deps: Deps, workspace_id: str) -> None:
    """Reckons everything anew."""
    with deps.sessions.write(workspace_id) as session:
        renew_forecasts(session, deps)


def renew_forecasts(session: WorkspaceSession, deps: Deps) -> None:
    """The same as a part of what changes the volumes. What was expected of days that are over stays.

    Where nothing was expected yet it is what each of the last days would have been expected to bring.
    """
    now, last = deps.clock(), last_volumes(session)
    rows: defaultdict[Any, dict[date, Forecast]] = defaultdict(dict)
    for row in all_forecasts(session):
        rows[row.queue_id][row.day] = row
    known = qualities(session)
    for queue in queues(session):
        if queue.id in last:
            _renew(session, deps, queue, last[queue.id], rows[queue.id], known.get(queue.id), now)
        else:
            for gone in (*rows[queue.id].values(), *(each for each in [known.get(queue.id)] if each)):
                session.delete(gone)
    session.flush()


def foretell(session: WorkspaceSession, now: datetime, within: Interval) -> Callable[[Queue], Sequence[Expected]]:
    """What is likely to come to a queue within an interval, however far ahead; nothing where nobody can know."""
    last = last_volumes(session)

    def of_queue(queue: Queue) -> Sequence[Expected]:
        if queue.id not in last:
            return ()
        return _expected(_history(session, queue, last[queue.id], within, now), within, now)

    return of_queue


def day_kinds(preferred: Preferences, first: date, last: date) -> Mapping[date, str]:
    """The days between two that are not like their weekday, and what each is."""
    holidays = dict.fromkeys(holidays_of(preferred, first, last), _HOLIDAY)
    return holidays | (read_special_days(preferred.special_days) if preferred.special_days else {})


def _renew(
    session: WorkspaceSession,
    deps: Deps,
    queue: Queue,
    last: Volume,
    rows: Mapping[date, Forecast],
    quality: ForecastQuality | None,
    now: datetime,
) -> None:
    today = now.astimezone(UTC).date()
    within = Interval(midnight(today - (ONE_DAY if rows else BACK)), midnight(today + AHEAD))
    history = _history(session, queue, last, within, now)
    expected = _expected(history, within, now)
    wrong = error(history) if expected else None
    _write(session, deps, queue, _by_day(expected), rows, within.start.date())
    _judge(session, queue, quality, wrong, last.day if expected else None)


def _history(session: WorkspaceSession, queue: Queue, last: Volume, within: Interval, now: datetime) -> History:
    """What came by intervals as long as those of the last day; nothing where that is long ago."""
    preferred = preferences(session, f"queue:{queue.id}")
    first = last.day - _HISTORY
    recent = now.date() - last.day <= _STALE
    rows = volume_rows(session, queue.id, first, last.day) if recent else []
    volumes = volumes_of((row for row in rows if row.minutes == last.minutes), queue.name)
    return History.of(volumes, ZoneInfo(preferred.time_zone), day_kinds(preferred, first, within.end.date()))


def _expected(history: History, within: Interval, now: datetime) -> Sequence[Expected]:
    """Nothing where nobody can know."""
    try:
        return expect(history, within, local_date(now, history.zone))
    except NoForecast:
        return ()


def _by_day(expected: Iterable[Expected]) -> dict[date, list[tuple[int, Expected]]]:
    found: defaultdict[date, list[tuple[int, Expected]]] = defaultdict(list)
    for each in expected:
        day, slot = slot_of(each.start, each.minutes)
        found[day].append((slot, each))
    return found


def _write(
    session: WorkspaceSession,
    deps: Deps,
    queue: Queue,
    by_day: Mapping[date, list[tuple[int, Expected]]],
    rows: Mapping[date, Forecast],
    since: date,
) -> None:
    for day, row in rows.items():
        if day >= since and day not in by_day:
            session.delete(row)
    for day, slots in by_day.items():
        values = dict(_columns(slots))
        if found := rows.get(day):
            for column, value in values.items():
                setattr(found, column, value)
        else:
            key = {"workspace_id": session.workspace_id, "id": deps.new_id(), "queue_id": queue.id, "day": day}
            session.add(Forecast(**key, **values))


def _columns(slots: Sequence[tuple[int, Expected]]) -> Iterator[tuple[str, Any]]:
    minutes = slots[0][1].minutes
    yield "minutes", minutes
    for column in ("offered", "low", "high", "aht_seconds"):
        values = empty_day(minutes)
        for slot, each in slots:
            values[slot] = getattr(each, column)
        yield column, values


def _judge(
    session: WorkspaceSession, queue: Queue, row: ForecastQuality | None, wrong: Error | None, until: date | None
) -> None:
    """Notes how good it is, where there is one."""
    if until is None:
        if row:
            session.delete(row)
        return
    if row is None:
        row = ForecastQuality(workspace_id=session.workspace_id, queue_id=queue.id)
        session.add(row)
    row.wape, row.last_week = (wrong.wape, wrong.last_week) if wrong else (None, None)
    row.days, row.until = wrong.days if wrong else 0, until

"""What time off costs somebody, day by day, and what their balance is then."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.own import zone_of
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.timeoff import Ledgers, ledgers_of
from bot.actions.timeoff_holidays import working_of
from bot.actions.unowned import stints_of
from bot.deps import Deps
from bot.domain.intervals import Interval, merge
from bot.domain.timeoff import STANDING, Day, leave_of
from bot.domain.timeoff_accrual import after_months
from bot.domain.timeoff_asked import MOST_DAYS as LONGEST
from bot.domain.timeoff_asked import Balance, NotInSuchPieces, TooLittle, TooLong, UnknownKind, Wish
from bot.domain.timeoff_due import due, overdrawn
from bot.domain.timeoff_hours import Working, cost, rostered_minutes
from bot.domain.timeoff_kinds import PAID, Kind
from bot.domain.timeoff_ledger import Book, Leave
from bot.domain.timeoff_life import begun
from bot.domain.timeoff_statement import balance
from bot.domain.wallclock import ONE_DAY, days, local_date, week_start
from bot.domain.when_meaning import When
from storage.absences import absences_around
from storage.db import WorkspaceSession
from storage.people import members
from storage.shifts import worked
from storage.tables import LeaveRequest, Member
from storage.timeoff_requests import read_days

# So far ahead it is foreseen when there will be enough.
_FORESEEN_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Time off as it is for one person: what it takes on each day, and what only they know of it."""

    kind: Kind
    zone: ZoneInfo
    today: date
    days: tuple[Day, ...]
    asks: Interval | None
    left_out: tuple[date, ...]
    begins: datetime  # the first of their work in it, or where none is known, of the time

    @property
    def minutes(self) -> int:
        """All of it."""
        return sum(each.minutes for each in self.days)


def reckon(session: WorkspaceSession, deps: Deps, row: Member, wish: Wish) -> Reckoned:
    """Raises ``UnknownKind``, ``NotInSuchPieces``, ``TooLong``, ``WhichHalf``, ``EndMissing``, ``NoPattern``."""
    preferred = preferences(session, f"team:{row.team_id}" if row.team_id else WORKSPACE)
    kind = preferred.leave.get(wish.kind)
    if kind is None or kind.retired:
        raise UnknownKind
    if not kind.allows(wish.when):
        raise NotInSuchPieces(kind.counted_in)
    zone = zone_of(session, row, preferred)
    today = local_date(deps.clock(), zone)
    if (wish.when.last - min(today, wish.when.first)).days >= LONGEST:
        raise TooLong
    working = _working(session, deps, row, preferred, zone, wish.when)
    rostered = _rostered_weeks(session, row, working, wish.when, preferred.week_starts)
    found, asks = _days(wish, working, rostered, preferred.week_starts)
    off = working.holidays.whole | working.holidays.half
    left_out = tuple(
        each.day
        for each in found
        if each.day in off
        and not each.minutes
        and week_start(each.day, preferred.week_starts) not in rostered
        and working.usual(each.day)
    )
    away = merge(stretch for each in found for stretch in each.away)
    work = [shared for each in working.roster for stretch in away if (shared := each.intersection(stretch))]
    begins = min([each.start for each in work] or [each.start for each in away] or [deps.clock()])
    return Reckoned(kind, zone, today, found, asks if wish.eve is None else None, left_out, begins)


def balance_with(
    session: WorkspaceSession,
    deps: Deps,
    row: Member,
    kind: Kind,
    request_id: UUID,
    wanted: tuple[Day, ...],
    replaced: Iterable[LeaveRequest] = (),
) -> tuple[Balance, ...]:
    """What is left with such a leave, which takes the place of others; nothing where no balance is kept.

    It is looked at on its last day and, where something ends meanwhile, on the last of its days before that, such
    as in the old year. Raises ``TooLittle``.
    """
    ledgers = ledgers_of(session, deps, [row])[row.id]
    name = kind.ledger
    if name is None or name not in ledgers.books or not _is_kept(ledgers, name):
        return ()
    book = ledgers.books[name].cancelled(request_id)
    for each in replaced:
        stays = begun(read_days(each.days), deps.clock()) if each.state in STANDING else ()
        book = book.cancelled(each.id).booked(leave_of(each.id, stays, pending=False))
    leave = leave_of(request_id, wanted, pending=True)
    if not leave.days:
        return ()
    plan, today, booked = ledgers.plan(name, book), ledgers.today, book.booked(leave)

    def left(on: date) -> Balance:
        before, after = (balance(due(each, plan, today, on, deps.new_id), on) for each in (book, booked))
        return Balance(name, on, before, after, ledgers.day_minutes(on))

    short = overdrawn(book, leave, kind.negative_minutes, plan, today, deps.new_id)
    if short:
        missing = short.minutes - kind.negative_minutes
        fits_on = _fits_on(deps, ledgers, name, book, kind, leave.days[0].day, wanted)
        raise TooLittle(left(max(short.day, today)), missing, fits_on)
    coming = due(booked, plan, today, max(leave.days[-1].day, today), deps.new_id)
    return tuple(left(day) for day in sorted({max(day, today) for day in _looked_at(coming, leave)}))


def _looked_at(book: Book, leave: Leave) -> Iterator[date]:
    """Its last day, and its last before the end of each lot that ends meanwhile."""
    days = sorted(each.day for each in leave.days)
    yield days[-1]
    for lot in book.lots:
        if lot.last and days[0] <= lot.last < days[-1]:
            yield max(day for day in days if day <= lot.last)


def _is_kept(ledgers: Ledgers, name: str) -> bool:
    """Whether anybody keeps it: leave of a year that nobody has said anything of is only counted."""
    return bool(ledgers.books[name].lots) or name != ledgers.kinds.get(PAID) or bool(ledgers.terms.weeks)


def _fits_on(
    deps: Deps, ledgers: Ledgers, name: str, book: Book, kind: Kind, first: date, wanted: tuple[Day, ...]
) -> date | None:
    """The first of a month after a day on which there is enough for as much; None: not for long."""
    minutes, today = sum(each.minutes for each in wanted), ledgers.today
    months = [after_months(first.replace(day=1), number) for number in range(1, _FORESEEN_MONTHS + 1)]
    coming = due(book, ledgers.plan(name, book), today, months[-1], deps.new_id)
    return next((day for day in months if balance(coming, day) + kind.negative_minutes >= minutes), None)


def _working(
    session: WorkspaceSession, deps: Deps, row: Member, preferred: Preferences, zone: ZoneInfo, when: When
) -> Working:
    """What they work in the weeks of those days or, where an absence has taken it from them, would."""
    ledgers = ledgers_of(session, deps, [row])[row.id]
    first = week_start(when.first - ONE_DAY, preferred.week_starts)
    last = week_start(when.last, preferred.week_starts) + 7 * ONE_DAY
    working = working_of(session, row, preferred, zone, ledgers.employment.patterns, first, last)
    released = [
        stint.interval
        for each in absences_around(session, row.id, days(first, last, zone))
        for stint in stints_of(each)
    ]
    return replace(working, roster=_once([*working.roster, *released]))


def _rostered_weeks(
    session: WorkspaceSession, row: Member, working: Working, when: When, first_weekday: int
) -> set[date]:
    """The weeks of which the roster is known, by their first day: they work in it, or half of their team does."""
    zone, first = working.zone, week_start(when.first, first_weekday)
    known = {week_start(local_date(each.start, zone), first_weekday) for each in working.roster}
    team = {each.id for each in members(session) if each.team_id == row.team_id and not each.deactivated_at}
    there = defaultdict[date, set[UUID]](set)
    within = days(first, when.last, zone)
    for each in worked(session, within.start, within.end):
        if each.member_id in team:
            there[week_start(local_date(each.start, zone), first_weekday)].add(each.member_id)
    return known | {week for week, people in there.items() if 2 * len(people) >= len(team)}


def _once(work: list[Interval]) -> tuple[Interval, ...]:
    """Work without what is in it twice; shifts that only meet stay two."""
    found: list[Interval] = []
    for each in sorted(work):
        if found and each.start < found[-1].end:
            found[-1] = Interval(found[-1].start, max(found[-1].end, each.end))
        else:
            found.append(each)
    return tuple(found)


def _days(
    wish: Wish, working: Working, rostered: Container[date], first_weekday: int
) -> tuple[tuple[Day, ...], Interval | None]:
    """Each of the days by itself, and the work that begins before them and ends on the first."""
    when, found, asks = wish.when, list[Day](), None
    for number in range((when.last - when.first).days + 1):
        day = when.first + timedelta(days=number)
        is_known = week_start(day, first_weekday) in rostered
        of_day = replace(working, rostered=(day, day) if is_known else None)
        taken = cost(replace(when, first=day, last=day), of_day)
        found.append(Day(day, taken.minutes, taken.away))
        if number == 0:
            asks = taken.asks
    if asks and wish.eve:
        found.insert(0, Day(when.first - ONE_DAY, rostered_minutes(asks, working.zone), (asks,)))
    return tuple(found), asks

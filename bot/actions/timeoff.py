"""The ledgers of leave of people, with all that is due by today: whoever looks need not wait for the night."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.own import zone_of
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.timeoff_holidays import working_of
from bot.deps import Deps
from bot.domain.permissions import Actor, Deed, Grant, Reach, Role
from bot.domain.timeoff_accrual import Employment, after_months
from bot.domain.timeoff_due import Plan, due
from bot.domain.timeoff_kinds import PAID
from bot.domain.timeoff_ledger import Book
from bot.domain.timeoff_patterns import patterns_of
from bot.domain.timeoff_pools import pools, with_holidays
from bot.domain.timeoff_shown import MOST_YEARS, LeaveLeft
from bot.domain.timeoff_statement import balance
from bot.domain.timeoff_terms import Terms, begun_with, day_length, open_since
from bot.domain.wallclock import local_date
from storage.db import WorkspaceSession
from storage.people import grants_of
from storage.tables import Member
from storage.timeoff import books, write


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The ledgers of a person on a day, by name: as they are stored, and with all that is due by then.

    ``kinds`` says which ledger each kind of leave is taken from. Only that of paid leave fills by itself.
    """

    member_id: UUID
    today: date
    terms: Terms
    employment: Employment
    kinds: Mapping[str, str]
    stored: Mapping[str, Book]
    books: Mapping[str, Book]

    @property
    def names(self) -> tuple[str, ...]:
        """Those that there can be, and those that there are, that of paid leave first."""
        first = [name] if (name := self.kinds.get(PAID)) else []
        return tuple(dict.fromkeys([*first, *self.kinds.values(), *self.stored]))

    @property
    def are_stored(self) -> bool:
        """Whether nothing is due that is not stored yet."""
        return all(book == self.stored.get(name, Book()) for name, book in self.books.items())

    def plan(self, name: str, book: Book, since: date | None = None) -> Plan:
        """What a ledger goes by that has become a book; ``since`` is a day that it is to reach back to."""
        begins = min(open_since(book, self.today), since or self.today)
        by_itself = name == self.kinds.get(PAID)
        return self.terms.plan(self.employment, begins, self.today, by_itself=by_itself)

    def day_minutes(self, on: date) -> int:
        """A usual working day of theirs."""
        return day_length(self.employment.patterns, on)


def ledgers_of(
    session: WorkspaceSession, deps: Deps, rows: Iterable[Member], since: Mapping[UUID, date] | None = None
) -> dict[UUID, Ledgers]:
    """The ledgers of members, by member; nothing is written. ``since`` is what those of a member reach back to."""
    wanted = list(rows)
    known = books(session, [row.id for row in wanted])
    where = cache(lambda team_id: preferences(session, f"team:{team_id}" if team_id else WORKSPACE))
    found: dict[UUID, Ledgers] = {}
    for row in wanted:
        stored = {ledger: book for (member_id, ledger), book in known.items() if member_id == row.id}
        found[row.id] = _ledgers(session, deps, row, where(row.team_id), stored, (since or {}).get(row.id))
    return found


def usual_day(row: Member, on: date) -> int:
    """Minutes of a usual working day of somebody."""
    return day_length(patterns_of(row.patterns, row.weekly_minutes), on)


def store(session: WorkspaceSession, deps: Deps, ledgers: Ledgers) -> None:
    """Writes what is due and not stored yet."""
    for name, book in ledgers.books.items():
        write(
            session, (ledgers.member_id, name), ledgers.stored.get(name, Book()), book, deps.clock(), deps.new_id
        )


def settle(session: WorkspaceSession, deps: Deps, ledgers: Ledgers, name: str, written: Book) -> int:
    """Has what was carried over or has lapsed since follow what was ``written`` by hand; the balance of today."""
    today = ledgers.today
    settled = due(written, ledgers.plan(name, written), today, today, deps.new_id)
    write(session, (ledgers.member_id, name), written, settled, deps.clock(), deps.new_id)
    return balance(settled, today)


def leave_left(session: WorkspaceSession, deps: Deps, row: Member) -> LeaveLeft | None:
    """What somebody has of paid leave today; None where none is kept."""
    ledgers = ledgers_of(session, deps, [row])[row.id]
    book = ledgers.books.get(ledgers.kinds.get(PAID, ""), Book())
    if not book.lots:
        return None
    today = ledgers.today
    return LeaveLeft(today, balance(book, today), ledgers.day_minutes(today))


def _ledgers(
    session: WorkspaceSession,
    deps: Deps,
    row: Member,
    preferred: Preferences,
    stored: Mapping[str, Book],
    since: date | None,
) -> Ledgers:
    zone, kinds = zone_of(session, row, preferred), preferred.leave
    last = local_date(row.deactivated_at, zone) if row.deactivated_at else None
    employment = Employment(row.hired_on or date.min, last, patterns_of(row.patterns, row.weekly_minutes))
    of_kinds = {name: kind.ledger for name, kind in kinds.items() if kind.ledger} if _is_kept(session, row) else {}
    today = local_date(deps.clock(), zone)
    terms = begun_with(preferred.leave_terms, stored.get(of_kinds.get(PAID, ""), Book()))
    ledgers = Ledgers(row.id, today, terms, employment, of_kinds, stored, {})
    if preferred.holidays or preferred.own_holidays:
        wanted = pools(kinds) & set(of_kinds.values())
        pooled = {name: _pooled(session, row, preferred, zone, ledgers, name, since) for name in wanted}
        ledgers = replace(ledgers, stored={**stored, **pooled})
    due_too = {name: _with_due(ledgers, name, since, deps) for name in ledgers.names}
    return replace(ledgers, books=due_too)


def _is_kept(session: WorkspaceSession, row: Member) -> bool:
    """Whether it is for us to keep: the leave of who works outside support is not."""
    grants = tuple(Grant(Role(each.role), each.team_id) for each in grants_of(session, row.id))
    return Actor(row.id, grants).reach(Deed.SEE_BALANCE) is not Reach.NOBODY


def _pooled(
    session: WorkspaceSession,
    row: Member,
    preferred: Preferences,
    zone: ZoneInfo,
    ledgers: Ledgers,
    name: str,
    since: date | None,
) -> Book:
    """A pool with the public holidays that it includes, as far ahead as anybody looks."""
    book = ledgers.stored.get(name, Book())
    plan = ledgers.plan(name, book, since)
    year = ledgers.terms.year_of(plan.since)
    first = min([year.first if plan.entitlement else plan.since, *(each.first for each in book.lots)])
    last = after_months(ledgers.today, 12 * MOST_YEARS)
    working = working_of(session, row, preferred, zone, ledgers.employment.patterns, first, last)
    return with_holidays(book, row.id, working, ledgers.employment, first, last)


def _with_due(ledgers: Ledgers, name: str, since: date | None, deps: Deps) -> Book:
    stored = ledgers.stored.get(name, Book())
    return due(stored, ledgers.plan(name, stored, since), ledgers.today, ledgers.today, deps.new_id)

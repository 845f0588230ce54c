"""Finds out why the service level of some days was not what was planned: contacts, handle time or staff."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.coverage_measured import service_levels
from bot.actions.coverage_needs import QueueNeeds, needs, reckoned
from bot.actions.coverage_there import Crew
from bot.actions.people import Caller
from bot.actions.settings import preferences
from bot.actions.volumes import volumes_of
from bot.deps import Deps
from bot.domain.coverage import Stretch, stretches
from bot.domain.coverage_levels import there
from bot.domain.coverage_measured import Measured
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.domain.kpi_periods import Span
from bot.domain.kpi_why import Conditions, Slot, service_level, why
from bot.domain.kpi_why_shown import MOST_DAYS, Lack, Late, QueueWhy, WhyShown
from bot.domain.permissions import Deed
from bot.domain.staffing import Standard
from bot.domain.volumes import Volume
from bot.domain.wallclock import ONE_DAY, days, local_date
from storage import tables
from storage.coverage import volumes_between
from storage.db import WorkspaceSession
from storage.shifts import queues

_MOST_LATE = 3


class TooFar(Exception):
    """More than ``MOST_DAYS`` days were asked for."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A time of which all is known: as it was planned and as it was."""

    interval: Interval
    slot: Slot


def look_why(deps: Deps, caller: Caller, span: Span, queue: str | None) -> WhyShown:
    """Of each queue of which contacts are known or expected, or of the one.

    Raises ``NotPermitted`` and ``TooFar``.
    """
    caller.actor.require(Deed.SEE_COVERAGE)
    if span.length > MOST_DAYS:
        raise TooFar
    with deps.sessions.read(caller.workspace_id) as session:
        within = days(span.starts, span.last, ZoneInfo(preferences(session).time_zone))
        every = needs(session, within, partial(reckoned, session))
        required = [each for of_queue in every for each in of_queue.requirements]
        crew = stretches(Crew(session, [each.post for each in required], within).presences(), required)
        came, measured = _came(session, within), {each.queue: each for each in service_levels(session, within)}
        found = [
            _why(each, came.get(each.queue, ()), crew, measured.get(each.queue))
            for each in every
            if each.queue == queue or (queue is None and (each.demanded or each.queue in came))
        ]
    return WhyShown(span, tuple(found))


def last_day(deps: Deps, caller: Caller, today: date) -> date:
    """The last day before today on which contacts came, if that was lately; else yesterday."""
    with deps.sessions.read(caller.workspace_id) as session:
        zone = ZoneInfo(preferences(session).time_zone)
        came = _came(session, days(today - MOST_DAYS * ONE_DAY, today - ONE_DAY, zone))
        last = max((each.start for some in came.values() for each in some if each.offered), default=None)
    return local_date(last, zone) if last else today - ONE_DAY


def _came(session: WorkspaceSession, within: Interval) -> Mapping[str, Sequence[Volume]]:
    rows: defaultdict[UUID, list[tables.Volume]] = defaultdict(list)
    for row in volumes_between(session, within.start.date(), within.end.date()):
        rows[row.queue_id].append(row)
    found = {}
    for queue in queues(session):
        mine = [each for each in volumes_of(rows[queue.id], queue.name) if within.contains(each.start)]
        if mine:
            found[queue.name] = mine
    return found


def _why(of: QueueNeeds, came: Sequence[Volume], crew: Sequence[Stretch], measured: Measured | None) -> QueueWhy:
    lacks = tuple(_lacks(of, came))
    if lacks or of.standard is None:
        return QueueWhy(of.queue, lacks, measured=measured)
    staffed = any(there(crew, Post(of.queue), each.interval) for each in of.demanded)
    known = list(_known(of, came, crew, staffed=staffed))
    slots = [each.slot for each in known]
    found = why(slots, of.standard)
    if found is None:
        return QueueWhy(of.queue, (Lack.NONE_EXPECTED,), measured=measured)
    timed = all(each.aht_seconds for each in came if each.offered)
    assumed = ((Lack.HANDLE_TIME, not timed), (Lack.STAFF, not staffed))
    actual = _together(slots, [each.actual for each in slots])
    return QueueWhy(
        of.queue,
        tuple(lack for lack, is_so in assumed if is_so),
        found,
        _together(slots, [each.planned for each in slots]),
        actual,
        sum(each.offered for each in came) - actual.contacts,
        _worst(known, of.standard),
        measured,
    )


def _lacks(of: QueueNeeds, came: Sequence[Volume]) -> Iterator[Lack]:
    """Without what nothing can be said."""
    if of.standard is None:
        yield Lack.NOT_WAITING
        return
    if came and not any(each.offered for each in came):
        yield Lack.NONE_CAME
        return
    if not came:
        yield Lack.NO_CONTACTS
    if not of.demanded:
        yield Lack.NO_FORECAST
    if not of.requirements:
        yield Lack.NO_HEADS


def _worst(known: Sequence[_Known], standard: Standard) -> tuple[Late, ...]:
    """The times in which the most waited too long, at least one each."""
    late = []
    for each in known:
        was = each.slot.actual
        too_late = 1 - service_level(was, each.slot.length, standard)
        late.append(Late(each.interval, was.contacts * too_late, was.contacts))
    return tuple(sorted((each for each in late if each.late >= 1), key=lambda each: -each.late)[:_MOST_LATE])


def _known(of: QueueNeeds, came: Sequence[Volume], crew: Sequence[Stretch], *, staffed: bool) -> Iterator[_Known]:
    """The intervals in which contacts came of which it was planned how many, and how many heads."""
    on_contacts = 1 - of.lost
    for each in came:
        length = timedelta(minutes=each.minutes)
        interval = Interval(each.start, each.start + length)
        expected = _expected(of, interval)
        heads = _heads(of, interval)
        if expected is None or heads is None:
            continue
        contacts, aht = expected
        was = there(crew, Post(of.queue), interval) if staffed else heads
        yield _Known(
            interval,
            Slot(
                length,
                Conditions(contacts, aht, heads * on_contacts),
                Conditions(each.offered, each.aht_seconds or aht, was * on_contacts),
            ),
        )


def _expected(of: QueueNeeds, within: Interval) -> tuple[float, float] | None:
    """The contacts that were expected within an interval, and what each was to take."""
    contacts = seconds = 0.0
    aht = None
    for each in of.demanded:
        part = each.interval.intersection(within)
        if part:
            share = each.offered * (part.length / each.interval.length)
            contacts, seconds, aht = contacts + share, seconds + share * each.aht_seconds, each.aht_seconds
    if aht is None:
        return None
    return contacts, seconds / contacts if contacts else aht


def _heads(of: QueueNeeds, within: Interval) -> float | None:
    """The heads that were to be rostered on average; None where that is not known of all of it."""
    for each in of.requirements:
        if each.post == Post(of.queue):
            first = (within.start - each.start) // each.step
            some = each.heads[first : first + within.length // each.step]
            known = [heads for heads in some if heads is not None]
            return sum(known) / len(known) if known and len(known) == len(some) else None
    return None


def _together(slots: Sequence[Slot], them: Sequence[Conditions]) -> Conditions:
    """All contacts, what each of them took, and the heads at once while any were planned."""
    contacts = sum(each.contacts for each in them)
    seconds = sum(each.contacts * each.aht for each in them)
    staffed = [(slot.length, each.heads) for slot, each in zip(slots, them, strict=True) if slot.planned.heads]
    whole = sum((length for length, _ in staffed), timedelta())
    heads = sum(length / whole * heads for length, heads in staffed)
    return Conditions(contacts, seconds / contacts if contacts else 0.0, heads)

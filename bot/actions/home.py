"""Homes: who has theirs open, and what stands on each."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.cards import Cards, Facts, home_of
from bot.actions.home_swaps import decisions, own_swaps
from bot.actions.outbox import tell
from bot.actions.people import Caller, caller_of, whom_to_ask
from bot.deps import Deps
from bot.domain.home import Desk, FloorToday, NoDesk, is_request, turnovers, waits_for
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed, Reach
from bot.domain.shifts import Somebody, WorkedShift
from bot.domain.wallclock import ONE_DAY, days, local_date
from bot.views import home as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.events import first_time
from storage.home import DESK, any_home_open, renew_home, touch_homes
from storage.outbox import Priority
from storage.people import member, members_by_id
from storage.shifts import Worked, unworked, worked
from storage.tables import Member

# Slack does not say when a Home is closed.
_OPEN_FOR = timedelta(days=1)
_DAYS = 7


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card that a Home is."""

    def load(session: WorkspaceSession, member_id: UUID | None) -> Desk | NoDesk | None:
        return _load(session, deps, member_id)

    def draw(desk: Desk | NoDesk, audience: str, formats: Formats, _facts: Facts) -> Message:
        """The audience is an account; nobody reads the desk of a member who has another one by now."""
        is_theirs = isinstance(desk, NoDesk) or desk.reader.slack_id == audience
        return views.home(desk if is_theirs else NoDesk((), None), formats, deps.settings.command_prefix)

    cards.register(DESK, load, draw)


def open_home(deps: Deps, caller: Caller, event_id: str, *, blank: bool) -> None:
    """The caller looks at their Home: it is drawn anew now, and for a day with whatever changes on it.

    ``blank``: Slack shows them nothing yet.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        now = deps.clock()
        if first_time(session, event_id, now):
            lane, whose = home_of(caller.slack_id), caller.slack_id
            home = tell(session, deps, to=lane, card=DESK, key=lane, audience=whose, priority=Priority.PRESS)
            renew_home(session, home, caller.actor.member_id, now, now + _OPEN_FOR, blank=blank)


def turn_homes(deps: Deps, workspace_id: str) -> None:
    """Time has passed: shifts have begun or ended. Writes only where somebody has their Home open."""
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        if not any_home_open(session, now):
            return
    with deps.sessions.write(workspace_id) as session:
        touch_homes(session, now)


def _load(session: WorkspaceSession, deps: Deps, member_id: UUID | None) -> Desk | NoDesk | None:
    """None for who has left: nothing is shown to an account that is deactivated."""
    found = member(session, member_id) if member_id else None
    if found is None or found.slack_id is None:
        return NoDesk(*whom_to_ask(session))
    if found.deactivated_at:
        return None
    reader = Somebody(found.id, found.name, found.slack_id)
    caller, now = caller_of(session, found, found.slack_id), deps.clock()
    shifts = _shifts(session, caller, reader, now)
    seen = own_swaps(session, deps, caller.actor, reader)
    return Desk(
        now,
        reader,
        caller.actor,
        shifts,
        _beside(session, reader, shifts[0]) if shifts else (),
        tuple(each for each in seen if waits_for(reader, each, now)),
        tuple(each for each in seen if is_request(reader, each, now)),
        _floor(session, caller, now),
        decisions(session, deps, caller.actor),
    )


def _shifts(
    session: WorkspaceSession, caller: Caller, reader: Somebody, now: datetime
) -> tuple[WorkedShift, ...] | None:
    """What somebody works from now on, until the days are over that a Home shows."""
    if caller.actor.reach(Deed.PROPOSE_SWAP) is Reach.NOBODY:
        return None
    found = worked(session, now, _end(caller, now, _DAYS), reader.member_id)
    return tuple(WorkedShift(_interval(each), None, each.queue, each.note, each.id) for each in found)


def _beside(session: WorkspaceSession, reader: Somebody, shift: WorkedShift) -> tuple[WorkedShift, ...]:
    """The others who work on the queue of a shift meanwhile."""
    if shift.queue is None:
        return ()
    found = worked(session, shift.interval.start, shift.interval.end)
    return _named(
        session,
        [
            each
            for each in found
            if each.queue == shift.queue and each.member_id and each.member_id != reader.member_id
        ],
    )


def _floor(session: WorkspaceSession, caller: Caller, now: datetime) -> FloorToday | None:
    """The floor, for those who lead it."""
    if caller.actor.reach(Deed.DECIDE_SWAP) < Reach.TEAM:
        return None
    tonight = _end(caller, now, 1)
    today = _named(session, worked(session, now, tonight))
    nobodys = _named(session, unworked(session, now, _end(caller, now, _DAYS)))
    on = tuple(each for each in today if each.worker and each.interval.contains(now))
    return FloorToday(on, turnovers(today, now, tonight), nobodys)


def _end(caller: Caller, now: datetime, number: int) -> datetime:
    """When so many days are over, the first of them today."""
    today = local_date(now, caller.zone)
    return days(today, today + (number - 1) * ONE_DAY, caller.zone).end


def _named(session: WorkspaceSession, found: Sequence[Worked]) -> tuple[WorkedShift, ...]:
    """The shifts with those who work them; notes are for those only."""
    known = members_by_id(session, _distinct(each.member_id for each in found))
    return tuple(
        WorkedShift(
            _interval(each),
            _somebody(known[each.member_id]) if each.member_id else None,
            each.queue,
            id=each.id,
        )
        for each in found
    )


def _distinct(ids: Iterable[UUID | None]) -> list[UUID]:
    return list({each for each in ids if each})


def _interval(each: Worked) -> Interval:
    return Interval(each.start, each.end)


def _somebody(row: Member) -> Somebody:
    return Somebody(row.id, row.slack_name or row.name, row.slack_id, left=row.deactivated_at is not None)

"""Homes: who has theirs open, and what stands on each."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.announcements_read import to_read
from bot.actions.attendance import awaited
from bot.actions.cards import Cards, Facts, home_of
from bot.actions.exceptions_home import exceptions_to_decide
from bot.actions.home_board import board
from bot.actions.home_cases import own_cases
from bot.actions.home_coverage import with_coverage
from bot.actions.home_covers import covers_of
from bot.actions.home_escalations import open_seen
from bot.actions.home_kpi import Weeks
from bot.actions.home_swaps import decisions, own_swaps
from bot.actions.nudges_home import about_to_be_late
from bot.actions.outbox import tell
from bot.actions.people import Caller, caller_of, whom_to_ask
from bot.actions.promises_parts import own_promises
from bot.actions.timeoff import leave_left
from bot.actions.timeoff_look import entered_requests, own_requests, to_decide
from bot.deps import Deps, Remembered
from bot.domain import home_covers
from bot.domain.home import Desk, NoDesk, is_request, waits_for
from bot.domain.home_board import Board
from bot.domain.home_covers import CoverSeen
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed, Reach
from bot.domain.shifts import Somebody, WorkedShift
from bot.domain.unowned import Unowned
from bot.domain.wallclock import ONE_DAY, days, local_date
from bot.views import home as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.events import first_time
from storage.home import DESK, any_home_open, renew_home, touch_homes
from storage.outbox import Priority
from storage.people import member
from storage.shifts import works_after

# Slack does not say when a Home is closed.
_OPEN_FOR = timedelta(days=1)
_DAYS = 7
_TIME_OFF = 4  # requests that are shown to who decides them
# A board is big, and whoever changes something hangs up another one.
_BOARDS = 16


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card that a Home is."""
    boards, weeks = Remembered(_BOARDS), Weeks()

    def load(session: WorkspaceSession, member_id: UUID | None) -> Desk | NoDesk | None:
        return _load(session, deps, boards, weeks, member_id)

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


def _load(
    session: WorkspaceSession, deps: Deps, boards: Remembered, weeks: Weeks, member_id: UUID | None
) -> Desk | NoDesk | None:
    """None for who has left: nothing is shown to an account that is deactivated."""
    found = member(session, member_id) if member_id else None
    if found is None or found.slack_id is None:
        return NoDesk(*whom_to_ask(session))
    if found.deactivated_at:
        return None
    reader = Somebody(found.id, found.name, found.slack_id)
    caller, now = caller_of(session, found, found.slack_id), deps.clock()
    on = board(boards, session, now)
    tonight, until = _end(caller, now, 1), _end(caller, now, _DAYS)
    shifts = _shifts(session, caller, on, Interval(now, until))
    seen = own_swaps(session, deps, caller.actor, reader.member_id, on)
    covers, open_shifts = covers_of(session, deps, caller.actor, reader.member_id, on)
    leads = caller.actor.reach(Deed.DECIDE_SWAP) >= Reach.TEAM
    to_decide_first, undecided = to_decide(session, deps, caller, _TIME_OFF)
    return Desk(
        now,
        reader,
        caller.actor,
        shifts,
        on.beside(reader, shifts[0]) if shifts else (),
        tuple(each for each in seen if waits_for(reader, each, now)),
        tuple(each for each in seen if is_request(reader, each, now)),
        with_coverage(on.floor(now, tonight), session, boards, now) if leads else None,
        decisions(session, deps, caller.actor, on),
        on.shares.get(reader.member_id),
        tuple(each for each in covers if home_covers.waits_for(reader, each, now)),
        tuple(each for each in covers if home_covers.is_request(reader, each, now)),
        open_shifts,
        _unowned(caller, on, covers, now),
        away=tuple(each for each in on.away.get(reader.member_id, ()) if each.interval.end > now),
        leave=leave_left(session, deps, found),
        awaited=awaited(session, caller, now),
        timeoff=(
            *own_requests(session, deps, reader.member_id),
            *entered_requests(session, deps, reader.member_id),
        ),
        timeoff_to_decide=tuple(to_decide_first),
        timeoff_undecided=undecided,
        cases=own_cases(session, caller.actor),
        late=about_to_be_late(session, caller.actor, now),
        escalations=open_seen(session, caller.actor),
        exceptions=exceptions_to_decide(session, caller.actor),
        promises=own_promises(session, caller.actor),
        to_read=to_read(session, caller.actor),
        week=weeks.of(session, deps, caller, now),
    )


def _unowned(caller: Caller, on: Board, covers: Iterable[CoverSeen], now: datetime) -> tuple[Unowned, ...] | None:
    """What needs an owner, for who finds one; what they have opened themselves stands among their requests."""
    if caller.actor.reach(Deed.OPEN_SHIFT) is Reach.NOBODY:
        return None
    own = {each.cover.number for each in covers}
    return tuple(each for each in on.ahead(now) if each.number not in own)


def _shifts(
    session: WorkspaceSession, caller: Caller, on: Board, within: Interval
) -> tuple[WorkedShift, ...] | None:
    """What the caller works within an interval; None where nothing is ahead of them, however far."""
    member_id = caller.actor.member_id
    if member_id is None or caller.actor.reach(Deed.PROPOSE_SWAP) is Reach.NOBODY:
        return None
    found = on.of(member_id, within)
    return found if found or works_after(session, member_id, within.start) else None


def _end(caller: Caller, now: datetime, number: int) -> datetime:
    """When so many days are over, the first of them today."""
    today = local_date(now, caller.zone)
    return days(today, today + (number - 1) * ONE_DAY, caller.zone).end

"""What somebody would report who says that they are away: looked up, and nothing is written."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.absences import AlreadyAway
from bot.actions.absences_cards import ask
from bot.actions.own import zone_of
from bot.actions.people import Caller, somebody
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.typed import read_typed
from bot.deps import Deps
from bot.domain.absences import Asked, Kind
from bot.domain.absences_said import Said
from bot.domain.absences_when import away_on, away_today, late_by, met
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.wallclock import local_date
from bot.domain.when import Understood, When
from bot.domain.windows import MOST_DAYS, windows
from storage.absences import absences_ahead
from storage.db import WorkspaceSession
from storage.events import first_time
from storage.people import member as member_by_id
from storage.shifts import worked
from storage.tables import Member

_AROUND = timedelta(days=2)
_AHEAD = timedelta(days=MOST_DAYS + 2)


class NoWork(Exception):
    """Nothing is near that they would work."""


class NotOneStretch(Exception):
    """Several stretches of time are meant, or one that is over or too far ahead."""


class WholeShift(Exception):
    """They would come after their shift is over."""


def what_sick(deps: Deps, caller: Caller, whom: Member | None, when: When | None) -> Asked:
    """What is reported by who is away then; None: today, or on the day of the next shift.

    Raises ``NotPermitted``, ``NoWork``, ``AlreadyAway``, ``NotOneStretch`` and ``TooManyDays``.
    """
    now = deps.clock().replace(second=0, microsecond=0)
    with deps.sessions.read(caller.workspace_id) as session:
        work, zone = _work(session, deps, caller, whom), _zone(session, caller, whom)
        today = local_date(now, zone)
        if when is None or (when.start is None and when.part is None and when.first == when.last == today):
            interval = away_today(work, zone, now)
            if interval is None or local_date(interval.start, zone) > today:
                _demand_there(session, whom.id if whom else caller.actor.member_id, now)
            if interval is None:
                raise NoWork
        elif when.start or when.part:
            found = windows(when, zone)
            if len(found) != 1 or found[0].end <= now:
                raise NotOneStretch
            interval = Interval(max(found[0].start, now), found[0].end)
        else:
            windows(when, zone)
            days = away_on(work, when.first, when.last, zone, now)
            if days is None:
                raise NotOneStretch
            interval = days
        if interval.start > now + _AHEAD:
            raise NotOneStretch
        return Asked(Kind.SICK, interval, met(work, interval), somebody(session, whom.id) if whom else None)


def what_late(deps: Deps, caller: Caller, late: timedelta) -> Asked:
    """What is reported by who comes so much later. Raises ``NotPermitted``, ``NoWork`` and ``WholeShift``."""
    with deps.sessions.read(caller.workspace_id) as session:
        found = late_by(_work(session, deps, caller, None), late, deps.clock().replace(second=0, microsecond=0))
    if found is None:
        raise NoWork
    work, missing = found
    if missing == work:
        raise WholeShift
    return Asked(Kind.LATE, missing, (work,))


def ask_in_message(deps: Deps, caller: Caller, event_id: str, said: Said) -> None:
    """Asks who wrote to the bot that they are away whether this is meant; where no day can be read, today is.

    Raises what ``what_sick`` and ``what_late`` do, but for ``NoWork``: they are told that.
    """
    meaning = read_typed(caller, said.rest, deps.clock()) if said.rest else None
    when = meaning.when if isinstance(meaning, Understood) else None
    found: Asked | None = None
    with suppress(NoWork):
        found = what_late(deps, caller, said.late) if said.late else what_sick(deps, caller, None, when)
    with deps.sessions.write(caller.workspace_id) as session:
        if first_time(session, event_id, deps.clock()):
            ask(session, deps, caller.slack_id, event_id, found, late=said.late is not None)


def _zone(session: WorkspaceSession, caller: Caller, whom: Member | None) -> ZoneInfo:
    """Where their days begin and end."""
    if whom is None:
        return caller.zone
    return zone_of(session, whom, preferences(session, f"team:{whom.team_id}" if whom.team_id else WORKSPACE))


def _demand_there(session: WorkspaceSession, member_id: UUID | None, now: datetime) -> None:
    """Raises ``AlreadyAway`` for who has no work today because they are away."""
    known = [row.end for row in absences_ahead(session, now, member_id) if row.start <= now]
    if known:
        raise AlreadyAway(max(known))


def _work(session: WorkspaceSession, deps: Deps, caller: Caller, whom: Member | None) -> Sequence[Interval]:
    """What they work from yesterday on. Raises ``NotPermitted``."""
    member_id: UUID | None = whom.id if whom else caller.actor.member_id
    person = member_by_id(session, member_id) if member_id else None
    caller.actor.require(Deed.REPORT_ABSENCE, of=member_id, team=person.team_id if person else None)
    now = deps.clock()
    rows = worked(session, now - _AROUND, now + _AHEAD, member_id)
    return [Interval(each.start, each.end) for each in rows]

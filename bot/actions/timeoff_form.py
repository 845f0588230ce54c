"""What the form that asks for time off begins with: nothing yet, a wish, or a request that is to be changed."""

from datetime import date, time
from uuid import UUID

from bot.actions.people import Caller
from bot.actions.proxies import person_for
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.timeoff_requests import Turn, UnknownRequest
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.timeoff import LIVE, NotOpen, State
from bot.domain.timeoff_asked import Wish
from bot.domain.timeoff_kinds import PAID
from bot.domain.wallclock import local_date
from bot.domain.when_meaning import DayPart, When
from bot.views.timeoff_ask import Kept
from bot.views.timeoff_form import TimeoffForm
from storage.tables import LeaveRequest, Member
from storage.timeoff_requests import change_of, request


def blank_form(deps: Deps, caller: Caller, whom: str | None = None) -> TimeoffForm:
    """A form for today, by an account of somebody else if not for the caller. Raises ``NotPermitted``."""
    today = local_date(deps.clock(), caller.zone)
    return filled_form(deps, caller, Kept(deps.new_id(), Wish(PAID, When(today, today)), whom))


def filled_form(deps: Deps, caller: Caller, kept: Kept) -> TimeoffForm:
    """A form that begins with a wish. Raises ``NotPermitted``."""
    with deps.sessions.read(caller.workspace_id) as session:
        person = person_for(session, caller, kept.whom, Deed.ASK_TIMEOFF)
        if person is None:
            raise NotPermitted(Deed.ASK_TIMEOFF)
        replaced = request(session, kept.wish.replaces) if kept.wish.replaces else None
        known = preferences(session, f"team:{person.team_id}" if person.team_id else WORKSPACE).leave
        kinds = [(name, kind.name) for name, kind in known.items() if not kind.retired]
        return TimeoffForm(kept, kinds, replaced.number if replaced else None)


def change_form(deps: Deps, caller: Caller, request_id: UUID) -> TimeoffForm:
    """A form that begins with what a request asked for.

    Raises ``UnknownRequest``, ``NotPermitted`` and ``NotOpen``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, request_id)
        row = turn.row
        turn.proxy()
        if row.state not in LIVE:
            raise NotOpen(State(row.state))
        if change_of(session, row):
            raise NotOpen(State.NEEDS_APPROVAL)
        person = session.get_one(Member, (session.workspace_id, row.member_id))
        whom = None if row.member_id == caller.actor.member_id else person.slack_id
        if row.member_id != caller.actor.member_id and whom is None:
            raise UnknownRequest
        kept = Kept(deps.new_id(), Wish(row.kind, _when(row), row.asked["eve"], row.id), whom)
    return filled_form(deps, caller, kept)


def _when(row: LeaveRequest) -> When:
    asked = row.asked
    start, end = (time.fromisoformat(asked[each]) if asked[each] else None for each in ("start", "end"))
    part = DayPart(asked["part"]) if asked["part"] else None
    return When(date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"]), start, end, part)

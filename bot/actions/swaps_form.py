"""What the form that proposes a swap offers: own shifts, and those that could be given in return."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.swaps_asker import asker_of, wrong_colleague
from bot.actions.swaps_check import Leg, SwapCheck
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.swaps_shown import SwapForm, SwapShift, Wrong
from bot.domain.wallclock import local_date
from bot.domain.when import When
from bot.domain.windows import windows
from storage.db import WorkspaceSession
from storage.people import member_by_slack_id
from storage.swaps import Held, assignment, held
from storage.tables import Member

# As far ahead as anybody plans, and as many as a menu holds.
_AHEAD = timedelta(days=92)
_MOST = 100


def blank_form(deps: Deps, caller: Caller, nonce: UUID, whom: str | None = None) -> SwapForm:
    """The form with the shifts of the caller, or of whom they enter it for, to choose from.

    Raises ``NotPermitted``.
    """
    if whom:
        with suppress(UnknownPerson):
            find_person(deps, caller.workspace_id, whom)
    with deps.sessions.read(caller.workspace_id) as session:
        asker = asker_of(session, caller, whom)
        now = deps.clock()
        shifts = tuple(_shift(each) for each in _ahead(session, asker, now)) if asker else ()
    return SwapForm(nonce, shifts, asker=whom)


def choose(deps: Deps, caller: Caller, form: SwapForm, given: UUID | None, colleague: str | None) -> SwapForm:
    """The form once a shift and a colleague are chosen: with what could be given in return, or what is wrong."""
    chosen = replace(form, given=given, colleague=colleague, legal=None, returned=None, wrong=())
    if colleague is None:
        return chosen
    # Who is not on the roster is among what is wrong with the form.
    with suppress(UnknownPerson):
        find_person(deps, caller.workspace_id, colleague)
    with deps.sessions.read(caller.workspace_id) as session:
        asker = asker_of(session, caller, form.asker)
        wrong = _wrong(session, caller, asker, colleague)
        if wrong or given is None:
            return replace(chosen, wrong=wrong)
        legal = _legal(session, deps, asker, given, colleague)
    return replace(chosen, legal=legal) if legal is not None else replace(chosen, wrong=(Wrong.GIVEN_CHANGED,))


def matching(shifts: Iterable[SwapShift], when: Iterable[When], zone: ZoneInfo) -> tuple[SwapShift, ...]:
    """The shifts that are meant by a time: by the day on which they start, or by hours that they touch.

    Raises ``TooManyDays``.
    """
    meant = list(when)
    return tuple(shift for shift in shifts if any(_is_meant(shift, each, zone) for each in meant))


def _is_meant(shift: SwapShift, when: When, zone: ZoneInfo) -> bool:
    if when.start is None and when.part is None:
        return when.first <= local_date(shift.interval.start, zone) <= when.last
    return any(window.overlaps(shift.interval) for window in windows(when, zone))


def _wrong(session: WorkspaceSession, caller: Caller, asker: Member | None, slack_id: str) -> tuple[Wrong, ...]:
    colleague = member_by_slack_id(session, slack_id)
    wrong = wrong_colleague(caller.actor, asker, colleague) if colleague else Wrong.COLLEAGUE_UNKNOWN
    return (wrong,) if wrong else ()


def _legal(
    session: WorkspaceSession, deps: Deps, asker: Member | None, given_id: UUID, slack_id: str
) -> tuple[SwapShift, ...] | None:
    """The colleague's shifts that could be given in return; None where the asker's is theirs no more."""
    given, colleague = assignment(session, given_id), member_by_slack_id(session, slack_id)
    if asker is None or colleague is None or given is None or given.replaced_at or given.member_id != asker.id:
        return None
    now = deps.clock()
    check = SwapCheck(session, now)
    mine = check.leg(asker, given)
    # The same hours on the same queue would change nothing.
    choices = [each for each in check.legs(colleague, _ahead(session, colleague, now)) if each.piece != mine.piece]
    return tuple(_shift(leg) for leg, _ in check.returns(mine, choices))


def _ahead(session: WorkspaceSession, member: Member, now: datetime) -> list[Held]:
    """What somebody works from now on, in order; what has begun is left out."""
    return [each for each in held(session, member.id, now, now + _AHEAD) if each.assignment.start > now][:_MOST]


def _shift(each: Held | Leg) -> SwapShift:
    row, queue = each.assignment, each.queue
    return SwapShift(row.id, Interval(row.start, row.end), queue.name if queue else None)

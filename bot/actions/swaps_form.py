"""What the form that proposes a swap offers: own shifts, and those that could be given in return."""

from collections.abc import Iterable, Sequence
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
from bot.domain.rules_swaps import Outcome
from bot.domain.swaps_shown import LeftOut, SwapForm, SwapShift, Wrong
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
    chosen = replace(form, given=given, colleague=colleague, legal=None, returned=None, wrong=(), left_out=())
    if colleague is None:
        return chosen
    # Who is not on the roster is among what is wrong with the form.
    with suppress(UnknownPerson):
        find_person(deps, caller.workspace_id, colleague)
    with deps.sessions.read(caller.workspace_id) as session:
        now = deps.clock()
        asker, other = asker_of(session, caller, form.asker), member_by_slack_id(session, colleague)
        theirs = _ahead(session, other, now) if other else []
        wrong = _wrong(caller, asker, other, theirs)
        if wrong or other is None or given is None:
            return replace(chosen, wrong=wrong)
        row = assignment(session, given)
        if asker is None or row is None or row.replaced_at or row.member_id != asker.id:
            return replace(chosen, wrong=(Wrong.GIVEN_CHANGED,))
        check = SwapCheck(session, now)
        mine, choices = check.leg(asker, row), check.legs(other, theirs)
        legal, left_out = _returns(check, mine, choices, caller.actor.member_id)
    return replace(chosen, legal=legal, left_out=left_out)


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


def _wrong(
    caller: Caller, asker: Member | None, colleague: Member | None, theirs: Sequence[Held]
) -> tuple[Wrong, ...]:
    if colleague is None:
        return (Wrong.COLLEAGUE_UNKNOWN,)
    wrong = wrong_colleague(caller.actor, asker, colleague) or (None if theirs else Wrong.COLLEAGUE_IDLE)
    return (wrong,) if wrong else ()


def _returns(
    check: SwapCheck, mine: Leg, theirs: Iterable[Leg], reader: UUID | None
) -> tuple[tuple[SwapShift, ...], tuple[LeftOut, ...]]:
    """The colleague's shifts that could be given in return, and those that cannot on the reader's part."""
    legal, left_out = [], []
    # The same hours on the same queue would change nothing.
    for leg, verdict in check.returns(mine, [each for each in theirs if each.piece != mine.piece]):
        if verdict.outcome is not Outcome.IMPOSSIBLE:
            legal.append(_shift(leg))
        else:
            left_out += [LeftOut(_shift(leg), each) for each in verdict.denials if each.whom == reader]
    return tuple(legal), tuple(left_out)


def _ahead(session: WorkspaceSession, member: Member, now: datetime) -> list[Held]:
    """What somebody works from now on, in order; what has begun is left out."""
    return [each for each in held(session, member.id, now, now + _AHEAD) if each.assignment.start > now][:_MOST]


def _shift(each: Held | Leg) -> SwapShift:
    row, queue = each.assignment, each.queue
    return SwapShift(row.id, Interval(row.start, row.end), queue.name if queue else None)

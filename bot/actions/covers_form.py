"""What the form that offers a shift offers: the shifts ahead, and what was typed of one."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.covers_propose import least_of
from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.proxies import person_for
from bot.actions.swaps_form import matching
from bot.deps import Deps
from bot.domain.covers_shown import CoverForm
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.swaps_shown import SwapShift
from bot.domain.when import When
from bot.domain.windows import windows
from storage.swaps import Held, held

# As far ahead as anybody plans, and as many as a menu holds.
_AHEAD = timedelta(days=92)
_MOST = 100
_MINUTE = timedelta(minutes=1)


def covers_form(
    deps: Deps,
    caller: Caller,
    nonce: UUID,
    when: Iterable[When] = (),
    owner: str | None = None,
    chosen: UUID | None = None,
) -> CoverForm:
    """The form with the shifts of the caller, or of whom they offer it for, and what was typed filled in.

    A shift that has begun is among them: what is left of it can be given away. Raises ``NotPermitted`` and
    ``TooManyDays``.
    """
    if owner:
        with suppress(UnknownPerson):
            find_person(deps, caller.workspace_id, owner)
    meant = list(when)
    with deps.sessions.read(caller.workspace_id) as session:
        person, now = person_for(session, caller, owner, Deed.OFFER_COVER), deps.clock()
        found = held(session, person.id, now, now + _AHEAD)[:_MOST] if person else []
        shifts = [_shift(each) for each in found]
        least = least_of(session, person) // _MINUTE
    matched = matching(shifts, meant, caller.zone)
    shift = next((each for each in shifts if each.id == chosen), matched[0] if matched else None)
    start, end = _typed(shift, meant, caller) if shift else (None, None)
    return CoverForm(nonce, tuple(shifts), shift.id if shift else None, start, end, owner, least)


def _shift(each: Held) -> SwapShift:
    row, queue = each.assignment, each.queue
    return SwapShift(row.id, Interval(row.start, row.end), queue.name if queue else None)


def _typed(shift: SwapShift, meant: Sequence[When], caller: Caller) -> tuple[datetime | None, datetime | None]:
    """From when to when, where hours of the shift were typed."""
    hours = (window for each in meant if each.start is not None for window in windows(each, caller.zone))
    for window in hours:
        part = shift.interval.intersection(window)
        if part and part.length > _MINUTE:
            return (
                part.start if part.start != shift.interval.start else None,
                part.end if part.end != shift.interval.end else None,
            )
    return None, None

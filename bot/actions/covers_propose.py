"""Offering work to others: what the form asks for is checked, and the first people are asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.covers_check import CoverCheck
from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Turn, life_of
from bot.actions.covers_waves import ask
from bot.actions.people import Caller
from bot.actions.proxies import person_for
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.swaps_turn import NotLegal
from bot.deps import Deps
from bot.domain.approval import NotPossible
from bot.domain.covers import State
from bot.domain.covers_life import offer as begin_life
from bot.domain.covers_shown import Audience, News, Wrong
from bot.domain.intervals import EmptyInterval, Interval, subtract
from bot.domain.permissions import Actor, Deed
from bot.domain.rules_swaps import Verdict, read_verdict
from storage.counters import next_number
from storage.covers import covers_of_shifts, parts_of
from storage.db import WorkspaceSession
from storage.shifts import queue_of_shift
from storage.swaps import assignment, form_result, remember_form
from storage.tables import Assignment, Cover, Member


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form asks for: an assignment to give away, all of it or from ``start`` or until ``end``.

    ``owner`` is for whom the caller offers it, by their Slack account; None: for themselves.
    """

    nonce: UUID
    assignment: UUID
    start: datetime | None = None
    end: datetime | None = None
    note: str = ""
    owner: str | None = None


class BadOffer(Exception):
    """Everything that is wrong with an offer, or with what somebody would take of one.

    ``least`` is how long a part has to be where one is too short.
    """

    def __init__(self, wrong: tuple[Wrong, ...], least: timedelta | None = None) -> None:
        super().__init__(", ".join(wrong))
        self.wrong, self.least = wrong, least


def offer(deps: Deps, caller: Caller, wanted: Offer) -> UUID:
    """Offers it and asks the first people; its id, also where the form was sent before.

    Raises ``BadOffer``, ``NotLegal`` and ``NotPermitted``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        owner = person_for(session, caller, wanted.owner, Deed.OFFER_COVER)
        known = form_result(session, wanted.nonce)
        if known:
            return known
        now = deps.clock()
        row = assignment(session, wanted.assignment)
        if owner is None or row is None or row.member_id != owner.id:
            raise BadOffer((Wrong.SHIFT_NOT_THEIRS,))
        interval = offered_of(session, row, wanted.start, wanted.end, now, least_of(session, owner))
        verdict = CoverCheck(session, now).giving(owner, interval, queue_of_shift(session, row.shift_id))
        turn = begin_cover(session, deps, caller.actor, row.shift_id, interval, owner, verdict, wanted.note)
        remember_form(session, wanted.nonce, turn.row.id, now)
        _record(turn)
        show(turn, Audience.OWNER, Audience.PROXY)
        if turn.row.entered_by_id:
            say(turn, News.ENTERED, Audience.OWNER)
        ask(turn)
        return turn.row.id


def begin_cover(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    shift_id: UUID,
    interval: Interval,
    owner: Member | None = None,
    verdict: Verdict | None = None,
    note: str = "",
    opened_at: datetime | None = None,
) -> Turn:
    """A new cover, of which nobody knows yet. Raises ``NotLegal``, as far as who acts may read it.

    ``opened_at`` is when the first was opened of several at once; None: now.
    """
    now = deps.clock()
    try:
        life = begin_life(owner.id if owner else None, interval, now, interval.start, actor.member_id, verdict)
    except NotPossible:
        assert verdict
        assert actor.member_id
        raise NotLegal(read_verdict(verdict, actor.member_id, approves=False)) from None
    row = Cover(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, "cover"),
        shift_id=shift_id,
        owner_id=life.owner,
        start=interval.start,
        end=interval.end,
        state=life.state,
        opened_at=opened_at or now,
        expires_at=life.expires_at,
        entered_by_id=life.entered_by,
        wave=0,
    )
    turn = Turn(session, deps, actor, row, [])
    row.note_id = turn.note(note)
    session.add(row)
    session.flush()
    return turn


def offered_of(
    session: WorkspaceSession,
    row: Assignment,
    start: datetime | None,
    end: datetime | None,
    now: datetime,
    least: timedelta,
) -> Interval:
    """What is to be offered of an assignment; raises ``BadOffer`` where that cannot be."""
    if row.replaced_at:
        raise BadOffer((Wrong.SHIFT_CHANGED,))
    whole = Interval(row.start, row.end)
    try:
        interval = Interval(start or whole.start, end or whole.end)
    except EmptyInterval:
        raise BadOffer((Wrong.NO_LENGTH,)) from None
    wrong = []
    if subtract(interval, [whole]):
        wrong.append(Wrong.OUTSIDE_SHIFT)
    if interval.start <= now:
        wrong.append(Wrong.SHIFT_BEGUN)
    if interval.length < least and interval != whole:
        wrong.append(Wrong.TOO_SHORT)
    if _is_offered(session, row, interval):
        wrong.append(Wrong.OFFERED_ALREADY)
    if wrong:
        raise BadOffer(tuple(wrong))
    return interval


def least_of(session: WorkspaceSession, owner: Member | None) -> timedelta:
    """The shortest part of a shift that can be offered or taken, where the owner works."""
    scope = f"team:{owner.team_id}" if owner and owner.team_id else WORKSPACE
    return timedelta(minutes=preferences(session, scope).cover_least_minutes)


def _record(turn: Turn) -> None:
    session, deps, row = turn.session, turn.deps, turn.row
    after = {"state": row.state}
    if row.entered_by_id:
        after["for"] = str(row.owner_id)
        record(session, deps, turn.actor, "cover.enter", ("cover", row.id), None, after, row.number)
    else:
        record(session, deps, turn.actor, "cover.offer", ("cover", row.id), None, after, row.number)


def _is_offered(session: WorkspaceSession, row: Assignment, interval: Interval) -> bool:
    """Whether a cover that is open waits for somebody to take any of it."""
    covers = covers_of_shifts(session, [row.shift_id], [State.OPEN])
    parts = parts_of(session, [each.id for each in covers])
    return any(
        left.overlaps(interval)
        for each in covers
        if each.owner_id == row.member_id
        for left in life_of(each, parts.get(each.id, [])).unsettled
    )

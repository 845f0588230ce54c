"""Somebody leaves or comes back: what becomes of what they were to work, and of what waited for them."""

from uuid import UUID

from bot.actions.covers_tell import say
from bot.actions.covers_tell import show as show_cover
from bot.actions.covers_turn import Turn
from bot.actions.departures_cards import CARD, offers_of, say_back, show, stints_of
from bot.actions.handover import LEFT, RETURNED, Handover, hand_over
from bot.actions.outbox import touch
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.covers import GiveUp, PartState
from bot.domain.covers_shown import Audience, News
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor
from storage.covers import parts_in
from storage.db import WorkspaceSession
from storage.departures import assignments_ahead, departures_ahead
from storage.shifts import assignments_of
from storage.tables import Departure, Member


def follow(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member, *, was_gone: bool) -> None:
    """Does what follows from it where a member has left, or has come back, just now."""
    gone = member.deactivated_at is not None
    if gone and not was_gone:
        _leave(session, deps, actor, member)
    elif was_gone and not gone:
        _return(session, deps, actor, member)


def _leave(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member) -> None:
    """Nobody works what is ahead of them, and the coordinators see who could; what has begun stays as it is.

    Swaps that wait for any of it, and covers of it, end as for any shift that changes hands.
    """
    _give_up_parts(session, deps, actor, member.id)
    rows = assignments_ahead(session, member.id, deps.clock())
    work = [
        {"shift": str(row.shift_id), "start": row.start.isoformat(), "end": row.end.isoformat()} for row in rows
    ]
    for shift_id, interval in [(row.shift_id, Interval(row.start, row.end)) for row in rows]:
        hand_over(session, deps, actor, Handover(shift_id, interval, member.id, None, LEFT))
    if rows:
        departure = Departure(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            member_id=member.id,
            work=work,
            until=max(row.end for row in rows),
            left_at=deps.clock(),
        )
        session.add(departure)
        session.flush()
        record(session, deps, actor, "people.leave", ("member", member.id), None, {"shifts": len(rows)})
        show(session, deps, departure)


def _return(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member) -> None:
    """What nobody took is theirs again; what somebody waits for approval of is not."""
    for departure in departures_ahead(session, deps.clock(), member.id):
        if departure.returned_at is None:
            departure.returned_at = deps.clock()
            given = _give_back(session, deps, actor, departure)
            record(session, deps, actor, "people.return", ("member", member.id), None, {"shifts": given})
            touch(session, deps, CARD, departure.id)
            say_back(session, deps, departure, given)


def _give_back(session: WorkspaceSession, deps: Deps, actor: Actor, departure: Departure) -> int:
    """The number of parts of shifts that are theirs again."""
    given = 0
    for stint in stints_of(departure):
        rows = assignments_of(session, [stint.shift_id])
        offers = offers_of(session, rows)
        for row in rows:
            offer = offers.get(row.id)
            waits = offer is not None and offer.taker_id is not None
            theirs = Interval(row.start, row.end).intersection(stint.interval)
            if theirs and row.member_id is None and row.start > deps.clock() and not waits:
                handover = Handover(stint.shift_id, theirs, None, departure.member_id, RETURNED)
                hand_over(session, deps, actor, handover)
                given += 1
    return given


def _give_up_parts(session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID) -> None:
    """Others are asked to take what they took and nobody has approved."""
    for row in parts_in(session, [PartState.NEEDS_APPROVAL]):
        if row.taker_id == member_id:
            turn, taken = Turn.of_part(session, deps, actor, row.id)
            states = turn.become(GiveUp(row.id, member_id))
            record(session, deps, actor, "cover.give_up", ("cover", row.cover_id), *states, turn.row.number)
            show_cover(turn)
            say(turn, News.GIVEN_UP, Audience.OWNER, Audience.PROXY, part=taken)

"""What those do to whom time off is offered: they go, unless they are needed by now, or stay."""

from datetime import timedelta
from uuid import UUID

from bot.actions.coverage_day import CoverageDay
from bot.actions.coverage_surplus import become, go_on
from bot.actions.coverage_surplus_cards import show
from bot.actions.own import zone_of
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.timeoff_cards import show as show_request
from bot.actions.timeoff_decide import settle
from bot.actions.timeoff_reckon import balance_with
from bot.actions.timeoff_requests import Turn
from bot.deps import Deps
from bot.domain.coverage_surplus import KIND, Answer, Needed, NotOffered, State, is_at_work
from bot.domain.intervals import Interval
from bot.domain.ladder_moves import soonest
from bot.domain.limits import folded
from bot.domain.permissions import Deed
from bot.domain.timeoff import Day
from bot.domain.timeoff import State as Standing
from bot.domain.timeoff_kinds import PAID
from bot.domain.timeoff_seen import Audience
from bot.domain.wallclock import local_date
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.people import member
from storage.surplus import surplus_ask, surplus_asks, surplus_offer
from storage.tables import LeaveRequest, SurplusAsk, SurplusOffer
from storage.timeoff_requests import day_documents

_SHORTEST = timedelta(minutes=15)
_MINUTE = timedelta(minutes=1)


def take(deps: Deps, caller: Caller, offer_id: UUID, *, paid: bool) -> Interval:
    """The caller goes, unpaid or by their paid leave; when.

    Raises ``NotPermitted``, ``NotOffered``, ``Needed``, and ``TooLittle`` where there is not enough leave.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        row, asked = _asked(session, caller, offer_id)
        if asked.answer == Answer.TOOK:
            return Interval(asked.start, asked.end)
        taken = sum(each.answer == Answer.TOOK for each in surplus_asks(session, row.id))
        start = max(asked.start, soonest(deps.clock()))
        if row.state != State.OPEN or taken >= row.places or asked.end - start < _SHORTEST:
            raise NotOffered
        interval = Interval(start, asked.end)
        floor = CoverageDay.of(session, interval, deps.clock())
        if not is_at_work(floor.crew.hands, asked.member_id, interval):
            raise NotOffered
        if not floor.can_spare(asked.member_id, interval):
            raise Needed
        request_id = _go(session, deps, caller, asked.member_id, interval, paid=paid)
        asked.start, asked.request_id = start, request_id
        _answer(session, deps, caller, row, asked, Answer.TOOK)
        if taken + 1 >= row.places:
            become(session, deps, caller.actor, row, State.FILLED)
        go_on(session, deps, row)
        return interval


def decline(deps: Deps, caller: Caller, offer_id: UUID) -> None:
    """The caller stays; once all who were asked have said so, the next are asked.

    Raises ``NotPermitted`` and ``NotOffered``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        row, asked = _asked(session, caller, offer_id)
        if asked.answer:
            return
        _answer(session, deps, caller, row, asked, Answer.DECLINED)
        go_on(session, deps, row)


def _asked(session: WorkspaceSession, caller: Caller, offer_id: UUID) -> tuple[SurplusOffer, SurplusAsk]:
    me = caller.actor.member_id
    caller.actor.require(Deed.GO_EARLY, of=me)
    row = surplus_offer(session, offer_id)
    asked = surplus_ask(session, offer_id, me) if row and me else None
    if row is None or asked is None:
        raise NotOffered
    return row, asked


def _answer(
    session: WorkspaceSession, deps: Deps, caller: Caller, row: SurplusOffer, asked: SurplusAsk, answer: Answer
) -> None:
    asked.answer, asked.answered_at = answer, deps.clock()
    session.flush()
    record(session, deps, caller.actor, "surplus.answer", ("surplus", row.id), None, {"answer": answer})
    show(session, deps, row)


def _go(
    session: WorkspaceSession, deps: Deps, caller: Caller, member_id: UUID, interval: Interval, *, paid: bool
) -> UUID:
    """Time off that needs nobody's approval; enough people are left, so nobody is asked to step in."""
    person = member(session, member_id)
    assert person
    preferred = preferences(session, f"team:{person.team_id}" if person.team_id else WORKSPACE)
    zone, now, request_id = zone_of(session, person, preferred), deps.clock(), deps.new_id()
    day = local_date(interval.start, zone)
    taken = (Day(day, round(interval.length / _MINUTE), (interval,)),)
    kind = preferred.leave[folded(PAID)] if paid else None
    if kind:
        balance_with(session, deps, person, kind, request_id, taken)
    said = {"first": day.isoformat(), "last": day.isoformat(), "part": None, "eve": None, "zone": zone.key}
    edges = (each.astimezone(zone).time().isoformat() for each in (interval.start, interval.end))
    row = LeaveRequest(
        workspace_id=session.workspace_id,
        id=request_id,
        number=next_number(session, "timeoff"),
        member_id=person.id,
        kind=folded(PAID) if paid else KIND,
        ledger=kind.ledger if kind else None,
        state=Standing.APPROVED,
        asked=said | dict(zip(("start", "end"), edges, strict=True)),
        wanted=day_documents(taken),
        days=day_documents(taken),
        first=day,
        last=day,
        start=interval.start,
        end=interval.end,
        review={},
        talk=[],
        asked_at=now,
        expires_at=interval.start,
        decided_at=now,
        rung=0,
    )
    session.add(row)
    session.flush()
    after = {"state": row.state, "minutes": taken[0].minutes}
    record(session, deps, caller.actor, "timeoff.ask", ("timeoff", row.id), None, after, row.number)
    show_request(session, deps, row, Audience.ASKER)
    settle(Turn(session, deps, caller.actor, row), holes=())
    return row.id

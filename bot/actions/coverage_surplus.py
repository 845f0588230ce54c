"""Offers time off where more people are there than are needed: fairly, a few at a time, to those who are there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.coverage_day import CoverageDay
from bot.actions.coverage_surplus_cards import show, show_asked
from bot.actions.fairness import burdens
from bot.actions.people import Caller, somebody
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.coverage_gaps import Least
from bot.domain.coverage_patterns import Spare, spare
from bot.domain.coverage_supply import Post
from bot.domain.coverage_surplus import (
    LATELY,
    Leaver,
    NobodyToAsk,
    NotOffered,
    OfferedAlready,
    State,
    at_work,
    in_turn,
    key_of,
    when_to_go,
)
from bot.domain.fairness import Hardship
from bot.domain.intervals import Interval
from bot.domain.permissions import CLOCK, Actor, Deed
from bot.domain.timeoff import LIVE
from bot.domain.wallclock import ONE_DAY, days, local_date
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.surplus import gone_since, last_asked, surplus_asks, surplus_offer, surplus_offers
from storage.swaps import form_result, remember_form
from storage.tables import SurplusAsk, SurplusOffer

# What the audit calls it.
_KIND = "surplus"


def look(deps: Deps, caller: Caller) -> tuple[Spare, ...]:
    """When more people are there than are needed, today and tomorrow, and somebody of them could go.

    Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.CHANGE_DAY)
    now = deps.clock()
    today = local_date(now, caller.zone)
    within = Interval(now, days(today, today + ONE_DAY, caller.zone).end)
    with deps.sessions.read(caller.workspace_id) as session:
        floor, least = CoverageDay.of(session, within, now), _least(session)
    return tuple(each for each in spare(floor.there, least) if any(_could_go(floor, each, least, now)))


def offer(deps: Deps, caller: Caller, posts_key: UUID, interval: Interval, nonce: UUID) -> UUID:
    """Offers it to those who serve just these posts, as many as are too many; its id, also if it was sent before.

    Raises ``NotPermitted``, ``OfferedAlready``, ``NobodyToAsk``, or ``NotOffered`` where everybody is needed now.
    """
    caller.actor.require(Deed.CHANGE_DAY)
    assert caller.actor.member_id
    with deps.sessions.write(caller.workspace_id) as session:
        if known := form_result(session, nonce):
            return known
        now = deps.clock()
        there = CoverageDay.of(session, interval, now).there if interval.end > now else ()
        found = spare(there, _least(session))
        mine = next((each for each in found if key_of(each.posts) == posts_key), None)
        if mine is None:
            raise NotOffered
        for other in surplus_offers(session, State.OPEN):
            if posts_of(other) == mine.posts and Interval(other.start, other.end).overlaps(mine.interval):
                raise OfferedAlready(somebody(session, other.offered_by_id))
        row = SurplusOffer(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            posts=[{"queue": each.queue, "skill": each.skill} for each in sorted(mine.posts)],
            start=mine.interval.start,
            end=mine.interval.end,
            places=max(1, int(mine.heads)),
            state=State.OPEN,
            wave=0,
            next_wave_at=now,
            offered_by_id=caller.actor.member_id,
            offered_at=now,
        )
        session.add(row)
        session.flush()
        remember_form(session, nonce, row.id, now)
        record(session, deps, caller.actor, "surplus.offer", (_KIND, row.id), None, {"places": row.places})
        ask(session, deps, row)
        if not surplus_asks(session, row.id):
            raise NobodyToAsk
        return row.id


def withdraw(deps: Deps, caller: Caller, offer_id: UUID) -> None:
    """Nobody else may go by it; who has gone stays away. Raises ``NotPermitted`` and ``NotOffered``."""
    caller.actor.require(Deed.CHANGE_DAY)
    with deps.sessions.write(caller.workspace_id) as session:
        row = surplus_offer(session, offer_id)
        if row is None or row.state != State.OPEN:
            raise NotOffered
        become(session, deps, caller.actor, row, State.WITHDRAWN)


def turn(deps: Deps, workspace_id: str) -> None:
    """Asks the next people, and ends what is over."""
    CLOCK.require(Deed.WATCH_GAPS)
    with deps.sessions.read(workspace_id) as session:
        now = deps.clock()
        due = [row.id for row in surplus_offers(session, State.OPEN) if _is_due(session, row, now)]
    for offer_id in due:
        with deps.sessions.write(workspace_id) as session:
            row = surplus_offer(session, offer_id)
            if row and row.state == State.OPEN and _is_due(session, row, deps.clock()):
                ask(session, deps, row)


def become(session: WorkspaceSession, deps: Deps, actor: Actor, row: SurplusOffer, state: State) -> None:
    """It stands otherwise from now on, which everybody who knows of it sees."""
    before = {"state": row.state}
    row.state, row.next_wave_at = state, None
    session.flush()
    record(session, deps, actor, "surplus.change", (_KIND, row.id), before, {"state": state})
    show(session, deps, row)


def ask(session: WorkspaceSession, deps: Deps, row: SurplusOffer) -> None:
    """Asks the next people; where nobody is left to be asked, or to answer, it is over."""
    now, preferred = deps.clock(), preferences(session)
    asked = surplus_asks(session, row.id)
    found = _next(session, row, {each.member_id for each in asked}, now)[: preferred.cover_wave_size]
    for each in found:
        key = {"workspace_id": session.workspace_id, "offer_id": row.id, "member_id": each.id}
        session.add(SurplusAsk(**key, start=each.interval.start, end=each.interval.end, asked_at=now))
    session.flush()
    if found:
        row.wave += 1
        row.next_wave_at = now + timedelta(minutes=preferred.cover_wave_minutes)
        session.flush()
        show_asked(session, deps, row, [each.id for each in found])
        show(session, deps, row)
    elif _is_too_late(session, row, now) or all(each.answer for each in asked):
        become(session, deps, CLOCK, row, State.OVER)
    else:
        row.next_wave_at = None
        session.flush()


def go_on(session: WorkspaceSession, deps: Deps, row: SurplusOffer) -> None:
    """Once all who were asked have said so, the next are."""
    if row.state == State.OPEN and all(each.answer for each in surplus_asks(session, row.id)):
        ask(session, deps, row)


def posts_of(row: SurplusOffer) -> frozenset[Post]:
    """Those that the people serve to whom it is offered."""
    return frozenset(Post(each["queue"], each["skill"]) for each in row.posts)


def _least(session: WorkspaceSession) -> Least:
    preferred = preferences(session)
    return Least(preferred.surplus_least_heads, timedelta(minutes=preferred.surplus_least_minutes))


def _is_due(session: WorkspaceSession, row: SurplusOffer, now: datetime) -> bool:
    return _is_too_late(session, row, now) or (row.next_wave_at is not None and row.next_wave_at <= now)


def _is_too_late(session: WorkspaceSession, row: SurplusOffer, now: datetime) -> bool:
    return row.end - now < _least(session).length


def _could_go(floor: CoverageDay, spared: Spare, least: Least, now: datetime) -> Iterator[tuple[UUID, Interval]]:
    """Who of those that serve just these posts begins or ends work then, and when they would go."""
    for hand in floor.crew.hands:
        time = when_to_go(at_work(hand), spared.interval, least.length, now)
        there = hand.present() if time else ()
        if time and any(each.posts == spared.posts and each.interval.overlaps(spared.interval) for each in there):
            yield hand.id, time


def _next(session: WorkspaceSession, row: SurplusOffer, but: Iterable[UUID], now: datetime) -> Sequence[Leaver]:
    """Who could go and was not asked yet, in turn."""
    if _is_too_late(session, row, now):
        return ()
    spared, known = Spare(Interval(row.start, row.end), posts_of(row), row.places), set(but)
    floor = CoverageDay.of(session, spared.interval, now)
    could = _could_go(floor, spared, _least(session), now)
    when = {who: time for who, time in could if who not in known and floor.can_spare(who, time)}
    people = members_by_id(session, when)
    there = [each for each in when if people[each].slack_id]
    gone: defaultdict[UUID, timedelta] = defaultdict(timedelta)
    for each in gone_since(session, now - LATELY, tuple(LIVE)):
        gone[each.member_id] += each.end - each.start
    hard, last = burdens(session, there, now), last_asked(session, there)
    return in_turn(Leaver(each, when[each], gone[each], hard[each].of(Hardship), last.get(each)) for each in there)

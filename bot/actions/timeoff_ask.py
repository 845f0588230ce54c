"""Asking for time off: said back with what it costs first, and then sent to who approves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.actions.notes import write_note
from bot.actions.people import Caller, somebody
from bot.actions.proxies import person_for
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.timeoff import usual_day
from bot.actions.timeoff_cards import say, show
from bot.actions.timeoff_decide import settle
from bot.actions.timeoff_end import withdraw_request
from bot.actions.timeoff_limits import hits
from bot.actions.timeoff_reckon import Reckoned, balance_with, reckon
from bot.actions.timeoff_requests import Turn
from bot.actions.timeoff_waitlist import asked_for
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.timeoff import LIVE, STANDING, Day, NothingToTake, NotOpen, State, away
from bot.domain.timeoff_asked import AskedAlready, Balance, Blocked, Echo, OverAlready, Wish
from bot.domain.timeoff_life import ask as begin_life
from bot.domain.timeoff_limits import Hit, Policy, policy_of
from bot.domain.timeoff_seen import DECIDING, Audience, News
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.swaps import form_result, remember_form
from storage.tables import LeaveRequest, Member
from storage.timeoff_requests import change_of, day_documents, read_days, request, requests_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is sent: a wish, of whom by their Slack account (None: the caller), and a note to who approves it."""

    nonce: UUID
    wish: Wish
    whom: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A wish that can be asked for, looked at whole."""

    person: Member
    wish: Wish
    reckoned: Reckoned
    days: tuple[Day, ...]
    balances: tuple[Balance, ...]
    hits: tuple[Hit, ...]
    replaced: LeaveRequest | None  # which stands until this is approved
    withdrawn: LeaveRequest | None  # which waits, and is withdrawn with this

    @property
    def needs_approval(self) -> bool:
        return self.reckoned.kind.approval


def understood(deps: Deps, caller: Caller, wish: Wish, whom: str | None = None) -> Echo:
    """What a wish comes to, for whoever wishes it or enters it for somebody; nothing is written.

    Raises what ``ask`` does, but asks about work of the evening before.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        ready = _prepare(session, deps, caller, wish, whom, deps.new_id())
        found = ready.reckoned
        return Echo(
            wish,
            found.kind.name,
            None if ready.person.id == caller.actor.member_id else somebody(session, ready.person.id),
            found.today,
            ready.days,
            usual_day(ready.person, wish.when.first),
            ready.needs_approval,
            ready.balances,
            found.left_out,
            found.asks,
            ready.hits,
            ready.replaced.number if ready.replaced else None,
            ready.withdrawn.number if ready.withdrawn else None,
        )


def ask(deps: Deps, caller: Caller, asked: Asked) -> UUID:
    """Sends it; its id, also where the form was sent before. What needs no approval is approved.

    Raises ``NotPermitted``, ``UnknownKind``, ``NotInSuchPieces``, ``WhichHalf``, ``EndMissing``, ``NoPattern``,
    ``TooLong``, ``OverAlready``, ``NothingToTake``, ``AskedAlready``, ``TooLittle``, ``Blocked``, and ``NotOpen``
    or ``NothingLeft`` where what it changes cannot be changed.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        person_for(session, caller, asked.whom, Deed.ASK_TIMEOFF)
        if known := form_result(session, asked.nonce):
            return known
        request_id = deps.new_id()
        ready = _prepare(session, deps, caller, asked.wish, asked.whom, request_id)
        if ready.withdrawn:
            withdraw_request(Turn(session, deps, caller.actor, ready.withdrawn))
        turn = _begun(session, deps, caller, ready, request_id, asked.note)
        remember_form(session, asked.nonce, request_id, deps.clock())
        _tell(turn)
        turn.free_days()
        return request_id


def _prepare(
    session: WorkspaceSession, deps: Deps, caller: Caller, wish: Wish, whom: str | None, request_id: UUID
) -> _Prepared:
    person, now = person_for(session, caller, whom, Deed.ASK_TIMEOFF), deps.clock()
    if person is None or person.deactivated_at:
        raise NotPermitted(Deed.ASK_TIMEOFF)
    replaced, withdrawn = _changed(session, person, wish)
    others = [each for each in (replaced, withdrawn) if each]
    found = reckon(session, deps, person, wish)
    days = found.days
    if replaced:
        # What has begun stays with the request that it was taken by.
        stays = {each.day for each in read_days(replaced.days) if each.has_begun(now)}
        days = tuple(each for each in days if each.day not in stays)
    is_own = person.id == caller.actor.member_id
    earliest = min([found.today, *(each.first for each in others)])
    if is_own and found.kind.approval and wish.when.first < earliest:
        raise OverAlready
    if not any(each.minutes for each in days):
        raise NothingToTake
    _demand_free(session, person, days, others)
    balances = balance_with(session, deps, person, found.kind, request_id, days, others)
    met = _met(session, person, days, now) if found.kind.approval else ()
    return _Prepared(person, wish, found, days, balances, met, replaced, withdrawn)


def _changed(
    session: WorkspaceSession, person: Member, wish: Wish
) -> tuple[LeaveRequest | None, LeaveRequest | None]:
    """What the wish takes the place of once it is approved, and what it does at once because that still waits.

    Raises ``NotOpen`` where it cannot be changed, or a change of it waits already.
    """
    row = request(session, wish.replaces) if wish.replaces else None
    if row is None:
        return None, None
    if row.member_id != person.id or row.state not in LIVE:
        raise NotOpen(State(row.state))
    if row.state == State.NEEDS_APPROVAL:
        standing = request(session, row.replaces_id) if row.replaces_id else None
        return (standing if standing and standing.state in STANDING else None), row
    if change_of(session, row):
        raise NotOpen(State.NEEDS_APPROVAL)
    return row, None


def _demand_free(
    session: WorkspaceSession, person: Member, days: tuple[Day, ...], others: Sequence[LeaveRequest]
) -> None:
    """Raises ``AskedAlready`` where another request of theirs is for some of the time."""
    gone = away(days)
    for row in requests_of(session, person.id, LIVE):
        if row in others:
            continue
        theirs = away(read_days(row.days))
        if any(one.overlaps(other) for one in gone for other in theirs):
            raise AskedAlready(row.number, State(row.state), row.first, row.last)


def _met(session: WorkspaceSession, person: Member, days: tuple[Day, ...], now: datetime) -> tuple[Hit, ...]:
    """The limits that it meets. Raises ``Blocked`` where they do not let it be sent."""
    met = hits(session, person, {each.day for each in days if each.minutes}, now)
    if policy_of(met) is Policy.BLOCK:
        raise Blocked([each for each in met if each.limit.policy is Policy.BLOCK])
    return met


def _begun(
    session: WorkspaceSession, deps: Deps, caller: Caller, ready: _Prepared, request_id: UUID, note: str
) -> Turn:
    now, person, found, wish = deps.clock(), ready.person, ready.reckoned, ready.wish
    preferred = preferences(session, f"team:{person.team_id}" if person.team_id else WORKSPACE)
    gone, by = away(ready.days), caller.actor.member_id
    expires_at = _expires(found, preferred, now)
    life = begin_life(person.id, ready.days, now, expires_at, by, needs_approval=ready.needs_approval)
    assert by
    row = LeaveRequest(
        workspace_id=session.workspace_id,
        id=request_id,
        number=next_number(session, "timeoff"),
        member_id=person.id,
        kind=wish.kind,
        ledger=found.kind.ledger,
        state=life.state,
        asked=_document(wish) | {"zone": found.zone.key},
        wanted=day_documents(life.wanted),
        days=day_documents(life.days),
        first=min(each.day for each in life.wanted),
        last=max(each.day for each in life.wanted),
        start=gone[0].start,
        end=gone[-1].end,
        review={},
        note_id=write_note(session, deps, by, note),
        talk=[],
        asked_at=now,
        expires_at=life.expires_at,
        decided_at=None if ready.needs_approval else now,
        entered_by_id=next(iter(life.proxies), None),
        replaces_id=ready.replaced.id if ready.replaced else None,
        rung=0,
    )
    session.add(row)
    session.flush()
    turn = Turn(session, deps, caller.actor, row)
    turn.keep_ledgers()
    asked_for(session, deps, caller.actor, person.id, [each.day for each in life.days if each.minutes])
    after = {"state": row.state, "minutes": sum(each.minutes for each in life.days)}
    after |= {"for": str(person.id)} if row.entered_by_id else {}
    record(session, deps, caller.actor, "timeoff.ask", ("timeoff", row.id), None, after, row.number)
    return turn


def _document(wish: Wish) -> dict[str, Any]:
    when = wish.when
    return {
        "first": when.first.isoformat(),
        "last": when.last.isoformat(),
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "part": when.part.value if when.part else None,
        "eve": wish.eve,
    }


def _tell(turn: Turn) -> None:
    session, deps, row = turn.session, turn.deps, turn.row
    show(session, deps, row, Audience.ASKER, Audience.PROXY)
    if row.entered_by_id:
        say(session, deps, row, News.ENTERED, Audience.ASKER)
    if row.state == State.NEEDS_APPROVAL:
        row.review = turn.review().digest
        show(session, deps, row, *DECIDING)
    else:
        settle(turn, turn.review().holes)


def _expires(found: Reckoned, preferred: Preferences, now: datetime) -> datetime:
    """When the leave begins; of what has begun already, and of what is far ahead, when it waited for too long."""
    latest = now + timedelta(days=preferred.leave_expiry_days)
    return min(found.begins, latest) if found.begins > now else latest

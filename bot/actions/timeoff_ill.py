"""Somebody is ill during their leave: it is noted, and the days go back once somebody has seen a certificate."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from bot.actions.approvers import approver_of, private_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.own import zone_of
from bot.actions.people import Caller, somebody
from bot.actions.record import record
from bot.actions.timeoff import ledgers_of, store
from bot.actions.timeoff_requests import Turn, UnknownRequest
from bot.actions.typed import read_typed
from bot.deps import Deps
from bot.domain.absences_said import Said
from bot.domain.permissions import Deed
from bot.domain.timeoff import TAKEN
from bot.domain.timeoff_ends import ended
from bot.domain.timeoff_ill import IllAsked, IllnessShown, days_ill, days_of_leave, given_back
from bot.domain.wallclock import local_date
from bot.domain.when import Understood, When
from bot.views import timeoff_ill as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.people import member
from storage.swaps import form_result, remember_form
from storage.tables import LeaveIllness, Member
from storage.timeoff import write
from storage.timeoff_ill import illness, illness_of
from storage.timeoff_requests import day_documents, read_days, request, requests_of

CARD, TOLD, ASKED = "timeoff.illness", "timeoff.illness_told", "timeoff.illness_asked"
_BACK = timedelta(days=92)  # so late somebody may still say that they were ill


class KnownAlready(Exception):
    """These days were given back, or wait for a certificate, or take no leave."""


class Decided(Exception):
    """Somebody has said already whether it is certified."""


@dataclass(frozen=True, slots=True)
class Ill:
    """Somebody is ill from a day of a leave to another."""

    nonce: UUID
    request_id: UUID
    first: date
    last: date


def what_ill(deps: Deps, caller: Caller, whom: Member | None, when: When | None) -> IllAsked | None:
    """The days of leave that are meant by who says that they are ill then, None: now; None where there are none.

    Raises ``NotPermitted``, and ``KnownAlready`` where all of them are known.
    """
    member_id = whom.id if whom else caller.actor.member_id
    with deps.sessions.read(caller.workspace_id) as session:
        person = member(session, member_id) if member_id else None
        if person is None:
            return None
        caller.actor.require(Deed.REPORT_ABSENCE, of=person.id, team=person.team_id)
        for row in requests_of(session, person.id, TAKEN, deps.clock() - _BACK):
            found = _meant(Turn(session, deps, caller.actor, row), when)
            if found:
                return replace(found, whose=somebody(session, whom.id)) if whom else found
    return None


def ask_ill_in_message(deps: Deps, caller: Caller, event_id: str, said: Said) -> bool:
    """Asks who wrote to the bot that they are ill whether days of leave are to go back; False: there are none.

    Nothing of what they wrote is kept. Raises ``NotPermitted``.
    """
    meaning = read_typed(caller, said.rest, deps.clock()) if said.rest else None
    when = meaning.when if isinstance(meaning, Understood) else None
    try:
        asked = None if said.late else what_ill(deps, caller, None, when)
    except KnownAlready:
        return False
    if asked is None:
        return False
    with deps.sessions.write(caller.workspace_id) as session:
        tell(
            session,
            deps,
            to=caller.slack_id,
            card=ASKED,
            subject=asked.request_id,
            key=f"{ASKED}:{event_id}",
            facts={
                "nonce": str(deps.new_id()),
                "last": asked.last.isoformat(),
                "days": [each.isoformat() for each in asked.days],
                "open": asked.is_open,
                "beyond": asked.beyond,
            },
            priority=Priority.PRESS,
        )
    return True


def report_ill(deps: Deps, caller: Caller, said: Ill) -> UUID:
    """Notes it, once for each form, and has somebody who may say whether it is certified.

    Raises ``UnknownRequest``, ``NotPermitted`` and ``KnownAlready``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        if known := form_result(session, said.nonce):
            return known
        turn = Turn.of(session, deps, caller.actor, said.request_id)
        row, person = turn.row, turn.person
        caller.actor.require(Deed.REPORT_ABSENCE, of=person.id, team=person.team_id)
        spans = [(each.first, each.last) for each in illness_of(session, row.id)]
        days = days_ill(read_days(row.days), said.first, said.last, spans)
        if row.state not in TAKEN or not days:
            raise KnownAlready
        found = LeaveIllness(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            request_id=row.id,
            first=days[0],
            last=days[-1],
            said_at=deps.clock(),
            said_by_id=None if person.id == caller.actor.member_id else caller.actor.member_id,
        )
        session.add(found)
        remember_form(session, said.nonce, found.id, deps.clock())
        after = {"start": found.first.isoformat(), "end": found.last.isoformat()}
        record(session, deps, caller.actor, "timeoff.ill", ("timeoff", row.id), None, after, row.number)
        # Others read that somebody is away, and never why.
        for lane in private_lanes(session, {person.id, found.said_by_id}, deps.clock()):
            tell(session, deps, to=lane, card=CARD, subject=found.id, key=f"{CARD}:{found.id}:{lane}")
        return found.id


def certify(deps: Deps, caller: Caller, illness_id: UUID, *, certified: bool) -> None:
    """Says whether a certificate was seen; if so, what the days took goes back to where it came from.

    Raises ``UnknownRequest``, ``Decided``, ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` and
    ``NotAnApprover``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        found = illness(session, illness_id)
        if found is None:
            raise UnknownRequest
        turn, now = Turn.of(session, deps, caller.actor, found.request_id), deps.clock()
        person, said_by = turn.person, {found.said_by_id} if found.said_by_id else set()
        approver_of(session, caller.actor, Deed.CERTIFY_ILLNESS, person.team_id, {person.id}, said_by, now)
        if found.certified is not None:
            raise Decided
        found.certified, found.decided_by_id, found.decided_at = certified, turn.who, now
        session.flush()
        if certified:
            _give_back(turn, found)
        after = {"certified": certified, "start": found.first.isoformat(), "end": found.last.isoformat()}
        record(
            session, deps, caller.actor, "timeoff.certify", ("timeoff", turn.row.id), None, after, turn.row.number
        )
        touch(session, deps, CARD, found.id)
        if person.slack_id and not person.deactivated_at:
            tell(session, deps, to=person.slack_id, card=TOLD, subject=found.id, key=f"{TOLD}:{found.id}")


def register_cards(cards: Cards, deps: Deps) -> None:
    """The coordinators' card, what the person is told, and what they are asked who wrote that they are ill."""

    def load(session: WorkspaceSession, illness_id: UUID | None) -> IllnessShown | None:
        row = illness(session, illness_id) if illness_id else None
        return _shown(session, deps, row) if row else None

    def draw_asked(request_id: UUID, _audience: str, formats: Formats, facts: Facts) -> Message:
        days = tuple(map(date.fromisoformat, facts["days"]))
        last = date.fromisoformat(facts["last"])
        asked = IllAsked(request_id, None, last, days, facts["open"], facts["beyond"])
        return views.ask(asked, UUID(facts["nonce"]), formats)

    cards.register(CARD, load, lambda shown, _audience, formats, _facts: views.illness_card(shown, formats))
    cards.register(TOLD, load, lambda shown, _audience, formats, _facts: views.told(shown, formats))
    cards.register(ASKED, lambda _session, subject: subject, draw_asked)


def _meant(turn: Turn, when: When | None) -> IllAsked | None:
    """The days of a leave that are meant, if any can go back. Raises ``KnownAlready`` where all are known."""
    row, leave = turn.row, read_days(turn.row.days)
    if not leave or not turn.kind.back_when_ill:
        return None
    today = local_date(turn.deps.clock(), zone_of(turn.session, turn.person, turn.preferred))
    begins, last = min(each.day for each in leave), max(each.day for each in leave)
    if when is None and not begins <= today <= last:
        return None
    first, until = (today, last) if when is None else (when.first, when.last)
    known = [(each.first, each.last) for each in illness_of(turn.session, row.id)]
    days = days_ill(leave, first, until, known)
    if days:
        return IllAsked(row.id, None, last, days, when is None and len(days) > 1, until > last)
    if days_of_leave(leave, first, until) or begins <= first <= until <= last:
        raise KnownAlready
    return None


def _shown(session: WorkspaceSession, deps: Deps, found: LeaveIllness) -> IllnessShown:
    row = request(session, found.request_id)
    assert row
    person = session.get_one(Member, (session.workspace_id, row.member_id))
    ill = [each for each in read_days(row.days) if each.minutes and found.first <= each.day <= found.last]
    ledgers = ledgers_of(session, deps, [person])[person.id]
    return IllnessShown(
        found.id,
        somebody(session, person.id),
        found.first,
        found.last,
        len(ill),
        sum(each.minutes for each in ill),
        ledgers.day_minutes(found.first),
        found.certified,
        somebody(session, found.decided_by_id) if found.decided_by_id else None,
        row.ledger in ledgers.books,
    )


def _give_back(turn: Turn, found: LeaveIllness) -> None:
    """What was due before is settled first: hours of a lot that is over since are kept, and do not lapse."""
    session, deps, row, now = turn.session, turn.deps, turn.row, turn.deps.clock()
    ledgers = ledgers_of(session, deps, [turn.person])[row.member_id]
    store(session, deps, ledgers)
    row.days = day_documents(
        replace(each, given_back=each.minutes) if found.first <= each.day <= found.last else each
        for each in read_days(row.days)
    )
    session.flush()
    book = ledgers.books.get(row.ledger or "")
    leave = next((each for each in book.leaves if each.id == row.id), None) if book else None
    if book is None or leave is None or row.ledger is None:
        return
    days = [each.day for each in leave.days if found.first <= each.day <= found.last]
    plan = ledgers.plan(row.ledger, book)
    after = ended(
        book.booked(given_back(leave, days)), plan.ends, ledgers.today, ledgers.today, deps.new_id, keep=True
    )
    write(session, (row.member_id, row.ledger), book, after, now, deps.new_id)

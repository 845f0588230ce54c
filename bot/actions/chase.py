"""When the clock looks at a question to a department next, and what becomes of it when something happens.

Whoever changes an escalation calls ``heard`` where the department has said something, else ``plan_next``; and
first of all ``count_miss``, because a promised time that has gone by counts although nobody has looked yet.
"""

from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from bot.actions import nudges
from bot.actions.cards import Facts
from bot.actions.departments import hours_of, lead_of, rungs_of
from bot.actions.escalations_load import is_over
from bot.actions.outbox import touch
from bot.actions.people import somebody
from bot.actions.record import record
from bot.deps import Deps
from bot.domain import chase
from bot.domain.chase import Chased
from bot.domain.chase_shown import Why
from bot.domain.desks import DeskHours
from bot.domain.escalations import OPEN, WAITING, EtaState, State
from bot.domain.matrix import USUAL, Rung, Severity
from bot.domain.nudges import Ended, Kind
from bot.domain.permissions import CLOCK, Role
from storage.db import WorkspaceSession
from storage.escalations import open_eta
from storage.matrix import department
from storage.outbox import message_of_key
from storage.people import holders
from storage.tables import Case, Escalation, Message

# What the audit calls it, and the cards of the chase.
KIND, LIST = "escalation", "chase.list"
ASK, MISSED, UP = "chase.ask", "chase.missed", "chase.up"
_MINUTE = timedelta(minutes=1)
# How often it is seen whether a case that is over has come back.
_REST = timedelta(hours=1)


class Desk:
    """What is the same for all questions to one department."""

    def __init__(self, session: WorkspaceSession, department_id: UUID) -> None:
        self._session, self._department_id = session, department_id

    @cached_property
    def hours(self) -> DeskHours:
        """Its own hours."""
        return hours_of(self._session, self._department_id)

    @cached_property
    def rungs(self) -> frozenset[Rung]:
        """On which rungs there is anybody."""
        return rungs_of(self._session, self._department_id)


def plan_next(session: WorkspaceSession, deps: Deps, row: Escalation, at: Desk | None = None) -> None:
    """Notes when the clock looks at it next.

    Where the department needs to know more first, a promised time that still runs is put aside: they promise anew.
    Of a case that is over it only sees whether that has come back.
    """
    if row.state == State.NEEDS_INFO:
        put_aside(session, deps, row)
    at = at or Desk(session, row.department_id)
    about = case_of(session, row)
    found = chase.upcoming(chased_of(row, about), at.hours, at.rungs)
    row.next_at = found[0] if found else None
    if is_over(about) and row.state in WAITING:
        row.next_at = deps.clock() + _REST
    session.flush()
    if row.state not in OPEN:
        nudges.end(session, deps, row.id, Kind.ESCALATION, Ended.OVER)
    for card in (ASK, MISSED):
        touch(session, deps, card, row.id)
    _touch_lists(session, deps, row, at)


def leave(session: WorkspaceSession, deps: Deps, row: Escalation) -> None:
    """Whoever is asked is about to be so no longer, nor does anybody above them hear of it."""
    _touch_lists(session, deps, row, Desk(session, row.department_id))
    nudges.end(session, deps, row.id, Kind.ESCALATION, Ended.OVER)


def list_of(session: WorkspaceSession, member_id: UUID, day: date) -> Message | None:
    """The list of a day that somebody was sent: those of other days stay as they are."""
    return message_of_key(session, list_key(member_id, day))


def list_key(member_id: UUID, day: date) -> str:
    """What makes it the same list."""
    return f"{LIST}:{member_id}:{day}"


def heard(session: WorkspaceSession, deps: Deps, row: Escalation) -> None:
    """The department has said something: whoever above them was told can leave it to them again."""
    row.silent_since = deps.clock()
    plan_next(session, deps, row)
    nudges.end(session, deps, row.id, Kind.ESCALATION, Ended.SEEN)


def count_miss(session: WorkspaceSession, deps: Deps, row: Escalation) -> None:
    """Counts a promised time that has gone by, if nobody has yet; of the second the department's lead hears.

    What was promised of a case that is over is put aside.
    """
    at, now, before = chased_of(row, case_of(session, row)), deps.clock(), row.rung
    if at.eta_at is None or now <= at.eta_at:
        return
    if not at.waits:
        put_aside(session, deps, row)
        return
    keep(row, chase.missed(at, rungs_of(session, row.department_id)))
    settle_miss(session, deps, row, before)


def put_aside(session: WorkspaceSession, deps: Deps, row: Escalation) -> None:
    """A promised time does not bind any more: nobody waits for it, or they wait for us."""
    if eta := open_eta(session, row.id):
        eta.state, eta.ended_at = EtaState.TAKEN_BACK, deps.clock()
        row.eta_at = None


def settle_miss(session: WorkspaceSession, deps: Deps, row: Escalation, rung_before: int) -> None:
    """Writes down that the promised time was missed, and tells whoever is to hear of it."""
    eta = open_eta(session, row.id)
    if eta:
        eta.state, eta.ended_at = EtaState.MISSED, deps.clock()
    before, after = {"misses": row.misses - 1}, {"misses": row.misses}
    record(session, deps, CLOCK, "escalation.miss", (KIND, row.id), before, after, row.number)
    if row.misses == chase.MISSES_FOR_LEAD:
        above = chase.next_rung(Rung.CONTACT, rungs_of(session, row.department_id))
        tell_rung(session, deps, row, above, Why.MISSED)
    elif row.rung > rung_before:
        tell_rung(session, deps, row, Rung(row.rung), Why.MISSED)


def tell_rung(session: WorkspaceSession, deps: Deps, row: Escalation, rung: Rung | None, why: Why) -> None:
    """Tells who is on a rung that a question needs them."""
    if rung is None:
        return
    record(session, deps, CLOCK, "escalation.up", (KIND, row.id), None, {"rung": rung.name.lower()}, row.number)
    for member_id in _on(session, row, rung):
        key = f"{KIND}:{row.id}:{row.hop}:{why}:{rung.value}:{row.misses}:{member_id}"
        data = {"why": why, "rung": rung.value, "misses": row.misses, **said_of(session, row, row.missed_at)}
        nudges.nudge(session, deps, member_id, Kind.ESCALATION, row.id, key, data, urgent=_is_urgent(row))


def case_of(session: WorkspaceSession, row: Escalation) -> Case:
    """What it is about."""
    return session.get_one(Case, (session.workspace_id, row.case_id))


def chased_of(row: Escalation, case: Case) -> Chased:
    """What decides what the clock does about it."""
    step = row.step_minutes * _MINUTE if row.step_minutes else USUAL[Severity(row.severity)].step
    return Chased(
        waits=row.state in WAITING and not is_over(case),
        owned=row.state != State.ASKED,
        since=row.silent_since or row.asked_at,
        step=step,
        own_by=row.own_by,
        answer_by=row.answer_by,
        eta_at=promised(row),
        missed_at=row.missed_at,
        misses=row.misses,
        chased=row.chased,
        chased_at=row.chased_at,
        rung=Rung(row.rung),
    )


def said_of(session: WorkspaceSession, row: Escalation, eta: datetime | None = None) -> Facts:
    """Of whom something is asked or said, and of which promised time (``eta``), if of any.

    Whatever becomes of it later, the message says how it was then.
    """
    whom = row.owner_id or row.contact_id
    found, asked = (somebody(session, whom) if whom else None), department(session, row.department_id)
    return {
        "eta": eta.isoformat() if eta else None,
        "hop": row.hop,
        "department": asked.name if asked else "",
        "owned": row.owner_id is not None,
        "whom": [str(found.member_id), found.name, found.slack_id] if found else None,
    }


def promised(row: Escalation) -> datetime | None:
    """The time that is still to be kept, if any."""
    return None if row.eta_at == row.missed_at else row.eta_at


def keep(row: Escalation, at: Chased) -> None:
    """Writes down what has become of it; the time that was promised stays, to be shown as missed."""
    row.silent_since, row.missed_at, row.misses = at.since, at.missed_at, at.misses
    row.chased, row.chased_at, row.rung = at.chased, at.chased_at, at.rung


def _touch_lists(session: WorkspaceSession, deps: Deps, row: Escalation, at: Desk) -> None:
    day = at.hours.day(deps.clock())
    for member_id in {each for each in (row.owner_id, row.contact_id) if each}:
        if (told := list_of(session, member_id, day)) and told.subject_id:
            touch(session, deps, LIST, told.subject_id)


def _on(session: WorkspaceSession, row: Escalation, rung: Rung) -> list[UUID | None]:
    """Who is on a rung; None: the coordinators."""
    match rung:
        case Rung.LEAD:
            lead = lead_of(session, row.department_id)
            return [lead.member_id] if lead else []
        case Rung.MANAGER:
            return [each.id for each in holders(session, Role.MANAGER)]
    return [None]


def _is_urgent(row: Escalation) -> bool:
    return row.severity == Severity.CRITICAL

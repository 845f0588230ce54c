"""What the clock does about questions to departments: asks again, counts what was missed, and goes up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from bot.actions.chase import (
    ASK,
    KIND,
    LIST,
    MISSED,
    UP,
    Desk,
    case_of,
    chased_of,
    keep,
    leave,
    list_key,
    list_of,
    plan_next,
    promised,
    put_aside,
    said_of,
    settle_miss,
    tell_rung,
)
from bot.actions.escalations_cards import say_in_department, say_to_case, show
from bot.actions.escalations_load import is_over
from bot.actions.outbox import tell
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.chase import Step, is_asked_with, turn
from bot.domain.chase_shown import Why
from bot.domain.matrix import Rung
from bot.domain.permissions import CLOCK, Deed
from storage.chase import cases_of, due, waiting_for
from storage.db import WorkspaceSession
from storage.matrix import department
from storage.people import members_by_id
from storage.tables import Escalation, Member

# More at once wait for the next minute.
_MOST = 200


def turn_all(deps: Deps, workspace_id: str) -> None:
    """Does whatever is due by now."""
    CLOCK.require(Deed.TURN_ESCALATION)
    with deps.sessions.read(workspace_id) as session:
        if not due(session, deps.clock(), 1):
            return
    with deps.sessions.write(workspace_id) as session:
        _Turn(session, deps).all(due(session, deps.clock(), _MOST))


class _Turn:
    """One look of the clock at what is due."""

    def __init__(self, session: WorkspaceSession, deps: Deps) -> None:
        self._session, self._deps, self._now = session, deps, deps.clock()
        self._desks: dict[UUID, Desk] = {}

    def all(self, rows: Sequence[Escalation]) -> None:
        """Each once; what several are asked about at once is one list."""
        asks: defaultdict[UUID | None, list[Escalation]] = defaultdict(list)
        _cases = cases_of(self._session, rows)  # as long as they are held, none is asked for by itself
        for row in rows:
            if self._turn(row) is Step.ASK:
                asks[row.owner_id or row.contact_id].append(row)
        self._join(asks)
        people = members_by_id(self._session, [each for each in asks if each])
        for member_id, asked in asks.items():
            self._ask(people.get(member_id) if member_id else None, asked)

    def _turn(self, row: Escalation) -> Step | None:
        session, deps, at, rung = self._session, self._deps, self._desk(row), row.rung
        about = case_of(session, row)
        if is_over(about):
            self._rest(row)
            return None
        after, step = turn(chased_of(row, about), self._now, at.hours, at.rungs)
        keep(row, after)
        plan_next(session, deps, row, at)
        match step:
            case Step.MISS:
                settle_miss(session, deps, row, rung)
                assert row.eta_at
                facts = said_of(session, row, row.eta_at)
                say_in_department(session, deps, row, MISSED, facts, self._key(MISSED, row))
                say_to_case(session, deps, row, MISSED, facts, f"{self._key(MISSED, row)}:case", to_asker=True)
            case Step.UP:
                tell_rung(session, deps, row, Rung(row.rung), Why.SILENT)
                facts = {**said_of(session, row), "rung": row.rung}
                say_in_department(session, deps, row, UP, facts, self._key(UP, row))
        return step

    def _rest(self, row: Escalation) -> None:
        """Nobody asks about a case that is over; if it comes back, silence begins anew."""
        session, deps = self._session, self._deps
        put_aside(session, deps, row)
        row.silent_since = self._now
        leave(session, deps, row)
        plan_next(session, deps, row, self._desk(row))
        show(session, deps, row)

    def _join(self, asks: dict[UUID | None, list[Escalation]]) -> None:
        """What the same people would be asked about later on the same day is asked with it."""
        for row in waiting_for(self._session, [each for each in asks if each]):
            asked, at = asks[row.owner_id or row.contact_id], self._desk(row)
            before = chased_of(row, case_of(self._session, row))
            if row not in asked and is_asked_with(before, self._now, at.hours, at.rungs):
                row.chased, row.chased_at = row.chased + 1, self._now
                plan_next(self._session, self._deps, row, at)
                asked.append(row)

    def _ask(self, whom: Member | None, rows: Sequence[Escalation]) -> None:
        for row in rows:
            after = {"chased": row.chased}
            record(self._session, self._deps, CLOCK, "escalation.chase", (KIND, row.id), None, after, row.number)
        there = whom and whom.slack_id and not whom.deactivated_at
        if whom and there and (len(rows) > 1 or self._told(whom, rows) or not self._has_channel(rows[0])):
            self._list(whom, rows)
        else:
            for row in rows:
                facts = said_of(self._session, row, promised(row))
                say_in_department(self._session, self._deps, row, ASK, facts, self._key(ASK, row))

    def _list(self, whom: Member, rows: Sequence[Escalation]) -> None:
        """The list of the day, or what is new on it: there is one a day."""
        session, deps, day = self._session, self._deps, self._day(rows)
        facts, key = {"day": str(day), "whom": str(whom.id)}, list_key(whom.id, day)
        assert whom.slack_id
        tell(session, deps, to=whom.slack_id, card=LIST, subject=deps.new_id(), facts=facts, key=key)
        for row in rows:
            show(session, deps, row)

    def _told(self, whom: Member, rows: Sequence[Escalation]) -> bool:
        return list_of(self._session, whom.id, self._day(rows)) is not None

    def _day(self, rows: Iterable[Escalation]) -> date:
        return max(self._desk(row).hours.day(self._now) for row in rows)

    def _has_channel(self, row: Escalation) -> bool:
        found = department(self._session, row.department_id)
        return bool(found and found.channel)

    def _desk(self, row: Escalation) -> Desk:
        if row.department_id not in self._desks:
            self._desks[row.department_id] = Desk(self._session, row.department_id)
        return self._desks[row.department_id]

    def _key(self, card: str, row: Escalation) -> str:
        return f"{card}:{row.id}:{row.hop}:{row.chased}"

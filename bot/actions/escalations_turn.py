"""What every change of an escalation does alike: find it, ask who may, let it become what it becomes, note it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from bot.actions import chase
from bot.actions.cases_turn import happen
from bot.actions.escalations_load import speaks_for
from bot.actions.notes import write_note
from bot.actions.record import record
from bot.deps import Deps
from bot.domain import cases
from bot.domain.cases import Happening, Kind
from bot.domain.escalations import (
    LIVE,
    OPEN,
    Answer,
    AskAgain,
    Escalation,
    EtaState,
    Event,
    GiveEta,
    Inform,
    NeedInfo,
    NotOpen,
    OtherDepartment,
    Own,
    Reroute,
    State,
    UnknownEscalation,
)
from bot.domain.escalations_life import eta_after, transition
from bot.domain.permissions import Actor, Deed
from storage import tables
from storage.db import WorkspaceSession
from storage.escalations import escalation, escalations_of_case, open_eta

KIND = "escalation"
# What the department itself does about it, and what makes it its turn again: from then on a word is waited for.
_HEARD = (Own, GiveEta, NeedInfo, Answer, Inform, AskAgain)


@dataclass(frozen=True, slots=True)
class Turn:
    """An escalation to which somebody does something, within a transaction."""

    session: WorkspaceSession
    deps: Deps
    actor: Actor
    row: tables.Escalation

    @classmethod
    def of(cls, session: WorkspaceSession, deps: Deps, actor: Actor, escalation_id: UUID) -> "Turn":
        """Raises ``UnknownEscalation``."""
        row = escalation(session, escalation_id)
        if row is None:
            raise UnknownEscalation
        return cls(session, deps, actor, row)

    @property
    def who(self) -> UUID:
        """The member who acts; raises ValueError where it is none."""
        if self.actor.member_id is None:
            raise ValueError(f"the {self.actor.kind} answers no questions")
        return self.actor.member_id

    @property
    def case(self) -> tables.Case:
        """What it is about."""
        return self.session.get_one(tables.Case, (self.session.workspace_id, self.row.case_id))

    @property
    def life(self) -> Escalation:
        """What decides what can become of it."""
        row = self.row
        promised = open_eta(self.session, row.id)
        eta = promised.eta_at if promised else None
        return Escalation(row.department_id, State(row.state), row.owner_id, eta, row.hop)

    def demand_department(self) -> UUID:
        """Who acts, if they speak for the department. Raises ``NotPermitted`` and ``OtherDepartment``."""
        self.actor.require(Deed.ANSWER_ESCALATION)
        if not speaks_for(self.session, self.actor, self.row.department_id):
            raise OtherDepartment
        return self.who

    def demand_state(self, states: Collection[State]) -> None:
        """Raises ``NotOpen`` unless it is in one of these."""
        state = State(self.row.state)
        if state not in states:
            raise NotOpen(state)

    def become(self, event: Event) -> bool:
        """Lets it become what the event makes of it; False: nothing changes. Raises what ``transition`` does."""
        row, now = self.row, self.deps.clock()
        chase.count_miss(self.session, self.deps, row)
        before = self.life
        after = transition(before, event, now)
        if after == before:
            return False
        if isinstance(event, Reroute) or before.owner not in (None, after.owner):
            chase.leave(self.session, self.deps, row)
        if before.eta and after.eta != before.eta:
            self._end_eta(eta_after(event))
        if after.owner != before.owner:
            row.owned_at = now if after.owner else None
        row.state, row.owner_id, row.hop = after.state, after.owner, after.hop
        if isinstance(event, GiveEta):
            self._begin_eta(event)
        self.session.flush()
        (chase.heard if isinstance(event, _HEARD) else chase.plan_next)(self.session, self.deps, row)
        return True

    def note(self, text: str) -> UUID | None:
        """Writes a note of who acts; None for nothing."""
        return write_note(self.session, self.deps, self.who, text)

    def log(self, became: str, before: State | None, note_id: UUID | None = None, **more: object) -> None:
        """Notes it in the audit and in the case's own log."""
        row = self.row
        was = {"state": before} if before else None
        record(
            self.session,
            self.deps,
            self.actor,
            f"{KIND}.{became}",
            (KIND, row.id),
            was,
            {"state": row.state, **more},
            row.number,
        )
        about = {"escalation": str(row.id), "became": became}
        self.happens(Happening(Kind.ESCALATION, about, member_id=self.actor.member_id, note_id=note_id))

    def happens(self, *happenings: Happening) -> None:
        """Something happens to the case. Raises ``CaseIsOver``."""
        happen(self.session, self.deps, self.actor, self.case, *happenings)

    def hold_case(self) -> None:
        """The case waits for the department, unless it waits for the customer or is solved."""
        case = self.case
        if case.external_gone_at is None and case.state in (
            cases.State.NEW,
            cases.State.OPEN,
            cases.State.ON_HOLD,
        ):
            data = {"state": cases.State.ON_HOLD, "waits_on": str(self.row.department_id)}
            self.happens(Happening(Kind.STATE, data, member_id=self.actor.member_id))

    def free_case(self, because: str) -> None:
        """It is the team's turn again, after an answer or the end of it, unless the case waits for others."""
        case = self.case
        if (
            case.state != cases.State.ON_HOLD
            or case.external_gone_at
            or case.waits_on_id != self.row.department_id
        ):
            return
        others = [each for each in escalations_of_case(self.session, case.id, OPEN) if each.id != self.row.id]
        data: dict[str, object] = {"state": cases.State.OPEN, "because": because}
        if others:
            data |= {"state": cases.State.ON_HOLD, "waits_on": str(others[0].department_id)}
        self.happens(Happening(Kind.STATE, data, member_id=self.actor.member_id))

    def _begin_eta(self, event: GiveEta) -> None:
        row = self.row
        row.eta_at = event.eta
        self.session.add(
            tables.EscalationEta(
                workspace_id=self.session.workspace_id,
                id=self.deps.new_id(),
                escalation_id=row.id,
                department_id=row.department_id,
                given_by_id=event.by,
                given_at=self.deps.clock(),
                eta_at=event.eta,
                state=EtaState.OPEN,
            )
        )

    def _end_eta(self, state: EtaState) -> None:
        promised = open_eta(self.session, self.row.id)
        assert promised
        promised.state, promised.ended_at = state, self.deps.clock()
        self.row.eta_at = None
        self.session.flush()


def live_of_case(session: WorkspaceSession, case_id: UUID) -> list[tables.Escalation]:
    """The escalations of a case that are not closed, in the order in which they were asked."""
    return list(escalations_of_case(session, case_id, LIVE))

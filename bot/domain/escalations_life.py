"""The life of a question to a department: what it becomes, and what becomes of the times that were promised.

asked → owned ⇄ needs info → answered → closed. It can go to another department as long as it is not answered,
come back from an answer that does not do, and be closed at any time. Whether somebody may do something is for
the permission table, and for which department a contact answers for ``may_answer``. That a promised time has gone
by is for the chase (``bot.domain.chase``).
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.escalations import (
    LIVE,
    OPEN,
    Answer,
    AskAgain,
    Cause,
    Close,
    Escalation,
    EtaInThePast,
    EtaState,
    Event,
    GiveEta,
    Inform,
    NeedInfo,
    NoAnswer,
    NotOpen,
    Outcome,
    Own,
    OwnedAlready,
    Reroute,
    SameDepartment,
    State,
    WordsMissing,
)
from bot.domain.permissions import Actor, Role


def transition(at: Escalation, event: Event, now: datetime) -> Escalation:
    """What it becomes. Raises an exception of ``bot.domain.escalations``, and then nothing has changed."""
    match event:
        case Own():
            return _owned(at, event)
        case GiveEta():
            _demand(at, OPEN)
            if event.eta <= now:
                raise EtaInThePast
            # Who promises an answer knows enough.
            return replace(_by(at, event.by), state=State.OWNED, eta=event.eta)
        case NeedInfo():
            _demand(at, OPEN)
            # They promise anew once they know.
            return replace(_by(at, event.by), state=State.NEEDS_INFO, eta=None)
        case Inform():
            _demand(at, {State.NEEDS_INFO})
            return replace(at, state=State.OWNED)
        case Reroute():
            _demand(at, OPEN)
            if event.department == at.department:
                raise SameDepartment
            return Escalation(event.department, hop=at.hop + 1)
        case Answer():
            _demand(at, OPEN)
            return replace(_by(at, event.by), state=State.ANSWERED, eta=None)
        case AskAgain():
            _demand(at, {State.ANSWERED})
            return replace(at, state=State.OWNED)
        case Close():
            return _closed(at, event)


def eta_after(event: Event) -> EtaState:
    """What becomes of a promised time, not gone by yet, that does not stand any more after an event."""
    return EtaState.KEPT if isinstance(event, Answer) else EtaState.TAKEN_BACK


def may_answer(actor: Actor, of_department: UUID | None, asked: UUID) -> bool:
    """Whether the actor, a contact of that department or of none, speaks for the one that is asked.

    The desk does for every department, where nobody else does.
    """
    if any(each.role in (Role.COORDINATOR, Role.MANAGER) for each in actor.grants):
        return True
    return of_department == asked and any(each.role is Role.CONTACT for each in actor.grants)


def answers_only(actor: Actor) -> bool:
    """Whether the actor is a contact of a department, and nothing else here."""
    return {each.role for each in actor.grants} == {Role.CONTACT}


def _owned(at: Escalation, event: Own) -> Escalation:
    _demand(at, OPEN)
    if at.owner not in (None, event.by) and not event.take:
        raise OwnedAlready(at.owner)
    state = State.OWNED if at.state is State.ASKED else at.state
    return replace(at, state=state, owner=event.by)


def _closed(at: Escalation, event: Close) -> Escalation:
    _demand(at, LIVE)
    if event.outcome is Outcome.ANSWERED and at.state is not State.ANSWERED:
        raise NoAnswer
    if event.cause is Cause.OTHER and not event.words.strip():
        raise WordsMissing
    return replace(at, state=State.CLOSED, eta=None)


def _by(at: Escalation, who: UUID) -> Escalation:
    """Whoever does something about what nobody owns owns it from then on."""
    owner = at.owner or who
    return replace(at, owner=owner, state=State.OWNED if at.state is State.ASKED else at.state)


def _demand(at: Escalation, states: frozenset[State] | set[State]) -> None:
    if at.state not in states:
        raise NotOpen(at.state)

"""What every change of a promise to a customer does alike, and what the clock does about those that are due."""

from uuid import UUID

from bot.actions import nudges
from bot.actions.cases_turn import happen
from bot.actions.nudges_floor import Floor
from bot.actions.promises_parts import promise_of
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.cases import By, Happening, Kind
from bot.domain.cases import State as CaseState
from bot.domain.nudges import Ended
from bot.domain.nudges import Kind as NudgeKind
from bot.domain.permissions import CLOCK, Actor, Deed
from bot.domain.promises import (
    LIVE,
    Promise,
    Reminder,
    State,
    end_with_case,
    key_of,
    next_turn,
    turn,
)
from storage.cases import case
from storage.db import WorkspaceSession
from storage.promises import promises_to_turn
from storage.tables import Case, CustomerPromise

# What the audit calls it.
KIND = "promise"
# At once, so that others may write in between.
_MOST = 500


def write(row: CustomerPromise, promise: Promise) -> None:
    """Keeps what has become of it."""
    upcoming = next_turn(promise)
    row.state, row.due_at, row.sent_at = promise.state, promise.due_at, promise.told_at
    row.missed_at, row.rung = promise.missed_at, promise.rung
    row.next_at = upcoming[0] if upcoming else None


def turn_into(
    session: WorkspaceSession, deps: Deps, actor: Actor, row: CustomerPromise, promise: Promise, word: str
) -> None:
    """Writes down what has become of a promise, on its case too; nobody is reminded of what was before.

    ``word`` is what the audit calls it, and the log of the case.
    """
    before = values(row)
    write(row, promise)
    if promise.state not in LIVE:
        row.ended_at = deps.clock()
    note_promise(session, deps, actor, row, word, before)
    nudges.end(session, deps, row.id, NudgeKind.PROMISE, Ended.SEEN)


def tell_owner(session: WorkspaceSession, deps: Deps, actor: Actor, row: CustomerPromise) -> None:
    """Somebody else has given them a promise to see to."""
    if row.owner_id != actor.member_id and row.state == State.OPEN:
        now = deps.clock()
        reminder = Reminder.SOON if now < row.due_at else Reminder.MISSED
        key = f"{KIND}:{row.id}:given:{row.owner_id}:{now.isoformat()}"
        data = {"reminder": reminder.value, "due_at": row.due_at.isoformat()}
        nudges.nudge(session, deps, row.owner_id, NudgeKind.PROMISE, row.id, key, data)


def note_promise(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    row: CustomerPromise,
    word: str,
    before: dict[str, object] | None,
) -> None:
    """The line of the audit, and what happened to the case, whose card shows it."""
    session.flush()
    about = session.get_one(Case, (session.workspace_id, row.case_id))
    record(session, deps, actor, f"{KIND}.{word}", (KIND, row.id), before, values(row))
    by = By.MEMBER if actor.member_id else By.CLOCK
    data = {"promise": str(row.id), "became": word}
    happen(session, deps, actor, about, Happening(Kind.PROMISE, data, by, actor.member_id))


def values(row: CustomerPromise) -> dict[str, object]:
    """What the audit holds of it; no free text."""
    return {"state": row.state, "due_at": row.due_at.isoformat(), "owner_id": str(row.owner_id)}


def turn_promises(deps: Deps, workspace_id: str) -> None:
    """Reminds people of what is due, and ends what belongs to cases that are closed."""
    CLOCK.require(Deed.WATCH_CASES)
    with deps.sessions.read(workspace_id) as session:
        if not promises_to_turn(session, deps.clock(), 1):
            return
    with deps.sessions.write(workspace_id) as session:
        floor = Floor(session, deps.clock())
        for row in promises_to_turn(session, deps.clock(), _MOST):
            _turn(session, deps, row, floor)


def _turn(session: WorkspaceSession, deps: Deps, row: CustomerPromise, floor: Floor) -> None:
    now, about = deps.clock(), case(session, row.case_id)
    if about is None or about.state == CaseState.CLOSED or about.external_gone_at:
        turn_into(session, deps, CLOCK, row, end_with_case(promise_of(row), now), "end")
        return
    was_missed = row.missed_at is not None
    promise, reminder = turn(promise_of(row), now)
    write(row, promise)
    if promise.missed_at and not was_missed:
        note_promise(session, deps, CLOCK, row, "miss", values(row))
    if reminder:
        to = None if reminder is Reminder.NOBODY else _who_hears(row, about, floor)
        data = {"reminder": reminder.value, "due_at": promise.due_at.isoformat()}
        # That the coordinators hear of it as well takes nothing from its owner, who may have been at rest.
        if reminder is not Reminder.NOBODY:
            nudges.end(session, deps, row.id, NudgeKind.PROMISE, Ended.AGAIN)
        nudges.nudge(session, deps, to, NudgeKind.PROMISE, row.id, key_of(row.id, promise, reminder), data)


def _who_hears(row: CustomerPromise, about: Case, floor: Floor) -> UUID | None:
    """Whoever sees to it, or else has the case now, if they are at work; None: the coordinators.

    Where neither is, whoever leads then, as a customer waits; where nobody does, whoever of the two is not away.
    """
    people = [row.owner_id, *([about.owner_id] if about.owner_id else [])]
    here = [each for each in people if each in floor.members and each not in floor.away]
    at_work = [each for each in here if floor.ears[each].on and not floor.ears[each].quiet]
    if at_work or not here:
        return at_work[0] if at_work else None
    lead, _ = floor.hearer(row.owner_id, about.queue_id, past_owner=True)
    return lead if lead and row.state == State.OPEN else here[0]

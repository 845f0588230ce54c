"""Who is asked whether somebody is there: they themselves, and then whoever answers for them."""

from collections.abc import Callable
from uuid import UUID

from bot.actions.absences_lanes import who_answers
from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Draw, Facts
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.attendance import ArrivalShown, State
from bot.domain.intervals import Interval
from bot.views import attendance as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.attendance import arrival, shown_to
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.tables import Arrival, Member

REMINDER, QUESTION = "attendance.reminder", "attendance.question"
MISSING, STILL, SETTLED = "attendance.missing", "attendance.still", "attendance.settled"
# What is forgotten with an arrival.
CARDS = (REMINDER, QUESTION, MISSING, STILL, SETTLED)


def register_cards(cards: Cards) -> None:
    """Every card of this module."""
    draws = (views.reminder, views.question, views.missing, views.still, views.settled)
    for card, draw in zip(CARDS, draws, strict=True):
        cards.register(card, load_arrival, _drawn(draw))


def load_arrival(session: WorkspaceSession, subject: UUID | None) -> ArrivalShown | None:
    """An arrival by id as it is now; None if there is none, or none any more."""
    row = arrival(session, subject) if subject else None
    if row is None:
        return None
    return ArrivalShown(
        row.id,
        somebody(session, row.member_id),
        Interval(row.start, row.end),
        State(row.state),
        somebody(session, row.settled_by_id) if row.settled_by_id else None,
        row.due_at if row.state == State.MISSING else None,
    )


def remind(session: WorkspaceSession, deps: Deps, row: Arrival, person: Member) -> None:
    """Lets them say with one press that they are there."""
    _tell_them(session, deps, REMINDER, row, person, Priority.CARD)


def ask(session: WorkspaceSession, deps: Deps, row: Arrival, person: Member) -> None:
    """Asks them whether they are there."""
    _tell_them(session, deps, QUESTION, row, person, Priority.PRESS)


def ask_others(session: WorkspaceSession, deps: Deps, row: Arrival, person: Member) -> None:
    """Asks whoever answers for them, at once; whoever was asked before, and waited, once more."""
    before = shown_to(session, MISSING, row.id)
    for each in before:
        key = f"{each.key}:{row.due_at}"
        tell(
            session,
            deps,
            to=each.lane,
            card=STILL,
            subject=row.id,
            key=key,
            parent=each.id,
            priority=Priority.PRESS,
        )
    people = who_answers(session, person.id, person.team_id, deps.clock())
    lanes = [each.slack_id for each in people if each.slack_id]
    for lane in lanes or approver_lanes(session, person.team_id, {person.id}):
        key = f"{MISSING}:{row.id}:{lane}"
        tell(session, deps, to=lane, card=MISSING, subject=row.id, key=key, priority=Priority.PRESS)


def show(session: WorkspaceSession, deps: Deps, row: Arrival) -> None:
    """Has whoever looks at it see what has become of it."""
    for card in (REMINDER, QUESTION, MISSING):
        touch(session, deps, card, row.id)


def say_settled(session: WorkspaceSession, deps: Deps, row: Arrival) -> None:
    """Tells whoever was asked for them that nothing is to be decided any more."""
    for each in shown_to(session, MISSING, row.id):
        key = f"{each.key}:settled"
        tell(session, deps, to=each.lane, card=SETTLED, subject=row.id, key=key, parent=each.id)


def _tell_them(
    session: WorkspaceSession, deps: Deps, card: str, row: Arrival, person: Member, priority: Priority
) -> None:
    if person.slack_id:
        key, until = f"{card}:{row.id}", row.due_at if card == REMINDER else row.end
        tell(
            session,
            deps,
            to=person.slack_id,
            card=card,
            subject=row.id,
            key=key,
            priority=priority,
            expires_at=until,
        )


def _drawn(draw: Callable[[ArrivalShown, Formats], Message]) -> Draw:
    def drawn(shown: ArrivalShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return draw(shown, formats)

    return drawn

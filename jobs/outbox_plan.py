"""What is to be done next in a lane, found out in one snapshot of the workspace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.actions.cards import Cards, is_person
from bot.actions.contact import BACK
from bot.actions.outbox import FOLDED
from bot.views.blocks import Message as Content
from storage import outbox
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.tables import Message

log = structlog.get_logger()

QuietUntil = Callable[[WorkspaceSession, str, datetime], datetime | None]
ToldBackAt = Callable[[WorkspaceSession, str, datetime, datetime], datetime | None]

# So many "for your information" are read one by one; more become one message, of so many at most.
_READ_SINGLY = 3
_IN_ONE = 20


def never_quiet(_session: WorkspaceSession, _person: str, _now: datetime) -> datetime | None:
    """Quiet hours for nobody."""
    return None


def never_away(_session: WorkspaceSession, _person: str, _kept_until: datetime, _now: datetime) -> datetime | None:
    """Nobody is ever back."""
    return None


@dataclass(frozen=True, slots=True)
class Hold:
    """The recipient is not to be disturbed until then."""

    message: Message
    until: datetime


@dataclass(frozen=True, slots=True)
class Fold:
    """These, for information only, have piled up."""

    parts: Sequence[Message]

    @property
    def message(self) -> Message:
        """The first of them."""
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class Welcome:
    """These were kept from somebody who is back; ``at`` is when they read what still matters of them."""

    parts: Sequence[Message]
    at: datetime

    @property
    def message(self) -> Message:
        """The first of them."""
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class Show:
    """The message is to show this content, as a reply in the ``thread``; None where there is nothing to show."""

    message: Message
    content: Content | None
    thread: str | None


@dataclass(frozen=True, slots=True)
class PutAside:
    """The card cannot be drawn; ``error`` names the exception."""

    message: Message
    error: str


Plan = Hold | Fold | Welcome | Show | PutAside


def plan(
    session: WorkspaceSession,
    cards: Cards,
    quiet_until: QuietUntil,
    told_back_at: ToldBackAt,
    lane: str,
    now: datetime,
) -> Plan | None:
    """What to do with the lane; None where nothing is to be done now."""
    message = outbox.first_due(session, lane, now)
    if message is None:
        return None
    if can_wait(message):
        if welcome := _welcome(session, told_back_at, message, now):
            return welcome
        until = quiet_until(session, lane, now)
        if until and until > now:
            return Hold(message, until)
    if message.ts is None and message.priority == Priority.BULK:
        parts = outbox.foldable(session, lane, now, FOLDED, _IN_ONE)
        if len(parts) > _READ_SINGLY:
            return Fold(parts)
    return _drawn(session, cards, message)


def can_wait(message: Message) -> bool:
    """Whether it is a post that disturbs somebody and for which nobody waits; an edit notifies nobody."""
    return message.ts is None and message.priority > Priority.PRESS and is_person(message.lane)


def _welcome(session: WorkspaceSession, told_back_at: ToldBackAt, message: Message, now: datetime) -> Plan | None:
    then = message.not_before
    at = told_back_at(session, message.lane, then, now) if then else None
    if then is None or at is None:
        return None
    parts = outbox.kept_until(session, message.lane, then)
    # One that says so by itself is not told within another.
    return None if [each.card for each in parts] in ([], [BACK]) else Welcome(parts, at)


def _drawn(session: WorkspaceSession, cards: Cards, message: Message) -> Plan:
    parent = session.get(Message, (session.workspace_id, message.parent_id)) if message.parent_id else None
    try:
        content = cards.render(session, message)
    except SQLAlchemyError:
        raise
    except Exception as error:
        log.exception("a card cannot be drawn", card=message.card)
        return PutAside(message, type(error).__name__)
    return Show(message, content, parent.ts if parent else None)

"""Promises to customers as they are shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.promises import Promise, Reminder
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class PromiseShown:
    """A promise with its case; ``draft`` is what somebody has written to the customer and not sent yet.

    ``reminder`` is why somebody is reminded of it, who is its owner themselves where it is ``own``.
    """

    id: UUID
    case: CaseNamed
    customer: str | None
    owner: Somebody
    promise: Promise
    text: str | None
    draft: str | None = None
    mirrored: bool = False
    reminder: Reminder | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class PromiseForm:
    """What the form of a new promise begins with: the case (None: it asks), a time, and who sees to it."""

    nonce: UUID
    case: CaseNamed | None
    due_at: datetime
    owner: Somebody | None


@dataclass(frozen=True, slots=True)
class PromisesPage:
    """One page of the promises that somebody sees to, those that are due first before the others."""

    promises: tuple[PromiseShown, ...] = ()
    page: int = 0
    pages: int = 1
    total: int = 0


@dataclass(frozen=True, slots=True)
class OnCard:
    """What stands of promises on the card of a case."""

    case: CaseNamed
    promises: tuple[PromiseShown, ...]
    now: datetime

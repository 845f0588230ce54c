"""Exceptions for a customer: a refund, an order or a delivery out of the ordinary, approved by its amount.

Nothing here moves money: whoever asked does that in their own tool, once it is approved.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from bot.domain.approval import OwnRequest, ReasonMissing
from bot.domain.cases_named import CaseNamed
from bot.domain.coverage_settings import BadLine
from bot.domain.permissions import Role
from bot.domain.shifts import Somebody

# By ISO 4217: how many digits follow the point, where it is not two.
_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX"), 0),
    **dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_TWO = 2
_MOST = 10**12  # of the smallest unit
_AMOUNT = re.compile(r"\d{1,3}(?:([., '’])\d{3})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?", re.ASCII)
_LINE = re.compile(r"(agent|lead|coordinator)s?\s+([\d.,]+)\s*([a-z]{3})", re.IGNORECASE)
# Who decides more, the higher; managers decide everything.
_TIERS = (Role.LEAD, Role.COORDINATOR, Role.MANAGER)
DECIDERS = frozenset(_TIERS)
# Approvers are reminded when so much of the time is over; from the second time on the next tier is asked, too.
_REMINDERS = (Decimal("0.5"), Decimal("0.9"))


class Kind(StrEnum):
    """What is asked for."""

    REFUND = "refund"
    ORDER = "order"  # a replacement, a discount, goodwill
    DELIVERY = "delivery"  # express, or at our cost


class State(StrEnum):
    """Where an exception stands."""

    NEEDS_APPROVAL = "needs approval"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"  # nobody decided in time


class News(StrEnum):
    """What is said beside the card."""

    APPROVED = "approved"
    DECLINED = "declined"
    REMINDER = "reminder"
    EXPIRED = "expired"


class NotWaiting(Exception):
    """It is decided, withdrawn or expired: nothing can be decided any more."""

    def __init__(self, state: State) -> None:
        super().__init__(f"it is {state}")
        self.state = state


class AboveLimit(Exception):
    """It is more than this person may decide."""


class NotTheirs(Exception):
    """Only whoever asked takes it back."""


class BadAmount(Exception):
    """What was typed is no amount."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of a currency: cents, in most."""

    minor: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """The same in the currency itself."""
        return Decimal(self.minor).scaleb(-digits(self.currency))


@dataclass(frozen=True, slots=True)
class Limit:
    """Up to which amount a role decides; an agent: up to which nobody has to be asked."""

    role: Role
    most: Money


@dataclass(frozen=True, slots=True)
class Asked:
    """An exception as far as it decides what can become of it."""

    asker: UUID
    money: Money
    asked_at: datetime
    due_at: datetime
    state: State = State.NEEDS_APPROVAL
    decided_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class ExceptionShown:
    """An exception as it is shown. One that nobody has approved is so little that nobody has to."""

    id: UUID
    number: int
    kind: Kind
    money: Money
    state: State
    case: CaseNamed | None
    asker: Somebody
    asked_at: datetime
    due_at: datetime
    reason: str | None = None
    decided_by: Somebody | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class ExceptionsSeen:
    """The first of those that wait for somebody's decision, and how many there are."""

    first: tuple[ExceptionShown, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class ExceptionsPage:
    """A page of those that wait, the earliest deadline first, and how many there are."""

    shown: tuple[ExceptionShown, ...]
    number: int
    pages: int
    total: int


def digits(currency: str) -> int:
    """How many follow the point."""
    return _DIGITS.get(currency, _TWO)


def read_money(text: str, currency: str) -> Money:
    """An amount as people write it: 80, 80.50, 1,250.00 or 1.250,00. Raises ``BadAmount``.

    Of 1.250 it cannot be told whether it is a thousand or one, so it is none.
    """
    typed = text.strip().replace("\N{NO-BREAK SPACE}", " ")
    if not _AMOUNT.fullmatch(typed):
        raise BadAmount
    whole, point, rest = _parts(typed)
    if len(rest) > digits(currency) or (point and not rest):
        raise BadAmount
    minor = int(Decimal(f"{whole}.{rest or 0}").scaleb(digits(currency)))
    if not 0 < minor <= _MOST:
        raise BadAmount
    return Money(minor, currency)


def read_wanted(text: str, currencies: Collection[str]) -> tuple[str, str | None, str]:
    """What is typed with a request: "240 EUR lost twice" is an amount, its currency (None: not said), and why."""
    amount, _, rest = text.strip().partition(" ")
    if not any(each.isdigit() for each in amount) or not _AMOUNT.fullmatch(amount):
        return "", None, text.strip()
    currency, _, why = rest.strip().partition(" ")
    known = currency.upper() in currencies
    return (amount, currency.upper(), why.strip()) if known else (amount, None, rest.strip())


def read_limits(text: str) -> tuple[Limit, ...]:
    """Lines such as "lead 100 EUR", one for each role and currency. Raises ``BadLine``."""
    lines = (line.strip() for line in re.split("[;\n]", text))
    return tuple(_limit(line) for line in lines if line)


def needs_nobody(money: Money, limits: Collection[Limit]) -> bool:
    """Whether it is so little that nobody has to approve it."""
    return _within(Role.AGENT, money, limits)


def deciders(money: Money, limits: Collection[Limit]) -> tuple[Role, ...]:
    """The roles that decide it, the lowest first; a coordinator of whom no line speaks decides everything."""
    unlimited = not any(each.role is Role.COORDINATOR for each in limits)
    return tuple(
        role
        for role in _TIERS
        if role is Role.MANAGER or (role is Role.COORDINATOR and unlimited) or _within(role, money, limits)
    )


def approve(asked: Asked, by: UUID, roles: Collection[Role], limits: Collection[Limit]) -> Asked:
    """Raises ``NotWaiting``, ``OwnRequest`` and ``AboveLimit``."""
    return _decide(asked, by, roles, limits, State.APPROVED)


def decline(asked: Asked, by: UUID, roles: Collection[Role], limits: Collection[Limit], reason: str) -> Asked:
    """Raises the same, and ``ReasonMissing``."""
    declined = _decide(asked, by, roles, limits, State.DECLINED)
    if not reason.strip():
        raise ReasonMissing
    return declined


def withdraw(asked: Asked, by: UUID) -> Asked:
    """Raises ``NotWaiting`` and ``NotTheirs``."""
    _demand_waiting(asked)
    if by != asked.asker:
        raise NotTheirs
    return replace(asked, state=State.WITHDRAWN)


def expire(asked: Asked, now: datetime) -> Asked | None:
    """Nobody has decided in time; None: there is time, or somebody has."""
    over = asked.state is State.NEEDS_APPROVAL and now >= asked.due_at
    return replace(asked, state=State.EXPIRED) if over else None


def reminders(asked: Asked, now: datetime) -> int:
    """How often approvers should have been reminded by now."""
    whole, passed = asked.due_at - asked.asked_at, now - asked.asked_at
    return sum(passed >= whole * float(each) for each in _REMINDERS)


def _decide(asked: Asked, by: UUID, roles: Collection[Role], limits: Collection[Limit], state: State) -> Asked:
    _demand_waiting(asked)
    if by == asked.asker:
        raise OwnRequest
    if not set(roles) & set(deciders(asked.money, limits)):
        raise AboveLimit
    return replace(asked, state=state, decided_by=by)


def _demand_waiting(asked: Asked) -> None:
    if asked.state is not State.NEEDS_APPROVAL:
        raise NotWaiting(asked.state)


def _within(role: Role, money: Money, limits: Collection[Limit]) -> bool:
    of_role = (each.most for each in limits if each.role is role)
    return any(each.currency == money.currency and money.minor <= each.minor for each in of_role)


def _parts(typed: str) -> tuple[str, str, str]:
    """What is before the decimal point, the point, and what is after it. Raises ``BadAmount``."""
    marks = [each for each in typed if not each.isdigit()]
    point = marks[-1] if marks and marks[-1] in ".," and marks.count(marks[-1]) == 1 else ""
    whole, _, rest = typed.rpartition(point) if point else (typed, "", "")
    if point and len(rest) == 3 and len(marks) == 1:
        raise BadAmount
    return re.sub(r"\D", "", whole), point, rest


def _limit(line: str) -> Limit:
    found = _LINE.fullmatch(line)
    if found is None:
        raise BadLine(line)
    currency = found[3].upper()
    try:
        return Limit(Role(found[1].lower()), read_money(found[2], currency))
    except BadAmount:
        raise BadLine(line) from None

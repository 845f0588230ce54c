"""Kinds of leave, each with rules of its own; a workspace changes them and adds some.

A setting says ``{"volunteering": {"ledger": "volunteering", "negative_hours": 8, "counted_in": "days"}}``. What it
leaves out is as in the built-in kind of that name or, for a new one, as ``Kind`` has it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import Any

from bot.domain.limits import folded
from bot.domain.when_meaning import DayPart, When

Said = Mapping[str, Mapping[str, Any]]
MOST_HOURS = 2000  # about a year of work
LONGEST_NAME = 80


class CountedIn(StrEnum):
    """The smallest piece that can be asked for."""

    DAYS = "days"
    HALF_DAYS = "half days"
    HOURS = "hours"


class PublicHolidays(StrEnum):
    """Who pays for a public holiday on which somebody would have worked."""

    FREE = "free"  # nobody: it is not deducted
    IN_POOL = "in the pool"  # the ledger does, as in the UK's 5.6 weeks


class Privacy(StrEnum):
    """Who reads which kind it is; all others read "away"."""

    APPROVERS = "approvers"
    MANAGERS = "managers"  # and coordinators


class Wrong(StrEnum):
    """Why a kind cannot be so."""

    NO_NAME = "no name"
    TAKEN = "taken"  # there is one of that name
    NEGATIVE_OF_NOTHING = "negative of nothing"  # what is only counted has no balance to go below zero
    ILL_BY_LEAVE = "ill by leave"  # nobody is asked whether they may be ill
    ALWAYS_ILL = "always ill"  # that cannot be retired


class Contact(StrEnum):
    """What may reach somebody meanwhile."""

    USUAL = "usual"  # they are at work, only not on contacts
    WAITS = "waits"  # nobody asks them to work; what is for them waits for their return
    NONE = "none"  # duties go to others, and on return they read only what still matters


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of leave.

    ``ledger`` names what it is taken from (several kinds may share one), None: it is only counted.
    ``negative_minutes`` is how far below zero the balance may go. ``back_when_ill``: days of it on which somebody
    was ill, by certificate, are given back. ``paid`` is by the employer. Nobody asks for one that is ``retired``;
    what was asked for stands.
    """

    name: str
    approval: bool = True
    ledger: str | None = None
    negative_minutes: int = 0
    privacy: Privacy = Privacy.APPROVERS
    contact: Contact = Contact.WAITS
    counted_in: CountedIn = CountedIn.HALF_DAYS
    public_holidays: PublicHolidays = PublicHolidays.FREE
    back_when_ill: bool = False
    paid: bool = True
    retired: bool = False

    def allows(self, when: When) -> bool:
        """Whether it can be asked for in such pieces."""
        if when.start is not None or when.part in (DayPart.EVENING, DayPart.NIGHT):
            return self.counted_in is CountedIn.HOURS
        return when.part is None or self.counted_in is not CountedIn.DAYS


PAID, SICK = "paid leave", "sick leave"
BUILT_IN: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(PAID, ledger=PAID, counted_in=CountedIn.HOURS, back_when_ill=True),
            Kind("unpaid leave", counted_in=CountedIn.HOURS, paid=False),
            Kind(
                SICK,
                approval=False,
                privacy=Privacy.MANAGERS,
                contact=Contact.NONE,
                counted_in=CountedIn.HOURS,
            ),
            Kind(
                "parental leave",
                privacy=Privacy.MANAGERS,
                contact=Contact.NONE,
                counted_in=CountedIn.DAYS,
                paid=False,
            ),
            Kind("training", contact=Contact.USUAL, counted_in=CountedIn.HOURS),
            Kind("time in lieu", ledger="time in lieu", counted_in=CountedIn.HOURS, back_when_ill=True),
        )
    }
)
_CHOICES: Mapping[str, type[StrEnum]] = MappingProxyType(
    {
        "privacy": Privacy,
        "contact": Contact,
        "counted_in": CountedIn,
        "public_holidays": PublicHolidays,
    }
)
_SWITCHES = ("approval", "back_when_ill", "paid", "retired")
_KEYS = (*_SWITCHES, "ledger", "negative_hours", *_CHOICES)


def kinds(said: Said) -> dict[str, Kind]:
    """Every kind there is, by its folded name, the built-in ones first. ``said`` has no ``kind_problems``."""
    known = {folded(name): kind for name, kind in BUILT_IN.items()}
    for name, rules in said.items():
        known[folded(name)] = _read(known.get(folded(name), Kind(name.strip())), rules)
    return known


def wrong_with(kind: Kind, others: Collection[str] = ()) -> dict[str, Wrong]:
    """What of a kind cannot be, by the name of what is wrong; ``others`` are folded names that are taken."""
    found: dict[str, Wrong] = {}
    if not _is_name(kind.name):
        found["name"] = Wrong.NO_NAME
    elif folded(kind.name) in others:
        found["name"] = Wrong.TAKEN
    if kind.negative_minutes and kind.ledger is None:
        found["negative_hours"] = Wrong.NEGATIVE_OF_NOTHING
    if folded(kind.name) == SICK and kind.approval:
        found["approval"] = Wrong.ILL_BY_LEAVE
    if folded(kind.name) == SICK and kind.retired:
        found["retired"] = Wrong.ALWAYS_ILL
    return found


def said_of(kind: Kind) -> dict[str, Any]:
    """What a setting has to say so that ``kinds`` reads just this kind."""
    usual = BUILT_IN.get(folded(kind.name), Kind(kind.name))
    said = {key: getattr(kind, key) for key in (*_SWITCHES, "ledger") if getattr(kind, key) != getattr(usual, key)}
    said |= {key: getattr(kind, key).value for key in _CHOICES if getattr(kind, key) != getattr(usual, key)}
    if kind.negative_minutes != usual.negative_minutes:
        said["negative_hours"] = kind.negative_minutes / 60
    return said


def kind_problems(said: Said) -> tuple[tuple[str, str], ...]:
    """Everything that is wrong with what a setting says: the kind's name, and why, in words."""
    return tuple((name, words) for name, rules in said.items() for words in _problems(name, rules))


def _read(kind: Kind, rules: Mapping[str, Any]) -> Kind:
    changes: dict[str, Any] = {key: rules[key] for key in (*_SWITCHES, "ledger") if key in rules}
    changes |= {key: choices(rules[key]) for key, choices in _CHOICES.items() if key in rules}
    if "negative_hours" in rules:
        changes["negative_minutes"] = round(rules["negative_hours"] * 60)
    return replace(kind, **changes)


def _problems(name: str, rules: Any) -> Iterator[str]:
    if not _is_name(name):
        yield f"is no name: at most {LONGEST_NAME} characters without ;"
    if not isinstance(rules, Mapping):
        yield "is said as a table, such as {“approval”: false}"
        return
    yield from (f"“{key}” is not one of {', '.join(_KEYS)}" for key in rules if key not in _KEYS)
    yield from (
        f"{key} is either true or false" for key in _SWITCHES if not isinstance(rules.get(key, True), bool)
    )
    for key, choices in _CHOICES.items():
        if key in rules and rules[key] not in list(choices):
            yield f"{key} is one of {', '.join(choices)}"
    ledger, hours = rules.get("ledger"), rules.get("negative_hours", 0)
    if ledger is not None and not (isinstance(ledger, str) and ledger.strip()):
        yield "ledger is a name, such as “paid leave”, or nothing where it is only counted"
    if not _is_hours(hours):
        yield f"negative_hours is a number from 0 to {MOST_HOURS}"
    if folded(name) == SICK and rules.get("approval") is True:
        yield "needs no approval: nobody is asked whether they may be ill"
    if folded(name) == SICK and rules.get("retired") is True:
        yield "cannot be retired: nobody chooses when they are ill"


def _is_name(name: str) -> bool:
    return ";" not in name and 0 < len(name.strip()) <= LONGEST_NAME


def _is_hours(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and isfinite(value) and 0 <= value <= MOST_HOURS

"""Responses to customers that are written once: what stands in them for others, and how that is filled in.

``{{customer}}`` stands for the customer's name, ``{{order|your order}}`` for an order, or for “your order” where
nobody says which.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.domain.kb_shown import ListPage

_VARIABLE = re.compile(r"\{\{([^{}|]*)(?:\|([^{}]*))?\}\}")
# How people call what is known of a case.
_CALLED = {
    "customer": ("customer", "customer name", "name"),
    "case": ("case", "case number", "number", "ticket", "reference"),
    "title": ("title", "subject"),
    "agent": ("agent", "agent name", "my name", "signature"),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that is asked for; ``default`` stands where nothing is entered, None: something has to be."""

    name: str
    default: str | None


@dataclass(frozen=True, slots=True)
class AboutCase:
    """What is known without asking: of a case, and of whoever answers it; None: nothing."""

    agent: str
    customer: str | None = None
    case: str | None = None  # as its customer knows it
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ResponseShown:
    """A response as somebody uses it; ``known`` is what stands in its variables before anything is entered."""

    id: UUID
    number: int
    title: str
    body: str
    variables: tuple[Variable, ...]
    known: Mapping[str, str]
    case_id: UUID | None = None
    case_number: int | None = None


@dataclass(frozen=True, slots=True)
class ResponsesShown:
    """A page of the responses that there are, or that answer what was typed."""

    text: str
    found: ListPage
    beginnings: Mapping[UUID, str]  # how each begins
    case_id: UUID | None = None
    may_write: bool = True  # whoever looks
    waiting: int = 0  # for a second person, before anybody finds them
    may_approve: bool = False


def variables_of(body: str, defaults: Mapping[str, str] | None = None) -> tuple[Variable, ...]:
    """What a response asks for, each once, in the order in which it comes; ``defaults`` where it gives none."""
    found: dict[str, str | None] = {_key(name): value for name, value in (defaults or {}).items()}
    names: dict[str, str] = {}
    for name, default in _VARIABLE.findall(body):
        key = _key(name)
        if key:
            names.setdefault(key, " ".join(name.split()))
            if default.strip():
                found[key] = default.strip()
    return tuple(Variable(name, found.get(key) or None) for key, name in names.items())


def known_of(variables: tuple[Variable, ...], about: AboutCase) -> dict[str, str]:
    """What is known of the variables already, by their names."""
    known: dict[str, str] = {}
    for variable in variables:
        field = next((each for each, names in _CALLED.items() if _key(variable.name) in names), None)
        value = getattr(about, field) if field else None
        if value:
            known[variable.name] = value
    return known


def filled(body: str, variables: tuple[Variable, ...], entered: Mapping[str, str]) -> str:
    """The text with what was entered, or with what else stands there; what is lacking stays as it was written."""
    values = {_key(each.name): entered.get(each.name) or each.default for each in variables}
    return _VARIABLE.sub(lambda found: values.get(_key(found[1])) or found[0], body)


def lacking(variables: tuple[Variable, ...], entered: Mapping[str, str]) -> tuple[str, ...]:
    """The names of what has to be entered yet."""
    return tuple(each.name for each in variables if not (entered.get(each.name) or each.default))


def _key(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()

"""Which queue a case belongs in: rules that anybody can read, and of which the first that fits is the one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from bot.domain.cases import Priority


class Field(StrEnum):
    """What of a case a rule may ask for."""

    CATEGORY = "category"
    TAG = "tag"
    CHANNEL = "channel"
    LANGUAGE = "language"
    TIER = "tier"
    WORDS = "words"  # in the title


class Why(StrEnum):
    """Why somebody sends a case to another queue."""

    MISROUTE = "misroute"  # it never belonged where it was
    OTHER = "other"  # the rest of it is for others to do


@dataclass(frozen=True, slots=True)
class RoutingFacts:
    """What of a case decides where it belongs."""

    category: str | None = None
    tags: tuple[str, ...] = ()
    channel: str | None = None
    language: str | None = None
    tier: str | None = None
    title: str = ""


Wants = Mapping[Field, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Cases that have one of the values of each field that it asks for belong in the queue.

    A rule that asks for nothing takes every case. ``priority`` is what it gives; None: it leaves that as it is.
    """

    id: UUID
    name: str
    queue_id: UUID
    wants: Wants = field(default_factory=dict)
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What of a case a rule asked for, and which of the values it was."""

    field: Field
    said: str


@dataclass(frozen=True, slots=True)
class Routed:
    """The rule by which a case belongs somewhere, and because of what."""

    rule: Rule
    because: tuple[Match, ...]


def route(rules: Iterable[Rule], facts: RoutingFacts) -> Routed | None:
    """The first rule that fits; None: no rule says where the case belongs."""
    for rule in rules:
        matches = _matches(rule, facts)
        if matches is not None:
            return Routed(rule, matches)
    return None


def wants_to_document(wants: Wants) -> dict[str, Any]:
    """As it is stored; what is not asked for is left out."""
    return {each.value: list(wants[each]) for each in Field if wants.get(each)}


def read_wants(document: Mapping[str, Any]) -> Wants:
    """The other way round."""
    return {Field(name): tuple(values) for name, values in document.items()}


def read_values(text: str) -> tuple[str, ...]:
    """What was typed with commas between, each once."""
    values = (" ".join(each.split()) for each in text.split(","))
    return tuple({each.casefold(): each for each in values if each}.values())


def _matches(rule: Rule, facts: RoutingFacts) -> tuple[Match, ...] | None:
    """None where anything is asked for that the case has not."""
    found = []
    for asked, values in rule.wants.items():
        if not values:
            continue
        match = next(_met(asked, values, facts), None)
        if match is None:
            return None
        found.append(match)
    return tuple(found)


def _met(asked: Field, values: Iterable[str], facts: RoutingFacts) -> Iterator[Match]:
    if asked is Field.WORDS:
        title = f" {_plain(facts.title)} "
        yield from (Match(asked, each) for each in values if f" {_plain(each)} " in title)
        return
    has = {each.casefold() for each in _of(asked, facts)}
    yield from (Match(asked, each) for each in values if each.casefold() in has)


def _of(asked: Field, facts: RoutingFacts) -> tuple[str, ...]:
    if asked is Field.TAG:
        return facts.tags
    said = {
        Field.CATEGORY: facts.category,
        Field.CHANNEL: facts.channel,
        Field.LANGUAGE: facts.language,
        Field.TIER: facts.tier,
    }[asked]
    return (said,) if said else ()


def _plain(text: str) -> str:
    """Words and spaces, so that what stands before a full stop is found, too."""
    return " ".join("".join(each if each.isalnum() else " " for each in text.casefold()).split())


# So many cases a rule must have sent somewhere before a share of them says anything.
LEAST_ROUTED = 20


@dataclass(frozen=True, slots=True)
class Score:
    """How many cases a rule sent to its queue, and how many of them somebody sent on because that was wrong."""

    routed: int = 0
    misrouted: int = 0

    @property
    def percent(self) -> int | None:
        """The share of those that were wrong; None: too few to say."""
        return round(100 * self.misrouted / self.routed) if self.routed >= LEAST_ROUTED else None

"""The rules that say where cases belong, and a case that somebody sends elsewhere, as people look at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.routing import Routed, Rule, Score


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule with the name of its queue, and how often it was wrong lately."""

    rule: Rule
    queue: str
    score: Score


@dataclass(frozen=True, slots=True)
class RoutingShown:
    """All rules in their order, the queues by id, and how many live cases are in none."""

    rules: tuple[RuleShown, ...]
    queues: Mapping[UUID, str]
    unplaced: int


@dataclass(frozen=True, slots=True)
class Belongs:
    """The queue in which a case belongs by a rule, and why."""

    queue_id: UUID
    queue: str
    routed: Routed


@dataclass(frozen=True, slots=True)
class RerouteShown:
    """A case that is sent elsewhere: where it is, the queues, and the queue in which it belongs by a rule."""

    case: CaseNamed
    queue_id: UUID | None
    queue: str | None
    queues: Mapping[UUID, str]
    belongs: Belongs | None


@dataclass(frozen=True, slots=True)
class RoutingPart:
    """What the card of a case says of its queue: by which rule it is there, or where it belongs by one."""

    case: CaseNamed
    rule: str | None
    belongs: Belongs | None

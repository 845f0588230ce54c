"""Where cases belong, as the rules say."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.cases_named import named
from bot.domain.cases import LIVE, Priority
from bot.domain.cases_new import NewCase
from bot.domain.routing import Routed, RoutingFacts, Rule, read_wants, route
from bot.domain.routing_shown import Belongs, RoutingPart
from storage.db import WorkspaceSession
from storage.routing import routing_rule, routing_rules
from storage.tables import Case, Queue


def rules_of(session: WorkspaceSession) -> tuple[Rule, ...]:
    """The rules in the order in which they are asked."""
    return tuple(
        Rule(
            row.id,
            row.name,
            row.queue_id,
            read_wants(row.wants),
            Priority(row.priority) if row.priority else None,
        )
        for row in routing_rules(session)
    )


def facts_of(of: Case | NewCase) -> RoutingFacts:
    """What of a case decides where it belongs."""
    return RoutingFacts(of.category, tuple(of.tags), of.channel, of.language, of.tier, of.title)


def suggest(session: WorkspaceSession, facts: RoutingFacts) -> Routed | None:
    """The rule by which a case belongs somewhere; None: no rule says."""
    return route(rules_of(session), facts)


def belongs(session: WorkspaceSession, case: Case, rules: Sequence[Rule] | None = None) -> Belongs | None:
    """The queue in which a case belongs by the rules, if they say one."""
    found = route(rules_of(session) if rules is None else rules, facts_of(case))
    if found is None:
        return None
    queue = session.get_one(Queue, (session.workspace_id, found.rule.queue_id))
    return Belongs(queue.id, queue.name, found)


def load_part(session: WorkspaceSession, case: Case, _now: datetime) -> RoutingPart | None:
    """For the card of a case that is not done with: how it came to its queue, or where it belongs."""
    shown = named(session, case.id)
    if shown is None or case.state not in LIVE or case.external_gone_at:
        return None
    row = routing_rule(session, case.routed_by_id) if case.routed_by_id else None
    by_rule = row.name if row and row.queue_id == case.queue_id else None
    return RoutingPart(shown, by_rule, None if case.queue_id else belongs(session, case))

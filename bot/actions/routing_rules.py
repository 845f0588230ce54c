"""The rules that say where cases belong: looked at with how often each was wrong, made, changed and ended."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.routing import rules_of
from bot.actions.routing_do import NoSuchQueue
from bot.deps import Deps
from bot.domain.cases import Priority
from bot.domain.cases_lists import By, Scope
from bot.domain.permissions import Deed
from bot.domain.routing import Score, Wants, wants_to_document
from bot.domain.routing_shown import RoutingShown, RuleShown
from storage.cases_lists import number_of
from storage.db import WorkspaceSession
from storage.routing import routing_rule, routing_rules, routing_scores, rule_of_name
from storage.shifts import queues
from storage.swaps import form_result, remember_form
from storage.tables import Queue, RoutingRule

# What the audit calls it.
KIND = "routing rule"
COUNTED = timedelta(days=90)


class NameTaken(Exception):
    """Another rule is called so."""


class UnknownRule(Exception):
    """The rule is ended by now."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule as somebody wants it; ``place`` is its place in the order, the first being 1, None: the last."""

    name: str
    queue_id: UUID
    wants: Wants
    priority: Priority | None = None
    place: int | None = None


def routing_shown(deps: Deps, caller: Caller) -> RoutingShown:
    """All rules. Raises ``NotPermitted``."""
    caller.actor.require(Deed.CHANGE_ROUTING)
    now = deps.clock()
    with deps.sessions.read(caller.workspace_id) as session:
        scores = routing_scores(session, now - COUNTED)
        names = {row.id: row.name for row in queues(session)}
        rules = tuple(
            RuleShown(each, names[each.queue_id], scores.get(each.id, Score())) for each in rules_of(session)
        )
        return RoutingShown(rules, names, number_of(session, Scope(By.QUEUE), now).total)


def save_rule(deps: Deps, caller: Caller, rule_id: UUID | None, draft: Draft, nonce: UUID) -> None:
    """Makes a rule, or changes one; one that was ended under its name goes on.

    Raises ``NotPermitted``, ``NameTaken``, ``NoSuchQueue`` and ``UnknownRule``.
    """
    caller.actor.require(Deed.CHANGE_ROUTING)
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        if session.get(Queue, (session.workspace_id, draft.queue_id)) is None:
            raise NoSuchQueue
        row = _row(session, deps, rule_id, draft)
        before = None if row.ended_at else _document(row)
        row.name, row.queue_id, row.ended_at = draft.name, draft.queue_id, None
        row.wants, row.priority = wants_to_document(draft.wants), draft.priority
        session.flush()
        _move(session, row, draft.place)
        record(session, deps, caller.actor, "routing.change", (KIND, row.id), before, _document(row))
        remember_form(session, nonce, row.id, deps.clock())


def end_rule(deps: Deps, caller: Caller, rule_id: UUID) -> None:
    """Nothing is put anywhere by it any more; cases stay where they are.

    Raises ``NotPermitted`` and ``UnknownRule``.
    """
    caller.actor.require(Deed.CHANGE_ROUTING)
    with deps.sessions.write(caller.workspace_id) as session:
        row = _live(session, rule_id)
        row.ended_at = deps.clock()
        session.flush()
        _number(list(routing_rules(session)))
        record(session, deps, caller.actor, "routing.end", (KIND, row.id), _document(row), None)


def _row(session: WorkspaceSession, deps: Deps, rule_id: UUID | None, draft: Draft) -> RoutingRule:
    same = rule_of_name(session, draft.name)
    if same and same.id != rule_id and (same.ended_at is None or rule_id):
        raise NameTaken
    if rule_id:
        return _live(session, rule_id)
    if same:
        return same
    row = RoutingRule(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        name=draft.name,
        position=0,
        wants={},
        queue_id=draft.queue_id,
        ended_at=deps.clock(),
    )
    session.add(row)
    return row


def _live(session: WorkspaceSession, rule_id: UUID) -> RoutingRule:
    row = routing_rule(session, rule_id)
    if row is None or row.ended_at:
        raise UnknownRule
    return row


def _move(session: WorkspaceSession, row: RoutingRule, place: int | None) -> None:
    others = [each for each in routing_rules(session) if each.id != row.id]
    others.insert(len(others) if place is None else place - 1, row)
    _number(others)
    session.flush()


def _number(rows: list[RoutingRule]) -> None:
    for position, row in enumerate(rows, 1):
        row.position = position


def _document(row: RoutingRule) -> dict[str, object]:
    """What the audit keeps of it: whom it concerns, and no words."""
    return {"queue": str(row.queue_id), "place": row.position, "priority": row.priority}

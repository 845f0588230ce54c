"""A case is opened, or many are at once: each gets a number, a queue, and a log that says how it began."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.actions import sla
from bot.actions.cases_rows import note, write
from bot.actions.cases_turn import KIND
from bot.actions.record import record
from bot.actions.routing import facts_of, rules_of
from bot.deps import Deps
from bot.domain.cases import By, Happening, Kind, Priority
from bot.domain.cases_life import replay
from bot.domain.cases_new import NewCase
from bot.domain.permissions import Actor
from bot.domain.routing import Rule, route
from storage.connections import connections
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.tables import Case


def open_case(session: WorkspaceSession, deps: Deps, actor: Actor, new: NewCase) -> Case:
    """Opens a case, and reckons its clocks.

    One for which no queue is named comes to that of the first routing rule that fits.
    """
    (row,) = open_cases(session, deps, actor, [new])
    opening = {
        "state": row.state,
        "priority": row.priority,
        "queue": _text(row.queue_id),
        "owner": _text(row.owner_id),
        "tier": row.tier,
    }
    record(session, deps, actor, "case.open", (KIND, row.id), None, opening, row.number)
    session.flush()
    sla.reckon(session, deps, row)
    return row


def open_cases(
    session: WorkspaceSession, deps: Deps, actor: Actor, news: Sequence[NewCase], number: int | None = None
) -> list[Case]:
    """Opens all of them, in this order, with the import of that ``number``; audit and clocks are the caller's."""
    rules, helpdesks = rules_of(session), {row.kind for row in connections(session)}
    begun: list[tuple[Case, list[tuple[datetime, Happening]]]] = []
    for new in news:
        routed = None if new.queue_id else route(rules, facts_of(new))
        new = _routed(new, routed.rule) if routed else new
        by = By.HELPDESK if actor.member_id is None and new.source in helpdesks else By.MEMBER
        happened = list(_beginning(new, by, actor.member_id, number, deps.clock()))
        row = _row(session, deps, new, routed.rule.id if routed else None)
        write(row, replay((at, happening) for at, happening in happened))
        session.add(row)
        begun.append((row, happened))
    session.flush()
    for row, happened in begun:
        for position, (at, happening) in enumerate(happened, 1):
            note(session, deps, row, happening, at, position)
    session.flush()
    return [row for row, _ in begun]


def _beginning(
    new: NewCase, by: By, member_id: UUID | None, number: int | None, now: datetime
) -> Iterator[tuple[datetime, Happening]]:
    # A helpdesk's clock may be ahead of ours, and nothing begins later than now.
    at = min(new.opened_at or now, now)
    came: dict[str, Any] = {} if number is None else {"import": number}
    data = {
        "state": new.state,
        "priority": new.priority,
        "queue": _text(new.queue_id),
        "owner": _text(new.owner_id),
        "tier": new.tier,
    }
    replied = {"replied": True} if new.replied else {}
    yield at, Happening(Kind.OPENED, {**data, **replied, **came}, by, member_id)
    if new.replied_at:
        yield max(at, min(new.replied_at, now)), Happening(Kind.MESSAGE, came, By.HELPDESK)


def _row(session: WorkspaceSession, deps: Deps, new: NewCase, rule_id: UUID | None) -> Case:
    return Case(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, KIND),
        source=new.source,
        external_id=new.external_id,
        external_url=new.external_url,
        external_version=new.external_version,
        title=new.title,
        customer=new.customer,
        language=new.language,
        channel=new.channel,
        category=new.category,
        tags=sorted(set(new.tags)),
        routed_by_id=rule_id,
        due_at=None,
    )


def _routed(new: NewCase, rule: Rule) -> NewCase:
    """A priority that the rule gives holds where nothing else was said, here or in a helpdesk."""
    usual = new.priority is Priority.NORMAL and new.source is None
    return replace(new, queue_id=rule.queue_id, priority=(usual and rule.priority) or new.priority)


def _text(value: object) -> str | None:
    return str(value) if value else None

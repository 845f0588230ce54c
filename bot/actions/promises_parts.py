"""Promises to customers where something else is shown: on the card of the case, and among what needs somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.actions.cases_named import named
from bot.actions.nudges import Part
from bot.actions.people import somebody
from bot.domain.cases import LIVE as LIVE_CASES
from bot.domain.permissions import Actor, Deed, Reach
from bot.domain.promises import LIVE, Promise, Reminder, State
from bot.domain.promises_shown import OnCard, PromiseShown, PromisesPage
from bot.views import promises as views
from storage.cases import cases_by_id
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.promises import promises_by_id, promises_of_case, promises_of_owner
from storage.swaps import note_text
from storage.tables import Case, CustomerPromise, Nudge

# Promises on a Home.
_ON_HOME = 3


def promise_of(row: CustomerPromise) -> Promise:
    """What decides what can become of it."""
    return Promise(State(row.state), row.made_at, row.due_at, row.sent_at, row.missed_at, row.rung)


def shown_promise(
    session: WorkspaceSession, row: CustomerPromise, reminder: Reminder | None = None
) -> PromiseShown:
    """A promise as it is shown."""
    about = session.get_one(Case, (session.workspace_id, row.case_id))
    name = named(session, row.case_id)
    assert name
    return PromiseShown(
        row.id,
        name,
        about.customer,
        somebody(session, row.owner_id),
        promise_of(row),
        note_text(session, row.text_id),
        note_text(session, row.draft_id),
        reminder=reminder,
    )


def load_on_case(session: WorkspaceSession, case: Case, now: datetime) -> OnCard | None:
    """What the customer of a case was promised and has not confirmed; also nothing, while it lives."""
    rows = promises_of_case(session, case.id)
    if not rows and case.state not in LIVE_CASES:
        return None
    name = named(session, case.id)
    assert name
    return OnCard(name, tuple(shown_promise(session, row) for row in rows), now)


def own_promises(session: WorkspaceSession, actor: Actor) -> PromisesPage:
    """The first of what somebody owes to customers."""
    if actor.member_id is None or actor.reach(Deed.PROMISE) is Reach.NOBODY:
        return PromisesPage()
    rows, total = promises_of_owner(session, actor.member_id, 0, _ON_HOME)
    return PromisesPage(tuple(shown_promise(session, row) for row in rows), total=total)


def load_nudges(session: WorkspaceSession, _now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, PromiseShown]:
    """What each shows now; of a promise that is over or was moved since, there is nothing to say any more."""
    rows = promises_by_id(session, [each.subject_id for each in nudges])
    cases_by_id(session, [row.case_id for row in rows.values()])  # in one query
    members_by_id(session, {row.owner_id for row in rows.values()})
    found = {}
    for each in nudges:
        row, reminder = rows.get(each.subject_id), Reminder(each.data["reminder"])
        if row and (each.ended_at or _is_current(row, reminder, each.data)):
            shown = shown_promise(session, row, reminder)
            found[each.id] = replace(shown, own=each.member_id == row.owner_id)
    return found


def _is_current(row: CustomerPromise, reminder: Reminder, data: Mapping[str, Any]) -> bool:
    waits = State.TOLD if reminder is Reminder.CONFIRM else State.OPEN
    same = row.state in LIVE and row.due_at == datetime.fromisoformat(data["due_at"])
    return same and row.state == waits


NUDGES = Part(load_nudges, views.nudge_line, views.nudge_buttons)

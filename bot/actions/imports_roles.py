"""Which roles an import of people gave, changed or took back, as the audit tells it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from bot.actions.record import record
from bot.deps import Deps
from bot.domain.permissions import Actor, Role
from storage.db import WorkspaceSession
from storage.tables import Grant, ImportChange


def record_roles(
    session: WorkspaceSession, deps: Deps, actor: Actor, changes: Iterable[ImportChange], *, undone: bool = False
) -> None:
    """Notes, person by person, which roles an import gave, changed or (``undone``) took back.

    That somebody who is new is an agent, as everybody is, goes without saying.
    """
    for change in changes:
        if change.table != "grant":
            continue
        before, after = (_role(said) for said in (change.before, change.after))
        if before == after or (
            None in (before, after) and {"role": Role.AGENT, "team_id": None} in (before, after)
        ):
            continue
        if undone:
            before, after = after, before
        record(session, deps, actor, "role.change", ("member", _holder(session, change)), before, after)


def _role(said: dict[str, Any] | None) -> dict[str, Any] | None:
    return {key: said[key] for key in ("role", "team_id")} if said and "role" in said else None


def _holder(session: WorkspaceSession, change: ImportChange) -> UUID:
    """Whose role it is; what was changed is still there to be asked."""
    said = change.after or change.before or {}
    if "member_id" in said:
        return UUID(said["member_id"])
    return session.get_one(Grant, (session.workspace_id, change.subject_id)).member_id

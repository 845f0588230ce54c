"""Versions of settings documents per scope."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Setting

# Built once: it is asked for several times with everything that anybody is shown.
_CURRENT = (
    select(Setting)
    .where(Setting.workspace_id == bindparam("own"), Setting.scope == bindparam("asked"))
    .order_by(Setting.version.desc())
    .limit(1)
)


def current_setting(session: WorkspaceSession, scope: str) -> Setting | None:
    """The version in force."""
    return session.scalar(_CURRENT, {"own": session.workspace_id, "asked": scope})


def current_documents(session: WorkspaceSession, scopes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What is in force in those of the scopes that say anything of their own, by scope."""
    wanted, later = list(scopes), aliased(Setting)
    found: dict[str, dict[str, Any]] = {}
    for at in range(0, len(wanted), PARAMETERS):
        newest = (
            select(func.max(later.version))
            .where(later.workspace_id == session.workspace_id, later.scope == Setting.scope)
            .scalar_subquery()
        )
        rows = session.execute(
            select(Setting.scope, Setting.document).where(
                Setting.workspace_id == session.workspace_id,
                Setting.scope.in_(wanted[at : at + PARAMETERS]),
                Setting.version == newest,
            )
        )
        found |= {row.scope: row.document for row in rows}
    return found


def add_setting(session: WorkspaceSession, scope: str, document: dict[str, Any], now: datetime) -> Setting:
    """Puts a new version into force; the ones before it stay readable."""
    before = current_setting(session, scope)
    setting = Setting(
        workspace_id=session.workspace_id,
        scope=scope,
        version=before.version + 1 if before else 1,
        document=document,
        changed_at=now,
    )
    session.add(setting)
    return setting


def scopes(session: WorkspaceSession) -> set[str]:
    """The scopes that have settings of their own."""
    return set(session.scalars(select(Setting.scope).where(Setting.workspace_id == session.workspace_id)))

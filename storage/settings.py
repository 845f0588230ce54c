"""Versions of settings documents per scope."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.db import WorkspaceSession
from storage.tables import Setting


def current_setting(session: WorkspaceSession, scope: str) -> Setting | None:
    """The version in force."""
    return session.scalar(
        select(Setting)
        .where(Setting.workspace_id == session.workspace_id, Setting.scope == scope)
        .order_by(Setting.version.desc())
        .limit(1)
    )


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

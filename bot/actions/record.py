"""The audit line that every change leaves, and with it every open Home is drawn anew."""

from typing import Any
from uuid import UUID

from bot.deps import Deps
from bot.domain.permissions import Actor
from storage.db import WorkspaceSession
from storage.home import touch_homes
from storage.tables import Audit


def record(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    action: str,
    subject: tuple[str, UUID | None],
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    number: int | None = None,
) -> None:
    """Notes who did what to which subject (kind and id), and what was there before and after; no free text.

    Whatever is noted may show on somebody's Home.
    """
    touch_homes(session, deps.clock())
    session.add(
        Audit(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            at=deps.clock(),
            actor_id=actor.member_id,
            actor=actor.kind,
            action=action,
            subject_kind=subject[0],
            subject_id=subject[1],
            number=number,
            before=before,
            after=after,
        )
    )

"""Whose settings there are: the workspace's, and those of its teams and queues."""

from bot.actions.settings import WORKSPACE
from bot.domain.settings_shown import Scope
from storage.db import WorkspaceSession
from storage.people import teams
from storage.shifts import queues

WHOLE = Scope(WORKSPACE, "The workspace")


class UnknownScope(Exception):
    """There is no team or queue of that name."""


def scopes(session: WorkspaceSession) -> tuple[Scope, ...]:
    """All of them, the workspace first."""
    every = [WHOLE]
    every += [Scope(f"team:{row.id}", row.name) for row in teams(session)]
    every += [Scope(f"queue:{row.id}", row.name) for row in queues(session)]
    return tuple(every)


def scope_of(session: WorkspaceSession, team: str | None, queue: str | None) -> str:
    """The scope named by a team or a queue, or the workspace; raises ``UnknownScope``."""
    if team is None and queue is None:
        return WORKSPACE
    kind, name = ("team", team) if team is not None else ("queue", str(queue))
    for each in scopes(session):
        if each.kind == kind and each.name.casefold() == name.casefold():
            return each.id
    raise UnknownScope(f"There is no {kind} “{name}”.")

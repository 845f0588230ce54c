"""Reckons every clock anew where the policy, the hours or the holidays have changed."""

from uuid import UUID

from bot.actions.nudges_follow import overtaken
from bot.actions.sla import reckon_many, would_change
from bot.deps import Deps
from bot.domain.cases import LIVE
from bot.domain.permissions import CLOCK, Deed
from storage.cases import cases_by_id
from storage.sla import cases_after, follow_settings, settings_followed, settings_written

# At once, so that whoever wants to write meanwhile does not wait for long.
_BATCH = 200


def follow(deps: Deps, workspace_id: str) -> None:
    """The same if any settings were changed since it was done last, however long ago that was."""
    with deps.sessions.read(workspace_id) as session:
        written, followed = settings_written(session), settings_followed(session)
    if written == followed:
        return
    reckon_all(deps, workspace_id)
    with deps.sessions.write(workspace_id) as session:
        follow_settings(session, written)


def reckon_all(deps: Deps, workspace_id: str) -> int:
    """Reckons the clocks of all live cases; how many cases have changed.

    It writes only where something is otherwise, so a change that concerns no clock disturbs nobody.
    """
    CLOCK.require(Deed.WATCH_CASES)
    changed = 0
    after: UUID | None = None
    while True:
        with deps.sessions.read(workspace_id) as session:
            cases = cases_after(session, after, LIVE, _BATCH)
            wanted = would_change(session, deps, cases)
        if wanted:
            with deps.sessions.write(workspace_id) as session:
                found = cases_by_id(session, wanted)
                changed += reckon_many(session, deps, list(found.values()))
                session.flush()
                overtaken(session, deps, found)
        if len(cases) < _BATCH:
            return changed
        after = cases[-1].id

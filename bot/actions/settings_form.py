"""What the form of the settings shows, for a workspace, a team or a queue."""

from bot.actions.people import Caller
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.deps import Deps
from bot.domain.permissions import Deed
from bot.domain.settings_shown import Scope, SettingsShown
from storage.db import WorkspaceSession
from storage.people import skills, teams
from storage.settings import current_setting
from storage.shifts import queues

_WHOLE = Scope(WORKSPACE, "The workspace")


def shown_settings(deps: Deps, caller: Caller, scope_id: str = WORKSPACE) -> SettingsShown:
    """The settings of a scope; those of the workspace where there is no such scope any more."""
    caller.actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.read(caller.workspace_id) as session:
        scopes = _scopes(session)
        scope = next((each for each in scopes if each.id == scope_id), _WHOLE)
        current = current_setting(session, scope.id)
        own = current.document if current else {}
        values = preferences(session, scope.id)
        usual = Preferences() if scope == _WHOLE else preferences(session)
        without_rules = {"jurisdiction": values.jurisdiction, "rules": usual.rules}
        return SettingsShown(
            scope,
            scopes,
            own,
            usual.model_dump(),
            values.model_dump(),
            values.model_copy(update=without_rules).policy.settings,
            tuple(skill.name for skill in skills(session)),
        )


def _scopes(session: WorkspaceSession) -> tuple[Scope, ...]:
    every = [_WHOLE]
    every += [Scope(f"team:{row.id}", row.name) for row in teams(session)]
    every += [Scope(f"queue:{row.id}", row.name) for row in queues(session)]
    return tuple(every)

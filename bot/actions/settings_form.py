"""What the form of the settings shows, for a workspace, a team or a queue."""

from bot.actions.people import Caller
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.settings_scopes import WHOLE, scopes
from bot.deps import Deps
from bot.domain.permissions import Deed
from bot.domain.settings_shown import SettingsShown
from storage.people import skills
from storage.settings import current_setting


def shown_settings(deps: Deps, caller: Caller, scope_id: str = WORKSPACE) -> SettingsShown:
    """The settings of a scope; those of the workspace where there is no such scope any more."""
    caller.actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.read(caller.workspace_id) as session:
        every = scopes(session)
        scope = next((each for each in every if each.id == scope_id), WHOLE)
        current = current_setting(session, scope.id)
        own = current.document if current else {}
        values = preferences(session, scope.id)
        usual = Preferences() if scope == WHOLE else preferences(session)
        without_rules = {"jurisdiction": values.jurisdiction, "rules": usual.rules}
        return SettingsShown(
            scope,
            every,
            own,
            usual.model_dump(),
            values.model_dump(),
            values.model_copy(update=without_rules).policy.settings,
            tuple(skill.name for skill in skills(session)),
        )

"""What people want when others need cover: read from what they prefer."""

from collections.abc import Iterable
from uuid import UUID

from bot.actions.own import OwnPreferences, own_preferences, own_scope
from bot.domain.wishes import Wish
from storage.db import WorkspaceSession
from storage.settings import current_documents
from storage.tables import Member


def wish_of(session: WorkspaceSession, member: Member) -> Wish:
    """Whether and when somebody wants to be asked."""
    return own_preferences(session, member.id).wish


def wishes_of(session: WorkspaceSession, members: Iterable[Member]) -> dict[UUID, Wish]:
    """The same of each of the members, read at once."""
    scopes = {own_scope(each.id): each.id for each in members}
    said = current_documents(session, scopes)
    return {each: OwnPreferences.model_validate(said.get(scope, {})).wish for scope, each in scopes.items()}

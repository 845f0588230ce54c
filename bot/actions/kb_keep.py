"""Putting an article away, and bringing it back."""

from collections.abc import Callable
from uuid import UUID

from bot.actions.kb_look import found, shown
from bot.actions.kb_turn import archive, demand_editable, restore
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.kb_shown import ArticleShown
from bot.domain.permissions import Deed


def archive_article(deps: Deps, caller: Caller, article_id: UUID) -> ArticleShown:
    """Nobody finds it any more. Raises ``NotPermitted``, ``UnknownArticle`` and ``KeptElsewhere``."""
    return _do(deps, caller, article_id, archive)


def restore_article(deps: Deps, caller: Caller, article_id: UUID) -> ArticleShown:
    """It is as it was before it was archived. Raises what ``archive_article`` raises."""
    return _do(deps, caller, article_id, restore)


def _do(deps: Deps, caller: Caller, article_id: UUID, does: Callable[..., None]) -> ArticleShown:
    with deps.sessions.write(caller.workspace_id) as session:
        row = found(session, caller, article_id)
        caller.actor.require(Deed.WRITE_KB, of=row.owner_id)
        demand_editable(session, row)
        does(session, deps, caller.actor, row)
        return shown(session, caller, row, deps.clock())

"""Whether an article helped those who read it."""

from uuid import UUID

from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.kb import State, UnknownArticle
from bot.domain.kb_found import SEARCHED_LATELY
from bot.domain.kb_upkeep_shown import Helpfulness
from bot.domain.permissions import Deed
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb_missing import opened_otherwise
from storage.kb_upkeep import opinion_of, opinions
from storage.tables import ArticleOpinion


def say_whether_it_helped(deps: Deps, caller: Caller, article_id: UUID, *, helpful: bool) -> Helpfulness:
    """Counts what the caller says of an article; their last word is what counts.

    Raises ``NotPermitted`` and ``UnknownArticle``.
    """
    caller.actor.require(Deed.READ_KB)
    member_id = caller.actor.member_id
    assert member_id
    with deps.sessions.write(caller.workspace_id) as session:
        row = article_row(session, article_id)
        if row is None or row.state != State.PUBLISHED:
            raise UnknownArticle
        said = opinion_of(session, article_id, member_id)
        if said is None:
            said = ArticleOpinion(workspace_id=session.workspace_id, article_id=article_id, member_id=member_id)
            session.add(said)
        said.helpful, said.said_at = helpful, deps.clock()
        session.flush()
        if helpful:  # what was shown of it was enough
            opened_otherwise(session, row.id, deps.clock() - SEARCHED_LATELY)
        record(session, deps, caller.actor, "kb.opinion", ("article", row.id), None, None, row.number)
        return helpfulness(session, article_id)


def helpfulness(session: WorkspaceSession, article_id: UUID) -> Helpfulness:
    """How many people it helped, of those who said so or not."""
    return Helpfulness(*opinions(session, [article_id]).get(article_id, (0, 0)))

"""What was read of an article elsewhere, in a folder or another tool, is taken over."""

from bot.actions.kb_turn import amend, archive, create, restore, write_version
from bot.deps import Deps
from bot.domain.kb import FOLDER, State, What
from bot.domain.kb_new import NewArticle
from bot.domain.permissions import Actor
from storage.db import WorkspaceSession
from storage.kb import article_of_source, version_of
from storage.tables import Article


def mirror(session: WorkspaceSession, deps: Deps, actor: Actor, new: NewArticle) -> What:
    """Adds what is new, and brings up to date what is known by its source and the path or id there.

    The owner whom the source names holds as long as nobody has it here; so does how soon it is looked at again.
    What came from a folder and was edited or archived here since stays as it is.
    """
    assert new.source
    assert new.external_id
    known = article_of_source(session, new.source, new.external_id)
    if known is None:
        create(session, deps, actor, new)
        return What.ADDED
    was_gone = known.state == State.ARCHIVED
    if was_gone and known.source == FOLDER and known.external_version is not None:
        return What.KEPT
    if was_gone:
        restore(session, deps, actor, known)
    if _edited_here(session, known, new):
        return What.CHANGED if was_gone else What.KEPT
    changed = amend(session, deps, actor, known, **_beside_its_words(known, new))
    rewritten = _rewrite(session, deps, actor, known, new)
    known.external_version = new.external_version
    session.flush()
    return What.CHANGED if changed or rewritten or was_gone else What.SAME


def gone(session: WorkspaceSession, deps: Deps, actor: Actor, article: Article) -> None:
    """The original is no longer there: nobody finds it here either; it comes back with the original.

    What somebody archived here, which stays so, is told from that by the version of the original.
    """
    archive(session, deps, actor, article)
    article.external_version = None


def _edited_here(session: WorkspaceSession, known: Article, new: NewArticle) -> bool:
    if known.source != FOLDER or known.external_version == new.external_version:
        return False
    newest = version_of(session, known.id, known.draft or known.version)
    return newest is not None and newest.written_by_id is not None


def _beside_its_words(known: Article, new: NewArticle) -> dict[str, object]:
    owner_id = known.owner_id or new.owner_id
    if known.source == FOLDER and known.external_version == new.external_version:
        return {"owner_id": owner_id}
    return {
        "kind": new.kind.value,
        "language": new.language,
        "product": new.product,
        "tags": list(new.tags),
        "external_url": new.external_url,
        "owner_id": owner_id,
        "review_days": new.review_days or known.review_days,
    }


def _rewrite(session: WorkspaceSession, deps: Deps, actor: Actor, known: Article, new: NewArticle) -> bool:
    same = known.external_version is not None and known.external_version == new.external_version
    if same and known.source == FOLDER:
        return False
    now = version_of(session, known.id, known.version or known.draft)
    variables = dict(new.variables) if new.variables is not None else None
    if now and (now.title, now.body, now.variables) == (new.title, new.body, variables):
        return False
    publish = new.state is State.PUBLISHED
    write_version(session, deps, actor, known, new.title, new.body, variables=variables, publish=publish)
    return True

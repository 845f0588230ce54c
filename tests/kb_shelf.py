"""Articles for tests and benchmarks, written and indexed without the actions around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.deps import new_id
from bot.domain.kb import Kind, State, VersionState
from storage.db import WorkspaceSession
from storage.kb_search import index_all
from storage.tables import Article, ArticleVersion

_AT = datetime(2026, 11, 2, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Text:
    """What an article says."""

    title: str
    body: str = ""
    language: str = "en"
    kind: Kind = Kind.ARTICLE
    tags: tuple[str, ...] = ()
    product: str | None = None


def shelve(session: WorkspaceSession, texts: Iterable[Text], first: int = 1) -> list[Article]:
    """Published articles with these words, to be found at once; their numbers go up from ``first``."""
    pairs = [_pair(session, number, text) for number, text in enumerate(texts, first)]
    session.add_all(article for article, _ in pairs)
    session.flush()
    index_all(session, pairs)
    return [article for article, _ in pairs]


def version_of(article: Article, title: str, body: str, number: int = 1) -> ArticleVersion:
    """A version of an article with these words, not kept."""
    return ArticleVersion(
        workspace_id=article.workspace_id,
        article_id=article.id,
        version=number,
        title=title,
        body=body,
        state=VersionState.PUBLISHED,
        written_at=_AT,
    )


def _pair(session: WorkspaceSession, number: int, text: Text) -> tuple[Article, ArticleVersion]:
    article = Article(
        workspace_id=session.workspace_id,
        id=new_id(),
        number=number,
        kind=text.kind,
        state=State.PUBLISHED,
        title=text.title,
        language=text.language,
        product=text.product,
        tags=list(text.tags),
        version=1,
        created_at=_AT,
        changed_at=_AT,
    )
    return article, version_of(article, text.title, text.body)

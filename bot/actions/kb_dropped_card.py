"""What somebody reads who has given the bot an article as a file, until it is published."""

from dataclasses import dataclass
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.outbox import touch
from bot.deps import Deps
from bot.domain.permissions import Actor
from bot.views import kb_dropped as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.kb import article
from storage.tables import Article, ArticleVersion

CARD = "kb.dropped"


@dataclass(frozen=True, slots=True)
class _Stands:
    """The article that the file became, if it did."""

    row: Article | None


def register_cards(cards: Cards) -> None:
    """The card of this module."""

    def load(session: WorkspaceSession, article_id: UUID | None) -> _Stands:
        return _Stands(article(session, article_id) if article_id else None)

    def draw(found: _Stands, _audience: str, _formats: Formats, facts: Facts) -> Message:
        row = found.row
        if row is None:
            return views.refused(facts)
        version = int(facts["version"])
        return views.kept(row.id, row.number, row.title, facts["name"], version, draft=row.draft == version)

    cards.register(CARD, load, draw)


def follow_publish(
    session: WorkspaceSession, deps: Deps, _actor: Actor, row: Article, _version: ArticleVersion
) -> None:
    """The card offers no more to publish what is."""
    touch(session, deps, CARD, row.id)

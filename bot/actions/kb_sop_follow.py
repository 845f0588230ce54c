"""When a procedure is published, whoever wrote it sees what is different, and is asked who acknowledges it."""

from collections.abc import Mapping
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.kb_upkept import named
from bot.actions.outbox import tell
from bot.deps import Deps
from bot.domain.kb import Kind, VersionState
from bot.domain.kb_diff import difference
from bot.domain.kb_upkeep_shown import SopChange
from bot.domain.permissions import Actor
from bot.views import kb_sop as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.announcements import numbers_about
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb import version_of, versions_of
from storage.people import member
from storage.swaps import note_text
from storage.tables import Article, ArticleVersion

CARD = "kb.sop"


def register_cards(cards: Cards, deps: Deps) -> None:
    """What whoever published it reads; of which version is for the message to say."""

    def load(session: WorkspaceSession, article_id: UUID | None) -> Mapping[int, SopChange] | None:
        row = article_row(session, article_id) if article_id else None
        if row is None or row.version is None:
            return None
        version = version_of(session, row.id, row.version)
        return {row.version: change_of(session, row, version)} if version else None

    command = f"/{deps.settings.command_prefix}announce"

    def draw(found: Mapping[int, SopChange], _audience: str, _formats: Formats, facts: Facts) -> Message | None:
        shown = found.get(facts["version"])
        return views.sop_card(shown, command) if shown else views.replaced()

    cards.register(CARD, load, draw)


def ask_publisher(
    session: WorkspaceSession, deps: Deps, _actor: Actor, article: Article, version: ArticleVersion
) -> None:
    """Asks whoever wrote it; of what changed elsewhere without them its owner.

    Nobody of what is new from a folder or another tool: the team has worked by that until now.
    """
    if article.kind != Kind.SOP or (article.source and not _read_before(session, version)):
        return
    author_id = version.written_by_id or article.owner_id
    author = member(session, author_id) if author_id else None
    if author and author.slack_id and author.deactivated_at is None:
        facts = {"version": version.version}
        key = f"{CARD}:{article.id}:{version.version}"
        tell(session, deps, to=author.slack_id, card=CARD, subject=article.id, facts=facts, key=key)


def change_of(session: WorkspaceSession, article: Article, version: ArticleVersion) -> SopChange:
    """What a version changed of the one that people read before it, and why."""
    before = next(iter(_read_before(session, version)), None)
    changes = difference(before.body if before else "", version.body)
    reason = note_text(session, version.reason_id)
    asked = numbers_about(session, article.id, version.decided_at or version.written_at)
    return SopChange(
        named(article), version.version, before.version if before else None, reason, changes, tuple(asked)
    )


def _read_before(session: WorkspaceSession, version: ArticleVersion) -> list[ArticleVersion]:
    """What people read before, the newest first."""
    return [
        each
        for each in versions_of(session, version.article_id)
        if each.version < version.version and each.state == VersionState.PUBLISHED
    ]

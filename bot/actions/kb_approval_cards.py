"""What a second person has to approve before it is published, and the card on which they do."""

from collections.abc import Mapping
from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.kb_approval_nudges import ask_for_all
from bot.actions.kb_upkept import load_approval
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.kb import FOLDER, Kind, VersionState
from bot.domain.kb_upkeep_shown import ApprovalShown
from bot.domain.permissions import Actor
from bot.domain.shifts import Somebody
from bot.views import kb_approval as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb import versions_of
from storage.people import member
from storage.tables import Article, ArticleVersion

CARD, NEWS, MANY = "kb.approval", "kb.approval.news", "kb.approval.many"


def register_cards(cards: Cards) -> None:
    """What approvers decide, and what whoever wrote it hears; which version is for the message to say."""

    def load(session: WorkspaceSession, article_id: UUID | None) -> Mapping[int, ApprovalShown] | None:
        row = article_row(session, article_id) if article_id else None
        return {each.version: load_approval(session, row, each) for each in _asked(session, row)} if row else None

    def draw(found: Mapping[int, ApprovalShown], _audience: str, formats: Formats, facts: Facts) -> Message | None:
        shown = found.get(facts["version"])
        return views.approval_card(shown, formats) if shown else None

    def draw_news(
        found: Mapping[int, ApprovalShown], _audience: str, _formats: Formats, facts: Facts
    ) -> Message | None:
        shown = found.get(facts["version"])
        return views.approval_news(shown, declined=facts["declined"]) if shown else None

    def load_approver(session: WorkspaceSession, member_id: UUID | None) -> Somebody | None:
        return somebody(session, member_id) if member_id else None

    def draw_many(by: Somebody, _audience: str, _formats: Formats, facts: Facts) -> Message:
        return views.many_approved(by, facts["count"])

    cards.register(CARD, load, draw)
    cards.register(NEWS, load, draw_news)
    cards.register(MANY, load_approver, draw_many)


def needs_second(session: WorkspaceSession, article: Article) -> bool:
    """Whether a second person publishes it."""
    return article.kind in kinds_with_second(session)


def kinds_with_second(session: WorkspaceSession) -> frozenset[Kind]:
    """What a second person publishes: canned responses always, procedures where the settings say so."""
    return frozenset((Kind.CANNED, Kind.SOP) if preferences(session).sop_approval else (Kind.CANNED,))


def kinds_open(session: WorkspaceSession, article: Article) -> tuple[Kind, ...]:
    """What it can be said to be: what people read gets round no second person by becoming something else."""
    now, second = Kind(article.kind), kinds_with_second(session)
    if article.version is None:
        return tuple(Kind)
    return tuple(each for each in Kind if each is now or not {each, now} & second)


def ask_second(
    session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, version: ArticleVersion
) -> None:
    """Shows approvers what waits for them; what comes from a folder, where there may be much, in one message."""
    touch(session, deps, CARD, article.id)
    author = member(session, version.written_by_id) if version.written_by_id else None
    if author and article.source == FOLDER:
        ask_for_all(session, deps, author.id, str(version.written_at))
        return
    asked_at = deps.clock()
    concerned = {actor.member_id, version.written_by_id}
    for lane in approver_lanes(session, author.team_id if author else None, concerned, asked_at):
        key = f"{CARD}:{article.id}:{version.version}:{asked_at.timestamp()}:{lane}"
        tell(session, deps, to=lane, card=CARD, subject=article.id, facts={"version": version.version}, key=key)


def _asked(session: WorkspaceSession, article: Article) -> list[ArticleVersion]:
    """The versions that a second person decides or has decided, or that were replaced before."""
    states = (VersionState.WAITING, VersionState.DROPPED)
    return [row for row in versions_of(session, article.id) if row.state in states or row.decided_by_id]

"""Reports that an article is not true any more: how they stand, who is told, and what a new version settles."""

from collections.abc import Mapping
from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.kb_upkept import looked_at, named
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.kb import Report, State
from bot.domain.kb_upkeep import settled_by
from bot.domain.kb_upkeep_shown import ReportShown
from bot.domain.permissions import Actor
from bot.views import kb_reports as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb_upkeep import open_reports, report_of
from storage.people import member
from storage.swaps import note_text
from storage.tables import Article, ArticleReport, ArticleVersion

CARD, NEWS = "kb.report", "kb.report.news"
KIND = "article"


def register_cards(cards: Cards) -> None:
    """What the owner reads of a report, and what whoever reported hears."""

    def draw(shown: ReportShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.report_card(shown, formats)

    def draw_news(shown: ReportShown, _audience: str, _formats: Formats, facts: Facts) -> Message:
        return views.report_news(shown, archived=facts["archived"])

    cards.register(CARD, _load, draw)
    cards.register(NEWS, _load, draw_news)


def load_report(session: WorkspaceSession, row: ArticleReport) -> ReportShown:
    """A report as it stands."""
    article = article_row(session, row.article_id)
    assert article
    people: Mapping[str, UUID | None] = {
        "reporter": row.reported_by_id,
        "owner": article.owner_id,
        "closed_by": row.closed_by_id,
    }
    return ReportShown(
        row.id,
        named(article),
        row.version,
        Report(row.state),
        said=note_text(session, row.note_id),
        reported_at=row.reported_at,
        closed_at=row.closed_at,
        answer=note_text(session, row.answer_id),
        **{name: somebody(session, each) if each else None for name, each in people.items()},
    )


def show_owner(session: WorkspaceSession, deps: Deps, article: Article, row: ArticleReport) -> None:
    """Gives the report to the owner; where there is none, to the coordinators."""
    owner = member(session, article.owner_id) if article.owner_id else None
    there = owner.slack_id if owner and owner.deactivated_at is None else None
    for lane in [there] if there else approver_lanes(session, None, {row.reported_by_id}, deps.clock()):
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=f"{CARD}:{row.id}:{lane}")


def close_report(session: WorkspaceSession, deps: Deps, actor: Actor, row: ArticleReport, state: Report) -> None:
    """Says what became of a report that is open; whoever reported it hears, unless they did it themselves."""
    row.state, row.closed_by_id, row.closed_at = state, actor.member_id, deps.clock()
    session.flush()
    article = article_row(session, row.article_id)
    assert article
    after = {"state": row.state}
    record(session, deps, actor, "kb.report_close", (KIND, article.id), None, after, article.number)
    touch(session, deps, CARD, row.id)
    looked_at(session, deps, article)
    reporter = member(session, row.reported_by_id) if row.reported_by_id else None
    if reporter and reporter.slack_id and reporter.deactivated_at is None and reporter.id != actor.member_id:
        facts = {"archived": article.state == State.ARCHIVED}
        tell(session, deps, to=reporter.slack_id, card=NEWS, subject=row.id, facts=facts, key=f"{NEWS}:{row.id}")


def settle_published(
    session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, version: ArticleVersion
) -> None:
    """Whoever wrote the version said which reports it answers."""
    answered = set(settled_by(version.wanted))
    for row in open_reports(session, article.id):
        if row.id in answered:
            close_report(session, deps, actor, row, Report.FIXED)


def settle_archived(session: WorkspaceSession, deps: Deps, actor: Actor, article: Article) -> None:
    """Nobody reads it any more, so nothing of it is wrong."""
    for row in open_reports(session, article.id):
        close_report(session, deps, actor, row, Report.FIXED)


def _load(session: WorkspaceSession, report_id: UUID | None) -> ReportShown | None:
    row = report_of(session, report_id) if report_id else None
    return load_report(session, row) if row else None

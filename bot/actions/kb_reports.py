"""Saying that an article is not true any more, and seeing to it that it is."""

from uuid import UUID

from bot.actions.kb_reports_follow import KIND, close_report, load_report, show_owner
from bot.actions.kb_upkeep import kept
from bot.actions.kb_upkept import looked_at, named
from bot.actions.notes import write_note
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.approval import ReasonMissing
from bot.domain.kb import Report, State, UnknownArticle
from bot.domain.kb_upkeep import ReportClosed
from bot.domain.kb_upkeep_shown import ArticleNamed, ReportShown
from bot.domain.permissions import Deed
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb_upkeep import open_reports, report_of
from storage.swaps import form_result, remember_form
from storage.tables import Article, ArticleReport


def to_report(deps: Deps, caller: Caller, article_id: UUID) -> ArticleNamed:
    """The article of which somebody says that it is not true any more.

    Raises ``NotPermitted`` and ``UnknownArticle``.
    """
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        return named(_published(session, article_id))


def report(deps: Deps, caller: Caller, nonce: UUID, article_id: UUID, words: str) -> ReportShown:
    """Tells the owner what is wrong, once for a form. Raises what ``to_report`` does, and ``ReasonMissing``."""
    caller.actor.require(Deed.READ_KB)
    if not words.strip():
        raise ReasonMissing
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, nonce)
        if known and (row := report_of(session, known)):
            return load_report(session, row)
        article = _published(session, article_id)
        row = ArticleReport(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            article_id=article.id,
            version=article.version,
            reported_by_id=caller.actor.member_id,
            note_id=write_note(session, deps, caller.actor.member_id, words),
            reported_at=deps.clock(),
            state=Report.OPEN,
        )
        session.add(row)
        session.flush()
        remember_form(session, nonce, row.id, deps.clock())
        record(session, deps, caller.actor, "kb.report", (KIND, article.id), None, None, article.number)
        show_owner(session, deps, article, row)
        looked_at(session, deps, article)
        return load_report(session, row)


def to_answer(deps: Deps, caller: Caller, report_id: UUID) -> ReportShown:
    """A report that the caller may answer. Raises ``NotPermitted``, ``UnknownArticle`` and ``ReportClosed``."""
    with deps.sessions.read(caller.workspace_id) as session:
        return load_report(session, _open(session, caller, report_id))


def fixed(deps: Deps, caller: Caller, report_id: UUID) -> None:
    """What was wrong is put right. Raises what ``to_answer`` does."""
    with deps.sessions.write(caller.workspace_id) as session:
        close_report(session, deps, caller.actor, _open(session, caller, report_id), Report.FIXED)


def true_as_it_is(deps: Deps, caller: Caller, report_id: UUID, nonce: UUID, why: str) -> None:
    """Nothing is wrong, and why. Raises what ``to_answer`` does, and ``ReasonMissing``."""
    if not why.strip():
        raise ReasonMissing
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        row = _open(session, caller, report_id)
        row.answer_id = write_note(session, deps, caller.actor.member_id, why)
        remember_form(session, nonce, row.id, deps.clock())
        close_report(session, deps, caller.actor, row, Report.REFUSED)


def open_of(session: WorkspaceSession, article_id: UUID) -> tuple[ReportShown, ...]:
    """What people say is wrong with an article, and nobody has seen to."""
    return tuple(load_report(session, row) for row in open_reports(session, article_id))


def reports_on(deps: Deps, caller: Caller, article_id: UUID) -> tuple[ArticleNamed, tuple[ReportShown, ...]]:
    """The same for whoever sees to the article. Raises ``NotPermitted`` and ``UnknownArticle``."""
    with deps.sessions.read(caller.workspace_id) as session:
        return named(kept(session, caller.actor, article_id)), open_of(session, article_id)


def _published(session: WorkspaceSession, article_id: UUID) -> Article:
    row = article_row(session, article_id)
    if row is None or row.state != State.PUBLISHED:
        raise UnknownArticle
    return row


def _open(session: WorkspaceSession, caller: Caller, report_id: UUID) -> ArticleReport:
    row = report_of(session, report_id)
    if row is None:
        raise UnknownArticle
    kept(session, caller.actor, row.article_id)
    if row.state != Report.OPEN:
        raise ReportClosed(Report(row.state))
    return row

"""Pages of a knowledge base become articles, and those that are gone there are archived here."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from bot.actions.kb_mirror import gone, mirror
from bot.actions.settings import preferences
from bot.connectors.helpdesk import Gone
from bot.connectors.knowledge import KnowledgeBase, PageRead, PagesRead
from bot.deps import Deps
from bot.domain.kb import Kind, fold_tag
from bot.domain.kb_new import NewArticle
from bot.domain.permissions import Actor
from bot.views.formats import shorten
from storage.connections import external_people
from storage.db import WorkspaceSession
from storage.kb import articles_of_source
from storage.people import members
from storage.tables import Connection

log = structlog.get_logger()

# How often a knowledge base is read, and how often all of its pages are looked for.
EVERY = timedelta(minutes=10)
_LOOKED_FOR = timedelta(hours=1)
# Of more pages than that some would be left, if it were the pages.
_TOO_MANY = 5
# A tag that names one of these says what the page is.
_KINDS = {"sop": Kind.SOP, "procedure": Kind.SOP, "guide": Kind.GUIDE, "escalation-guide": Kind.GUIDE}
_LANGUAGES = {
    **dict.fromkeys(("en", "english"), "en"),
    **dict.fromkeys(("de", "german", "deutsch"), "de"),
    **dict.fromkeys(("fr", "french", "français"), "fr"),
    **dict.fromkeys(("es", "spanish", "español"), "es"),
}
# Of two tools in which people have one account.
_ONE_ACCOUNT = {"confluence": "jira"}
_UNTITLED, _TITLE = "Untitled", 255
# What is wrong with one page, and not with the database.
_UNREADABLE = (ValueError, OverflowError, DataError, IntegrityError)


def is_due(row: Connection, now: datetime) -> bool:
    """Whether it is time to read: at once where it was not read to its end."""
    if row.read_at is None or row.cursor is None or is_under_way(row):
        return True
    return now - row.read_at >= EVERY


def is_under_way(row: Connection) -> bool:
    """Whether a part of a knowledge base is read and more is to come, as where all of it is read once a day."""
    return row.cursor is not None and "began" in row.cursor


def take_pages(session: WorkspaceSession, deps: Deps, actor: Actor, source: str, read: PagesRead) -> None:
    """Each page as an article; whoever owns it is a member of ours where the address says so, or the account."""
    owners, usual = _owners(session, source, read), preferences(session).language
    taken, broken = 0, None
    for page in read.pages:
        try:
            with session.begin_nested():
                mirror(session, deps, actor, _article(source, page, owners.get(page.external_id), usual))
            taken += 1
        except _UNREADABLE as error:
            broken = error
            log.error("a page cannot be taken over", page=page.external_id, error=type(error).__name__)
    if broken and not taken:  # then it is not the page
        raise broken


def is_to_be_looked_for(row: Connection, now: datetime) -> bool:
    """Whether it is time to see which pages are gone."""
    last = row.options.get("looked")
    return last is None or now - datetime.fromisoformat(last) >= _LOOKED_FOR


def gone_pages(deps: Deps, workspace_id: str, kind: str, tool: KnowledgeBase) -> set[str]:
    """The pages that are articles here, and are gone there. Raises ``HelpdeskFails``.

    Where nothing at all is left, it is the account that has changed, and nothing is put away for that.
    """
    with deps.sessions.read(workspace_id) as session:
        known = set(articles_of_source(session, kind))
    missing = tool.gone(known) if known else set[str]()
    if missing == known and len(known) > _TOO_MANY:
        raise Gone
    return missing


def put_away(session: WorkspaceSession, deps: Deps, actor: Actor, row: Connection, missing: set[str]) -> None:
    """Archives the articles of pages that are gone, and notes that all were looked for."""
    known = articles_of_source(session, row.kind)
    for external_id in sorted(missing & set(known)):
        gone(session, deps, actor, known[external_id])
    row.options = {**row.options, "looked": deps.clock().isoformat()}


def _owners(session: WorkspaceSession, source: str, read: PagesRead) -> dict[str, UUID]:
    """Who of ours owns the pages, by the ids of those."""
    present = {each.id: each.email for each in members(session) if each.deactivated_at is None}
    by_email = {email: member_id for member_id, email in present.items()}
    accounts = [each.owner for each in read.pages if each.owner] if source in _ONE_ACCOUNT else []
    known = external_people(session, _ONE_ACCOUNT[source], accounts) if accounts else {}
    found: dict[str, UUID] = {}
    for page in read.pages:
        account = known.get(page.owner) if page.owner else None
        member_id = by_email.get((page.owner_email or "").lower()) or (account.member_id if account else None)
        if member_id in present:
            found[page.external_id] = member_id
    return found


def _article(source: str, page: PageRead, owner_id: UUID | None, usual: str) -> NewArticle:
    kinds = (_KINDS.get(fold_tag(tag)) for tag in page.tags)
    return NewArticle(
        kind=next(filter(None, kinds), Kind.ARTICLE),
        title=shorten(" ".join(page.title.split()), _TITLE) or _UNTITLED,
        body=page.body,
        language=_language(page, usual),
        product=page.product,
        tags=page.tags,
        owner_id=owner_id,
        source=source,
        external_id=page.external_id,
        external_url=page.url,
        external_version=page.version,
    )


def _language(page: PageRead, usual: str) -> str:
    """A code of two letters from however the page or a tag calls it; that of the workspace where nothing does."""
    said = (page.language or "").strip().casefold()
    words = [said, said[:2], *(fold_tag(tag) for tag in page.tags)]
    return next((_LANGUAGES[each] for each in words if each in _LANGUAGES), usual)

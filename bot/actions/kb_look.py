"""Looking at what the team knows: an article, its versions, and the menu of all of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import unquote
from uuid import UUID

from bot.actions.kb_opinions import helpfulness
from bot.actions.kb_turn import is_editable, use
from bot.actions.people import Caller, somebody
from bot.deps import Deps
from bot.domain.kb import Kind, State, UnknownArticle, Use, VersionState
from bot.domain.kb_links import Linked, files_of, path_of, targets
from bot.domain.kb_shown import ArticleLine, ArticleShown, ListPage, MenuShown, VersionLine, VersionsShown
from bot.domain.permissions import Deed, Reach
from storage.db import WorkspaceSession
from storage.kb import (
    article,
    article_of_number,
    articles_of_owner,
    count_articles,
    last_version,
    most_used,
    published_of_links,
    published_of_paths,
    uses_of,
    version_of,
    versions_of,
)
from storage.kb_upkeep import count_reports
from storage.swaps import note_text
from storage.tables import Article, ArticleVersion

_LATELY = timedelta(days=30)
_PAGE, _VERSIONS = 10, 6
_MOST_USED, _MOST_DUE, _MOST_LINKS = 5, 5, 500


def open_article(deps: Deps, caller: Caller, wanted: UUID | int) -> ArticleShown:
    """An article that somebody wants to read, which is counted. Raises what ``look`` raises."""
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.write(caller.workspace_id) as session:
        row = found(session, caller, wanted)
        if row.state == State.PUBLISHED:
            use(session, row.id, Use.OPENED, deps.clock())
        return shown(session, caller, row, deps.clock())


def look(deps: Deps, caller: Caller, wanted: UUID | int, version: int | None = None) -> ArticleShown:
    """An article by its id or number, in the version that people read or in another.

    Raises ``NotPermitted``, and ``UnknownArticle`` also for drafts and old versions of what one may not write.
    """
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        return shown(session, caller, found(session, caller, wanted), deps.clock(), version)


def has_number(deps: Deps, caller: Caller, number: int) -> bool:
    """Whether there is, or was, an article of this number."""
    with deps.sessions.read(caller.workspace_id) as session:
        return article_of_number(session, number) is not None


def versions(deps: Deps, caller: Caller, article_id: UUID, page: int) -> VersionsShown:
    """A page of the versions of an article, 0 the newest. Raises ``NotPermitted`` and ``UnknownArticle``."""
    with deps.sessions.read(caller.workspace_id) as session:
        row = found(session, caller, article_id)
        caller.actor.require(Deed.WRITE_KB, of=row.owner_id)
        rows = versions_of(session, row.id)
        pages = max(1, -(-len(rows) // _VERSIONS))
        page = min(max(page, 0), pages - 1)
        lines = (
            VersionLine(
                each.version,
                VersionState(each.state),
                each.title,
                each.written_at,
                somebody(session, each.written_by_id) if each.written_by_id else None,
                note_text(session, each.reason_id),
                each.version == row.version,
            )
            for each in rows[page * _VERSIONS : (page + 1) * _VERSIONS]
        )
        return VersionsShown(line_of(session, row), tuple(lines), page, pages, is_editable(session, row))


def menu(deps: Deps, caller: Caller) -> MenuShown:
    """What ``/kb`` begins with. Raises ``NotPermitted``."""
    actor = caller.actor
    actor.require(Deed.READ_KB)
    now = deps.clock()
    with deps.sessions.read(caller.workspace_id) as session:
        own = articles_of_owner(session, actor.member_id) if actor.member_id else ()
        due = [row for row in own if row.state == State.PUBLISHED and row.review_at and row.review_at <= now]
        return MenuShown(
            count_articles(session),
            tuple(line_of(session, *each) for each in most_used(session, (now - _LATELY).date(), _MOST_USED)),
            tuple(line_of(session, row) for row in due[:_MOST_DUE]),
            len(due),
            sum(1 for row in own if row.state == State.DRAFT or row.draft),
            actor.reach(Deed.WRITE_KB) is not Reach.NOBODY,
            actor.may(Deed.KEEP_KB),
        )


def own_articles(deps: Deps, caller: Caller, page: int) -> ListPage:
    """What the caller owns. Raises ``NotPermitted``."""
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        rows = articles_of_owner(session, caller.actor.member_id) if caller.actor.member_id else ()
        return page_of(session, rows, page)


def page_of(session: WorkspaceSession, rows: Sequence[Article], page: int) -> ListPage:
    """A page of articles, 0 the first."""
    pages = max(1, -(-len(rows) // _PAGE))
    page = min(max(page, 0), pages - 1)
    lines = tuple(line_of(session, row) for row in rows[page * _PAGE : (page + 1) * _PAGE])
    return ListPage(lines, page, pages, len(rows))


def found(session: WorkspaceSession, caller: Caller, wanted: UUID | int) -> Article:
    """An article that the caller may know of: what is not published is for those who may write it.

    Raises ``UnknownArticle``.
    """
    row = article(session, wanted) if isinstance(wanted, UUID) else article_of_number(session, wanted)
    if row is None or (row.state != State.PUBLISHED and not may_write(caller, row)):
        raise UnknownArticle(str(wanted))
    return row


def may_write(caller: Caller, row: Article) -> bool:
    """Whether the caller may write it, and see what is not published of it."""
    return caller.actor.may(Deed.WRITE_KB, of=row.owner_id)


def line_of(session: WorkspaceSession, row: Article, used: int = 0) -> ArticleLine:
    """An article in a list."""
    return ArticleLine(
        row.id,
        row.number,
        Kind(row.kind),
        State(row.state),
        row.title,
        row.language,
        somebody(session, row.owner_id) if row.owner_id else None,
        row.verified_at,
        row.review_at,
        used,
    )


def shown(
    session: WorkspaceSession, caller: Caller, row: Article, now: datetime, version: int | None = None
) -> ArticleShown:
    """An article with the words of a version. Raises ``UnknownArticle`` where that is not for the caller."""
    words = version_of(session, row.id, version or row.version or row.draft)
    if words is None or (words.version != row.version and not may_write(caller, row)):
        raise UnknownArticle(str(row.number))
    return ArticleShown(
        row.id,
        row.number,
        Kind(row.kind),
        State(row.state),
        words.title,
        words.body,
        row.language,
        row.product,
        tuple(row.tags),
        somebody(session, row.owner_id) if row.owner_id else None,
        row.verified_at,
        somebody(session, row.verified_by_id) if row.verified_by_id else None,
        row.review_at,
        row.review_days,
        row.source,
        row.external_url,
        words.version,
        VersionState(words.state),
        row.version,
        row.draft,
        last_version(session, row.id),
        words.written_at,
        somebody(session, words.written_by_id) if words.written_by_id else None,
        note_text(session, words.reason_id),
        now,
        words.variables,
        _links(session, row, words),
        uses_of(session, row.id, (now - _LATELY).date()),
        may_write(caller, row),
        is_editable(session, row),
        helpfulness(session, row.id),
        count_reports(session, [row.id]).get(row.id, 0),
    )


def _links(session: WorkspaceSession, row: Article, words: ArticleVersion) -> Mapping[str, Linked]:
    """Which articles the links lead to: by the path in the same source, or by the address of the original."""
    every = list(islice(targets(words.body), _MOST_LINKS))
    paths = {each: path_of(each, row.external_id or "") for each in every}
    files = [file for path, _ in paths.values() if path for file in files_of(path)]
    there = published_of_paths(session, row.source, files) if row.source and files else {}
    urls = {each: each.partition("#")[::2] for each in every if "://" in each}
    originals = published_of_links(session, (url for url, _ in urls.values())) if urls else {}
    leads: dict[str, Linked] = {}
    for target, (path, anchor) in paths.items():
        other = next((there[file] for file in files_of(path) if file in there), None) if path else None
        if other is None and target in urls:
            url, anchor = urls[target]
            other = originals.get(url)
        if target.startswith("#") and row.state == State.PUBLISHED:
            other = row
        if other:
            leads[unquote(target)] = Linked(other.id, other.number, other.title, anchor)
    return leads

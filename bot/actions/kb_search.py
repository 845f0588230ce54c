"""Looking something up: the articles that answer, why, and that somebody looked for it."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from bot.actions.kb_missing import count_miss
from bot.actions.kb_turn import use
from bot.actions.people import Caller, somebody
from bot.deps import Deps
from bot.domain.kb import Kind, State, UnknownArticle, Use
from bot.domain.kb_found import HITS, Found, Hit
from bot.domain.kb_search import Query, Results, Scored, Spelled
from bot.domain.kb_snippet import snippet
from bot.domain.kb_words import as_written
from bot.domain.permissions import Deed
from storage.db import WorkspaceSession
from storage.kb import article, articles_by_id, version_of
from storage.kb_missing import opened
from storage.kb_search import search
from storage.kb_stems import stem
from storage.tables import Article, KbSearch

_MOST = 30
_LONGEST = 300


def find(deps: Deps, caller: Caller, text: str, language: str | None = None, kinds: Iterable[Kind] = ()) -> Found:
    """The articles that answer, the best first; the search is kept without who it was. Raises ``NotPermitted``."""
    found = look_up(deps, caller, text, language=language, kinds=kinds)
    # Whatever was derived from the workspace's rows holds as well after a search that found something.
    opens = deps.sessions.write if found.nothing else deps.sessions.beside
    with opens(caller.workspace_id) as session:
        row = KbSearch(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            asked=found.asked,
            at=deps.clock(),
            hits=" ".join(str(each.article_id) for each in found.hits),
            counted=found.nothing,
        )
        session.add(row)
        times = count_miss(session, deps, found.asked) if found.nothing else 0
        return replace(found, search_id=row.id, times=times)


def look_up(
    deps: Deps,
    caller: Caller,
    text: str,
    page: int = 0,
    *,
    search_id: UUID | None = None,
    language: str | None = None,
    kinds: Iterable[Kind] = (),
) -> Found:
    """A page of what answers; of a search that is kept already, or of none that is. Raises ``NotPermitted``."""
    caller.actor.require(Deed.READ_KB)
    asked = " ".join(text.split())[:_LONGEST]
    query = Query(asked, languages=frozenset([language] if language else ()), kinds=frozenset(kinds))
    with deps.sessions.read(caller.workspace_id) as session:
        results = search(session, query, _MOST)
        pages = max(1, -(-len(results.hits) // HITS))
        page = min(max(page, 0), pages - 1)
        some = results.hits[page * HITS : (page + 1) * HITS]
        rows = articles_by_id(session, (each.article_id for each in some))
        hits = tuple(_hit(session, deps, rows[each.article_id], each) for each in some if each.article_id in rows)
        spelled = _as_written(session, asked, results) if results.spelled else ()
    return Found(asked, hits, search_id, spelled, page, pages)


def suggestions(deps: Deps, caller: Caller, text: str, most: int) -> list[Hit]:
    """What may be meant by what is being typed, the best first. Raises ``NotPermitted``."""
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        hits = search(session, Query(text[:_LONGEST], typing=True), most).hits
        rows = articles_by_id(session, (each.article_id for each in hits))
        return [
            _hit(session, deps, rows[each.article_id], each, excerpt=False)
            for each in hits
            if each.article_id in rows
        ]


def note_opened(deps: Deps, caller: Caller, search_id: UUID, article_id: UUID) -> None:
    """Notes that somebody opened a hit, so that the search was not in vain."""
    with deps.sessions.beside(caller.workspace_id) as session:
        if caller.actor.may(Deed.READ_KB) and article(session, article_id):
            opened(session, search_id, article_id)


def to_share(deps: Deps, caller: Caller, article_id: UUID) -> Hit:
    """An article with its beginning, to be shown to others. Raises ``NotPermitted`` and ``UnknownArticle``."""
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        row = article(session, article_id)
        if row is None or row.state != State.PUBLISHED:
            raise UnknownArticle
        return _hit(session, deps, row, Scored(row.id, 0, frozenset()))


def note_shared(deps: Deps, caller: Caller, article_id: UUID) -> None:
    """Counts that somebody shared it."""
    with deps.sessions.write(caller.workspace_id) as session:
        use(session, article_id, Use.SHARED, deps.clock())


def _as_written(session: WorkspaceSession, asked: str, results: Results) -> tuple[Spelled, ...]:
    """What was read otherwise, with the accents that it has where it was typed and in the best article."""
    best = session.get_one(Article, (session.workspace_id, results.hits[0].article_id))
    words = version_of(session, best.id, best.version)
    text = " ".join([best.title, *best.tags, words.body if words else ""])
    return tuple(
        Spelled(as_written(each.typed, asked), as_written(each.read, text).lower()) for each in results.spelled
    )


def _hit(session: WorkspaceSession, deps: Deps, row: Article, scored: Scored, *, excerpt: bool = True) -> Hit:
    def meaning(word: str) -> str | None:
        term = stem(word, row.language)
        return term if term in scored.terms else None

    words = version_of(session, row.id, row.version) if excerpt else None
    return Hit(
        row.id,
        row.number,
        row.title,
        Kind(row.kind),
        snippet(words.body, meaning) if words else (),
        somebody(session, row.owner_id) if row.owner_id else None,
        row.verified_at,
        row.review_at is not None and row.review_at <= deps.clock(),
        row.language,
    )

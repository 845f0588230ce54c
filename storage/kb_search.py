"""Finding articles: the same results on SQLite (FTS5) and on PostgreSQL (tsvector).

The database gives some articles that may answer, by its own index and its own rough order; what is a word, what
was meant by one that was typed wrong, and which article answers best is decided here, alike on both.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, cast, column, func, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import ARRAY, REAL, TSQUERY

from bot.domain.kb_search import Choice, Query, Results, Sought, Spelled, Words, essential, rank
from storage.db import WorkspaceSession
from storage.kb_index import bounds, facet, index_all, unindex
from storage.kb_lexicon import lexicon_of
from storage.kb_read import understand
from storage.tables import Article, ArticleVersion, KbDocument, KbSynonym

__all__ = ["index", "index_all", "search", "unindex"]

# How many articles are looked at closely, and with how many of them that have everything the others are left out.
_CANDIDATES, _ENOUGH = 80, 40
_FTS5 = table("kb_index", column("rowid"), column("kb_index"))
# What counts of workspace_id, facets, title, headings, tags and body.
_BM25: ColumnElement[float] = literal_column("bm25(kb_index, 0, 0, 10, 4, 6, 1)")
_WEIGHTS = [0.0, 0.1, 0.5, 1.0]  # of facets, body, headings and tags, title


def index(session: WorkspaceSession, article: Article, version: ArticleVersion) -> None:
    """Lets an article be found by the words of this version, and by no others."""
    index_all(session, [(article, version)])


def search(session: WorkspaceSession, query: Query, most: int = 20) -> Results:
    """The articles that answer, the best first; none where even the best has too little of what was asked for.

    For sessions that only read.
    """
    lexicon = lexicon_of(session)
    synonyms = session.scalars(select(KbSynonym.words).where(KbSynonym.workspace_id == session.workspace_id)).all()
    for doubtful in (False, True):
        sought = understand(query, lexicon, synonyms, doubtful=doubtful)
        found = _candidates(session, query, sought) if any(each.choices for each in sought) else {}
        usual = sum(words.length for words in found.values()) / max(len(found), 1)
        hits = rank(sought, found.values(), max(usual, 1), most)
        if hits:
            return Results(tuple(hits), tuple(_spelled(sought, hits[0].terms)))
    return Results(())


def _candidates(session: WorkspaceSession, query: Query, sought: Sequence[Sought]) -> dict[UUID, Words]:
    """First those that have everything; where these are few, also those that have enough."""
    postgres = session.get_bind().dialect.name == "postgresql"
    look = _by_tsvector if postgres else _by_fts5
    found: dict[UUID, Words] = {}
    if all(each.choices for each in sought):
        found = _read(session, look(session, query, sought, all_of=True))
    if len(found) < _ENOUGH and (enough := essential(sought)):
        found |= _read(session, look(session, query, enough, all_of=False))
    return found


def _read(session: WorkspaceSession, statement: Select[UUID, str, str, str, str]) -> dict[UUID, Words]:
    return {
        article_id: Words(
            article_id,
            tuple(title.split()),
            frozenset(headings.split()),
            frozenset(tags.split()),
            Counter(body.split()),
        )
        for article_id, title, headings, tags, body in session.execute(statement)
    }


def _documents(session: WorkspaceSession) -> Select[UUID, str, str, str, str]:
    return select(KbDocument.id, KbDocument.title, KbDocument.headings, KbDocument.tags, KbDocument.body).where(
        KbDocument.workspace_id == session.workspace_id
    )


def _by_fts5(
    session: WorkspaceSession, query: Query, sought: Sequence[Sought], *, all_of: bool
) -> Select[UUID, str, str, str, str]:
    first, last = bounds(session.workspace_id)
    wanted = _expression(sought, " AND " if all_of else " OR ", " AND ", " OR ", '"')
    only = [f"facets : ({' OR '.join(any_of)})" for any_of in _facets(query)]
    near = (
        select(_FTS5.c.rowid)
        .where(
            _FTS5.c.kb_index.op("MATCH")(" AND ".join([*only, f"{{title headings tags body}} : ({wanted})"])),
            _FTS5.c.rowid.between(first, last),
        )
        .order_by(_BM25)
        .limit(_CANDIDATES)
    )
    return _documents(session).where(KbDocument.place.in_(near))


def _by_tsvector(
    session: WorkspaceSession, query: Query, sought: Sequence[Sought], *, all_of: bool
) -> Select[UUID, str, str, str, str]:
    parts = [_expression(sought, " & " if all_of else " | ", " & ", " | ", "'")]
    parts += ["|".join(f"'={each}'" for each in any_of) for any_of in _facets(query)]
    wanted = cast(literal(" & ".join(f"({part})" for part in parts)), TSQUERY)
    weights = cast(literal(_WEIGHTS, ARRAY(REAL)), ARRAY(REAL))
    return (
        _documents(session)
        .where(KbDocument.vector.op("@@")(wanted))
        .order_by(func.ts_rank(weights, KbDocument.vector, wanted).desc(), KbDocument.place)
        .limit(_CANDIDATES)
    )


def _expression(sought: Sequence[Sought], between: str, both: str, either: str, quote: str) -> str:
    """What is sought, in the language of an index; terms have letters and digits only, so nothing is to escape."""

    def ways(one: Choice) -> str:
        return f"({both.join(f'{quote}{term}{quote}' for term in one.terms)})"

    return between.join(f"({either.join(map(ways, each.choices))})" for each in sought if each.choices)


def _facets(query: Query) -> Iterable[list[str]]:
    for name, values in (("kind", query.kinds), ("lang", query.languages)):
        if values:
            yield [facet(name, each) for each in sorted(values)]


def _spelled(sought: Sequence[Sought], terms: frozenset[str]) -> Iterable[Spelled]:
    """What was taken for something else, by the best article."""
    for each in sought:
        chosen = max(
            (one for one in each.choices if terms.issuperset(one.terms)), key=lambda one: one.factor, default=None
        )
        if (
            chosen
            and chosen.factor < 1
            and not chosen.word.startswith(each.typed)
            and each.typed not in chosen.word
        ):
            yield Spelled(each.typed, chosen.word)

"""The words of articles, as they are found: written when one is published, changed or put away."""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain.kb_words import bare, headings
from storage.db import PARAMETERS, WorkspaceSession
from storage.kb_stems import stems
from storage.tables import Article, ArticleVersion, KbDocument, KbLexicon, KbTerm

# A word that occurs more often than this says no more about an article, nor does what follows so many words.
_OFTEN, _LONGEST = 4, 20_000
_NUMBERS = 32
_CHECKSUM = 0x7FFFFFFF

_CHANGE = (
    update(KbTerm)
    .where(KbTerm.workspace_id == bindparam("own"), KbTerm.term == bindparam("of"))
    .values(words=bindparam("as_words"), documents=bindparam("in_documents"), version=bindparam("by_version"))
)


class _Parts(NamedTuple):
    title: list[str]
    headings: list[str]
    tags: list[str]
    body: list[str]


def index_all(session: WorkspaceSession, articles: Iterable[tuple[Article, ArticleVersion]]) -> None:
    """Lets articles be found by these words, and by no others."""
    given = list(articles)
    gone, removed = _remove(session, [article.id for article, _ in given])
    changes, spelled, rows = Counter[str](), dict[str, set[str]](), []
    changes.subtract(gone)
    for article, version in given:
        parts = _parts(article, version, spelled)
        rows.append(_row(session, article, parts))
        changes.update({term for part in parts for term in part})
    if rows:
        session.execute(insert(KbDocument), rows)
    _note(session, changes, spelled, len(rows) - removed, {article.language for article, _ in given})


def unindex(session: WorkspaceSession, article_id: UUID) -> None:
    """Lets an article be found no more."""
    gone, removed = _remove(session, [article_id])
    if removed:
        _note(session, Counter({term: -count for term, count in gone.items()}), {}, -removed, set())


def facet(kind: str, value: str) -> str:
    """How the kind or the language of an article is indexed; nobody can type it."""
    return f"{kind}{value}"


def bounds(workspace_id: str) -> tuple[int, int]:
    """Between which places the articles of a workspace are."""
    first = (zlib.crc32(workspace_id.encode()) & _CHECKSUM) << _NUMBERS
    return first, first + (1 << _NUMBERS) - 1


def _parts(article: Article, version: ArticleVersion, spelled: dict[str, set[str]]) -> _Parts:
    def read(text: str) -> list[str]:
        found = stems(text, article.language)[:_LONGEST]
        for word, term in found:
            spelled.setdefault(term, set()).add(word)
        return [term for _, term in found]

    counted = Counter(read(bare(version.body)))
    often = sorted(term for term, count in counted.items() for _ in range(min(count, _OFTEN)))
    tags = read(" ".join([*article.tags, article.product or ""]))
    return _Parts(read(version.title), read("\n".join(headings(version.body))), tags, often)


def _row(session: WorkspaceSession, article: Article, parts: _Parts) -> dict[str, Any]:
    facets = [facet("kind", article.kind), facet("lang", article.language)]
    row = {
        "workspace_id": session.workspace_id,
        "id": article.id,
        "place": bounds(session.workspace_id)[0] + article.number,
        "facets": " ".join(facets),
        **{name: " ".join(terms) for name, terms in parts._asdict().items()},
        "vector": None,
    }
    if session.get_bind().dialect.name == "postgresql":
        row["vector"] = _vector(parts, facets)
    return row


def _vector(parts: _Parts, facets: Sequence[str]) -> str:
    """The same as PostgreSQL writes it: each term with the letter of its part, as often as it occurs."""
    labels = [("A", parts.title), ("B", [*parts.headings, *parts.tags]), ("C", parts.body)]
    places: dict[str, list[str]] = {f"={each}": ["1D"] for each in facets}
    at = 0
    for label, terms in labels:
        for term in terms:
            at = min(at + 1, 16_383)
            places.setdefault(term, []).append(f"{at}{label}")
    return " ".join(f"'{term}':{','.join(found[:8])}" for term, found in places.items())


def _remove(session: WorkspaceSession, article_ids: Sequence[UUID]) -> tuple[Counter[str], int]:
    """Takes articles out, and says in how many of them each term was, and how many there were."""
    gone, removed = Counter[str](), 0
    for at in range(0, len(article_ids), PARAMETERS):
        some = (
            KbDocument.workspace_id == session.workspace_id,
            KbDocument.id.in_(article_ids[at : at + PARAMETERS]),
        )
        columns = (KbDocument.title, KbDocument.headings, KbDocument.tags, KbDocument.body)
        for row in session.execute(select(*columns).where(*some)).all():
            gone.update({term for part in row for term in part.split()})
            removed += 1
        if removed:
            session.execute(delete(KbDocument).where(*some))
    return gone, removed


def _note(
    session: WorkspaceSession,
    changes: Counter[str],
    spelled: Mapping[str, set[str]],
    documents: int,
    languages: set[str],
) -> None:
    """Writes what has become of the lexicon, under its next version."""
    lexicon = session.get(KbLexicon, session.workspace_id)
    if lexicon is None:
        lexicon = KbLexicon(workspace_id=session.workspace_id, version=0, documents=0, languages=[])
        session.add(lexicon)
    lexicon.version += 1
    lexicon.documents += documents
    lexicon.languages = sorted({*lexicon.languages, *languages})
    session.flush()
    terms = sorted(changes.keys() | spelled.keys())
    for at in range(0, len(terms), PARAMETERS):
        _note_terms(session, terms[at : at + PARAMETERS], changes, spelled, lexicon.version)


def _note_terms(
    session: WorkspaceSession,
    terms: Sequence[str],
    changes: Counter[str],
    spelled: Mapping[str, set[str]],
    version: int,
) -> None:
    statement = select(KbTerm.term, KbTerm.words, KbTerm.documents).where(
        KbTerm.workspace_id == session.workspace_id, KbTerm.term.in_(terms)
    )
    known = {term: (words, documents) for term, words, documents in session.execute(statement)}
    added, changed = [], []
    for term in terms:
        words, documents = known.get(term, ("", 0))
        after = (" ".join(sorted({*words.split(), *spelled.get(term, ())})), documents + changes[term])
        if term not in known:
            added.append(
                {
                    "workspace_id": session.workspace_id,
                    "term": term,
                    "words": after[0],
                    "documents": after[1],
                    "version": version,
                }
            )
        elif after != (words, documents):
            row = {"of": term, "as_words": after[0], "in_documents": after[1], "by_version": version}
            changed.append({"own": session.workspace_id, **row})
    if added:
        session.execute(insert(KbTerm), added)
    if changed:
        session.connection().execute(_CHANGE, changed)

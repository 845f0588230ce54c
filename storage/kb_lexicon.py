"""Which words the articles of a workspace are made of: read once by a process, and then only what has changed."""

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable
from weakref import WeakKeyDictionary

from cachetools import LRUCache
from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Engine, select

from storage.db import WorkspaceSession
from storage.tables import KbLexicon, KbTerm

_MOST_LIKE, _MOST_PREFIXED, _MOST_COMPOUNDS = 8, 20, 12
_LEAST_PART = 4
# What German puts between the parts of a compound.
_JOINTS = ("", "s", "es", "n", "en")
# Of so many workspaces, those that were asked for last.
_KEPT = 64
_lexicons: WeakKeyDictionary[Engine, LRUCache[str, "Lexicon"]] = WeakKeyDictionary()
_lock = threading.Lock()


class Lexicon:
    """The words of a workspace, with their stems and in how many articles these are."""

    def __init__(self) -> None:
        self.lock = threading.Lock()  # for whoever brings it up to date
        self.version = 0
        self.documents = 0
        self.languages: frozenset[str] = frozenset()
        self._found: dict[str, int] = {}
        self._terms: dict[str, tuple[str, ...]] = {}
        self._by_length: dict[int, list[str]] = {}
        self._sorted: list[str] = []

    def add(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Takes over terms with their words and in how many articles they are."""
        fresh: list[str] = []
        for term, words, documents in rows:
            self._found[term] = documents
            for word in words.split():
                of = self._terms.get(word)
                if of is None:
                    fresh.append(word)
                    self._by_length.setdefault(len(word), []).append(word)
                if term not in (of or ()):
                    self._terms[word] = (*(of or ()), term)
        if fresh:
            self._sorted = sorted([*self._sorted, *fresh])

    def found(self, term: str) -> int:
        """In how many articles a term is."""
        return self._found.get(term, 0)

    def terms(self, word: str) -> tuple[str, ...]:
        """The stems under which a word is found; none where no article has it."""
        return tuple(term for term in self._terms.get(word, ()) if self.found(term) > 0)

    def often(self, word: str) -> int:
        """In how many articles a word is, in one form or another."""
        return sum(map(self.found, self._terms.get(word, ())))

    def beginning(self, prefix: str) -> list[str]:
        """The most usual words that go on like this."""
        at = bisect_left(self._sorted, prefix)
        until = bisect_left(self._sorted, prefix + "\U0010ffff")
        return self._usual(self._sorted[at:until], _MOST_PREFIXED)

    def containing(self, part: str, stem: str) -> list[str]:
        """The most usual compounds that end with a word, or begin with its stem."""
        longer = (
            word
            for length, words in list(self._by_length.items())
            if length >= len(part) + _LEAST_PART
            for word in words
            if word.endswith(part) or word.startswith(stem)
        )
        return self._usual(longer, _MOST_COMPOUNDS)

    def like(self, word: str, apart: int) -> list[tuple[int, str]]:
        """The words that differ by so many letters at most, the likeliest first; neighbours swapped are one."""
        found: list[tuple[int, str]] = []
        for length in range(len(word) - apart, len(word) + apart + 1):
            near = self._by_length.get(length, ())
            found += (
                (int(distance), each)
                for each, distance, _ in process.extract_iter(word, near, scorer=OSA.distance, score_cutoff=apart)
                if distance and self.often(each) > 0
            )
        found.sort(key=lambda each: (each[0], each[1][0] != word[0], -self.often(each[1]), each[1]))
        return found[:_MOST_LIKE]

    def parts(self, word: str, often: Callable[[str], int]) -> tuple[str, str] | None:
        """The two words that one is put together of, the most usual ones; ``often`` says how usual a word is."""
        best: tuple[int, tuple[str, str]] = (0, ("", ""))
        for at in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
            second = often(word[at:])
            for joint in _JOINTS if second else ():
                first = word[:at].removesuffix(joint)
                if len(first) + len(joint) == at and len(first) >= _LEAST_PART:
                    best = max(best, (min(often(first), second), (first, word[at:])))
        return best[1] if best[0] else None

    def _usual(self, words: Iterable[str], most: int) -> list[str]:
        known = [(self.often(word), word) for word in words]
        return [word for often, word in sorted(known, reverse=True)[:most] if often > 0]


def lexicon_of(session: WorkspaceSession) -> Lexicon:
    """The lexicon of the session's workspace, brought up to date.

    For sessions that read: what one that writes has not committed yet must not be remembered.
    """
    with _lock:
        known = _lexicons.setdefault(session.connection().engine, LRUCache(_KEPT))
        lexicon = known.get(session.workspace_id) or Lexicon()
        known[session.workspace_id] = lexicon
    statement = select(KbLexicon.version, KbLexicon.documents, KbLexicon.languages)
    row = session.execute(statement.where(KbLexicon.workspace_id == session.workspace_id)).one_or_none()
    with lexicon.lock:
        if row and row.version > lexicon.version:
            lexicon.add(_rows(session, lexicon.version))
            lexicon.version, lexicon.documents = row.version, row.documents
            lexicon.languages = frozenset(row.languages)
    return lexicon


def _rows(session: WorkspaceSession, since: int) -> list[tuple[str, str, int]]:
    statement = select(KbTerm.term, KbTerm.words, KbTerm.documents).where(
        KbTerm.workspace_id == session.workspace_id, KbTerm.version > since
    )
    return [(term, words, documents) for term, words, documents in session.execute(statement)]

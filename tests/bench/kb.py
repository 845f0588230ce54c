"""Looking things up among 1,000, 10,000 and 100,000 articles, as typed, with one typing error and with two.

The articles are made up: words of one to four syllables, as often as words are (Zipf), titles of four to seven
words, no two alike, and bodies of about 80. A query is four words of a title. The yardsticks are FTS5 as it comes,
over the same texts, and rapidfuzz over all titles.
"""

import sqlite3
import string
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from rapidfuzz import fuzz, process
from sqlalchemy import insert

from bot.domain.kb_search import Query
from storage.db import Sessions, open_engine
from storage.kb_search import search
from storage.migrate import upgrade
from storage.tables import Workspace
from tests.bench.report import percentile, say, timed
from tests.kb_shelf import Text, shelve

SIZES, ROUNDS, TYPED, BATCH = (1_000, 10_000, 100_000), 150, 4, 2_000
_SLOW_ROUNDS = 20  # of rapidfuzz over all titles
_WORDS, _BODY = 30_000, (40, 120)
_ONSETS = (
    *("b", "bl", "br", "c", "cl", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n"),
    *("p", "pl", "pr", "qu", "r", "s", "sh", "st", "t", "th", "tr", "v", "w"),
)
_NUCLEI, _CODAS = ["a", "e", "i", "o", "u", "ai", "ea", "oo"], ["", "", "n", "r", "l", "s", "t", "nd", "ck"]

Search = Callable[[str], Sequence[int]]


def run() -> None:
    """Prints the rows."""
    for size in SIZES:
        texts = list(islice(articles(Random(1)), size))
        with tempfile.TemporaryDirectory() as folder:
            _measure(texts, Path(folder))


def articles(random: Random) -> Iterator[Text]:
    """Made-up articles without end, no two titles alike."""
    words = _vocabulary(random)
    odds = list(accumulate(1 / (rank + 20) for rank in range(len(words))))
    seen = set()
    while True:
        title = " ".join(random.choices(words, cum_weights=odds, k=random.randint(4, 7)))
        if title in seen:
            continue
        seen.add(title)
        body = " ".join(random.choices(words, cum_weights=odds, k=random.randint(*_BODY)))
        yield Text(title, body)


def misspelt(query: str, errors: int, random: Random) -> str:
    """The query with so many letters wrong, each in a word of its own: left out, doubled, swapped or another."""
    words = query.split()
    for at in random.sample([at for at, word in enumerate(words) if len(word) > 3], errors):
        words[at] = _slipped(words[at], random)
    return " ".join(words)


def _slipped(word: str, random: Random) -> str:
    at = random.randrange(1, len(word) - 1)
    other = random.choice(string.ascii_lowercase)
    ways = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + other + word[at + 1 :],
    )
    return random.choice([each for each in ways if each != word])


def _measure(texts: Sequence[Text], folder: Path) -> None:
    sessions = Sessions(open_engine(f"sqlite:///{folder}/kb.sqlite3"))
    upgrade(sessions.engine)
    with sessions.across() as connection:
        connection.execute(insert(Workspace), {"workspace_id": "T1", "name": "Bench", "revision": 0})
    places: dict[UUID, int] = {}
    took = timed(lambda: places.update(_fill(sessions, texts)))
    plain = _plain(texts, folder)

    def ours(query: str) -> list[int]:
        with sessions.read("T1") as session:
            return [places[each.article_id] for each in search(session, Query(query), 10).hits]

    def theirs(query: str) -> list[int]:
        wanted = " OR ".join(f'"{word}"' for word in query.split())
        found = plain.execute("SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT 10", (wanted,))
        return [row[0] - 1 for row in found]

    titles = [text.title for text in texts]

    def by_titles(query: str) -> list[int]:
        return [at for _, _, at in process.extract(query, titles, scorer=fuzz.token_set_ratio, limit=10)]

    ours("warm")
    for errors in range(3):
        asked = list(_asked(texts, errors))
        what = f"{len(texts):,} articles, {('no', 'one', 'two')[errors]} typing error{'s' * (errors != 1)}"
        (mine, mine_ms), (fts, fts_ms) = _of(ours, asked), _of(theirs, asked)
        fuzzy, _ = _of(by_titles, asked[:_SLOW_ROUNDS])
        yardstick = f"FTS5 as it comes: {fts}; rapidfuzz over titles: {fuzzy}"
        say(what, mine, yardstick, mine_ms / fts_ms, "100,000: p95 ≤ 30 ms, MRR ≥ 0.98")
    plain.close()
    sessions.close()
    megabytes = sum(path.stat().st_size for path in folder.iterdir() if path.name.startswith("kb.")) / 1e6
    alone = (folder / "plain.sqlite3").stat().st_size / 1e6
    each = f"{took / len(texts):.1f} ms an article to index"
    say(
        f"{len(texts):,} articles: size",
        f"{megabytes:.0f} MB; {each}",
        f"{alone:.0f} MB",
        megabytes / alone,
        "none",
    )


def _of(search: Search, asked: Sequence[tuple[str, int]]) -> tuple[str, float]:
    figures, ranks = [], []
    for query, wanted in asked:
        found: list[int] = []
        figures.append(timed(partial(_append, found, search, query)))
        ranks.append(1 / (found.index(wanted) + 1) if wanted in found else 0.0)
    late = percentile(figures, 0.95)
    return f"p50 {median(figures):.1f} ms, p95 {late:.1f} ms, MRR {sum(ranks) / len(ranks):.3f}", late


def _append(found: list[int], search: Search, query: str) -> None:
    found += search(query)


def _asked(texts: Sequence[Text], errors: int) -> Iterator[tuple[str, int]]:
    random = Random(errors)
    for at in random.sample(range(len(texts)), ROUNDS):
        words = texts[at].title.split()
        query = " ".join(random.sample(words, TYPED))
        if sum(len(word) > 3 for word in query.split()) >= errors:
            yield misspelt(query, errors, random), at


def _fill(sessions: Sessions, texts: Sequence[Text]) -> Iterator[tuple[UUID, int]]:
    for first in range(0, len(texts), BATCH):
        with sessions.write("T1") as session:
            shelved = shelve(session, texts[first : first + BATCH], first + 1)
            yield from ((article.id, first + at) for at, article in enumerate(shelved))


def _plain(texts: Sequence[Text], folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "plain.sqlite3")
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5(title, body, tokenize='porter')")
    with connection:
        connection.executemany("INSERT INTO plain VALUES (?, ?)", [(text.title, text.body) for text in texts])
    return connection


def _vocabulary(random: Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        syllables = random.choices((1, 2, 3, 4), (1, 5, 6, 3))[0]
        word = "".join(
            random.choice(_ONSETS) + random.choice(_NUCLEI) + random.choice(_CODAS) for _ in range(syllables)
        )
        words[word] = None
    return list(words)


if __name__ == "__main__":
    run()

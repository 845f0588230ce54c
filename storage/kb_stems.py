"""The stems of words: “refunds”, “refunded” and “refunding” are found as one."""

import re
import threading
from functools import lru_cache
from typing import Any

from bot.domain.kb_words import folded_words, says_nothing

_ALGORITHMS = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}
# What the algorithms leave of words without their accents, or of those that they take for others: taken off before
# (“Zahlung” as “zahlen”), and afterwards in this order (“geliefert” as “liefern”, “remboursée” as “remboursé”,
# “delivery” as “deliver”).
_BEFORE = {"de": re.compile(r"(?<=\w{4})ung(?:en)?$")}
_AFTER = {
    "de": [re.compile(each) for each in (r"^ge(?=\w{3,}t$)", r"(?<=\w{4})t$", r"(?<=\w{3})er$")],
    "fr": [re.compile(r"(?<=\w{3})[ei]+$|(?<=\w{3}u)s$")],
    "en": [re.compile(r"(?<=\wif)i$|(?<=\w{4})eri$")],
}
_LONGEST = 40
_local = threading.local()


@lru_cache(100_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language whose endings are not known."""
    algorithm = _ALGORITHMS.get(language)
    short = word[:_LONGEST]
    if algorithm is None or not short.isalpha():
        return short
    stemmed: str = _stemmer(algorithm).stemWord(_BEFORE[language].sub("", short) if language in _BEFORE else short)
    for ending in _AFTER.get(language, ()):
        stemmed = ending.sub("", stemmed)
    return stemmed


def _stemmer(algorithm: str) -> Any:
    """One for each thread: it keeps the word that it works on."""
    # It brings the algorithms of thirty languages, and nobody waits for them at the start.
    import snowballstemmer  # type: ignore[import-untyped]

    known: dict[str, Any] = _local.__dict__.setdefault("stemmers", {})
    if algorithm not in known:
        known[algorithm] = snowballstemmer.stemmer(algorithm)
    return known[algorithm]


def stems(text: str, language: str) -> list[tuple[str, str]]:
    """The words of a text that say something, in their order, each with its stem."""
    return [(word, stem(word, language)) for word in folded_words(text) if not says_nothing(word, language)]

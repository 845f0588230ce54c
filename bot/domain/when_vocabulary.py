"""Which words hold for a reader of a language: its own, English, and what clashes with neither."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from bot.domain.when_meaning import DayPart
from bot.domain.when_tokens import Phrase, Phrases, phrase
from bot.domain.when_words import Unit, Words
from bot.domain.when_words_de import GERMAN
from bot.domain.when_words_en import ENGLISH
from bot.domain.when_words_es import SPANISH
from bot.domain.when_words_fr import FRENCH

LANGUAGES: Mapping[str, Words] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}

# English words, or too short to be taken for another language's by a reader of English.
CLASHES = "a / am / ago / die / do / di / dim / dom / e / fr / hier / mar / me / mer / mi / mo / o / sa / sam / so"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases by what they are, each with its meaning; the fields are those of `Words`."""

    weekdays: Phrases[int]
    months: Phrases[int]
    days: Phrases[int]
    feasts: Phrases[tuple[int, int]]
    ordinals: Phrases[int]
    parts: Phrases[DayPart]
    parts_today: Phrases[DayPart]
    clocks: Phrases[int]
    units: Phrases[Unit]
    modifiers: Phrases[int]
    ahead: Phrases[None]
    to: Phrases[None]
    until: Phrases[None]
    at: Phrases[None]
    articles: Phrases[None]
    leading: Phrases[None]
    suffixes: Phrases[None]
    of: Phrases[None]
    oclock: Phrases[str]
    meridiems: Phrases[str]
    now: Phrases[None]


Tables = dict[str, dict[Phrase, Any]]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words for a reader of `language` ("de", "fr_CA"); an unknown one reads like English."""
    code = language.replace("_", "-").split("-")[0].casefold()
    if code in LANGUAGES and code != "en":
        own = _tables(LANGUAGES[code])
        return _merged(own, _without(_tables(LANGUAGES["en"]), _known(own)))
    english = _tables(LANGUAGES["en"])
    others = [_tables(words) for other, words in LANGUAGES.items() if other != "en"]
    clashes = _known(english) | {phrase(word) for word in CLASHES.split(" / ")}
    return _merged(english, *(_without(tables, clashes) for tables in others))


def _tables(words: Words) -> Tables:
    return {kind.name: _table(getattr(words, kind.name)) for kind in fields(Words)}


def _table(phrases: Mapping[Any, str]) -> dict[Phrase, Any]:
    return {phrase(one): meaning for meaning, several in phrases.items() for one in several.split(" / ")}


def _known(tables: Tables) -> set[Phrase]:
    return {one for table in tables.values() for one in table}


def _without(tables: Tables, known: set[Phrase]) -> Tables:
    """The tables without words known to mean something else; am and pm stay, they only follow a number."""
    return {
        kind: {one: meaning for one, meaning in table.items() if one not in known or kind == "meridiems"}
        for kind, table in tables.items()
    }


def _merged(*several: Tables) -> Vocabulary:
    """All words together; one that means different things within a kind means the first."""
    merged: Tables = {}
    for tables in several:
        for kind, table in tables.items():
            merged[kind] = {**table, **merged.get(kind, {})}
    return Vocabulary(**merged)

"""What somebody looks for, how its words are understood, and which articles answer it best."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

# What a word counts for by where it stands.
_TITLE, _TAG, _HEADING, _BODY, _OFTEN = 1.0, 0.8, 0.7, 0.2, 0.3
# A mention in passing answers less than a heading.
_PASSING = 0.7
# How much of what was asked for an answer has to have, by weight; of long texts less, as most of it is talk.
_COVERED, _COVERED_WORDS, _LEAST_COVERED = 0.5, 5, 0.25
# Of that, an answer to which all words of its title lead needs so much: “how long is a return label valid”.
_BY_ITS_TITLE = 0.7
_WHOLE_TITLE = 0.4


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; ``typing``: the last word may go on. Empty ``languages`` and ``kinds``: any."""

    text: str
    typing: bool = False
    languages: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to understand a word: an article must have all these terms. ``word`` is what it is read as."""

    terms: tuple[str, ...]
    factor: float
    word: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A word, or several that belong together, with the ways to understand it; none: no article has it."""

    typed: str
    weight: float  # more where fewer articles have it
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Words:
    """An article as the terms of its parts."""

    id: UUID
    title: tuple[str, ...]
    headings: frozenset[str]
    tags: frozenset[str]
    body: Mapping[str, int]  # how often, up to a few times

    @cached_property
    def length(self) -> int:
        """How many words it has in all, as they are counted."""
        return sum(self.body.values())


class Scored(NamedTuple):
    """How well an article answers, and by which of its terms."""

    article_id: UUID
    score: float
    terms: frozenset[str]


class Spelled(NamedTuple):
    """A word that nobody knows, and the one that it was taken for."""

    typed: str
    read: str


class Results(NamedTuple):
    """What answers, the best first; ``spelled`` is what was read in another way than it was typed."""

    hits: tuple[Scored, ...]
    spelled: tuple[Spelled, ...] = ()


def weight_of(documents: int, of: int) -> float:
    """What a word counts for that so many articles have: the inverse document frequency."""
    return math.log(1 + of / (documents + 0.5))


def needed(sought: Sequence[Sought]) -> float:
    """Which share of the weight an answer has to have."""
    return min(_COVERED, max(_LEAST_COVERED, _COVERED * _COVERED_WORDS / max(len(sought), 1)))


def essential(sought: Sequence[Sought]) -> list[Sought]:
    """The words of which every answer has at least one: what is left without them is too little."""
    by_weight = sorted(sought, key=lambda each: -each.weight)
    left = sum(each.weight for each in by_weight)
    least = _BY_ITS_TITLE * needed(sought) * left
    found: list[Sought] = []
    for each in by_weight:
        if left < least:
            break
        left -= each.weight
        if each.choices:
            found.append(each)
    return found


def rank(sought: Sequence[Sought], articles: Iterable[Words], usual_length: float, most: int) -> list[Scored]:
    """The articles that answer, the best first; none where the best has too little of what was asked for."""
    found = [each for words in articles if (each := _score(sought, words, usual_length))]
    return sorted(found, key=lambda each: (-each.score, each.article_id))[:most]


def _score(sought: Sequence[Sought], words: Words, usual_length: float) -> Scored | None:
    total = sum(each.weight for each in sought)
    score = covered = in_title = 0.0
    terms: set[str] = set()
    for each in sought:
        best, choice = 0.0, None
        for option in each.choices:
            value = option.factor * min(_place(term, words, usual_length) for term in option.terms)
            if value > best:
                best, choice = value, option
        if choice is None:
            continue
        terms.update(choice.terms)
        score += each.weight * best
        prominent = all(
            term in words.title or term in words.tags or term in words.headings for term in choice.terms
        )
        covered += each.weight * (1 if prominent else _PASSING)
        in_title += each.weight if all(term in words.title for term in choice.terms) else 0
    share = len(terms.intersection(words.title)) / len(words.title) if words.title else 0
    least = needed(sought) * (_BY_ITS_TITLE if share == 1 and len(words.title) > 1 else 1)
    if not total or covered < least * total:
        return None
    return Scored(words.id, (score + _WHOLE_TITLE * share * in_title) / total, frozenset(terms))


def _place(term: str, words: Words, usual_length: float) -> float:
    """What a term counts for in an article, 0 where it does not occur."""
    often = words.body.get(term, 0)
    saturated = often / (often + 0.5 + words.length / usual_length) if often else 0.0
    body = _BODY + _OFTEN * saturated if often else 0.0
    if term in words.title:
        return _TITLE + 0.1 * saturated
    if term in words.tags:
        return max(_TAG, body)
    return max(_HEADING + 0.1 * saturated, body) if term in words.headings else body

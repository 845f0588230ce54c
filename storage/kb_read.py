"""What somebody types, understood by the words that the articles have."""

from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.kb_search import Choice, Query, Sought, weight_of
from bot.domain.kb_words import folded_words, says_nothing, stop_words, without_umlauts
from storage.kb_lexicon import Lexicon
from storage.kb_stems import stem

_MOST_WORDS, _FEW_WORDS = 24, 5
_UNFINISHED, _COMPOUND, _OWN_PARTS, _SYNONYM = 0.85, 0.6, 0.8, 0.9
_APART = {1: 0.85, 2: 0.6}
# From how many letters on a word may be that far off.
_LEAST_ONE, _LEAST_TWO, _LEAST_COMPOUND, _LEAST_PREFIX = 4, 6, 5, 3
_LEAST_NUMBER = 6  # digits


def understand(
    query: Query, lexicon: Lexicon, synonyms: Sequence[Sequence[str]] = (), *, doubtful: bool = False
) -> list[Sought]:
    """What is sought; where it is ``doubtful``, words that exist may be typing errors for others, too."""
    words = folded_words(query.text)
    saying = [at for at, word in enumerate(words) if not _says_nothing(word, lexicon)]
    meant = [[folded_words(each) for each in group] for group in synonyms]
    found: list[Sought] = []
    read = 0
    for at in (saying or list(range(len(words))))[:_MOST_WORDS]:
        if at >= read:
            length, choices = _meanings(words[at:], meant, lexicon, typing=query.typing, doubtful=doubtful)
            read = at + length
            found.append(_sought(" ".join(words[at:read]), choices, lexicon))
    return _weighed([each for each in found if each.choices or not _is_number(each.typed)] or found, lexicon)


def _meanings(
    words: Sequence[str],
    meant: Sequence[Sequence[Sequence[str]]],
    lexicon: Lexicon,
    *,
    typing: bool,
    doubtful: bool,
) -> tuple[int, list[Choice]]:
    """How many words at the beginning belong together, and the ways to understand them."""
    length, others = _phrase(words, meant, lexicon)
    if length > 1:
        return length, others
    if joined := _joined(words[:2], lexicon):
        return 2, [joined]
    unfinished = typing and len(words) == 1
    return 1, [*_readings(words[0], lexicon, unfinished, doubtful), *others]


def _is_number(word: str) -> bool:
    """Whether it is that of an order, a customer or a phone, of which no article can know."""
    return word.isdecimal() and len(word) >= _LEAST_NUMBER


def _says_nothing(word: str, lexicon: Lexicon) -> bool:
    """Whether it is as good as none in one of the languages, also where it is typed wrong."""
    spoken = _spoken(lexicon)
    if any(says_nothing(word, each) for each in spoken):
        return True
    if len(word) < _LEAST_ONE or not word.isalpha() or lexicon.terms(word):
        return False
    every = [each for language in spoken for each in stop_words(language) if len(each) > _LEAST_ONE]
    return process.extractOne(word, every, scorer=OSA.distance, score_cutoff=1) is not None


def _spoken(lexicon: Lexicon) -> frozenset[str]:
    return lexicon.languages | {"en"}


def _phrase(
    words: Sequence[str], meant: Sequence[Sequence[Sequence[str]]], lexicon: Lexicon
) -> tuple[int, list[Choice]]:
    """How many words at the beginning are one that the workspace has synonyms for, and what these are read as."""
    for group in meant:
        for phrase in sorted(group, key=len, reverse=True):
            if phrase and _same(words[: len(phrase)], phrase, lexicon):
                others = [each for each in group if each and (each != phrase or len(phrase) > 1)]
                return len(phrase), [c for each in others if (c := _all_of(each, lexicon, each != phrase))]
    return 0, []


def _same(words: Sequence[str], phrase: Sequence[str], lexicon: Lexicon) -> bool:
    return len(words) == len(phrase) and all(
        one == other or _stems(one, lexicon) & _stems(other, lexicon)
        for one, other in zip(words, phrase, strict=True)
    )


def _stems(word: str, lexicon: Lexicon) -> set[str]:
    return {stem(word, language) for language in _spoken(lexicon)}


def _all_of(words: Sequence[str], lexicon: Lexicon, other: bool) -> Choice | None:
    terms = [_known(word, lexicon) for word in words]
    if not all(terms):
        return None
    return Choice(tuple(each[0] for each in terms), _SYNONYM if other else 1.0, " ".join(words))


def _joined(words: Sequence[str], lexicon: Lexicon) -> Choice | None:
    """“log in” where the articles say “login”, and one of the two words alone is nowhere."""
    whole = "".join(words)
    if len(words) < 2 or not lexicon.terms(whole) or all(lexicon.terms(word) for word in words):
        return None
    return Choice(lexicon.terms(whole)[:1], 1.0, whole)


def _known(word: str, lexicon: Lexicon) -> list[str]:
    """The stems by which a word is found, in each language of the articles, the most usual first."""
    terms = {*lexicon.terms(word), *(each for each in _stems(word, lexicon) if lexicon.found(each) > 0)}
    return sorted(terms, key=lambda each: (-lexicon.found(each), each))


def _readings(word: str, lexicon: Lexicon, unfinished: bool, doubtful: bool) -> Iterator[Choice]:
    """The word itself, what it may become, compounds with it; where it is nowhere, what may be meant by it."""
    surest = [Choice((term,), 1.0, word) for term in _known(word, lexicon)]
    if unfinished and len(word) > 1:
        surest += _each(lexicon.beginning(word), _UNFINISHED, lexicon)
    yield from surest
    if "de" in lexicon.languages and len(word) >= _LEAST_COMPOUND and word.isalpha():
        shorter = (stem(word, "de"), word.removesuffix("ung"), word[:-1])
        root = next((each for each in shorter if len(each) >= _LEAST_COMPOUND), word)
        compounds = lexicon.containing(word, root)
        yield from _each(compounds, _COMPOUND, lexicon)
    if not surest or doubtful:
        yield from _guesses(word, lexicon)


def _guesses(word: str, lexicon: Lexicon) -> Iterator[Choice]:
    plain = without_umlauts(word)
    if plain != word:
        yield from (Choice((term,), 1.0, word) for term in _known(plain, lexicon))
    parts = lexicon.parts(word, lambda part: max(map(lexicon.found, _known(part, lexicon)), default=0))
    if parts and (whole := _all_of(parts, lexicon, other=False)):
        yield Choice(whole.terms, _OWN_PARTS, word)
    if len(word) >= _LEAST_PREFIX and not lexicon.terms(word):
        yield from _each(lexicon.beginning(word), _COMPOUND, lexicon)
    yield from _misspelt(word, lexicon)


def _misspelt(word: str, lexicon: Lexicon) -> Iterator[Choice]:
    if len(word) < _LEAST_ONE or not word.isalpha():
        return
    for apart, meant in lexicon.like(word, 2 if len(word) >= _LEAST_TWO else 1):
        yield from _each([meant], _APART[apart], lexicon)


def _each(words: Sequence[str], factor: float, lexicon: Lexicon) -> Iterator[Choice]:
    for word in words:
        yield from (Choice((term,), factor, word) for term in lexicon.terms(word))


def _sought(typed: str, choices: Sequence[Choice], lexicon: Lexicon) -> Sought:
    """With the best choice for each of its terms, and weighed by what is likeliest."""
    best: dict[tuple[str, ...], Choice] = {}
    for each in choices:
        if each.terms not in best or best[each.terms].factor < each.factor:
            best[each.terms] = each
    if not best:
        return Sought(typed, 0.0, ())
    surest = max(each.factor for each in best.values())
    documents = max(min(map(lexicon.found, each.terms)) for each in best.values() if each.factor == surest)
    return Sought(typed, weight_of(documents, lexicon.documents), tuple(best.values()))


def _weighed(found: Sequence[Sought], lexicon: Lexicon) -> list[Sought]:
    """A word that no article has weighs more than any other, so that what has only the others is no answer.

    Among many words it is likely a name, and weighs no more than the others.
    """
    most = max((each.weight for each in found), default=0.0)
    alone = (most + weight_of(0, lexicon.documents)) / 2
    unknown = alone if len(found) <= _FEW_WORDS else most
    return [each if each.choices else Sought(each.typed, unknown, ()) for each in found]

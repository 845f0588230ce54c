"""What is different between two versions of a text: paragraph by paragraph, and within one word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

# Below that two paragraphs are not versions of one.
_ALIKE = 0.5
# Comparing takes the square of these. A text with a longer paragraph (characters) is compared by its sentences, of
# more words and spaces two paragraphs are not compared word by word, and of more characters not letter by letter.
_LONGEST, _MOST_WORDS, _MOST_LETTERS = 1500, 800, 200
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
_SENTENCES = re.compile(r"(?<=[^\W\d_]{2}[.!?…])\s+|(?<=[。！？])")
_HEADING = re.compile(r"#{1,6}\s+(?P<words>.*?)\s*#*$")


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, with the spaces around them."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that is different, below which heading (None: the beginning), in pieces."""

    heading: str | None
    pieces: tuple[Piece, ...]


def difference(before: str, after: str) -> tuple[Change, ...]:
    """What was changed, in the order of the text; where only lines were broken otherwise, nothing."""
    old, new = _paragraphs(before), _paragraphs(after)
    if max(map(len, [*old, *new]), default=0) > _LONGEST:
        old, new = _sentences(old), _sentences(new)
    headings = list(_headings(new))
    changes = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            heading = headings[begin - 1] if begin else None
            changes += [Change(heading, pieces) for pieces in _pairs(old[first:last], new[begin:end])]
    return tuple(changes)


def words_changed(changes: Sequence[Change]) -> tuple[int, int]:
    """How many words came, and how many went."""
    counts = dict.fromkeys(Fate, 0)
    for change in changes:
        for piece in change.pieces:
            counts[piece.fate] += len(piece.text.split())
    return counts[Fate.ADDED], counts[Fate.REMOVED]


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Paragraphs in place of others: those that are alike as versions of one, the others by themselves."""
    for gone, come in zip_longest(old, new):
        if gone and come:
            words = _WORDS.findall(gone), _WORDS.findall(come)
            if _alike(*words):
                yield tuple(_pieces(*words))
                continue
        if gone:
            yield (Piece(Fate.REMOVED, gone),)
        if come:
            yield (Piece(Fate.ADDED, come),)


def _alike(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Whether they have half of their letters in common, in order; of many, half of their words."""
    if max(len(gone), len(come)) > _MOST_WORDS:
        return False
    old, new = "".join(gone), "".join(come)
    if max(len(old), len(new)) <= _MOST_LETTERS:
        return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE
    words = Counter(filter(str.isalnum, gone)), Counter(filter(str.isalnum, come))
    return 2 * (words[0] & words[1]).total() >= _ALIKE * (words[0].total() + words[1].total())


def _pieces(gone: Sequence[str], come: Sequence[str]) -> Iterator[Piece]:
    """Word by word; a space goes with the words beside it."""
    matcher = SequenceMatcher(str.isspace, gone, come, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Fate.KEPT, "".join(come[begin:end]))
            continue
        if first < last:
            yield Piece(Fate.REMOVED, "".join(gone[first:last]))
        if begin < end:
            yield Piece(Fate.ADDED, "".join(come[begin:end]))


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return [each for paragraph in paragraphs for each in _SENTENCES.split(paragraph) if each]


def _paragraphs(text: str) -> list[str]:
    """The lines that say something: in a procedure each is a step."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _headings(paragraphs: Sequence[str]) -> Iterator[str | None]:
    """Under which heading each paragraph is; a heading is under itself."""
    heading: str | None = None
    for each in paragraphs:
        if found := _HEADING.fullmatch(each):
            heading = found["words"]
        yield heading

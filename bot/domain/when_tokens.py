"""Cuts typed text into words, numbers and marks, and finds phrases in them."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Phrase: TypeAlias = tuple[str, ...]
Phrases: TypeAlias = Mapping[Phrase, T]

LONGEST_PHRASE = 5  # tokens: "a partir de", "new year's eve", "la semana que viene"
_PIECE = re.compile(r"[0-9]+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|\.{2,}|\S")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: its text without accents and capitals, and its place in what was typed."""

    text: str
    start: int
    end: int
    glued: bool  # nothing stands between it and the token before

    @property
    def is_number(self) -> bool:
        """Whether it consists of the digits 0 to 9 alone."""
        return self.text.isascii() and self.text.isdecimal()


def fold(text: str) -> str:
    """`text` without accents, capitals and typographic apostrophes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold().replace("’", "'").replace("ʼ", "'")


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in their order; white space only separates."""
    tokens: list[Token] = []
    for piece in _PIECE.finditer(text):
        glued = bool(tokens) and tokens[-1].end == piece.start()
        tokens.append(Token(fold(piece.group()), piece.start(), piece.end(), glued))
    return tuple(tokens)


def phrase(text: str) -> Phrase:
    """The key of `text` in a table of phrases."""
    return tuple(token.text for token in tokenize(text))


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed, as tokens. Positions are indexes of tokens; past the end nothing matches."""

    text: str
    tokens: tuple[Token, ...]

    def named(self, table: Phrases[T], at: int) -> Iterator[tuple[T, int]]:
        """Each phrase of `table` that starts at `at`, the longest first: its meaning and where it ends."""
        for end in range(min(at + LONGEST_PHRASE, len(self.tokens)), at, -1):
            key = tuple(token.text for token in self.tokens[at:end])
            if key in table:
                yield table[key], end

    def past(self, table: Phrases[T], at: int) -> int:
        """The position after all phrases of `table` that follow each other from `at` on."""
        while (found := next(self.named(table, at), None)) is not None:
            at = found[1]
        return at

    def mark(self, at: int, marks: str, *, glued: bool = False) -> bool:
        """Whether one of `marks` stands at `at`; `glued` asks that it follows without a space."""
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        return len(token.text) == 1 and token.text in marks and (token.glued or not glued)

    def skip(self, at: int, marks: str, *, glued: bool = False) -> int:
        """The position after one of `marks` if it stands at `at`, else `at`."""
        return at + 1 if self.mark(at, marks, glued=glued) else at

    def digits(self, at: int, *, glued: bool = False) -> str:
        """The number at `at` as typed, zeros in front included; empty if none is there."""
        if at >= len(self.tokens):
            return ""
        token = self.tokens[at]
        return token.text if token.is_number and (token.glued or not glued) else ""

    def typed(self, first: int, last: int) -> str:
        """What was typed from token `first` up to, not including, token `last`."""
        if first >= last:
            return ""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

"""The place in an article that shows why it was found."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bot.domain.kb_words import Word, bare, words

_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->", re.DOTALL)
_TAG = re.compile(
    r"</?(?:a|b|br|code|details|div|em|i|img|li|ol|p|span|strong|sub|summary|sup|t[dhr]|table|u|ul)\b[^<>\n]*>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"!?\[([^\[\]\n]+)\]\[[^\[\]\n]*\]|^ {0,3}\[[^\[\]\n]+\]:.*$", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{([^{}|]*)(?:\|([^{}]*))?\}\}")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s(.*)$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)\s*$")
_RULE = re.compile(r"^[\s|:=_*+-]*$")
_QUOTED = re.compile(r"^ {0,3}>[ >]*", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?")
_CELLS = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"(?<!\s)[*`~]+|[*`~]+(?!\s)|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")
# What stands after a heading, and between two lines that are not sentences.
_BELOW, _BESIDE = " – ", " · "
_SENTENCE, _HEADED = re.compile(rf"[.!?]\s|{_BESIDE}"), re.compile(_BELOW)
_LONGEST, _SHORTEST, _BEFORE, _LOOKED_AT = 220, 150, 60, 50_000


class Piece(NamedTuple):
    """Some of a text; marked where it is what was looked for."""

    text: str
    marked: bool


class _Line(NamedTuple):
    text: str
    heading: bool = False


def snippet(body: str, meaning: Callable[[str], str | None]) -> tuple[Piece, ...]:
    """About two lines of a Markdown text with as many as possible of the words for which there is a meaning.

    Where there are none it is the beginning.
    """
    text = in_one_line(body[:_LOOKED_AT])
    found = [(word, meant) for word in words(text) if (meant := meaning(word.folded))]
    starts = _start(text, found)
    shown = [word for word, _ in found if word.starts >= starts and word.ends <= starts + _LONGEST]
    ends = _end(text, starts, shown[-1].ends if shown else starts)
    return tuple(_pieces(text, starts, ends, [word for word in shown if word.ends <= ends]))


def in_one_line(body: str) -> str:
    """A Markdown text as it reads where there is no room: “How long – Card: 3 days · Bank transfer: 2 days”."""
    parts: list[str] = []
    for line in filter(lambda each: each.text, _lines(body)):
        parts += [line.text, _BELOW if line.heading else " " if line.text[-1] in ".!?…:;," else _BESIDE]
    return "".join(parts[:-1])


def _lines(body: str) -> Iterator[_Line]:
    """What stands together: headings, paragraphs, items of lists and rows of tables."""
    begun: list[str] = []
    for raw in _without_markup(body).splitlines():
        heading, fresh = _HEADING.match(raw), _ITEM.match(raw)
        if begun and (heading or fresh or _RULE.match(raw) or raw.lstrip().startswith("|")):
            yield _line(" ".join(begun), heading=bool(_UNDERLINE.match(raw)))
            begun = []
        if heading:
            yield _line(heading[1].rstrip(" \t#"), heading=True)
        elif _RULE.match(raw):
            continue
        elif raw.lstrip().startswith("|"):
            yield _row(raw)
        else:
            begun.append(raw[fresh.end() :] if fresh else raw)
    yield _line(" ".join(begun))


def _without_markup(body: str) -> str:
    plain = _REFERENCE.sub(lambda found: found[1] or "", bare(_COMMENT.sub("", body)))
    plain = _VARIABLE.sub(lambda found: found[2] or f"[{found[1].strip()}]", plain)
    return html.unescape(_QUOTED.sub("", _TAG.sub(" ", plain)))


def _line(text: str, *, heading: bool = False) -> _Line:
    return _Line(" ".join(_MARKS.sub("", text).split()), heading)


def _row(raw: str) -> _Line:
    """A row of a table: what its first cell says of the others."""
    first, *others = filter(None, (_line(cell).text for cell in _CELLS.split(raw))) or [""]
    return _Line(f"{first}: {', '.join(others)}" if others else first)


def _start(text: str, found: Sequence[tuple[Word, str]]) -> int:
    """Where the stretch begins that has most of it: with the sentence, where that is not far."""
    best = (0, 0)
    for at, (word, _) in enumerate(found):
        within = {meant for later, meant in found[at : at + 40] if later.ends <= word.starts + _LONGEST - _BEFORE}
        if len(within) > best[0]:
            best = (len(within), word.starts)
    # Where little follows, more of what stands before is shown.
    to_the_end = len(text) - _LONGEST
    before = min(best[1] - _BEFORE, to_the_end)
    if before <= 0:
        return 0
    for beginning in (_SENTENCE, _HEADED):
        if places := [each.end() for each in beginning.finditer(text, before, best[1])]:
            return places[0 if before == to_the_end else -1]
    return text.find(" ", before, best[1]) + 1 or before


def _end(text: str, starts: int, least: int) -> int:
    """Where it ends: with a sentence, where that is not too soon, with a word, or where nothing parts them."""
    ends = starts + _LONGEST
    if ends >= len(text):
        return len(text)
    sentences = [each.start() + 1 for each in _SENTENCE.finditer(text, max(least - 1, starts + _SHORTEST), ends)]
    if sentences:
        return sentences[-1]
    space = text.rfind(" ", max(least, starts + _SHORTEST), ends)
    return len(text[:space].rstrip(" –·,:;(")) if space > 0 else ends


def _pieces(text: str, starts: int, ends: int, shown: Sequence[Word]) -> Iterator[Piece]:
    at = starts
    if starts:
        yield Piece("…", False)
    for word in shown:
        if word.starts > at:
            yield Piece(text[at : word.starts], False)
        yield Piece(text[word.starts : word.ends], True)
        at = word.ends
    if ends > at:
        yield Piece(text[at:ends], False)
    if ends < len(text):
        yield Piece(" …" if text[ends - 1] in ".!?" else "…", False)

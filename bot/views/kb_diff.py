"""What is different between two versions of an article: what is gone struck out, what is new bold."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.kb_diff import Change, Fate, Piece, words_changed
from bot.views.formats import escape, shorten

# Markdown's own marks, which say nothing here, and what Slack would take for its.
_LEADING = re.compile(r"^(#{1,6} +|> ?)")
_MARKS = re.compile(r"[*~`]+|(?<!\w)_+|_+(?!\w)")
# Characters: escaped, one takes up to five; and what is shown of what stays the same beside a change.
_LONGEST, _BESIDE = 550, 80
LEGEND = "~Struck out~ is gone, *bold* is new."


def difference_lines(changes: Sequence[Change]) -> Iterator[str]:
    """The paragraphs that are different, each below its heading; a line has fewer than 3,000 characters."""
    heading: str | None = None
    for change in changes:
        if change.heading and change.heading != heading:
            yield f"_Under “{escape(_plain(shorten(change.heading, 100)))}”_"
        heading = change.heading
        text = _drawn(change.pieces)
        if text:
            yield f"• {text}"


def brief_difference(changes: Sequence[Change], room: int) -> str:
    """The same in so many characters; then how much more there is."""
    lines = list(difference_lines(changes))
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(kept) + len(line) > room:
            break
        kept.append(line)
    more = sum(line.startswith("•") for line in lines[len(kept) :])
    return "\n".join([*kept, *([f"and {more} more {'change' if more == 1 else 'changes'}"] if more else [])])


def size_words(changes: Sequence[Change]) -> str:
    """How much is different."""
    added, removed = words_changed(changes)
    count = f"{len(changes)} {'paragraph' if len(changes) == 1 else 'paragraphs'}"
    return f"{count} changed, {_words(added)} new, {_words(removed)} gone" if changes else "nothing is different"


def _words(count: int) -> str:
    return f"{count} {'word' if count == 1 else 'words'}"


def _drawn(pieces: Sequence[Piece]) -> str:
    """Marks count for Slack only where a space or a punctuation mark is on their other side."""
    room = _LONGEST
    drawn = ""
    for number, piece in enumerate(pieces):
        text = _plain(piece.text)
        if piece.fate is Fate.KEPT:
            text = _beside(text, first=number == 0, last=number == len(pieces) - 1)
        said = escape(shorten(text, room))
        room -= len(text)
        if not said.strip():
            drawn += " " if text else ""
        elif piece.fate is Fate.KEPT:
            drawn += f"{' ' if text[0].isspace() else ''}{said}{' ' if text[-1].isspace() else ''}"
        else:
            mark = "~" if piece.fate is Fate.REMOVED else "*"
            drawn += f"{'' if not drawn or drawn[-1] in ' (“' else ' '}{mark}{said}{mark} "
        if room <= 0:
            return f"{drawn.rstrip()}…"
    return re.sub(r" +([.,;:!?)”])", r"\1", " ".join(drawn.split()))


def _beside(text: str, *, first: bool, last: bool) -> str:
    """Of what stays the same what is next to a change."""
    if len(text) <= 2 * _BESIDE:
        return text
    before = "" if first else text[:_BESIDE].rpartition(" ")[0]
    after = "" if last else text[-_BESIDE:].partition(" ")[2]
    return f"{before} … {after}"


def _plain(text: str) -> str:
    """Without marks."""
    return _MARKS.sub("", _LEADING.sub("", text))

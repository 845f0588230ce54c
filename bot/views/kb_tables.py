"""Tables and code of articles, in letters of the same width."""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

_MARKUP = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
FENCE = "```"
# What a reader of a narrow window still sees in one line.
_WIDTH, _NARROWEST = 76, 8
_LONGEST = 2700  # characters of a table in one piece: Slack takes 3,000


def escape_words(text: str) -> str:
    """What somebody wrote, so that it can ping nobody; lines stay as they are."""
    return text.translate(_MARKUP)


def code_block(text: str) -> str:
    """Lines as they are, in letters of the same width."""
    code = escape_words(text.replace(FENCE, "'''")).rstrip() or " "
    # Of four such marks in a row Slack takes the first three for its own.
    apart = "\n" if code.startswith("`") or code.endswith("`") else ""
    return f"{FENCE}{apart}{code}{apart}{FENCE}"


def table_words(rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side, wrapped where they are wide; of too many, each row as a list of its cells."""
    columns = max(map(len, rows), default=0)
    full = [[*row, *[""] * (columns - len(row))] for row in rows]
    widths = _widths(full, columns)
    if not widths:
        names, *rest = full
        return "\n".join(
            "• "
            + " · ".join(
                f"{escape_words(name)}: {escape_words(cell)}" for name, cell in zip(names, row, strict=True)
            )
            for row in rest
        )
    head, *drawn = ("\n".join(_lines(row, widths)) for row in full)
    return "\n".join(map(code_block, _parted(f"{head}\n{'  '.join('-' * width for width in widths)}", drawn)))


def _parted(head: str, rows: Sequence[str]) -> Iterator[str]:
    """The table, or where it is long several, each with its head."""
    part, size = [head], len(escape_words(head))
    for row in rows:
        longer = len(escape_words(row)) + 1
        if len(part) > 1 and size + longer > _LONGEST:
            yield "\n".join(part)
            part, size = [head], len(escape_words(head))
        part.append(row)
        size += longer
    yield "\n".join(part)


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
    for shown in zip_longest(*cells, fillvalue=""):
        yield "  ".join(map(_padded, shown, widths)).rstrip()


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """How wide each column is; nothing where they do not fit side by side."""
    room = _WIDTH - 2 * (columns - 1)
    wanted = [max(1, *(_wide(row[column]) for row in rows)) for column in range(columns)]
    if columns == 0 or room < columns * min(_NARROWEST, max(wanted, default=0)):
        return []
    given = [0] * columns
    # The narrow ones first: what they leave is for the wide ones.
    for left, column in enumerate(sorted(range(columns), key=wanted.__getitem__)):
        given[column] = min(wanted[column], room // (columns - left))
        room -= given[column]
    return given


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _wide(cell))


def _wide(text: str) -> int:
    """How many letters wide it is drawn: Chinese ones and most emoji are two, marks on others none."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )

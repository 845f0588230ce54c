"""Markdown, made from what other tools say in formats of their own."""

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;))")
_STARTS = re.compile(r"^(\d*)([#+\-=]|(?<=\d)[.)])", re.MULTILINE)
_ENTRY = re.compile(r"- |\d+\. ")
_FENCES = re.compile(r"`{3,}")
_SPACES = re.compile(r"[ \t\r\n\xa0]+")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_ADDRESS = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E"}
BREAK = "\\\n"
_ENDS = ".,:;!?"
_MARKS = ("**", "_", "~~", "`")


def escaped(text: str) -> str:
    """A text as it stands, spaces run together."""
    return _SPECIAL.sub(r"\\\1", _SPACES.sub(" ", text))


def marked(text: str, mark: str) -> str:
    """A text between marks, such as ``**``, with the spaces at its ends outside.

    So is what ends a sentence: a mark behind it would not be taken for the end where a letter follows.
    """
    inner = text.strip().rstrip(_ENDS).rstrip() or text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}{mark}{inner}{mark}{after}"


def run(pieces: Iterable[str]) -> str:
    """Pieces of a line, one behind another; what is marked alike in both is marked once."""
    text = ""
    for piece in pieces:
        mark = next((each for each in _MARKS if _ends_with(text, each) and piece.startswith(each)), "")
        text = text.removesuffix(mark) + piece.removeprefix(mark)
    return text


def code(text: str) -> str:
    """A few words of a program."""
    return f"`{text.replace('`', chr(39))}`" if text.strip() else text


def link(text: str, address: str) -> str:
    """Words that lead somewhere; where there are no words, the address."""
    safe = "".join(_ADDRESS.get(each, each) for each in address.strip())
    return f"[{text.strip() or escaped(address)}]({safe})" if safe else text


def image(text: str, address: str) -> str:
    """A picture by its address."""
    return f"!{link(text or 'picture', address)}"


def paragraph(text: str) -> str:
    """Words that begin no list, no heading and no quotation by accident; empty where there are none."""
    lines = (line.strip() for line in text.split("\n"))
    return _STARTS.sub(r"\1\\\2", "\n".join(lines).strip().removesuffix("\\").strip())


def heading(level: int, text: str) -> str:
    """A heading; empty without words."""
    words = text.replace(BREAK, " ").strip()
    return f"{'#' * min(max(level, 1), 6)} {words}" if words else ""


def fenced(text: str, language: str = "") -> str:
    """A piece of a program, in a fence that is longer than any in it."""
    longest = max((len(each) for each in _FENCES.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{re.sub(r'[^A-Za-z0-9+#-]', '', language)}\n{text.strip(chr(10))}\n{fence}"


def quoted(blocks: Iterable[str]) -> str:
    """Blocks as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in joined(blocks).split("\n"))


def item(marker: str, blocks: Iterable[str]) -> str:
    """An entry of a list: what belongs to it is indented below its marker."""
    text = ""
    for each in filter(None, blocks):
        text += each if not text else f"\n{each}" if _ENTRY.match(each) else f"\n\n{each}"
    indent = " " * (len(marker) + 1)
    first, *more = text.split("\n")
    return "\n".join([f"{marker} {first}", *(f"{indent}{line}".rstrip() for line in more)])


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table, the first row of which are its headings; a cell is one line."""
    width = max((len(row) for row in rows), default=0)
    if not width:
        return ""
    full = [[_cell(each) for each in row] + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def joined(blocks: Iterable[str]) -> str:
    """Blocks one below another."""
    return "\n\n".join(each for each in blocks if each.strip())


def _cell(text: str) -> str:
    """Also within code a stroke would begin the next cell."""
    return _BARE_PIPE.sub(r"\\|", _SPACES.sub(" ", text).strip())


def _ends_with(text: str, mark: str) -> bool:
    return text.endswith(mark) and not text.endswith(f"\\{mark}")

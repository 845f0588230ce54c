"""The words of an announcement, as whoever writes it types them."""

import re
from collections.abc import Iterator

from bot.views.blocks import Block, header, section
from bot.views.formats import escape, plain, shorten

_TITLE, _PARAGRAPH, _ROOM = 150, 3000, 9000
# Not what closes around it: <…>, as it is escaped here, *…* and the like.
_ADDRESS = re.compile(r"https?://(?:(?!&[lg]t;)[^\s|*])+(?<![.,;:!?)_~])")


def body(title: str, text: str | None) -> Iterator[Block]:
    """The words of an announcement; nobody is mentioned by them, whatever is written there."""
    yield header(shorten(plain(title), _TITLE))
    for paragraph in _pieces(text if text is not None else "Its text was erased."):
        block = section(paragraph)
        yield {**block, "text": {**block["text"], "verbatim": True}}


def _pieces(text: str) -> Iterator[str]:
    """The text in Slack's markup, in pieces that a paragraph holds; line by line, as it was written."""
    piece, room = "", _ROOM
    for line in text.splitlines():
        for part in _fitting(_ADDRESS.sub(lambda found: f"<{found[0]}>", escape(line))):
            if piece and len(piece) + 1 + len(part) > _PARAGRAPH:
                yield piece
                piece, room = part, room - len(piece)
            else:
                piece = f"{piece}\n{part}" if piece else part
            if room - len(piece) <= 0:
                yield shorten(piece, max(room, 1))
                return
    if piece:
        yield piece


def _fitting(line: str) -> Iterator[str]:
    while len(line) > _PARAGRAPH:
        cut = line.rfind(" ", 0, _PARAGRAPH)
        cut = cut if cut > 0 else _PARAGRAPH
        yield line[:cut]
        line = line[cut:].lstrip()
    yield line

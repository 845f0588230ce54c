"""Markdown files: what stands on top of them between ``---`` lines, and their words."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.domain.imports import BadFile, Problem

ENDINGS = (".md", ".markdown")
# Characters: a book, of which no article is.
MOST = 500_000
_FENCE = "---"
_FRONT = "front matter"


@dataclass(frozen=True, slots=True)
class Value:
    """What is said of something on top of a file, and in which line: words, or several of them."""

    words: str | tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A file by its path in the folder; ``digest`` is the same only for the same content."""

    path: str
    digest: str
    front: Mapping[str, Value]
    body: str
    heading: str | None  # the first in it


def find_files(folder: Path) -> list[Path]:
    """The Markdown files in a folder and below, in their order; what is hidden is passed over."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    return sorted(
        path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def read_markdown(path: str, content: bytes) -> MarkdownFile:
    """What a file says. Raises ``BadFile``, with the line where something is wrong."""
    # However the disk spells it, links find it; what is no letter at all can be neither kept nor printed.
    path = unicodedata.normalize("NFC", path.encode("utf-8", "replace").decode())
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\x00", "")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _bad(path, line, "text", "", "text in UTF-8: save it as that") from None
    if len(text) > MOST:
        raise _bad(path, 1, "text", "", f"at most {MOST:,} characters: split it into several files")
    front, body = _parted(path, text)
    return MarkdownFile(path, hashlib.sha256(content).hexdigest(), front, body.strip("\n"), _first_heading(body))


def _parted(path: str, text: str) -> tuple[dict[str, Value], str]:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() in (_FENCE, "...")), None)
    if end is None:
        raise _bad(path, 1, _FRONT, _FENCE, "another line of --- where the front matter ends")
    return dict(_front(path, "\n".join(lines[1:end]))), "\n".join(lines[end + 1 :])


def _front(path: str, text: str) -> Iterator[tuple[str, Value]]:
    """Each key with its value as it is written: 5.10 is a release here, and no number."""
    try:
        node = yaml.compose(text, yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 2 if mark else 1
        written = text.split("\n")[mark.line] if mark and mark.line < text.count("\n") + 1 else ""
        raise _bad(path, line, _FRONT, written.strip(), "YAML such as “owner: ana@example.com”") from None
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        raise _bad(path, 2, _FRONT, text.split("\n")[0], "YAML such as “owner: ana@example.com”")
    for key, value in node.value:
        line = key.start_mark.line + 2
        if isinstance(value, yaml.ScalarNode):
            yield str(key.value).strip().casefold(), Value(value.value.strip(), line)
        elif isinstance(value, yaml.SequenceNode):
            words = tuple(str(each.value).strip() for each in value.value if isinstance(each, yaml.ScalarNode))
            yield str(key.value).strip().casefold(), Value(words, line)


def _first_heading(body: str) -> str | None:
    tree = SyntaxTreeNode(MarkdownIt("commonmark").parse(body))
    node = next((each for each in tree.children if each.type == "heading"), None)
    words = "".join(each.content for each in node.walk() if each.type in ("text", "code_inline")) if node else ""
    return " ".join(words.split()) or None


def _bad(path: str, line: int, column: str, value: str, expected: str) -> BadFile:
    return BadFile([Problem(path, line, column, value, expected)])

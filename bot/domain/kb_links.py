"""Where the links of an article lead: those to other articles are paths or addresses of their originals."""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from uuid import UUID

# Between brackets with spaces in it, or without, where parentheses come in pairs.
_ADDRESS = r"\s*(?:<([^<>\n]+)>|((?:[^()\s<>]|\([^()\s]*\))+))"
_INLINE = re.compile(rf"\]\({_ADDRESS}")
_REFERENCE = re.compile(rf"^ {{0,3}}\[[^\]]+\]:{_ADDRESS}", re.MULTILINE)
# A link to a folder is one to the file that stands for it; some leave the ending out.
_OF_FOLDER = ("README.md", "index.md", "_index.md")
_NOT_OF_A_WORD = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Linked:
    """Another article to which a link leads; ``anchor`` is the heading in it, or empty."""

    id: UUID
    number: int
    title: str
    anchor: str = ""


def targets(body: str) -> Iterator[str]:
    """The addresses in the links of a Markdown text, as they are written, each once."""
    found = [*_INLINE.findall(body), *_REFERENCE.findall(body)]
    yield from dict.fromkeys(bracketed or plain for bracketed, plain in found)


def path_of(target: str, path: str) -> tuple[str, str]:
    """The path in the same folder to which a link of the file with this ``path`` leads, and the anchor there.

    Empty for what leads out of the folder, or to no path at all. A mere anchor leads to the file itself.
    """
    try:
        parts = urlsplit(target)
    except ValueError:  # as of half an address: //[
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    leads, anchor = (unicodedata.normalize("NFC", unquote(each)) for each in (parts.path, parts.fragment))
    if not leads:
        return path, anchor
    within = posixpath.dirname(path)
    if leads.startswith("/"):
        whole = path.partition("/")[0]
        leads = leads.lstrip("/")
        within = "" if leads.startswith(f"{whole}/") else whole
    joined = posixpath.normpath(posixpath.join(within, leads))
    return ("", "") if joined.startswith("..") else (joined, anchor)


def files_of(path: str) -> tuple[str, ...]:
    """The files that a link to this path may mean, the likeliest first."""
    return (path, f"{path}.md", *(posixpath.join(path, name) for name in _OF_FOLDER))


def anchor_of(heading: str) -> str:
    """How a link names a heading: in small letters, with hyphens for the spaces."""
    folded = unicodedata.normalize("NFC", heading).lower()
    return _NOT_OF_A_WORD.sub("", folded).strip().replace(" ", "-")

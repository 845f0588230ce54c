"""What is entered of an article, and what its form begins with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.domain.kb import Kind

# A field of Slack's takes 3,000 characters, and a form 250 KB in all.
FIELD, FIELDS = 2900, 20
# What is between two fields: a blank line, or the end of a line.
_BLANK, _LINE = "p", "n"


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody has entered; ``owner`` is a Slack account, None: as it was, or themselves."""

    kind: Kind
    title: str
    body: str
    language: str
    product: str | None
    tags: tuple[str, ...]
    owner: str | None
    review_days: int | None
    reason: str
    publish: bool
    wanted: Mapping[str, Any] | None = None  # what is to happen when it is published


@dataclass(frozen=True, slots=True)
class About:
    """Which form it is: nonce, article and version on which it is based (neither: a new article), and its fields.

    ``between`` says of each two fields of the body how they are joined; ``missing_id`` is what people looked for
    in vain, which is written now.
    """

    nonce: UUID
    article_id: UUID | None = None
    based_on: int = 0
    between: str = ""
    missing_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ArticleForm:
    """What the form begins with."""

    about: About
    kind: Kind = Kind.ARTICLE
    number: int | None = None
    title: str = ""
    body: str = ""
    pieces: tuple[str, ...] = ()  # of the body, as they stand in the fields; () before anybody typed
    language: str = "en"
    product: str | None = None
    tags: tuple[str, ...] = ()
    owner: str | None = None  # a Slack account
    review_days: int | None = None
    usual_days: int = 90
    published: bool = False
    may_give: bool = False  # to another owner
    reports: tuple[tuple[UUID, str], ...] = ()  # what people say is wrong with it, and nobody has seen to
    kinds: tuple[Kind, ...] = tuple(Kind)  # that it can be


class TooLong(Exception):
    """A text that no form holds."""


def in_fields(body: str) -> tuple[list[str], str]:
    """The text in pieces of at most ``FIELD`` characters, and what is between them. Raises ``TooLong``."""
    pieces: list[str] = [""]
    between = ""
    for glue, block in _blocks(body):
        joined = pieces[-1] + {_BLANK: "\n\n", _LINE: "\n"}[glue] + block if pieces[-1] else block
        if len(joined) <= FIELD:
            pieces[-1] = joined
        else:
            pieces.append(block)
            between += glue
    if len(pieces) > FIELDS:
        raise TooLong
    return pieces, between


def from_fields(pieces: Sequence[str], between: str) -> str:
    """The text of its pieces; what was added is a paragraph of its own."""
    body = ""
    for piece, glue in zip(pieces, _LINE + between + _BLANK * len(pieces), strict=False):
        if piece:
            body += ({_BLANK: "\n\n", _LINE: "\n"}[glue] if body else "") + piece
    return body


def _blocks(body: str) -> Iterator[tuple[str, str]]:
    """Paragraphs, and of those that are longer than a field their lines, each with what is before it."""
    for paragraph in body.strip("\n").split("\n\n"):
        if len(paragraph) <= FIELD:
            yield _BLANK, paragraph
            continue
        for number, line in enumerate(paragraph.split("\n")):
            if len(line) > FIELD:
                raise TooLong
            yield (_LINE if number else _BLANK), line

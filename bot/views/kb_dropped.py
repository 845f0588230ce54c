"""What becomes of a Markdown file in a direct message."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.views.blocks import Message, button, buttons, context, message, section
from bot.views.formats import escape, shorten
from bot.views.kb_article import OPEN
from bot.views.kb_versions import to_value

PUBLISH = "kb.dropped.publish"
_NAME, _FOUND = 80, 60
_TOP = "On top of it, between lines of `---`, can stand title, tags, product, language, kind and review_days."


def kept(article_id: UUID, number: int, title: str, name: str, version: int, *, draft: bool) -> Message:
    """It is a draft, or was one."""
    what = f"version {version} of article {number} “{escape(shorten(title, _NAME))}”"
    file = escape(shorten(name, _NAME))
    text = (
        f"{file} is kept as a draft: {what}. Look at it, then publish it."
        if draft
        else f"{file} became {what}, which is no draft any more."
    )
    row = [button("Open", OPEN, str(article_id), f"Open article {number}")]
    if draft:
        row.append(button("Publish", PUBLISH, to_value(article_id, version), f"Publish article {number}"))
    return message(text, section(text), buttons(*row), context(_TOP))


def refused(facts: Mapping[str, Any]) -> Message:
    """It is none, and why."""
    name = escape(shorten(str(facts["name"]), _NAME))
    if "refused" in facts:
        text = (
            f"{name} names an article that is not there, is not yours to write, is archived, or is kept in "
            "another tool. Nothing was changed. Put its number right, or leave `article:` out for a new one."
        )
        return message(text, section(text))
    found = f"“{escape(shorten(str(facts['found']), _FOUND))}” is not " if facts["found"] else "expected "
    text = (
        f"{name}, line {facts['line']}: {found}{escape(str(facts['expected']))}. Put it right and drop it again."
    )
    return message(text, section(text), context(_TOP))

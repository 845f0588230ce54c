"""The few shapes of Block Kit that our messages are made of."""

from collections.abc import Iterable, Iterator
from typing import Any

Block = dict[str, Any]
Message = dict[str, Any]

# Characters.
_PARAGRAPH = 3000
_SPOKEN = 75


def message(text: str, *blocks: Block) -> Message:
    """A message; the text is what notifications and screen readers read."""
    return {"text": text, "blocks": list(blocks)} if blocks else {"text": text}


def header(text: str) -> Block:
    """A heading, plain text of at most 150 characters."""
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def section(text: str) -> Block:
    """A paragraph in Slack's markup, at most 3,000 characters."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def paragraphs(lines: Iterable[str]) -> Iterator[Block]:
    """The lines, each at most 3,000 characters, in as few paragraphs as hold them."""
    text = ""
    for line in lines:
        if text and len(text) + 1 + len(line) > _PARAGRAPH:
            yield section(text)
            text = line
        else:
            text = f"{text}\n{line}" if text else line
    if text:
        yield section(text)


def context(text: str) -> Block:
    """A small grey line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def buttons(*elements: Block) -> Block:
    """A row of at most 25 buttons."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, value: str, spoken: str | None = None) -> Block:
    """A button; the label at most 75 characters, the value at most 2,000.

    ``spoken`` is what a screen reader says in place of a label that stands on several buttons; it is cut to what
    Slack takes.
    """
    element = {
        "type": "button",
        "text": {"type": "plain_text", "text": label},
        "action_id": action_id,
        "value": value,
    }
    return element | {"accessibility_label": spoken[:_SPOKEN]} if spoken else element

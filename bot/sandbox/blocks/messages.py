"""Messages: text, blocks, attachments and metadata."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.sandbox.blocks.layout import IN_MESSAGE
from bot.sandbox.blocks.refusal import Refusal
from bot.sandbox.blocks.schema import Check, array, complaint, record, records, string
from bot.sandbox.blocks.surface_rules import check_identity

MOST_TEXT = 40_000
MOST_MARKDOWN = 12_000
MOST_TEXT_IN_BLOCKS = 12_000
"""Undocumented: Slack's people speak of 12,000 characters of text, and of a little for what contains them."""
MOST_ATTACHMENTS = 100
MOST_METADATA = 3000
"""Undocumented too; nothing that only marks a message comes near it."""


def check_message(message: Mapping[str, Any], *, ephemeral: bool = False) -> Refusal | None:
    """What Slack has against a message, posted, edited or sent to a `response_url`.

    An ephemeral message carries no metadata, and Slack does not add up the text of its blocks.
    """
    if not isinstance(message, Mapping):
        return Refusal("invalid_arguments", (complaint("must provide an object", ""),))
    said = {name: value for name, value in message.items() if value is not None}
    return (
        _check_text(said)
        or _check_blocks(said.get("blocks", []), add_up=not ephemeral)
        or _check_attachments(said.get("attachments", []))
        or (None if ephemeral else _check_metadata(said.get("metadata")))
    )


def _check_text(said: Mapping[str, Any]) -> Refusal | None:
    texts = {name: said[name] for name in ("text", "markdown_text") if name in said}
    wrong = [complaint("must provide a string", f"/{name}") for name in texts if not isinstance(texts[name], str)]
    if wrong:
        return Refusal("invalid_arguments", tuple(wrong))
    text, markdown = (texts.get(name, "") for name in ("text", "markdown_text"))
    if markdown and (text or said.get("blocks")):
        return Refusal("markdown_text_conflict")
    if len(text) > MOST_TEXT or len(markdown) > MOST_MARKDOWN:
        return Refusal("msg_too_long")
    if not (text.strip() or markdown.strip() or said.get("blocks") or said.get("attachments")):
        return Refusal("no_text")
    return None


def _check_blocks(blocks: Any, *, add_up: bool) -> Refusal | None:
    if not isinstance(blocks, list | tuple):
        return Refusal("invalid_blocks_format")
    messages = (*IN_MESSAGE(blocks, "/blocks"), *check_identity(blocks, "/blocks"))
    if messages:
        return Refusal("invalid_blocks", messages)
    if sum(block["type"] == "table" for block in blocks) > 1:
        return Refusal("invalid_attachments", ("[ERROR] only_one_table_allowed",))
    if add_up and sum(len(text) for text in _texts(blocks)) > MOST_TEXT_IN_BLOCKS:
        return Refusal("msg_blocks_too_long")
    return None


def _texts(value: Any) -> Iterator[str]:
    """Every `text` in a tree of blocks that is a string."""
    below: Iterable[Any] = ()
    if isinstance(value, Mapping):
        if isinstance(value.get("text"), str):
            yield value["text"]
        below = value.values()
    elif isinstance(value, list | tuple):
        below = value
    for each in below:
        yield from _texts(each)


def _check_attachments(attachments: Any) -> Refusal | None:
    if isinstance(attachments, list | tuple) and len(attachments) > MOST_ATTACHMENTS:
        return Refusal("too_many_attachments")
    messages = tuple(_attachment_complaints(attachments))
    return Refusal("invalid_attachments", messages) if messages else None


def _attachment_complaints(attachments: Any) -> Iterator[str]:
    yield from array(_any_object, least=0)(attachments, "/attachments")
    for index, attachment in records(attachments):
        if "blocks" in attachment:
            pointer = f"/attachments/{index}/blocks"
            yield from IN_MESSAGE(attachment["blocks"], pointer)
            yield from check_identity(attachment["blocks"], pointer)


def _any_object(value: Any, pointer: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield complaint("must provide an object", pointer)


METADATA: Check = record({"event_type": string(), "event_payload": _any_object})


def _check_metadata(metadata: Any) -> Refusal | None:
    if metadata is None:
        return None
    messages = tuple(METADATA(metadata, "/metadata"))
    if messages:
        return Refusal("invalid_metadata_format", messages)
    if len(json.dumps(metadata, ensure_ascii=False, separators=(",", ":"), default=str)) > MOST_METADATA:
        return Refusal("metadata_too_large")
    return None

"""What a message may say: checked the way Slack checks it, and completed the way Slack stores it."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.blocks import Refusal, check_message, complete
from bot.sandbox.errors import SlackError
from bot.sandbox.state import Json

FIELDS = ("text", "markdown_text", "blocks", "attachments", "metadata")


def message_content(given: Mapping[str, Any], *, ephemeral: bool = False) -> Json:
    """Text, blocks, attachments and metadata of a message. Raises SlackError."""
    said = {name: given[name] for name in FIELDS if given.get(name) is not None}
    refuse(check_message(said, ephemeral=ephemeral))
    return {
        "text": str(said.get("text") or said.get("markdown_text") or ""),
        "blocks": complete(said.get("blocks") or []),
        "attachments": _completed(said.get("attachments") or []),
        "metadata": said.get("metadata"),
    }


def refuse(refusal: Refusal | None) -> None:
    """Raise what the checker found as Slack's answer."""
    if refusal is not None:
        raise SlackError(refusal.error, refusal.messages)


def _completed(attachments: list[Json]) -> list[Json]:
    return [
        {**given, "id": number, **({"blocks": complete(given["blocks"])} if given.get("blocks") else {})}
        for number, given in enumerate(attachments, 1)
    ]

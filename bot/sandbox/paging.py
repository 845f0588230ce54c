"""Pages of a list, with Slack's cursors."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.sandbox.call import Call
from bot.sandbox.errors import SlackError
from bot.sandbox.state import Json

T = TypeVar("T")


def page(items: Sequence[T], call: Call, *, default: int = 100, most: int = 1000) -> tuple[list[T], Json]:
    """One page of `items` and the `response_metadata` that leads to the next."""
    limit = call.number("limit", default)
    if not 0 < limit <= most:
        raise SlackError("invalid_limit")
    start = _start(call.text("cursor"))
    end = start + limit
    following = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return list(items[start:end]), {"response_metadata": {"next_cursor": following}}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SlackError("invalid_cursor") from None

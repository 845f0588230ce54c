"""What Slack adds to blocks when it stores them."""

import secrets
import string
from collections.abc import Iterable, Mapping
from typing import Any

from bot.sandbox.blocks.elements import INTERACTIVE

_LETTERS = string.ascii_letters + string.digits


def complete(blocks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The blocks as Slack gives them back: ids filled in, `emoji` and `verbatim` said.

    Copies; the blocks that were given stay as they are.
    """
    return [{"block_id": _new_id(), **_filled(block)} for block in blocks]


def _filled(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_filled(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {**_additions(value), **{name: _filled(each) for name, each in value.items()}}


def _additions(value: Mapping[str, Any]) -> dict[str, Any]:
    kind = value.get("type")
    if kind == "plain_text":
        return {"emoji": True}
    if kind == "mrkdwn":
        return {"verbatim": False}
    if kind in INTERACTIVE:
        return {"action_id": _new_id()}
    return {}


def _new_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))

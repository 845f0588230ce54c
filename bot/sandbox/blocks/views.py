"""Views, and what an app answers to them: the options of an external select, the errors of a form."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blocks.composition import OPTION, plain
from bot.sandbox.blocks.layout import IN_HOME, IN_MODAL
from bot.sandbox.blocks.refusal import Refusal
from bot.sandbox.blocks.schema import (
    Check,
    array,
    boolean,
    exactly_one,
    not_empty,
    one_of,
    record,
    records,
    string,
    typed,
)
from bot.sandbox.blocks.surface_rules import check_focus, check_identity, check_submit

MOST_VIEW_BYTES = 250_000

CARRIED: Mapping[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}

VIEW = one_of(
    {
        **typed(
            "modal",
            {"title": plain(24), "blocks": IN_MODAL},
            {
                **CARRIED,
                "submit": plain(24),
                "close": plain(24),
                "clear_on_close": boolean,
                "notify_on_close": boolean,
                "submit_disabled": boolean,
            },
        ),
        **typed("home", {"blocks": IN_HOME}, CARRIED),
    }
)

ANSWER = record(
    {},
    {
        "options": array(OPTION, 100, least=0),
        "option_groups": array(record({"label": plain(75), "options": array(OPTION, 100, least=0)}), 100, least=0),
    },
    exactly_one("options", "option_groups"),
)


def check_view(view: Mapping[str, Any]) -> Refusal | None:
    """What Slack has against a modal or Home view, as views.open, push, update and publish take it."""
    if _size(view) > MOST_VIEW_BYTES:
        return Refusal("view_too_large")
    return _refusal(_view_complaints(view))


def _view_complaints(view: Any) -> Iterator[str]:
    yield from VIEW(view, "/view")
    if not isinstance(view, Mapping):
        return
    blocks = view.get("blocks")
    yield from check_identity(blocks, "/view/blocks")
    yield from check_focus(blocks, "/view/blocks")
    if view.get("type") == "modal":
        yield from check_submit(view, "/view")


def _size(value: Any) -> int:
    """The size of a value as JSON, in bytes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return len(text.encode(errors="replace"))


def check_options(answer: Mapping[str, Any]) -> Refusal | None:
    """What Slack has against the answer to a `block_suggestion`: `options` or `option_groups`, 100 at most."""
    return _refusal(ANSWER(answer, ""))


def check_errors(errors: Mapping[str, str], view: Mapping[str, Any]) -> Refusal | None:
    """What Slack has against the `errors` of an ack: each names an input block of the view and says something."""
    blocks = view.get("blocks") if isinstance(view, Mapping) else None
    inputs = {
        block["block_id"]: string()
        for _, block in records(blocks)
        if block.get("type") == "input" and isinstance(block.get("block_id"), str)
    }
    return _refusal(record({}, inputs, not_empty)(errors, "/errors"))


def _refusal(complaints: Iterator[str]) -> Refusal | None:
    messages = tuple(complaints)
    return Refusal("invalid_arguments", messages) if messages else None

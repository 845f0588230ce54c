"""The blocks, and which of them each surface takes."""

from collections.abc import Mapping

from bot.sandbox.blocks.composition import ALT_TEXT, BLOCK_ID, PICTURE, plain, text, texts
from bot.sandbox.blocks.elements import FILE_FIELD, IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION
from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.schema import (
    Check,
    array,
    at_least_one,
    boolean,
    exactly_one,
    one_of,
    record,
    string,
    typed,
)

BLOCK: Mapping[str, Check] = {"block_id": BLOCK_ID}

SHOWN = {
    **typed(
        "section",
        {},
        {
            **BLOCK,
            "text": text(3000),
            "fields": array(text(2000), 10),
            "accessory": one_of(IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    **typed("header", {"text": plain(150)}, BLOCK),
    **typed("divider", {}, BLOCK),
    **typed(
        "image",
        {"alt_text": ALT_TEXT},
        {**BLOCK, **PICTURE, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    **typed("context", {"elements": array(one_of({**IMAGE, **texts(3000)}), 10)}, BLOCK),
    **typed("actions", {"elements": array(one_of(IN_ACTIONS), 25)}, BLOCK),
    **RICH_TEXT,
}

MARKDOWN = typed("markdown", {"text": string(12_000)}, BLOCK)

CELL = one_of({**typed("raw_text", {"text": string()}), **RICH_TEXT})
TABLE = typed(
    "table",
    {"rows": array(array(CELL, 20), 100)},
    {
        **BLOCK,
        "column_settings": array(
            record({}, {"align": string(among={"left", "center", "right"}), "is_wrapped": boolean}), 20
        ),
    },
)


def _input(elements: Mapping[str, Check]) -> dict[str, Check]:
    return typed(
        "input",
        {"label": plain(2000), "element": one_of(elements)},
        {**BLOCK, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    )


IN_MESSAGE = array(one_of({**SHOWN, **MARKDOWN, **TABLE, **_input(IN_INPUT)}), 50, least=0)
IN_HOME = array(one_of({**SHOWN, **_input(IN_INPUT)}), 100, least=0)
IN_MODAL = array(one_of({**SHOWN, **_input({**IN_INPUT, **FILE_FIELD})}), 100, least=0)

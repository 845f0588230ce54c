"""Rich text: what the composer writes, and what a bot may write in its manner."""

from collections.abc import Mapping

from bot.sandbox.blocks.composition import BLOCK_ID, URL
from bot.sandbox.blocks.schema import Check, array, boolean, integer, one_of, record, string, typed

STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
STYLE = record({}, dict.fromkeys(STYLES, boolean))
STYLED: Mapping[str, Check] = {"style": STYLE}

INLINE = one_of(
    {
        **typed("text", {"text": string()}, STYLED),
        **typed("link", {"url": URL}, {**STYLED, "text": string(), "unsafe": boolean}),
        **typed(
            "emoji",
            {"name": string()},
            {**STYLED, "unicode": string(), "skin_tone": integer(), "url": URL},
        ),
        **typed("user", {"user_id": string()}, STYLED),
        **typed("usergroup", {"usergroup_id": string()}, STYLED),
        **typed("channel", {"channel_id": string()}, STYLED),
        **typed("broadcast", {"range": string(among={"here", "channel", "everyone"})}, STYLED),
        **typed(
            "date",
            {"timestamp": integer(), "format": string()},
            {**STYLED, "url": URL, "fallback": string()},
        ),
        **typed("color", {"value": string()}, STYLED),
    }
)

SECTION = typed("rich_text_section", {"elements": array(INLINE, least=0)})
INDENT: Mapping[str, Check] = {"border": integer(0, 1)}

PARTS = one_of(
    {
        **SECTION,
        **typed(
            "rich_text_list",
            {
                "style": string(among={"bullet", "ordered"}),
                "elements": array(one_of(SECTION)),
            },
            {**INDENT, "indent": integer(0, 8), "offset": integer(0)},
        ),
        **typed(
            "rich_text_preformatted",
            {"elements": array(INLINE, least=0)},
            {**INDENT, "language": string()},
        ),
        **typed("rich_text_quote", {"elements": array(INLINE, least=0)}, INDENT),
    }
)

RICH_TEXT = typed("rich_text", {"elements": array(PARTS)}, {"block_id": BLOCK_ID})

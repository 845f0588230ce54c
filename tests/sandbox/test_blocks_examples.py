"""The least that every block and element needs, and the surfaces that take it."""

from typing import Any

import pytest

from bot.sandbox.blocks import Refusal, check_message, check_view

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str = "Early", value: str = "early") -> Json:
    return {"text": plain(text), "value": value}


def rich_text(*inline: Json) -> Json:
    parts = inline or ({"type": "text", "text": "x"},)
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


def modal(*blocks: Json, **properties: Any) -> Json:
    return {
        "type": "modal",
        "title": plain("Shifts"),
        "submit": plain("Save"),
        "blocks": list(blocks),
        **properties,
    }


def home(*blocks: Json, **properties: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **properties}


def message(*blocks: Json, **properties: Any) -> Json:
    return {"text": "x", "blocks": list(blocks), **properties}


def section(**properties: Any) -> Json:
    return {"type": "section", "text": mrkdwn(), **properties}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **properties: Any) -> Json:
    return {"type": "input", "label": plain("Reason"), "element": element, **properties}


IMAGE: Json = {"type": "image", "alt_text": "A chart", "image_url": "https://example.com/chart.png"}
BUTTON: Json = {"type": "button", "text": plain("Approve")}
MENU: Json = {"options": [option()]}
TYPED: Json = {"type": "plain_text_input"}

BLOCKS: dict[str, Json] = {
    "section": section(),
    "section-of-fields": {"type": "section", "fields": [plain(), mrkdwn()]},
    "header": {"type": "header", "text": plain()},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [plain(), mrkdwn(), IMAGE]},
    "actions": actions(BUTTON),
    "input": field(TYPED),
    "image": IMAGE,
    "image-of-a-file": {"type": "image", "alt_text": "A chart", "slack_file": {"id": "F123"}},
    "rich-text": rich_text(),
}

MESSAGE_ONLY: dict[str, Json] = {
    "markdown": {"type": "markdown", "text": "**x**"},
    "table": {"type": "table", "rows": [[{"type": "raw_text", "text": "Ana"}, rich_text()]]},
}

SELECTS: dict[str, Json] = {
    "static_select": MENU,
    "external_select": {},
    "users_select": {},
    "conversations_select": {},
    "channels_select": {},
}
TICKS: dict[str, Json] = {"radio_buttons": MENU, "checkboxes": MENU}
PICKERS: dict[str, Json] = {"datepicker": {}, "timepicker": {}}
BUTTONS: dict[str, Json] = {"button": {"text": plain()}, "overflow": MENU}
TEXTS: dict[str, Json] = {
    "plain_text_input": {},
    "email_text_input": {},
    "url_text_input": {},
    "number_input": {"is_decimal_allowed": False},
    "rich_text_input": {},
}
MULTI: dict[str, Json] = {f"multi_{kind}": needs for kind, needs in SELECTS.items()}
DATETIME: dict[str, Json] = {"datetimepicker": {}}
FILE: dict[str, Json] = {"file_input": {}}
PICTURE: dict[str, Json] = {"image": {name: IMAGE[name] for name in ("alt_text", "image_url")}}

EVERYTHING = {**SELECTS, **MULTI, **TICKS, **PICKERS, **DATETIME, **BUTTONS, **TEXTS, **FILE, **PICTURE}
IN_ACTIONS = {*SELECTS, *TICKS, *PICKERS, *DATETIME, *BUTTONS}
IN_SECTION = {*SELECTS, *MULTI, *TICKS, *PICKERS, *BUTTONS, *PICTURE}
IN_INPUT = {*SELECTS, *MULTI, *TICKS, *PICKERS, *DATETIME, *TEXTS}


def element(kind: str) -> Json:
    return {"type": kind, **EVERYTHING[kind]}


def lines(*reasons: tuple[str, str]) -> tuple[str, ...]:
    return tuple(f"[ERROR] {words} [json-pointer:{pointer}]" for words, pointer in reasons)


def without(thing: Json, name: str) -> Json:
    return {key: value for key, value in thing.items() if key != name}


def asking(**parts: Any) -> Json:
    whole = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **parts}
    return {**BUTTON, "confirm": whole}


def codes(refusal: Refusal | None) -> str | None:
    return refusal.error if refusal else None


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_every_surface_takes_the_least_of_a_block(block: Json) -> None:
    assert check_message(message(block)) is None
    assert check_message(message(block), ephemeral=True) is None
    assert check_view(modal(block)) is None
    assert check_view(home(block)) is None


@pytest.mark.parametrize("block", MESSAGE_ONLY.values(), ids=MESSAGE_ONLY)
def test_some_blocks_are_for_messages_alone(block: Json) -> None:
    assert check_message(message(block)) is None
    reason = lines((f"unsupported type: {block['type']}", "/view/blocks/0/type"))
    for view in (modal(block), home(block)):
        assert check_view(view) == Refusal("invalid_arguments", reason)


@pytest.mark.parametrize("kind", EVERYTHING)
def test_actions_take_the_elements_that_slack_lists_and_no_others(kind: str) -> None:
    refusal = check_message(message(actions(element(kind))))
    assert refusal == (None if kind in IN_ACTIONS else _unsupported(kind, "/blocks/0/elements/0"))


@pytest.mark.parametrize("kind", EVERYTHING)
def test_a_section_takes_the_accessories_that_slack_lists_and_no_others(kind: str) -> None:
    refusal = check_message(message(section(accessory=element(kind))))
    assert refusal == (None if kind in IN_SECTION else _unsupported(kind, "/blocks/0/accessory"))


@pytest.mark.parametrize("kind", EVERYTHING)
def test_an_input_takes_the_elements_that_slack_lists_and_no_others(kind: str) -> None:
    block = field(element(kind))
    expected = None if kind in IN_INPUT else _unsupported(kind, "/blocks/0/element")
    assert check_message(message(block)) == expected
    for view in (modal(block), home(block)):
        taken = kind in IN_INPUT or (kind == "file_input" and view["type"] == "modal")
        assert codes(check_view(view)) == (None if taken else "invalid_arguments")


@pytest.mark.parametrize(
    "inline",
    [
        {"type": "text", "text": "x", "style": {"bold": True, "code": False}},
        {"type": "link", "url": "https://example.com", "text": "x"},
        {"type": "emoji", "name": "wave"},
        {"type": "user", "user_id": "U1"},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "broadcast", "range": "here"},
        {"type": "date", "timestamp": 1_700_000_000, "format": "{date_short}"},
        {"type": "color", "value": "#ff0000"},
    ],
    ids=lambda inline: inline["type"],
)
def test_rich_text_takes_every_inline_element_in_every_part(inline: Json) -> None:
    line = {"type": "rich_text_section", "elements": [inline]}
    parts = [
        line,
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [line]},
        {"type": "rich_text_quote", "elements": [inline]},
        {"type": "rich_text_preformatted", "elements": [inline]},
    ]
    assert check_message(message({"type": "rich_text", "elements": parts})) is None


@pytest.mark.parametrize("kind", ["call", "file", "video", "sections", "condition"])
def test_blocks_that_are_not_taken_are_refused_by_name(kind: str) -> None:
    refusal = check_message(message({"type": kind}))
    assert refusal == _unsupported(kind, "/blocks/0")


def test_a_workflow_button_is_refused_by_name() -> None:
    refusal = check_message(message(actions({"type": "workflow_button", "text": plain()})))
    assert refusal == _unsupported("workflow_button", "/blocks/0/elements/0")


def test_a_home_and_a_modal_may_be_empty() -> None:
    assert check_view(home()) is None
    assert check_view({"type": "modal", "title": plain(), "blocks": []}) is None


def _unsupported(kind: str, pointer: str) -> Refusal:
    return Refusal("invalid_blocks", lines((f"unsupported type: {kind}", f"{pointer}/type")))

"""Every limit: what is exactly at it is taken, and one more is refused with Slack's code and pointer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.sandbox.blocks import Refusal, check_message, check_options, check_view
from tests.sandbox.test_blocks_examples import (
    BUTTON,
    IMAGE,
    Json,
    actions,
    element,
    field,
    home,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    rich_text,
    section,
)

URL = "https://example.com/"
LINE: Json = {"type": "rich_text_section", "elements": []}
CELL: Json = {"type": "raw_text", "text": "x"}


@dataclass(frozen=True)
class Limit:
    """Something made in a given size, the most it may be, and where Slack says it is too big."""

    most: int
    make: Callable[[int], Any]
    pointer: str


def url(size: int) -> str:
    return URL + "x" * (size - len(URL))


def x(size: int) -> str:
    return "x" * size


def confirm(**parts: Json) -> Json:
    asks = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **parts}
    return actions({**BUTTON, "confirm": asks})


def menu(kind: str, **properties: Any) -> Json:
    return section(accessory={"type": kind, **properties})


def select(**properties: Any) -> Json:
    return menu("static_select", **properties)


def many(item: Any) -> Callable[[int], list[Any]]:
    return lambda size: [item] * size


def buttons(size: int) -> Json:
    return actions(*[BUTTON] * size)


STRINGS: dict[str, Limit] = {
    "section-text": Limit(3000, lambda n: section(text=mrkdwn(x(n))), "/text/text"),
    "section-plain-text": Limit(3000, lambda n: section(text=plain(x(n))), "/text/text"),
    "section-field": Limit(2000, lambda n: section(fields=[mrkdwn(), mrkdwn(x(n))]), "/fields/1/text"),
    "header": Limit(150, lambda n: {"type": "header", "text": plain(x(n))}, "/text/text"),
    "context-text": Limit(3000, lambda n: {"type": "context", "elements": [mrkdwn(x(n))]}, "/elements/0/text"),
    "image-title": Limit(2000, lambda n: {**IMAGE, "title": plain(x(n))}, "/title/text"),
    "image-alt-text": Limit(2000, lambda n: {**IMAGE, "alt_text": x(n)}, "/alt_text"),
    "image-url": Limit(3000, lambda n: {**IMAGE, "image_url": url(n)}, "/image_url"),
    "input-label": Limit(2000, lambda n: field(element("datepicker"), label=plain(x(n))), "/label/text"),
    "input-hint": Limit(2000, lambda n: field(element("datepicker"), hint=plain(x(n))), "/hint/text"),
    "block-id": Limit(255, lambda n: section(block_id=x(n)), "/block_id"),
    "action-id": Limit(255, lambda n: actions({**BUTTON, "action_id": x(n)}), "/elements/0/action_id"),
    "button-text": Limit(75, lambda n: actions({**BUTTON, "text": plain(x(n))}), "/elements/0/text/text"),
    "button-value": Limit(2000, lambda n: actions({**BUTTON, "value": x(n)}), "/elements/0/value"),
    "button-url": Limit(3000, lambda n: actions({**BUTTON, "url": url(n)}), "/elements/0/url"),
    "accessibility-label": Limit(
        75, lambda n: actions({**BUTTON, "accessibility_label": x(n)}), "/elements/0/accessibility_label"
    ),
    "confirm-title": Limit(100, lambda n: confirm(title=plain(x(n))), "/elements/0/confirm/title/text"),
    "confirm-text": Limit(300, lambda n: confirm(text=mrkdwn(x(n))), "/elements/0/confirm/text/text"),
    "confirm-confirm": Limit(30, lambda n: confirm(confirm=plain(x(n))), "/elements/0/confirm/confirm/text"),
    "confirm-deny": Limit(30, lambda n: confirm(deny=plain(x(n))), "/elements/0/confirm/deny/text"),
    "option-text": Limit(75, lambda n: select(options=[option(text=x(n))]), "/accessory/options/0/text/text"),
    "option-value": Limit(150, lambda n: select(options=[option(value=x(n))]), "/accessory/options/0/value"),
    "option-description": Limit(
        75,
        lambda n: select(options=[{**option(), "description": plain(x(n))}]),
        "/accessory/options/0/description/text",
    ),
    "overflow-option-url": Limit(
        3000, lambda n: menu("overflow", options=[{**option(), "url": url(n)}]), "/accessory/options/0/url"
    ),
    "overflow-option-text": Limit(
        75, lambda n: menu("overflow", options=[option(text=x(n))]), "/accessory/options/0/text/text"
    ),
    "overflow-option-value": Limit(
        150, lambda n: menu("overflow", options=[option(value=x(n))]), "/accessory/options/0/value"
    ),
    "overflow-option-description": Limit(
        75,
        lambda n: menu("overflow", options=[{**option(), "description": plain(x(n))}]),
        "/accessory/options/0/description/text",
    ),
    "radio-value": Limit(
        150, lambda n: menu("radio_buttons", options=[option(value=x(n))]), "/accessory/options/0/value"
    ),
    "radio-text": Limit(
        75,
        lambda n: menu("radio_buttons", options=[{"text": mrkdwn(x(n)), "value": "a"}]),
        "/accessory/options/0/text/text",
    ),
    "checkbox-description": Limit(
        75,
        lambda n: menu("checkboxes", options=[{**option(), "description": mrkdwn(x(n))}]),
        "/accessory/options/0/description/text",
    ),
    "group-label": Limit(
        75,
        lambda n: select(option_groups=[{"label": plain(x(n)), "options": [option()]}]),
        "/accessory/option_groups/0/label/text",
    ),
    "select-placeholder": Limit(
        150, lambda n: menu("users_select", placeholder=plain(x(n))), "/accessory/placeholder/text"
    ),
    "date-placeholder": Limit(
        150, lambda n: menu("datepicker", placeholder=plain(x(n))), "/accessory/placeholder/text"
    ),
    "input-placeholder": Limit(
        150,
        lambda n: field({"type": "plain_text_input", "placeholder": plain(x(n))}),
        "/element/placeholder/text",
    ),
    "initial-value": Limit(
        3000, lambda n: field({"type": "plain_text_input", "initial_value": x(n)}), "/element/initial_value"
    ),
    "initial-value-within-max-length": Limit(
        20,
        lambda n: field({"type": "plain_text_input", "max_length": 20, "initial_value": x(n)}),
        "/element/initial_value",
    ),
}

COUNTS: dict[str, Limit] = {
    "section-fields": Limit(10, lambda n: section(fields=many(mrkdwn())(n)), "/fields"),
    "context-elements": Limit(10, lambda n: {"type": "context", "elements": [mrkdwn()] * n}, "/elements"),
    "actions-elements": Limit(25, buttons, "/elements"),
    "select-options": Limit(100, lambda n: select(options=many(option())(n)), "/accessory/options"),
    "select-groups": Limit(
        100,
        lambda n: select(option_groups=[{"label": plain(), "options": [option()]}] * n),
        "/accessory/option_groups",
    ),
    "group-options": Limit(
        100,
        lambda n: select(option_groups=[{"label": plain(), "options": [option()] * n}]),
        "/accessory/option_groups/0/options",
    ),
    "overflow-options": Limit(5, lambda n: menu("overflow", options=[option()] * n), "/accessory/options"),
    "radios": Limit(10, lambda n: menu("radio_buttons", options=[option()] * n), "/accessory/options"),
    "checkboxes": Limit(10, lambda n: menu("checkboxes", options=[option()] * n), "/accessory/options"),
    "initial-users": Limit(
        2,
        lambda n: menu("multi_users_select", max_selected_items=2, initial_users=["U1"] * n),
        "/accessory/initial_users",
    ),
    "initial-options": Limit(
        2,
        lambda n: menu(
            "multi_static_select", options=[option()], max_selected_items=2, initial_options=[option()] * n
        ),
        "/accessory/initial_options",
    ),
}

NUMBERS: dict[str, Limit] = {
    "min-length": Limit(
        3000, lambda n: field({"type": "plain_text_input", "min_length": n}), "/element/min_length"
    ),
    "max-length": Limit(
        3000, lambda n: field({"type": "plain_text_input", "max_length": n}), "/element/max_length"
    ),
    "list-indent": Limit(
        8,
        lambda n: {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "indent": n, "elements": [LINE]}],
        },
        "/elements/0/indent",
    ),
}


def _rows(limits: dict[str, Limit], words: str) -> list[Any]:
    return [
        pytest.param(limit, words.format(most=limit.most, above=limit.most + 1), id=name)
        for name, limit in limits.items()
    ]


IN_BLOCKS = [
    *_rows(STRINGS, "must be less than {above} characters"),
    *_rows(COUNTS, "no more than {most} items allowed"),
    *_rows(NUMBERS, "must be less than {most}"),
]


@pytest.mark.parametrize(("limit", "words"), IN_BLOCKS)
def test_a_block_at_its_limit_is_taken_and_one_beyond_is_refused(limit: Limit, words: str) -> None:
    at, beyond = limit.make(limit.most), limit.make(limit.most + 1)
    assert check_message(message(at)) is None
    assert check_view(modal(at)) is None
    assert check_message(message(section(), beyond)) == Refusal(
        "invalid_blocks", (f"[ERROR] {words} [json-pointer:/blocks/1{limit.pointer}]",)
    )
    for view in (modal(section(), beyond), home(section(), beyond)):
        assert check_view(view) == Refusal(
            "invalid_arguments", (f"[ERROR] {words} [json-pointer:/view/blocks/1{limit.pointer}]",)
        )


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        *_rows(
            {
                "markdown-text": Limit(12_000, lambda n: {"type": "markdown", "text": x(n)}, "/text"),
            },
            "must be less than {above} characters",
        ),
        *_rows(
            {
                "table-rows": Limit(100, lambda n: {"type": "table", "rows": [[CELL]] * n}, "/rows"),
                "table-cells": Limit(20, lambda n: {"type": "table", "rows": [[CELL] * n]}, "/rows/0"),
                "table-columns": Limit(
                    20,
                    lambda n: {"type": "table", "rows": [[CELL]], "column_settings": [{"align": "left"}] * n},
                    "/column_settings",
                ),
            },
            "no more than {most} items allowed",
        ),
    ],
)
def test_what_only_messages_take_has_limits_too(limit: Limit, words: str) -> None:
    assert check_message(message(limit.make(limit.most))) is None
    assert check_message(message(limit.make(limit.most + 1))) == Refusal(
        "invalid_blocks", (f"[ERROR] {words} [json-pointer:/blocks/0{limit.pointer}]",)
    )


MODAL_PROPERTIES = {
    "title": Limit(24, lambda n: modal(title=plain(x(n))), "/title/text"),
    "submit": Limit(24, lambda n: modal(submit=plain(x(n))), "/submit/text"),
    "close": Limit(24, lambda n: modal(close=plain(x(n))), "/close/text"),
    "callback-id": Limit(255, lambda n: modal(callback_id=x(n)), "/callback_id"),
    "private-metadata": Limit(3000, lambda n: modal(private_metadata=x(n)), "/private_metadata"),
    "external-id": Limit(255, lambda n: modal(external_id=x(n)), "/external_id"),
    "home-callback-id": Limit(255, lambda n: home(callback_id=x(n)), "/callback_id"),
    "home-private-metadata": Limit(3000, lambda n: home(private_metadata=x(n)), "/private_metadata"),
    "home-external-id": Limit(255, lambda n: home(external_id=x(n)), "/external_id"),
}
VIEW_BLOCKS = {
    "modal-blocks": Limit(100, lambda n: modal(*[section()] * n), "/blocks"),
    "home-blocks": Limit(100, lambda n: home(*[section()] * n), "/blocks"),
}


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        *_rows(MODAL_PROPERTIES, "must be less than {above} characters"),
        *_rows(VIEW_BLOCKS, "no more than {most} items allowed"),
    ],
)
def test_a_view_at_its_limit_is_taken_and_one_beyond_is_refused(limit: Limit, words: str) -> None:
    assert check_view(limit.make(limit.most)) is None
    assert check_view(limit.make(limit.most + 1)) == Refusal(
        "invalid_arguments", (f"[ERROR] {words} [json-pointer:/view{limit.pointer}]",)
    )


def test_a_file_field_takes_up_to_ten_files() -> None:
    def view(files: int) -> Json:
        return modal(field({"type": "file_input", "max_files": files}))

    assert check_view(view(1)) is None
    assert check_view(view(10)) is None
    where = "[json-pointer:/view/blocks/0/element/max_files]"
    assert check_view(view(11)) == Refusal("invalid_arguments", (f"[ERROR] must be less than 10 {where}",))
    assert check_view(view(0)) == Refusal("invalid_arguments", (f"[ERROR] must be greater than 1 {where}",))


def test_a_message_has_up_to_fifty_blocks() -> None:
    refusal = Refusal("invalid_blocks", ("[ERROR] no more than 50 items allowed [json-pointer:/blocks]",))
    assert check_message(message(*[section()] * 50)) is None
    assert check_message(message(*[section()] * 51)) == refusal


def test_a_view_is_at_most_250_kilobytes() -> None:
    def view(last: int) -> Json:
        texts = [section(text=mrkdwn("é" * 1400)) for _ in range(87)]
        return modal(*texts, section(text=mrkdwn(x(last))))

    left = 250_000 - _bytes(view(0))
    assert 0 < left < 3000
    assert check_view(view(left)) is None
    assert check_view(view(left + 1)) == Refusal("view_too_large")


def _bytes(value: Json) -> int:
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _metadata(size: int) -> Json:
    metadata: Json = {"event_type": "card", "event_payload": {"key": ""}}
    metadata["event_payload"]["key"] = "é" * (size - _bytes(metadata))
    return metadata


MESSAGES: dict[str, tuple[Callable[[int], Json], int, str]] = {
    "text": (lambda n: {"text": x(n)}, 40_000, "msg_too_long"),
    "markdown-text": (lambda n: {"markdown_text": x(n)}, 12_000, "msg_too_long"),
    "text-of-all-blocks": (
        lambda n: message(*[section(text=mrkdwn(x(2400)))] * 4, section(text=mrkdwn(x(n - 9600)))),
        12_000,
        "msg_blocks_too_long",
    ),
    "attachments": (lambda n: {"attachments": [{"text": "x"}] * n}, 100, "too_many_attachments"),
    "metadata": (lambda n: message(metadata=_metadata(n)), 3000, "metadata_too_large"),
}


@pytest.mark.parametrize(("make", "most", "error"), MESSAGES.values(), ids=MESSAGES)
def test_a_message_at_its_limit_is_taken_and_one_beyond_is_refused(
    make: Callable[[int], Json], most: int, error: str
) -> None:
    assert check_message(make(most)) is None
    assert check_message(make(most + 1)) == Refusal(error)


ANSWERS: dict[str, Limit] = {
    "options": Limit(100, lambda n: {"options": [option()] * n}, "/options"),
    "option-groups": Limit(
        100, lambda n: {"option_groups": [{"label": plain(), "options": []}] * n}, "/option_groups"
    ),
    "options-of-a-group": Limit(
        100,
        lambda n: {"option_groups": [{"label": plain(), "options": [option()] * n}]},
        "/option_groups/0/options",
    ),
}
ANSWER_TEXTS: dict[str, Limit] = {
    "text": Limit(75, lambda n: {"options": [option(text=x(n))]}, "/options/0/text/text"),
    "value": Limit(150, lambda n: {"options": [option(value=x(n))]}, "/options/0/value"),
    "group-label": Limit(
        75,
        lambda n: {"option_groups": [{"label": plain(x(n)), "options": []}]},
        "/option_groups/0/label/text",
    ),
}


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        *_rows(ANSWERS, "no more than {most} items allowed"),
        *_rows(ANSWER_TEXTS, "must be less than {above} characters"),
    ],
)
def test_the_options_of_an_external_select_have_the_limits_of_a_menu(limit: Limit, words: str) -> None:
    assert check_options(limit.make(limit.most)) is None
    assert check_options(limit.make(limit.most + 1)) == Refusal(
        "invalid_arguments", (f"[ERROR] {words} [json-pointer:{limit.pointer}]",)
    )


@pytest.mark.parametrize(
    ("block", "pointer"),
    [
        (section(text=mrkdwn("")), "/text/text"),
        (section(fields=[plain("")]), "/fields/0/text"),
        ({"type": "header", "text": plain("")}, "/text/text"),
        ({"type": "context", "elements": [mrkdwn("")]}, "/elements/0/text"),
        (actions({**BUTTON, "text": plain("")}), "/elements/0/text/text"),
        (select(options=[option(text="")]), "/accessory/options/0/text/text"),
        (select(options=[option(value="")]), "/accessory/options/0/value"),
        (menu("users_select", placeholder=plain("")), "/accessory/placeholder/text"),
        (field(element("datepicker"), label=plain("")), "/label/text"),
        ({**IMAGE, "alt_text": ""}, "/alt_text"),
        (rich_text({"type": "text", "text": ""}), "/elements/0/elements/0/text"),
    ],
    ids=lambda value: value.strip("/") if isinstance(value, str) else value["type"],
)
def test_empty_text_is_refused(block: Json, pointer: str) -> None:
    complaint = f"[ERROR] must be more than 0 characters [json-pointer:/blocks/0{pointer}]"
    assert check_message(message(block)) == Refusal("invalid_blocks", (complaint,))


@pytest.mark.parametrize(
    ("block", "pointer"),
    [
        (actions(), "/elements"),
        ({"type": "context", "elements": []}, "/elements"),
        (section(fields=[]), "/fields"),
        (select(options=[]), "/accessory/options"),
        (select(option_groups=[{"label": plain(), "options": []}]), "/accessory/option_groups/0/options"),
        (menu("checkboxes", options=[option()], initial_options=[]), "/accessory/initial_options"),
    ],
    ids=["actions", "context", "fields", "options", "group", "initial-options"],
)
def test_an_empty_list_is_refused_where_something_must_be_in_it(block: Json, pointer: str) -> None:
    complaint = f"[ERROR] must provide at least 1 items [json-pointer:/blocks/0{pointer}]"
    assert check_message(message(block)) == Refusal("invalid_blocks", (complaint,))

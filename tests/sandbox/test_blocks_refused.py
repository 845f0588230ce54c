"""Every way in which a block can be wrong, and how Slack says so."""

from typing import Any

import pytest

from bot.sandbox.blocks import Refusal, check_message, check_view
from tests.sandbox.test_blocks_examples import (
    BUTTON,
    IMAGE,
    MENU,
    TYPED,
    Json,
    actions,
    asking,
    element,
    field,
    home,
    lines,
    message,
    modal,
    mrkdwn,
    option,
    plain,
    rich_text,
    section,
    without,
)


def accessory(kind: str, **properties: Any) -> Json:
    return section(accessory={**element(kind), **properties})


def typed_into(**properties: Any) -> Json:
    return field({**TYPED, **properties})


REFUSED: dict[str, tuple[Any, str, str]] = {
    "a-block-that-is-a-string": ("section", "must provide an object", ""),
    "no-type": ({"text": plain()}, "missing required field: type", ""),
    "a-type-that-is-a-number": ({"type": 1}, "must provide a string", "/type"),
    "unknown-property": (section(colour="red"), "invalid additional property: colour", ""),
    "block-id-in-an-element": (
        actions({**BUTTON, "block_id": "a"}),
        "invalid additional property: block_id",
        "/elements/0",
    ),
    "section-of-nothing": ({"type": "section"}, "must define either `text` or `fields`", ""),
    "section-text-that-is-a-string": (section(text="x"), "must provide an object", "/text"),
    "text-that-is-a-number": (section(text={"type": "mrkdwn", "text": 7}), "must provide a string", "/text/text"),
    "text-without-text": (section(text={"type": "mrkdwn"}), "missing required field: text", "/text"),
    "text-of-unknown-type": (section(text={"type": "html", "text": "x"}), "unsupported type: html", "/text/type"),
    "emoji-in-mrkdwn": (
        section(text={**mrkdwn(), "emoji": True}),
        "invalid additional property: emoji",
        "/text",
    ),
    "fields-that-are-an-object": (section(fields=plain()), "must provide an array", "/fields"),
    "header-as-mrkdwn": ({"type": "header", "text": mrkdwn()}, "unsupported type: mrkdwn", "/text/type"),
    "button-as-mrkdwn": (
        actions({**BUTTON, "text": mrkdwn()}),
        "unsupported type: mrkdwn",
        "/elements/0/text/type",
    ),
    "label-as-mrkdwn": (field(TYPED, label=mrkdwn()), "unsupported type: mrkdwn", "/label/type"),
    "hint-as-mrkdwn": (field(TYPED, hint=mrkdwn()), "unsupported type: mrkdwn", "/hint/type"),
    "placeholder-as-mrkdwn": (
        typed_into(placeholder=mrkdwn()),
        "unsupported type: mrkdwn",
        "/element/placeholder/type",
    ),
    "select-option-as-mrkdwn": (
        accessory("static_select", options=[{"text": mrkdwn(), "value": "a"}]),
        "unsupported type: mrkdwn",
        "/accessory/options/0/text/type",
    ),
    "overflow-option-as-mrkdwn": (
        accessory("overflow", options=[{"text": mrkdwn(), "value": "a"}]),
        "unsupported type: mrkdwn",
        "/accessory/options/0/text/type",
    ),
    "confirm-title-as-mrkdwn": (
        actions(asking(title=mrkdwn())),
        "unsupported type: mrkdwn",
        "/elements/0/confirm/title/type",
    ),
    "confirm-of-another-style": (
        actions(asking(style="loud")),
        "must be a valid enum value",
        "/elements/0/confirm/style",
    ),
    "button-of-another-style": (
        actions({**BUTTON, "style": "default"}),
        "must be a valid enum value",
        "/elements/0/style",
    ),
    "button-style-null": (actions({**BUTTON, "style": None}), "must provide a string", "/elements/0/style"),
    "button-value-number": (actions({**BUTTON, "value": 14}), "must provide a string", "/elements/0/value"),
    "button-to-a-place-on-no-host": (
        actions({**BUTTON, "url": "/shifts"}),
        "input must match regex pattern: ^[A-Za-z][A-Za-z0-9+.-]*:\\S+$",
        "/elements/0/url",
    ),
    "button-without-text": (
        actions({"type": "button"}),
        "missing required field: text",
        "/elements/0",
    ),
    "image-without-alt-text": (without(IMAGE, "alt_text"), "missing required field: alt_text", ""),
    "image-without-picture": (
        without(IMAGE, "image_url"),
        "must define either `image_url` or `slack_file`",
        "",
    ),
    "image-with-two-pictures": (
        {**IMAGE, "slack_file": {"id": "F1"}},
        "must define either `image_url` or `slack_file`",
        "",
    ),
    "slack-file-without-id": (
        {**without(IMAGE, "image_url"), "slack_file": {}},
        "must define either `id` or `url`",
        "/slack_file",
    ),
    "input-without-label": (without(field(TYPED), "label"), "missing required field: label", ""),
    "input-without-element": (without(field(TYPED), "element"), "missing required field: element", ""),
    "optional-as-a-string": (field(TYPED, optional="true"), "must be a boolean", "/optional"),
    "select-without-options": (
        section(accessory={"type": "static_select"}),
        "must define either `options` or `option_groups`",
        "/accessory",
    ),
    "select-with-options-twice": (
        accessory("static_select", option_groups=[{"label": plain(), **MENU}]),
        "must define either `options` or `option_groups`",
        "/accessory",
    ),
    "url-in-a-select": (
        accessory("static_select", options=[{**option(), "url": "https://example.com"}]),
        "invalid additional property: url",
        "/accessory/options/0",
    ),
    "initial-option-not-offered": (
        accessory("static_select", initial_option=option("Late", "late")),
        "must be one of the provided options",
        "/accessory/initial_option",
    ),
    "initial-option-of-another-text": (
        accessory("radio_buttons", initial_option=option("Late", "early")),
        "must be one of the provided options",
        "/accessory/initial_option",
    ),
    "initial-options-not-offered": (
        accessory("checkboxes", initial_options=[option(), option("Late", "late")]),
        "must be one of the provided options",
        "/accessory/initial_options",
    ),
    "initial-option-null": (
        accessory("static_select", initial_option=None),
        "must provide an object",
        "/accessory/initial_option",
    ),
    "initial-option-in-no-group": (
        section(
            accessory={
                "type": "static_select",
                "option_groups": [{"label": plain(), **MENU}],
                "initial_option": option("Late", "late"),
            }
        ),
        "must be one of the provided options",
        "/accessory/initial_option",
    ),
    "max-selected-of-zero": (
        accessory("multi_users_select", max_selected_items=0),
        "must be greater than 1",
        "/accessory/max_selected_items",
    ),
    "query-length-as-a-string": (
        accessory("external_select", min_query_length="0"),
        "must provide an integer",
        "/accessory/min_query_length",
    ),
    "query-length-true": (
        accessory("external_select", min_query_length=True),
        "must provide an integer",
        "/accessory/min_query_length",
    ),
    "filter-of-nothing-known": (
        accessory("conversations_select", filter={"include": ["secret"]}),
        "must be a valid enum value",
        "/accessory/filter/include/0",
    ),
    "filter-of-nothing": (
        accessory("multi_conversations_select", filter={}),
        "must have minimum 1 properties",
        "/accessory/filter",
    ),
    "date-in-another-order": (
        accessory("datepicker", initial_date="24/12/2026"),
        "input must match regex pattern: ^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "/accessory/initial_date",
    ),
    "time-past-midnight": (
        accessory("timepicker", initial_time="24:00"),
        "input must match regex pattern: ^([01][0-9]|2[0-3]):[0-5][0-9]$",
        "/accessory/initial_time",
    ),
    "datetime-in-milliseconds": (
        actions({"type": "datetimepicker", "initial_date_time": 1_700_000_000_000}),
        "must be less than 9999999999",
        "/elements/0/initial_date_time",
    ),
    "min-length-over-max-length": (
        typed_into(min_length=5, max_length=4),
        "must be less than 4",
        "/element/min_length",
    ),
    "max-length-of-zero": (typed_into(max_length=0), "must be greater than 1", "/element/max_length"),
    "min-length-below-zero": (typed_into(min_length=-1), "must be greater than 0", "/element/min_length"),
    "dispatch-on-nothing-known": (
        typed_into(dispatch_action_config={"trigger_actions_on": ["on_blur"]}),
        "must be a valid enum value",
        "/element/dispatch_action_config/trigger_actions_on/0",
    ),
    "number-without-decimals-said": (
        field({"type": "number_input"}),
        "missing required field: is_decimal_allowed",
        "/element",
    ),
    "number-above-its-bound": (
        field({**element("number_input"), "initial_value": "11", "max_value": "10"}),
        "must be less than 10",
        "/element/initial_value",
    ),
    "number-below-its-bound": (
        field({**element("number_input"), "initial_value": "-1", "min_value": "0"}),
        "must be greater than 0",
        "/element/initial_value",
    ),
    "number-of-bounds-that-cross": (
        field({**element("number_input"), "min_value": "10", "max_value": "9.5"}),
        "must be less than 9.5",
        "/element/min_value",
    ),
    "number-as-a-word": (
        field({**element("number_input"), "initial_value": "ten"}),
        "input must match regex pattern: ^-?[0-9]+(\\.[0-9]+)?$",
        "/element/initial_value",
    ),
    "number-as-a-number": (
        field({**element("number_input"), "min_value": 1}),
        "must provide a string",
        "/element/min_value",
    ),
    "rich-text-of-an-unknown-part": (
        {"type": "rich_text", "elements": [{"type": "rich_text_table"}]},
        "unsupported type: rich_text_table",
        "/elements/0/type",
    ),
    "rich-text-of-an-unknown-style": (
        rich_text({"type": "text", "text": "x", "style": {"loud": True}}),
        "invalid additional property: loud",
        "/elements/0/elements/0/style",
    ),
    "rich-text-list-within-a-list": (
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_list", "style": "bullet", "elements": [{"type": "rich_text_list"}]}],
        },
        "unsupported type: rich_text_list",
        "/elements/0/elements/0/type",
    ),
    "a-second-action-id-in-actions": (
        actions({**BUTTON, "action_id": "swap.accept"}, {**BUTTON, "action_id": "swap.accept"}),
        '`action_id` "swap.accept" already exists',
        "/elements/1/action_id",
    ),
}


@pytest.mark.parametrize(("block", "words", "pointer"), REFUSED.values(), ids=REFUSED)
def test_a_faulty_block_is_refused_on_every_surface_with_the_reason_and_the_place(
    block: Any, words: str, pointer: str
) -> None:
    on_message = Refusal("invalid_blocks", lines((words, f"/blocks/1{pointer}")))
    in_view = Refusal("invalid_arguments", lines((words, f"/view/blocks/1{pointer}")))
    assert check_message(message(section(), block)) == on_message
    assert check_message(message(section(), block), ephemeral=True) == on_message
    assert check_view(modal(section(), block)) == in_view
    assert check_view(home(section(), block)) == in_view

"""The interactive elements, and what each may be given."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bot.sandbox.blocks.composition import (
    ACTION_ID,
    ALT_TEXT,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    OVERFLOW_OPTION,
    PICTURE,
    PLACEHOLDER,
    RICH_OPTION,
    URL,
    initial_among_options,
    initial_within_limit,
    plain,
)
from bot.sandbox.blocks.rich_text import RICH_TEXT
from bot.sandbox.blocks.schema import (
    Check,
    array,
    boolean,
    complaint,
    exactly_one,
    integer,
    one_of,
    string,
    typed,
)

ACTION: Mapping[str, Check] = {"action_id": ACTION_ID}
CHOICE: Mapping[str, Check] = {**ACTION, "confirm": CONFIRM, "focus_on_load": boolean}
PICKER: Mapping[str, Check] = {**CHOICE, "placeholder": PLACEHOLDER}
FIELD: Mapping[str, Check] = {
    **ACTION,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH_CONFIG,
    "focus_on_load": boolean,
}
SEVERAL: Mapping[str, Check] = {**PICKER, "max_selected_items": integer(1)}
ID = string()
DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
ENDLESS = (("min", "-Infinity"), ("max", "Infinity"))
NUMBER = string(pattern=r"-?[0-9]+(\.[0-9]+)?")


def _lengths_agree(field: Any, pointer: str) -> Iterator[str]:
    least, most = field.get("min_length", 0), field.get("max_length", 3000)
    if least > most:
        yield complaint(f"must be less than {most}", f"{pointer}/min_length")
    if len(field.get("initial_value", "")) > most:
        yield complaint(f"must be less than {most + 1} characters", f"{pointer}/initial_value")


def _number_within_bounds(field: Any, pointer: str) -> Iterator[str]:
    least, most = (Decimal(field.get(f"{end}_value", default)) for end, default in ENDLESS)
    if least > most:
        yield complaint(f"must be less than {most}", f"{pointer}/min_value")
    if "initial_value" not in field:
        return
    if Decimal(field["initial_value"]) < least:
        yield complaint(f"must be greater than {least}", f"{pointer}/initial_value")
    if Decimal(field["initial_value"]) > most:
        yield complaint(f"must be less than {most}", f"{pointer}/initial_value")


BUTTON = typed(
    "button",
    {"text": plain(75)},
    {
        **ACTION,
        "url": URL,
        "value": string(2000),
        "style": string(among={"primary", "danger"}),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)

OVERFLOW = typed("overflow", {"options": array(OVERFLOW_OPTION, 5)}, {**ACTION, "confirm": CONFIRM})

IMAGE = typed("image", {"alt_text": ALT_TEXT}, PICTURE, exactly_one("image_url", "slack_file"))

DATE_PICKERS = {
    **typed("datepicker", {}, {**PICKER, "initial_date": string(pattern=DATE)}),
    **typed(
        "timepicker",
        {},
        {**PICKER, "initial_time": string(pattern=TIME), "timezone": string()},
    ),
}

DATETIME_PICKER = typed(
    "datetimepicker", {}, {**CHOICE, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}
)

TICKS = {
    **typed(
        "radio_buttons",
        {"options": array(RICH_OPTION, 10)},
        {**CHOICE, "initial_option": RICH_OPTION},
        initial_among_options,
    ),
    **typed(
        "checkboxes",
        {"options": array(RICH_OPTION, 10)},
        {**CHOICE, "initial_options": array(RICH_OPTION)},
        initial_among_options,
    ),
}

SELECTS = {
    **typed(
        "static_select",
        {},
        {**PICKER, "options": OPTIONS, "option_groups": OPTION_GROUPS, "initial_option": OPTION},
        exactly_one("options", "option_groups"),
        initial_among_options,
    ),
    **typed("external_select", {}, {**PICKER, "min_query_length": integer(0), "initial_option": OPTION}),
    **typed("users_select", {}, {**PICKER, "initial_user": ID}),
    **typed("channels_select", {}, {**PICKER, "initial_channel": ID, "response_url_enabled": boolean}),
    **typed(
        "conversations_select",
        {},
        {
            **PICKER,
            "initial_conversation": ID,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": CONVERSATION_FILTER,
        },
    ),
}

MULTI_SELECTS = {
    **typed(
        "multi_static_select",
        {},
        {**SEVERAL, "options": OPTIONS, "option_groups": OPTION_GROUPS, "initial_options": OPTIONS},
        exactly_one("options", "option_groups"),
        initial_among_options,
        initial_within_limit("initial_options"),
    ),
    **typed(
        "multi_external_select",
        {},
        {**SEVERAL, "min_query_length": integer(0), "initial_options": OPTIONS},
        initial_within_limit("initial_options"),
    ),
    **typed(
        "multi_users_select",
        {},
        {**SEVERAL, "initial_users": array(ID)},
        initial_within_limit("initial_users"),
    ),
    **typed(
        "multi_channels_select",
        {},
        {**SEVERAL, "initial_channels": array(ID)},
        initial_within_limit("initial_channels"),
    ),
    **typed(
        "multi_conversations_select",
        {},
        {
            **SEVERAL,
            "initial_conversations": array(ID),
            "default_to_current_conversation": boolean,
            "filter": CONVERSATION_FILTER,
        },
        initial_within_limit("initial_conversations"),
    ),
}

TEXT_FIELDS = {
    **typed(
        "plain_text_input",
        {},
        {
            **FIELD,
            "initial_value": string(3000, least=0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        _lengths_agree,
    ),
    **typed("email_text_input", {}, {**FIELD, "initial_value": string(least=0)}),
    **typed("url_text_input", {}, {**FIELD, "initial_value": string(least=0)}),
    **typed(
        "number_input",
        {"is_decimal_allowed": boolean},
        {**FIELD, "initial_value": NUMBER, "min_value": NUMBER, "max_value": NUMBER},
        _number_within_bounds,
    ),
    **typed("rich_text_input", {}, {**FIELD, "initial_value": one_of(RICH_TEXT)}),
}

FILE_FIELD = typed("file_input", {}, {**ACTION, "filetypes": array(string()), "max_files": integer(1, 10)})

IN_ACTIONS = {**BUTTON, **OVERFLOW, **DATE_PICKERS, **DATETIME_PICKER, **TICKS, **SELECTS}
IN_SECTION = {**BUTTON, **OVERFLOW, **IMAGE, **DATE_PICKERS, **TICKS, **SELECTS, **MULTI_SELECTS}
IN_INPUT = {**DATE_PICKERS, **DATETIME_PICKER, **TICKS, **SELECTS, **MULTI_SELECTS, **TEXT_FIELDS}
INTERACTIVE = {*IN_ACTIONS, *IN_SECTION, *IN_INPUT, *FILE_FIELD} - {*IMAGE}
"""The types of element that a person acts on, and that therefore carry an `action_id`."""

"""Every property that may be given: a sound value is taken, and an unsound one is refused where it stands."""

from typing import Any

import pytest

from bot.sandbox.blocks import Refusal, check_message, check_view
from tests.sandbox.test_blocks_examples import (
    BUTTONS,
    DATETIME,
    EVERYTHING,
    FILE,
    IMAGE,
    MENU,
    MULTI,
    PICKERS,
    PICTURE,
    SELECTS,
    TEXTS,
    TICKS,
    Json,
    actions,
    asking,
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

CONFIRM = asking()["confirm"]
FLAG = (True, "true")
ID = ("U123", "")
IDS = (["U123", "U456"], ["U123", ""])
COUNT = (3, 0)
QUERY = (0, -1)
SAID = ("Central European", "")
GROUPS: Json = {"option_groups": [{"label": plain(), **MENU}]}

Sample = tuple[str, str, Any, Any]

ELEMENTS: list[Sample] = [
    *[(kind, "action_id", "swap.accept", "") for kind in EVERYTHING if kind not in PICTURE],
    *[(kind, "confirm", CONFIRM, {**CONFIRM, "title": mrkdwn()}) for kind in (*SELECTS, *MULTI, *TICKS)],
    *[(kind, "confirm", CONFIRM, {**CONFIRM, "title": mrkdwn()}) for kind in (*PICKERS, *DATETIME, *BUTTONS)],
    *[(kind, "focus_on_load", *FLAG) for kind in (*SELECTS, *MULTI, *TICKS, *PICKERS, *DATETIME, *TEXTS)],
    *[(kind, "placeholder", plain(), mrkdwn()) for kind in (*SELECTS, *MULTI, *PICKERS, *TEXTS)],
    *[(kind, "dispatch_action_config", {"trigger_actions_on": ["on_enter_pressed"]}, []) for kind in TEXTS],
    *[(kind, "max_selected_items", *COUNT) for kind in MULTI],
    ("static_select", "initial_option", option(), option(value="")),
    ("multi_static_select", "initial_options", [option()], [option(value="")]),
    ("radio_buttons", "initial_option", option(), option(value="")),
    ("checkboxes", "initial_options", [option()], [option(value="")]),
    ("external_select", "initial_option", option(), option(value="")),
    ("external_select", "min_query_length", *QUERY),
    ("multi_external_select", "initial_options", [option()], []),
    ("multi_external_select", "min_query_length", *QUERY),
    ("users_select", "initial_user", *ID),
    ("multi_users_select", "initial_users", *IDS),
    ("channels_select", "initial_channel", *ID),
    ("channels_select", "response_url_enabled", *FLAG),
    ("multi_channels_select", "initial_channels", *IDS),
    ("conversations_select", "initial_conversation", *ID),
    ("conversations_select", "response_url_enabled", *FLAG),
    ("conversations_select", "default_to_current_conversation", *FLAG),
    ("conversations_select", "filter", {"exclude_bot_users": True}, {"exclude_bot_users": 1}),
    (
        "conversations_select",
        "filter",
        {"exclude_external_shared_channels": True},
        {"exclude_external_shared_channels": 1},
    ),
    ("multi_conversations_select", "initial_conversations", *IDS),
    ("multi_conversations_select", "default_to_current_conversation", *FLAG),
    ("multi_conversations_select", "filter", {"include": ["im", "public"]}, {"include": []}),
    ("datepicker", "initial_date", "2026-12-31", "2026-13-01"),
    ("timepicker", "initial_time", "23:59", "23:60"),
    ("timepicker", "timezone", *SAID),
    ("datetimepicker", "initial_date_time", 1_000_000_000, 999_999_999),
    ("datetimepicker", "initial_date_time", 9_999_999_999, 10_000_000_000),
    ("plain_text_input", "initial_value", "", 7),
    ("plain_text_input", "multiline", *FLAG),
    ("plain_text_input", "min_length", 0, -1),
    ("plain_text_input", "max_length", 1, 0),
    ("email_text_input", "initial_value", "", 7),
    ("url_text_input", "initial_value", "", 7),
    ("number_input", "is_decimal_allowed", *FLAG),
    ("number_input", "initial_value", "-1.5", ""),
    ("number_input", "min_value", "0", "zero"),
    ("number_input", "max_value", "10", "1e9"),
    ("rich_text_input", "initial_value", rich_text(), {"type": "section"}),
    ("file_input", "filetypes", ["csv"], [""]),
    ("button", "style", "danger", "loud"),
    ("image", "alt_text", "A chart", ""),
    ("image", "image_url", "https://example.com/chart.png", "chart.png"),
]


@pytest.mark.parametrize(
    ("kind", "name", "sound", "unsound"), ELEMENTS, ids=[f"{kind}-{name}" for kind, name, *_ in ELEMENTS]
)
def test_a_property_of_an_element_is_taken_if_sound_and_refused_if_not(
    kind: str, name: str, sound: Any, unsound: Any
) -> None:
    apart = kind in (*BUTTONS, *PICTURE)
    where = f"/view/blocks/0/{'accessory' if apart else 'element'}/{name}"

    def view(value: Any) -> Json:
        given = {**element(kind), name: value}
        return modal(section(accessory=given) if apart else field(given))

    assert check_view(view(sound)) is None
    assert _only_at(where, check_view(view(unsound)))


INLINE: list[Sample] = [
    ("text", "text", "x", ""),
    ("link", "url", "https://example.com", "example"),
    ("link", "text", "x", ""),
    ("link", "unsafe", *FLAG),
    ("emoji", "name", "wave", ""),
    ("emoji", "unicode", "1f44b", ""),
    ("emoji", "skin_tone", 2, "2"),
    ("emoji", "url", "https://example.com/wave.png", "wave.png"),
    ("user", "user_id", *ID),
    ("usergroup", "usergroup_id", *ID),
    ("channel", "channel_id", *ID),
    ("broadcast", "range", "everyone", "team"),
    ("date", "timestamp", 1_700_000_000, "1700000000"),
    ("date", "format", "{date_short}", ""),
    ("date", "url", "https://example.com", "example"),
    ("date", "fallback", "14 November", ""),
    ("color", "value", "#ff0000", ""),
]
NEEDED: dict[str, Json] = {
    "link": {"url": "https://example.com"},
    "emoji": {"name": "wave"},
    "date": {"timestamp": 1_700_000_000, "format": "{date_short}"},
}


@pytest.mark.parametrize(
    ("kind", "name", "sound", "unsound"), INLINE, ids=[f"{kind}-{name}" for kind, name, *_ in INLINE]
)
def test_a_property_of_an_inline_element_is_taken_if_sound_and_refused_if_not(
    kind: str, name: str, sound: Any, unsound: Any
) -> None:
    def text(value: Any) -> Json:
        return message(rich_text({"type": kind, **NEEDED.get(kind, {}), name: value}))

    assert check_message(text(sound)) is None
    assert _only_at(f"/blocks/0/elements/0/elements/0/{name}", check_message(text(unsound)))


LINE: Json = {"type": "rich_text_section", "elements": []}
PARTS: list[Sample] = [
    ("rich_text_section", "elements", [], [{"type": "text", "text": ""}]),
    ("rich_text_quote", "elements", [], [{"type": "text", "text": ""}]),
    ("rich_text_quote", "border", 0, -1),
    ("rich_text_quote", "border", 1, 2),
    ("rich_text_preformatted", "elements", [], [{"type": "text", "text": ""}]),
    ("rich_text_preformatted", "language", "python", ""),
    ("rich_text_list", "elements", [LINE], []),
    ("rich_text_list", "style", "bullet", "dashed"),
    ("rich_text_list", "indent", 0, -1),
    ("rich_text_list", "offset", 0, -1),
]


@pytest.mark.parametrize(
    ("kind", "name", "sound", "unsound"), PARTS, ids=[f"{kind}-{name}" for kind, name, *_ in PARTS]
)
def test_a_property_of_a_part_of_rich_text_is_taken_if_sound_and_refused_if_not(
    kind: str, name: str, sound: Any, unsound: Any
) -> None:
    needed: Json = {"style": "bullet", "elements": [LINE]} if kind == "rich_text_list" else {"elements": []}

    def text(value: Any) -> Json:
        return message({"type": "rich_text", "elements": [{"type": kind, **needed, name: value}]})

    assert check_message(text(sound)) is None
    assert _only_at(f"/blocks/0/elements/0/{name}", check_message(text(unsound)))


TABLE: Json = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
FILED: Json = {"type": "image", "alt_text": "A chart"}
ON_BLOCKS: list[tuple[str, Json, str, Any, Any]] = [
    ("section", section(), "expand", *FLAG),
    ("input", field(element("datepicker")), "dispatch_action", *FLAG),
    ("input", field(element("datepicker")), "optional", *FLAG),
    ("image", IMAGE, "image_url", "https://example.com/chart.png", "chart.png"),
    ("image", FILED, "slack_file", {"id": "F1"}, {"id": ""}),
    ("image", FILED, "slack_file", {"url": "https://example.com/F1"}, {"url": "F1"}),
    ("section", section(), "text", {**plain(), "emoji": False}, {**plain(), "emoji": "no"}),
    ("section", section(), "text", {**mrkdwn(), "verbatim": True}, {**mrkdwn(), "verbatim": 1}),
    ("rich-text", rich_text(), "block_id", "note", ""),
    ("table", TABLE, "rows", TABLE["rows"], [[{"type": "raw_text", "text": ""}]]),
    ("table", TABLE, "column_settings", [{"align": "right"}], [{"align": "top"}]),
    ("table", TABLE, "column_settings", [{"is_wrapped": True}], [{"is_wrapped": 1}]),
]


@pytest.mark.parametrize(
    ("block", "name", "sound", "unsound"),
    [row[1:] for row in ON_BLOCKS],
    ids=[f"{row[0]}-{row[2]}" for row in ON_BLOCKS],
)
def test_a_property_of_a_block_is_taken_if_sound_and_refused_if_not(
    block: Json, name: str, sound: Any, unsound: Any
) -> None:
    assert check_message(message({**block, name: sound})) is None
    assert _only_at(f"/blocks/0/{name}", check_message(message({**block, name: unsound})))


@pytest.mark.parametrize(
    ("name", "sound", "unsound"),
    [
        ("clear_on_close", *FLAG),
        ("notify_on_close", *FLAG),
        ("submit_disabled", *FLAG),
        ("private_metadata", "", 7),
        ("callback_id", "", 7),
        ("external_id", "", 7),
    ],
)
def test_a_property_of_a_modal_is_taken_if_sound_and_refused_if_not(name: str, sound: Any, unsound: Any) -> None:
    assert check_view(modal(**{name: sound})) is None
    assert _only_at(f"/view/{name}", check_view(modal(**{name: unsound})))


@pytest.mark.parametrize(
    ("kind", "initial"),
    [
        ("multi_external_select", {"initial_options": [option(), option()]}),
        ("multi_users_select", {"initial_users": ["U1", "U2"]}),
        ("multi_channels_select", {"initial_channels": ["C1", "C2"]}),
        ("multi_conversations_select", {"initial_conversations": ["C1", "C2"]}),
        ("multi_static_select", {"initial_options": [option(), option()]}),
    ],
)
def test_no_more_starts_out_selected_than_may_be_selected(kind: str, initial: Json) -> None:
    (name,) = initial
    given = {**element(kind), **initial}
    assert check_view(home(field({**given, "max_selected_items": 2}))) is None
    refusal = check_view(home(field({**given, "max_selected_items": 1})))
    assert _only_at(f"/view/blocks/0/element/{name}", refusal)


@pytest.mark.parametrize("kind", ["static_select", "multi_static_select"])
def test_a_menu_has_options_or_groups_of_them_and_starts_with_its_own(kind: str) -> None:
    start = "initial_options" if kind.startswith("multi") else "initial_option"
    stranger: Any = [option("Late", "late")] if kind.startswith("multi") else option("Late", "late")

    def view(**properties: Any) -> Json:
        return modal(field({"type": kind, **properties}))

    where = "/view/blocks/0/element"
    assert check_view(view(**MENU)) is None
    assert check_view(view(**GROUPS)) is None
    assert _only_at(where, check_view(view()))
    assert _only_at(where, check_view(view(**MENU, **GROUPS)))
    assert _only_at(f"{where}/options", check_view(view(options=[])))
    assert _only_at(f"{where}/option_groups", check_view(view(option_groups=[])))
    assert _only_at(f"{where}/{start}", check_view(view(**MENU, **{start: stranger})))
    assert _only_at(f"{where}/{start}", check_view(view(**GROUPS, **{start: stranger})))


def test_bounds_that_just_meet_are_taken() -> None:
    length = {"type": "plain_text_input", "min_length": 3, "max_length": 3, "initial_value": "abc"}
    number = {**element("number_input"), "min_value": "3", "max_value": "3", "initial_value": "3"}
    longest = {"type": "plain_text_input", "min_length": 3000}
    assert check_view(modal(field(length), field(number), field(longest))) is None


def test_an_image_in_a_context_shows_one_picture() -> None:
    picture = {**element("image"), "slack_file": {"id": "F1"}}
    refusal = check_message(message({"type": "context", "elements": [picture]}))
    assert _only_at("/blocks/0/elements/0", refusal)


def test_a_file_field_is_for_modals() -> None:
    (kind,) = FILE
    assert check_view(modal(field(element(kind)))) is None
    assert _only_at("/view/blocks/0/element/type", check_view(home(field(element(kind)))))
    assert _only_at("/blocks/0/element/type", check_message(message(field(element(kind)))))
    assert _only_at("/blocks/0/elements/0/type", check_message(message(actions(element(kind)))))


def _only_at(pointer: str, refusal: Refusal | None) -> bool:
    """Whether there is a refusal, and every line of it points at this place or into it."""
    assert refusal is not None
    places = [line.rpartition("[json-pointer:")[2].rstrip("]") for line in refusal.messages]
    assert places
    assert all(f"{place}/".startswith(f"{pointer}/") for place in places), refusal
    return True

"""What Slack refuses and why, and what it adds to what it takes."""

from typing import Any

import pytest

from bot.sandbox.blocks import Refusal, check_errors, check_message, check_options, check_view, complete
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


@pytest.mark.parametrize("part", ["title", "text", "confirm", "deny"])
def test_a_confirmation_says_everything(part: str) -> None:
    button = {**BUTTON, "confirm": without(asking()["confirm"], part)}
    assert check_message(message(actions(asking()))) is None
    assert check_message(message(actions(button))) == Refusal(
        "invalid_blocks", lines((f"missing required field: {part}", "/blocks/0/elements/0/confirm"))
    )


def test_what_a_menu_starts_with_may_come_from_a_group_or_have_a_description() -> None:
    early = {**option(), "description": plain("06:00")}
    groups = [{"label": plain("Week"), "options": [early]}, {"label": plain("Weekend"), **MENU}]
    menu = {"type": "static_select", "option_groups": groups, "initial_option": early}
    assert check_message(message(section(accessory=menu))) is None


def test_block_ids_are_unique_in_a_surface_and_action_ids_in_a_block() -> None:
    accept = {**BUTTON, "action_id": "accept"}
    twice = [section(block_id="a"), section(block_id="b"), section(block_id="a")]
    words = '`block_id` "a" already exists'
    assert check_message(message(actions(accept), actions(accept))) is None
    assert check_message(message(*twice)) == Refusal("invalid_blocks", lines((words, "/blocks/2/block_id")))
    for view in (modal(*twice), home(*twice)):
        refusal = check_view(view)
        assert refusal == Refusal("invalid_arguments", lines((words, "/view/blocks/2/block_id")))


def test_a_modal_with_inputs_needs_a_submit_button_and_a_home_has_none() -> None:
    words = "must define `submit` to use an `input` block in modals"
    view = without(modal(section(), field(TYPED)), "submit")
    assert check_view(view) == Refusal("invalid_arguments", lines((words, "/view/blocks/1/input")))
    assert check_view(without(modal(section()), "submit")) is None
    assert check_view(home(field(TYPED))) is None


def test_one_element_of_a_view_takes_the_focus() -> None:
    focused = {**TYPED, "focus_on_load": True}
    words = "only one element can set `focus_on_load` to true"
    assert check_view(modal(field(focused), field({**TYPED, "focus_on_load": False}))) is None
    assert check_view(modal(field(focused), field(focused))) == Refusal(
        "invalid_arguments", lines((words, "/view/blocks/1/element/focus_on_load"))
    )


@pytest.mark.parametrize(
    ("view", "words", "pointer"),
    [
        ([], "must provide an object", "/view"),
        ({"title": plain(), "blocks": []}, "missing required field: type", "/view"),
        (modal(type="workflow_step"), "unsupported type: workflow_step", "/view/type"),
        (without(modal(), "title"), "missing required field: title", "/view"),
        (without(modal(), "blocks"), "missing required field: blocks", "/view"),
        (without(home(), "blocks"), "missing required field: blocks", "/view"),
        (modal(title=plain("")), "must be more than 0 characters", "/view/title/text"),
        (modal(title=mrkdwn()), "unsupported type: mrkdwn", "/view/title/type"),
        (modal(submit=mrkdwn()), "unsupported type: mrkdwn", "/view/submit/type"),
        (modal(close="Cancel"), "must provide an object", "/view/close"),
        (modal(blocks={}), "must provide an array", "/view/blocks"),
        (modal(notify_on_close="true"), "must be a boolean", "/view/notify_on_close"),
        (modal(private_metadata={"shift": 1}), "must provide a string", "/view/private_metadata"),
        (modal(callback_id=None), "must provide a string", "/view/callback_id"),
        (modal(hash="156.abc"), "invalid additional property: hash", "/view"),
        (home(title=plain()), "invalid additional property: title", "/view"),
        (home(submit=plain()), "invalid additional property: submit", "/view"),
        (home(close=plain()), "invalid additional property: close", "/view"),
        (home(notify_on_close=True), "invalid additional property: notify_on_close", "/view"),
    ],
)
def test_a_faulty_view_is_refused_with_the_reason_and_the_place(view: Any, words: str, pointer: str) -> None:
    assert check_view(view) == Refusal("invalid_arguments", lines((words, pointer)))


def test_a_modal_and_a_home_with_everything_on_them_are_taken() -> None:
    carried = {"private_metadata": "nonce", "callback_id": "swap.form", "external_id": "swap-14"}
    flags = {"clear_on_close": True, "notify_on_close": True, "submit_disabled": False}
    assert check_view(modal(field(TYPED), close=plain("Cancel"), **carried, **flags)) is None
    assert check_view(home(section(), **carried)) is None


def test_a_view_lists_every_reason_at_once() -> None:
    view = {
        "type": "modal",
        "title": plain("x" * 25),
        "callback_id": 7,
        "blocks": [
            field(TYPED, label=plain(""), block_id="reason"),
            {"type": "section", "block_id": "reason", "text": mrkdwn("x" * 3001), "colour": "red"},
            actions({**BUTTON, "style": "loud", "value": ""}, {"type": "plain_text_input"}),
        ],
    }
    refusal = check_view(view)
    assert refusal is not None
    assert refusal.error == "invalid_arguments"
    assert set(refusal.messages) == set(
        lines(
            ("must be less than 25 characters", "/view/title/text"),
            ("must provide a string", "/view/callback_id"),
            ("must be more than 0 characters", "/view/blocks/0/label/text"),
            ("must be less than 3001 characters", "/view/blocks/1/text/text"),
            ("invalid additional property: colour", "/view/blocks/1"),
            ("must be a valid enum value", "/view/blocks/2/elements/0/style"),
            ("must be more than 0 characters", "/view/blocks/2/elements/0/value"),
            ("unsupported type: plain_text_input", "/view/blocks/2/elements/1/type"),
            ('`block_id` "reason" already exists', "/view/blocks/1/block_id"),
            ("must define `submit` to use an `input` block in modals", "/view/blocks/0/input"),
        )
    )


def test_a_message_lists_every_reason_at_once() -> None:
    same = {**BUTTON, "action_id": "accept"}
    refusal = check_message(message({"type": "header", "text": mrkdwn()}, {"type": "call"}, actions(same, same)))
    assert refusal == Refusal(
        "invalid_blocks",
        lines(
            ("unsupported type: mrkdwn", "/blocks/0/text/type"),
            ("unsupported type: call", "/blocks/1/type"),
            ('`action_id` "accept" already exists', "/blocks/2/elements/1/action_id"),
        ),
    )


@pytest.mark.parametrize(
    "nothing",
    [{}, {"text": ""}, {"text": " \n"}, {"text": None}, {"blocks": []}, {"text": "", "attachments": []}],
    ids=str,
)
def test_a_message_of_nothing_has_no_text(nothing: Json) -> None:
    assert check_message(nothing) == Refusal("no_text")
    assert check_message(nothing, ephemeral=True) == Refusal("no_text")


@pytest.mark.parametrize(
    "something",
    [
        {"text": "x"},
        {"blocks": [section()]},
        {"attachments": [{"text": "x"}]},
        {"markdown_text": "**x**"},
        {"text": "x", "blocks": None, "attachments": None, "metadata": None},
    ],
    ids=str,
)
def test_a_message_of_anything_at_all_is_taken(something: Json) -> None:
    assert check_message(something) is None


@pytest.mark.parametrize(
    ("faulty", "refusal"),
    [
        ([], Refusal("invalid_arguments", lines(("must provide an object", "")))),
        ({"text": 7}, Refusal("invalid_arguments", lines(("must provide a string", "/text")))),
        ({"text": "x", "blocks": "[]"}, Refusal("invalid_blocks_format")),
        ({"text": "x", "blocks": section()}, Refusal("invalid_blocks_format")),
        ({"text": "x", "markdown_text": "x"}, Refusal("markdown_text_conflict")),
        ({"blocks": [section()], "markdown_text": "x"}, Refusal("markdown_text_conflict")),
        (
            {"text": "x", "attachments": ["x"]},
            Refusal("invalid_attachments", lines(("must provide an object", "/attachments/0"))),
        ),
        (
            {"attachments": [{"blocks": [{"type": "call"}]}]},
            Refusal("invalid_attachments", lines(("unsupported type: call", "/attachments/0/blocks/0/type"))),
        ),
        (
            {"attachments": [{"color": "#ff0000", "blocks": [section(block_id="a")] * 2}]},
            Refusal(
                "invalid_attachments",
                lines(('`block_id` "a" already exists', "/attachments/0/blocks/1/block_id")),
            ),
        ),
        (
            message(*[{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2),
            Refusal("invalid_attachments", ("[ERROR] only_one_table_allowed",)),
        ),
    ],
)
def test_a_faulty_message_is_refused_with_slacks_code(faulty: Any, refusal: Refusal) -> None:
    assert check_message(faulty) == refusal


@pytest.mark.parametrize(
    ("metadata", "words", "pointer"),
    [
        ("card", "must provide an object", "/metadata"),
        ({"event_type": "card"}, "missing required field: event_payload", "/metadata"),
        ({"event_payload": {}}, "missing required field: event_type", "/metadata"),
        ({"event_type": "", "event_payload": {}}, "must be more than 0 characters", "/metadata/event_type"),
        ({"event_type": "card", "event_payload": []}, "must provide an object", "/metadata/event_payload"),
        (
            {"event_type": "card", "event_payload": {}, "key": "swap-14"},
            "invalid additional property: key",
            "/metadata",
        ),
    ],
)
def test_faulty_metadata_is_refused_by_its_format(metadata: Any, words: str, pointer: str) -> None:
    posted = {"text": "x", "metadata": metadata}
    assert check_message(posted) == Refusal("invalid_metadata_format", lines((words, pointer)))


def test_metadata_marks_a_message_and_means_nothing_on_an_ephemeral_one() -> None:
    marked = {"text": "x", "metadata": {"event_type": "card", "event_payload": {"key": "swap-14", "n": 1}}}
    assert check_message(marked) is None
    assert check_message({"text": "x", "metadata": "card"}, ephemeral=True) is None


def test_the_text_of_an_ephemeral_messages_blocks_is_not_added_up() -> None:
    long = message(*[section(text=mrkdwn("x" * 3000))] * 5)
    assert check_message(long) == Refusal("msg_blocks_too_long")
    assert check_message(long, ephemeral=True) is None


def test_an_external_select_may_find_nothing_but_must_say_so_in_one_way() -> None:
    words = "must define either `options` or `option_groups`"
    assert check_options({"options": []}) is None
    assert check_options({"option_groups": [{"label": plain("Week"), **MENU}]}) is None
    undecided: list[Json] = [{}, {"options": [], "option_groups": []}]
    for answer in undecided:
        assert check_options(answer) == Refusal("invalid_arguments", lines((words, "")))


def test_errors_name_input_blocks_of_the_view_and_say_something() -> None:
    view = modal(section(block_id="intro"), field(TYPED, block_id="reason"), field(TYPED))
    assert check_errors({"reason": "Say why"}, view) is None
    for stranger in ("intro", "plain_text_input", "nobody"):
        assert check_errors({stranger: "Say why"}, view) == Refusal(
            "invalid_arguments", lines((f"invalid additional property: {stranger}", "/errors"))
        )
    assert check_errors({"reason": ""}, view) == Refusal(
        "invalid_arguments", lines(("must be more than 0 characters", "/errors/reason"))
    )
    assert check_errors({}, view) == Refusal(
        "invalid_arguments", lines(("must have minimum 1 properties", "/errors"))
    )


def test_stored_blocks_have_ids_and_say_how_their_text_is_read() -> None:
    given = [section(text=mrkdwn()), actions({**BUTTON, "action_id": "swap.accept"}, BUTTON)]
    text, buttons = complete(given)
    assert text["text"] == {**mrkdwn(), "verbatim": False}
    accept, other = buttons["elements"]
    assert accept["action_id"] == "swap.accept"
    assert accept["text"] == {**plain("Approve"), "emoji": True}
    ids = [text["block_id"], buttons["block_id"], other["action_id"]]
    assert all(isinstance(made, str) and made for made in ids)
    assert len(set(ids)) == 3


def test_what_a_bot_said_about_its_blocks_is_kept() -> None:
    header = {"type": "header", "block_id": "top", "text": {**plain(), "emoji": False}}
    note = section(block_id="note", text={**mrkdwn(), "verbatim": True})
    assert complete([header, note]) == [header, note]


def test_every_element_a_person_acts_on_gets_an_action_id_and_no_other() -> None:
    blocks = [section(accessory=BUTTON), field(TYPED), section(accessory=IMAGE), rich_text()]
    pressed, filled, seen, read = complete(blocks)
    assert pressed["accessory"]["action_id"] != filled["element"]["action_id"]
    assert seen["accessory"] == IMAGE
    assert read["elements"] == rich_text()["elements"]


def test_the_blocks_that_were_given_stay_as_they_were() -> None:
    given = [field({**element("checkboxes")}), {"type": "context", "elements": [plain()]}]
    before = [field({**element("checkboxes")}), {"type": "context", "elements": [plain()]}]
    stored = complete(given)
    assert given == before
    assert stored[0]["element"]["options"][0]["text"]["emoji"] is True
    assert stored[1]["elements"][0]["emoji"] is True


def test_what_is_stored_would_be_taken_again() -> None:
    blocks = [section(), field({**element("radio_buttons")}), actions(BUTTON, BUTTON), IMAGE, rich_text()]
    assert check_view(modal(*complete(blocks))) is None
    assert check_message(message(*complete(blocks))) is None

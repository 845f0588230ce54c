"""Whatever is sent, the checker answers."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.blocks import Refusal, check_errors, check_message, check_options, check_view
from tests.sandbox.test_blocks_examples import (
    BLOCKS,
    EVERYTHING,
    MESSAGE_ONLY,
    element,
    field,
    home,
    message,
    modal,
)

WORDS = [
    "type",
    "text",
    "blocks",
    "elements",
    "element",
    "accessory",
    "fields",
    "options",
    "option_groups",
    "initial_option",
    "initial_options",
    "max_selected_items",
    "min_length",
    "max_length",
    "initial_value",
    "block_id",
    "action_id",
    "focus_on_load",
    "title",
    "submit",
    "label",
    "value",
    "metadata",
    "attachments",
    "event_type",
    "event_payload",
]
KINDS = [*BLOCKS, *MESSAGE_ONLY, *EVERYTHING, "modal", "home", "plain_text", "mrkdwn", "rich_text_section"]

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from([*KINDS, *WORDS])
)
junk = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=25,
)
typed_junk = st.builds(
    lambda kind, rest: {**rest, "type": kind},
    st.sampled_from(KINDS),
    st.dictionaries(st.sampled_from(WORDS), junk, max_size=6),
)
anything = junk | typed_junk
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
VIEW = modal(*BLOCKS.values())


def answers(check: Callable[..., Refusal | None], *given_: Any, **options: Any) -> None:
    refusal = check(*given_, **options)
    assert refusal is None or (isinstance(refusal, Refusal) and refusal.error)


@unhurried
@given(anything)
def test_junk_is_answered_and_never_raises(value: Any) -> None:
    answers(check_message, value)
    answers(check_message, value, ephemeral=True)
    answers(check_view, value)
    answers(check_options, value)
    answers(check_errors, value, VIEW)
    answers(check_errors, {"reason": "Say why"}, value)


@unhurried
@given(st.lists(anything, max_size=3))
def test_junk_among_blocks_is_answered_and_never_raises(blocks: list[Any]) -> None:
    answers(check_message, message(*blocks))
    answers(check_message, {"attachments": [{"blocks": blocks}, *blocks]})
    answers(check_view, modal(*blocks))
    answers(check_view, home(*blocks))


@unhurried
@given(st.sampled_from([*EVERYTHING]), st.sampled_from(WORDS), anything)
def test_a_sound_element_with_one_junk_property_is_answered_and_never_raises(
    kind: str, name: str, value: Any
) -> None:
    answers(check_view, modal(field({**element(kind), name: value})))
    answers(check_message, message({"type": "actions", "elements": [{**element(kind), name: value}]}))
    answers(check_message, message({"type": "section", "accessory": {**element(kind), name: value}}))

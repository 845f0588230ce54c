"""The text of an article in the fields of a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kb_form import FIELD, FIELDS, TooLong, from_fields, in_fields

_LINES = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=900)


def test_a_short_text_is_one_field() -> None:
    assert in_fields("# A\n\nb\nc\n") == (["# A\n\nb\nc"], "")


@given(st.lists(st.lists(_LINES.filter(bool), min_size=1, max_size=6).map("\n".join), min_size=1, max_size=8))
def test_whatever_is_parted_comes_together_again(paragraphs: list[str]) -> None:
    body = "\n\n".join(paragraphs)
    pieces, between = in_fields(body)
    assert all(len(piece) <= FIELD for piece in pieces)
    assert from_fields(pieces, between) == body


def test_a_paragraph_longer_than_a_field_is_parted_between_its_lines() -> None:
    table = "\n".join(f"| {number} | {'x' * 90} |" for number in range(60))
    pieces, between = in_fields(f"Before\n\n{table}\n\nAfter")
    assert len(pieces) > 1
    assert "n" in between
    assert from_fields(pieces, between) == f"Before\n\n{table}\n\nAfter"


def test_what_is_written_into_another_field_is_another_paragraph_and_an_empty_one_is_nothing() -> None:
    assert from_fields(["a", "", "b"], "") == "a\n\nb"


def test_a_text_that_no_form_holds_is_refused() -> None:
    with pytest.raises(TooLong):
        in_fields("x" * (FIELD + 1))
    with pytest.raises(TooLong):
        in_fields("\n\n".join(["x" * FIELD] * (FIELDS + 1)))

"""What is typed after ``/kb``."""

import pytest

from bot.domain.kb_typed import Typed, read_kb_text


@pytest.mark.parametrize("text", ["#12", "article 12", "Article #12"])
def test_a_number_is_an_article(text: str) -> None:
    assert read_kb_text(text) == Typed(number=12)


def test_a_mere_number_is_looked_for_where_no_article_has_it() -> None:
    assert read_kb_text("404") == Typed(number=404, query="404")


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("help", "help", ""),
        ("Mine", "mine", ""),
        ("due", "due", ""),
        ("missing", "missing", ""),
        ("synonyms", "synonyms", ""),
        ("new", "new", ""),
        ("new sop", "new", "sop"),
        ("new guide: who owns refunds", "new", "guide: who owns refunds"),
        ("release", "release", ""),
        ("release 5.2 the price list changed", "release", "5.2 the price list changed"),
        ("release #spring", "release", "#spring"),
        ("canned refund sent", "canned", "refund sent"),
    ],
)
def test_a_word_of_the_command_is_one_where_it_takes_what_it_is_made_for(text: str, word: str, rest: str) -> None:
    assert read_kb_text(text) == Typed(word, rest)


@pytest.mark.parametrize(
    "text",
    [
        "new laptop for customer",
        "due date of an invoice",
        "release notes",
        "mine is broken",
        "missing parcel",
        "help the customer reset a password",
        "12 months warranty",
        "article about refunds",
        "new articles of law",
    ],
)
def test_everything_else_is_looked_for(text: str) -> None:
    assert read_kb_text(text) == Typed(query=text)


def test_nothing_typed_is_nothing_meant() -> None:
    assert read_kb_text("  ") == Typed()

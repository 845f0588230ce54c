"""Markdown made from what other tools say: what was plain there means nothing here."""

from bot.connectors import markdown_made as md


def test_signs_that_would_mean_something_mean_nothing() -> None:
    assert md.escaped("2 * 3_4 [x] <!channel> a|b\n c") == r"2 \* 3\_4 \[x\] \<!channel\> a\|b c"
    assert md.paragraph("# one\n- two\n2026. three\n3) four") == "\\# one\n\\- two\n2026\\. three\n3\\) four"


def test_marks_stand_at_words_and_not_at_spaces() -> None:
    assert md.marked("bold ", "**") + "x" == "**bold** x"
    assert md.marked("  ", "**") == "  "
    assert md.marked("Note: ", "**") + "x" == "**Note**: x"
    assert md.marked("!", "**") == "**!**"


def test_what_is_marked_alike_is_marked_once() -> None:
    assert md.run(["**a**", "", "**b** ", "_c_", "_d_"]) == "**ab** _cd_"
    assert md.run(["a\\_", "_b_"]) == "a\\__b_"


def test_a_fence_is_longer_than_any_in_it_and_its_language_is_a_word() -> None:
    assert md.fenced("a\n```\nb", "c sharp`") == "````csharp\na\n```\nb\n````"


def test_a_link_keeps_together_whatever_its_address_has() -> None:
    assert md.link("here", "https://x.example/a b(c)") == "[here](https://x.example/a%20b%28c%29)"
    assert md.link("", "https://x.example/a_b") == r"[https://x.example/a\_b](https://x.example/a_b)"
    assert md.link("words", " ") == "words"


def test_rows_of_different_lengths_become_one_table() -> None:
    assert md.table([["Plan", "Days"], ["A\nB"]]) == "| Plan | Days |\n| --- | --- |\n| A B |  |"
    assert md.table([[]]) == ""
    assert md.table([[md.code("a|b"), md.escaped("c|d")]]) == "| `a\\|b` | c\\|d |\n| --- | --- |"

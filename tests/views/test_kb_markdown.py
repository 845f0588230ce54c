"""Markdown as Slack can show it."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kb_links import Linked
from bot.views.kb_markdown import LONGEST, parts_of

REFUNDS = Linked(uuid4(), 14, "Refunds", "how")


def _text(body: str) -> str:
    return "\n\n".join(paragraph for part in parts_of(body) for paragraph in part.paragraphs)


def test_marks_links_and_pictures_become_slacks() -> None:
    shown = _text(
        "**Bold**, *so*, ~~no~~, `a<b`, [here](https://x.example/a|b?c=1&d=2), ![a map](https://x.example/m.png)"
    )
    assert shown == (
        "*Bold*, _so_, ~no~, `a&lt;b`, <https://x.example/a%7Cb?c=1&amp;d=2|here>, "
        "<https://x.example/m.png|Picture: a map>"
    )


def test_nobody_is_pinged_and_no_markup_of_others_is_let_through() -> None:
    shown = _text(
        "<!channel> <!-- hidden --> <b>bold</b> & <@U1>\n\n```\n<!here>\n```\n\n[x](javascript:alert(1))"
    )
    assert "<!" not in shown
    assert "<@" not in shown
    assert "hidden" not in shown
    assert "javascript:" not in shown.replace("[x](javascript:alert(1))", "")


def test_lists_keep_their_numbers_and_their_depth() -> None:
    assert _text("3. c\n4. d\n   - e\n     - f\n\n- g\n\n  more").replace(
        "\N{NO-BREAK SPACE}" * 4, "→"
    ).splitlines() == [
        "3. c",
        "4. d",
        "→◦ e",
        "→→◦ f",
        "",
        "• g",
        "→more",
    ]


def test_a_table_is_columns_side_by_side_and_wide_cells_are_wrapped() -> None:
    long = "a rather long sentence which goes on and on until it no longer fits into one line of a window"
    shown = _text(f"| Plan | Days | What |\n|---|---|---|\n| Basic | 14 | {long} |")
    lines = shown.strip("`").splitlines()
    assert lines[0].split() == ["Plan", "Days", "What"]
    assert max(map(len, lines)) <= 76
    assert " ".join(line[13:] for line in lines[2:]) == long


def test_a_table_of_too_many_columns_is_a_list_of_its_rows() -> None:
    heads = [f"Column number {number}" for number in range(12)]
    shown = _text(f"| {' | '.join(heads)} |\n|{'---|' * 12}\n| {' | '.join('cell' for _ in heads)} |")
    assert shown.startswith("• Column number 0: cell · Column number 1: cell")


def test_every_piece_of_a_long_table_has_its_head_and_links_stand_beneath_it() -> None:
    rows = "\n".join(f"| Fee {number} | {number} € |" for number in range(300))
    first = "| Name | Price |\n|---|---|\n| [Fees](https://x.example/fees) | ![map](https://x.example/m.png) |"
    (part,) = parts_of(f"{first}\n{rows}")
    assert len(part.paragraphs) > 1
    assert all(each.startswith("```Name     Price\n-------  -----\nFee") for each in part.paragraphs)
    assert sum(each.count("Fee ") for each in part.paragraphs) == 300
    assert part.paragraphs[-1].endswith(
        "```\n<https://x.example/fees|Fees> · <https://x.example/m.png|Picture: map>"
    )


def test_columns_stand_below_each_other_where_letters_are_wide() -> None:
    assert _text("| 名前 | x |\n|---|---|\n| a | y |") == "```名前  x\n----  -\na     y```"


def test_code_with_backticks_and_marks_within_a_word_show_no_marks_that_slack_does_not_take() -> None:
    assert _text("```\n`date`\n```") == "```\n`date`\n```"
    assert _text("2*3*4 and **Rück**gabe, but *so*.") == "234 and Rückgabe, but _so_."


def test_code_within_a_list_stays_code_where_it_is_cut() -> None:
    code = "\n".join(f"  line {number} &" for number in range(400))
    (part,) = parts_of(f"- Run\n\n  ```\n{code}\n  ```\n- Then")
    assert len(part.paragraphs) > 1
    assert all(each.count("```") % 2 == 0 for each in part.paragraphs)


def test_no_escaped_letter_is_cut() -> None:
    (part,) = parts_of("&" * 4000)
    assert all(len(each) % len("&amp;") == 0 for each in part.paragraphs)


def test_parts_are_by_heading_with_names_that_links_use() -> None:
    parts = parts_of("Before\n\n# How *to*\n\none\n\n## How to\n\ntwo\n\n## How to\n\nthree")
    assert [(each.level, each.heading, each.anchor) for each in parts] == [
        (0, "", ""),
        (1, "How to", "how-to"),
        (2, "How to", "how-to-1"),
        (2, "How to", "how-to-2"),
    ]


def test_a_link_to_another_article_names_it_and_one_to_nowhere_is_only_words() -> None:
    (part,) = parts_of("see [refunds](../refund.md#how) and [gone](gone.md)", {"../refund.md#how": REFUNDS})
    assert part.paragraphs == ("see refunds (article 14) and gone",)
    assert part.linked == (REFUNDS,)


def test_what_is_longer_than_a_paragraph_is_cut_between_lines_and_code_stays_code() -> None:
    (part,) = parts_of("```\n" + "\n".join(f"line {number} <&>" for number in range(800)) + "\n```")
    assert len(part.paragraphs) > 1
    assert all(each.startswith("```line ") and each.endswith("```") for each in part.paragraphs)
    assert all(len(each) <= LONGEST for each in part.paragraphs)


@given(st.text(st.sampled_from("ab \n#*_~`[]()|-<>!&1.:\\"), max_size=400), st.integers(1, 30))
def test_whatever_is_written_stays_within_slacks_limits(body: str, times: int) -> None:
    for part in parts_of(body * times):
        assert len(part.heading) <= 140
        for paragraph in part.paragraphs:
            assert 0 < len(paragraph) <= LONGEST
            assert "<!" not in paragraph

"""How a difference is drawn in Slack."""

from bot.domain.kb_diff import difference
from bot.views.kb_diff import brief_difference, difference_lines, size_words

BEFORE = "# Refunds\n\n1. Ask **who** bought it.\n2. Refund within 14 days.\n\n## Afterwards\n\nClose the case.\n"


def test_what_is_gone_is_struck_out_and_what_is_new_is_bold_below_its_heading() -> None:
    changes = difference(BEFORE, BEFORE.replace("14 days", "30 calendar days") + "Write to *billing*.\n")
    assert list(difference_lines(changes)) == [
        "_Under “Refunds”_",
        "• 2. Refund within ~14~ *30 calendar* days.",
        "_Under “Afterwards”_",
        "• *Write to billing.*",
    ]
    assert size_words(changes) == "2 paragraphs changed, 5 words new, 1 word gone"


def test_nobody_is_pinged_and_no_mark_of_the_text_changes_how_it_is_drawn() -> None:
    [line] = difference_lines(difference("", "Say <!channel> and ~this~ & *that* in snake_case `code`"))
    assert line == "• *Say &lt;!channel&gt; and this &amp; that in snake_case code*"


def test_a_punctuation_mark_follows_without_a_space() -> None:
    lines = list(difference_lines(difference("Close it, then wait.", "Close it, then write.")))
    assert lines == ["• Close it, then ~wait~ *write*."]


def test_of_a_long_paragraph_only_what_is_near_the_change_is_shown() -> None:
    before = f"{'much text ' * 40}pays 5 euros {'and more ' * 40}"
    [line] = difference_lines(difference(before, before.replace("5", "7")))
    assert "much text pays ~5~ *7* euros and more" in line
    assert line.startswith("• …")
    assert line.endswith("…")
    assert len(line) < 250


def test_a_long_difference_is_cut_and_says_how_much_more_there_is() -> None:
    changes = difference("", "\n".join(f"Step {number} is a new one" for number in range(30)))
    said = brief_difference(changes, 100)
    assert said.splitlines()[0] == "• *Step 0 is a new one*"
    assert said.splitlines()[-1] == "and 26 more changes"
    assert all(len(line) < 3000 for line in difference_lines(difference("", "<" * 5000)))

"""What is different between two versions of a procedure."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kb_diff import Change, Fate, Piece, difference, words_changed

BEFORE = """\
# Refunds

1. Ask for the order.
2. Refund within 14 days.

## Afterwards

Close the case.
"""
TEXTS = st.lists(st.text(st.sampled_from("ab .#"), max_size=12), max_size=8).map("\n".join)


def spelled(change: Change, *fates: Fate) -> str:
    return "".join(each.text for each in change.pieces if each.fate in fates)


def test_a_changed_step_is_shown_word_by_word_below_its_heading() -> None:
    [change] = difference(BEFORE, BEFORE.replace("14 days", "30 calendar days"))
    assert change.heading == "Refunds"
    assert [each for each in change.pieces if each.fate is not Fate.KEPT] == [
        Piece(Fate.REMOVED, "14"),
        Piece(Fate.ADDED, "30 calendar"),
    ]
    assert spelled(change, Fate.KEPT, Fate.ADDED) == "2. Refund within 30 calendar days."
    assert words_changed([change]) == (2, 1)


def test_a_new_step_and_one_that_is_gone_stand_by_themselves() -> None:
    changes = difference(BEFORE, BEFORE.replace("Close the case.", "Write to billing@example.com."))
    assert changes == (
        Change("Afterwards", (Piece(Fate.REMOVED, "Close the case."),)),
        Change("Afterwards", (Piece(Fate.ADDED, "Write to billing@example.com."),)),
    )
    [added] = difference("", "Hello")
    assert added == Change(None, (Piece(Fate.ADDED, "Hello"),))


def test_other_spaces_and_empty_lines_are_no_change() -> None:
    assert difference(BEFORE, BEFORE.replace("\n\n", "\n\n\n").replace("Ask for", "Ask   for")) == ()


def test_a_paragraph_as_long_as_a_page_is_compared_by_its_sentences() -> None:
    page = " ".join(
        f"Step {number}: ask the customer for order {number} and wait for an answer." for number in range(600)
    )
    [change] = difference(page, page.replace("order 300 ", "parcel 300 "))
    assert spelled(change, Fate.REMOVED) == "order"
    assert spelled(change, Fate.KEPT, Fate.ADDED).startswith("Step 300: ask the customer for parcel 300")


@given(TEXTS, TEXTS)
def test_what_was_kept_and_removed_was_there_and_what_was_kept_and_added_is(before: str, after: str) -> None:
    for change in difference(before, after):
        for text, fate in ((before, Fate.REMOVED), (after, Fate.ADDED)):
            said = spelled(change, Fate.KEPT, fate)
            lines = [" ".join(line.split()) for line in text.splitlines()]
            assert not said or said in lines
    assert (difference(before, after) == ()) == _same(before, after)


def _same(before: str, after: str) -> bool:
    said = [[" ".join(line.split()) for line in text.splitlines() if line.strip()] for text in (before, after)]
    return said[0] == said[1]

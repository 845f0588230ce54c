"""What a text is made of for a search, which place of it is shown, and which article answers best."""

from uuid import UUID

import pytest

from bot.domain.kb_search import Choice, Sought, Words, essential, rank
from bot.domain.kb_snippet import in_one_line, snippet
from bot.domain.kb_words import as_written, bare, fold, folded_words, headings, says_nothing, without_umlauts


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Rückläufer", "rucklaufer"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Señor Ñandú", "senor nandu"),
        ("Œuvre cœur", "oeuvre coeur"),
        ("Łódź", "lodz"),
        ("ﬁne", "fine"),
    ],
)
def test_case_and_accents_make_no_difference(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_words_are_what_stands_between_signs() -> None:
    assert folded_words("Log-in: the team’s VPN (v5.2), l'adresse & co_op!") == [
        *("log", "in", "the", "team", "vpn", "5.2", "adresse", "co", "op"),
    ]
    assert without_umlauts("rueckerstattung") == "ruckerstattung"
    assert says_nothing("the", "en")
    assert not says_nothing("the", "de")


def test_a_word_is_shown_as_it_is_written_where_it_stands() -> None:
    assert as_written("andern", "Die Adresse ändern") == "ändern"
    assert as_written("zebra", "Die Adresse ändern") == "zebra"


def test_of_markdown_the_words_count_and_not_the_addresses() -> None:
    body = "# Refunds\n\nSee [the form](https://example.com), ![a sign](x.png).\n```sh\nrun it\n```\n## Late ##"
    assert headings(body) == ["Refunds", "Late"]
    assert "example" not in bare(body)
    assert bare("[![built](badge.svg)](https://example.com)") == "built"
    assert "the form" in bare(body)
    assert "run it" in bare(body)


def _words(number: int, title: str, body: str = "", headings: str = "") -> Words:
    return Words(UUID(int=number), tuple(title.split()), frozenset(headings.split()), frozenset(), _often(body))


def _often(body: str) -> dict[str, int]:
    return {term: body.split().count(term) for term in body.split()}


def _sought(*terms: str, weight: float = 1.0) -> list[Sought]:
    return [Sought(term, weight, (Choice((term,), 1.0, term),)) for term in terms]


def test_the_title_counts_more_than_a_heading_and_that_more_than_the_text() -> None:
    articles = [
        _words(1, "other", "refund"),
        _words(2, "other", headings="refund"),
        _words(3, "refund"),
        _words(4, "refund of something else"),
        _words(5, "other", "refund refund refund refund"),
    ]
    found = rank(_sought("refund"), articles, 3, 10)
    assert [each.article_id.int for each in found] == [3, 4, 2, 5, 1]
    assert rank(_sought("refund"), articles, 3, 2) == found[:2]


def test_what_has_too_little_of_it_is_no_answer() -> None:
    rare = Sought("zanzibar", 3.0, ())
    assert rank([*_sought("refund"), rare], [_words(1, "refund")], 1, 10) == []
    assert rank([*_sought("refund", "gift"), *_sought("card")], [_words(1, "refund gift")], 1, 10)
    in_passing = _words(1, "other", "refund gift")
    assert rank(_sought("refund", "gift"), [in_passing], 1, 10)
    assert rank(_sought("refund", "gift", "card"), [in_passing], 1, 10) == []


def test_of_words_that_every_answer_needs_one_is_enough_to_look_for() -> None:
    common, rare = _sought("order")[0], _sought("cancel", weight=4.0)[0]
    assert essential([common, rare]) == [rare]
    assert essential(_sought("a", "b", "c")) == _sought("a", "b")
    assert essential([Sought("zanzibar", 3.0, ()), common]) == []


def _nothing(_word: str) -> None:
    return None


def _end(word: str) -> str | None:
    return word if word == "end" else None


def test_the_snippet_is_where_most_of_it_stands_together() -> None:
    body = (
        "Refund is one thing. " * 3
        + "A lot of talk. " * 30
        + "Then **refund** the `gift card`. "
        + "More talk. " * 30
    )
    wanted = {"refund", "gift", "card"}
    found = snippet(body, lambda word: word if word in wanted else None)
    assert [piece.text for piece in found if piece.marked] == ["refund", "gift", "card"]
    text = "".join(piece.text for piece in found)
    assert text.startswith("…Then refund the gift card. More talk.")
    assert text.endswith("…")
    assert len(text) <= 222


def test_a_snippet_is_read_in_one_line_without_the_signs_of_markdown() -> None:
    body = (
        "Refunds\n===\n<!-- ours -->\nAsk a _lead_<br>first\n---\n\n1. one\n   more\n2. `two`.\n\n"
        "> said\n> twice\n\n## By\n\n| Paid by | Days |\n|:---|---:|\n| Card | 3 to 5 |\n| A \\| B | 1 | 2 |\n\n"
        "```sh\na | b\n```\n[a][1] ![b](c.png) 2 * 3 &amp; snake_case {{day|today}} {{name}}\n\n[1]: http://x\n"
    )
    assert in_one_line(body) == (
        "Refunds – Ask a lead first – one more · two. said twice · By – Paid by: Days · Card: 3 to 5 · "
        "A | B: 1, 2 · a | b · a b 2 * 3 & snake_case today [name]"
    )
    assert in_one_line("|---|\n\n***\n") == ""


def test_a_snippet_begins_and_ends_where_something_does_and_is_never_next_to_nothing() -> None:
    body = "Talk of much. " * 9 + "\n\n## Late\n\n| Paid by | Days |\n|---|---|\n" + "| Card | 3 to 5 |\n" * 30
    found = snippet(body, lambda word: word if word == "paid" else None)
    text = "".join(piece.text for piece in found)
    assert text.startswith("…Late – Paid by: Days · Card: 3 to 5 · Card")
    assert text.endswith("· Card: 3 to 5 …")
    last = "".join(piece.text for piece in snippet("Talk of much. " * 40 + "The end.", _end))
    assert last.startswith("…Talk of much. Talk")
    assert last.endswith(" The end.")
    assert len(last) > 190
    assert "".join(piece.text for piece in snippet("払戻" * 200, _nothing)) == "払戻" * 110 + "…"
    assert [piece.marked for piece in snippet("x" * 500, _nothing)] == [False, False]


def test_without_any_of_it_the_snippet_is_the_beginning() -> None:
    assert "".join(piece.text for piece in snippet("# Title\n\n- one\n- two", _nothing)) == "Title – one · two"
    assert snippet("", _nothing) == ()

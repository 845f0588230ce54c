"""Responses stay within Slack's limits, however long they are and whatever stands in them."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.kb import Kind, State
from bot.domain.kb_canned import AboutCase, ResponseShown, ResponsesShown, known_of, variables_of
from bot.domain.kb_shown import ArticleLine, ListPage
from bot.views import kb_canned as views
from tests.views.test_desk_forms import fits
from tests.views.test_shifts import WORST, readable

CASE = UUID(int=7)
MANY = " ".join(f"{{{{{WORST} {number}|{WORST * 3}}}}}" for number in range(60))

BODIES = ["{{customer}}", MANY, "{{a}} " + "words\n" * 20_000, "x" * 20_000, "{{subject}}`" * 9]


def response(body: str) -> ResponseShown:
    variables = variables_of(body)
    known = known_of(variables, AboutCase(WORST * 10, WORST * 10, WORST, WORST))
    return ResponseShown(UUID(int=1), 12, WORST * 5, body, variables, known, CASE, 1042)


def page(number: int, pages: int, lines: int, text: str = "") -> ResponsesShown:
    line = ArticleLine(UUID(int=1), 12, Kind.CANNED, State.PUBLISHED, WORST * 5, "en", None, None, None)
    every = [replace(line, id=UUID(int=each)) for each in range(lines)]
    listed = ListPage(tuple(every), number, pages, lines * pages)
    return ResponsesShown(text, listed, {each.id: WORST * 100 for each in every}, CASE)


@pytest.mark.parametrize("body", BODIES)
def test_a_response_is_asked_for_and_shown_however_long_it_is(body: str) -> None:
    shown = response(body)
    fits(views.response_form(shown))
    fits(views.response_form(shown, {}))
    fits(views.copy_view(shown, shown.known))


@pytest.mark.parametrize("text", ["", WORST * 30])
def test_lists_of_responses_are_paged_and_searched(text: str) -> None:
    waiting = replace(page(0, 1, 0, text), waiting=1000, may_approve=True)
    for each in (waiting, page(0, 1, 0, text), page(0, 3, 10, text), page(2, 3, 10, text)):
        readable(views.responses_message(each, "/cs-kb", "de-DE"))
        fits(views.responses_form(each, "/cs-kb", "de-DE"))
    turn = views.responses_message(page(1, 3, 10, "late refund"), "/kb", "en-US")["blocks"][-2]["elements"]
    assert [views.turned(each["value"]) for each in turn] == [(0, CASE, "late refund"), (2, CASE, "late refund")]


def test_what_can_be_done_next_is_said_to_those_who_may_do_it() -> None:
    def hint(shown: ResponsesShown) -> str:
        return str(views.responses_message(shown, "/kb", "en-US")["blocks"][-1]["elements"][0]["text"])

    none, some = page(0, 1, 0), page(0, 1, 3)
    write = "rite one: `/kb new canned`, and a second person publishes it."
    assert hint(none) == f"W{write}"
    assert hint(some) == f"What is used most first · w{write}"
    assert hint(page(0, 1, 0, "parking")) == f"All that there are: `/kb canned` · w{write}"
    assert hint(replace(some, may_write=False)) == "What is used most first."
    assert hint(replace(none, may_write=False)) == "Once one is written it stands here."


def test_a_long_response_says_that_its_preview_is_cut() -> None:
    cut = "What follows is shown with all of it"
    assert cut in str(views.response_form(response("{{a}} " + "words\n" * 20_000)))
    assert cut not in str(views.response_form(response("{{a}} " + "words\n" * 200)))


def test_a_text_in_pieces_is_the_same_text() -> None:
    text = "".join(f"line {number} with some words\n" for number in range(500))
    pieces = [block["elements"][0]["elements"][0]["text"] for block in views.text_blocks(text)]
    assert len(pieces) > 1
    assert "\n".join(pieces) == text.rstrip("\n")
    assert list(views.text_blocks("")) == []

"""What was found, what is missing and what means the same: within Slack's limits, whatever people write."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.kb import Kind, Missing
from bot.domain.kb_found import Found, Hit, MissingLine, MissingShown, SynonymsShown
from bot.domain.kb_search import Spelled
from bot.domain.kb_snippet import Piece
from bot.sandbox.blocks import check_view
from bot.views import kb_missing, kb_search, kb_share, kb_synonyms
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.forms import modal
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, START

ID = UUID(int=7)
SNIPPET = (Piece("…", False), Piece(f"{WORST} ", False), Piece(WORST, True), Piece(" & <b>", False))
HIT = Hit(ID, 123_456, WORST * 5, Kind.SOP, SNIPPET, ANA, START, True, "pt-BR")
PLAIN = Hit(UUID(int=8), 1, "Refunds", Kind.ARTICLE, (), None, None, False, "en")
FOUND = Found(WORST * 3, (HIT, PLAIN, PLAIN), ID, (Spelled(WORST, WORST),) * 20, 1, 10)
NOTHING = Found(WORST * 3, (), ID, times=12)
LINES = tuple(
    MissingLine(UUID(int=n), WORST, n + 2, n, START + timedelta(days=n), state, ANA if n % 2 else None)
    for n, state in enumerate([Missing.OPEN, Missing.WRITING] * 5)
)
GROUPS = tuple((UUID(int=n), (WORST,) * 20) for n in range(10))


def answers(formats: Formats) -> list[Message]:
    """Everything that is answered with."""
    return [
        kb_search.answer_message(FOUND, formats, "/kb"),
        kb_search.answer_message(NOTHING, formats, "/kb"),
        kb_search.answer_message(Found("", ()), formats, "/kb"),
        kb_search.empty_message("/kb"),
        kb_search.noted(WORST * 3, 0, "/kb"),
        kb_search.noted(WORST * 3, 3, "/kb"),
        kb_share.shared_message(HIT, "U1", WORST * 5, formats),
        kb_share.shared_message(PLAIN, "U1", "", formats),
        kb_share.shared(kb_share.Place("C1", "1.2")),
        kb_missing.missing_message(MissingShown(LINES, 1, 3, 25), formats, "/kb"),
        kb_missing.missing_message(MissingShown((), 0, 1, 0), formats, "/kb"),
        kb_missing.dismissed(WORST),
        kb_synonyms.synonyms_message(SynonymsShown(GROUPS, 1, 3, may_change=True), "/kb"),
        kb_synonyms.synonyms_message(SynonymsShown(GROUPS, 0, 1, may_change=False), "/kb"),
        kb_synonyms.synonyms_message(SynonymsShown((), 0, 1, may_change=True), "/kb"),
        kb_synonyms.kept((WORST,) * 20),
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_whatever_is_found_or_missing_is_within_the_limits(locale: str) -> None:
    for each in answers(Formats(ZoneInfo("UTC"), locale)):
        readable(each)


@pytest.mark.parametrize(
    "form",
    [
        kb_search.answer_modal(FOUND, Formats(ZoneInfo("UTC")), "/kb"),
        kb_search.answer_modal(NOTHING, Formats(ZoneInfo("UTC")), "/kb"),
        kb_share.share_form(HIT, kb_share.Place("C1", "1.2")),
        kb_share.share_form(PLAIN, kb_share.Place()),
        kb_synonyms.synonyms_form(ID, (WORST[:60],) * 20),
        kb_synonyms.synonyms_form(None, ()),
        modal("Search", kb_search.search_menu()),
    ],
)
def test_each_form_is_within_the_limits(form: dict[str, object]) -> None:
    check_view(form)


def test_what_was_looked_for_is_bold_and_can_ping_nobody() -> None:
    pieces = (Piece("Ask <!channel> for a ", False), Piece("refund", True), Piece(" now", False))
    assert kb_search.snippet_words(pieces) == "Ask &lt;!channel&gt; for a *refund* now"


def test_the_values_of_buttons_are_read_as_they_were_written() -> None:
    assert kb_search.read_value(kb_search.to_value(FOUND, 4)) == (FOUND.asked, ID, 4)
    assert kb_search.read_value(kb_search.to_value(Found("ü", (HIT,)), 0)) == ("ü", None, 0)


def test_no_more_is_offered_than_a_menu_takes() -> None:
    groups = kb_search.search_options([HIT] * 300 + [PLAIN])
    assert [group["label"]["text"] for group in groups] == ["Articles", "Procedures"]
    assert [len(group["options"]) for group in groups] == [1, 100]
    assert all(len(each["text"]["text"]) <= 75 for group in groups for each in group["options"])
    assert kb_search.search_options([]) == []

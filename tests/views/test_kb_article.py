"""Articles, their versions, the menu and the form are within Slack's limits, however long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.kb import Kind, State, Use, VersionState
from bot.domain.kb_diff import difference
from bot.domain.kb_form import About, ArticleForm
from bot.domain.kb_links import Linked
from bot.domain.kb_shown import (
    ArticleLine,
    ArticleShown,
    Differing,
    ListPage,
    MenuShown,
    VersionLine,
    VersionsShown,
)
from bot.domain.shifts import Somebody
from bot.sandbox.blocks import check_message, check_view
from bot.views import kb, kb_dropped, kb_versions, kb_written
from bot.views.blocks import section
from bot.views.formats import Formats
from bot.views.kb_article import article_message, page_of_anchor, pages_of
from bot.views.kb_form import article_form
from handlers.visit import shown as as_modal
from tests.views.test_shifts import WORST

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
FORMATS = Formats(ZoneInfo("Europe/Berlin"))
ANA = Somebody(UUID(int=1), WORST, "U1")
LINKS = {f"a{number}.md": Linked(UUID(int=100 + number), number, WORST, "x" * 200) for number in range(30)}
ARTICLE = ArticleShown(
    UUID(int=2), 14, Kind.ARTICLE, State.PUBLISHED, "Refunds", "Within 60 days.", "en", None, (), ANA, NOW, ANA,
    NOW, None, None, None, 1, VersionState.PUBLISHED, 1, None, 1, NOW, ANA, None, NOW,
    uses={Use.OPENED: 3}, may_write=True,
)  # fmt: skip
LINE = ArticleLine(UUID(int=2), 14, Kind.SOP, State.DRAFT, WORST, "de", None, None, NOW, 1000)
LONG = "\n\n".join(f"## {WORST} {number}\n\n" + "word <&> " * number * 9 for number in range(30))
LINKED = " ".join(f"[{WORST[:20]}]({target})" for target in LINKS)
BODIES = {
    "nothing": "",
    "long": LONG,
    "headings": "\n\n".join(f"{'#' * (1 + number % 6)} h{number}" for number in range(300)),
    "one paragraph": "x" * 9_000,
    "links": f"{LINKED}\n\n# Next\n\n{LINKED}",
    "code": "```\n" + "<&>`\n" * 1500 + "```",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_page_of_every_article_is_within_slacks_limits(body: str) -> None:
    shown = replace(ARTICLE, body=body, links=LINKS, product=WORST, tags=(WORST,) * 30, title=WORST[:150])
    for number in range(len(pages_of(shown))):
        drawn = article_message(shown, FORMATS, number)
        assert check_message(drawn) is None
        assert check_view(as_modal(drawn, "Article 14")) is None


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("version_state", VersionState)
def test_an_article_in_every_state_is_within_slacks_limits(
    state: State, kind: Kind, version_state: VersionState
) -> None:
    shown = replace(
        ARTICLE, state=state, kind=kind, version_state=version_state, version=2, published=None, owner=None,
        source="notion", url="https://notion.so/x", editable=False,
    )  # fmt: skip
    for each in (shown, replace(shown, version=1, published=1, draft=2, editable=True, verified_at=None)):
        assert check_message(article_message(each, FORMATS)) is None


def test_no_word_of_a_long_article_is_lost_between_its_pages() -> None:
    shown = replace(ARTICLE, body="\n\n".join(f"# Part {n}\n\n" + f"w{n} " * 300 for n in range(40)))
    pages = pages_of(shown)
    assert len(pages) > 5
    said = " ".join(text for page in pages for part in page.parts for text in part.paragraphs)
    assert len(said.split()) == 40 * 300
    assert [part.heading for page in pages for part in page.parts if part.heading] == [
        f"Part {n}" for n in range(40)
    ]
    assert page_of_anchor(shown, "part-39") == len(pages) - 1
    assert page_of_anchor(shown, "nowhere") == 0


def test_a_heading_that_says_the_title_again_is_left_out() -> None:
    said = str(article_message(replace(ARTICLE, body="# Refunds\n\nWithin 60 days."), FORMATS)["blocks"])
    assert "*Refunds*" not in said
    assert "Within 60 days." in said


def test_versions_lists_and_answers_are_within_slacks_limits() -> None:
    lines = tuple(
        VersionLine(number, state, WORST, NOW, None, WORST * 9, number == 1)
        for number, state in enumerate([*VersionState, VersionState.DRAFT], 1)
    )
    assert check_message(kb_versions.versions_message(VersionsShown(LINE, lines, 1, 3, True), FORMATS)) is None
    menu = MenuShown(12345, (LINE,) * 5, (LINE,) * 5, 40, 7, True, True)
    assert check_message(kb.menu_message(menu, FORMATS, "/kb", section("search"))) is None
    assert (
        check_message(kb.menu_message(MenuShown(0, (), (), 0, 0, False, False), FORMATS, "/kb", section("x")))
        is None
    )
    assert check_message(kb.mine_message(ListPage((LINE,) * 10, 1, 3, 30), FORMATS, "/kb")) is None
    assert check_message(kb.mine_message(ListPage((), 0, 1, 0), FORMATS, "/kb")) is None
    old = "\n\n".join(" ".join(f"{number}<&>{word}" for word in range(40)) for number in range(40))
    changes = difference(old, old.replace("<&>7", "<&>&"))
    assert check_message(kb_written.difference_message(Differing(14, 3, 2, (WORST, WORST), changes))) is None
    assert check_message(kb_written.difference_message(Differing(14, 1, None, None, ()))) is None
    for draft in (True, False):
        assert check_message(kb_dropped.kept(UUID(int=2), 14, WORST, WORST * 5, 2, draft=draft)) is None
    facts = {"name": WORST * 5, "line": "2", "found": WORST * 5, "expected": "words"}
    assert check_message(kb_dropped.refused(facts)) is None


@pytest.mark.parametrize("preview", [False, True])
def test_the_form_is_within_slacks_limits(preview: bool) -> None:
    body = "\n\n".join(f"# Part {number}\n\n" + "word " * 450 for number in range(19))
    reports = tuple((UUID(int=number), WORST * 3) for number in range(15))
    form = ArticleForm(
        About(UUID(int=3), UUID(int=2), 7, missing_id=UUID(int=4)), number=14, title=WORST[:150], body=body,
        owner="U1", tags=(WORST[:80],) * 2, product=WORST[:80], published=True, may_give=True, reports=reports,
    )  # fmt: skip
    assert (
        check_view(article_form(form, FORMATS, warning=kb_written.edited_meanwhile(ARTICLE), preview=preview))
        is None
    )
    assert check_view(article_form(ArticleForm(About(UUID(int=3))), FORMATS, preview=preview)) is None


def test_what_is_due_is_said_with_the_day() -> None:
    late = replace(ARTICLE, review_at=NOW - timedelta(days=3))
    assert "*To be looked at* since Fri, Oct 30." in str(article_message(late, FORMATS)["blocks"])

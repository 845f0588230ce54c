"""Reading a Notion workspace; its documentation is named where it is played."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest

from bot.connectors.helpdesk import SignInFailed, ToolIsAway, TooManyRequests, base_address
from bot.connectors.knowledge import EVER, KnowledgeBase, PagesRead
from bot.connectors.notion import PROVIDER
from bot.connectors.notion_read import words_of
from tests.connectors.notion_fake import START, TOKEN, NotionFake, block, chosen, people, rich
from tests.connectors.wsgi_fake import Answer
from tests.sandbox.bots import served

Opens = Callable[..., KnowledgeBase]
PAGE = "0123456789abcdef" * 2
WORDS = block("paragraph", "Words.")


@pytest.fixture
def fake() -> NotionFake:
    return NotionFake()


@pytest.fixture
def opens(fake: NotionFake) -> Iterator[Opens]:
    with served(fake) as address, ExitStack() as opened:

        def sign_in(ahead: timedelta = timedelta(0)) -> KnowledgeBase:
            base = PROVIDER.open(address, {"token": TOKEN}, lambda: fake.now + ahead)
            opened.callback(base.close)
            return base

        yield sign_in


def titles(pages: list[PagesRead]) -> list[str]:
    return [each.title for page in pages for each in page.pages]


def body_of(fake: NotionFake, opens: Opens, *blocks: dict[str, Any]) -> str:
    fake.writes("Page", *blocks)
    (page,) = opens().read(None, EVER)
    return page.pages[0].body


def test_an_integration_is_named_and_must_have_been_shown_something(opens: Opens, fake: NotionFake) -> None:
    with pytest.raises(SignInFailed):
        opens().check()
    fake.writes("Refunds", WORDS)
    assert opens().check() == "Floorwalker of Acme"
    fake.token = "another"
    with pytest.raises(SignInFailed):
        opens().check()
    assert base_address(PROVIDER, "www.notion.so/acme") == "https://api.notion.com"


def test_pages_come_whole_at_first_and_then_what_changed_the_newest_first(opens: Opens, fake: NotionFake) -> None:
    properties = {
        "Tags": chosen("billing", "sop"),
        "Owner": people("ana@example.com"),
        "Language": {"type": "select", "select": {"name": "Deutsch"}},
        "Product": {"type": "select", "select": None},
    }
    page = fake.writes("Refunds", WORDS, **properties)
    for number in range(24):
        fake.passes(minutes=1)
        fake.writes(f"Page {number}", WORDS)
    fake.passes(days=40)
    pages = list(opens().read(None, EVER))
    assert [len(each.pages) for each in pages] == [10, 10, 5]
    first = pages[-1].pages[-1]
    assert (first.external_id, first.title, first.body) == (page, "Refunds", "Words.")
    assert (first.tags, first.language, first.product) == (("billing", "sop"), "Deutsch", None)
    assert (first.owner_email, first.changed_at) == ("ana@example.com", START)
    assert first.url == f"https://www.notion.so/{page.replace('-', '')}"
    fake.passes(hours=2, seconds=40)
    fake.edits(page, block("paragraph", "Other words."))
    (again,) = opens().read(pages[-1].cursor, EVER)
    assert titles([again]) == ["Refunds"]
    fake.passes(seconds=10)
    fake.edits(page, block("paragraph", "Words of the same minute."))
    (later,) = opens().read(again.cursor, EVER)
    assert later.pages[0].changed_at == again.pages[0].changed_at
    assert later.pages[0].version != again.pages[0].version
    fake.passes(days=1)
    assert len(titles(list(opens().read(later.cursor, EVER)))) == 25  # whole, once a day


def test_a_cursor_that_is_forgotten_begins_again_and_a_short_wait_is_waited(
    opens: Opens, fake: NotionFake
) -> None:
    for number in range(12):
        fake.passes(minutes=1)
        fake.writes(f"Page {number}", WORDS)
    first = next(opens().read(None, EVER))
    fake.cursors.clear()
    fake.faults.append(Answer(429, {"code": "rate_limited"}, {"Retry-After": "0"}))
    assert len(titles(list(opens().read(first.cursor, EVER)))) == 12
    fake.faults.append(Answer(429, {"code": "rate_limited"}, {"Retry-After": "90"}))
    with pytest.raises(TooManyRequests):
        list(opens().read(None, EVER))
    for answer in (Answer(502, "<html>"), Answer(200, "<html>"), Answer(200, [])):
        fake.faults.append(answer)
        with pytest.raises(ToolIsAway):
            list(opens().read(None, EVER))


def test_what_is_in_the_trash_or_shared_no_more_is_gone_and_what_the_search_forgot_is_not(
    opens: Opens, fake: NotionFake
) -> None:
    pages = [fake.writes(f"Page {number}", WORDS) for number in range(105)]
    fake.pages[pages[0]].in_trash = True
    fake.pages[pages[1]].shared = False
    fake.unlisted.add(pages[2])
    assert opens().gone(pages) == {pages[0], pages[1]}


def test_a_page_that_goes_while_it_is_read_keeps_no_other_back(opens: Opens, fake: NotionFake) -> None:
    page = fake.writes("Going", WORDS)
    fake.passes(minutes=1)
    fake.writes("Staying", WORDS)
    fake.pages[page].properties["Tags"] = {"type": "multi_select"}
    del fake.blocks[page]
    assert titles(list(opens().read(None, EVER))) == ["Staying"]


def test_long_pages_and_blocks_within_blocks_come_whole(opens: Opens, fake: NotionFake) -> None:
    deep = block("bulleted_list_item", "one", block("bulleted_list_item", "two", block("paragraph", "three")))
    body = body_of(fake, opens, deep, *(block("numbered_list_item", f"step {number}") for number in range(150)))
    assert body.startswith("- one\n  - two\n\n    three\n\n1. step 0\n2. step 1")
    assert body.endswith("150. step 149")


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/acme/Late-parcels-0123456789abcdef0123456789abcdef?pvs=4#b1", f"https://www.notion.so/{PAGE}#b1"),
        ("https://www.notion.so/0123456789abcdef0123456789abcdef", f"https://www.notion.so/{PAGE}"),
        ("https://x.example/0123456789abcdef0123456789abcdef", f"https://x.example/{PAGE}"),
        ("/login", "https://www.notion.so/login"),
    ],
)
def test_a_link_to_a_page_leads_to_the_address_that_its_article_has(address: str, leads_to: str) -> None:
    assert words_of(rich("there", address)) == f"[there]({leads_to})"


def test_every_block_becomes_markdown(opens: Opens, fake: NotionFake) -> None:
    cells = [[rich("Plan"), rich("Days")], [rich("A|B"), rich("30")]]
    row = [{"type": "table_row", "table_row": {"cells": each}} for each in cells]
    linked = {"type": "paragraph", "paragraph": {"rich_text": rich("there", "/5983378700000000")}}
    hosted = {"type": "image", "image": {"type": "file", "file": {"url": "https://s3.example/x?sig=1"}}}
    bold = {"type": "paragraph", "paragraph": {"rich_text": rich("bold ", bold=True) + rich("and x", code=True)}}
    blocks = [
        block("heading_2", "Late *parcels*"),
        bold,
        linked,
        block("to_do", "done", checked=True),
        block("to_do", "open"),
        block("callout", "Careful", icon={"emoji": "⚠️"}),
        block("code", "a < b\n```", language="sql"),
        block("toggle", "More", block("paragraph", "Inside")),
        {"type": "table", "table": {"table_width": 2}, "within": row},
        {"type": "divider", "divider": {}},
        block("column_list", "", block("column", "", block("paragraph", "left"))),
        {"type": "image", "image": {"type": "external", "external": {"url": "https://x.example/a.png"}}},
        hosted,
        {"type": "bookmark", "bookmark": {"url": "https://x.example/", "caption": rich("Terms")}},
        {"type": "child_page", "child_page": {"title": "Below"}, "within": [WORDS]},
        {"type": "unsupported", "unsupported": {}},
    ]
    text = body_of(fake, opens, *blocks)
    parts = text.split("\n\n")
    assert parts[:3] == [
        "## Late \\*parcels\\*",
        "**bold** `and x`",
        "[there](https://www.notion.so/5983378700000000)",
    ]
    assert parts[3:6] == ["- [x] done\n- [ ] open", "> ⚠️ Careful", "````sql\na < b\n```\n````"]
    assert parts[6:9] == ["**More**", "Inside", "| Plan | Days |\n| --- | --- |\n| A\\|B | 30 |"]
    assert parts[9:12] == ["---", "left", "![picture](https://x.example/a.png)"]
    assert parts[12].startswith("![picture](https://www.notion.so/59833787")
    assert parts[13] == "[Terms](https://x.example/)"
    assert parts[14].startswith("[Below](https://www.notion.so/")
    assert len(parts) == 15
    assert "sig=1" not in text


@pytest.mark.parametrize("ahead", [timedelta(minutes=-7), timedelta(hours=3)])
def test_a_clock_that_is_wrong_here_loses_nothing(opens: Opens, fake: NotionFake, ahead: timedelta) -> None:
    cursor = None
    for number in range(3):
        fake.writes(f"Page {number}", WORDS)
        fake.passes(minutes=30)
        (page,) = opens(ahead).read(cursor, EVER)
        assert titles([page]) == [f"Page {number}"]
        cursor = page.cursor


def test_a_page_of_an_hour_ago_is_not_read_again(opens: Opens, fake: NotionFake) -> None:
    fake.writes("Old", WORDS)
    fake.passes(hours=1)
    (first,) = opens().read(None, EVER)
    fake.passes(minutes=10)
    assert titles(list(opens().read(first.cursor, START + timedelta(days=-1)))) == []

"""Reading a Confluence site; its documentation is named where it is played."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest

from bot.connectors.confluence import PROVIDER
from bot.connectors.confluence_read import Place, markdown_of
from bot.connectors.helpdesk import SignInFailed, ToolIsAway, TooManyRequests, base_address
from bot.connectors.knowledge import EVER, KnowledgeBase, PagesRead
from tests.connectors.confluence_fake import LOGIN, START, ConfluenceFake
from tests.connectors.wsgi_fake import Answer
from tests.sandbox.bots import served

Opens = Callable[..., KnowledgeBase]
EMAIL, TOKEN = LOGIN.split(":")
PLACE = Place("https://acme.atlassian.net/wiki", "SUP", "7")


@pytest.fixture
def fake() -> ConfluenceFake:
    return ConfluenceFake()


@pytest.fixture
def opens(fake: ConfluenceFake) -> Iterator[Opens]:
    """Signs in anew, as each reading does, by a clock that may be wrong."""
    with served(fake) as address, ExitStack() as opened:

        def sign_in(spaces: str = "SUP, HELP", ahead: timedelta = timedelta(0)) -> KnowledgeBase:
            secrets = {"email": EMAIL, "token": TOKEN, "spaces": spaces}
            base = PROVIDER.open(address, secrets, lambda: fake.now + ahead)
            opened.callback(base.close)
            return base

        yield sign_in


def titles(pages: list[PagesRead]) -> list[str]:
    return [each.title for page in pages for each in page.pages]


def test_whoever_signs_in_is_named_and_sees_all_spaces(opens: Opens, fake: ConfluenceFake) -> None:
    assert opens().check() == "Ana Ruiz"
    for spaces in ("SUP, HR", " ,"):
        with pytest.raises(SignInFailed):
            opens(spaces).check()
    fake.login = "ana@example.com:expired"
    with pytest.raises(SignInFailed):
        opens().check()
    assert base_address(PROVIDER, "https://acme.atlassian.net/wiki/spaces/SUP") == "https://acme.atlassian.net"


def test_pages_come_whole_at_first_and_then_what_changed(opens: Opens, fake: ConfluenceFake) -> None:
    words = "<p>Within <strong>30 days</strong>.</p>"
    page = fake.writes("Refunds", words, labels=["sop", "billing"], owner="Ana@example.com")
    for number in range(30):
        fake.writes(f"Page {number}")
    fake.writes("Salaries", space="HR")
    fake.lists_archived = True  # where the index has not heard of it yet
    fake.pages[fake.writes("Old")].status = "archived"
    fake.passes(days=400)
    pages = list(opens().read(None, EVER))
    assert [len(each.pages) for each in pages] == [25, 6]
    assert [each.more for each in pages] == [True, False]
    first = pages[0].pages[0]
    assert (first.external_id, first.title, first.body) == (page, "Refunds", "Within **30 days**.")
    assert (first.tags, first.owner_email, first.changed_at) == (("billing", "sop"), "Ana@example.com", START)
    assert first.url.endswith(f"/wiki/spaces/SUP/pages/{page}/Refunds")
    fake.passes(hours=2)
    fake.edits(page, "<p>Within 14 days.</p>")
    fake.passes(minutes=3)
    (again,) = opens().read(pages[-1].cursor, EVER)
    assert titles([again]) == ["Refunds"]
    assert again.pages[0].version != first.version
    assert titles(list(opens().read(again.cursor, EVER))) == ["Refunds"]  # once more, by the overlap
    fake.passes(days=1)
    assert len(titles(list(opens().read(again.cursor, EVER)))) == 31  # whole, once a day


@pytest.mark.parametrize("ahead", [timedelta(minutes=-7), timedelta(hours=3)])
def test_a_clock_that_is_wrong_here_loses_nothing(opens: Opens, fake: ConfluenceFake, ahead: timedelta) -> None:
    cursor = None
    for number in range(3):
        fake.writes(f"Page {number}")
        fake.passes(minutes=30)
        (page,) = opens(ahead=ahead).read(cursor, EVER)
        assert titles([page]) == [f"Page {number}"]
        assert datetime.fromisoformat(page.cursor["since"]) == fake.now + min(ahead, timedelta(0))
        cursor = page.cursor


@pytest.mark.parametrize("date", ["soon", "Mon, 02 Nov 2026 09:00:00 -0000"])
def test_a_time_that_is_none_or_names_no_zone_keeps_nobody_from_reading(
    opens: Opens, fake: ConfluenceFake, date: str
) -> None:
    fake.writes("Refunds")
    fake.faults.append(Answer(200, {"displayName": "Ana Ruiz"}, {"Date": date}))
    assert titles(list(opens().read(None, EVER))) == ["Refunds"]


def test_reading_goes_on_behind_a_page_also_where_its_cursor_is_forgotten(
    opens: Opens, fake: ConfluenceFake
) -> None:
    for number in range(60):
        fake.writes(f"Page {number}")
    first = next(opens().read(None, EVER))
    assert titles(list(opens().read(first.cursor, EVER)))[0] == "Page 25"
    fake.cursors.clear()
    assert titles(list(opens().read(first.cursor, EVER)))[0] == "Page 0"


def test_it_is_left_alone_as_it_wants_and_what_is_no_answer_is_none(opens: Opens, fake: ConfluenceFake) -> None:
    fake.writes("Refunds")
    fake.faults.append(Answer(429, "", {"Retry-After": "0"}))
    assert titles(list(opens().read(None, EVER))) == ["Refunds"]
    fake.faults.append(Answer(429, "", {"Retry-After": "600"}))
    with pytest.raises(TooManyRequests) as told:
        list(opens().read(None, EVER))
    assert told.value.seconds == 600
    for answer in (Answer(500, "<html>"), Answer(200, "<html>Log in</html>"), Answer(302, "")):
        fake.faults.append(answer)
        with pytest.raises(ToolIsAway):
            list(opens().read(None, EVER))


def test_what_is_deleted_archived_or_hidden_is_gone(opens: Opens, fake: ConfluenceFake) -> None:
    pages = [fake.writes(f"Page {number}") for number in range(120)]
    fake.pages[pages[1]].status = "trashed"
    fake.pages[pages[2]].status = "archived"
    fake.pages[pages[119]].hidden = True
    del fake.pages[pages[3]]
    assert opens().gone(pages) == {pages[1], pages[2], pages[3], pages[119]}
    assert opens().gone([]) == set()
    assert opens("HELP").gone(pages[:1]) == {pages[0]}


def test_a_page_that_cannot_be_read_keeps_no_other_back_and_fields_may_be_missing(
    opens: Opens, fake: ConfluenceFake
) -> None:
    bare = fake.writes("Bare")
    fake.plain.add(bare)
    fake.writes("Broken", "<p>never closed")
    fake.writes("Deep", "<div>" * 5000 + "</div>" * 5000)
    (page,) = opens().read(None, EVER)
    (only,) = page.pages
    assert (only.title, only.body, only.tags, only.owner_email, only.changed_at) == ("Bare", "", (), None, None)
    assert only.url.endswith(f"pageId={bare}")
    del fake.pages[bare]
    with pytest.raises(ToolIsAway):
        list(opens().read(None, EVER))


@pytest.mark.parametrize(
    ("storage", "expected"),
    [
        ("<h2>Late <em>parcels</em></h2>loose words", "## Late _parcels_\n\nloose words"),
        ("<p>caf&eacute;&nbsp;&mdash; a &amp; b &unknown; 5 &lt; 6</p>", "café — a & b \\&unknown; 5 \\< 6"),
        ("<p>one<br />two</p>", "one\\\ntwo"),
        ("<ul><li>one<ul><li>deep</li></ul></li><li><p>two</p></li></ul>", "- one\n  - deep\n- two"),
        ("<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"),
        ('<ol start="3"><li>three</li></ol><ol start="x"><li>one</li></ol>', "3. three\n\n1. one"),
        ("<p><strong>Note</strong><strong>: </strong>a<code>b</code><code>c</code></p>", "**Note:** a`bc`"),
        ("<p><strong>Note:</strong>at once, 5 &amp;lt; 6</p>", "**Note**:at once, 5 \\&lt; 6"),
        (
            '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note'
            "</ac:adf-attribute><ac:adf-content><p>Never</p></ac:adf-content></ac:adf-node><ac:adf-fallback>"
            '<div class="panel"><p>Never</p></div></ac:adf-fallback></ac:adf-extension>',
            "> Never",
        ),
        (
            "<table><tbody><tr><th>Plan</th><th>Days</th></tr><tr><td><p>A</p><p>B</p></td><td>3|4</td></tr></tbody>"
            "</table>",
            "| Plan | Days |\n| --- | --- |\n| A / B | 3\\|4 |",
        ),
        (
            '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sql</ac:parameter>'
            "<ac:plain-text-body><![CDATA[a < b && c &nbsp;]]></ac:plain-text-body></ac:structured-macro>",
            "```sql\na < b && c &nbsp;\n```",
        ),
        (
            '<ac:structured-macro ac:name="warning"><ac:rich-text-body><p>Never</p><p>twice</p>'
            "</ac:rich-text-body></ac:structured-macro>",
            "> **Warning**\n>\n> Never\n>\n> twice",
        ),
        (
            '<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">More</ac:parameter>'
            "<ac:rich-text-body><p>Inside</p></ac:rich-text-body></ac:structured-macro>",
            "**More**\n\nInside",
        ),
        ('<ac:structured-macro ac:name="toc" /><p>after</p>', "after"),
        (
            '<p>Is <ac:structured-macro ac:name="status"><ac:parameter ac:name="title">OPEN</ac:parameter>'
            "</ac:structured-macro> now</p>",
            "Is **OPEN** now",
        ),
        (
            '<p><ac:link><ri:page ri:content-title="Late parcels" /><ac:plain-text-link-body>'
            "<![CDATA[late & lost]]></ac:plain-text-link-body></ac:link></p>",
            "[late & lost](https://acme.atlassian.net/wiki/display/SUP/Late+parcels)",
        ),
        (
            '<p><ac:link ac:anchor="How"><ri:page ri:space-key="HELP" ri:content-title="Chat" /></ac:link></p>',
            "[Chat](https://acme.atlassian.net/wiki/display/HELP/Chat#How)",
        ),
        ('<p>Ask <ac:link><ri:user ri:account-id="a-1" /></ac:link></p>', "Ask (somebody)"),
        ('<p><a href="https://x.example/a_(b)">there</a></p>', "[there](https://x.example/a_%28b%29)"),
        (
            '<ac:image ac:alt="The form"><ri:attachment ri:filename="a b.png" /></ac:image>',
            "![The form](https://acme.atlassian.net/wiki/download/attachments/7/a%20b.png)",
        ),
        (
            "<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Ask</ac:task-body>"
            "</ac:task></ac:task-list>",
            "- [x] Ask",
        ),
        (
            '<ac:layout><ac:layout-section ac:type="two"><ac:layout-cell><p>left</p></ac:layout-cell>'
            "<ac:layout-cell><p>right</p></ac:layout-cell></ac:layout-section></ac:layout><hr />",
            "left\n\nright\n\n---",
        ),
        ("", ""),
    ],
)
def test_the_storage_format_becomes_markdown(storage: str, expected: str) -> None:
    assert markdown_of(storage, PLACE) == expected

"""What a folder of Markdown says of its articles."""

from uuid import UUID, uuid4

import pytest

from bot.connectors.markdown_files import MarkdownFile, read_markdown
from bot.domain.imports import BadFile
from bot.domain.kb import Kind, State
from bot.domain.kb_import import read_articles, title_of_path
from bot.domain.kb_new import NewArticle

ANA = uuid4()
PEOPLE: dict[str, UUID] = {"ana@example.com": ANA}


def file(text: str, path: str = "kb/refund.md") -> MarkdownFile:
    return read_markdown(path, text.encode())


def article(text: str, path: str = "kb/refund.md") -> NewArticle:
    (found,) = read_articles([file(text, path)], PEOPLE, "en").articles
    return found


def problems(text: str) -> list[tuple[int, str | None, str, str]]:
    with pytest.raises(BadFile) as bad:
        article(text)
    return [(each.line, each.column, each.found, each.expected) for each in bad.value.problems]


def test_what_stands_on_top_is_what_is_known_of_it() -> None:
    found = article(
        "---\ntitle: Refunds: late\n".replace(": late", " late")
        + "owner: Ana@example.com\ntags: [refunds, 5.10, refunds]\nproduct: Basic\nlanguage: de\nkind: SOP\n"
        "review_days: 30\nstate: draft\n---\n# Anders\n\nWörter\n"
    )
    assert (found.title, found.owner_id, found.tags) == ("Refunds late", ANA, ("refunds", "5.10"))
    assert (found.kind, found.language, found.product) == (Kind.SOP, "de", "Basic")
    assert (found.review_days, found.state, found.body) == (30, State.DRAFT, "# Anders\n\nWörter")
    assert (found.source, found.external_id) == ("folder", "kb/refund.md")


def test_a_file_without_a_title_is_called_by_its_heading_or_else_by_its_name() -> None:
    assert article("## How `to` *refund*\n\nx").title == "How to refund"
    assert article("Only words.", "kb/02-late_parcels.md").title == "Late parcels"
    assert title_of_path("kb/Billing/README.md") == "Billing"
    assert title_of_path("README.md") == "README"


def test_tags_may_have_commas_between_them_and_an_unknown_owner_is_nobody() -> None:
    read = read_articles([file("---\ntags: '#a, b'\nowner: gone@example.com\nlayout: post\n---\nx")], PEOPLE, "fr")
    assert (read.articles[0].tags, read.articles[0].owner_id, read.articles[0].language) == (
        ("a", "b"),
        None,
        "fr",
    )
    assert read.strangers == {"gone@example.com": 1}
    assert read.ignored == ("layout",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: a\nkind: novel\n---\nx", [(3, "kind", "novel", "article, sop, guide or canned")]),
        ("---\nreview_days: soon\n---\nx", [(2, "review_days", "soon", "days from 1 to 1000")]),
        ("---\ntitle: [a, b]\n---\nx", [(2, "title", "a, b", "one value")]),
        ("---\ntitle: a\n---\n\n", [(1, "text", "", "some words below the front matter")]),
        ("---\ntitle: a\nx", [(1, "front matter", "---", "another line of --- where the front matter ends")]),
        (
            "---\nkind: novel\nlanguage: english!\n---\nx",
            [
                (2, "kind", "novel", "article, sop, guide or canned"),
                (3, "language", "english!", "a code such as en or de"),
            ],
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_line(text: str, expected: list[tuple[int, str, str, str]]) -> None:
    assert problems(text) == expected


def test_bad_yaml_and_bad_letters_are_named_by_their_line() -> None:
    ((line, column, found, _),) = problems("---\ntitle: a\nowner: 'ana\n---\nx")
    assert (line, column) == (3, "front matter")
    assert found.startswith("owner") or found == ""
    with pytest.raises(BadFile) as bad:
        read_markdown("kb/x.md", b"one\ntwo \xff\n")
    assert bad.value.problems[0].line == 2


def test_a_file_of_windows_reads_like_any_other() -> None:
    found = read_markdown("kb/x.md", "\ufeff---\r\ntitle: T\r\n---\r\nA\r\nB".encode())
    assert (found.front["title"].words, found.body) == ("T", "A\nB")

"""Articles: written, read page by page, edited by two at once, put right, and dropped as a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.actions.kb_mirror import mirror
from bot.domain.kb import FOLDER, Kind
from bot.domain.kb_new import NewArticle
from bot.domain.permissions import OPERATOR
from bot.settings import Mode
from storage.kb import article_of_number, uses_of, versions_of
from storage.tables import Connection
from tests.scenarios.uploading import Desk, uploading
from tests.workplace import Workplace


@pytest.fixture
def kb(work: Workplace) -> Workplace:
    work.at("2026-11-02 12:00")
    work.people()
    return work


@pytest.fixture
def dropping(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    with uploading(sqlite_url, Mode.HTTP, tmp_path) as desk:
        yield desk


def writes(work: Workplace, who: str, title: str, text: str, command: str = "/kb new", when: str = "") -> str:
    """Somebody fills the form; what they read then."""
    person = work.person(who)
    person.types(command)
    person.sees_modal("Write an article")
    person.fills("Title", title)
    person.fills("Text", text)
    if when:
        person.picks("When", when)
    person.submits()
    said = person.sees_modal("Write an article").text
    person.closes()
    return said


def puts(work: Workplace, *articles: NewArticle) -> None:
    with work.deps.sessions.write(work.sandbox.team_id) as session:
        for each in articles:
            mirror(session, work.deps, OPERATOR, each)


def in_folder(path: str, title: str, body: str) -> NewArticle:
    return NewArticle(Kind.ARTICLE, title, body, source=FOLDER, external_id=path, external_version=body[:20])


def test_an_article_is_written_read_and_found_under_its_number(everywhere: Workplace) -> None:
    work = everywhere
    work.at("2026-11-02 12:00")
    work.people()
    empty = work.asks("ana", "/kb")
    assert "Nothing is written yet." in empty.text
    assert empty.buttons == ["Write an article…", "Yours"]

    ana = work.person("ana")
    ana.presses("Write an article…", empty)
    form = ana.sees_modal("Write an article")
    assert "Owner" not in form.fields  # an agent writes their own
    ana.fills("Title", "Refunds after 30 days")
    ana.fills("Text", "# When\n\nWithin **60 days** of <delivery>.\n\n| Plan | Days |\n|---|---|\n| Basic | 14 |")
    ana.fills("Tags", "#refunds, 5.2, refunds")
    ana.presses("Preview")
    assert "Within 60 days of <delivery>." in ana.sees_modal("Write an article").text
    ana.presses("Another field for more text")
    ana.fills("Text, continued (2)", "## Who\n\nAsk your lead.")
    ana.submits()
    said = ana.sees_modal("Write an article")
    assert said.text.startswith("Article 1 “Refunds after 30 days” is published: people find it from now on.")
    ana.presses("Open")
    shown = ana.sees_modal("Article 1")
    assert "Article · English · #refunds · #5.2" in shown.text
    assert "Plan   Days" in shown.text
    assert "Ask your lead." in shown.text
    assert "Owner: @Ana Ruiz · verified Mon, Nov 2 by @Ana Ruiz" in shown.text
    ana.closes(everything=True)

    read = work.asks("ben", "/kb 1")
    assert "Within 60 days of <delivery>." in read.text
    assert "Edit…" not in read.buttons
    assert "Share…" in read.buttons
    assert "Most used in 30 days" in work.asks("ben", "/kb").text
    assert "There is no article 404, and nothing answers it." in work.asks("ben", "/kb 404").text
    assert "no article 7" in work.asks("ben", "/kb #7").text
    assert "Articles" not in work.asks("ben", "/kb mine").text
    assert work.asks("ana", "/kb mine").text.startswith("Your articles: 1")
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        row = article_of_number(session, 1)
        assert row
        assert sum(uses_of(session, row.id, row.created_at.date()).values()) == 2


def test_the_menu_leads_keepers_to_what_is_due_and_to_what_is_missing(kb: Workplace) -> None:
    writes(kb, "ana", "Late parcels", "Wait.")
    kb.at("2027-02-01 12:00")
    cora = kb.person("cora")
    for label, said in (("Due for review", "Late parcels"), ("What is missing", "Nothing is missing")):
        shown = kb.asks("cora", "/kb")
        cora.presses(label, shown)
        assert said in cora.last().text
    mine = kb.asks("ana", "/kb")
    assert "Yours, to be looked at" in mine.text
    assert "Due for review" not in mine.buttons


def test_a_draft_is_for_its_owner_and_is_published_from_its_versions(kb: Workplace) -> None:
    said = writes(kb, "ana", "Late parcels", "Wait.", when="Keep it as a draft")
    assert "is kept as a draft" in said
    assert "no article 1, or it is not published" in kb.asks("ben", "/kb 1").text
    draft = kb.asks("ana", "/kb 1")
    assert "Version 1, draft: nothing is published yet." in draft.text
    ana = kb.person("ana")
    ana.presses("Versions", draft)
    versions = ana.last()
    ana.presses("Publish", versions)
    assert "Version 1 · what people read" in ana.refreshed(versions).text
    assert "Wait." in kb.asks("ben", "/kb 1").text


def test_of_two_who_edit_at_once_the_second_loses_nothing_and_decides(kb: Workplace) -> None:
    writes(kb, "ana", "Late parcels", "Wait five days.\n\nThen ask.")
    ana, cora = kb.person("ana"), kb.person("cora")
    for person, name in ((ana, "ana"), (cora, "cora")):
        person.presses("Edit…", kb.asks(name, "/kb 1"))
        person.sees_modal("Edit article 1")
    cora.fills("Text", "Wait six days.\n\nThen ask.")
    cora.fills("Why it is changed", "The carrier is slower")
    cora.submits()
    assert "is published" in cora.sees_modal("Edit article 1").text
    cora.closes()
    ana.fills("Text", "Wait seven days.\n\nThen ask.")
    ana.submits()
    again = ana.sees_modal("Edit article 1")
    assert "@Cora Lind wrote version 2 meanwhile, so nothing was saved yet." in again.text
    assert again.fields["Text"] == "Wait seven days.\n\nThen ask."
    ana.submits()
    assert "is published" in ana.sees_modal("Edit article 1").text
    ana.closes()

    shown = kb.asks("ana", "/kb 1")
    assert "Wait seven days." in shown.text
    ana.presses("Versions", shown)
    versions = ana.last()
    assert "The carrier is slower" in versions.text
    ana.presses("Read version 2", versions)
    assert "Wait six days." in ana.sees_modal("Article 1").text
    ana.closes()
    ana.presses("What differs in version 3", versions)
    assert "Wait six seven days." in ana.sees_modal("What differs").text
    ana.closes()
    ana.presses("Bring back version 2", versions, confirm=True)
    assert "Version 4 · what people read" in ana.refreshed(versions).text
    assert "Wait six days." in kb.asks("ben", "/kb 1").text


def test_a_long_article_is_read_by_page_and_heading_and_leads_to_others_of_its_folder(kb: Workplace) -> None:
    long = "\n\n".join(f"## Step {number}\n\n" + f"Do number {number}. " * 90 for number in range(1, 9))
    puts(
        kb,
        in_folder("kb/long.md", "Long one", f"See [refunds](billing/refund.md#how).\n\n{long}"),
        in_folder(
            "kb/billing/refund.md", "Refunds", "# Refunds\n\nIntro\n\n## How\n\nBy hand. [Back](../long.md)"
        ),
    )
    puts(kb, in_folder("kb/long.md", "Long one", f"See [refunds](billing/refund.md#how).\n\n{long}"))
    ben = kb.person("ben")
    first = kb.asks("ben", "/kb 1")
    assert "See refunds (article 2)." in first.text
    assert "Step 1" in first.text
    assert "Step 8" not in first.text.partition("Go to a heading")[2]
    second = kb.presses("ben", "Next", first)
    assert "Page 2 of" in second.text
    ben.chooses("Go to a heading", "Step 8", second)
    last = ben.refreshed(second)
    assert "Do number 8." in last.text
    assert "Next" not in last.buttons
    again = kb.asks("ben", "/kb article 1")
    ben.presses("Open article 2", again)
    other = ben.sees_modal("Article 2")
    assert "By hand. Back (article 1)" in other.text
    ben.presses("Open article 1")
    assert "See refunds (article 2)." in ben.sees_modal("Article 1").text
    ben.closes(everything=True)


def test_what_is_archived_is_not_read_until_it_is_brought_back(kb: Workplace) -> None:
    writes(kb, "ana", "Old promo", "Ten percent.")
    shown = kb.asks("ana", "/kb 1")
    assert "Archived" in kb.presses("ana", "Archive", shown).text
    assert "or it is not published" in kb.asks("ben", "/kb 1").text
    kb.presses("ana", "Bring back", kb.asks("ana", "/kb 1"))
    assert "Ten percent." in kb.asks("ben", "/kb 1").text


def test_what_was_archived_while_somebody_edits_it_stays_so_and_the_form_stays_open(kb: Workplace) -> None:
    writes(kb, "ana", "Old promo", "Ten percent.")
    ana, cora = kb.person("ana"), kb.person("cora")
    shown = kb.asks("ana", "/kb 1")
    ana.presses("Edit…", shown)
    ana.fills("Text", "Twelve percent.")
    cora.presses("Archive", kb.asks("cora", "/kb 1"))
    ana.submits()
    form = ana.sees_modal("Edit article 1")
    assert "It was archived meanwhile." in str(form.errors)
    assert form.fields["Text"] == "Twelve percent."
    kb.presses("cora", "Bring back", kb.asks("cora", "/kb 1"))
    ana.submits()
    assert "is published" in ana.sees_modal("Edit article 1").text


def test_an_old_card_does_not_bring_back_what_is_archived(kb: Workplace) -> None:
    writes(kb, "ana", "Old promo", "Ten percent.", when="Keep it as a draft")
    ana = kb.person("ana")
    shown = kb.asks("ana", "/kb 1")
    ana.presses("Versions", shown)
    versions = ana.last()
    ana.presses("Archive", shown)
    ana.presses("Publish", versions)
    assert "It is archived. Bring it back first" in ana.last().text
    assert "or it is not published" in kb.asks("ben", "/kb 1").text


def test_an_article_opens_on_top_of_as_many_forms_as_slack_allows(kb: Workplace) -> None:
    writes(kb, "ana", "Old promo", "Ten percent.")
    ana = kb.person("ana")
    ana.presses("Open", kb.asks("ana", "/kb mine"))
    ana.presses("Versions")
    ana.presses("Read version 1")
    ana.presses("Versions")
    assert "Version 1 · what people read" in ana.sees_modal().text
    ana.presses("Read version 1")
    assert "Ten percent." in ana.sees_modal("Article 1").text


def test_the_original_of_what_is_mirrored_is_edited_where_it_is(kb: Workplace) -> None:
    there = NewArticle(
        Kind.ARTICLE,
        "Warranty",
        "Two years.",
        source="confluence",
        external_id="77",
        external_url="https://acme.atlassian.net/wiki/77",
    )
    puts(kb, there)
    shown = kb.asks("cora", "/kb 1")
    assert "from Confluence" in shown.text
    assert {"Edit…", "Archive"} <= set(shown.buttons)  # as long as it is not connected
    with kb.deps.sessions.write(kb.sandbox.team_id) as session:
        to: dict[str, Any] = {
            "address": "https://acme.atlassian.net",
            "secret": b"",
            "options": {},
            "state": "good",
        }
        at = kb.deps.clock()
        session.add(Connection(workspace_id=session.workspace_id, kind="confluence", connected_at=at, **to))
    shown = kb.asks("cora", "/kb 1")
    assert "Edit in Confluence" in shown.text
    assert not {"Edit…", "Archive"} & set(shown.buttons)
    assert "It has no owner" in shown.text


def test_a_markdown_file_in_a_direct_message_is_a_draft_and_the_next_version_where_it_says_so(
    dropping: Desk,
) -> None:
    card = dropping.drops("ana", "refund-rules.md", "---\ntags: [refunds]\n---\nWithin 60 days.")
    assert "kept as a draft: version 1 of article 1 “Refund rules”" in card.text
    assert card.buttons == ["Open", "Publish"]
    ana = dropping.work.person("ana")
    ana.presses("Publish", card)
    dropping.settles()
    assert ana.refreshed(card).buttons == ["Open"]
    assert "Within 60 days." in dropping.work.asks("ben", "/kb 1").text

    wrong = dropping.drops("ana", "x.md", "---\nkind: novel\n---\nWords")
    assert "x.md, line 2: “novel” is not article, sop, guide or canned." in wrong.text
    theirs = dropping.drops("ben", "y.md", "---\narticle: 1\n---\nBen's words")
    assert "is not yours to write" in theirs.text
    again = dropping.drops("cora", "y.md", "---\narticle: 1\n---\nWithin 90 days.\n\n## Exceptions\n\nNone.")
    assert "version 2 of article 1 “Refund rules”" in again.text
    assert "Within 60 days." in dropping.work.asks("ben", "/kb 1").text
    assert dropping.stored() == []
    with dropping.work.deps.sessions.read(dropping.work.sandbox.team_id) as session:
        row = article_of_number(session, 1)
        assert row
        assert [each.state for each in versions_of(session, row.id)] == ["draft", "published"]

"""A folder of Markdown is taken over, and taken over again."""

from pathlib import Path

import pytest

from bot.actions.kb_import import KbImported, import_kb
from bot.actions.kb_turn import archive, write_version
from bot.connectors.markdown_files import find_files, read_markdown
from bot.domain.imports import BadFile
from bot.domain.kb import FOLDER, What
from bot.domain.permissions import OPERATOR, Actor, Grant, NotPermitted, Role
from storage.kb import article_of_source, articles_of_source, articles_tagged, most_used, version_of
from tests.actions.desk import NOW, Desk


class Folder:
    """A folder of articles on the disk."""

    def __init__(self, desk: Desk, path: Path) -> None:
        self.desk, self.path = desk, path / "kb"
        desk.people()

    def has(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def comes(self, *, prune: bool = False, actor: Actor = OPERATOR) -> KbImported:
        files = [
            read_markdown(f"kb/{path.relative_to(self.path).as_posix()}", path.read_bytes())
            for path in find_files(self.path)
        ]
        return import_kb(self.desk.deps, "T1", actor, files, folder="kb", prune=prune)

    def words(self, path: str) -> tuple[str, str, int | None]:
        """State, words and version of an article."""
        with self.desk.deps.sessions.read("T1") as session:
            row = article_of_source(session, FOLDER, path)
            assert row
            words = version_of(session, row.id, row.version)
            return row.state, words.body if words else "", row.version

    def edits(self, path: str, body: str) -> None:
        """Somebody writes a version in Slack."""
        ana = Actor(self.desk.member("ana").id, (Grant(Role.LEAD),))
        with self.desk.deps.sessions.write("T1") as session:
            row = article_of_source(session, FOLDER, path)
            assert row
            write_version(session, self.desk.deps, ana, row, row.title, body, publish=True)


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Folder:
    return Folder(desk, tmp_path)


def counts(done: KbImported) -> tuple[int, ...]:
    return tuple(len(done.paths[what]) for what in (What.ADDED, What.CHANGED, What.SAME, What.KEPT))


def test_a_folder_is_added_then_only_what_changed_is_and_what_is_gone_is_said(folder: Folder) -> None:
    folder.has("refund.md", "---\nowner: ana@example.com\ntags: [5.2, Refunds]\n---\n60 days")
    folder.has("deep/late.md", "Wait")
    folder.has(".git/no.md", "never")
    folder.has("notes.txt", "never")
    assert counts(folder.comes()) == (2, 0, 0, 0)
    assert counts(folder.comes()) == (0, 0, 2, 0)

    folder.has("refund.md", "---\ntags: [5.3]\n---\n90 days")
    done = folder.comes()
    assert (counts(done), done.paths[What.CHANGED]) == ((0, 1, 1, 0), ["kb/refund.md"])
    assert folder.words("kb/refund.md") == ("published", "90 days", 2)
    with folder.desk.deps.sessions.read("T1") as session:
        row = article_of_source(session, FOLDER, "kb/refund.md")
        assert row
        assert row.owner_id == folder.desk.member("ana").id  # whom the file no longer names
        assert row.verified_at is None  # nobody here has looked at it
        assert row.review_at
        assert (row.review_at - NOW).days == 90
        assert [len(articles_tagged(session, tag)) for tag in ("5.2", "#5.3", "refunds")] == [0, 1, 0]
        assert most_used(session, NOW.date(), 5) == []

    (folder.path / "deep/late.md").unlink()
    assert folder.comes().gone == ("kb/deep/late.md",)
    assert folder.words("kb/deep/late.md")[0] == "published"
    assert folder.comes(prune=True).gone == ("kb/deep/late.md",)
    assert folder.words("kb/deep/late.md")[0] == "archived"
    folder.has("deep/late.md", "Wait")
    assert counts(folder.comes()) == (0, 1, 1, 0)
    assert folder.words("kb/deep/late.md") == ("published", "Wait", 1)


def test_what_was_edited_in_slack_is_not_overwritten(folder: Folder) -> None:
    folder.has("refund.md", "60 days")
    folder.comes()
    folder.edits("kb/refund.md", "75 days")
    assert counts(folder.comes()) == (0, 0, 1, 0)
    folder.has("refund.md", "90 days")
    assert counts(folder.comes()) == (0, 0, 0, 1)
    assert folder.words("kb/refund.md")[1] == "75 days"


def test_what_was_archived_in_slack_does_not_come_back_with_the_next_import(folder: Folder) -> None:
    folder.has("refund.md", "60 days")
    folder.comes()
    ana = Actor(folder.desk.member("ana").id, (Grant(Role.LEAD),))
    with folder.desk.deps.sessions.write("T1") as session:
        row = article_of_source(session, FOLDER, "kb/refund.md")
        assert row
        archive(session, folder.desk.deps, ana, row)
    folder.has("refund.md", "90 days")
    assert counts(folder.comes()) == (0, 0, 0, 1)
    assert folder.words("kb/refund.md")[0] == "archived"


def test_names_of_files_are_kept_as_links_spell_them() -> None:
    assert read_markdown("kb/Ru\u0308ckgabe \udcff.md", b"x").path == "kb/Rückgabe ?.md"


def test_one_bad_file_and_nothing_is_imported(folder: Folder) -> None:
    folder.has("good.md", "Fine")
    folder.has("bad.md", "---\nkind: novel\n---\nx")
    with pytest.raises(BadFile) as bad:
        folder.comes()
    assert [(each.file, each.line) for each in bad.value.problems] == [("kb/bad.md", 2)]
    with folder.desk.deps.sessions.read("T1") as session:
        assert articles_of_source(session, FOLDER) == {}


def test_an_agent_takes_no_folder_over(folder: Folder) -> None:
    folder.has("good.md", "Fine")
    with pytest.raises(NotPermitted):
        folder.comes(actor=Actor(folder.desk.member("ben").id, (Grant(Role.AGENT),)))

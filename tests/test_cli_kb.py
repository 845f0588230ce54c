"""``floorwalker import kb``, as it is typed where the bot runs."""

from pathlib import Path

import pytest

from bot.cli import main
from bot.manifest import manifest
from bot.sandbox import Sandbox


def test_a_folder_is_imported_and_said_file_by_file(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "kb"
    (folder / "billing").mkdir(parents=True)
    (folder / "billing/refund.md").write_text("---\nowner: ana@example.com\nlayout: post\n---\nWithin 60 days")
    (folder / "late.md").write_text("# Late parcels\n\nWait")
    monkeypatch.chdir(tmp_path)

    def says(*arguments: str, code: int = 0) -> str:
        ended = 0
        try:
            main(["import", "kb", *arguments])
        except SystemExit as end:
            ended = int(end.code or 0)
        assert ended == code
        printed = capsys.readouterr()
        return printed.out + printed.err

    with Sandbox(manifest(), rates="off") as sandbox:
        monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
        monkeypatch.setenv("SLACK_APP_TOKEN", sandbox.app_token)
        monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
        monkeypatch.setenv("FLOORWALKER_DATABASE_URL", sqlite_url)
        added = [
            "  added     kb/billing/refund.md",
            "  added     kb/late.md",
            "ignored on top of files: layout",
            "not on the roster, so nobody owns what is theirs: ana@example.com (1)",
            "2 added, 0 changed, 0 the same, 0 left as in Slack, 0 gone",
        ]
        assert says("kb", "--dry-run").splitlines() == [*added, "Nothing was written (dry run)."]
        assert says("kb").splitlines() == added
        (folder / "late.md").unlink()
        (folder / "bad.md").write_text("---\nkind: novel\n---\nx")
        assert says("kb", code=1).splitlines() == [
            "Nothing was imported: 1 problem.",
            "kb/bad.md, line 2, column kind: “novel” is not article, sop, guide or canned",
        ]
        (folder / "bad.md").unlink()
        assert "  archived  kb/late.md" in says("kb", "--prune", "--dry-run")
        assert "To archive it: the same again with --prune" in says("kb")
        assert "  archived  kb/late.md" in says("kb", "--prune")
    (tmp_path / "empty").mkdir()
    assert says("empty", code=1) == "empty: there are no Markdown files (.md) in it.\n"

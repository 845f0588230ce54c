import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook
from typer.main import get_command

from bot.actions.imports import ImportInUse
from bot.actions.settings import Preferences
from bot.cli import app, main
from bot.cli.reports import in_use_report
from bot.domain.imports import Dependents
from bot.manifest import as_yaml, manifest
from bot.sandbox import Sandbox
from bot.settings import Settings
from storage.db import Sessions, open_engine
from storage.people import member_by_email
from storage.tables import Base
from tests.databases import Cluster

PEOPLE = """\
email,name,role,team,timezone
ana@example.com,Ana Ruiz,lead,Mail,Europe/Berlin
ben@example.com,Ben Okafor,agent,Mail,Europe/London
"""
SHIFTS = """\
email,date,start,end,queue
ana@example.com,2026-10-05,09:00,17:00,Mail
ana@example.com,2026-10-06,09:00,17:00,Mail
,2026-10-05,10:00,14:00,Chat
"""


class Said(NamedTuple):
    """What a command has printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(manifest(), rates="off") as sandbox:
        sandbox.invite("ana", real_name="Ana Ruiz")
        yield sandbox


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as the shell would."""

    def _run(*arguments: str | Path) -> Said:
        with pytest.raises(SystemExit) as end:
            main([str(each) for each in arguments])
        captured = capsys.readouterr()
        assert not re.search(r"xoxb-\w", captured.out + captured.err)
        return Said(int(end.value.code or 0), captured.out, captured.err)

    return _run


@pytest.fixture
def desk(run: Run, sandbox: Sandbox, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a directory with a people and a shifts file, and a workspace behind it."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", sandbox.bot_token)
    monkeypatch.setenv("SLACK_API_URL", sandbox.api_url)
    monkeypatch.setenv("FLOORWALKER_DATABASE_URL", sqlite_url)
    write("people.csv", PEOPLE)
    write("shifts.csv", SHIFTS)
    return run


@pytest.fixture
def sessions(sqlite_url: str) -> Iterator[Sessions]:
    sessions = Sessions(open_engine(sqlite_url))
    yield sessions
    sessions.close()


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8")


def lines(text: str) -> list[str]:
    """The lines with the blanks between the columns of a report made one."""
    return [" ".join(line.split()) for line in text.splitlines()]


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command that there is, and every group of them."""
    yield " ".join(path)
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, (*path, name))


def test_the_commands_are_found() -> None:
    assert {"", "import people", "settings set", "undo"} <= set(commands(get_command(app)))


@pytest.mark.parametrize("command", list(commands(get_command(app))))
def test_every_command_explains_itself(run: Run, command: str) -> None:
    said = run(*command.split(), "--help")
    assert (said.code, said.err) == (0, "")
    assert " ".join(said.out.split()).startswith(f"Usage: floorwalker {command}".strip())


@pytest.mark.parametrize("arguments", ["import horses x.csv", "undo one", "import people", "undo", "fly"])
def test_a_command_that_is_not_understood_ends_with_2(run: Run, arguments: str) -> None:
    said = run(*arguments.split())
    assert (said.code, said.out) == (2, "")
    assert "Usage:" in said.err


def test_people_are_imported_and_the_way_back_is_shown(desk: Run) -> None:
    assert desk("import", "people", "people.csv") == Said(
        0,
        "  note      line 3  no Slack account has ben@example.com yet; linked when there is one\n"
        "2 added, 0 changed, 0 unchanged\n"
        "This is import 1. To take it back: floorwalker undo 1\n",
        "",
    )
    assert lines(desk("import", "people", "people.csv").out) == [
        "0 added, 0 changed, 2 unchanged",
        "There was nothing to change.",
    ]


def test_a_dry_run_of_people_shows_each_line_and_writes_nothing(
    desk: Run, sessions: Sessions, sandbox: Sandbox
) -> None:
    desk("import", "people", "people.csv")
    write("people.csv", PEOPLE.replace("lead,Mail", "agent,Phones").replace("ben@", "eva@"))
    said = desk("import", "people", "people.csv", "--dry-run")
    assert lines(said.out) == [
        "added line 3 Ben Okafor <eva@example.com>, agent",
        "changed line 2 Ana Ruiz: role lead → agent, team Mail → Phones",
        "note line 3 no Slack account has eva@example.com yet; linked when there is one",
        "1 added, 1 changed, 0 unchanged",
        "Nothing was written (dry run).",
    ]
    with sessions.read(sandbox.team_id) as session:
        assert member_by_email(session, "eva@example.com") is None


def test_shifts_are_imported_moved_and_removed(desk: Run) -> None:
    desk("import", "people", "people.csv")
    assert lines(desk("import", "shifts", "shifts.csv").out) == [
        "note new queues: Chat, Mail",
        "3 added, 0 moved, 0 removed, 0 clashing, 0 unchanged",
        "This is import 2. To take it back: floorwalker undo 2",
    ]
    write("shifts.csv", "email,date,start,end,queue\nana@example.com,5.10.2026,10am,18:00,Chat\n")
    said = desk("import", "shifts", "shifts.csv", "--replace", "2026-10-05..2026-10-05")
    assert lines(said.out) == [
        "moved line 2 ana@example.com Mon 5 Oct 2026 09:00–17:00, Mail → Mon 5 Oct 2026 10:00–18:00, Chat",
        "removed open shift Mon 5 Oct 2026 10:00–14:00, Chat",
        "0 added, 1 moved, 1 removed, 0 clashing, 0 unchanged",
        "This is import 3. To take it back: floorwalker undo 3",
    ]


def test_whoever_imports_what_nobody_works_reads_how_to_offer_it(desk: Run) -> None:
    desk("import", "people", "people.csv")
    ahead = datetime.now(UTC).date() + timedelta(days=30)
    write("shifts.csv", f"email,date,start,end\n,{ahead},09:00,17:00\n,{ahead},09:00,17:00\n")
    assert lines(desk("import", "shifts", "shifts.csv", "--dry-run").out)[-1] == "Nothing was written (dry run)."
    assert lines(desk("import", "shifts", "shifts.csv").out)[-1] == (
        "2 shifts have no owner yet. To offer them to others: in Slack, /floor imports"
    )


def test_a_dry_run_of_shifts_shows_each_line_and_writes_nothing(desk: Run) -> None:
    desk("import", "people", "people.csv")
    for _ in range(2):
        said = desk("import", "shifts", "shifts.csv", "--dry-run")
        assert lines(said.out) == [
            "added line 2 ana@example.com Mon 5 Oct 2026 09:00–17:00, Mail",
            "added line 3 ana@example.com Tue 6 Oct 2026 09:00–17:00, Mail",
            "added line 4 open shift Mon 5 Oct 2026 10:00–14:00, Chat",
            "note new queues: Chat, Mail",
            "3 added, 0 moved, 0 removed, 0 clashing, 0 unchanged",
            "Nothing was written (dry run).",
        ]


@pytest.mark.parametrize(
    ("option", "end"),
    [
        ([], "Nothing was imported: nobody can work two shifts at once."),
        (["--dry-run"], "Nothing was written (dry run), and it cannot be imported as long as lines clash."),
    ],
)
def test_a_clash_is_shown_with_its_lines_and_ends_with_1(desk: Run, option: list[str], end: str) -> None:
    desk("import", "people", "people.csv")
    write("more.csv", "email,date,start,end\nana@example.com,2026-10-05,16:00,20:00\n")
    said = desk("import", "shifts", "shifts.csv", "more.csv", *option)
    assert (said.code, lines(said.err)) == (
        1,
        [end, "Correct those lines, or remove what is there with --replace FROM..TO, and import again."],
    )
    assert (
        "clashing more.csv, line 2 ana@example.com Mon 5 Oct 2026 16:00–20:00 "
        "overlaps shifts.csv, line 2: Mon 5 Oct 2026 09:00–17:00"
    ) in lines(said.out)


def test_everything_that_is_wrong_in_a_file_is_named_and_ends_with_1(desk: Run) -> None:
    write("people.csv", "email;name;capacity\nana@example.com;;2\nben@example.com;Ben;0,5\nx;Eva;1\n")
    said = desk("import", "people", "people.csv")
    assert said == Said(
        1,
        "",
        "Nothing was imported: 3 problems.\n"
        "people.csv, line 2, column name: expected a name of at most 80 characters\n"
        "people.csv, line 2, column capacity: “2” is not a share between 0 and 1\n"
        "people.csv, line 4, column email: “x” is not an e-mail address\n",
    )


def test_files_that_cannot_be_read_are_all_named(desk: Run) -> None:
    write("bad.csv", "name\nAna\n")
    write("team.xlsx", "PK\x03\x04")
    said = desk("import", "people", "none.csv", "bad.csv", "people.csv", "team.xlsx")
    assert (said.code, said.out) == (1, "")
    assert lines(said.err) == [
        "Nothing was imported: 3 problems.",
        "none.csv: expected a file that can be read (No such file or directory)",
        "bad.csv, line 1, column email: expected this column in the header",
        "team.xlsx: expected an XLSX or CSV file (this one is damaged: save it again)",
    ]


def test_a_long_cell_is_shortened_when_it_is_named(desk: Run) -> None:
    write("people.csv", f'email,name\nana@example.com,"{"Ana Ruiz " * 40}"\n')
    said = desk("import", "people", "people.csv")
    assert lines(said.err)[1] == (
        f"people.csv, line 2, column name: “{'Ana Ruiz ' * 6}Ana …” is not a name of at most 80 characters"
    )


def test_a_workbook_is_imported_like_a_file_of_text_and_its_other_sheets_are_named(desk: Run) -> None:
    book = Workbook()
    for sheet, line in ((book.worksheets[0], ["read me"]), (book.create_sheet("People"), ["email", "name"])):
        sheet.append(line)
    book["People"].append(["ana@example.com", "Ana Ruiz"])
    book.save("people.xlsx")
    said = desk("import", "people", "people.xlsx", "--dry-run")
    assert (said.code, said.err) == (0, "people.xlsx: ignored sheets: Sheet\n")
    assert lines(said.out)[0] == "added line 2 Ana Ruiz <ana@example.com>, agent"


def test_columns_that_nobody_knows_are_named_and_ignored(desk: Run) -> None:
    write("people.csv", "Shoe Size,email,name,\n43,ana@example.com,Ana,\n")
    said = desk("import", "people", "people.csv")
    assert (said.code, said.err) == (0, "people.csv: ignored columns: Shoe Size, (no name)\n")
    assert "1 added" in said.out


def test_several_files_are_one_import(desk: Run) -> None:
    write("more.csv", "email;name\neva@example.com;Eva\n")
    said = desk("import", "people", "people.csv", "more.csv", "--dry-run")
    assert "added more.csv, line 2 Eva <eva@example.com>, agent" in lines(said.out)
    said = desk("import", "people", "people.csv", "more.csv")
    assert "3 added" in said.out
    assert "This is import 1." in said.out


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ("2026-10-05", "expected two days such as 2026-12-01..2026-12-31"),
        ("5.10.2026..6.10.2026", "expected two days such as 2026-12-01..2026-12-31"),
        ("2026-10-06..2026-10-05", "the last day is before the first"),
    ],
)
def test_a_range_that_is_none_ends_with_2(desk: Run, days: str, message: str) -> None:
    assert desk("import", "shifts", "shifts.csv", "--replace", days) == Said(
        2, "", f"--replace {days}: {message}\n"
    )


def test_the_longest_range_there_is_can_be_replaced(desk: Run) -> None:
    desk("import", "people", "people.csv")
    desk("import", "shifts", "shifts.csv")
    write("shifts.csv", "email,date,start,end\n")
    assert "3 removed" in desk("import", "shifts", "shifts.csv", "--replace", "0001-01-01..9999-12-31").out


def test_imports_are_undone_and_say_what_has_to_go_first(desk: Run) -> None:
    desk("import", "people", "people.csv")
    desk("import", "shifts", "shifts.csv")
    said = desk("undo", "1")
    assert (said.code, said.out) == (1, "")
    assert lines(said.err) == [
        "Import 1 cannot be undone, because something depends on it. Nothing was changed.",
        "2 shifts of the people that it added",
        "Undo what came after it first: import 2.",
    ]
    assert desk("undo", "2") == Said(0, "Import 2 is undone: 3 shifts gone again.\n", "")
    assert desk("undo", "1") == Said(0, "Import 1 is undone: 2 people gone again.\n", "")
    again = "To have it again, import its file again."
    assert desk("undo", "1") == Said(1, "", f"Import 1 is undone already. {again}\n")
    assert desk("undo", "7") == Said(1, "", "There is no import 7. There are imports 1 to 2.\n")


def test_key_figures_are_imported_by_columns_that_are_kept_under_a_name(desk: Run) -> None:
    desk("import", "people", "people.csv")
    write("survey.csv", "Tag,Happy,Answers\n21.09.2026,40,50\n")
    refused = desk("import", "kpi", "survey.csv").err
    expected = "a column with figures, such as offered, or csat_positive beside csat_answers"
    assert f"survey.csv, line 1: expected {expected}" in refused
    assert "survey.csv: say which headings its figures have, such as --column csat_positive=Happy" in refused
    columns = ("--column", "csat_positive=Happy", "--column", "csat_answers=Answers")
    assert desk("import", "kpi", "survey.csv", "--column", "happy").code == 2
    assert "None is kept yet." in desk("import", "kpi", "survey.csv", "--mapping", "survey").err
    taken = desk("import", "kpi", "survey.csv", "--mapping", "floorwalker", *columns).err
    assert "--mapping floorwalker: expected another name, of at most 40 characters" in taken
    said = desk("import", "kpi", "survey.csv", "--mapping", "survey", *columns).out
    assert "  CSAT, Mon 21 Sep 2026: 1 added\nWhat is counted are figures of days.\n" in said
    write("survey.csv", "Tag,Happy,Answers,Worked\n21.09.2026,41,50,480\n")
    corrected = desk("import", "kpi", "survey.csv", "--mapping", "survey")
    assert "CSAT, Mon 21 Sep 2026: 1 changed" in corrected.out
    assert "survey.csv: ignored columns: Worked" in corrected.err
    assert desk("undo", "3").out == "Import 3 is undone: 1 figure of a day as before.\n"


def test_volumes_plans_and_breaks_are_imported_in_sums(desk: Run) -> None:
    desk("import", "people", "people.csv")
    write("calls.csv", "interval_start,queue,offered\n2026-11-02 09:00,mail,10\n2026-11-02 09:30,mail,12\n")
    sums = "  mail, Mon 2 Nov 2026: 2 added\n  note      new queues: mail\nWhat is counted are intervals.\n"
    assert desk("import", "volume", "calls.csv", "--dry-run").out == f"{sums}Nothing was written (dry run).\n"
    taken = "This is import 2. To take it back: floorwalker undo 2\n"
    assert desk("import", "volume", "calls.csv").out == f"{sums}{taken}"
    assert desk("undo", "2").out == "Import 2 is undone: 1 day of contacts gone again.\n"
    write("plan.csv", "date,start,end,queue,heads\n2026-11-06,09:00,17:00,mail,2\n2026-11-06,9,17,mail,x\n")
    assert (
        "plan.csv, line 3, column heads: “x” is not a number of people" in desk("import", "plan", "plan.csv").err
    )
    write(
        "breaks.csv",
        f"email,date,start,end,activity\n{PEOPLE.splitlines()[1].split(',')[0]},2026-11-06,12:00,12:30,break\n",
    )
    assert desk("import", "activities", "breaks.csv").out.startswith("  break, Fri 6 Nov 2026: 1 added\n")


def test_balances_of_leave_are_imported_and_taken_back(desk: Run) -> None:
    desk("import", "people", "people.csv")
    day = datetime.now(UTC) - timedelta(days=2)
    write(
        "leave.csv",
        "email,kind,hours,on,reason\n"
        f"ana@example.com,paid leave,100,{day:%Y-%m-%d},\n"
        f"ana@example.com,paid leave,-7.5,{day:%Y-%m-%d},half of Friday\n",
    )
    lines = (
        f"  opened    line 2  ana@example.com, paid leave: +100 h on {day:%a} {day.day} {day:%b %Y}\n"
        f"  adjusted  line 3  ana@example.com, paid leave: -7.5 h on {day:%a} {day.day} {day:%b %Y}\n"
        "2 entered, 0 unchanged\n"
    )
    assert desk("import", "leave", "leave.csv", "--dry-run").out == f"{lines}Nothing was written (dry run).\n"
    assert desk("import", "leave", "leave.csv").out.startswith(lines)
    again = "0 entered, 2 unchanged\nThere was nothing to change.\n"
    assert desk("import", "leave", "leave.csv").out == again
    assert desk("undo", "2").out == "Import 2 is undone: 1 balance of leave as before.\n"
    write("leave.csv", "email,kind,hours,on\nana@example.com,sabbatical,8,2026-10-01\n")
    assert (
        "column kind: “sabbatical” is not a kind of leave with a balance"
        in desk("import", "leave", "leave.csv").err
    )


def test_before_there_is_an_import_it_is_said_how_to_make_one(desk: Run) -> None:
    first = "To make one: floorwalker import people FILE"
    assert desk("undo", "1") == Said(1, "", f"There is no import yet. {first}\n")
    desk("import", "people", "people.csv")
    assert desk("undo", "2").err == "There is no import 2. There is only import 1.\n"


@pytest.mark.parametrize("typed", ["abc", "1.5", "３x"])
def test_what_is_no_number_of_an_import_is_named_in_plain_words(run: Run, typed: str) -> None:
    said = run("undo", typed)
    assert said.code == 2
    assert f"“{typed}” is not the number of an import, such as 3" in " ".join(said.err.split())
    assert "integer" not in said.err


def test_everything_that_can_stand_in_the_way_of_an_undo_has_words() -> None:
    referring = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_key_constraints
        if key.referred_table.name in ("member", "shift", "assignment", "grant", "member_skill")
    }
    ways = {(table, by): 1 for table in ("member", "shift") for by in referring}
    for count in (1, 5):
        found = Dependents(dict.fromkeys(referring, count), dict.fromkeys(ways, count), count, count, [3])
        said = list(in_use_report(ImportInUse(1, found)))
        names = [f"Whoever a {by} names stays on the roster, because its record does." for by in ("swap", "cover")]
        assert said[-2:] == names
        assert "Undo what came after it first: import 3." in said
        assert [line for line in said if "_" in line] == []
    assert "  5 swaps of the people that it added" in said


def test_settings_are_shown_and_changed(desk: Run, sandbox: Sandbox) -> None:
    sandbox.channel("coordinators", private=True, members=["ana"], bot=True)
    assert desk("settings", "get").out.startswith(
        "ops_channel=\nfloor_channel=\ntime_zone=UTC\ndate_order=DMY\nfirst_weekday=monday\nhour_cycle=24\nlocale=en\n"
        "jurisdiction=none\nholidays=\nown_holidays=\nrules=\nlimits=\nauto_approve=true\nswap_expiry_hours=24\n"
        "attendance=off\nno_show_minutes=10\n"
        "cover_wave_size=5\ncover_wave_minutes=30\ncover_least_minutes=60\ncover_asked=true\n"
        "required_skills=\nminimum_heads=0\n"
    )
    assert desk("settings", "set", "ops_channel=#coordinators", "locale=de-DE") == Said(
        0, "ops_channel=#coordinators\nlocale=de_DE\n", ""
    )
    assert desk("settings", "get", "ops_channel", "locale").out == "ops_channel=#coordinators\nlocale=de_DE\n"
    assert desk("settings", "set", "ops_channel=").out == "ops_channel=\n"


def test_a_team_has_settings_of_its_own(desk: Run) -> None:
    desk("import", "people", "people.csv")
    desk("import", "shifts", "shifts.csv")
    assert desk("settings", "set", "--team", "mail", "time_zone=Asia/Tokyo").out == "time_zone=Asia/Tokyo\n"
    assert desk("settings", "set", "--queue", "chat", "time_zone=Asia/Manila").out == "time_zone=Asia/Manila\n"
    zones = [
        desk("settings", "get", "time_zone", *scope).out for scope in ([], ["--team", "Mail"], ["--queue", "Chat"])
    ]
    assert zones == ["time_zone=UTC\n", "time_zone=Asia/Tokyo\n", "time_zone=Asia/Manila\n"]
    assert desk("settings", "get", "--team", "Chat") == Said(1, "", "There is no team “Chat”.\n")
    assert desk("settings", "set", "--queue", "Mails", "locale=de") == Said(1, "", "There is no queue “Mails”.\n")


def test_wrong_settings_of_the_workspace_are_named_and_none_is_changed(desk: Run) -> None:
    said = desk("settings", "set", "locale=de", "time_zone=Mars", "colour=red")
    assert (said.code, said.out) == (1, "")
    assert lines(said.err) == [
        "Nothing was changed.",
        "time_zone: “Mars” is not a time zone such as Europe/Berlin",
        f"colour: there is no such setting, only {', '.join(Preferences.model_fields)}",
    ]
    assert desk("settings", "get", "locale").out == "locale=en\n"
    assert desk("settings", "get", "colour").code == 1
    assert desk("settings", "set", "locale").code == 2
    said = desk("settings", "set", "floor_channel=#nowhere")
    assert (said.code, said.err.split(".")[0]) == (1, "“#nowhere” is no channel that the bot can see")


@pytest.mark.parametrize("command", ["serve", "undo 1", "settings get", "import people people.csv"])
def test_a_missing_token_is_named_and_ends_with_2(run: Run, command: str) -> None:
    write("people.csv", PEOPLE)
    said = run(*command.split())
    assert (said.code, said.out) == (2, "")
    assert lines(said.err)[0] == "Floorwalker cannot start; look at the environment and the .env file:"
    assert "SLACK_BOT_TOKEN is missing" in said.err


def test_all_wrong_settings_of_the_process_are_named_and_end_with_2(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "hunter2")
    monkeypatch.setenv("FLOORWALKER_DATABASE_URL", "mysql://hunter2")
    said = run("undo", "1")
    assert said.code == 2
    assert [line.split(":")[0] for line in lines(said.err)[1:]] == [
        "SLACK_BOT_TOKEN is wrong",
        "FLOORWALKER_DATABASE_URL is wrong",
    ]
    assert "hunter2" not in said.err


def test_two_modes_at_once_are_refused(desk: Run) -> None:
    assert desk("serve", "--socket", "--http") == Said(2, "", "Say --socket or --http, not both.\n")


def test_a_token_that_slack_refuses_is_said_and_not_shown(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hunter2")
    said = desk("import", "people", "people.csv")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Slack refuses: invalid_auth.")
    assert "hunter2" not in said.err


def test_an_address_where_no_slack_is_is_said(
    desk: Run, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", sandbox.url)
    assert desk("undo", "1").err.startswith("Slack refuses: the answer is not one of Slack's.")


def test_a_slack_that_cannot_be_reached_is_said(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(create_server(("127.0.0.1", 0))) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("SLACK_API_URL", f"http://127.0.0.1:{port}/api/")
    said = desk("undo", "1")
    assert (said.code, said.err.split(" (")[0]) == (1, "Slack cannot be reached")


def test_an_import_waits_as_long_as_slack_asks_for(desk: Run, sandbox: Sandbox) -> None:
    sandbox.faults.rate_limit("users.list", retry_after=1)
    said = desk("import", "people", "people.csv")
    assert (said.code, sandbox.faults.listed()) == (0, [])


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:////nowhere/at/all.sqlite3", "unable to open database file"),
        ("sqlite:///people.csv", "file is not a database"),
        ("postgresql://floor:hunter2@127.0.0.1:1/walker", "connection failed"),
    ],
)
def test_a_database_that_cannot_be_used_is_said(
    desk: Run, monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    monkeypatch.setenv("FLOORWALKER_DATABASE_URL", url)
    said = desk("undo", "1")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"The database cannot be used: {reason}")
    assert "hunter2" not in said.err


def test_an_sqlite_file_is_made_and_brought_up_to_date_by_itself(
    desk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FLOORWALKER_DATABASE_URL")
    assert desk("import", "people", "people.csv").code == 0
    assert Path("floorwalker.sqlite3").exists()
    assert desk("db", "check") == Said(0, "The database is up to date.\n", "")


def test_a_postgresql_that_is_behind_is_brought_up_to_date_on_demand(
    desk: Run, monkeypatch: pytest.MonkeyPatch, cluster: Cluster
) -> None:
    cluster.administer("CREATE DATABASE {}", "behind")
    monkeypatch.setenv("FLOORWALKER_DATABASE_URL", cluster.url("behind"))
    said = desk("import", "people", "people.csv")
    assert (said.code, said.out) == (1, "")
    assert lines(said.err)[0] == "The database is not up to date. Run: floorwalker db upgrade"
    assert desk("db", "check").code == 1
    assert desk("db", "upgrade") == Said(0, "The database is up to date.\n", "")
    assert desk("db", "check").code == 0
    assert desk("import", "people", "people.csv").code == 0
    cluster.administer("DROP DATABASE {} WITH (FORCE)", "behind")


def test_the_manifest_is_printed(run: Run) -> None:
    assert run("manifest") == run("manifest", "--socket") == Said(0, as_yaml(manifest()), "")
    assert run("manifest", "--url", "https://x.example", "--prefix", "cs-").out == as_yaml(
        manifest("https://x.example", "cs-")
    )
    assert run("manifest", "--socket", "--url", "https://x.example").code == 2


def test_the_sample_spreadsheets_can_be_imported(desk: Run) -> None:
    said = desk("sandbox", "--spreadsheets", ".")
    assert (said.code, said.out) == (0, "Wrote people.csv\nWrote shifts.csv\nWrote volumes.csv\n")
    assert desk("import", "people", "people.csv").code == 0
    assert "0 moved, 0 removed, 0 clashing, 0 unchanged" in desk("import", "shifts", "shifts.csv").out
    assert "What is counted are intervals." in desk("import", "volume", "volumes.csv").out


def test_a_folder_that_is_not_there_is_named(run: Run) -> None:
    said = run("sandbox", "--spreadsheets", "nowhere")
    assert said == Said(1, "", "No such file or directory: nowhere/people.csv\n")


def test_a_port_that_is_taken_is_said(run: Run, sandbox: Sandbox) -> None:
    said = run("sandbox", "--port", sandbox.url.rpartition(":")[2])
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Address already in use")


def test_the_command_speaks_through_its_exit_code_and_standard_error() -> None:
    done = subprocess.run([sys.executable, "-m", "bot", "undo", "1"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[1].startswith("SLACK_BOT_TOKEN is missing")


def test_cases_are_imported_brought_up_to_date_and_taken_back(desk: Run) -> None:
    desk("import", "people", "people.csv")
    write("cases.csv", "reference,title,state,queue,owner\nA-1,Refund is late,open,refunds,ana@example.com\n")
    dry = desk("import", "cases", "cases.csv", "--dry-run").out
    assert dry == (
        "  opened    line 2  A-1 “Refund is late”\n"
        "  note              new queues: refunds\n"
        "1 opened, 0 changed, 0 unchanged\n"
        "Nothing was written (dry run).\n"
    )
    assert "1 opened, 0 changed, 0 unchanged\n" in desk("import", "cases", "cases.csv").out
    write("cases.csv", "reference,title,state\nA-1,Refund is late,pending\n")
    changed = desk("import", "cases", "cases.csv").out
    assert changed.startswith(
        "  changed   line 2  A-1 “Refund is late”: state\n0 opened, 1 changed, 0 unchanged\n"
    )
    assert desk("undo", "3").out == "Import 3 is undone: 1 case as before.\n"
    write("cases.csv", "reference,title,state\nA-1,Refund is late,asleep\n")
    refused = desk("import", "cases", "cases.csv").err
    assert "cases.csv, line 2, column state: “asleep” is not one of new, open, pending, on hold" in refused

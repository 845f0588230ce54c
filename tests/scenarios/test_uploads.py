"""A coordinator drops a spreadsheet: sees what it would do, has it done, and takes it back."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from bot.settings import Mode
from jobs.uploads import SETTLE
from tests.scenarios.uploading import BOT, Desk, shifts_csv, uploading, workbook

ANA, BEN = "ana@example.com,2026-11-06,09:00,17:00,,mail", "ben@example.com,2026-11-06,10:00,18:00,,mail"


@pytest.fixture(params=list(Mode))
def everywhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """Socket Mode and HTTP mode, on both databases."""
    with uploading(database_url, request.param, tmp_path) as desk:
        yield desk


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    """One way, for what does not depend on it."""
    with uploading(sqlite_url, Mode.HTTP, tmp_path) as desk:
        yield desk


def test_a_file_is_previewed_applied_and_undone(everywhere: Desk) -> None:
    desk = everywhere
    card = desk.drops("cora", "december.csv", shifts_csv(ANA, BEN))
    assert card.text == (
        "Preview of december.csv. Nothing is changed yet.\n"
        "I read it as shifts: email, date, start, end, timezone, queue, note\n"
        "2 to add\n"
        "• Line 2: add ana@example.com, Fri, Nov 6, 09:00–17:00 · mail\n"
        "• Line 3: add ben@example.com, Fri, Nov 6, 10:00–18:00 (Europe/London) · mail\n"
        "New queues: mail\n"
        "Times are those on the wall of each shift’s own time zone"
    )
    assert card.buttons == ["Apply", "Replace days…", "Cancel"]
    assert desk.plan() == []

    card = desk.presses("cora", "Apply", card)
    assert card.text == "december.csv is applied: import 2.\n2 added"
    assert card.buttons == ["Undo"]
    assert desk.plan() == [("ana@example.com", "09:00–17:00"), ("ben@example.com", "10:00–18:00")]

    card = desk.presses("cora", "Undo", card, confirm=True)
    assert card.text == "Import 2 (december.csv) is undone. Everything is as it was before."
    assert card.buttons == []
    assert desk.plan() == []


def test_a_workbook_says_what_it_moves_and_owners_are_told_once_it_is_applied(everywhere: Desk) -> None:
    desk = everywhere
    desk.work.shifts(ANA, BEN)
    raw = workbook(
        ["Plan for November"],
        ["Email", "Date", "Start", "End", "Remarks"],
        ["ana@example.com", date(2026, 11, 6), time(10), time(18), "late shift"],
        ["ben@example.com", date(2026, 11, 6), time(10), time(18), None],
    )
    card = desk.drops("cora", "plan.xlsx", raw)
    assert card.text.splitlines()[1:5] == [
        "I read it as shifts: Email, Date, Start, End",
        "1 to move, 1 unchanged",
        "• Line 3: move ana@example.com, Fri, Nov 6, 09:00–17:00 · mail → Fri, Nov 6, 10:00–18:00",
        "Columns that I do not read: Remarks",
    ]
    assert desk.reads("ana") == []

    card = desk.presses("cora", "Apply", card)
    assert card.text.endswith("1 moved, 1 unchanged\nWhose planned shift was moved or removed is told so.")
    assert "Fri, Nov 6, 10:00–18:00 · mail" in desk.reads("ana")[-1].text
    assert desk.reads("ben") == []


def test_days_are_replaced_after_they_were_picked_and_previewed(desk: Desk) -> None:
    desk.work.shifts(ANA, BEN)
    card = desk.drops("cora", "x.csv", shifts_csv(ANA))
    assert "there is nothing to change" in card.text
    assert card.buttons == ["Replace days…", "Cancel"]

    card = desk.replaces("cora", "2026-11-02", "2026-11-08", card)
    assert "Whatever is planned on Mon, Nov 2 – Sun, Nov 8 and not in the file is removed." in card.text
    removed = "• Not in the file: remove ben@example.com, Fri, Nov 6, 10:00–18:00 (Europe/London) · mail"
    assert removed in card.text
    assert card.buttons == ["Apply", "Other days to replace…", "Remove nothing", "Cancel"]

    card = desk.presses("cora", "Remove nothing", card)
    assert "removed" not in card.text
    card = desk.replaces("cora", "2026-11-06", "2026-11-06", card)
    card = desk.presses("cora", "Apply", card, confirm=True)
    assert "1 removed, 1 unchanged" in card.text
    assert desk.plan() == [("ana@example.com", "09:00–17:00")]
    assert "no longer planned" in desk.reads("ben")[-1].text


def test_the_days_of_the_file_are_proposed_and_days_that_make_no_sense_are_refused(desk: Desk) -> None:
    card = desk.drops("cora", "x.csv", shifts_csv(ANA, ANA.replace("11-06", "11-20")))
    cora = desk.work.person("cora")
    cora.presses("Replace days…", card)
    assert cora.sees_modal().fields == {"First day": "2026-11-06", "Last day": "2026-11-20"}
    cora.picks("Last day", "2026-11-01")
    cora.submits()
    assert cora.sees_modal().errors == {"Last day": "The last day is before the first. Pick a later one."}
    cora.picks("Last day", "2028-11-01")
    cora.submits()
    assert cora.sees_modal().errors == {"Last day": "These are more than 366 days. Pick an earlier last day."}
    cora.closes()
    assert cora.refreshed(card).text == card.text


def test_shifts_that_clash_can_only_be_cancelled(desk: Desk) -> None:
    clashing = ANA.replace("09:00,17:00", "16:00,20:00")
    card = desk.drops("cora", "x.csv", shifts_csv(ANA, clashing))
    assert card.text.startswith("Preview of x.csv: it cannot be applied, because shifts clash.")
    assert (
        "• Line 3: ana@example.com, Fri, Nov 6, 16:00–20:00 · mail overlaps line 2: Fri, Nov 6, 09:00–17:00"
        in (card.text)
    )
    assert "Apply" not in card.buttons
    card = desk.presses("cora", "Cancel", card)
    assert card.text == "x.csv was cancelled. Nothing was changed, and I have forgotten the file."
    assert card.buttons == []
    assert [(row.content, row.shown) for row in desk.stored()] == [(None, None)]


def test_everything_that_is_wrong_is_named_at_once_with_its_line_and_column(desk: Desk) -> None:
    card = desk.drops("cora", "x.csv", shifts_csv("nobody,2026-11-31,9,17:00,,", "ana@example.com,2026-11-06,,,,"))
    assert card.text == (
        "x.csv cannot be imported. Nothing was changed.\n"
        "I read it as shifts.\n"
        "• Line 2, column email: “nobody” is not somebody on the roster (import people first)\n"
        "• Line 2, column date: “2026-11-31” is not a date such as 24.12.2026\n"
        "• Line 2, column start: “9” is not a time such as 09:00\n"
        "• Line 3, column start: expected a time such as 09:00\n"
        "• Line 3, column end: expected a time such as 17:00\n"
        "Mend the file and drop it here again."
    )
    assert card.buttons == []
    assert [row.content for row in desk.stored()] == [None]


def test_a_file_of_no_known_kind_says_what_is_expected(desk: Desk) -> None:
    text = desk.drops("cora", "x.csv", "colour,size\nred,XL\n").text
    assert "Line 1: expected a header with the columns email, name or date, email, end, start" in text
    assert "Shifts: email,date,start,end,timezone,queue,note" in text
    assert "People: email,name,slack_id," in text


def test_a_picture_an_old_workbook_and_an_empty_file_are_told_apart(desk: Desk) -> None:
    assert "a table, not a picture" in desk.drops("cora", "cat.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF").text
    assert (
        "this is an old format: save it as XLSX"
        in desk.drops("cora", "x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").text
    )
    for nothing in ("\n", ""):
        assert "expected a header" in desk.drops("cora", "x.csv", nothing).text


def test_people_are_imported_too_and_who_has_no_account_is_named(desk: Desk) -> None:
    text = "email,name,role\nzoe@example.com,Zoe Quinn,agent\nben@example.com,Ben Okafor,lead\n"
    card = desk.drops("cora", "people.csv", text)
    assert card.text == (
        "Preview of people.csv. Nothing is changed yet.\n"
        "I read it as people: email, name, role\n"
        "1 to add, 1 to change\n"
        "• Line 2: add Zoe Quinn (zoe@example.com), agent\n"
        "• Line 3: change Ben Okafor (ben@example.com): role agent → lead\n"
        "• Line 2: Zoe Quinn (zoe@example.com) has no Slack account yet, and is linked when there is one"
    )
    assert card.buttons == ["Apply", "Cancel"]
    desk.presses("cora", "Apply", card)
    assert desk.work.member("zoe").name == "Zoe Quinn"


def test_a_table_that_is_pasted_is_previewed_like_a_file(everywhere: Desk) -> None:
    desk = everywhere
    for text in (
        f"```{shifts_csv(ANA)}```",
        f"please:\n```\n{shifts_csv(ANA)}\n```",
        shifts_csv(ANA).replace(",", "\t"),
    ):
        card = desk.says("cora", text)
        assert card.text.startswith("Preview of the pasted table.")
        assert "add ana@example.com, Fri, Nov 6, 09:00–17:00 · mail" in card.text


def test_who_may_not_import_is_told_so_and_nothing_is_kept(everywhere: Desk) -> None:
    answer = everywhere.drops("ana", "shifts.csv", shifts_csv(ANA)).text
    assert answer.startswith("I have not read shifts.csv: only coordinators and managers import spreadsheets.")
    assert everywhere.stored() == []


def test_who_is_on_no_roster_is_told_whom_to_ask(desk: Desk) -> None:
    desk.work.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris")
    assert "Ask @Cora Lind to add you" in desk.drops("zoe", "shifts.csv", shifts_csv(ANA)).text
    assert desk.stored() == []


def test_whoever_chats_reads_what_to_do_here_and_not_again_within_the_hour(everywhere: Desk) -> None:
    desk = everywhere
    assert "type /shifts for your shifts" in desk.says("ana", "hi, am I on tomorrow, or not?").text
    assert "drop" not in desk.reads("ana")[-1].text
    assert "drop a CSV or XLSX file here" in desk.says("cora", "hello").text
    desk.work.person("ana").types("hello?", BOT)
    desk.work.at("2026-11-02 12:59")
    desk.work.person("ana").types("anybody there?", BOT)
    desk.work.at("2026-11-02 13:01")
    desk.says("ana", "again")
    assert len(desk.reads("ana")) == 2


def test_what_was_previewed_is_not_applied_once_it_would_do_something_else(everywhere: Desk) -> None:
    desk = everywhere
    card = desk.drops("cora", "x.csv", shifts_csv(ANA))
    desk.work.shifts(ANA.replace("09:00,17:00", "12:00,20:00"))
    card = desk.presses("cora", "Apply", card)
    assert "Something has changed since the preview, so nothing was applied. This is how it is now." in card.text
    assert "move ana@example.com, Fri, Nov 6, 12:00–20:00 · mail → Fri, Nov 6, 09:00–17:00" in card.text
    assert desk.plan() == [("ana@example.com", "12:00–20:00")]

    card = desk.presses("cora", "Apply", card)
    assert "x.csv is applied: import 3." in card.text
    assert desk.plan() == [("ana@example.com", "09:00–17:00")]


def test_somebody_who_left_the_roster_meanwhile_is_a_problem_of_the_file(desk: Desk) -> None:
    desk.presses("cora", "Apply", desk.drops("cora", "p.csv", "email,name\nzoe@example.com,Zoe\n"))
    card = desk.drops("cora", "x.csv", shifts_csv(ANA.replace("ana", "zoe")))
    desk.presses("cora", "Undo", desk.reads("cora")[0], confirm=True)
    card = desk.presses("cora", "Apply", card)
    assert card.text.startswith("x.csv cannot be imported. Nothing was changed.")
    assert "“zoe@example.com” is not somebody on the roster" in card.text
    assert desk.plan() == []


def test_what_somebody_builds_on_is_not_undone_and_the_card_says_what_comes_first(desk: Desk) -> None:
    first = desk.presses("cora", "Apply", desk.drops("cora", "a.csv", shifts_csv(ANA)))
    later = ANA.replace("09:00,17:00", "10:00,18:00")
    second = desk.presses("cora", "Apply", desk.drops("cora", "b.csv", shifts_csv(later)))
    first = desk.presses("cora", "Undo", first, confirm=True)
    assert "Import 2 cannot be undone, because something depends on it. Nothing was changed." in first.text
    assert "Undo what came after it first: import 3." in first.text
    assert first.buttons == ["Undo"]
    desk.presses("cora", "Undo", second, confirm=True)
    assert "is undone" in desk.presses("cora", "Undo", first, confirm=True).text
    assert desk.plan() == []


def test_what_has_begun_is_offered_no_undo_and_it_is_said_why(everywhere: Desk) -> None:
    desk = everywhere
    card = desk.presses("cora", "Apply", desk.drops("cora", "a.csv", shifts_csv(ANA)))
    desk.work.at("2026-11-06 08:59")
    desk.runs(SETTLE)
    assert desk.work.person("cora").refreshed(card).buttons == ["Undo"]
    desk.work.at("2026-11-06 09:00")
    desk.runs(SETTLE)
    card = desk.work.person("cora").refreshed(card)
    assert card.text.splitlines()[:2] == [
        "a.csv is applied: import 2.",
        "Its shifts have begun, so it can no longer be undone. To correct it, import a corrected file.",
    ]
    assert card.buttons == []


def test_an_undo_that_comes_too_late_is_answered_the_same(desk: Desk) -> None:
    card = desk.presses("cora", "Apply", desk.drops("cora", "a.csv", shifts_csv(ANA)))
    desk.work.at("2026-11-06 09:01")
    card = desk.presses("cora", "Undo", card, confirm=True)
    assert "Its shifts have begun, so it can no longer be undone." in card.text
    assert card.buttons == []
    assert desk.plan() == [("ana@example.com", "09:00–17:00")]


@pytest.mark.parametrize(
    ("headings", "read"),
    [
        (
            "E-Mail;Datum;Beginn;Ende;Warteschlange",
            "E-Mail, Datum (date), Beginn (start), Ende (end), Warteschlange (queue)",
        ),
        (
            "Courriel;Date;Début;Fin;File d’attente",
            "Courriel (email), Date, Début (start), Fin (end), File d’attente (queue)",
        ),
        ("Correo;Fecha;Inicio;Fin;Cola", "Correo (email), Fecha (date), Inicio (start), Fin (end), Cola (queue)"),
    ],
)
def test_headings_of_other_languages_are_read_and_it_is_said_as_what(desk: Desk, headings: str, read: str) -> None:
    card = desk.drops("cora", "x.csv", f"{headings}\nana@example.com;2026-11-06;09:00;17:00;mail\n")
    assert f"I read it as shifts: {read}\n" in card.text
    assert "add ana@example.com, Fri, Nov 6, 09:00–17:00 · mail" in card.text


def test_what_is_wrong_is_said_by_the_headings_of_the_file(desk: Desk) -> None:
    card = desk.drops("cora", "x.csv", "E-Mail;Datum;Beginn;Ende;Ort\nana@example.com;morgen;9;17:00;Ulm\n")
    assert "I read it as shifts.\n• Line 2, column Datum: “morgen” is not a date such as 24.12.2026" in card.text
    assert "Line 2, column Beginn: “9” is not a time" in card.text


def test_shifts_that_name_the_people_too_are_shifts(desk: Desk) -> None:
    lines = "Name;E-Mail;Datum;Von;Bis\nAna Ruiz;ana@example.com;2026-11-06;09:00;17:00\n"
    card = desk.drops("cora", "x.csv", lines)
    assert "I read it as shifts: E-Mail, Datum (date), Von (start), Bis (end)\n1 to add\n" in card.text
    assert "Columns that I do not read: Name" in card.text


def test_an_undo_that_is_thought_better_of_does_nothing(desk: Desk) -> None:
    card = desk.presses("cora", "Apply", desk.drops("cora", "a.csv", shifts_csv(ANA)))
    assert desk.presses("cora", "Undo", card, confirm=False).text == card.text


def test_a_preview_that_nobody_decides_about_is_forgotten_after_a_day(everywhere: Desk) -> None:
    desk = everywhere
    card = desk.drops("cora", "x.csv", shifts_csv(ANA))
    wrong = desk.drops("cora", "y.csv", shifts_csv("nobody,2026-11-06,09:00,17:00,,"))
    desk.work.at("2026-11-03 11:59")
    desk.runs(SETTLE)
    assert desk.work.person("cora").refreshed(card).text == card.text
    desk.work.at("2026-11-03 12:01")
    desk.runs(SETTLE)
    for each, name in ((card, "x.csv"), (wrong, "y.csv")):
        gone = desk.work.person("cora").refreshed(each)
        assert (
            gone.text
            == f"{name} was not applied within a day. Nothing was changed, and I have forgotten the file."
        )
        assert gone.buttons == []
    assert [(row.state, row.content, row.shown) for row in desk.stored()] == [("expired", None, None)] * 2


def test_what_a_file_makes_of_swaps_is_previewed_and_undone_with_it(everywhere: Desk) -> None:
    desk = everywhere
    saturday = BEN.replace("-06", "-07")
    desk.work.shifts(ANA, saturday)
    swaps(desk)
    moved = ANA.replace("09:00,17:00", "10:00,18:00")
    card = desk.drops("cora", "moved.csv", shifts_csv(moved, saturday))
    assert "• Line 2: swap 1 holds: ben@example.com works Fri, Nov 6, 10:00–18:00 · mail" in card.text
    assert "Apply" in card.buttons

    card = desk.drops("cora", "less.csv", shifts_csv(saturday))
    card = desk.replaces("cora", "2026-11-06", "2026-11-06", card)
    assert (
        "• Not in the file: swap 1 of ana@example.com and ben@example.com ends: ana@example.com, Fri, Nov 6, "
        "09:00–17:00 · mail is no longer planned. From then on ben@example.com works Sat, Nov 7, 10:00–18:00 "
        "(Europe/London) · mail"
    ) in card.text
    assert "1 settled swap ends: both people, the coordinators and the floor are told." in card.text
    card = desk.presses("cora", "Apply", card, confirm=True)
    assert "less.csv is applied: import 3." in card.text
    assert any("Swap 1" in shown.text for shown in desk.reads("ben"))
    assert "is undone" in desk.presses("cora", "Undo", card, confirm=True).text
    assert desk.plan() == [("ana@example.com", "09:00–17:00")]


def swaps(desk: Desk) -> None:
    """Ana swaps her Friday for Ben's Saturday."""
    ana, ben = desk.work.person("ana"), desk.work.person("ben")
    ana.types("/swap fri with @ben")
    ana.sees_modal("Swap a shift")
    ana.picks("For their shift", "Sat, Nov 7, 11:00–19:00 · mail")
    ana.submits()
    desk.settles()
    ben.presses("Accept", desk.reads("ben")[-1])
    desk.settles()


def test_the_file_is_kept_only_until_it_is_applied(desk: Desk) -> None:
    card = desk.drops("cora", "x.csv", shifts_csv(ANA))
    assert [row.content for row in desk.stored()] == [shifts_csv(ANA).encode()]
    desk.presses("cora", "Apply", card)
    (row,) = desk.stored()
    assert row.content is None
    assert row.shown
    assert row.shown["entries"] == []


def test_each_file_of_a_message_has_one_card_also_where_slack_sends_it_again(desk: Desk) -> None:
    user, team = desk.work.sandbox.user_id("cora"), desk.work.sandbox.team_id
    given = [{"id": f"F{number}", "name": f"{number}.csv", "mode": "external"} for number in (1, 2)]
    event = {"type": "message", "subtype": "file_share", "channel": "D1", "channel_type": "im", "user": user}
    for _ in range(2):
        assert desk.work.hears({**event, "team": team, "files": given, "text": ""}, "EvFiles") == 200
    desk.settles()
    assert sorted((row.name, row.state) for row in desk.stored()) == [("1.csv", "lost"), ("2.csv", "lost")]
    assert len(desk.reads("cora")) == 2


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_changed", "message": {"text": "email,name\na,b"}},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"bot_id": "B0OTHER"},
        {"channel_type": "channel"},
        {"user": None},
    ],
)
def test_edits_joins_bots_and_other_conversations_are_passed_over(desk: Desk, event: dict[str, object]) -> None:
    usual = {"type": "message", "channel": "D1", "channel_type": "im", "user": desk.work.sandbox.user_id("cora")}
    assert desk.work.hears({**usual, "text": "email\tname\na\tb", **event}, "Ev1") == 200
    desk.settles()
    assert desk.reads("cora") == []
    assert desk.stored() == []


def test_a_file_that_is_gone_too_large_or_only_a_link_says_so(desk: Desk) -> None:
    large = desk.drops("cora", "x.csv", shifts_csv(ANA) + "\n" * (5 * 1024 * 1024))
    assert large.text == (
        "x.csv was not read. Nothing was changed.\nIt is larger than 5 MB. Split it, and drop the parts here."
    )
    event = {"type": "message", "subtype": "file_share", "channel": "D1", "channel_type": "im"}
    event |= {"user": desk.work.sandbox.user_id("cora"), "text": ""}
    desk.work.hears({**event, "files": [{"id": "F0GONE", "name": "y.csv"}]}, "Ev1")
    desk.settles()
    assert "Slack has no such file for me" in desk.reads("cora")[-1].text


def test_a_file_that_plans_somebody_who_has_left_names_them_before_and_after(desk: Desk) -> None:
    desk.work.changes("ana", deleted=True)
    card = desk.drops("cora", "x.csv", shifts_csv(ANA, BEN, ANA.replace("11-06", "11-07")))
    left = (
        "• Line 2: Ana Ruiz (ana@example.com) has left Slack: nobody works what is planned for them until it is "
        "given to somebody"
    )
    assert left in card.text.splitlines()
    card = desk.presses("cora", "Apply", card)
    assert card.text.splitlines()[:3] == ["x.csv is applied: import 2.", "3 added", left]
    assert desk.reads("cora")[-1].text.startswith("@Ana Ruiz has left. 2 shifts need an owner")


def test_volumes_a_plan_and_breaks_are_recognised_previewed_in_sums_applied_and_undone(desk: Desk) -> None:
    volume = b"Intervall;Queue;Calls;AHT\n2026-11-02 09:00;mail;10;180\n2026-11-02 09:30;mail;12;180\n"
    card = desk.drops("cora", "calls.csv", volume)
    assert card.text == (
        "Preview of calls.csv. Nothing is changed yet.\n"
        "I read it as volume: Intervall (interval start), Queue, Calls (offered), AHT (aht seconds)\n"
        "2 to add\n"
        "• add mail: 2 intervals, Mon, Nov 2\n"
        "New queues: mail"
    )
    card = desk.presses("cora", "Apply", card)
    assert card.text == "calls.csv is applied: import 2.\n2 added"
    card = desk.presses("cora", "Undo", card, confirm=True)
    assert card.text == "Import 2 (calls.csv) is undone. Everything is as it was before."

    plan = desk.drops("cora", "plan.csv", b"date,start,end,queue,heads\n2026-11-06,09:00,17:00,mail,2\n")
    assert "• add mail: 32 quarters of an hour, Fri, Nov 6" in plan.text
    breaks = b"email,date,start,end,activity\nana@example.com,2026-11-06,12:00,12:30,break\n"
    card = desk.presses("cora", "Apply", desk.drops("cora", "breaks.csv", breaks))
    assert card.text == "breaks.csv is applied: import 3.\n1 added"
    none = b"email,date,start,end,activity\nana@example.com,2026-11-06,12:15,12:45,break\n"
    card = desk.drops("cora", "breaks.csv", none)
    assert card.text.splitlines()[2:] == [
        "1 to add, 1 to remove",
        "• add break: 1 time, Fri, Nov 6",
        "• remove break: 1 time, Fri, Nov 6",
    ]
    assert desk.presses("cora", "Apply", card).text == "breaks.csv is applied: import 4.\n1 added, 1 removed"


def test_balances_of_leave_are_previewed_line_by_line_applied_and_taken_back_by_their_opposite(desk: Desk) -> None:
    desk.work.prefers(leave_weeks="5.6")
    file = (
        b"E-Mail;Urlaubsart;Tage;Stichtag;Verf\xc3\xa4llt am;Grund\n"
        b"ana@example.com;paid leave;12;30.06.2026;;\nben@example.com;paid leave;-0.5;01.10.2026;;Left at noon\n"
    )
    card = desk.drops("cora", "urlaub.csv", file)
    assert card.text == (
        "Preview of urlaub.csv. Nothing is changed yet.\n"
        "I read it as leave: E-Mail, Urlaubsart (kind), Tage (days), Stichtag (on), Verfällt am (expires), "
        "Grund (reason)\n"
        "2 to add\n"
        "• Line 2: ana@example.com, paid leave: −128 h on Tue, Jun 30\n"
        "• Line 3: ben@example.com, paid leave: −4 h on Thu, Oct 1"
    )
    card = desk.presses("cora", "Apply", card)
    assert card.text == "urlaub.csv is applied: import 2.\n2 added"
    assert "paid leave: 12 d" in desk.work.asks("ana", "/timeoff balance").text
    assert "“Left at noon”" in desk.work.asks("ben", "/timeoff balance").text
    again = desk.drops("cora", "urlaub.csv", file)
    assert again.text.startswith("Preview of urlaub.csv: there is nothing to change.")
    desk.presses("cora", "Undo", card, confirm=True)
    said = desk.work.asks("ana", "/timeoff balance").text
    assert "paid leave: 28 d" in said
    assert "−16 d brought here" in said  # and the opposite of it


def test_nobody_puts_their_own_balance_right_by_a_file(desk: Desk) -> None:
    own = b"email,kind,days,on\ncora@example.com,paid leave,40,2026-06-30\n"
    said = desk.drops("cora", "leave.csv", own)
    assert "Line 2, column email: “cora@example.com” is not somebody else: nobody puts their own" in said.text
    assert said.buttons == []

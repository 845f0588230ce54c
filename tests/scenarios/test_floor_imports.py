"""The latest imports, and taking one back in Slack."""

import pytest

from bot.sandbox import Shown
from tests.workplace import Workplace, until

FRIDAY = "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail"
SATURDAY = "ben@example.com,2026-11-07,09:00,17:00,Europe/London,mail"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with three imports."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(FRIDAY, SATURDAY)
    work.at("2026-11-03 09:30")
    work.shifts(FRIDAY.replace("17:00", "18:00"))


def undoes(work: Workplace, name: str, number: int, on: Shown, *, confirm: bool = True) -> Shown:
    """The list after Undo was pressed beside an import."""
    person = work.person(name)
    beside = f"{'Edit' if f'Edit {number} ' in on.text else 'Import'} {number}"
    person.presses("Undo…", on, beside=beside, confirm=confirm)
    assert person.notices == []
    return person.refreshed(on)


def test_the_latest_imports_say_what_who_when_and_how_much(everywhere: Workplace) -> None:
    prepare(everywhere)
    assert everywhere.asks("cora", "/floor imports").text.splitlines() == [
        "Imported files, newest first",
        "Import 3 · shifts · shifts.csv",
        "Tue, Nov 3, 09:30 · the operator at the command line · 1 changed",
        "Import 2 · shifts · shifts.csv",
        "Mon, Nov 2, 12:00 · the operator at the command line · 2 added",
        "Import 1 · people · people.csv",
        "Mon, Nov 2, 12:00 · the operator at the command line · 6 added",
    ]


def test_an_undo_is_asked_about_done_and_said(everywhere: Workplace) -> None:
    prepare(everywhere)
    shown = everywhere.asks("cora", "/floor imports")
    shown = undoes(everywhere, "cora", 3, shown, confirm=False)
    assert "18:00" in everywhere.asks("ana", "/shifts").text
    shown = undoes(everywhere, "cora", 3, shown)
    assert shown.text.startswith("Import 3 is undone: 1 shift as before.")
    assert "Undone on Tue, Nov 3" in shown.text
    assert shown.buttons == ["Undo…", "Undo…"]
    assert "09:00–17:00" in everywhere.asks("ana", "/shifts").text
    assert "@Cora Lind · took import 3 back" in everywhere.asks("cora", "/floor audit import 3").text


def test_what_stands_in_the_way_is_said_in_words_and_nothing_is_changed(desk: Workplace) -> None:
    shown = undoes(desk, "cora", 2, desk.asks("cora", "/floor imports"))
    assert shown.text.splitlines()[:3] == [
        "Import 2 cannot be undone, because something depends on it. Nothing was changed.",
        "• 1 shift changed since",
        "• 1 shift worked otherwise by now",
    ]
    assert "Undo what came after it first: import 3." in shown.text
    assert "09:00–18:00" in desk.asks("ana", "/shifts").text


def test_what_has_begun_is_not_offered_to_be_undone_and_it_is_said_why(desk: Workplace) -> None:
    desk.at("2026-11-06 09:00")
    shown = desk.asks("cora", "/floor imports")
    said = "Its shifts have begun, so it can no longer be undone. To correct it, import a corrected file."
    assert shown.text.count(said) == 2
    assert shown.buttons == ["Undo…"]
    assert "is undone" not in undoes(desk, "cora", 1, shown).text


def test_who_comes_second_reads_that_it_is_done(desk: Workplace) -> None:
    lists = [desk.asks("cora", "/floor imports") for _ in range(2)]
    undoes(desk, "cora", 3, lists[0])
    assert undoes(desk, "cora", 3, lists[1]).text.startswith("Import 3 is undone already.")


def test_who_runs_no_desk_sees_no_imports(desk: Workplace) -> None:
    assert "Only coordinators and managers see imports" in desk.asks("cleo", "/floor imports").text


def test_an_undo_that_takes_its_time_is_said_when_it_is_done(desk: Workplace) -> None:
    shown = desk.asks("cora", "/floor imports")
    desk.hurries()
    with desk.deps.sessions.write(desk.sandbox.team_id):  # somebody else writes for long
        waits = undoes(desk, "cora", 3, shown)
        assert waits.text.startswith("Import 3 is being undone. What comes of it follows here.")
    until(lambda: desk.person("cora").refreshed(shown).text.startswith("Import 3 is undone: 1 shift as before."))


def edits(work: Workplace, times: int) -> None:
    """Cora moves the end of Ana's Friday, an hour at a time."""
    cora = work.person("cora")
    cora.types("/shifts edit @ana fri")
    for hour in range(times):
        cora.chooses("⋯", "Change…", beside="Fri, Nov 6")
        cora.picks("End", f"{12 + hour}:30")
        cora.submits()
        cora.submits()
        cora.sees_modal("Edit shifts")
    cora.closes()


def test_edits_by_hand_are_listed_apart_and_turned_page_by_page(desk: Workplace) -> None:
    edits(desk, 7)
    cora, shown = desk.person("cora"), desk.asks("cora", "/floor imports")
    lines = shown.text.splitlines()
    assert [each for each in lines if "newest first" in each] == [
        "Imported files, newest first",
        "Edited by hand · 1–5 of 7, newest first",
    ]
    assert "Import 3 · shifts · shifts.csv" in lines
    assert lines[-2:] == [
        "Edit 6 · Tue, Nov 3, 09:30 · @Cora Lind",
        "@Ana Ruiz: Fri, Nov 6, 09:00–13:30 · mail → Fri, Nov 6, 09:00–14:30 · mail",
    ]
    cora.presses("Older", shown)
    shown = cora.refreshed(shown)
    assert shown.text.splitlines()[0] == "Edited by hand · 6–7 of 7, newest first"
    assert "Edit 4 · " in shown.text
    assert shown.buttons == ["Undo…", "Undo…", "Newer"]
    cora.presses("Newer", shown)
    assert "Imported files, newest first" in cora.refreshed(shown).text


def test_an_edit_on_an_older_page_is_undone_there(desk: Workplace) -> None:
    edits(desk, 6)
    cora, shown = desk.person("cora"), desk.asks("cora", "/floor imports")
    cora.presses("Older", shown)
    shown = undoes(desk, "cora", 4, cora.refreshed(shown))
    assert shown.text.startswith("Import 4 cannot be undone")
    assert "Undo what came after it first: import 9" in shown.text

"""Files of key figures: whom and what they mean, under which name that is kept, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.actions.kpi_import import import_kpi
from bot.actions.kpi_mapping import Mapped, TakenName
from bot.actions.kpi_table import find_figures
from bot.connectors.spreadsheets import read_table
from bot.domain.imports import BadFile
from bot.domain.kpi import Figure
from bot.domain.kpi_periods import day_of
from bot.domain.permissions import OPERATOR
from tests.kpi_desk import MONDAY, Figures, on_sqlite

RATINGS = "Date,Agent,Satisfied,Ratings"
COLUMNS = {"csat_positive": "Happy", "csat_answers": "Asked"}


@pytest.fixture
def figures(sqlite_url: str, tmp_path: Path) -> Iterator[Figures]:
    with on_sqlite(sqlite_url, tmp_path) as figures:
        yield figures


def refused(figures: Figures, *lines: str, read_as: Mapped | None = None) -> list[str]:
    with pytest.raises(BadFile) as bad:
        figures.file(*lines, read_as=read_as or Mapped())
    assert figures.facts() == []
    return [each.expected for each in bad.value.problems]


def test_nobody_counts_twice_who_is_named_once_and_once_by_address(figures: Figures) -> None:
    lines = "2026-09-21,Ana Ruiz,40,50", "2026-09-21,ana@example.com,4,5"
    [expected] = refused(figures, RATINGS, *lines)
    assert expected == "somebody else: kpi.csv, line 2 says the same day and place of them, too"


def test_a_name_that_several_people_have_is_nobodys(figures: Figures) -> None:
    figures.desk.people("email,name,role,team\nana2@example.com,Ana Ruiz,agent,Mail\n")
    assert refused(figures, RATINGS, "2026-09-21,Ana Ruiz,40,50") == ["an address: 2 people are called so"]
    figures.file(RATINGS, "2026-09-21,ana2@example.com,40,50")
    assert figures.read(Figure.CSAT, member_id=figures.desk.member("ana2").id).n == 50


@pytest.mark.parametrize("name", ["Floorwalker", " FILE ", "x" * 41])
def test_no_mapping_takes_the_name_of_another_source(figures: Figures, name: str) -> None:
    with pytest.raises(TakenName):
        figures.file("Date,Happy,Asked", "2026-09-21,40,50", read_as=Mapped(name, COLUMNS))
    assert figures.facts() == []


def test_a_mapping_that_is_said_anew_may_leave_columns_out(figures: Figures) -> None:
    figures.file("Date,Queue,Happy,Asked", "2026-09-21,billing,40,50", read_as=Mapped("survey", COLUMNS))
    whole = "Date,Happy,Asked", "2026-09-21,45,50"
    with pytest.raises(BadFile):
        figures.file(*whole, read_as=Mapped("survey"))
    figures.file(*whole, read_as=Mapped("survey", COLUMNS))
    assert (figures.read(Figure.CSAT).numerator, len(figures.facts())) == (45, 1)


def test_a_column_is_refused_that_says_nothing_alone_and_one_that_was_guessed_is_left_out(
    figures: Figures,
) -> None:
    said = Mapped(None, {"csat_positive": "Happy"})
    assert refused(figures, "Date,Offered,Happy", "2026-09-21,9,8", read_as=said) == [
        "csat_answers beside it: alone it says nothing"
    ]
    done = figures.file("Date,Offered,Satisfied", "2026-09-21,9,many")
    assert [each.name for each in done.series] == ["offered"]


def test_files_with_other_columns_are_one_import(figures: Figures) -> None:
    rows = []
    texts = {"a.csv": "Date,Offered\n2026-09-21,9\n", "b.csv": "Day,Queue,Calls\n2026-09-22,mail,8\n"}
    for name, text in texts.items():
        path = figures.desk.folder / name
        path.write_text(text, encoding="utf-8")
        rows += read_table(name, path, ["date"])
    import_kpi(figures.deps, "T1", OPERATOR, rows, files="a.csv, b.csv", dry_run=False)
    assert figures.read(Figure.CONTACTS).value == 17


def test_what_is_wrong_in_a_column_that_is_not_read_does_no_harm(figures: Figures) -> None:
    path = figures.desk.folder / "kpi.xlsx"
    book = Workbook()
    sheet = book.create_sheet("Figures", 0)
    for line in (("Date", "Offered", "Answer rate"), (MONDAY, 0, "#DIV/0!")):
        sheet.append(line)
    sheet["C2"].data_type = "e"
    book.save(path)
    with figures.deps.sessions.read("T1") as session:
        rows = find_figures(session, "kpi.xlsx", path).rows
    import_kpi(figures.deps, "T1", OPERATOR, rows, files="kpi.xlsx", dry_run=False)
    assert figures.read(Figure.CONTACTS).value == 0


def test_who_came_and_went_without_a_shift_is_not_passed_over_in_silence(figures: Figures) -> None:
    assert refused(figures, "Date,Agent,Login,Logout", "2026-09-21,Ana Ruiz,09:00,17:00") == [
        "somebody with a shift on that day: nobody in this file has one"
    ]


def test_who_came_and_went_in_an_hour_that_clocks_skip_was_not_there(figures: Figures) -> None:
    figures.prefers(time_zone="Europe/Berlin")
    figures.desk.shifts(
        "ana@example.com,2026-03-29,01:00,09:00,Europe/Berlin",
        "ana@example.com,2026-03-30,09:00,17:00,Europe/Berlin",
    )
    figures.file("Date,Agent,Login,Logout", "2026-03-29,Ana Ruiz,02:10,02:40", "2026-03-30,Ana Ruiz,09:00,17:00")
    assert figures.read(Figure.ADHERENCE, day_of(MONDAY.replace(month=3, day=30))).value == 1
    assert len(figures.facts()) == 2

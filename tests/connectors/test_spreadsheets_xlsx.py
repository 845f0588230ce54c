"""Workbooks as people have them: each cell is read as it shows there, and what cannot be read is named."""

import csv
import io
import random
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.connectors import spreadsheets_xlsx
from bot.connectors.spreadsheets import find_table, read_table
from bot.domain.imports import BadFile, Problem, Row

REQUIRED = {"email", "name"}
HEADER = ["email", "name", "start"]
SHEET = "xl/worksheets/sheet1.xml"


def packed(*sheets: Callable[[Worksheet], object], book: Workbook | None = None) -> bytes:
    """A workbook with these sheets, as bytes."""
    book = book or Workbook()
    book.remove(book.worksheets[0])
    for number, fill in enumerate(sheets, start=1):
        fill(book.create_sheet(f"Week {number}"))
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def lines(*rows: list[Any]) -> Callable[[Worksheet], None]:
    """Fills a sheet with rows from the top."""

    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def read(raw: bytes) -> list[Row]:
    return read_table("people.xlsx", raw, REQUIRED)


def refused(raw: bytes) -> list[Problem]:
    with pytest.raises(BadFile) as refusal:
        read(raw)
    return refusal.value.problems


def shown(value: Any, number_format: str | None = None) -> str:
    """How a cell of the column start is read."""

    def fill(sheet: Worksheet) -> None:
        lines(HEADER, ["a@example.com", "Ana", value])(sheet)
        if number_format:
            sheet["C2"].number_format = number_format

    return read(packed(fill))[0].cells["start"]


def test_each_line_is_read_by_the_names_of_its_columns_and_found_by_its_row() -> None:
    raw = packed(
        lines(["Mails to", "Name"], [], ["Email", " Name ", "Weekly Hours"], [], ["a@example.com", "Ana", 40])
    )
    assert read(raw) == [
        Row("people.xlsx", 5, {"email": "a@example.com", "name": "Ana", "weekly_hours": "40"}),
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (date(2026, 12, 24), None, "2026-12-24"),
        (datetime(2026, 12, 24), None, "2026-12-24"),
        (datetime(2026, 12, 24), "dd.mm.yyyy", "2026-12-24"),
        (datetime(2026, 12, 24, 9, 30), None, "2026-12-24 09:30"),
        (datetime(2026, 12, 24, 9, 30), "h:mm AM/PM", "09:30"),
        (datetime(2026, 12, 24, 9, 30), "[$-407]d. mmmm yyyy;@", "2026-12-24"),
        (datetime(2026, 12, 24, 9, 30), 'mmm "h"', "2026-12-24"),
        (time(9), None, "09:00"),
        (time(22, 15, 30), None, "22:15:30"),
        (0.375, "hh:mm", "09:00"),
        (1 / 3, "hh:mm", "08:00"),
        (0.99999999, "hh:mm", "00:00"),
        (timedelta(hours=30), None, "30:00"),
        (timedelta(hours=24), None, "24:00"),
        (timedelta(hours=7, minutes=45), None, "07:45"),
        (timedelta(minutes=-90), None, "-01:30"),
        (40, None, "40"),
        (37.5, None, "37.5"),
        (0.1 + 0.2, None, "0.3"),
        (1e6, None, "1000000"),
        (0.6, "0%", "0.6"),
        (True, None, "TRUE"),
        (False, None, "FALSE"),
        ("  09:00 ", None, "09:00"),
        ("Ine\u0302s", None, "In\u00eas"),
        (None, "dd.mm.yyyy", ""),
    ],
)
def test_a_cell_reads_as_it_would_be_typed(value: Any, number_format: str | None, text: str) -> None:
    assert shown(value, number_format) == text


def test_the_dates_of_a_workbook_that_counts_from_1904_are_right() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    raw = packed(lines(HEADER, ["a@example.com", "Ana", date(2026, 12, 24)]), book=book)
    assert read(raw)[0].cells["start"] == "2026-12-24"


def test_the_first_visible_sheet_with_the_right_header_is_read_and_the_others_are_named() -> None:
    def hidden(sheet: Worksheet) -> None:
        lines(HEADER, ["hidden@example.com", "Hidden"])(sheet)
        sheet.sheet_state = "hidden"

    raw = packed(lines(["How to use this file"]), hidden, lines(HEADER, ["a@example.com", "Ana"]), lines(HEADER))
    table = find_table("people.xlsx", raw, {"people": frozenset(REQUIRED)})
    assert [row.cells["email"] for row in table.rows] == ["a@example.com"]
    assert table.passed_over == ("Week 1", "Week 4")


def test_what_is_wrong_in_a_column_that_is_not_used_does_no_harm() -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["email", "name", "age", "age"], ["a@example.com", "Ana", "#N/A", "=1/0"], [None, None, "#N/A"])(
            sheet
        )

    raw = packed(fill)
    [row] = find_table("people.xlsx", raw, {"": frozenset(REQUIRED)}, {"": ["email", "name", "team"]}).rows
    assert (row.cells["email"], row.cells["name"]) == ("a@example.com", "Ana")
    assert {problem.column for problem in refused(raw)} == {"age"}


def test_a_merged_title_and_merged_cells_of_the_header_do_no_harm() -> None:
    def fill(sheet: Worksheet) -> None:
        lines(["December"], ["email", "name", None, "team"], [], ["a@example.com", "Ana", None, "Mail"])(sheet)
        for cells in ("A1:D1", "B2:C2", "A2:A3"):
            sheet.merge_cells(cells)

    [row] = read(packed(fill))
    assert (row.line, row.cells["name"], row.cells["team"]) == (4, "Ana", "Mail")


def test_remarks_beside_the_table_are_left_alone() -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana", "", "", "ask Cora"]))
    assert dict(read(raw)[0].cells) == {"email": "a@example.com", "name": "Ana", "start": ""}


def test_the_error_of_a_formula_is_a_problem_of_its_cell() -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana", "#N/A"]))
    assert refused(raw) == [
        Problem("people.xlsx", 2, "start", "#N/A", "a value, not the error of a formula"),
    ]


def test_a_formula_that_was_never_calculated_is_a_problem_of_its_cell() -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana", "=B2+1"], ["b@example.com", "=A1", None]))
    expected = "a formula with a result (open the file in a spreadsheet program and save it again)"
    assert refused(raw) == [
        Problem("people.xlsx", 2, "start", "=B2+1", expected),
        Problem("people.xlsx", 3, "name", "=A1", expected),
    ]


def test_a_formula_counts_as_its_result_also_where_that_is_empty() -> None:
    def calculated(xml: bytes) -> bytes:
        xml = xml.replace(b'<c r="B2"><f>A1</f><v /></c>', b'<c r="B2" t="str"><f>A1</f><v>Ana</v></c>')
        return xml.replace(b'<c r="C2"><f>A2</f><v /></c>', b'<c r="C2" t="str"><f>A2</f><v></v></c>')

    raw = rewritten(packed(lines(HEADER, ["a@example.com", "=A1", "=A2"])), SHEET, calculated)
    assert dict(read(raw)[0].cells) == {"email": "a@example.com", "name": "Ana", "start": ""}


def test_what_openpyxl_would_warn_of_does_no_harm() -> None:
    def fill(sheet: Worksheet) -> None:
        lines(HEADER, ["a@example.com", "Ana"])(sheet)
        sheet.add_data_validation(DataValidation(type="list", formula1='"a,b"'))

    extension = b'<extLst><ext uri="{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    raw = rewritten(packed(fill), SHEET, lambda xml: xml.replace(b"</worksheet>", extension))
    assert [row.cells["name"] for row in read(raw)] == ["Ana"]


@pytest.mark.parametrize("size", [b"A1:A1", b"A1:XFD1048576"])
def test_a_lying_size_of_the_sheet_is_not_believed(size: bytes) -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana", "x"]))
    told = rewritten(raw, SHEET, lambda xml: xml.replace(b"A1:C2", size))
    assert [dict(row.cells) for row in read(told)] == [{"email": "a@example.com", "name": "Ana", "start": "x"}]


def test_a_sheet_that_goes_on_for_ever_is_refused() -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana"]))
    far = rewritten(raw, SHEET, lambda xml: xml.replace(b'r="2"', b'r="900000000"'))
    assert refused(far)[0].expected == "at most 100,000 lines"


def test_what_would_be_huge_once_unpacked_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets_xlsx, "_MOST_UNPACKED", 200_000)
    raw = packed(lines(HEADER, *[["a@example.com", "Ana", "x"]] * 10_000))
    assert len(raw) < 200_000
    assert refused(raw)[0].expected == "a smaller workbook (copy the table into a new one)"


def test_entities_are_not_blown_up() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
    )
    raw = packed(lines(HEADER, ["a@example.com", "Ana"]))
    end = b"</worksheet>"
    far = rewritten(raw, SHEET, lambda xml: bomb + b"]>" + xml.replace(end, b"&j;" + end))
    assert "damaged" in refused(far)[0].expected


def test_macros_are_ignored() -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana"]))
    buffer = io.BytesIO(raw)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf macro")
    assert [row.cells["name"] for row in read(buffer.getvalue())] == ["Ana"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (OLE, "this is an old format: save it as XLSX"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "take the password off"),
        (b"PK\x03\x04\x14\x00\x06\x00", "this one is damaged"),
    ],
)
def test_what_is_no_workbook_of_today_says_what_to_do(raw: bytes, words: str) -> None:
    [problem] = refused(raw)
    assert problem.line == 0
    assert words in problem.expected


def test_another_kind_of_archive_is_asked_for_as_a_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refused(buffer.getvalue())[0].expected == "an XLSX or CSV file (save the sheet as XLSX)"


def test_a_workbook_whose_sheets_are_all_hidden_or_empty_is_refused() -> None:
    assert refused(packed(lines()))[0].expected == "a header with the columns email, name"


def test_the_kind_goes_by_the_content_and_not_by_the_name() -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana"]))
    assert [row.cells["name"] for row in read_table("people.csv", raw, REQUIRED)] == ["Ana"]
    text = b"email,name\na@example.com,Ana"
    assert [row.cells["name"] for row in read_table("people.xlsx", text, REQUIRED)] == ["Ana"]


def test_a_damaged_workbook_is_refused_or_read_and_never_anything_else() -> None:
    raw = packed(lines(HEADER, ["a@example.com", "Ana", time(9)]))
    chance = random.Random(14)
    outcomes = [outcome(damaged(raw, chance)) for _ in range(300)]
    assert {"refused"} < set(outcomes) <= {"refused", "read"}


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Some bytes are others, and the end may be missing; it still begins like a workbook."""
    broken = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        broken[chance.randrange(4, len(broken))] = chance.randrange(256)
    return bytes(broken[: chance.choice([len(broken), chance.randrange(4, len(broken))])])


def outcome(raw: bytes) -> str:
    """What becomes of a file."""
    try:
        read(raw)
    except BadFile as refusal:
        return "refused" if refusal.problems else "refused without a reason"
    return "read"


letters = st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\u2028\u2029\x85")
cells = st.text(letters, max_size=12)


@given(st.lists(st.lists(cells, min_size=4, max_size=4), max_size=8), st.sampled_from(",;\t"))
def test_a_table_reads_the_same_from_csv_and_from_a_workbook(rows: list[list[str]], separator: str) -> None:
    table = [["email", "name", "queue", "note"], *rows]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows(table)
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in table:
        sheet.append([as_text(sheet, cell) for cell in row])
    raw = io.BytesIO()
    book.save(raw)
    from_csv = read_table("x", text.getvalue().encode(), REQUIRED)
    assert read_table("x", raw.getvalue(), REQUIRED) == from_csv
    assert len(from_csv) == sum(any(cell.strip() for cell in row) for row in rows)


def as_text(sheet: Any, text: str) -> Any:
    """A cell that is text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def rewritten(raw: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            content = old.read(each)
            changed = change(content) if each.filename == part else content
            assert each.filename != part or changed != content
            new.writestr(each.filename, changed)
    return buffer.getvalue()

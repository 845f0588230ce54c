"""Writes tables as CSV and as XLSX workbooks; what looks like a formula stays the text that it is."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.domain.sheets import Cell, Kind, Number, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

# Spreadsheet programs take a cell that begins so for a formula; some do with the wide forms, too.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_WIDEST, _WIDEST_HEADING = 60, 16
_NUMBERS: Mapping[Kind, str] = {
    "text": "@",
    "number": "General",
    "whole": "#,##0",
    "tenth": "#,##0.0",
    "percent": "0.0%",
    "day": "yyyy-mm-dd",
}
_WIDTHS: Mapping[Kind, int] = {"number": 12, "whole": 8, "tenth": 8, "percent": 8, "day": 10}
_MOMENT = "yyyy-mm-dd hh:mm"


def write_csv(sheet: Sheet) -> bytes:
    """The table in UTF-8, with the mark by which office programs know it; shares stay shares."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_defused(column.heading) for column in sheet.columns)
    writer.writerows([_defused(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """The tables as one workbook, the first in front."""
    from xlsxwriter import Workbook  # takes its time to start, and few need it

    content = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(content, options) as book:
        formats = _formats(book)
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.name), sheet, formats)
    return content.getvalue()


def _formats(book: "Workbook") -> Mapping[str, "Format"]:
    """How headings and cells of each kind look."""
    found: dict[str, Format] = {}
    for kind, how in _NUMBERS.items():
        found[kind] = book.add_format({"num_format": how, "valign": "top"})
    # So that a cell that looks like a formula is none either after somebody has edited it.
    found["text"] = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
    found["moment"] = book.add_format({"num_format": _MOMENT, "valign": "top"})
    found["heading"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    return found


def _fill(page: "Worksheet", sheet: Sheet, formats: Mapping[str, "Format"]) -> None:
    rows = [list(row) for row in sheet.rows]
    for number, column in enumerate(sheet.columns):
        widest = max((_width(row[number], column.kind) for row in rows), default=0)
        heading = min(len(column.heading), _WIDEST_HEADING)
        page.set_column(number, number, min(_WIDEST, max(heading, widest)) + 3)
        page.write_string(0, number, column.heading, formats["heading"])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(rows), len(sheet.columns) - 1)
    # On paper as wide as a page, each with the headings.
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for at, row in enumerate(rows, start=1):
        for number, cell in enumerate(row):
            _write(page, at, number, cell, sheet.columns[number].kind, formats)


def _width(cell: Cell, kind: Kind) -> int:
    match cell:
        case str():
            return max(map(len, cell.splitlines()), default=0)
        case datetime():
            return len(_MOMENT)
    return _WIDTHS.get(kind, 12)


def _write(
    page: "Worksheet", row: int, column: int, cell: Cell, kind: Kind, formats: Mapping[str, "Format"]
) -> None:
    match cell:
        case None:
            pass
        case str():
            page.write_string(row, column, cell, formats["text"])
        case datetime():
            page.write_datetime(row, column, cell, formats["moment"])
        case date():
            page.write_datetime(row, column, cell, formats["day"])
        case Number(value, own):
            page.write_number(row, column, value, formats[own])
        case _:
            page.write_number(row, column, cell, formats["number" if kind == "text" else kind])


def _defused(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Number):
        return _defused(cell.value)
    if not isinstance(cell, str):
        return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else f"{cell}"
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell

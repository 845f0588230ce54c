import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from bot.connectors.workbooks import write_csv, write_xlsx
from bot.domain.sheets import Column, Number, Sheet

COLUMNS = (Column("day", "day"), Column("queue"), Column("csat", "percent"), Column("contacts", "whole"))
ROW = (date(2026, 11, 2), "billing", 0.825, 40)


def sheet(*rows: tuple[date | str | float | None, ...]) -> Sheet:
    return Sheet("Figures", COLUMNS, rows)


def test_a_csv_reads_as_it_was_given() -> None:
    content = write_csv(sheet(ROW, (None, "Häuser, Wien", None, -3)))

    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["day", "queue", "csat", "contacts"],
        ["2026-11-02", "billing", "0.825", "40"],
        ["", "Häuser, Wien", "", "-3"],
    ]


def test_a_workbook_has_numbers_as_numbers_and_days_as_days() -> None:
    seconds = Sheet("Seconds", (Column("value", "whole"),), [(Number(0.8251, "percent"),), (309.4,)])
    second = Sheet("Sources", (Column("source"), Column("at", "day")), [("zendesk", datetime(2026, 11, 2, 6, 30))])
    book = load_workbook(io.BytesIO(write_xlsx([sheet(ROW), second, seconds])))

    assert book.sheetnames == ["Figures", "Sources", "Seconds"]
    assert [book["Seconds"][cell].number_format for cell in ("A2", "A3")] == ["0.0%", "#,##0"]
    assert book["Figures"].freeze_panes == "A2"
    assert book["Figures"].auto_filter.ref == "A1:D2"
    day, queue, csat, contacts = book["Figures"][2]
    assert (day.value, queue.value, csat.value, contacts.value) == (datetime(2026, 11, 2), "billing", 0.825, 40)
    assert csat.number_format == "0.0%"
    assert book["Sources"]["B2"].value == datetime(2026, 11, 2, 6, 30)


@pytest.mark.parametrize(
    "evil",
    ['=HYPERLINK("http://x.test")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "＝1+1"],
)
def test_what_looks_like_a_formula_stays_text(evil: str) -> None:
    content = write_csv(sheet((None, evil, None, None)))
    cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1]
    assert cells[1] == f"'{evil}"

    cell = load_workbook(io.BytesIO(write_xlsx([sheet((None, evil, None, None))])))["Figures"]["B2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix

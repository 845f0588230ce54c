"""Spreadsheets that are given to the bot."""

from collections.abc import Iterator
from datetime import date, time
from io import BytesIO

from openpyxl import Workbook

from bot.demo.cast import BOT, Cast

Line = tuple[str, date, time, time, str]


def a_plan_that_changes(cast: Cast) -> None:
    """A new plan from Excel: mistakes by line, a preview, everybody concerned is told; and back again"""
    ben, ana, kavya = cast("ben"), cast("ana"), cast("kavya")
    ben.drops("plan.xlsx", _workbook(_plan(cast, "kavja")), BOT)
    ben.reads("cannot be imported", BOT)
    ben.drops("plan.xlsx", _workbook(_plan(cast, "kavya")), BOT)
    card = ben.reads("Preview of plan.xlsx", BOT)
    ben.presses("Apply", card)
    ana.reads(f"→ {cast.listed(1, 3)}, 12:00–20:00", BOT)
    kavya.hears("holds on a new schedule", kavya.reads("is settled", BOT))
    ben.presses("Undo", ben.reads("is applied", BOT), confirm=True)
    ben.reads("is undone", BOT)
    ana.reads(f"→ {cast.listed(1, 3)}, 13:00–21:00", BOT)


def _plan(cast: Cast, misspelt: str) -> Iterator[Line]:
    """Ana's Thursday begins earlier, and so does the Saturday that Oskar has given to Kavya."""
    yield "ana@example.com", cast.day(1, 3), time(12), time(20), "voice"
    yield "oskar@example.com", cast.day(2, 5), time(8), time(16), "email"
    yield f"{misspelt}@example.com", cast.day(3, 1), time(13), time(21), "email"


def _workbook(lines: Iterator[Line]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Email", "Date", "Start", "End", "Queue"))
    for line in lines:
        sheet.append(line)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()

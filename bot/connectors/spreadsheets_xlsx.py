"""The sheets of an XLSX workbook, each cell as a person reads it there; macros and links are never followed."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.imports import BadFile, Problem

# Of a sheet that people plan with; a file that claims more is broken, or wants to break us.
MOST_LINES, MOST_COLUMNS = 100_000, 100
_MOST_UNPACKED = 100 * 1024 * 1024  # bytes
_MOST_PARTS = 2000

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WANTED = "an XLSX or CSV file"
# What a number format says besides its tokens: quoted text, escaped characters, conditions, morning or afternoon.
_NO_TOKENS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P', re.IGNORECASE)
_HALF_A_SECOND = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell whose value cannot be known: what stands there, and what was expected."""

    found: str
    expected: str


Cell = str | Fault
Lines = list[tuple[int, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Numbered lines, read from the top each time they are asked for.

    On a ``loose`` sheet anything may stand beside the table.
    """

    name: str
    lines: Callable[[], Iterable[tuple[int, list[Cell]]]]
    loose: bool = False


def bad(file: str, line: int, expected: str) -> BadFile:
    """A file that cannot be read; line 0 stands for the whole of it."""
    return BadFile([Problem(file, line, None, "", expected)])


def is_container(raw: bytes) -> bool:
    """Whether it is a file of an office program, and no text."""
    return raw.startswith((_ZIP, _OLE))


def sheets(file: str, raw: bytes) -> list[Sheet]:
    """The visible sheets of a workbook; raises ``BadFile``, also while their lines are read."""
    _refuse_others(file, raw)
    with _open(file, raw) as workbook:
        visible = [each.title for each in workbook.worksheets if each.sheet_state == "visible"]
    if not visible:
        raise bad(file, 0, "a workbook with a sheet that is not hidden")
    return [Sheet(title, _reader(file, raw, title), loose=True) for title in visible]


def _reader(file: str, raw: bytes, title: str) -> Callable[[], Lines]:
    return lambda: _lines(file, raw, title)


def _refuse_others(file: str, raw: bytes) -> None:
    """Raises ``BadFile`` for what is no XLSX workbook, and for one that would be huge once it is unpacked."""
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise bad(file, 0, "a workbook without a password (take the password off and save it again)")
        raise bad(file, 0, f"{_WANTED} (this is an old format: save it as XLSX)")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _damaged(file) from None
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise bad(file, 0, f"{_WANTED} (save the sheet as XLSX)")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise bad(file, 0, "a smaller workbook (copy the table into a new one)")


@contextmanager
def _open(file: str, raw: bytes, *, values: bool = True) -> Iterator[Any]:
    """The workbook with the ``values`` that formulas had when it was saved, or with the formulas."""
    try:
        # openpyxl warns of what it does not read, and we do not want.
        with warnings.catch_warnings(action="ignore"), closing(_load(raw, values=values)) as workbook:
            yield workbook
    except BadFile:
        raise
    except Exception as error:  # a damaged file makes openpyxl raise almost anything
        raise _damaged(file) from error


def _load(raw: bytes, *, values: bool) -> Any:
    from openpyxl import load_workbook  # a tenth of the time to start, for what most processes never read

    return load_workbook(io.BytesIO(raw), read_only=True, data_only=values, keep_links=False)


def _lines(file: str, raw: bytes, title: str) -> Lines:
    lines: Lines = []
    empty: set[tuple[int, int]] = set()
    with _open(file, raw) as workbook:
        for number, row in _rows(file, workbook, title):
            cells = [_read(cell) for cell in row]
            empty.update((number, at) for at, cell in enumerate(row) if _has_no_value(cell))
            lines.append((number, cells))
    formulas = _formulas(file, raw, title) if empty else {}
    for number, cells in lines:
        for at in range(len(cells)):
            if (number, at) in empty and (number, at) in formulas:
                expected = "a formula with a result (open the file in a spreadsheet program and save it again)"
                cells[at] = Fault(formulas[number, at], expected)
    return [(number, cells) for number, cells in lines if any(cells)]


def _rows(file: str, workbook: Any, title: str) -> Iterator[tuple[int, list[Any]]]:
    """The cells of each line up to the last that is there."""
    sheet = workbook[title]
    sheet.reset_dimensions()  # what a file says of its size need not be so
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > MOST_LINES:
            raise bad(file, number, f"at most {MOST_LINES:,} lines")
        there = [at for at, cell in enumerate(row, start=1) if _is_there(cell)]
        yield number, list(row[: there[-1]]) if there else []


def _formulas(file: str, raw: bytes, title: str) -> dict[tuple[int, int], str]:
    """The formulas of a sheet by line and place in it; looked for only where a value is missing."""
    with _open(file, raw, values=False) as workbook:
        return {
            (number, at): str(getattr(cell.value, "text", cell.value))
            for number, row in _rows(file, workbook, title)
            for at, cell in enumerate(row)
            if cell.data_type == "f"
        }


def _is_there(cell: Any) -> bool:
    """A cell of the file, and not one that only fills a gap."""
    return hasattr(cell, "row")


def _has_no_value(cell: Any) -> bool:
    """A cell that is there and says nothing: formatted only, or a formula that was never calculated."""
    return cell.value is None and cell.data_type == "n" and _is_there(cell)


def _read(cell: Any) -> Cell:
    """The text of a cell as it would be typed: dates as 2026-12-24, times and durations as 09:00, 60 % as 0.6."""
    value = cell.value
    if cell.data_type == "e":
        return Fault(str(value), "a value, not the error of a formula")
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.15g}"  # as many digits as a spreadsheet has
        case datetime():
            return _moment(value + _HALF_A_SECOND, cell.number_format)
        case date():
            return value.isoformat()
        case time():
            return _moment(datetime.combine(date.min, value) + _HALF_A_SECOND, "h:mm")
        case timedelta():
            return _duration(value)
    return str(value)


def _moment(moment: datetime, number_format: str) -> str:
    """As much of it as the format shows: a date, a time of day or both."""
    tokens = set(_NO_TOKENS.sub("", number_format).lower())
    clock = f"{moment:%H:%M}" if moment.second == 0 else f"{moment:%H:%M:%S}"
    day = moment.date().isoformat()
    shows_time = bool(tokens & set("hs"))
    shows_day = bool(tokens & set("dy")) or ("m" in tokens and not shows_time)
    if shows_time and not shows_day:
        return clock
    return day if clock == "00:00" or (shows_day and not shows_time) else f"{day} {clock}"


def _duration(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    minutes, second = divmod(abs(seconds), 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")
    return f"-{text}" if seconds < 0 else text


def _damaged(file: str) -> BadFile:
    return bad(file, 0, f"{_WANTED} (this one is damaged: save it again)")

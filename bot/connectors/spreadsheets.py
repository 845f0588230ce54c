"""Spreadsheets as files: CSV in the encodings and with the separators that office programs write."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.domain.imports import BadFile, Problem, Row

_SEPARATORS = ",;\t"
_SAVE = "save the sheet as CSV UTF-8 first"


def read_csv(path: Path, required: Iterable[str]) -> list[Row]:
    """The lines of a CSV file by column name (lower case, blanks as _).

    Raises ``BadFile`` when it cannot be read, lacks a required column or has a line that does not fit the header.
    """
    return _rows(path.name, _lines(path.name, _text(path)), frozenset(required))


def header(rows: list[Row]) -> list[str]:
    """The columns of the file, in its order."""
    return list(rows[0].cells) if rows else []


def _text(path: Path) -> str:
    if path.suffix.lower() in (".xlsx", ".xls", ".ods", ".numbers"):
        raise _bad(path.name, 0, f"a CSV file ({_SAVE})")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _bad(path.name, 0, f"a file that can be read ({error.strerror})") from None
    text = _decoded(path.name, raw)
    if "\0" in text:
        raise _bad(path.name, _line_of(text, text.index("\0")), f"text, not a NUL byte ({_SAVE})")
    # The same name may be written with one character or with two: é, or e and an accent.
    return unicodedata.normalize("NFC", text)


def _decoded(file: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        # What a spreadsheet program writes for plain "CSV" on a Western machine.
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line_of(raw.decode("latin-1"), error.start)
        raise _bad(file, line, f"text in UTF-8 ({_SAVE})") from None


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line on which it begins: a quoted cell may run over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except csv.Error:
        raise _bad(file, number, "quotation marks around whole cells, closed and doubled inside") from None


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _rows(file: str, lines: Iterable[tuple[int, list[str]]], required: frozenset[str]) -> list[Row]:
    columns: list[str] = []
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in lines:
        stripped = [cell.strip() for cell in cells]
        if not any(stripped):
            continue
        if not columns:
            columns = _columns(file, number, stripped, required)
            continue
        while len(stripped) > len(columns) and not stripped[-1]:
            stripped.pop()
        if len(stripped) > len(columns):
            expected = f"{len(columns)} cells, as in the header, not {len(stripped)}"
            problems.append(Problem(file, number, None, "", expected))
        padded = stripped + [""] * (len(columns) - len(stripped))
        rows.append(Row(file, number, dict(zip(columns, padded, strict=False))))
    if not columns:
        raise _bad(file, 1, f"a header with the columns {', '.join(sorted(required))}")
    if problems:
        raise BadFile(problems)
    return rows


def _columns(file: str, line: int, cells: list[str], required: frozenset[str]) -> list[str]:
    columns = ["_".join(cell.lower().split()) for cell in cells]
    problems = [
        Problem(file, line, column, "", "a column of this name in the header")
        for column in required - set(columns)
    ]
    problems += [
        Problem(file, line, column, "", "only one column of this name")
        for column in sorted({column for column in columns if column and columns.count(column) > 1})
    ]
    if problems:
        raise BadFile(sorted(problems, key=lambda problem: problem.column or ""))
    return columns


def _bad(file: str, line: int, expected: str) -> BadFile:
    return BadFile([Problem(file, line, None, "", expected)])

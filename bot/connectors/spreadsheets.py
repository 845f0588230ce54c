"""Tables as files: CSV in the encodings and with the separators that office programs write, and XLSX workbooks."""

import csv
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bot.connectors import spreadsheets_xlsx as xlsx
from bot.connectors.spreadsheets_xlsx import MOST_LINES, Cell, Fault, Sheet, bad
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.imports_headings import columns_of

_SEPARATORS = ",;\t"
_SAVE = "save the sheet as XLSX or CSV UTF-8 first"
_NO_TABLES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF")
# Above a header there may be a title, a logo, somebody's remarks: so many lines that are not blank.
_HEADER_WITHIN = 20

Kinds = Mapping[str, frozenset[str]]
Columns = Mapping[str, Collection[str]]


class UnknownHeader(BadFile):
    """The file is a table, but of no kind that was asked for."""


@dataclass(frozen=True, slots=True)
class Table:
    """The lines below a header, and of which kind they are; ``passed_over`` are the other sheets of a workbook."""

    kind: str
    rows: list[Row]
    passed_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Header:
    line: int
    columns: list[str]
    headings: dict[str, str]  # as they are written, by column


def read_table(name: str, source: bytes | Path, required: Iterable[str]) -> list[Row]:
    """The lines of a CSV or XLSX file by column name (``bot.domain.imports_headings``).

    Raises ``BadFile`` when it cannot be read, lacks a required column or has a line that does not fit the header.
    """
    return find_table(name, source, {"": frozenset(required)}).rows


def find_table(name: str, source: bytes | Path, kinds: Kinds, used: Columns | None = None) -> Table:
    """The same where the header says which of several kinds the file is of; each names its required columns.

    What the file is goes by its content, whatever its name. Of a workbook it is the first visible sheet that has
    such a header. ``used`` are the columns that matter for each kind, all if none are named: what is wrong in
    others does no harm. Raises ``BadFile``, and ``UnknownHeader`` where the header is like that of no kind.
    """
    sheets = list(_sheets(name, source if isinstance(source, bytes) else _content(name, source)))
    for sheet in sheets:
        found = _find_header(sheet, kinds)
        if found:
            kind, header, lines = found
            others = tuple(each.name for each in sheets if each is not sheet)
            matter = set(header.columns) & set(used[kind]) if used else set(header.columns)
            return Table(kind, _rows(name, header, lines, matter, cut=sheet.loose), others)
    raise _no_header(name, sheets, kinds)


def header(rows: list[Row]) -> Mapping[str, str]:
    """The columns of the file, in its order, with their headings as they are written."""
    return rows[0].headings if rows else {}


def _content(name: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise bad(name, 0, f"a file that can be read ({error.strerror})") from None


def _sheets(name: str, raw: bytes) -> Iterator[Sheet]:
    if xlsx.is_container(raw):
        yield from xlsx.sheets(name, raw)
    elif raw.startswith(_NO_TABLES):
        raise bad(name, 0, f"a table, not a picture or a PDF ({_SAVE})")
    else:
        text = _text(name, raw)
        yield Sheet("", lambda: _lines(name, text))


def _text(file: str, raw: bytes) -> str:
    text = _decoded(file, raw)
    if "\0" in text:
        raise bad(file, _line_of(text, text.index("\0")), f"text, not a NUL byte ({_SAVE})")
    return text


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
        raise bad(file, line, f"text in UTF-8 ({_SAVE})") from None


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _lines(file: str, text: str) -> Iterator[tuple[int, list[Cell]]]:
    """Each record with the number of the line on which it begins: a quoted cell may run over several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, list(cells)
            number = reader.line_num + 1
    except csv.Error:
        raise bad(file, number, "quotation marks around whole cells, closed and doubled inside") from None


def _separator(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=first.count)


def _not_blank(sheet: Sheet) -> Iterator[tuple[int, list[Cell]]]:
    for number, cells in sheet.lines():
        # The same name may be written with one character or with two: é, or e and an accent.
        stripped = [
            cell if isinstance(cell, Fault) else unicodedata.normalize("NFC", cell).strip() for cell in cells
        ]
        if any(stripped):
            yield number, stripped


def _find_header(sheet: Sheet, kinds: Kinds) -> tuple[str, _Header, Iterator[tuple[int, list[Cell]]]] | None:
    """The kind of the sheet, its header and the lines below it."""
    lines = _not_blank(sheet)
    for (number, cells), _ in zip(lines, range(_HEADER_WITHIN), strict=False):
        columns = _columns(cells)
        fitting = [kind for kind, required in kinds.items() if required <= set(columns)]
        if fitting:
            # Whoever exports shifts may name the people in them, too.
            kind = max(fitting, key=lambda each: len(kinds[each]))
            return kind, _Header(number, columns, dict(zip(columns, _texts(cells), strict=True))), lines
    return None


def _no_header(file: str, sheets: Iterable[Sheet], kinds: Kinds) -> BadFile:
    """What is wrong with the first line, if it is at least half of a header."""
    lines = chain.from_iterable(_not_blank(sheet) for sheet in sheets)
    number, cells = next(lines, (1, []))
    columns = set(_columns(cells))
    nearest = max(kinds, key=lambda kind: len(kinds[kind] & columns) / len(kinds[kind]))
    required = kinds[nearest]
    if not cells or (len(kinds) > 1 and 2 * len(required & columns) < len(required)):
        wanted = " or ".join(", ".join(sorted(each)) for each in kinds.values())
        return UnknownHeader([Problem(file, number, None, "", f"a header with the columns {wanted}")])
    missing = sorted(required - columns)
    whose = f", as every file of {nearest} has it" if len(kinds) > 1 else ""
    expected = f"this column in the header{whose}"
    return BadFile(
        [
            *(Problem(file, number, each, "", expected) for each in missing),
            *_doubled(file, number, _columns(cells)),
        ]
    )


def _columns(cells: Iterable[Cell]) -> list[str]:
    return columns_of(_texts(cells))


def _texts(cells: Iterable[Cell]) -> list[str]:
    return ["" if isinstance(cell, Fault) else cell for cell in cells]


def _doubled(file: str, line: int, columns: list[str]) -> list[Problem]:
    doubled = sorted({column for column in columns if column and columns.count(column) > 1})
    return [Problem(file, line, column, "", "only one column of this name") for column in doubled]


def _rows(
    file: str, header: _Header, lines: Iterable[tuple[int, list[Cell]]], used: set[str], *, cut: bool
) -> list[Row]:
    """The lines by column; what stands beyond the header is ``cut`` off, or is a problem of the line."""
    rows: list[Row] = []
    columns = header.columns
    problems = _doubled(file, header.line, [column for column in columns if column in used])
    for number, cells in lines:
        while len(cells) > len(columns) and (cut or not cells[-1]):
            cells.pop()
        if len(cells) > len(columns):
            expected = f"{len(columns)} cells, as in the header, not {len(cells)}"
            problems.append(Problem(file, number, None, "", expected))
        padded = _unharmed([*cells, *[""] * (len(columns) - len(cells))], columns, used)
        if not any(padded):
            continue
        row = Row(file, number, dict(zip(columns, _texts(padded), strict=False)), header.headings)
        problems += _faults(row, columns, padded)
        rows.append(row)
        if len(rows) > MOST_LINES:
            raise bad(file, number, f"at most {MOST_LINES:,} lines")
    if problems:
        raise BadFile(problems)
    return rows


def _unharmed(cells: Iterable[Cell], columns: Iterable[str], used: set[str]) -> list[Cell]:
    """The cells, empty where only a column that is not used has a value that cannot be known."""
    pairs = zip(cells, columns, strict=False)
    return ["" if isinstance(cell, Fault) and column not in used else cell for cell, column in pairs]


def _faults(row: Row, columns: Iterable[str], cells: Iterable[Cell]) -> list[Problem]:
    return [
        Problem(row.file, row.line, row.heading(column), cell.found, cell.expected)
        for column, cell in zip(columns, cells, strict=False)
        if isinstance(cell, Fault)
    ]

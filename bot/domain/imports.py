"""Lines of a spreadsheet, and what is wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from bot.domain.when import DateOrder

T = TypeVar("T")
_DATES: dict[DateOrder, str] = {"DMY": "24.12.2026", "MDY": "12/24/2026", "YMD": "2026-12-24"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it stands in the file: its cells by column name, without surrounding blanks.

    ``headings`` are the names of the columns as the file has them.
    """

    file: str
    line: int
    cells: Mapping[str, str]
    headings: Mapping[str, str] = field(default_factory=dict, compare=False)

    def heading(self, column: str) -> str:
        """How the file calls a column."""
        return self.headings.get(column, column)

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.file}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be taken over. ``found`` is what the cell says, empty where it says nothing."""

    file: str
    line: int
    column: str | None
    found: str
    expected: str


class BadFile(Exception):
    """The file cannot be imported; nothing was."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Undone:
    """An import that was taken back: how many rows went again and how many are as before, by table."""

    number: int
    gone: dict[str, int]
    restored: dict[str, int]


class Numbers(NamedTuple):
    """Swaps and covers as people quote them."""

    swaps: tuple[int, ...] = ()
    covers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dependents:
    """What depends on an import.

    ``altered`` counts its rows that were changed since, by table; ``used`` those of others that refer to what it
    added, by the table of either; ``taken`` the Slack accounts that it freed and somebody else has by now;
    ``overlapping`` the shifts that could not be worked beside those that would be back. ``later`` are the numbers
    of the imports that all this comes from, ``live`` those of the swaps and covers that wait for its shifts or are
    in force, and ``settled`` those of which it moved or ended something that has become something else since.
    ``begun`` counts its shifts that have begun since: what has been worked is taken back by nobody.
    """

    altered: dict[str, int]
    used: dict[tuple[str, str], int]
    taken: int
    overlapping: int
    later: list[int]
    live: Numbers = field(default_factory=Numbers)
    settled: Numbers = field(default_factory=Numbers)
    begun: int = 0


@dataclass(slots=True)
class Cells:
    """Reads the cells of a row and collects a problem for each that cannot be read."""

    row: Row
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str) -> str:
        """What the cell says; empty where the column is missing."""
        return self.row.cells.get(column, "")

    def required(self, column: str, read: Callable[[str], T | None], expected: str) -> T | None:
        """The value of a cell that must not be empty."""
        value = read(self.text(column)) if self.text(column) else None
        if value is None:
            self.refuse(column, expected)
        return value

    def optional(self, column: str, read: Callable[[str], T | None], expected: str) -> T | None:
        """The value of a cell that may be empty."""
        return self.required(column, read, expected) if self.text(column) else None

    def refuse(self, column: str | None, expected: str, part: str = "") -> None:
        """Notes that the cell, or that part of it, is not what it should be."""
        found = part or (self.text(column) if column else "")
        name = self.row.heading(column) if column else None
        self.problems.append(Problem(self.row.file, self.row.line, name, found, expected))


def a_date(date_order: DateOrder) -> str:
    """What a cell with a date is expected to be."""
    return f"a date such as {_DATES[date_order]}"

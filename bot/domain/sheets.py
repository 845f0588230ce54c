"""Tables that people take out of here, before they are a file of any kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["text", "number", "whole", "tenth", "percent", "day"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that reads otherwise than the others of its column."""

    value: float
    kind: Kind


Cell = str | int | float | Number | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and how the cells below it read: as text, number, whole number, with tenths, percent or day.

    Percents are shares: 0.8 reads 80.0 %. Moments are naive, on the reader's wall.
    """

    heading: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name of at most 31 characters; each row has a cell for each column."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]

"""Reads dates in figures and with the month's name: 24/12, 24.12.2026, 2026-12-24, Dec 24th, 24. Dezember."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.when_meaning import DateOrder, ShortMonth
from bot.domain.when_tokens import Line
from bot.domain.when_vocabulary import Vocabulary

YEARS = range(1900, 2100)
_LEAP_YEAR = 2000
_CENTURY = 2000

# Which figure is which, the order that is meant first. The others only serve to ask "did you mean".
_FULL_ORDERS = {"DMY": ("DMY", "MDY"), "MDY": ("MDY", "DMY"), "YMD": ("YMD", "DMY", "MDY")}
_SHORT_ORDERS = {"DMY": ("DM", "MD"), "MDY": ("MD", "DM"), "YMD": ("MD", "DM")}


@dataclass(frozen=True, slots=True)
class Dated:
    """A day of a month as written; `year` is None where none was typed. `sure` is False if the order is not."""

    month: int
    day: int
    year: int | None = None
    sure: bool = True

    @property
    def exists(self) -> bool:
        """Whether some year has such a day; without a year 29 February is one."""
        return 1 <= self.month <= 12 and 1 <= self.day <= month_length(self.year or _LEAP_YEAR, self.month)

    @property
    def short(self) -> ShortMonth | None:
        """The month, if it is too short for the day."""
        if not 1 <= self.month <= 12:
            return None
        length = month_length(self.year or _LEAP_YEAR, self.month)
        return ShortMonth(self.month, length, self.year) if self.day > length else None

    def on_or_after(self, day: date) -> date:
        """The date itself, or the next of its kind from `day` on where no year was typed."""
        years = [self.year] if self.year else range(day.year, day.year + 9)
        dates = (date(y, self.month, self.day) for y in years if self.day <= month_length(y, self.month))
        return next(d for d in dates if self.year or d >= day)


@dataclass(frozen=True, slots=True)
class Impossible:
    """Written like a date, but there is no such day; `short` is the month that does not have it."""

    short: ShortMonth | None = None


def month_length(year: int, month: int) -> int:
    """How many days a month has, 28 to 31. Raises ValueError unless `month` is 1 to 12."""
    return calendar.monthrange(year, month)[1]


def dates(
    line: Line, at: int, words: Vocabulary, order: DateOrder
) -> Iterator[tuple[tuple[Dated, ...] | Impossible, int]]:
    """Each date that starts at `at`: the days it can be, the likeliest first, and where it ends."""
    yield from _in_figures(line, at, order)
    for dated, dashed, end in _with_month_name(line, at, words):
        yield from _with_year(line, end, words, dated, dashed=dashed)


def _in_figures(line: Line, at: int, order: DateOrder) -> Iterator[tuple[tuple[Dated, ...] | Impossible, int]]:
    for mark in "-/.":
        figures = _figures(line, at, mark)
        if len(figures) == 3:
            orders = _full_orders(figures, mark, order)
            yield _full(figures, mark, order) or _impossible(figures, orders), at + 5
        elif len(figures) == 2 and mark != "-":
            end = line.skip(at + 3, ".", glued=True) if mark == "." else at + 3
            orders = _SHORT_ORDERS["DMY" if mark == "." else order]
            found = _pick(figures, orders)
            is_clock_time = mark == "." and end == at + 3 and int(figures[0]) <= 24
            if found or not is_clock_time:
                yield found or _impossible(figures, orders), end


def _figures(line: Line, at: int, mark: str) -> list[str]:
    """Two or three numbers with `mark` between them and no space, such as 24/12 or 24/12/2026."""
    figures = [line.digits(at)]
    while len(figures) < 3 and line.mark(at + 1, mark, glued=True) and line.digits(at + 2, glued=True):
        at += 2
        figures.append(line.digits(at))
    lengths = [len(figure) for figure in figures]
    year_at = (0, 2) if len(figures) == 3 else ()
    fits = all(1 <= n <= 2 or (n == 4 and i in year_at) for i, n in enumerate(lengths))
    return figures if fits and lengths.count(4) <= 1 else []


def _full(figures: list[str], mark: str, order: DateOrder) -> tuple[Dated, ...]:
    if order == "YMD" and len(figures[2]) == 4 and mark != ".":
        either = _pick(figures, ("DMY",)) + _pick(figures, ("MDY",))
        same = len({(dated.month, dated.day) for dated in either}) == 1
        return either[:1] if same else tuple(Dated(d.month, d.day, d.year, sure=False) for d in either)
    return _pick(figures, _full_orders(figures, mark, order))


def _full_orders(figures: list[str], mark: str, order: DateOrder) -> tuple[str, ...]:
    return ("YMD",) if len(figures[0]) == 4 else _FULL_ORDERS["DMY" if mark == "." else order]


def _pick(figures: list[str], orders: tuple[str, ...]) -> tuple[Dated, ...]:
    """The first of `orders` in which the figures are a date; unsure unless it is the very first."""
    return next(((dated,) for dated in _readings(figures, orders) if dated.exists), ())


def _impossible(figures: list[str], orders: tuple[str, ...]) -> Impossible:
    return Impossible(next((dated.short for dated in _readings(figures, orders) if dated.short), None))


def _readings(figures: list[str], orders: tuple[str, ...]) -> Iterator[Dated]:
    """What the figures would be in each of `orders`, whether there is such a day or not."""
    for order in orders:
        figure = dict(zip(order, figures, strict=True))
        year = _year(figure["Y"]) if "Y" in figure else None
        if year or "Y" not in figure:
            yield Dated(int(figure["M"]), int(figure["D"]), year, sure=order == orders[0])


def _year(figure: str) -> int | None:
    if len(figure) not in (2, 4):
        return None
    year = int(figure) + (_CENTURY if len(figure) == 2 else 0)
    return year if year in YEARS else None


def _with_month_name(line: Line, at: int, words: Vocabulary) -> Iterator[tuple[Dated, bool, int]]:
    """Dec 24th, december 24, 24. dez, 24th of december; 24-Dec, where a dash stands before the month."""
    for month, end in line.named(words.months, at):
        start = line.past(words.articles, line.skip(end, "."))
        for day, after in day_numbers(line, start, words):
            yield Dated(month, day), False, after
    for day, end in day_numbers(line, at, words):
        start = line.past(words.of, line.skip(end, "."))
        dashed = line.mark(start, "-/", glued=True)
        for month, after in line.named(words.months, start + dashed):
            yield Dated(month, day), dashed, line.skip(after, ".")


def day_numbers(line: Line, at: int, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Each day of the month at `at`, as a number or an ordinal: 24, 24th, 1er, first."""
    yield from line.named(words.ordinals, at)
    digits = line.digits(at)
    if 0 < len(digits) <= 2 and 1 <= int(digits) <= 31:
        yield int(digits), suffixed(line, at, words)


def suffixed(line: Line, at: int, words: Vocabulary) -> int:
    """The position after the number at `at` and the st, nd, er … of an ordinal, if one is glued to it."""
    for _, end in line.named(words.suffixes, at + 1):
        if line.tokens[at + 1].glued:
            return end
    return at + 1


def _with_year(
    line: Line, at: int, words: Vocabulary, dated: Dated, *, dashed: bool
) -> Iterator[tuple[tuple[Dated, ...] | Impossible, int]]:
    year, end = _dashed_year(line, at) if dashed else year_after(line, at, words)
    in_year = replace(dated, year=year)
    if not in_year.exists:
        yield Impossible(in_year.short), end
        return
    yield (in_year,), end
    if end != at and not dashed:
        yield (dated,), at


def _dashed_year(line: Line, at: int) -> tuple[int | None, int]:
    """The year of 24-Dec-26, which spreadsheets write."""
    year = _year(line.digits(at + 1, glued=True)) if line.mark(at, "-/", glued=True) else None
    return (year, at + 2) if year else (None, at)


def year_after(line: Line, at: int, words: Vocabulary) -> tuple[int | None, int]:
    """The year at `at`, perhaps after a comma or an "of", and where it ends; None and `at` without one."""
    start = line.past(words.of, line.skip(at, ","))
    digits = line.digits(start)
    year = _year(digits) if len(digits) == 4 else None
    return (year, start + 1) if year else (None, at)

"""Coverage as a picture: orange where people are missing, blue where there are some to spare.

It is read on a light or a dark screen, since it brings its own ground, and without colours, since each cell says
how many are missing or to spare and those that lack some are hatched. Orange and blue are told apart by everybody.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.domain.coverage_levels import Cell
from bot.domain.coverage_shown import CoverageShown
from bot.domain.coverage_supply import Post
from bot.domain.wallclock import local_date
from bot.views.formats import Formats, plain, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MISSING, ENOUGH, SPARE = "#e8890c", "#f2f2ef", "#3b7dbd"
_GROUND, _INK, _FAINT = "#ffffff", "#1d1c1d", "#6b6a6c"
# Inches; at this many dots to each.
_CELL_WIDTH, _CELL_HEIGHT, _MARGIN_LEFT, _MARGIN = 0.42, 0.36, 2.2, 0.5
_WIDEST, _NARROW = 13.5, 0.26
_DOTS = 110
# As many missing or to spare as are shown in the full colour.
_FULL = 4.0
# From so many to spare on, white is read better than black.
_DARK = 3.0
_NAME, _MOST_ROWS = 26, 42
# What stands between two dollars is no formula.
_PLAIN: dict[str, Any] = {"parse_math": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of cells."""

    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells as they are drawn, from ``columns`` on by the reader's clock; ``more`` rows found no place."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    more: int = 0


def table_of(shown: CoverageShown, formats: Formats, today: date) -> Table:
    """A row for each post or, of several days, for each post and day; hours without any number are left out."""
    per_day = timedelta(days=1) // shown.step
    single = shown.first == shown.last
    starts = [start.astimezone(formats.zone) for start in shown.starts]
    clocks = [(start.hour * 60 + start.minute) // (shown.step // timedelta(minutes=1)) for start in starts]
    rows: dict[tuple[Post, date], dict[int, Cell]] = {}
    for post, cells in shown.cells.items():
        for start, clock, cell in zip(shown.starts, clocks, cells, strict=True):
            if cell:
                # An hour that clocks repeat stands for the worse of the two.
                row = rows.setdefault((post, local_date(start, formats.zone)), {})
                row[clock] = min(row.get(clock, cell), cell, key=lambda each: each.balance)
    first = min((clock for row in rows.values() for clock in row), default=0)
    last = max((clock for row in rows.values() for clock in row), default=per_day - 1)
    every = range(first, last + 1)
    drawn = tuple(
        Row(_label(post, day, formats, today, dated=not single), tuple(row.get(clock) for clock in every))
        for (post, day), row in rows.items()
    )
    when = formats.days(shown.first, shown.last, today)
    queue = f" · {plain(shorten(shown.queue, _NAME))}" if shown.queue else ""
    columns = tuple(_clock(number, shown.step, formats) for number in every)
    return Table(f"Coverage · {when}{queue}", columns, drawn[:_MOST_ROWS], max(0, len(drawn) - _MOST_ROWS))


def alternative(table: Table) -> str:
    """The picture in a sentence for who does not see it; the gaps stand beside it in words."""
    short = [cell for row in table.rows for cell in row.cells if cell and cell.balance < 0]
    known = sum(cell is not None for row in table.rows for cell in row.cells)
    worst = min((cell.balance for cell in short), default=0.0)
    said = (
        f"people are missing in {len(short)} of {known} cells, at worst {-worst:g}"
        if short
        else "nobody is missing"
    )
    return f"Heat map. {table.title}: {said}."


def draw(table: Table) -> bytes:
    """The table as a PNG file."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # takes its time to start, and few need it
    from matplotlib.figure import Figure

    cell = min(_CELL_WIDTH, _WIDEST / max(1, len(table.columns)))
    width = _MARGIN_LEFT + len(table.columns) * cell + _MARGIN
    height = 2 * _MARGIN + len(table.rows) * _CELL_HEIGHT + _MARGIN
    figure = Figure(figsize=(width, height), dpi=_DOTS, facecolor=_GROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes(
        (
            _MARGIN_LEFT / width,
            1.1 * _MARGIN / height,
            1 - (_MARGIN_LEFT + _MARGIN) / width,
            1 - 2.6 * _MARGIN / height,
        )
    )
    _fill(axes, table, numbered=cell > _NARROW)
    _scales(axes, table)
    figure.text(
        0.15 / width, 1 - 0.3 / height, table.title, color=_INK, fontsize=11, va="center", weight="bold", **_PLAIN
    )
    figure.text(0.15 / width, 0.22 / height, _legend(table), color=_FAINT, fontsize=8, va="center")
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _fill(axes: "Axes", table: Table, *, numbered: bool) -> None:
    from matplotlib.patches import Rectangle

    for at, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            look: dict[str, Any] = {"facecolor": _colour(cell), "edgecolor": _GROUND, "linewidth": 1}
            if cell and cell.balance < 0:
                look |= {"hatch": "////", "edgecolor": "#ffffff66"}
            axes.add_patch(Rectangle((column, at), 1, 1, **look))
            if cell and numbered:
                ink = _GROUND if cell.balance >= _DARK else _INK
                weight = "bold" if cell.balance < 0 else "normal"
                text = _number(cell)
                axes.text(
                    column + 0.5, at + 0.5, text, ha="center", va="center", fontsize=8, color=ink, weight=weight
                )


def _scales(axes: "Axes", table: Table) -> None:
    axes.set_xlim(0, len(table.columns))
    axes.set_ylim(len(table.rows), 0)
    axes.set_yticks(
        [at + 0.5 for at in range(len(table.rows))], [row.label for row in table.rows], fontsize=8, **_PLAIN
    )
    axes.set_xticks(range(len(table.columns)), table.columns, fontsize=7, rotation=0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, colors=_INK)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _colour(cell: Cell | None) -> str:
    if cell is None:
        return _GROUND
    towards = MISSING if cell.balance < 0 else SPARE
    return _between(ENOUGH, towards, min(1.0, 0.25 + 0.75 * abs(cell.balance) / _FULL) if cell.balance else 0.0)


def _between(one: str, other: str, share: float) -> str:
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _number(cell: Cell) -> str:
    balance = round(cell.balance, 1)
    return "0" if not balance else f"{'−' if balance < 0 else '+'}{abs(balance):g}"


def _legend(table: Table) -> str:
    more = f" · and {table.more} more rows" if table.more else ""
    said = "−2 hatched orange: two people missing · +2 blue: two to spare · blank: not known how many are needed"
    return f"{said}{more}"


def _label(post: Post, day: date, formats: Formats, today: date, *, dated: bool) -> str:
    name = plain(shorten(f"{post.queue} ({post.skill})" if post.skill else post.queue, _NAME))
    return f"{name} · {formats.day(day, today)}" if dated else name


def _clock(number: int, step: timedelta, formats: Formats) -> str:
    """The full hours, so that there is room for them."""
    minutes = number * (step // timedelta(minutes=1))
    if minutes % 60:
        return ""
    return formats.wall(time(minutes // 60))

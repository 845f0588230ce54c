"""The figures of a report as a picture: how each went over the last periods, and where its target lies.

It is read on a light or a dark screen, since it brings its own ground, and without colours: what missed its target
ends in a cross instead of a dot, and the values stand beside it in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bot.views.formats import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 6
_LINE, _MISSED, _GROUND, _INK, _FAINT = "#3b7dbd", "#c25e00", "#ffffff", "#1d1c1d", "#6b6a6c"
# Inches; at this many dots to each. Slack shows a picture some 360 dots wide, a telephone less: two panels beside
# each other can be read there, and twice the dots keep them sharp.
_WIDTH, _PANEL_HEIGHT, _CURVE, _MARGIN, _GAP, _FOOT, _DOTS = 3.8, 1.15, 0.5, 0.15, 0.25, 0.32, 200
_NAME = 24
# What stands between two dollars is no formula.
_PLAIN: dict[str, Any] = {"parse_math": False}


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure: its value in words, and all its values, oldest first; None where one is not known."""

    name: str
    value: str
    values: tuple[float | None, ...]
    target: float | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """The panels, and how many of which periods they show: "8 weeks"."""

    panels: tuple[Panel, ...]
    periods: str


def is_drawn(values: Sequence[float | None]) -> bool:
    """Whether there is anything to see: a value of the last period, and one before it."""
    return bool(values) and values[-1] is not None and any(each is not None for each in values[:-1])


def alternative(chart: Chart) -> str:
    """The picture in words for who does not see it."""
    said = "; ".join(
        f"{each.name} {each.value}{_direction(each.values)}{_of_target(each)}" for each in chart.panels
    )
    return f"Line charts of the last {chart.periods}: {said}."


def draw(chart: Chart) -> bytes:
    """The panels as a PNG file."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # takes its time to start, and few need it
    from matplotlib.figure import Figure

    columns = min(2, len(chart.panels))
    height = -(-len(chart.panels) // columns) * _PANEL_HEIGHT + _FOOT
    wide = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) / columns
    figure = Figure(figsize=(_WIDTH, height), dpi=_DOTS, facecolor=_GROUND)
    FigureCanvasAgg(figure)
    for number, panel in enumerate(chart.panels):
        row, column = divmod(number, columns)
        left, bottom = _MARGIN + column * (wide + _GAP), height - (row + 1) * _PANEL_HEIGHT
        _panel(figure.add_axes((left / _WIDTH, bottom / height, wide / _WIDTH, _CURVE / height)), panel)
    figure.text(_MARGIN / _WIDTH, 0.13 / height, _legend(chart), color=_FAINT, fontsize=8.5, va="center", **_PLAIN)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _legend(chart: Chart) -> str:
    said = [f"last {chart.periods}"]
    said += ["dashed: target"] if any(panel.target is not None for panel in chart.panels) else []
    said += ["cross: missed"] if any(panel.met is False for panel in chart.panels) else []
    return " · ".join(said)


def _panel(axes: "Axes", panel: Panel) -> None:
    points = [float("nan") if each is None else each for each in panel.values]
    axes.plot(range(len(points)), points, color=_LINE, linewidth=1.8, marker="o", markersize=3)
    missed = panel.met is False
    colour = _MISSED if missed else _LINE
    axes.plot(
        len(points) - 1, points[-1], color=colour, marker="X" if missed else "o", markersize=8.5 if missed else 7
    )
    if panel.target is not None:
        axes.axhline(panel.target, color=_FAINT, linewidth=1, linestyle=(0, (4, 3)))
    # Also where nothing is known of the first periods each has its place.
    axes.set_xlim(-0.4, len(points) - 0.6)
    axes.margins(y=0.22)
    axes.set_facecolor(_GROUND)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#d5d5d0")
    corner = {"transform": axes.transAxes, "va": "bottom", "clip_on": False, **_PLAIN}
    axes.text(0, 1.6, shorten(panel.name, _NAME), color=_FAINT, fontsize=9, **corner)
    axes.text(0, 1.1, panel.value, color=colour if missed else _INK, fontsize=13, weight="bold", **corner)


def _direction(values: Sequence[float | None]) -> str:
    known = [each for each in values if each is not None]
    if len(known) < 2 or known[-1] == known[-2]:
        return ""
    return ", up" if known[-1] > known[-2] else ", down"


def _of_target(panel: Panel) -> str:
    return "" if panel.met is None else ", target met" if panel.met else ", target missed"

"""The buttons by which one gets behind a key figure, and takes figures out."""

from collections.abc import Iterable

from bot.domain.kpi import Cut, Figure
from bot.domain.kpi_asked import EVERYTHING, Question
from bot.domain.kpi_periods import Span
from bot.views.blocks import Block, button

SHOW, EXPORT, WHY, CASES = "kpi.show", "kpi.export", "kpi.why", "kpi.cases"
CSV, XLSX = "csv", "xlsx"
# What is made of cases that can be looked at one by one.
WITH_CASES = frozenset(
    {
        Figure.OPENED,
        Figure.SOLVED,
        Figure.BACKLOG,
        Figure.BACKLOG_AGE,
        Figure.SLA_FIRST_REPLY,
        Figure.SLA_RESOLUTION,
        Figure.CSAT,
    }
)


def drill_button(
    label: str, figure: Figure, span: Span, cut: Cut = EVERYTHING, spoken: str | None = None
) -> Block:
    """Shows what is behind a figure: its days, and the ways to take it apart."""
    return button(label, f"{SHOW}.{figure.name.lower()}", Question(span, (figure,), cut).value, spoken)


def export_buttons(question: Question) -> tuple[Block, Block]:
    """Sends what is asked for as a file."""
    return (
        button("Export CSV", f"{EXPORT}.{CSV}", question.value),
        button("Export XLSX", f"{EXPORT}.{XLSX}", question.value),
    )


def export_of(span: Span, cut: Cut = EVERYTHING, figures: Iterable[Figure] = ()) -> tuple[Block, Block]:
    """The same of a period, of all the usual figures where none are named."""
    return export_buttons(Question(span, tuple(figures), cut))

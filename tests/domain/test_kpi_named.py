import pytest

from bot.domain.coverage_settings import BadLine
from bot.domain.kpi import DEFINITIONS, Figure
from bot.domain.kpi_named import read_figure, read_targets


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("CSAT", Figure.CSAT),
        ("service  level", Figure.SERVICE_LEVEL),
        ("sl", Figure.SERVICE_LEVEL),
        ("First contact resolution", Figure.FCR),
        ("sla", Figure.SLA_RESOLUTION),
        ("weather", None),
    ],
)
def test_figures_go_by_several_names(typed: str, figure: Figure | None) -> None:
    assert read_figure(typed) is figure


def test_every_figure_is_found_by_its_name() -> None:
    assert {read_figure(definition.name) for definition in DEFINITIONS.values()} == set(Figure)


def test_targets_are_in_the_unit_of_their_figure() -> None:
    assert read_targets("CSAT 90%\naht 5 min; nps 40\nage of the backlog 36 h; service level 82,5") == {
        Figure.CSAT: 0.9,
        Figure.AHT: 300,
        Figure.NPS: 40,
        Figure.BACKLOG_AGE: 1.5,
        Figure.SERVICE_LEVEL: 0.825,
    }


@pytest.mark.parametrize("line", ["csat", "weather 90%", "csat 5 min", "90%", "csat 900%", "aht -5", "nps 300"])
def test_a_line_that_makes_no_sense_is_named(line: str) -> None:
    with pytest.raises(BadLine) as refused:
        read_targets(f"csat 90%\n{line}")
    assert refused.value.line == line

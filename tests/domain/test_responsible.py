"""Who answers for the floor at which hour."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_settings import BadLine
from bot.domain.responsible import read_responsible, responsible_at

BERLIN = ZoneInfo("Europe/Berlin")
LINES = "mon-fri 08:00-18:00 Cora@Example.com; mon-sun 22:00-06:00 dev@example.com\nfri 16-18 ana@example.com"


@pytest.mark.parametrize(
    ("at", "who"),
    [
        ((2026, 11, 6, 7, 59), ()),
        ((2026, 11, 6, 8, 0), ("cora@example.com",)),
        ((2026, 11, 6, 17, 0), ("cora@example.com", "ana@example.com")),
        ((2026, 11, 6, 18, 0), ()),
        ((2026, 11, 7, 3, 0), ("dev@example.com",)),
        ((2026, 11, 7, 12, 0), ()),
    ],
)
def test_the_hours_are_those_on_the_wall_and_nights_begin_the_day_before(
    at: tuple[int, int, int, int, int], who: tuple[str, ...]
) -> None:
    assert responsible_at(read_responsible(LINES), datetime(*at, tzinfo=BERLIN), BERLIN) == who


@pytest.mark.parametrize(
    "line", ["cora@example.com", "mon-fri 8-18 cora", "soon cora@example.com", "mon-fri 8-18"]
)
def test_a_line_that_makes_no_sense_is_named(line: str) -> None:
    with pytest.raises(BadLine) as bad:
        read_responsible(f"mon 9-17 ana@example.com; {line}")
    assert bad.value.line == line

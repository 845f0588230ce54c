"""A coordinator drops a file of key figures: previewed, applied, corrected by the next one, and taken back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.actions.kpi import readings
from bot.domain.kpi import Cut, Figure
from bot.domain.kpi_periods import week_of
from bot.settings import Mode
from tests.scenarios.uploading import Desk, uploading

HEADER = "Date,Queue,Satisfied,Ratings,Remarks\n"


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    with uploading(sqlite_url, Mode.HTTP, tmp_path) as desk:
        yield desk


def test_a_dropped_file_of_figures_is_read_by_its_headings(desk: Desk) -> None:
    card = desk.drops("cora", "survey.csv", f"{HEADER}2026-10-26,billing,40,50,fine\n2026-10-27,billing,9,10,\n")
    assert card.text == (
        "Preview of survey.csv. Nothing is changed yet.\n"
        "I read it as figures: Date, Queue, Satisfied (csat positive), Ratings (csat answers)\n"
        "2 to add\n"
        "• add CSAT: 2 figures of days, Mon, Oct 26 – Tue, Oct 27\n"
        "New queues: billing\n"
        "Columns that I do not read: Remarks"
    )
    card = desk.presses("cora", "Apply", card)
    assert card.text == "survey.csv is applied: import 2.\n2 added"
    card = desk.drops("cora", "survey.csv", f"{HEADER}2026-10-27,billing,90,10,\n")
    assert "Line 2, column Satisfied: “90” is not at most 10, which is Ratings" in card.text
    card = desk.drops("cora", "survey.csv", f"{HEADER}2026-10-27,billing,8,10,\n")
    card = desk.presses("cora", "Apply", card)
    assert satisfied(desk) == (48, 60)
    desk.presses("cora", "Undo", card, confirm=True)
    assert satisfied(desk) == (49, 60)


def satisfied(desk: Desk) -> tuple[float, float | None]:
    with desk.work.deps.sessions.read(desk.work.sandbox.team_id) as session:
        [csat] = readings(session, desk.work.deps, week_of(date(2026, 10, 26), 0), Cut(), [Figure.CSAT])
        return csat.numerator, csat.denominator

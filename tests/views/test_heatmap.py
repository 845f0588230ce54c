"""The heat map: which cells it has, what it says to who does not see it, and that its colours stand apart."""

from datetime import date, timedelta
from struct import unpack
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_levels import Cell
from bot.domain.coverage_shown import CoverageShown
from bot.domain.coverage_supply import Post
from bot.domain.wallclock import days
from bot.views.formats import Formats
from bot.views.heatmap import ENOUGH, MISSING, SPARE, Table, alternative, draw, table_of

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = date(2026, 11, 26)
MAIL, GERMAN = Post("mail"), Post("mail", "german")


def shown(first: date, last: date, hours: dict[int, Cell], *posts: Post, step: int = 60) -> CoverageShown:
    """The same cells by hour on each of the days."""
    within, length = days(first, last, BERLIN), timedelta(minutes=step)
    starts = tuple(within.start + number * length for number in range(within.length // length))
    cells = tuple(hours.get(start.astimezone(BERLIN).hour) for start in starts)
    return CoverageShown(first, last, within, None, (), (), starts, length, dict.fromkeys(posts, cells))


def table(first: date, last: date, hours: dict[int, Cell], *posts: Post, step: int = 60) -> Table:
    return table_of(shown(first, last, hours, *posts, step=step), Formats(BERLIN), THURSDAY)


def test_a_day_has_a_row_for_each_post_and_only_the_hours_of_which_anything_is_known() -> None:
    drawn = table(THURSDAY, THURSDAY, {9: Cell(4, 2), 11: Cell(2, 2)}, MAIL, GERMAN, step=30)
    assert [row.label for row in drawn.rows] == ["mail", "mail (german)"]
    assert drawn.columns == ("09:00", "", "10:00", "", "11:00", "")
    assert [cell and cell.balance for cell in drawn.rows[0].cells] == [-2, -2, None, None, 0, 0]


def test_several_days_have_a_row_for_each_post_and_day() -> None:
    drawn = table(THURSDAY, THURSDAY + timedelta(days=1), {9: Cell(4, 6)}, MAIL)
    assert [row.label for row in drawn.rows] == ["mail · Thu, Nov 26", "mail · Fri, Nov 27"]


def test_an_hour_that_clocks_repeat_stands_for_the_worse_of_the_two() -> None:
    changing = date(2026, 10, 25)
    within = days(changing, changing, BERLIN)
    starts = tuple(within.start + timedelta(hours=number) for number in range(25))
    cells = tuple(Cell(2, 1 if number == 3 else 2) for number in range(25))
    coverage = CoverageShown(changing, changing, within, None, (), (), starts, timedelta(hours=1), {MAIL: cells})
    (row,) = table_of(coverage, Formats(BERLIN), changing).rows
    assert [cell and cell.balance for cell in row.cells] == [0, 0, -1, *[0] * 21]


def test_it_is_said_in_a_sentence_too() -> None:
    assert alternative(table(THURSDAY, THURSDAY, {9: Cell(4, 2), 11: Cell(2, 2)}, MAIL)) == (
        "Heat map. Coverage · Thu, Nov 26: people are missing in 1 of 2 cells, at worst 2."
    )
    assert alternative(table(THURSDAY, THURSDAY, {11: Cell(2, 2)}, MAIL)).endswith(": nobody is missing.")


@pytest.mark.parametrize(("days_shown", "step"), [(1, 15), (1, 30), (7, 60)])
def test_it_is_a_png_that_slack_can_show_in_a_message(days_shown: int, step: int) -> None:
    every = {hour: Cell(4, hour % 7) for hour in range(24)}
    last = THURSDAY + timedelta(days=days_shown - 1)
    picture = draw(table(THURSDAY, last, every, *(Post(f"queue {number}") for number in range(9)), step=step))
    assert picture.startswith(b"\x89PNG\r\n")
    width, height = unpack(">II", picture[16:24])
    assert 300 < width < 2000
    assert 100 < height < 2200
    assert len(picture) < 1_000_000


def test_what_is_missing_and_what_is_to_spare_stand_apart_in_grey_and_to_the_colour_blind() -> None:
    def light(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return float(0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2)

    # Blue is the one of the three that no common kind of colour blindness takes away.
    blues = {name: int(colour[5:7], 16) for name, colour in (("missing", MISSING), ("spare", SPARE))}
    assert abs(light(MISSING) - light(SPARE)) > 0.1
    assert light(ENOUGH) > 0.8
    assert blues["spare"] - blues["missing"] > 100


def test_a_queue_may_be_called_like_a_formula() -> None:
    assert draw(table(THURSDAY, THURSDAY, {9: Cell(4, 2)}, Post(r"$\nonsense{$", "$x^2$"))).startswith(b"\x89PNG")

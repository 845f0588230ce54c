"""Reports of key figures as they are drawn: within Slack's limits, in words, and as a picture for everybody."""

from datetime import UTC, date, datetime, time
from struct import unpack
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.domain.kpi import DEFINITIONS, Cut, Figure, Missing, Reading
from bot.domain.kpi_digests import Correction, Line, Report, earlier
from bot.domain.kpi_periods import Cadence, week_of
from bot.domain.kpi_subscriptions import Choices, SubscriptionShown, Wanted
from bot.sandbox.blocks import check_message, check_view
from bot.views import kpi_subscriptions as subscriptions
from bot.views.attached import as_sent, files_of
from bot.views.formats import Formats
from bot.views.kpi_chart import Chart, Panel, alternative, draw
from bot.views.kpi_digests import digest_card
from bot.views.kpi_words import change_words, value_words

WEEK = week_of(date(2026, 3, 2), 0)
FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 3, 9, 7, tzinfo=UTC)
LONG = "<!channel> & a name that does not come to its end " * 8


def line(figure: Figure, value: float | None = 0.5) -> Line:
    """A figure of which everything is said."""
    silent = tuple(WEEK.days())[2:5]
    missing = None if value is not None else Missing.NOTHING
    reading = Reading(figure, WEEK, Cut(), value, 1234, missing=missing, silent=silent, sources=("a", "b"))
    aimed = Reading(figure, WEEK, Cut(), value, 1234, silent=silent, target=0.9, met=False)
    return Line(aimed if value else reading, 0.9, 0.7, (0.6, None, 0.9), ("zendesk", "phones"))


def report(lines: tuple[Line, ...]) -> Report:
    """A report that has a lot to correct."""
    late = tuple(Correction(figure, each, 0.1, None) for each in earlier(WEEK, 4) for figure in Figure if figure)
    late = tuple(each for each in late if each.figure in DEFINITIONS)
    return Report(Cadence.WEEKLY, WEEK, Cut(), "Europe/Berlin", NOW, lines, corrections=late)


def test_a_report_that_says_everything_it_can_is_within_slacks_limits() -> None:
    lines = [line(figure, None if number % 3 == 0 else 0.5) for number, figure in enumerate(DEFINITIONS)]
    drawn = digest_card(report(tuple(lines)), LONG, "key", FORMATS)
    assert "files" in drawn
    (chart,) = files_of(drawn)
    assert len(chart.spoken or "") <= 1000
    for placed in ({}, {chart.key: ("F0123456789", "https://example.slack.com/files/x")}):
        said = as_sent(drawn, placed)
        assert check_message(said) is None, check_message(said)
        assert "<!channel>" not in str(said)
    assert {block["type"] for block in said["blocks"]} == {"section", "image", "actions", "context"}


def test_without_any_value_there_is_no_picture_and_a_way_to_go_on() -> None:
    drawn = digest_card(report((line(Figure.CSAT, None),)), "", "key", FORMATS)
    assert "files" not in drawn
    assert check_message(drawn) is None
    assert "Nothing was measured in this time. Look at `/floor connections`" in str(drawn)


def test_the_picture_is_said_in_words_with_targets() -> None:
    panels = (
        Panel("CSAT", "88.4 %", (0.93, None, 0.884), 0.9, False),
        Panel("Contacts", "1,060", (1060.0, 1060.0)),
        Panel("Backlog", "150", (120, 150), 150, True),
    )
    assert alternative(Chart(panels, "8 weeks")) == (
        "Line charts of the last 8 weeks: "
        "CSAT 88.4 %, down, target missed; Contacts 1,060; Backlog 150, up, target met."
    )


@pytest.mark.parametrize("number", [1, 4, 6])
def test_the_picture_is_small_and_brings_its_own_ground(number: int) -> None:
    panels = tuple(Panel(f"{each} $x$", "1", (1.0, None, 2.0), 1.5, False) for each in range(number))
    content = draw(Chart(panels, "8 weeks"))
    assert content.startswith(b"\x89PNG")
    width, height = unpack(">II", content[16:24])
    assert width <= 760
    assert height <= 760
    assert len(content) < 100_000


def test_values_and_changes_read_as_people_say_them() -> None:
    space = "\N{NO-BREAK SPACE}"
    assert value_words(Figure.CSAT, 0.8596, FORMATS) == f"86.0{space}%"
    assert value_words(Figure.AHT, 312.4, FORMATS) == f"5{space}min 12{space}s"
    assert value_words(Figure.NPS, 42.4, FORMATS) == "+42"
    assert value_words(Figure.CONTACTS, 1060, Formats(ZoneInfo("UTC"), "de")) == "1.060"
    assert change_words(Figure.CSAT, -0.021, FORMATS) == f"▼{space}2.1{space}points"
    assert change_words(Figure.AHT, 0.2, FORMATS) == "no change"


def shown(number: int, *, paused: bool) -> SubscriptionShown:
    """A subscription with all that one can have."""
    wanted = Wanted(Cadence.WEEKLY, "C0OPS", uuid4(), uuid4(), tuple(DEFINITIONS), 3, time(17, 30))
    return SubscriptionShown(uuid4(), number, wanted, LONG, None if paused else NOW)


def test_the_list_and_the_form_are_within_slacks_limits() -> None:
    every = [shown(number, paused=number % 2 == 0) for number in range(25)]
    for page in range(3):
        result = subscriptions.done(subscriptions.DELETE, every[0], FORMATS)
        listed = subscriptions.subscription_list(every, FORMATS, page, result)
        assert check_view(listed) is None, check_view(listed)
    assert check_view(subscriptions.subscription_list((), FORMATS)) is None
    names = {uuid4(): f"{number} {LONG}" for number in range(150)}
    for before in (None, every[0]):
        form = subscriptions.subscription_form(Choices(names, names, any_team=True, before=before), uuid4())
        assert check_view(form) is None, check_view(form)

"""What people are nudged about fits into what Slack takes, however much there is of it and whatever is in it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cases_named import CaseNamed
from bot.domain.nudges import As, Ended
from bot.domain.nudges_shown import AboutToBeLate, LateCase
from bot.domain.shifts import Somebody
from bot.domain.sla_policy import Metric
from bot.domain.stuck import StuckCase, Why
from bot.sandbox.blocks import check_message, check_view
from bot.views import nudges, nudges_sla, stuck
from bot.views.blocks import message
from bot.views.formats import Formats
from bot.views.home_nudges import the_late

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
WORST = "&<>" * 60
NORA = Somebody(UUID(int=1), WORST, None)
NAMED = CaseNamed(UUID(int=7), 99_999, WORST, "zendesk", "35436", f"https://example.com/{'a' * 200}")
LATE = LateCase(NAMED, WORST, NORA, Metric.FIRST_REPLY, 90, NOW, NOW, NOW)


def line(shown: LateCase, ended: Ended | None = None) -> nudges.Line:
    buttons = () if ended else tuple(nudges_sla.buttons_of(shown, FORMATS))
    return nudges.Line(nudges_sla.line(shown, FORMATS), buttons, ended)


@pytest.mark.parametrize("left", [0, 1, 5, 6, 400])
@pytest.mark.parametrize("done", [0, 1, 400])
def test_a_message_fits_however_much_is_left_and_done(left: int, done: int) -> None:
    lines = [*[line(LATE)] * left, *[line(LATE, Ended.SEEN)] * done]
    assert check_message(nudges.nudges(lines, FORMATS, "/cs-case")) is None


@pytest.mark.parametrize("ended", list(Ended))
def test_what_has_ended_says_how_and_has_no_button(ended: Ended) -> None:
    shown = nudges.nudges([line(LATE, ended)], FORMATS)
    assert shown["text"] == (nudges.ASKED_AGAIN if ended is Ended.AGAIN else nudges.NOTHING_LEFT)
    assert all(each["type"] != "actions" for each in shown["blocks"])


def test_every_reason_to_hear_of_a_case_is_a_line_of_its_own() -> None:
    said = set()
    for because, owner, past in product(As, (NORA, None), (False, True)):
        shown = replace(LATE, because=because, owner=owner, past_owner=past)
        said.add(nudges_sla.line(shown, FORMATS))
        assert check_message(message(nudges_sla.line(shown, FORMATS))) is None
    assert len(said) == 5


def test_the_form_and_the_home_fit() -> None:
    until = [NOW + timedelta(minutes=15 * each) for each in range(1, 7)]
    form = nudges_sla.snooze_form(NAMED, until, UUID(int=3), FORMATS)
    assert check_view(form) is None
    late = AboutToBeLate((LATE,) * 4, 100, 30, more=True)
    blocks = list(the_late(late, FORMATS))
    assert check_message(message("Home", *blocks)) is None
    assert blocks[0]["text"]["text"] == "Late · 30, about to be late · 70 or more"
    assert list(the_late(AboutToBeLate(), FORMATS)) == []


@pytest.mark.parametrize("why", list(Why))
def test_a_case_that_is_stuck_says_why_and_what_can_be_done(why: Why) -> None:
    shown = StuckCase(NAMED, WORST, NORA, WORST, why)
    text = stuck.line(shown, FORMATS)
    drawn = nudges.nudges([nudges.Line(text, tuple(stuck.buttons_of(shown, FORMATS)))], FORMATS)
    assert check_message(drawn) is None
    assert f"stuck: {why}" in text

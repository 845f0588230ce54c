"""What is asked about who has given no sign is within Slack's limits, and has buttons only while it is open."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.attendance import OPEN, ArrivalShown, State
from bot.views import attendance as views
from bot.views.formats import Formats
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, SHIFT, START

ID = UUID(int=9)


def shown(state: State) -> ArrivalShown:
    waiting = START + timedelta(minutes=20) if state is State.MISSING else None
    return ArrivalShown(ID, replace(ANA, name=WORST, slack_id=None), SHIFT, state, BEN, waiting)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
def test_every_card_can_be_sent_in_every_state(locale: str, state: State) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for draw in (views.reminder, views.question, views.missing, views.still, views.settled):
        readable(draw(shown(state), formats))
    readable(views.noted(SHIFT, formats))
    readable(views.nothing_near(START, "/here", formats))
    readable({"text": "Home", "blocks": [views.here_row(SHIFT, formats, START)]})


@pytest.mark.parametrize("state", State)
def test_only_what_is_open_has_something_to_decide(state: State) -> None:
    formats = Formats(ZoneInfo("UTC"))
    for draw in (views.reminder, views.missing):
        has_buttons = any(block["type"] == "actions" for block in draw(shown(state), formats).get("blocks", ()))
        assert has_buttons is (state in OPEN)

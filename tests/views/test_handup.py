"""The card of a raised hand is within Slack's limits in every state, and has buttons only for whom they are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cases_named import CaseNamed
from bot.domain.handup import AnswerTimes, HandShown, News, State
from bot.views import handup as views
from bot.views.formats import Formats
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, START

ID = UUID(int=9)
CASE = CaseNamed(UUID(int=8), 12, WORST, "jira", "SUP-1", "https://acme.atlassian.net/browse/SUP-1")
UTC_ZONE = Formats(ZoneInfo("UTC"))


def shown(state: State, *, plain: bool = False) -> HandShown:
    """With everything on it that can be, or nothing."""
    came = state in (State.COMING, State.DONE)
    return HandShown(
        ID,
        1,
        state,
        replace(ANA, name=WORST, slack_id=None),
        START,
        None if plain else WORST * 20,
        None if plain else CASE,
        BEN if came else None,
        START + timedelta(seconds=59) if came else None,
        () if plain else ("U0BEN", "C0OPS"),
    )


def labels(blocks: list[dict[str, object]]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "actions":
            elements: list[dict[str, dict[str, str]]] = block["elements"]  # type: ignore[assignment]
            yield from (each["text"]["text"] for each in elements)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("plain", [True, False])
def test_every_card_can_be_sent_in_every_state(locale: str, state: State, plain: bool) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for audience in (views.ASKER, views.DESK, str(BEN.member_id)):
        readable(views.hand_card(shown(state, plain=plain), audience, formats))
        for news in News:
            readable(views.hand_news(shown(state, plain=plain), news, audience, formats))
    readable(views.help_message("/handup"))
    for times in (AnswerTimes(1, 0, 0, 1, None), AnswerTimes(9, 6, 2, 1, timedelta(minutes=90))):
        readable(views.times_message(times, 3))


@pytest.mark.parametrize(
    ("state", "own", "helper", "others"),
    [
        (State.WAITING, ["Never mind"], ["I'm coming"], ["I'm coming"]),
        (State.COMING, ["Done"], ["Done"], []),
        (State.DONE, [], [], []),
        (State.WITHDRAWN, [], [], []),
        (State.MISSED, [], [], []),
    ],
)
def test_each_has_the_buttons_that_are_theirs(
    state: State, own: list[str], helper: list[str], others: list[str]
) -> None:
    for audience, wanted in ((views.ASKER, own), (str(BEN.member_id), helper), (str(UUID(int=77)), others)):
        assert list(labels(views.hand_card(shown(state), audience, UTC_ZONE)["blocks"])) == wanted


def test_who_came_within_a_minute_came_at_once() -> None:
    text = views.hand_card(shown(State.COMING, plain=True), views.ASKER, UTC_ZONE)["text"]
    assert text == f"<@{BEN.slack_id}> is coming, at once."

"""The card of an exception is within Slack's limits in every state, and amounts are written as the reader does."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.exceptions import ExceptionShown, ExceptionsPage, ExceptionsSeen, Kind, Money, News, State
from bot.views import exceptions as views
from bot.views import exceptions_form as forms
from bot.views.formats import Formats
from bot.views.home_exceptions import the_exceptions
from tests.views.test_handup import CASE, labels
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, START

UTC_ZONE = Formats(ZoneInfo("UTC"))


def shown(state: State, *, plain: bool = False) -> ExceptionShown:
    """With everything on it that can be, or nothing."""
    decided = state in (State.APPROVED, State.DECLINED) and not plain
    return ExceptionShown(
        UUID(int=9),
        3,
        Kind.DELIVERY,
        Money(10**12, "KWD"),
        state,
        None if plain else CASE,
        replace(ANA, name=WORST, slack_id=None),
        START,
        START + timedelta(days=1),
        None if plain else WORST * 20,
        BEN if decided else None,
        WORST * 20 if decided else None,
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("plain", [True, False])
def test_every_card_can_be_sent_in_every_state(locale: str, state: State, plain: bool) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    one = shown(state, plain=plain)
    for audience in (views.ASKER, views.APPROVERS):
        readable(views.exception_card(one, audience, formats))
        for news in News:
            readable(views.exception_news(one, news, audience, formats))
    readable(views.exception_in_case(one, formats))
    readable(forms.asked(one, (one,), formats))
    for many, number in ((0, 0), (15, 1)):
        readable(views.list_message(ExceptionsPage((one,) * many, number, 3, 40), formats, "/case"))


@pytest.mark.parametrize("state", State)
def test_only_what_waits_has_something_to_decide(state: State) -> None:
    waits = state is State.NEEDS_APPROVAL
    wanted = {views.APPROVERS: ["Approve", "Decline…"], views.ASKER: ["Take back"]}
    for audience, buttons in wanted.items():
        card = views.exception_card(shown(state), audience, UTC_ZONE)
        assert list(labels(card["blocks"])) == (buttons if waits else [])


def test_a_home_shows_the_first_of_many() -> None:
    many = ExceptionsSeen((shown(State.NEEDS_APPROVAL),) * 4, 60)
    blocks = list(the_exceptions(many, UTC_ZONE, "cs-"))
    readable({"text": "Home", "blocks": blocks})
    assert len(blocks) <= 10
    assert blocks[-1]["elements"][0]["text"] == "and 56 more: `/cs-case exceptions`"


@pytest.mark.parametrize(
    ("money", "locale", "words"),
    [
        (Money(8050, "EUR"), "en", "€80.50"),
        (Money(125000, "EUR"), "de", "1.250,00\u00a0€"),
        (Money(5000, "JPY"), "en", "¥5,000"),
    ],
)
def test_amounts_are_written_as_the_reader_does(money: Money, locale: str, words: str) -> None:
    assert views.money_words(money, Formats(ZoneInfo("UTC"), locale)) == words

"""The card of shifts that need an owner, and the form that gives one away, are within Slack's limits."""

from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.covers import PartState
from bot.domain.departures import DepartureShown, Owned
from bot.domain.fairness import Hardship
from bot.domain.shifts import Somebody
from bot.domain.unowned import Choice, Unowned
from bot.sandbox.blocks import check_options, check_view
from bot.views.departures import back, declined, departure_card, give_form, needed
from bot.views.formats import Formats
from bot.views.give import taker_options
from tests.views.test_covers import DEV, UTC_ZONE, cover, part, place
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, SHIFT, START

LONGEST: dict[str, Any] = {
    "share": 1000,
    "hardships": frozenset(Hardship),
    "had": 1000,
    "spare": 100,
    "last_asked": None,
}
RANKED = tuple((each, place(each, **LONGEST)) for each in (BEN, DEV, replace(ANA, name=WORST)))


def card(*unowned: Unowned, more: int = 0, owned: int = 0, back: bool = False) -> DepartureShown:
    to_offer = sum(each.number is None for each in unowned) + more
    others = (Owned(SHIFT, WORST, BEN),) * owned
    return DepartureShown(UUID(int=9), ANA, START, unowned, more, others, to_offer, back)


def unowned(number: int | None = None, waits: Somebody | None = None) -> Unowned:
    return Unowned(UUID(int=8), SHIFT, WORST, number, waits, () if waits else RANKED)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("returned", [False, True])
def test_the_card_can_be_sent_however_much_is_on_it(locale: str, *, returned: bool) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    many = (unowned(), unowned(7), unowned(7, DEV), *[unowned()] * 5)
    for shown in (card(*many, more=300, owned=100, back=returned), card(unowned(), back=returned), card()):
        readable(departure_card(shown, formats))
        for to_themselves in (False, True):
            readable(back(shown, 5, to_themselves=to_themselves))


def test_what_somebody_waits_for_has_no_buttons_and_one_shift_needs_no_button_for_all() -> None:
    assert [each["type"] for each in departure_card(card(unowned(7, DEV)), UTC_ZONE)["blocks"]] == [
        "section",
        "section",
        "context",
    ]
    rows = [each for each in departure_card(card(unowned()), UTC_ZONE)["blocks"] if each["type"] == "actions"]
    assert [[one["text"]["text"] for one in each["elements"]] for each in rows] == [
        ["Offer to others", "Give to…"]
    ]


def test_whom_nobody_can_replace_whole_is_said_and_what_to_do_next() -> None:
    assert "Nobody can work all of it" in str(departure_card(card(replace(unowned(), first=())), UTC_ZONE))
    form = give_form(UUID(int=8), UUID(int=1), Choice(SHIFT, WORST, ()), UTC_ZONE)
    assert check_view(form) is None, check_view(form)
    assert "submit" not in form
    assert "Where it is offered" in str(form)


def test_the_form_names_as_many_as_a_menu_takes_and_finds_the_others_by_name() -> None:
    people = tuple((replace(BEN, slack_id=f"U{number}"), each) for number, (_, each) in enumerate(RANKED * 60))
    form = give_form(UUID(int=8), UUID(int=1), Choice(SHIFT, WORST, people), UTC_ZONE)
    assert check_view(form) is None, check_view(form)
    assert form["blocks"][1]["element"]["type"] == "external_select"
    many = taker_options(people, "", START)
    assert check_options({"options": many}) is None, check_options({"options": many})
    assert len(many) == 100
    people = (*people, (replace(DEV, name="Zoë Quinn", slack_id="U999"), RANKED[1][1]))
    assert [each["text"]["text"] for each in taker_options(people, "quinn ZO", START)] == ["181. Zoë Quinn"]
    assert taker_options(people, "nobody", START) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_who_declined_and_who_was_not_approved_is_named_within_the_limits(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    many = tuple(replace(BEN, member_id=UUID(int=number), name=WORST) for number in range(20))
    readable(departure_card(card(*[replace(unowned(), declined=many, refused=many)] * 8), formats))
    for state in (PartState.WITHDRAWN, PartState.UNDONE, PartState.DECLINED):
        readable(declined(cover(), part(state=state), formats))
    readable(needed(card(), 300))


def test_a_shift_that_was_given_to_somebody_is_not_said_to_be_offered() -> None:
    assert "offered as open shift 7" in str(departure_card(card(unowned(7)), UTC_ZONE))
    assert "offered as" not in str(departure_card(card(unowned(7, DEV)), UTC_ZONE))

"""What is said of who is left alone, and of illness during leave, is within Slack's limits."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.domain.contact import DutiesShown, Duty
from bot.domain.permissions import Grant, Role
from bot.domain.timeoff_ill import IllAsked, IllnessShown
from bot.sandbox.blocks import check_view
from bot.views import contact, timeoff_ill
from bot.views.blocks import button, buttons, message, section
from bot.views.formats import Formats
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, SHIFT

ID = UUID(int=9)
FIRST, LAST = date(2026, 11, 9), date(2027, 11, 9)
GRANTS = (
    Grant(Role.MANAGER),
    Grant(Role.COORDINATOR),
    Grant(Role.LEAD),
    *(Grant(Role.LEAD, uuid4()) for _ in "123"),
)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_waits_and_who_does_duties_can_be_sent_however_much_it_is(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    readable(contact.back([WORST * 20] * 60, SHIFT, formats))
    readable(contact.back(["one"], None, formats))
    people = (replace(ANA, name=WORST, slack_id=None), BEN)
    duties = tuple(Duty(each, WORST if each.team_id else None, people, people * 5) for each in GRANTS)
    for is_over in (True, False):
        readable(contact.duties_card(DutiesShown(ID, ANA, FIRST, LAST, duties, is_over), formats))
    for each in GRANTS:
        form = contact.give_form(ID, each, WORST, ID)
        assert check_view(form) is None, check_view(form)
        answered = {"private_metadata": form["private_metadata"], "state": {"values": {}}}
        answered["state"]["values"] = {"b": {"contact.form.whom": {"type": "users_select", "selected_user": "U1"}}}
        assert contact.read_form(answered) == (ID, each, ID, "U1")


def test_only_what_can_be_pressed_still_waits_for_somebody() -> None:
    assert contact.can_be_answered(message("x", section("x"), buttons(button("Accept", "swap.accept", "1"))))
    assert contact.can_be_answered(message("x", {**section("x"), "accessory": button("Show", "a", "1")}))
    assert not contact.can_be_answered(message("x", section("x")))
    link = {**button("Open", "a", "1"), "url": "https://example.com"}
    assert not contact.can_be_answered(message("x", buttons(link)))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("certified", [None, True, False])
@pytest.mark.parametrize("is_kept", [True, False])
def test_illness_during_leave_can_be_asked_about_and_told(
    locale: str, certified: bool | None, is_kept: bool
) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    whose = replace(ANA, name=WORST)
    shown = IllnessShown(
        ID, whose, FIRST, LAST, 200, 200 * 480, 480, certified, BEN if certified else None, is_kept
    )
    readable(timeoff_ill.illness_card(shown, formats))
    readable(timeoff_ill.told(shown, formats))
    readable(timeoff_ill.noted(FIRST, LAST, formats))
    days = tuple(FIRST + timedelta(days=each) for each in range(200))
    for is_open in (True, False):
        readable(timeoff_ill.ask(IllAsked(ID, whose, LAST, days, is_open), ID, formats))

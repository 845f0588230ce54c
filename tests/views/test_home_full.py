"""A Home on which everything is full at once: in its order, within what Slack takes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.absences import Away
from bot.domain.absences import State as AwayState
from bot.domain.cases import Priority
from bot.domain.cases import State as CaseState
from bot.domain.chase_shown import Reader
from bot.domain.covers import State
from bot.domain.escalations import State as Asked
from bot.domain.exceptions import ExceptionsSeen
from bot.domain.exceptions import State as ExceptionState
from bot.domain.home import Decisions, Desk
from bot.domain.home_cases import CaseSeen, OwnCases
from bot.domain.home_covers import CoverSeen, OpenShifts, PartToDecide
from bot.domain.home_escalations import OpenSeen
from bot.domain.intervals import Interval
from bot.domain.nudges_shown import AboutToBeLate
from bot.domain.permissions import Actor, Grant, Role
from bot.domain.promises import State as PromiseState
from bot.domain.promises_shown import PromisesPage
from bot.domain.timeoff import State as RequestState
from bot.domain.timeoff_shown import LeaveLeft
from bot.views import home as views
from bot.views.formats import Formats
from tests.views.test_chase import escalation
from tests.views.test_covers import cover, everything, seats
from tests.views.test_exceptions import shown as exception
from tests.views.test_home import NOW, UTC_ZONE, full, readable
from tests.views.test_home_covers import WAITING
from tests.views.test_nudges import LATE
from tests.views.test_promises import worst as promise
from tests.views.test_shifts import LOCALES, RTL, WORST
from tests.views.test_swaps import ANA, NOTES
from tests.views.test_timeoff_requests import request
from tests.views.test_unowned import work

EVERY_ROLE = Actor(UUID(int=1), tuple(Grant(each) for each in (Role.AGENT, Role.LEAD, Role.COORDINATOR)))


def everything_at_once() -> Desk:
    """Of somebody who works shifts and cases, leads, and runs the desk."""
    desk = full(150, 60, WORST, RTL)
    crowded = tuple(CoverSeen(each, seat) for each in everything(State.OPEN, NOTES[3]) for seat in seats())
    away = Away(UUID(int=5), Interval(NOW, NOW + timedelta(days=9)), AwayState.IN_FORCE, ANA)
    late = tuple(replace(LATE, case=replace(LATE.case, id=UUID(int=100 + each))) for each in range(4))
    owned = CaseSeen(LATE.case, CaseState.ON_HOLD, Priority.URGENT, WORST, NOW)
    asked = request(RequestState.NEEDS_APPROVAL, 3)
    return replace(
        desk,
        actor=EVERY_ROLE,
        offered=crowded,
        covers=crowded,
        decisions=Decisions((), 60, (PartToDecide(cover(State.OPEN, WAITING), WAITING),) * 10),
        open_shifts=OpenShifts((cover(),) * 3, 60),
        unowned=work(60),
        away=(away,) * 9,
        leave=LeaveLeft(NOW.date(), 4811, 450),
        awaited=Interval(NOW, NOW + timedelta(hours=8)),
        timeoff=(asked,) * 9,
        timeoff_to_decide=(asked,) * 4,
        timeoff_undecided=60,
        cases=OwnCases((owned,) * 3, 400),
        late=AboutToBeLate(late, 100, 30, more=True),
        escalations=OpenSeen(
            (escalation(),) * 3, 40, 30, reader=Reader(chases=True), waiting=(escalation(Asked.NEEDS_INFO),) * 3
        ),
        exceptions=ExceptionsSeen((exception(ExceptionState.NEEDS_APPROVAL),) * 4, 60),
        promises=PromisesPage((promise(PromiseState.OPEN),) * 3, 0, 9, 60),
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_a_home_on_which_everything_is_full_can_be_published(locale: str) -> None:
    desk = everything_at_once()
    home = views.home(desk, Formats(ZoneInfo("Asia/Kolkata"), locale, "12"))
    read = readable(home)
    headers = [each["text"]["text"] for each in home["blocks"] if each["type"] == "header"]
    kinds = [each.split(" · ")[0] for each in headers[1:]]
    assert kinds == [
        "Waiting for you",
        "To decide",
        "Time off to decide",
        "Exceptions to decide",
        "Late",
        "Promised to customers",
        "My cases",
        "With other departments",
        "Today",
        "Your next 7 days",
        "Your time off",
        "The floor today",
        "Open shifts you could take",
        "Needs an owner",
        "Your requests",
        "The front desk",
    ]
    # Of what is not shown it is said how much it is.
    assert "and 58 more: `/case exceptions`" in read


def test_what_stands_among_the_late_cases_does_not_stand_there_twice() -> None:
    desk = everything_at_once()
    named = desk.late.first[0].case
    again = replace(desk, cases=OwnCases((replace(desk.cases.first[0], named=named),), 1))
    shown = [each for each in views.home(again, UTC_ZONE)["blocks"] if named.title[:9] in str(each)]
    assert str(shown).count(f"'value': '{named.id}'") == 1

"""What is said of who is away is within Slack's limits, and never says why."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.absences import AbsenceShown, Asked, Away, Hole, Kind, State
from bot.domain.departures import Owned
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.sandbox.blocks import check_view
from bot.views import absences as views
from bot.views import absences_card as cards
from bot.views.formats import Formats
from bot.views.forms import modal
from tests.views.test_departures import RANKED, unowned
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, SHIFT, START, left

UTC_ZONE = Formats(ZoneInfo("UTC"))
ID = UUID(int=9)


def hole(number: int | None = None, waits: Somebody | None = None, accepted: Somebody | None = None) -> Hole:
    open_ = replace(unowned(number, waits), first=RANKED, declined=(BEN,), refused=(BEN,))
    effect = tuple(left(SHIFT, f"{number} {WORST}", 9.9, 8.9, 10) for number in range(9))
    return Hole(open_, SHIFT, 1000, accepted, effect, hurried=number == 7)


def shown(*holes: Hole, state: State = State.IN_FORCE, owned: int = 0, more: int = 0) -> AbsenceShown:
    others = (Owned(SHIFT, WORST, BEN),) * owned
    interval = Interval(START - timedelta(days=400), START + timedelta(days=90))
    return AbsenceShown(ID, replace(ANA, name=WORST, slack_id=None), interval, state, START, holes, others, more)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", list(State))
def test_the_card_can_be_sent_however_much_is_on_it(locale: str, state: State) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    many = (hole(), hole(7), hole(7, BEN), hole(accepted=BEN), *[hole()] * 4)
    for each in (shown(*many, state=state, owned=100, more=300), shown(hole(), state=state), shown(state=state)):
        readable(cards.absence_card(each, formats))
        readable(cards.back(each, 5))
        readable(views.own_card(each, formats))
    readable(cards.last_call(shown(), hole(), formats))


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_asked_and_answered_can_be_sent(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    long = Interval(START, START + timedelta(days=92))
    for work in ((SHIFT,) * 200, (SHIFT,), ()):
        readable(views.ask(Asked(Kind.SICK, long, work, replace(BEN, name=WORST)), ID, formats))
    readable(views.ask(Asked(Kind.LATE, SHIFT, (SHIFT,)), ID, formats))
    readable(views.done(ID, "/sick", "<@U1>"))
    readable(views.done_late(ID, "/sick"))
    readable(views.sick_help("/sick", others=True))
    away = [Away(ID, long, state, ANA) for state in (State.REPORTED, State.IN_FORCE)]
    readable({"text": "Home", "blocks": list(views.away_rows(away, formats, START))})
    names = [(replace(ANA, name=WORST, slack_id=None), long)] * 300
    assert len(views.away_line(names, formats, START)) <= 3000


def test_a_shift_is_cut_where_both_parts_are_worth_it() -> None:
    form = cards.split_form(ID, ID, SHIFT, UTC_ZONE)
    assert form
    assert check_view(form) is None
    hours = Interval(START, START + timedelta(hours=2))
    short = cards.split_form(ID, ID, hours, UTC_ZONE)
    assert short
    [field] = [block for block in short["blocks"] if block["type"] == "input"]
    assert len(field["element"]["options"]) == 1
    assert cards.split_form(ID, ID, Interval(START, START + timedelta(minutes=119)), UTC_ZONE) is None
    longest = cards.split_form(ID, ID, Interval(START, START + timedelta(days=2)), UTC_ZONE)
    assert check_view(longest or modal("x")) is None


def test_within_the_hour_who_can_be_reached_by_nobody_says_where_people_agree_to_it() -> None:
    def said(each: Hole) -> bool:
        card = cards.absence_card(shown(each), UTC_ZONE, "/desk")
        return "has said that they may be asked at any hour (`/desk me`)" in str(card["blocks"])

    hurried = replace(hole(), hurried=True)
    assert said(hurried)
    assert not any(map(said, (hole(), replace(hurried, reachable=True), replace(hurried, left=None), hole(7))))


def test_what_is_accepted_or_waits_has_no_buttons_and_what_is_offered_is_not_offered_again() -> None:
    def labels(each: Hole) -> list[str]:
        rows = cards.absence_card(shown(each), UTC_ZONE)["blocks"]
        return [one["text"]["text"] for row in rows if row["type"] == "actions" for one in row["elements"]]

    assert labels(hole()) == ["Offer to 1000", "Split…", "Give to…", "Accept risk"]
    assert labels(replace(hole(), able=0))[0] == "Offer in parts"
    hurried = ["What helps now", "Ask the emergency list", "Give to…", "Accept risk"]
    assert labels(replace(hole(), hurried=True, reachable=True)) == hurried
    begun = Interval(START + timedelta(hours=1), SHIFT.end)
    assert labels(replace(hole(), left=begun, hurried=True)) == ["What helps now", "Give to…", "Accept risk"]
    assert labels(hole(7)) == ["What helps now", "Give to…", "Accept risk"]
    assert labels(replace(hole(), left=None)) == ["Accept risk"]
    assert labels(hole(7, BEN)) == labels(hole(accepted=BEN)) == []


def test_who_comes_later_is_one_line_where_enough_are_there_and_nobody_has_done_anything_about_it() -> None:
    untouched = replace(hole(), enough=True)
    late = replace(shown(untouched), late=True)
    card = cards.absence_card(late, UTC_ZONE)
    assert card["text"].endswith(". Enough people are there until then.")
    assert [each["type"] for each in card["blocks"]] == ["section", "context"]
    for other in (
        shown(untouched),
        replace(late, holes=(untouched, hole())),
        replace(late, holes=(replace(hole(7), enough=True),)),
        replace(late, holes=(replace(hole(accepted=BEN), enough=True),)),
        replace(late, owned=shown(owned=1).owned),
        replace(late, more=1),
        replace(late, holes=()),
        replace(late, state=State.ENDED),
    ):
        assert "Enough people are there" not in str(cards.absence_card(other, UTC_ZONE))


def test_who_comes_later_reads_nothing_of_others_who_work_their_shifts() -> None:
    said = str(views.done_late(ID, "/sick"))
    assert "If you are there sooner: `/sick back`" in said
    assert "shifts" not in said
    asked = Asked(Kind.LATE, SHIFT, (SHIFT,))
    assert "for others you come later" in str(views.ask(asked, ID, UTC_ZONE))

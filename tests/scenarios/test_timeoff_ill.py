"""Who is ill during leave says so, and by certificate the days go back to where they came from."""

from sqlalchemy import select

from bot.sandbox import Shown
from storage.tables import LeaveRequest
from storage.timeoff_requests import read_days
from tests.scenarios.on_leave import goes_on_leave
from tests.scenarios.swapping import BOT, Floor
from tests.workplace import until

OPS = "#ops"
WORK = [16, 17, 18, 19, 20, 23, 24, 25, 26, 27]
QUESTION = "You are on leave until Fri, Nov 27. Count Tue, Nov 17 – Thu, Nov 19 as ill instead?"


def on_leave(floor: Floor, kind: str = "paid leave") -> None:
    """Ben is on leave for ten days of eight hours, of the 28 days that he has; it is Tuesday of the first week."""
    floor.work.prefers(leave_weeks="5.6")
    floor.work.shifts(*(f"ben@example.com,2026-11-{day},09:00,17:00,Europe/London,mail" for day in WORK))
    goes_on_leave(floor, "ben", kind, "2026-11-16", "2026-11-27")
    floor.work.at("2026-11-17 10:00", "Europe/London")


def balance(floor: Floor) -> str:
    """What Ben has once the leave is over."""
    return floor.work.asks("ben", "/timeoff balance 2026-11-30").text.splitlines()[1]


def card(floor: Floor, who: str = "cora") -> Shown:
    """The newest card of an illness."""
    return floor.card(who, text="of leave:")


def decides(floor: Floor, label: str, who: str = "cora") -> str:
    """Somebody presses a button of the card; the card afterwards."""
    shown = card(floor, who)
    floor.work.person(who).presses(f"{label}: Ben Okafor, Tue, Nov 17 – Thu, Nov 19", shown)
    until(lambda: "ertified by" in card(floor, who).text)
    return card(floor, who).text


def reads_of_illness(floor: Floor, who: str, where: str) -> bool:
    return any(" ill " in each.text for each in floor.work.person(who).sees(where))


def given_back(floor: Floor) -> list[tuple[int, int]]:
    """The day of the month and the minutes of each day that was given back."""
    with floor.work.deps.sessions.read(floor.work.sandbox.team_id) as session:
        row = session.scalars(select(LeaveRequest).where(LeaveRequest.workspace_id == session.workspace_id)).one()
        return [(each.day.day, each.given_back) for each in read_days(row.days) if each.given_back]


def test_certified_days_go_back_to_the_balance(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    on_leave(floor)
    # 28 days, 80 hours of which are booked.
    assert balance(floor) == "paid leave: 18 d"
    asked = floor.work.asks("ben", "/sick until thu")
    assert asked.text.splitlines()[0] == f"{QUESTION} They go back to your balance once certified."
    assert asked.buttons == ["Yes", "No"]
    said = floor.work.presses("ben", "Yes", asked).text
    assert said.startswith("Noted: ill Tue, Nov 17 – Thu, Nov 19. Show a coordinator the certificate;")
    floor.settles()
    assert balance(floor) == "paid leave: 18 d"
    assert card(floor).text.splitlines() == [
        "@Ben Okafor was ill on 3 days of leave: Tue, Nov 17 – Thu, Nov 19. Certified? "
        "With “Yes” their balance gets 3 d back.",
        "Look at the certificate and give it back: nothing of it belongs here.",
    ]
    assert decides(floor, "Certified") == (
        "@Ben Okafor was ill on 3 days of leave: Tue, Nov 17 – Thu, Nov 19. "
        "Certified by @Cora Lind: their balance got 3 d back."
    )
    # +24 hours: net 56 are taken.
    assert balance(floor) == "paid leave: 21 d"
    assert given_back(floor) == [(17, 480), (18, 480), (19, 480)]
    lines = floor.work.asks("ben", "/timeoff balance 2026-11-30").text
    assert lines.count("given back, ill meanwhile") == 3
    assert floor.work.asks("ben", "/sick until thu").text.startswith("That is known already")
    floor.work.at("2026-11-28 12:00")
    floor.settles()
    [told] = [each.text for each in floor.work.person("ben").sees(BOT) if "certified" in each.text]
    assert told == "Your illness Tue, Nov 17 – Thu, Nov 19 is certified. Your balance got 3 d back."


def test_without_a_certificate_it_stays_leave(floor: Floor) -> None:
    on_leave(floor)
    floor.work.presses("ben", "Yes", floor.work.asks("ben", "/sick until thu"))
    floor.settles()
    said = decides(floor, "Not certified")
    assert said.endswith("Not certified by @Cora Lind: it stays leave.")
    assert balance(floor) == "paid leave: 18 d"
    # He may find the certificate after all.
    assert floor.work.asks("ben", "/sick until thu").text.startswith(QUESTION)


def test_without_days_today_or_the_rest_of_the_leave_may_be_meant(floor: Floor) -> None:
    on_leave(floor)
    asked = floor.work.asks("ben", "/sick")
    assert asked.buttons == ["Only Tue, Nov 17", "Until Fri, Nov 27", "No"]
    assert floor.work.presses("ben", "No", asked).text == "Nothing was changed."
    floor.work.presses("ben", "Only Tue, Nov 17", floor.work.asks("ben", "/sick"))
    floor.settles()
    assert "ill on 1 day of leave: Tue, Nov 17. Certified?" in card(floor).text


def test_days_after_the_leave_are_asked_for_by_themselves(floor: Floor) -> None:
    on_leave(floor)
    asked = floor.work.asks("ben", "/sick nov 26 to nov 30").text
    assert "Count Thu, Nov 26 – Fri, Nov 27 as ill instead?" in asked
    assert "For the days after the leave, say so once more." in asked
    assert floor.work.asks("ben", "/sick 2026-11-30").text.startswith("Away Mon, Nov 30")


def test_a_direct_message_asks_the_same(floor: Floor) -> None:
    on_leave(floor)
    floor.work.person("ben").types("I'm sick today", BOT)
    asked = floor.work.person("ben").reads("You are on leave until Fri, Nov 27.", BOT)
    floor.work.person("ben").presses("Yes", asked)
    floor.settles()
    assert "ill on 1 day of leave: Tue, Nov 17. Certified?" in card(floor).text


def test_nobody_certifies_their_own_illness_nor_what_they_have_said_for_somebody(floor: Floor) -> None:
    on_leave(floor)
    floor.work.people("email,name,role\ncleo@example.com,Cleo Hart,manager\n")
    floor.work.presses("cora", "Yes", floor.work.asks("cora", "/sick @ben until thu"))
    floor.settles()
    assert not reads_of_illness(floor, "cora", BOT)
    assert decides(floor, "Certified", "cleo").endswith("Certified by @Cleo Hart: their balance got 3 d back.")


def test_who_may_not_certify_any_more_cannot(floor: Floor) -> None:
    on_leave(floor)
    floor.work.presses("ben", "Yes", floor.work.asks("ben", "/sick until thu"))
    floor.settles()
    shown = card(floor)
    floor.work.people("email,name,role\ncora@example.com,Cora Lind,lead\n")
    floor.work.person("cora").presses("Certified: Ben Okafor, Tue, Nov 17 – Thu, Nov 19", shown)
    assert floor.only_to("cora") == "Coordinators and managers say whether it is certified. Nothing was changed."
    assert balance(floor) == "paid leave: 18 d"


def test_only_who_certifies_reads_that_somebody_was_ill(floor: Floor) -> None:
    on_leave(floor)
    floor.work.presses("ben", "Yes", floor.work.asks("ben", "/sick until thu"))
    floor.settles()
    assert reads_of_illness(floor, "cora", BOT)
    decides(floor, "Certified")
    for who, where in (("cora", OPS), ("cleo", OPS), ("cleo", BOT), ("ana", OPS), ("ana", BOT), ("dev", "#floor")):
        assert not reads_of_illness(floor, who, where)


def test_a_day_within_the_leave_on_which_they_would_not_work_gives_nothing_back(floor: Floor) -> None:
    on_leave(floor)
    assert floor.work.asks("ben", "/sick nov 21").text == (
        "That is known already, or these days take no leave. Nothing was changed."
    )


def test_leave_that_illness_does_not_give_back_is_left_as_it_is(floor: Floor) -> None:
    on_leave(floor, "unpaid leave")
    assert floor.work.asks("ben", "/sick").text.startswith("That is known already: away until")

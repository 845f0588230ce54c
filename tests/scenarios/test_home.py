"""App Home: everybody's desk, which is right without being reopened."""

from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.actions.imports import undo_import
from bot.domain.permissions import OPERATOR
from bot.settings import Mode
from jobs.home import TURN
from storage.tables import Message
from tests.scenarios.desks import home, opens, part, presses
from tests.scenarios.swapping import ANA_FRI, BEN_SAT, BOT, Floor, swapping
from tests.workplace import until

FLOOR_DAY = (
    "ana@example.com,2026-11-02,09:00,17:00,Europe/Berlin,mail",
    "ben@example.com,2026-11-02,10:00,18:00,Europe/London,mail",
    "dev@example.com,2026-11-02,18:00,22:00,Europe/Berlin,voice",
    ",2026-11-03,09:00,17:00,Europe/Berlin,mail",
)


@pytest.fixture(params=list(Mode))
def everywhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Floor]:
    """A floor in both modes, on both databases."""
    with swapping(database_url, request.param, tmp_path) as floor:
        yield floor


def proposes(floor: Floor) -> None:
    """Ana proposes Ben the usual swap, from her Home."""
    ana = floor.work.person("ana")
    presses(floor, "ana", "Swap…", "Nov 6")
    assert ana.sees_modal("Swap a shift").fields["Your shift"] == ANA_FRI
    ana.picks("With", "@ben")
    ana.picks("For their shift", BEN_SAT)
    ana.submits()
    assert ana.modal is None, ana.modal
    floor.settles()


def outcomes(logged: list[MutableMapping[str, Any]]) -> list[str]:
    """What came of each look at a Home so far."""
    return [line["outcome"] for line in logged if line["event"] == "message" and line["lane"] == "home"]


def stored_homes(floor: Floor) -> int:
    """How many Homes are kept."""
    team_id = floor.work.sandbox.team_id
    statement = select(func.count()).where(Message.workspace_id == team_id, Message.card == "home.desk")
    with floor.work.deps.sessions.read(team_id) as session:
        return session.scalar(statement) or 0


def revision(floor: Floor) -> int:
    """How often the workspace was written."""
    with floor.work.deps.sessions.read(floor.work.sandbox.team_id) as session:
        return session.revision()


def test_a_swap_goes_from_home_to_home_and_every_home_is_right_without_reopening(everywhere: Floor) -> None:
    floor = everywhere
    floor.review()
    opens(floor, "ana", "ben", "cora")
    assert part(floor, "ben", "Waiting for you") == ["Nothing right now."]

    proposes(floor)
    assert part(floor, "ana", "Your requests")[0] == "Swap 1 · waiting for @Ben Okafor to answer"
    assert part(floor, "ben", "Waiting for you") == [
        "Swap 1 · @Ana Ruiz asks you",
        "@Ana Ruiz gives Fri, Nov 6, 08:00–16:00 · mail",
        "@Ben Okafor gives Sat, Nov 7, 09:00–17:00 · mail",
        "Open until Thu, Nov 5, 08:00",
    ]
    assert part(floor, "cora", "To decide") == ["Nothing waits for your decision."]

    presses(floor, "ben", "Accept")
    assert part(floor, "ben", "Waiting for you") == ["Nothing right now."]
    assert "Decline after all…" in home(floor, "ben").buttons
    assert part(floor, "ana", "Your requests")[0].endswith("accepted by @Ben Okafor and waits for approval")
    assert part(floor, "cora", "To decide · 1") == [
        "Swap 1",
        f"@Ana Ruiz gives {ANA_FRI}",
        f"@Ben Okafor gives {BEN_SAT}",
        "No rule is broken.",
    ]

    presses(floor, "cora", "Approve")
    assert floor.states() == ["approved"]
    assert part(floor, "cora", "To decide") == ["Nothing waits for your decision."]
    assert part(floor, "ana", "Your next 7 days") == [f"{BEN_SAT} · 8 h"]
    assert part(floor, "ben", "Your next 7 days") == ["Fri, Nov 6, 08:00–16:00 · mail · 8 h"]
    assert "Undo" in home(floor, "ana").buttons
    assert "until Mon, Nov 2, 12:10" in part(floor, "ana", "Your requests")[-1]

    presses(floor, "ana", "Undo")
    assert floor.states() == ["undone"]
    assert part(floor, "ana", "Your next 7 days") == [f"{ANA_FRI} · 8 h"]
    assert part(floor, "ana", "Your requests") == ["No open requests."]


def test_who_is_not_on_the_roster_reads_whom_to_ask_and_nothing_is_kept(everywhere: Floor) -> None:
    floor = everywhere
    floor.work.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris")
    floor.work.person("zoe").opens_home()
    shown = floor.work.person("zoe").home()
    assert "You are not on the roster yet" in shown.text
    assert "Ask @Cora Lind to add you" in shown.text
    assert shown.buttons == []
    assert stored_homes(floor) == 0


def test_a_guest_reads_that_there_is_nothing_for_them(floor: Floor) -> None:
    floor.work.sandbox.invite("gus", guest=True)
    floor.work.person("gus").opens_home()
    assert "only work for the people of this workspace's support team" in floor.work.person("gus").home().text
    assert stored_homes(floor) == 0


def test_whoever_is_imported_later_finds_their_desk(floor: Floor) -> None:
    floor.work.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris")
    opens(floor, "zoe")
    floor.work.people("email,name,role,timezone\nzoe@example.com,Zoe Quinn,agent,Europe/Paris\n")
    floor.work.person("zoe").opens_home()
    until(lambda: "No shift is planned for you." in floor.work.person("zoe").home().text)


def test_nobody_keeps_the_desk_of_who_has_another_account(floor: Floor) -> None:
    floor.work.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris")
    opens(floor, "ana")
    assert ANA_FRI in home(floor, "ana").text
    floor.work.people(f"email,name,slack_id\nana@example.com,Ana Ruiz,{floor.work.sandbox.user_id('zoe')}\n")
    assert "You are not on the roster yet" in home(floor, "ana").text
    opens(floor, "zoe")
    assert ANA_FRI in home(floor, "zoe").text


def test_nothing_is_published_for_who_was_deactivated_until_they_are_back(
    floor: Floor, logged: list[MutableMapping[str, Any]]
) -> None:
    opens(floor, "ben")
    until(lambda: outcomes(logged) == ["published"])
    floor.work.changes("ben", deleted=True)
    floor.settles()
    until(lambda: outcomes(logged) == ["published", "dropped"])
    floor.work.changes("ben", deleted=False)
    opens(floor, "ben")
    # Their shifts were taken from them and given back, so their buttons say otherwise.
    until(lambda: outcomes(logged)[-1] == "published")


def test_who_goes_from_the_roster_again_has_no_desk(floor: Floor) -> None:
    floor.work.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris")
    floor.work.people("email,name,role\nzoe@example.com,Zoe Quinn,agent\n")
    opens(floor, "zoe")
    assert "No shift is planned for you." in home(floor, "zoe").text
    undo_import(floor.work.deps, floor.work.sandbox.team_id, OPERATOR, 3)
    assert "You are not on the roster yet" in home(floor, "zoe").text


def test_everybody_is_greeted_by_the_first_name_that_the_roster_has(floor: Floor) -> None:
    floor.work.changes("ana", real_name="Anita")
    opens(floor, "ana")
    stored = floor.work.member("ana")
    assert (stored.name, stored.slack_name) == ("Ana Ruiz", "Anita")
    assert home(floor, "ana").text.splitlines()[0] == "Hello Ana · Mon, Nov 2"


def test_time_writes_nothing_where_nobody_has_a_home_open(floor: Floor) -> None:
    before = revision(floor)
    floor.runs(TURN)
    assert revision(floor) == before
    opens(floor, "ana")
    before = revision(floor)
    floor.runs(TURN)
    assert revision(floor) == before + 1


def test_the_clock_turns_the_day(floor: Floor) -> None:
    floor.work.shifts(*FLOOR_DAY)
    floor.work.at("2026-11-02 08:00")
    opens(floor, "ana", "cleo")
    assert part(floor, "ana", "Today") == [
        "You work 09:00–17:00 · mail",
        "Beside you then on mail: @Ben Okafor 11:00–19:00",
    ]
    assert part(floor, "cleo", "The floor today")[0] == "Nobody is on right now."

    floor.work.at("2026-11-02 12:00")
    floor.runs(TURN)
    assert part(floor, "ana", "Today") == [
        "You are on until 17:00 · mail",
        "Beside you on mail: @Ben Okafor 11:00–19:00",
    ]
    assert part(floor, "cleo", "The floor today") == [
        "On now",
        "• mail · 2: @Ana Ruiz until 11:00, @Ben Okafor until 13:00",
        "Next changes",
        "• 11:00 · mail: @Ana Ruiz ends",
        "• 12:00 · voice: @Dev Rao begins",
        "• 13:00 · mail: @Ben Okafor ends",
        "• 16:00 · voice: @Dev Rao ends",
    ]
    assert part(floor, "cleo", "Needs an owner · 1") == ["Tue, Nov 3, 03:00–11:00 · mail"]

    floor.work.at("2026-11-02 17:00")
    floor.runs(TURN)
    assert part(floor, "ana", "Today")[0].startswith("No shift is left today. Your next one is Fri, Nov 6")
    floor.work.at("2026-11-03 08:00")
    floor.runs(TURN)
    assert home(floor, "ana").text.splitlines()[0].endswith("Tue, Nov 3")


def test_an_import_shows_on_every_home_that_is_open(floor: Floor) -> None:
    opens(floor, "ana", "dev")
    floor.work.shifts("dev@example.com,2026-11-03,09:00,17:00,Asia/Kolkata,mail")
    assert part(floor, "dev", "Your next 7 days") == ["Tue, Nov 3, 09:00–17:00 · mail · 8 h"]


def test_a_home_that_shows_the_same_is_not_published_again(
    floor: Floor, logged: list[MutableMapping[str, Any]]
) -> None:
    opens(floor, "ben", "dev")
    until(lambda: outcomes(logged) == ["published", "published"])
    floor.proposes()
    floor.work.person("dev").opens_home()
    until(lambda: len(outcomes(logged)) == 5)
    assert sorted(outcomes(logged)[2:]) == ["published", "unchanged", "unchanged"]


def test_a_home_that_slack_has_lost_is_published_when_it_is_opened(
    floor: Floor, logged: list[MutableMapping[str, Any]]
) -> None:
    opens(floor, "ana")
    event = {"type": "app_home_opened", "user": floor.work.sandbox.user_id("ana"), "channel": "D1", "tab": "home"}
    assert floor.work.hears(event, "Ev1") == 200
    floor.settles()
    assert outcomes(logged)[-1] == "published"


def test_a_home_nobody_has_looked_at_for_a_day_waits_until_it_is_opened(floor: Floor) -> None:
    opens(floor, "ben")
    floor.work.sandbox.clock.move(timedelta(days=1))
    floor.proposes()
    assert part(floor, "ben", "Waiting for you") == ["Nothing right now."]
    floor.work.person("ben").opens_home()
    until(lambda: "Accept" in home(floor, "ben").buttons)


def test_an_event_that_slack_sends_twice_draws_one_home(floor: Floor) -> None:
    ana = floor.work.sandbox.user_id("ana")
    event = {"type": "app_home_opened", "user": ana, "channel": "D1", "tab": "home"}
    assert [floor.work.hears(event, "Ev1") for _ in range(2)] == [200, 200]
    assert floor.work.hears({**event, "tab": "messages"}, "Ev2") == 200
    assert "Today" in home(floor, "ana").text
    assert stored_homes(floor) == 1


def test_what_is_refused_on_a_home_that_is_behind_is_said_on_top_of_it(floor: Floor) -> None:
    floor.proposes()
    opens(floor, "ben")
    floor.falls_silent()
    floor.taps("ana", "Withdraw")
    ben = floor.work.person("ben")
    ben.presses("Accept", ben.home())
    assert ben.sees_modal().text == "Swap 1 is withdrawn by @Ana Ruiz. Nothing was changed."
    assert ben.notices == []


def test_a_decline_asks_why_on_top_of_home(floor: Floor) -> None:
    floor.proposes()
    opens(floor, "ben")
    ben = floor.work.person("ben")
    ben.presses("Decline…", ben.home())
    floor.says_why("ben", "I am away then")
    assert floor.states() == ["declined"]
    assert part(floor, "ben", "Waiting for you") == ["Nothing right now."]
    assert "I am away then" in floor.told("ana", BOT)[-1]


def test_an_approver_reads_the_whole_review_before_deciding(floor: Floor) -> None:
    opens(floor, "cora")
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    presses(floor, "cora", "Review…")
    assert "Hours\n" in floor.work.person("cora").sees_modal("Swap 1").text


def test_undo_after_ten_minutes_waits_on_the_others_home(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.work.sandbox.clock.move(timedelta(minutes=11))
    opens(floor, "ana", "ben")
    assert part(floor, "ana", "Your requests") == ["No open requests."]
    floor.presses("ana", "Undo")
    assert part(floor, "ben", "Waiting for you")[-1] == "@Ana Ruiz wants to undo it; you have to agree"
    assert part(floor, "ana", "Your requests")[-1] == "You want to undo it; @Ben Okafor has to agree"
    presses(floor, "ben", "Agree to undo")
    assert floor.states() == ["undone"]
    assert part(floor, "ben", "Waiting for you") == ["Nothing right now."]


def test_everything_a_command_shows_opens_from_home(floor: Floor) -> None:
    opens(floor, "ana")
    ana = floor.work.person("ana")
    for label, title, said in (
        ("My shifts", "Your shifts", "Week of Mon, Nov 2"),
        ("Who is on", "Who is on", "Nobody is on"),
        ("My calendar", "Your calendar", "FLOORWALKER_PUBLIC_URL"),
        ("What was changed", "Floorwalker", "imported people"),
        ("Help", "Floorwalker", "about what?"),
    ):
        presses(floor, "ana", label)
        assert said in ana.sees_modal(title).text
        ana.closes()
    ana.chooses("A colleague's shifts", "@ben", ana.home())
    assert "Shifts of @Ben Okafor" in ana.sees_modal("A colleague's shifts").text


def test_a_shift_in_the_list_on_top_of_home_opens_the_form_on_top_of_that(floor: Floor) -> None:
    opens(floor, "ana")
    presses(floor, "ana", "My shifts")
    ana = floor.work.person("ana")
    ana.presses("Swap…", beside="Nov 13")
    assert ana.sees_modal("Swap a shift").fields["Your shift"] == "Fri, Nov 13, 09:00–17:00 · mail"
    ana.closes()
    assert ana.sees_modal().title == "Your shifts"


def test_a_long_list_on_top_of_home_turns_its_pages(floor: Floor) -> None:
    days = [
        f"ana@example.com,2026-11-{day:02},0{hour}:00,0{hour}:30,Europe/Berlin,mail"
        for day in range(3, 6)
        for hour in range(9)
    ]
    floor.work.shifts(*days)
    opens(floor, "ana")
    presses(floor, "ana", "My shifts")
    ana = floor.work.person("ana")
    ana.presses("More")
    until(lambda: "21–29 of 29" in ana.sees_modal("Your shifts").text)


def test_two_presses_at_once_both_show_something(floor: Floor) -> None:
    lines = [
        f"ana@example.com,2026-11-03,{at // 4:02}:{at % 4 * 15:02},{at // 4:02}:{at % 4 * 15 + 14:02},,mail"
        for at in range(30)
    ]
    floor.work.shifts(*lines)
    opens(floor, "ana")
    presses(floor, "ana", "My shifts")
    ana = floor.work.person("ana")
    ana.sees_modal("Your shifts")
    floor.work.sandbox.faults.latency(0.3, "views.update")
    with ThreadPoolExecutor(2) as pool:
        for press in [pool.submit(floor.work.person("ana").presses, "More") for _ in range(2)]:
            press.result()
    until(lambda: "21–32 of 32" in ana.sees_modal("Your shifts").text)
    assert ana.sees(BOT) == []


def test_who_works_their_last_shift_is_told_on_top_of_home_that_there_is_none_to_swap(floor: Floor) -> None:
    floor.work.at("2026-11-13 12:00")
    opens(floor, "ana")
    presses(floor, "ana", "Propose a swap…")
    assert floor.work.person("ana").sees_modal().text.startswith("You have no shift ahead of you that you could")


def test_a_calendar_address_is_made_on_top_of_home_only_when_asked_for(floor: Floor) -> None:
    floor.work.disconnect()
    floor.work.settings = floor.work.settings.model_copy(update={"public_url": "https://bot.example.com"})
    floor.work.connect()
    opens(floor, "ana")
    ana = floor.work.person("ana")
    presses(floor, "ana", "My calendar")
    assert "https://" not in ana.sees_modal("Your calendar").text
    ana.presses("Make an address")
    until(lambda: "https://bot.example.com/calendar/" in ana.sees_modal("Your calendar").text)
    ana.presses("End the address", confirm=True)
    until(lambda: "has ended" in ana.sees_modal("Your calendar").text)

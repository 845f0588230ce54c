"""The front desk's menu, and help topic by topic."""

import pytest

from bot.app import build_cards, build_sender
from handlers.floor import _DESK
from jobs.outbox_turn import Times
from tests.scenarios.swapping import Floor
from tests.workplace import Workplace, until

SHIFT = "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,Order Desk"
OWN = ["Help", "My settings", "What was changed"]
DESK = [
    "Settings",
    "Limits",
    "Roles",
    "Channels",
    "Imports",
    "Routing",
    "Departments",
    "Matrix",
    "Connected tools",
    "Health",
    "Setup",
]


@pytest.fixture
def floor(work: Workplace) -> Workplace:
    """Monday noon, with a roster and a schedule."""
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(SHIFT)
    return work


def test_everybody_is_offered_what_is_theirs(everywhere: Workplace) -> None:
    everywhere.people()
    assert everywhere.asks("cora", "/floor").buttons == OWN + DESK
    for name in ("ana", "cleo", "carl"):
        assert everywhere.asks(name, "/floor").buttons == OWN


@pytest.mark.parametrize(
    ("button", "title"),
    [("My settings", "My settings"), ("Settings", "Settings"), ("Channels", "Channels"), ("Setup", "Setup")],
)
def test_a_button_opens_what_can_be_typed_too(floor: Workplace, button: str, title: str) -> None:
    cora = floor.person("cora")
    cora.presses(button, floor.asks("cora", "/floor"))
    assert cora.sees_modal().title == title


@pytest.mark.parametrize(
    ("button", "text"),
    [
        ("What was changed", "The latest changes"),
        ("Roles", "Who holds which role"),
        ("Imports", "Imported files"),
        ("Health", "Health · "),
        ("Help", "Help · about what?"),
    ],
)
def test_a_button_shows_its_answer_in_place_of_the_menu(floor: Workplace, button: str, text: str) -> None:
    menu = floor.asks("cora", "/floor")
    floor.presses("cora", button, menu)
    until(lambda: floor.person("cora").sees()[-1].text.startswith(text))


def test_help_goes_from_topic_to_topic_with_what_there_is_here(everywhere: Workplace) -> None:
    everywhere.at("2026-11-02 12:00")
    everywhere.people()
    everywhere.shifts(SHIFT)
    topics = everywhere.asks("ana", "/floor help")
    own = ["Shifts", "Swaps", "Cover", "Key figures", "Cases", "Other departments", "What the team knows"]
    own += ["Announcements", "Sick or late", "Time off"]
    assert topics.buttons == [*own, "Time zone and quiet hours", "What was changed", "All commands"]
    shifts = everywhere.presses("ana", "Shifts", topics)
    assert "• /shifts who Order Desk 3pm – " in shifts.text
    typed = everywhere.asks("ana", "/shifts who Order Desk nov 6 3pm").text
    assert typed.startswith("Who is on for Order Desk")
    topics = everywhere.presses("ana", "Other topics", shifts)
    assert "Both of you read every step" in everywhere.presses("ana", "Swaps", topics).text


def test_help_about_the_desk_is_for_the_desk(floor: Workplace) -> None:
    assert "• /floor roles – " in floor.asks("cora", "/floor help desk").text
    assert "Only coordinators and managers change settings" in floor.asks("ana", "/floor help desk").text
    assert "Only coordinators and managers see imports" in floor.asks("ana", "/floor help imports").text
    assert "who holds which role" in floor.asks("ana", "/floor help roles").text


def test_every_word_of_the_front_desk_has_its_help(floor: Workplace) -> None:
    for word in (*_DESK, "audit", "health"):
        answer = floor.asks("cora", f"/floor help {word}")
        assert f"• /floor {word}" in answer.text
        assert answer.buttons == ["Other topics"]
    assert floor.asks("cora", "/floor help help").text.startswith("Help · about what?")
    assert "Five steps" in floor.asks("cora", "/floor help setup").text


def test_what_there_is_no_help_about_leads_to_the_topics(floor: Workplace) -> None:
    answer = floor.asks("ana", "/floor help dancing").text
    assert answer.startswith("I have no help about “dancing”.")
    assert "/floor help" in answer


def test_what_does_not_exist_yet_is_no_example(floor: Workplace) -> None:
    answer = floor.asks("cora", "/floor help audit").text
    assert "/floor audit import 2" in answer
    assert "/floor audit swap" not in answer


def test_a_page_of_the_audit_turns_from_the_menu_too(floor: Workplace) -> None:
    for hour in range(24):
        floor.prefers(swap_expiry_hours=str(hour))
    page = floor.presses("cora", "What was changed", floor.asks("cora", "/floor"))
    assert page.buttons == ["Earlier"]
    assert floor.presses("cora", "Earlier", page).buttons == ["Later"]


def test_health_is_shown_with_what_to_do(floor: Workplace) -> None:
    answer = floor.asks("cora", "/floor health").text
    assert "✓ Bot token · " in answer
    assert "Coordinators' channel" in answer
    assert "Only coordinators and managers see how I am doing" in floor.asks("ana", "/floor health").text


def slow_to_look(work: Workplace) -> None:
    """Slack takes its time over the coordinators' channel."""
    work.sandbox.channel("#ops", members=["cora"], bot=True)
    work.prefers(ops_channel=work.sandbox.channel_id("#ops"))
    work.hurries()
    work.sandbox.faults.latency(2, "conversations.info", times=1)


def test_health_that_takes_its_time_follows_by_itself(everywhere: Workplace) -> None:
    everywhere.people()
    slow_to_look(everywhere)
    assert everywhere.asks("cora", "/floor health").text == "This takes a moment. The answer follows by itself."
    assert everywhere.person("cora").notices == []
    assert "✓ Bot token · " in everywhere.person("cora").reads("Health · ").text


def test_health_that_takes_its_time_stands_in_place_of_the_menu(floor: Workplace) -> None:
    cora = floor.person("cora")
    menu = floor.asks("cora", "/floor")
    slow_to_look(floor)
    assert floor.presses("cora", "Health", menu).text.startswith("This takes a moment.")
    until(lambda: cora.refreshed(menu).text.startswith("Health · "))


def test_health_asked_for_on_home_follows_as_a_direct_message(floor: Workplace) -> None:
    cora = floor.person("cora")
    cora.opens_home()
    sender = build_sender(floor.deps, build_cards(floor.deps), Times(pace=0, poll=0.02))
    sender.start()
    try:
        home = cora.home()
    finally:
        sender.close()
    slow_to_look(floor)
    cora.presses("Health", home)
    assert cora.sees_modal().text == "This takes a moment. The answer follows by itself."
    assert "✓ Bot token · " in cora.reads("Health · ", "@floorwalker").text


def test_the_swap_of_an_example_is_one_that_the_reader_may_see(floor_either_way: Floor) -> None:
    floor_either_way.proposes()
    for name, offered in (("ana", True), ("cora", True), ("dev", False)):
        text = floor_either_way.work.asks(name, "/floor help swaps").text
        assert "• /swap list – " in text
        assert ("• /swap 1 – " in text) is offered

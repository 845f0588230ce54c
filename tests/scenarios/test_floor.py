"""Who is on: by queue, team and skill, now and at a time."""

import re

import pytest

from tests.workplace import PEOPLE, Workplace

MONDAY = (
    "ana@example.com,2026-11-02,09:00,17:00,Europe/Berlin,billing",
    "ben@example.com,2026-11-02,12:00,20:00,Europe/London,Order Desk",
    "cleo@example.com,2026-11-02,09:00,17:00,America/New_York,billing",
    ",2026-11-02,15:00,19:00,Europe/Berlin,billing,who can?",
)


@pytest.fixture
def monday(work: Workplace) -> Workplace:
    """Monday half past three in Berlin."""
    work.at("2026-11-02 15:30")
    work.people()
    work.shifts(*MONDAY)
    return work


def names(text: str) -> set[str]:
    """Who is mentioned in an answer."""
    return set(re.findall(r"@(\w+)", text))


def test_who_is_on_now_is_listed_by_queue_with_skills(everywhere: Workplace) -> None:
    everywhere.at("2026-11-02 15:30")
    everywhere.people()
    everywhere.shifts(*MONDAY)
    assert everywhere.asks("ana", "/shifts who").text.splitlines() == [
        "Who is on · Mon, Nov 2, 15:30 · 3 on, 1 open shift",
        "billing",
        "• 09:00–17:00 · @Ana Ruiz · german, refunds",
        "• 15:00–23:00 · @Cleo Hart",
        "• 15:00–19:00 · open shift",
        "Order Desk",
        "• 13:00–21:00 · @Ben Okafor · refunds",
        "More: /shifts help · times in Europe/Berlin",
    ]
    assert "• 04:00–12:00 · @Ben Okafor" not in everywhere.asks("cleo", "/shifts who").text
    assert "• 07:00–15:00 · @Ben Okafor" in everywhere.asks("cleo", "/shifts who").text


@pytest.mark.parametrize(
    ("asked", "on"),
    [
        ("billing", {"Ana", "Cleo"}),
        ("BILLING", {"Ana", "Cleo"}),
        ("billing 3pm", {"Ana", "Cleo"}),
        ("3pm billing", {"Ana", "Cleo"}),
        ("billing at 6pm", {"Cleo"}),
        ("order desk", {"Ben"}),
        ("order desk 8pm", {"Ben"}),
        ("tomorrow order desk", set()),
        ("Mail", {"Ana", "Ben"}),
        ("phones 6pm", {"Cleo"}),
        ("refunds", {"Ana", "Ben"}),
        ("german", {"Ana"}),
        ("hindi", set()),
        ("10am", {"Ana"}),
        ("5pm-9pm", {"Ben", "Cleo"}),
        ("this evening", {"Ben", "Cleo"}),
        ("today", {"Ana", "Ben", "Cleo"}),
        ("sun", set()),
    ],
)
def test_a_queue_a_team_a_skill_and_a_time_can_be_asked_for(monday: Workplace, asked: str, on: set[str]) -> None:
    answer = monday.asks("ana", f"/shifts who {asked}").text
    assert names(answer) == on
    assert answer.startswith("Who is on" if on else "Nobody is on")


def test_an_open_shift_counts_for_its_queue(monday: Workplace) -> None:
    answer = monday.asks("ana", "/shifts who billing").text
    assert answer.startswith("Who is on for billing · Mon, Nov 2, 15:30 · 2 on, 1 open shift")
    assert "open shift" not in monday.asks("ana", "/shifts who Mail").text


def test_a_name_with_an_ampersand_is_found_and_shown_as_it_is(monday: Workplace) -> None:
    monday.shifts("dev@example.com,2026-11-02,18:00,22:00,Asia/Kolkata,R&D <core>")
    answer = monday.asks("ana", "/shifts who r&d <core> 3pm").text
    assert answer.startswith("Who is on for R&D <core> · Mon, Nov 2, 15:00 · 1 on\nR&D <core>\n")


def test_days_are_said_where_several_are_asked_for(monday: Workplace) -> None:
    answer = monday.asks("ana", "/shifts who billing nov 2 to nov 3").text
    assert "• Mon, Nov 2, 09:00–17:00 · @Ana Ruiz" in answer


def test_somebody_who_has_left_slack_is_still_listed_and_said_to_have_left(monday: Workplace) -> None:
    monday.changes("ana", deleted=True)
    assert "@Ana Ruiz · german, refunds · has left Slack" in monday.asks("ben", "/shifts who billing").text


def test_now_is_an_instant_in_the_hour_that_comes_twice(work: Workplace) -> None:
    work.at("2026-10-24 12:00")
    work.people()
    work.shifts(
        "ana@example.com,2026-10-25,00:00,02:30,Europe/Berlin",  # ends at the first half past two
        "dev@example.com,2026-10-25,07:00,13:00,Asia/Kolkata",  # begins at the second
    )
    work.at("2026-10-25 00:15", "UTC")
    assert names(work.asks("ana", "/shifts who").text) == {"Ana"}
    work.at("2026-10-25 01:45", "UTC")
    answer = work.asks("ana", "/shifts who")
    assert "02:45" in answer.text
    assert names(answer.text) == {"Dev"}


def test_who_is_on_is_the_business_of_that_moment_to_the_minute(work: Workplace) -> None:
    work.at("2026-11-02 16:59")
    work.people()
    work.shifts(*MONDAY)
    assert "Ana" in names(work.asks("ana", "/shifts who").text)
    work.at("2026-11-02 17:00")
    assert "Ana" not in names(work.asks("ana", "/shifts who").text)


def test_everybody_of_150_people_is_on_exactly_one_page(work: Workplace) -> None:
    numbers = range(150)
    work.at("2026-11-02 12:00")
    people = [f"p{number}@example.com,Person {number},agent,Phones,,Europe/Berlin" for number in numbers]
    work.people(PEOPLE + "\n".join(people))
    work.shifts(*(f"p{number}@example.com,2026-11-02,09:00,17:00,Europe/Berlin,calls" for number in numbers))

    page = work.asks("ana", "/shifts who calls")
    assert "150 on" in page.text
    pages = [page.text]
    # As people go home the pages still fit together: they are those of the moment that was asked about.
    work.at("2026-11-02 23:00")
    while "More" in page.buttons:
        page = work.presses("ana", "More", page)
        pages.append(page.text)
    seen = [found for text in pages for found in re.findall(r"· (Person \d+)", text)]
    assert sorted(seen) == sorted(f"Person {number}" for number in numbers)
    assert len(pages) == 6
    assert page.buttons == ["Earlier"]
    for number in reversed(range(5)):
        page = work.presses("ana", "Earlier", page)
        assert page.text == pages[number]


def test_long_names_and_many_skills_stay_within_the_limits_of_slack(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    skills = ";".join(f"skill & <{number}>" for number in range(100))
    long_name = "<&>" * 26
    people = [f"p{number}@example.com,{long_name}{number},agent,,{skills},Europe/Berlin" for number in range(25)]
    work.people(PEOPLE + "\n".join(people))
    work.shifts(*(f"p{number}@example.com,2026-11-02,09:00,17:00,Europe/Berlin,calls" for number in range(25)))
    assert work.asks("ana", "/shifts who").text.count(long_name) == 25

"""A schedule comes in, and people in several zones ask for their shifts around changes of the clock."""

import pytest

from tests.workplace import Workplace


def test_one_night_is_read_in_five_zones_when_europe_turns_its_clocks_back(everywhere: Workplace) -> None:
    everywhere.at("2026-10-23 12:00")
    everywhere.people()
    everywhere.shifts("ana@example.com,2026-10-24,22:00,06:00,Europe/Berlin,billing")

    own = everywhere.asks("ana", "/shifts")
    assert own.text.splitlines() == [
        "Your shifts · Fri, Oct 23 – Thu, Nov 5",
        "Week of Mon, Oct 19 · 9 h",
        "Sat, Oct 24, 22:00–06:00 (Sun) · billing · 9 h",
        "More: /shifts help · times in Europe/Berlin",
    ]
    read = {name: everywhere.asks(name, "/shifts @ana").text.splitlines() for name in ("ben", "cleo", "dev")}
    assert [lines[0] for lines in read.values()] == ["Shifts of @Ana Ruiz · Fri, Oct 23 – Thu, Nov 5"] * 3
    assert read["ben"][2] == "Sat, Oct 24, 21:00–05:00 (Sun) · billing · 9 h"
    assert read["cleo"][2] == "Sat, Oct 24, 16:00–01:00 (Sun) · billing · 9 h"
    assert read["dev"][1:3] == ["Week of Mon, Oct 19 · 9 h", "Sun, Oct 25, 01:30–10:30 · billing · 9 h"]


def test_long_lists_are_turned_page_by_page_everywhere(everywhere: Workplace) -> None:
    everywhere.at("2026-11-02 06:00")
    everywhere.people()
    everywhere.shifts(*(f"dev@example.com,2026-11-{day:02},09:00,17:00,Asia/Kolkata" for day in range(2, 31)))

    first = everywhere.asks("dev", "/shifts nov 2 to nov 30")
    assert "1–20 of 29" in first.text
    assert [label for label in first.buttons if label not in ("Swap…", "Give away…")] == ["More"]
    second = everywhere.presses("dev", "More", first)
    assert "21–29 of 29" in second.text
    assert "Mon, Nov 30, 09:00–17:00 · 8 h" in second.text
    assert second.only_you
    assert "1–20 of 29" in everywhere.presses("dev", "Earlier", second).text


@pytest.mark.parametrize(
    ("today", "shift", "line"),
    [
        ("2026-03-27 12:00", "2026-03-28,22:00,06:00,Europe/Berlin", "Sat, Mar 28, 22:00–06:00 (Sun) · 7 h"),
        ("2026-10-30 12:00", "2026-10-31,22:00,06:00,America/New_York", "Sun, Nov 1, 03:00–12:00 · 9 h"),
        ("2026-03-06 12:00", "2026-03-07,22:00,06:00,America/New_York", "Sun, Mar 8, 04:00–11:00 · 7 h"),
        ("2026-10-20 12:00", "2026-10-24,09:00,17:30,Europe/London", "Sat, Oct 24, 10:00–18:30 · 8 h 30 min"),
        ("2026-10-26 12:00", "2026-10-27,09:00,17:00,America/New_York", "Tue, Oct 27, 14:00–22:00 · 8 h"),
    ],
)
def test_hours_are_those_that_are_worked(work: Workplace, today: str, shift: str, line: str) -> None:
    work.at(today)
    work.people()
    work.shifts(f"ana@example.com,{shift}")
    assert line in work.asks("ana", "/shifts").text.splitlines()


def test_hours_of_a_night_belong_to_the_week_in_which_they_fall(work: Workplace) -> None:
    work.at("2026-10-28 12:00")
    work.people()
    # From Saturday to Sunday, when the clocks of New York go back: two hours before midnight, seven after.
    work.shifts("cleo@example.com,2026-10-31,22:00,06:00,America/New_York")
    assert "Week of Mon, Oct 26 · 9 h" in work.asks("cleo", "/shifts").text

    work.prefers(first_weekday="sunday")
    assert "Week of Sun, Oct 25 · 2 h" in work.asks("cleo", "/shifts").text
    work.shifts("cleo@example.com,2026-11-03,09:00,17:00,America/New_York")
    assert "Week of Sun, Nov 1 · 15 h" in work.asks("cleo", "/shifts").text


def test_a_week_shows_all_its_hours_where_only_a_part_of_it_is_asked_for(work: Workplace) -> None:
    work.at("2026-11-04 12:00")
    work.people()
    work.shifts(*(f"ana@example.com,2026-11-{day:02},09:00,17:00,Europe/Berlin" for day in (2, 3, 4, 5, 6)))
    answer = work.asks("ana", "/shifts fri").text
    assert "Week of Mon, Nov 2 · 40 h" in answer
    assert answer.count("09:00–17:00") == 1


def test_a_night_from_the_week_before_brings_the_hours_of_that_week(work: Workplace) -> None:
    work.at("2026-11-09 03:00")
    work.people()
    work.shifts(
        "ana@example.com,2026-11-04,09:00,17:00,Europe/Berlin",
        "ana@example.com,2026-11-08,22:00,06:00,Europe/Berlin",
    )
    answer = work.asks("ana", "/shifts today").text
    assert "Week of Mon, Nov 2 · 10 h\nSun, Nov 8, 22:00–06:00 (Mon) · 8 h" in answer


def test_hours_after_midnight_are_found_in_the_week_after(work: Workplace) -> None:
    work.at("2026-11-04 12:00")
    work.people()
    work.shifts("ana@example.com,2026-11-09,02:00,08:00,Europe/Berlin")
    answer = work.asks("ana", "/shifts sun 22:00-04:00").text
    assert "Week of Mon, Nov 9 · 6 h\nMon, Nov 9, 02:00–08:00 · 6 h" in answer


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ["Tue, Nov 3", "Fri, Nov 6", "Wed, Nov 11"]),
        ("next week", ["Wed, Nov 11"]),
        ("fri", ["Fri, Nov 6"]),
        ("FRI", ["Fri, Nov 6"]),
        ("nov 3 to nov 6", ["Tue, Nov 3", "Fri, Nov 6"]),
        ("next month", ["Tue, Dec 1"]),
        ("in ten days", []),
    ],
)
def test_the_time_that_is_typed_is_the_time_that_is_shown(work: Workplace, typed: str, shown: list[str]) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    days = {"2026-11-03": "Tue, Nov 3", "2026-11-06": "Fri, Nov 6", "2026-11-11": "Wed, Nov 11"}
    days["2026-12-01"] = "Tue, Dec 1"
    work.shifts(*(f"ben@example.com,{day},09:00,17:00,Europe/London" for day in days))
    lines = work.asks("ben", f"/shifts {typed}").text.splitlines()
    assert [line.partition(", 09")[0] for line in lines if "09:00–17:00" in line] == shown


@pytest.mark.parametrize("typed", ["/shifts @ana fri", "/shifts fri @ana", "/shifts @ana friday"])
def test_a_colleague_is_named_before_or_after_the_time(work: Workplace, typed: str) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(
        "ana@example.com,2026-11-05,09:00,17:00,Europe/Berlin",
        "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin",
        "ben@example.com,2026-11-06,10:00,18:00,Europe/London",
    )
    lines = work.asks("ben", typed).text.splitlines()
    assert lines[0] == "Shifts of @Ana Ruiz · Fri, Nov 6"
    assert [line for line in lines if "–17:00" in line or "–16:00" in line] == ["Fri, Nov 6, 08:00–16:00 · 8 h"]


def test_a_note_is_read_by_its_owner_only(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts("ana@example.com,2026-11-03,09:00,17:00,Europe/Berlin,billing,bring the keys")
    assert "“bring the keys”" in work.asks("ana", "/shifts").text
    assert "keys" in work.asks("ana", "/shifts @ana").text
    assert "keys" not in work.asks("cora", "/shifts @ana").text
    for name in ("ana", "cora"):
        assert "keys" not in work.asks(name, "/shifts who tomorrow").text


def test_who_has_no_shifts_reads_so(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    assert "You have no shifts · Mon, Nov 2 – Sun, Nov 15" in work.asks("ana", "/shifts").text
    assert "@Ben Okafor has no shifts · Fri, Nov 6" in work.asks("ana", "/shifts @ben fri").text
    assert "Nobody is on · Mon, Nov 2, 12:00" in work.asks("ana", "/shifts who").text


def test_who_asks_beyond_the_schedule_reads_where_it_ends(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts("ben@example.com,2026-11-13,22:00,06:00,Europe/London")
    ends = "Nothing is planned yet after Fri, Nov 13 · times in Europe/Berlin"
    for typed in ("/shifts nov 14", "/shifts @ben dec 24 to jan 2", "/shifts who dec 24"):
        assert work.asks("ana", typed).text.splitlines()[1:] == [ends]
    for typed in ("/shifts", "/shifts @ben today", "/shifts who nov 13"):
        assert "planned" not in work.asks("ana", typed).text


def test_an_ambiguous_day_is_asked_about_and_the_press_answers_in_its_place(work: Workplace) -> None:
    work.at("2026-11-04 12:00")
    work.people()
    work.shifts(
        "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin",
        "ana@example.com,2026-11-13,10:00,18:00,Europe/Berlin",
    )
    question = work.asks("ana", "/shifts next friday")
    assert question.text == "Which one do you mean?"
    assert sorted(question.buttons) == ["Fri, Nov 13", "Fri, Nov 6"]
    answer = work.presses("ana", "Fri, Nov 13", question)
    assert "Fri, Nov 13, 10:00–18:00" in answer.text
    assert "Nov 6" not in answer.text
    assert len(work.person("ana").sees()) == 1


def test_an_ambiguous_day_of_a_colleague_or_of_a_queue_stays_theirs(work: Workplace) -> None:
    work.at("2026-11-04 12:00")
    work.people()
    work.shifts("ana@example.com,2026-11-13,10:00,18:00,Europe/Berlin,billing")
    for typed, heading in (
        ("/shifts @ana next friday", "Shifts of @Ana Ruiz · Fri, Nov 13"),
        ("/shifts who billing next friday", "Who is on for billing · Fri, Nov 13 · 1 on"),
    ):
        answer = work.presses("ben", "Fri, Nov 13", work.asks("ben", typed))
        assert answer.text.splitlines()[0] == heading


def test_what_is_not_understood_is_said_beside_what_is(work: Workplace) -> None:
    work.people()
    assert work.asks("ana", "/shifts fri gibberish").text.startswith("I understood “fri”, but not “gibberish”.")
    assert work.asks("ana", "/shifts zzz").text.startswith("I did not understand “zzz”.")
    assert work.asks("ana", "/shifts feb 30").text.startswith(
        "There is no “feb 30”: February has at most 29 days.\nTry /shifts next week"
    )
    work.shifts("ana@example.com,2026-11-13,10:00,18:00,Europe/Berlin,billing")
    unknown = work.asks("ana", "/shifts who biling 3pm").text
    assert "I understood “3pm”, but not “biling”." in unknown
    assert "You can ask for billing, Mail, Phones, german, hindi, refunds." in unknown
    assert "You can ask for" not in work.asks("ana", "/shifts who billing blah").text


def test_a_range_that_nobody_reads_is_not_shown(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    assert "more than 92 days" in work.asks("ana", "/shifts 2026-11-02..2027-11-02").text


def test_a_very_long_text_is_answered(work: Workplace) -> None:
    work.people()
    answer = work.asks("ana", "/shifts " + "&lt;<x" * 2000)
    assert answer.text.startswith("I did not understand “&lt;<x&lt;<x")
    assert len(answer.text) < 500


@pytest.mark.parametrize("typed", ["@nobody", "fri @nobody", "<!channel> @here @channel"])
def test_a_name_that_slack_does_not_know_is_not_guessed(work: Workplace, typed: str) -> None:
    work.people()
    answer = work.asks("ana", f"/shifts {typed}")
    assert "I cannot tell who @" in answer.text
    assert "<!" not in str(answer.blocks)


def test_several_colleagues_are_too_many(work: Workplace) -> None:
    work.people()
    assert work.asks("ana", "/shifts @ben @dev").text.startswith("I can show the shifts of one person at a time.")


def test_a_colleague_who_is_not_on_the_roster_is_named(work: Workplace) -> None:
    work.sandbox.invite("zoe", real_name="Zoe Quinn")
    work.people()
    assert work.asks("ana", "/shifts @zoe").text.startswith("@Zoe Quinn is not on the roster")


def test_help_lists_every_form(work: Workplace) -> None:
    work.people()
    answer = work.asks("ana", "/shifts help").text
    for form in ("/shifts next week", "/shifts @colleague", "/shifts who", "/shifts who 3pm"):
        assert form in answer
    assert work.asks("ana", "/shifts HELP").text == answer


def test_a_contact_of_a_department_sees_who_is_on_and_nobodys_shifts(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts("ana@example.com,2026-11-02,09:00,17:00,Europe/Berlin,billing")
    assert "@Ana Ruiz" in work.asks("carl", "/shifts who").text
    assert work.asks("carl", "/shifts @ana").text.startswith("You can see who is on, but not one person's shifts.")
    assert work.asks("carl", "/shifts").text.startswith("You have no shifts")

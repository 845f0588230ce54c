"""What people want of covers: chosen in their own settings, with an error at the field and read back in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from bot.actions.wishes import wish_of
from bot.domain.wishes import Asking, Times, Wish
from bot.sandbox import Modal
from jobs.fairness import TALLY
from tests.scenarios.swapping import Floor
from tests.workplace import Workplace

SHIFT = "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail"
ASK, DAYS, SHIFTS, EMERGENCY = "May I ask you?", "Not on", "For these shifts", "In an emergency"
FIRST, AFTER = "Yes, among the first", "Yes, after those who want to be asked"
ALL_SHIFTS = ["Early shifts on weekdays", "Late shifts on weekdays", "Weekend shifts", "Night shifts, on any day"]
ANY_HOUR = "Ask me at any hour, also in my quiet hours"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with a roster and a shift."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(SHIFT)


def opens(work: Workplace, name: str = "ana") -> Modal:
    """The form."""
    work.person(name).types("/floor me")
    return work.person(name).sees_modal("My settings")


def chooses(work: Workplace, fields: Mapping[str, Any], days: str | None = None) -> Modal:
    """What stands there after the form was filled in and sent."""
    opens(work)
    ana = work.person("ana")
    for label, value in fields.items():
        ana.picks(label, value)
    if days is not None:
        ana.fills(DAYS, days)
    ana.submits()
    return ana.sees_modal("My settings")


def wish(work: Workplace) -> Wish:
    """What Ana wants now."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        return wish_of(session, work.member("ana"))


def test_a_wish_is_chosen_said_back_and_stands_in_the_form_again(everywhere: Workplace) -> None:
    prepare(everywhere)
    first = opens(everywhere).fields
    assert (first[ASK], first[SHIFTS], first[DAYS], first[EMERGENCY]) == (AFTER, ALL_SHIFTS, None, [])
    everywhere.person("ana").closes()
    some = {ASK: FIRST, "For these queues": ["mail"], SHIFTS: ALL_SHIFTS[2:], EMERGENCY: [ANY_HOUR]}
    said = chooses(everywhere, some, "dec 24, dec 31 to jan 2").text
    assert "I ask you to cover for others, among the first. In an emergency I ask you at any hour." in said
    assert "• Only for mail" in said
    assert "• Only weekend shifts; night shifts, on any day" in said
    assert "• Not on Thu, Dec 24; Thu, Dec 31 – Sat, Jan 2, 2027" in said
    days = [date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]
    kept = Wish(
        Asking.GLADLY,
        frozenset({"mail"}),
        frozenset({Times.WEEKENDS, Times.NIGHTS}),
        frozenset(days),
        at_any_hour=True,
    )
    assert wish(everywhere) == kept
    everywhere.person("ana").closes()

    again = opens(everywhere).fields
    assert {label: again[label] for label in some} == some
    assert again[DAYS] == "Thu, Dec 24, 2026\nThu, Dec 31, 2026 – Sat, Jan 2, 2027"
    everywhere.person("ana").submits()
    assert wish(everywhere) == kept


def test_days_that_are_over_stand_there_no_more(desk: Workplace) -> None:
    chooses(desk, {}, "nov 4, nov 6")
    desk.person("ana").closes()
    desk.at("2026-11-05 12:00")
    assert opens(desk).fields[DAYS] == "Fri, Nov 6, 2026"
    desk.person("ana").submits()
    assert desk.person("ana").sees_modal().text.endswith("• Not on Fri, Nov 6")
    desk.person("ana").closes()
    assert "Not on" not in chooses(desk, {}, "").text
    assert wish(desk) == Wish()


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("dec 24, soon", "I do not understand “soon”. Write days such as"),
        ("feb 30", "“feb 30” is no day: February has at most 29 days."),
        ("next fri", "“next fri” may mean Fri, Nov 6 or Fri, Nov 13. Write the date."),
        ("dec 24 9-12", "“dec 24 9-12” has hours. Write whole days"),
        ("yesterday", "“yesterday” is over."),
        ("jan 1 2027 to dec 1 2027", "“jan 1 2027 to dec 1 2027” makes more than 100 days."),
    ],
)
def test_what_is_no_day_is_said_at_its_field_and_nothing_is_lost(desk: Workplace, typed: str, error: str) -> None:
    modal = chooses(desk, {ASK: FIRST}, typed)
    assert list(modal.errors) == [DAYS]
    assert error in modal.errors[DAYS]
    assert (modal.fields[ASK], modal.fields[DAYS]) == (FIRST, typed)
    assert wish(desk) == Wish()


def test_wrong_quiet_hours_beside_a_wish_are_said_at_theirs(desk: Workplace) -> None:
    modal = chooses(desk, {ASK: FIRST, "From": "22:00"}, "dec 24")
    assert list(modal.errors) == ["To"]
    assert wish(desk) == Wish()


def test_who_says_no_reads_that_and_may_still_be_asked_in_an_emergency(desk: Workplace) -> None:
    assert "I do not ask you to cover for others.\n" in f"{chooses(desk, {ASK: 'No'}).text}\n"
    desk.person("ana").closes()
    assert "others. In an emergency I ask you at any hour." in chooses(desk, {EMERGENCY: [ANY_HOUR]}).text
    assert wish(desk) == Wish(Asking.NEVER, at_any_hour=True)


def test_a_wish_leaves_quiet_hours_and_zone_alone_and_the_other_way_round(desk: Workplace) -> None:
    chooses(desk, {"From": "22:00", "To": "07:00", "Beginning on": ["Monday"]})
    desk.person("ana").closes()
    said = chooses(desk, {ASK: FIRST}).text
    assert "Quiet hours are from 22:00 to 07:00, beginning on Monday." in said
    desk.person("ana").closes()
    assert "among the first" in chooses(desk, {"Beginning on": []}).text


def test_a_choice_is_audited_in_words(desk: Workplace) -> None:
    chooses(desk, {ASK: FIRST, "For these queues": ["mail"], SHIFTS: ALL_SHIFTS[2:]}, "dec 24, dec 25")
    desk.person("ana").closes()
    chooses(desk, {ASK: AFTER, EMERGENCY: [ANY_HOUR]})
    desk.person("ana").closes()
    lines = [line for line in desk.asks("ana", "/floor audit me").text.splitlines() if "themselves" in line]
    assert [line.partition(" themselves · ")[2] for line in lines] == [
        "asked to cover for others: yes, after others → yes, among the first; covers for: any → mail; "
        "covers on: any → weekends, nights; covers not on: none → 2 days",
        "asked to cover for others: yes, among the first → yes, after others; "
        "asked at any hour in an emergency: no → yes",
    ]


def test_who_works_no_shifts_is_asked_nothing_about_covers(desk: Workplace) -> None:
    form = opens(desk, "carl")
    assert ASK not in form.fields
    desk.person("carl").submits()
    assert "cover" not in desk.person("carl").sees_modal().text


def test_what_somebody_had_in_a_year_stands_in_their_settings_and_on_their_home(floor: Floor) -> None:
    assert "since" not in opens(floor.work).text
    floor.work.person("ana").closes()
    floor.work.shifts("ana@example.com,2026-10-24,22:00,06:00,Europe/Berlin,mail")
    floor.runs(TALLY)
    line = "You worked 1 night, 1 weekend shift since Sat, Nov 1, 2025."
    assert line in opens(floor.work).text
    assert "since Sat" not in opens(floor.work, "ben").text
    for name in ("ana", "ben"):
        floor.work.person(name).opens_home()
    floor.settles()
    assert line in floor.work.person("ana").home().text
    assert "since Sat" not in floor.work.person("ben").home().text

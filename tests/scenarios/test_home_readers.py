"""App Home: what stands on it for whom, and how it is read."""

import re

from tests.scenarios.desks import home, opens, part, pressable, presses, titles
from tests.scenarios.swapping import Floor


def test_a_contact_has_a_short_desk(floor: Floor) -> None:
    opens(floor, "carl")
    shown = home(floor, "carl")
    assert shown.buttons == ["Who is on", "What the team knows", "Help", "My settings", "What was changed"]
    assert shown.text.splitlines()[1].startswith("You work no shifts here.")
    assert "Waiting for you" not in shown.text


def test_who_runs_the_desk_and_works_no_shifts_has_only_what_applies_to_them(floor: Floor) -> None:
    opens(floor, "cora", "cleo")
    assert titles(floor, "cora") == ["To decide", "The floor today", "Needs an owner", "The front desk"]
    assert titles(floor, "cleo") == ["The floor today", "Needs an owner", "The front desk"]
    for name in ("cora", "cleo"):
        shown = home(floor, name)
        assert shown.labels[:2] == ["A colleague's shifts", "Who is on"]
        assert not {"Propose a swap…", "My shifts", "My calendar"} & set(shown.buttons)
    floor.work.shifts("cora@example.com,2026-11-03,09:00,17:00,Europe/Berlin,mail")
    assert part(floor, "cora", "Your next 7 days") == ["Tue, Nov 3, 09:00–17:00 · mail · 8 h"]
    assert {"Propose a swap…", "My shifts", "My calendar"} < set(home(floor, "cora").buttons)


def test_a_shift_far_ahead_counts(floor: Floor) -> None:
    floor.work.shifts("cleo@example.com,2027-02-01,09:00,17:00,America/New_York,voice")
    opens(floor, "cleo")
    assert part(floor, "cleo", "Today") == ["You have no shift ahead of you in the next 7 days."]
    assert "My calendar" in home(floor, "cleo").buttons


def test_who_does_not_decide_a_swap_reads_nothing_of_decisions_until_they_stand_in(floor: Floor) -> None:
    floor.work.people("email,name,role,team\nmona@example.com,Mona Vale,coordinator,\n")
    opens(floor, "cora", "cleo")
    floor.work.people("email,name,role,team\nana@example.com,Ana Ruiz,agent,Phones\n")
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    assert titles(floor, "cora")[0] == "To decide · 1"
    assert "To decide" not in home(floor, "cleo").text

    # With one coordinator only, the lead of the asker's team stands in.
    floor.work.people("email,name,role,team\nmona@example.com,Mona Vale,agent,\n")
    assert titles(floor, "cleo")[0] == "To decide · 1"
    presses(floor, "cleo", "Approve")
    assert floor.states() == ["approved"]
    assert titles(floor, "cora")[0] == "To decide"
    assert part(floor, "cora", "To decide") == ["Nothing waits for your decision."]
    assert "To decide" not in home(floor, "cleo").text


def test_equal_buttons_are_told_apart_by_a_screen_reader(floor: Floor) -> None:
    floor.proposes()
    floor.proposes("ana", "nov 13 with @ben", "Sat, Nov 14, 10:00–18:00 · mail")
    floor.work.shifts("ben@example.com,2026-11-04,09:00,17:00,Europe/London,mail")
    opens(floor, "ben")
    spoken = {
        label: [each["accessibility_label"] for each in pressable(floor, "ben") if each["text"]["text"] == label]
        for label in ("Accept", "Decline…", "Swap…")
    }
    assert spoken == {
        "Accept": ["Accept, swap 1", "Accept, swap 2"],
        "Decline…": ["Decline…, swap 1", "Decline…, swap 2"],
        "Swap…": ["Swap… Wed, Nov 4, 09:00–17:00", "Swap… Sat, Nov 7, 09:00–17:00"],
    }


def test_colleagues_are_named_by_name(floor: Floor) -> None:
    names = "dev", "cora", "ben", "cleo", "ana"
    floor.work.shifts(*(f"{name}@example.com,2026-11-02,09:00,17:00,Europe/Berlin,mail" for name in names))
    opens(floor, "ana", "cora")
    beside = part(floor, "ana", "Today")[1]
    assert re.findall("@[A-Z]\\w+", beside) == ["@Ben", "@Cleo", "@Cora", "@Dev"]
    on = next(line for line in part(floor, "cora", "The floor today") if line.startswith("• mail"))
    assert re.findall("@[A-Z]\\w+", on) == ["@Ana", "@Ben", "@Cleo", "@Cora", "@Dev"]

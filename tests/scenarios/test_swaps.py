"""A swap from end to end, in every way in which the bot runs."""

import pytest

from tests.scenarios.swapping import ANA_FRI, BEN_SAT, Floor


@pytest.fixture
def floor(floor_everywhere: Floor) -> Floor:
    return floor_everywhere


def test_two_people_swap_and_everybody_reads_the_final_schedule(floor: Floor) -> None:
    floor.proposes(note="dentist")
    asked = floor.card("ben")
    assert asked.text.splitlines() == [
        "Swap 1 is waiting for your answer.",
        "@Ana Ruiz gives Fri, Nov 6, 08:00–16:00 · mail",
        "@Ben Okafor gives Sat, Nov 7, 09:00–17:00 · mail",
        "@Ana Ruiz: “dentist”",
        "Open until Thu, Nov 5, 08:00 · times in Europe/London",
    ]
    assert asked.buttons == ["Accept", "Decline…"]
    assert floor.card("ana").buttons == ["Withdraw"]

    settled = floor.presses("ben", "Accept")
    assert settled.text.splitlines()[:3] == [
        "Swap 1 is settled.",
        "@Ana Ruiz works Sat, Nov 7, 09:00–17:00 · mail",
        "@Ben Okafor works Fri, Nov 6, 08:00–16:00 · mail",
    ]
    assert settled.buttons == ["Undo"]
    told = "Swap 1 is settled. @Ana Ruiz works Sat, Nov 7, 10:00–18:00 · mail; @Ben Okafor works " + ANA_FRI + "."
    assert floor.told("ana") == [told]
    assert len(floor.told("ben")) == 1
    assert [shown.text.splitlines()[0] for shown in floor.announced()] == ["Swap 1 is settled."]
    assert floor.works("ana") == ["Nov 7", "Nov 13"]
    assert floor.works("ben") == ["Nov 6", "Nov 14"]
    assert BEN_SAT in floor.work.asks("ana", "/shifts").text


def test_a_coordinator_approves_what_policy_wants_looked_at(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    waiting = floor.presses("ben", "Accept")
    assert waiting.text.startswith("Swap 1 is accepted by @Ben Okafor and waits for approval.")
    assert waiting.buttons == ["Decline after all…"]
    assert floor.told("ana") == ["Swap 1 was accepted by @Ben Okafor. It needs approval; you will hear of it."]
    card = floor.card("cora", "#ops")
    assert card.buttons == ["Approve", "Decline…"]
    assert "No rule is broken." in card.text
    assert "Hours\n" in card.text
    assert floor.works("ana") == ["Nov 6", "Nov 13"]

    card = floor.presses("cora", "Approve", "#ops")
    assert card.text.startswith("Swap 1 is settled, approved by @Cora Lind.")
    assert card.buttons == []
    assert floor.works("ana") == ["Nov 7", "Nov 13"]
    assert floor.announcements() == 1
    assert "approved" in floor.work.asks("cora", "/floor audit swap 1").text


def test_a_coordinator_approves_anyway_with_a_reason_that_both_read_and_the_floor_does_not(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.needs("mail", required_skills="german")
    floor.presses("cora", "Approve", "#ops")
    card = floor.card("cora", "#ops")
    assert "Denied by policy\n• @Ben Okafor: lacks a skill (german)" in card.text
    assert card.buttons == ["Approve anyway…", "Decline…"]
    floor.presses("cora", "Approve anyway…", "#ops")
    floor.says_why("cora", "")
    assert floor.work.person("cora").sees_modal().errors
    floor.says_why("cora", "month end")
    assert floor.work.person("cora").modal is None
    assert floor.works("ben") == ["Nov 6", "Nov 14"]
    for name in ("ana", "ben"):
        assert floor.card(name).text.startswith("Swap 1 is settled, approved by @Cora Lind.")
        assert "@Cora Lind: “month end”" in floor.card(name).text
        assert "german" not in floor.card(name).text
        assert floor.told(name)[-1].startswith("Swap 1 is settled. @Ana Ruiz works")
    [announcement] = floor.announced()
    assert "month end" not in announcement.text
    assert "@Cora Lind · approved swap 1 anyway" in floor.work.asks("cora", "/floor audit swap 1").text


def test_a_coordinator_declines_with_a_reason_that_both_read_and_the_floor_hears_nothing(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.presses("cora", "Decline…", "#ops")
    floor.says_why("cora", "month end")
    for name, where in (("ana", "@floorwalker"), ("ben", "@floorwalker"), ("cora", "#ops")):
        assert floor.card(name, where).text.startswith("Swap 1 is declined by @Cora Lind.")
        assert "@Cora Lind: “month end”" in floor.card(name, where).text
        assert floor.card(name, where).buttons == []
    for name in ("ana", "ben"):
        assert floor.told(name)[-1] == "Swap 1 was not approved by @Cora Lind. “month end” Nothing changes."
    assert floor.announced() == []
    assert floor.works("ana") == ["Nov 6", "Nov 13"]
    assert "@Cora Lind · declined swap 1" in floor.work.asks("cora", "/floor audit swap 1").text


def test_regret_within_ten_minutes_needs_nobody_else(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.presses("ana", "Undo")
    assert floor.states() == ["undone"]
    assert floor.works("ana") == ["Nov 6", "Nov 13"]
    assert floor.works("ben") == ["Nov 7", "Nov 14"]
    [announcement] = floor.announced()
    assert announcement.text.startswith("Swap 1 is undone by @Ana Ruiz.")
    assert announcement.edited
    assert announcement.replies == 1
    assert floor.told("ben")[-1].startswith("Swap 1 was undone by @Ana Ruiz. @Ana Ruiz works Fri, Nov 6")

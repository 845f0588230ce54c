"""A swap from end to end, in every way in which the bot runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Mode
from tests.scenarios.swapping import ANA_FRI, BEN_SAT, Floor, swapping


@pytest.fixture(params=list(Mode))
def floor(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Iterator[Floor]:
    with swapping(database_url, request.param, tmp_path) as floor:
        yield floor


def test_two_people_swap_and_everybody_reads_the_final_schedule(floor: Floor) -> None:
    floor.proposes(note="dentist")
    asked = floor.card("ben")
    assert asked.text.splitlines() == [
        "Swap 1 is waiting for @Ben Okafor to answer.",
        "@Ana Ruiz gives Fri, Nov 6, 08:00–16:00 · mail",
        "@Ben Okafor gives Sat, Nov 7, 09:00–17:00 · mail",
        "@Ana Ruiz: “dentist”",
        "Open until Thu, Nov 5, 08:00 · times in Europe/London",
    ]
    assert asked.buttons == ["Accept", "Decline"]
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
    assert waiting.buttons == ["Decline after all"]
    assert floor.told("ana") == ["Swap 1 was accepted by @Ben Okafor. It needs approval; you will hear of it."]
    card = floor.card("cora", "#ops")
    assert card.buttons == ["Approve", "Decline"]
    assert "No rule is broken." in card.text
    assert "Hours and cost" in card.text
    assert floor.works("ana") == ["Nov 6", "Nov 13"]

    card = floor.presses("cora", "Approve", "#ops")
    assert card.text.startswith("Swap 1 is settled, approved by @Cora Lind.")
    assert card.buttons == []
    assert floor.works("ana") == ["Nov 7", "Nov 13"]
    assert floor.announcements() == 1
    assert "approved" in floor.work.asks("cora", "/floor audit swap 1").text


def test_regret_within_ten_minutes_needs_nobody_else(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.presses("ana", "Undo")
    assert floor.states() == ["undone"]
    assert floor.works("ana") == ["Nov 6", "Nov 13"]
    assert floor.works("ben") == ["Nov 7", "Nov 14"]
    [announcement] = floor.announced()
    assert announcement.text.startswith("Swap 1 is undone.")
    assert announcement.edited
    assert announcement.replies == 1
    assert floor.told("ben")[-1].startswith("Swap 1 was undone. @Ana Ruiz works Fri, Nov 6")

"""Who is asked to decide a swap, and who may where the coordinators are concerned themselves."""

import pytest

from tests.scenarios.swapping import Floor

HEAD = "email,name,role,team\n"
CORA_WORKS = "cora@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail"


def with_cora(floor: Floor) -> None:
    """Without a channel for coordinators, Cora, the only one, swaps with Ben; it needs approval."""
    floor.work.prefers(ops_channel="")
    floor.review()
    floor.work.shifts(CORA_WORKS)
    floor.proposes("cora")
    floor.presses("ben", "Accept")
    assert floor.states() == ["needs approval"]


@pytest.mark.parametrize("row", ["cleo@example.com,Cleo Hart,manager,", "cleo@example.com,Cleo Hart,lead,"])
def test_where_the_only_coordinator_is_concerned_a_manager_or_lead_is_asked(floor: Floor, row: str) -> None:
    team = "" if "manager" in row else "Mail"
    floor.work.people(f"{HEAD}{row}{team}\ncora@example.com,Cora Lind,coordinator,Mail\n")
    with_cora(floor)
    assert floor.card("cleo").buttons == ["Approve", "Decline…"]
    floor.presses("cleo", "Approve")
    assert floor.states() == ["approved"]
    assert floor.card("cora").text.startswith("Swap 1 is settled, approved by @Cleo Hart.")


def test_where_two_coordinators_swap_with_each_other_a_manager_decides(floor: Floor) -> None:
    floor.work.people(f"{HEAD}ben@example.com,Ben Okafor,coordinator,Mail\ncleo@example.com,Cleo Hart,manager,\n")
    floor.review()
    floor.work.shifts(CORA_WORKS)
    floor.proposes("cora")
    floor.presses("ben", "Accept")
    for name in ("cora", "ben"):
        assert floor.work.asks(name, "/swap 1").buttons[-1] in ("Withdraw", "Decline after all…")
    floor.presses("cleo", "Approve", "#ops")
    assert floor.states() == ["approved"]


def test_a_coordinator_who_is_free_decides_and_no_manager_stands_in(floor: Floor) -> None:
    floor.work.people(f"{HEAD}dev@example.com,Dev Patel,coordinator,\ncleo@example.com,Cleo Hart,manager,\n")
    with_cora(floor)
    assert floor.work.asks("cleo", "/swap 1").buttons == []
    assert [shown.text for shown in floor.work.person("cleo").sees("@floorwalker")] == []
    floor.presses("dev", "Approve")
    assert floor.states() == ["approved"]

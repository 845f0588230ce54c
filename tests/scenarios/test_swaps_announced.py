"""A settled swap is announced once: to the team of the two, if it has a channel, otherwise to everybody."""

from bot.sandbox import Shown
from tests.scenarios.swapping import Floor


def announced(floor: Floor, where: str) -> list[Shown]:
    """What a channel reads of swaps."""
    return [shown for shown in floor.work.person("cora").sees(where) if shown.text.startswith("Swap")]


def gives_a_channel(floor: Floor, team: str, channel: str) -> None:
    """A coordinator has the bot write to a channel of a team."""
    floor.work.sandbox.channel(channel, members=["ana", "ben", "dev", "cora"])
    cora = floor.work.person("cora")
    cora.types("/floor channels")
    assert "what concerns only its people, such as their swaps" in cora.sees_modal("Channels").text
    cora.picks(f"Team {team}", channel)
    cora.submits()
    assert "Saved." in cora.sees_modal("Channels").text
    cora.closes()


def swaps(floor: Floor, colleague: str, theirs: str) -> None:
    """Ana swaps her Friday."""
    ana = floor.work.person("ana")
    ana.types(f"/swap nov 6 for {theirs} with @{colleague}")
    ana.sees_modal("Swap a shift")
    ana.submits()
    floor.settles()
    floor.presses(colleague, "Accept")


def test_a_swap_of_two_of_a_team_is_announced_in_its_channel_alone(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    gives_a_channel(floor, "Mail", "#mail")
    swaps(floor, "ben", "nov 7")
    [shown] = announced(floor, "#mail")
    assert shown.text.startswith("Swap 1 is settled.\n@Ana Ruiz works Sat, Nov 7")
    assert announced(floor, "#floor") == []


def test_a_swap_between_two_teams_is_announced_to_everybody(floor: Floor) -> None:
    gives_a_channel(floor, "Mail", "#mail")
    gives_a_channel(floor, "Phones", "#phones")
    swaps(floor, "dev", "nov 10")
    assert [shown.text.splitlines()[0] for shown in announced(floor, "#floor")] == ["Swap 1 is settled."]
    assert announced(floor, "#mail") == announced(floor, "#phones") == []


def test_an_undo_is_told_where_the_swap_was_announced_wherever_swaps_are_now(floor: Floor) -> None:
    swaps(floor, "ben", "nov 7")
    gives_a_channel(floor, "Mail", "#mail")
    floor.presses("ben", "Undo")
    [shown] = announced(floor, "#floor")
    assert shown.text.startswith("Swap 1 is undone by @Ben Okafor.")
    told = floor.work.person("cora").thread(shown)[1:]
    assert [each.text.partition(".")[0] for each in told] == ["Swap 1 was undone by @Ben Okafor"]
    assert announced(floor, "#mail") == []


def test_the_announcement_undoes_it_for_the_two_whose_swap_it_is_and_nobody_else(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.proposes(note="dentist")
    floor.presses("ben", "Accept")
    for name in ("dev", "cora"):
        card = floor.card(name, "#floor")
        assert card.buttons == ["Undo"]
        after = floor.presses(name, "Undo", "#floor")
        assert floor.only_to(name, "#floor").startswith("Only the two whose swap it is can undo it.")
        assert after == card
        assert "dentist" not in after.text
    looked_up = floor.work.asks("dev", "/swap 1")
    assert looked_up.text.startswith("Swap 1 is between others.")
    assert looked_up.buttons == []
    assert floor.works("ana") == ["Nov 7", "Nov 13"]
    undone = floor.presses("ana", "Undo", "#floor")
    assert undone.text.startswith("Swap 1 is undone by @Ana Ruiz.")
    assert undone.buttons == []
    assert floor.works("ana") == ["Nov 6", "Nov 13"]


def test_after_ten_minutes_the_announcement_asks_the_other_of_the_two(floor: Floor) -> None:
    swaps(floor, "ben", "nov 7")
    floor.work.at("2026-11-02 12:30")
    floor.presses("ben", "Undo", "#floor")
    told = "Swap 1 is undone as soon as @Ana Ruiz agrees. Until then nothing changes."
    assert floor.only_to("ben", "#floor") == told
    assert floor.card("ana").buttons == ["Agree to undo"]
    [shown] = announced(floor, "#floor")
    assert (shown.text.splitlines()[0], shown.buttons) == ("Swap 1 is settled.", ["Undo"])
    undone = floor.presses("ana", "Undo", "#floor")
    assert undone.text.startswith("Swap 1 is undone by @Ana Ruiz and @Ben Okafor.")
    assert floor.works("ana") == ["Nov 6", "Nov 13"]

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

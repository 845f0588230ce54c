"""A shift that is given away, from end to end, in every way in which the bot runs."""

import pytest

from tests.scenarios.covering import Covers
from tests.scenarios.swapping import ANA_FRI, BOT, Floor


@pytest.fixture
def covers(floor_everywhere: Floor) -> Covers:
    return Covers(floor_everywhere)


def test_a_shift_is_taken_and_everybody_reads_who_works_it(covers: Covers) -> None:
    covers.gives(note="dentist")
    own = covers.card("ana")
    assert own.text.splitlines()[:3] == [
        "Cover 1 is open: nobody has taken it yet.",
        f"@Ana Ruiz gives {ANA_FRI}",
        "@Ana Ruiz: “dentist”",
    ]
    assert own.buttons == ["Withdraw"]
    asked = covers.card("ben")
    assert asked.text.splitlines() == [
        "Cover 1 · can you work this for @Ana Ruiz?",
        "@Ana Ruiz gives Fri, Nov 6, 08:00–16:00 · mail",
        "@Ana Ruiz: “dentist”",
        "8 h · Open until Fri, Nov 6, 08:00 · times in Europe/London",
    ]
    assert asked.buttons == ["Take all", "Take part…", "Can't…"]

    taken = covers.presses("ben", "Take all")
    assert taken.text.splitlines()[:2] == [
        "Cover 1 is covered by you.",
        "@Ben Okafor works Fri, Nov 6, 08:00–16:00 · mail",
    ]
    assert taken.buttons == ["Undo"]
    assert covers.card("dev").text.startswith("Cover 1 is covered by @Ben Okafor.")
    assert covers.card("dev").buttons == []
    assert covers.told("ana") == [f"Cover 1 is covered by @Ben Okafor: @Ben Okafor works {ANA_FRI}."]
    assert covers.floor.works("ana") == ["Nov 13"]
    assert covers.floor.works("ben") == ["Nov 6", "Nov 7", "Nov 14"]
    assert covers.cards("dev", "#floor") == ["Cover 1 is covered by @Ben Okafor."]
    assert "dentist" not in covers.card("dev", "#floor").text


def test_several_take_a_part_each_and_the_owner_keeps_what_nobody_took(covers: Covers) -> None:
    covers.gives()
    covers.takes("ben", "08:00", "11:00")
    rest = covers.card("dev")
    assert rest.text.splitlines()[:3] == [
        "Cover 1 · can you work this for @Ana Ruiz?",
        "@Ben Okafor works Fri, Nov 6, 13:30–16:30 · mail",
        "@Ana Ruiz gives Fri, Nov 6, 16:30–21:30 · mail",
    ]
    assert rest.buttons == ["Take 16:30–21:30", "Take part…", "Can't…"]
    covers.takes("dev", "16:30", "18:30")
    assert covers.card("ana").buttons == ["Undo 09:00–12:00", "Undo 12:00–14:00", "Withdraw the rest"]
    assert covers.cards("dev", "#floor") == []
    withdrawn = covers.presses("ana", "Withdraw the rest")
    assert withdrawn.text.splitlines()[:4] == [
        "Cover 1 is withdrawn by @Ana Ruiz.",
        "@Ben Okafor works Fri, Nov 6, 09:00–12:00 · mail",
        "@Dev Rao works Fri, Nov 6, 12:00–14:00 · mail",
        "@Ana Ruiz works Fri, Nov 6, 14:00–17:00 · mail",
    ]
    assert covers.states() == ["withdrawn"]
    assert [covers.floor.works(name)[0] for name in ("ana", "ben", "dev")] == ["Nov 6"] * 3
    assert covers.cards("dev", "#floor") == ["Cover 1 is withdrawn by @Ana Ruiz."]


def test_a_coordinator_approves_what_policy_wants_looked_at(covers: Covers) -> None:
    covers.floor.review()
    covers.gives()
    assert covers.presses("ben", "Take all").text.startswith("Cover 1 is yours as soon as it is approved.")
    assert covers.card("ben").buttons == ["Give back"]
    assert covers.told("ana") == [
        f"Cover 1 was taken by @Ben Okafor: {ANA_FRI}. It needs approval; you will hear of it."
    ]
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]
    card = covers.card("cora", "#ops")
    assert card.text.startswith("Cover 1 is taken by @Ben Okafor and waits for approval.")
    assert "@Ben Okafor works Fri, Nov 6, 08:00–16:00 · mail, in place of @Ana Ruiz" in card.text
    assert "No rule is broken." in card.text
    assert "Why @Ben Okafor\nAsked " in card.text
    assert card.buttons == ["Approve", "Decline…"]

    card = covers.presses("cora", "Approve", "#ops")
    assert card.text.startswith("Cover 1 is covered by @Ben Okafor, approved by @Cora Lind.")
    assert card.buttons == []
    assert covers.floor.works("ana") == ["Nov 13"]
    assert "@Cora Lind · approved a part of cover 1" in covers.work.asks("cora", "/floor audit cover 1").text


def test_what_was_declined_is_offered_again(covers: Covers) -> None:
    covers.floor.review()
    covers.gives()
    covers.presses("ben", "Take all")
    covers.presses("cora", "Decline…", "#ops")
    covers.floor.says_why("cora", "")
    assert covers.work.person("cora").sees_modal().errors
    covers.floor.says_why("cora", "month end")
    assert covers.card("cora", "#ops").text.startswith("Cover 1 is declined by @Cora Lind.")
    words = f"Cover 1 was not approved by @Cora Lind. “month end” {ANA_FRI} is offered to others again."
    assert covers.told("ana")[-1] == words
    assert covers.card("dev").buttons == ["Take all", "Take part…", "Can't…"]
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]


def test_regret_within_ten_minutes_needs_nobody_else_and_later_both(covers: Covers) -> None:
    covers.gives()
    covers.presses("ben", "Take all")
    covers.presses("ben", "Undo")
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]
    assert covers.told("ana")[-1].startswith("Cover 1 was undone by @Ben Okafor.")
    assert covers.states() == ["open"]
    covers.presses("dev", "Take all")
    assert covers.floor.works("dev")[0] == "Nov 6"
    covers.work.at("2026-11-02 13:00")
    covers.presses("ana", "Undo")
    assert (
        covers.floor.only_to("ana") == "Cover 1 is undone as soon as @Dev Rao agrees. Until then nothing changes."
    )
    assert covers.floor.works("dev")[0] == "Nov 6"
    assert covers.card("dev").buttons == ["Agree to undo"]
    covers.presses("dev", "Agree to undo")
    assert covers.floor.works("ana") == ["Nov 6", "Nov 13"]
    [announced] = [shown for shown in covers.work.person("ana").sees("#floor") if "over 1" in shown.text]
    assert announced.edited
    assert announced.replies == 2  # one for each undo


def test_shifts_that_nobody_works_are_opened_and_taken(covers: Covers) -> None:
    said = covers.work.asks("cora", "/cover open mail sat 10-14 x2")
    assert said.text.splitlines()[:2] == [
        "Open these 2 shifts and offer them to whoever can work then?",
        "Sat, Nov 7, 10:00–14:00 · mail",
    ]
    assert covers.states() == []
    answer = covers.work.presses("cora", "Open 2 shifts", said)
    assert (
        answer.text == "Now offered: Open shift 1, Open shift 2. Whoever can work then is asked, a few at a time."
    )
    covers.floor.settles()
    asked = covers.card("dev")
    assert "can you work this?" in asked.text
    assert "Open: Sat, Nov 7, 14:30–18:30 · mail" in asked.text
    covers.presses("dev", "Take all")
    assert covers.floor.works("dev") == ["Nov 7", "Nov 10"]
    assert sorted(covers.states()) == ["covered", "open"]
    cora = covers.work.person("cora")
    (listed,) = cora.sees(BOT)
    assert listed.text.splitlines()[0] == "You offered 2 open shifts to others: 1 still open, 1 covered."
    cora.presses("Show", listed, beside="is open")
    cora.presses("Withdraw", next(each for each in cora.sees(BOT) if "Withdraw" in each.buttons))
    covers.floor.settles()
    assert cora.refreshed(listed).text.startswith("You offered 2 open shifts to others: 1 covered, 1 over.")
    assert sorted(covers.states()) == ["covered", "withdrawn"]

"""Where a swap stands: by its number and in a list, for whom it concerns and for nobody else."""

import pytest

from tests.scenarios.swapping import ANA_FRI, BEN_SAT, CONTACTS, Floor


def test_the_asker_reads_that_it_was_proposed_and_looks_it_up_later(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.proposes()
    told = floor.card("ana")
    assert told.text.splitlines() == [
        "Swap 1 is waiting for @Ben Okafor to answer.",
        f"@Ana Ruiz gives {ANA_FRI}",
        f"@Ben Okafor gives {BEN_SAT}",
        "Open until Thu, Nov 5, 09:00 · you hear here when @Ben Okafor answers · times in Europe/Berlin",
    ]
    listed = floor.work.asks("ana", "/swap list")
    assert "Swap 1 is waiting for @Ben Okafor to answer." in listed.text
    assert "Swap 1 is waiting for your answer." in floor.work.asks("ben", "/swap list").text
    ana = floor.work.person("ana")
    ana.presses("Show", listed)
    looked_up = ana.last()
    assert (looked_up.text, looked_up.buttons, looked_up.only_you) == (told.text, ["Withdraw"], True)
    assert floor.work.asks("ana", "/swap 1").text == told.text

    after = floor.work.presses("ana", "Withdraw", looked_up)
    floor.settles()
    assert after.text.startswith("Swap 1 is withdrawn by @Ana Ruiz.")
    assert after.buttons == floor.card("ana").buttons == []
    assert floor.work.asks("ana", "/swap mine").text.startswith("Your open swaps: none.")


def test_who_decides_finds_it_by_its_number_and_decides_there(floor_either_way: Floor) -> None:
    floor = floor_either_way
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    card = floor.work.asks("cora", "/swap #1")
    assert card.buttons == ["Approve", "Decline…"]
    assert "Hours\n" in card.text
    card = floor.work.presses("cora", "Approve", card)
    floor.settles()
    assert card.text.startswith("Swap 1 is settled, approved by @Cora Lind.")
    assert "Hours\n" not in card.text
    assert "Hours\n" not in floor.card("cora", "#ops").text
    assert floor.card("cora", "#ops").text.startswith("Swap 1 is settled, approved by @Cora Lind.")


def test_a_card_that_was_looked_up_and_is_behind_is_drawn_anew_with_the_refusal(floor: Floor) -> None:
    floor.proposes()
    behind = floor.work.asks("ben", "/swap 1")
    floor.presses("ana", "Withdraw")
    after = floor.work.presses("ben", "Accept", behind)
    assert after.text.startswith("Swap 1 is withdrawn by @Ana Ruiz.")
    assert floor.work.person("ben").last().text == "Swap 1 is withdrawn by @Ana Ruiz. Nothing was changed."


def test_a_swap_of_others_is_nobody_elses_to_look_at(floor: Floor) -> None:
    floor.proposes()
    for name in ("dev", "cleo"):
        answer = floor.work.asks(name, "/swap 1")
        assert answer.text.startswith("Swap 1 is between others.")
        assert answer.buttons == []
        assert floor.work.asks(name, "/swap list @ana").text.startswith("You can look at your own swaps")
    assert floor.work.asks("carl", "/swap 1").text == CONTACTS


def test_a_lead_lists_the_swaps_of_their_team_and_a_coordinator_those_of_anybody(floor: Floor) -> None:
    floor.work.people("email,name,role,team\ncleo@example.com,Cleo Hart,lead,Mail\n")
    floor.proposes()
    for name in ("cleo", "cora"):
        listed = floor.work.asks(name, "/swap list @ana")
        assert listed.text.startswith("Open swaps of @Ana Ruiz: 1")
        assert listed.buttons == ["Show"]
    assert floor.work.asks("cora", "/swap list").text.startswith("Your open swaps: none.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("7", "There is no swap 7."),
        ("list @olga", "@Olga is not on the roster, so I know no swaps of theirs."),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do_instead(floor: Floor, typed: str, said: str) -> None:
    floor.work.sandbox.invite("olga", real_name="Olga")
    answer = floor.work.asks("ana", f"/swap {typed}").text
    assert answer.startswith(said)
    assert "/swap list" in answer


def test_help_offers_what_the_reader_may_do_and_no_more(floor: Floor) -> None:
    floor.work.people("email,name,role,team\ncleo@example.com,Cleo Hart,lead,Mail\n")
    for name, others in (("ana", None), ("cleo", "somebody of your team"), ("cora", "somebody else")):
        answer = floor.work.asks(name, "/swap help").text
        assert "/swap fri with @colleague" in answer
        assert "/swap 14" in answer
        if others:
            assert f"/swap for @colleague fri with @other – enters it for {others}" in answer
        else:
            assert "for @colleague" not in answer
    assert floor.work.asks("carl", "/swap help").text == CONTACTS

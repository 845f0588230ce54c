"""A swap that somebody enters for somebody else: who may, who is told, and who may not approve it."""

import pytest
from sqlalchemy import select

from storage.tables import Swap
from tests.scenarios.swapping import ANA_FRI, BEN_SAT, Floor

FOR_ANA = "for @ana fri with @ben"
ACTED = (
    "Nobody decides a swap in which they acted for somebody else. "
    "Another coordinator can, or where there is none a manager or the lead of the team. Nothing was changed."
)


def appoint(floor: Floor, name: str, role: str) -> None:
    person = floor.work.member(name)
    floor.work.people(f"email,name,role\n{person.email},{person.name},{role}\n")


def entered_by(floor: Floor) -> list[str | None]:
    """Who entered each swap for its asker."""
    members = {floor.work.member(name).id: name for name in ("ana", "cora", "cleo")}
    team_id = floor.work.sandbox.team_id
    with floor.work.deps.sessions.read(team_id) as session:
        rows = session.scalars(select(Swap).where(Swap.workspace_id == team_id).order_by(Swap.number))
        return [members[row.entered_by_id] if row.entered_by_id else None for row in rows]


def leads(floor: Floor, *teams: str) -> None:
    """Cleo leads one team, or without a name all of them."""
    for team in teams or ("",):
        floor.work.people(f"email,name,role,team\ncleo@example.com,Cleo Hart,lead,{team}\n")


def accepted(floor: Floor) -> None:
    """A swap that Cora has entered for Ana and Ben has accepted, and that waits for approval."""
    floor.review()
    floor.proposes("cora", FOR_ANA)
    floor.presses("ben", "Accept")
    assert floor.states() == ["needs approval"]


def test_the_form_says_for_whom_it_is_and_offers_their_shifts(floor: Floor) -> None:
    cora = floor.work.person("cora")
    cora.types("/swap for @ana fri with @ben")
    form = cora.sees_modal("Swap a shift")
    assert "You enter this for @Ana Ruiz, who is told and may withdraw it. You cannot approve it." in form.text
    assert form.fields["Their shift to give"] == ANA_FRI
    cora.picks("With", "@ana")
    assert "Nobody swaps with themselves. Pick a colleague of theirs." in cora.sees_modal().text
    cora.picks("With", "@ben")
    assert BEN_SAT in cora.searches("For their shift", "")


def test_without_more_words_everything_is_chosen_in_the_form(floor: Floor) -> None:
    cora = floor.work.person("cora")
    cora.types("/swap for @ana")
    cora.picks("Their shift to give", ANA_FRI)
    cora.picks("With", "@ben")
    cora.picks("For their shift", BEN_SAT)
    cora.submits()
    floor.settles()
    assert (floor.states(), entered_by(floor)) == (["open"], ["cora"])


def test_for_whom_it_was_entered_is_told_and_may_withdraw_it(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.proposes("cora", FOR_ANA)
    assert "Entered by @Cora Lind for @Ana Ruiz" in floor.card("ana").text
    assert floor.told("ana") == ["Swap 1 was entered for you by @Cora Lind. If you do not want it, withdraw it."]
    floor.presses("ana", "Withdraw")
    assert floor.states() == ["withdrawn"]
    assert floor.told("cora") == ["Swap 1 was withdrawn by @Ana Ruiz. Nothing changes."]


def test_whoever_entered_it_sees_where_it_stands_and_withdraws_it(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.proposes("cora", FOR_ANA)
    assert floor.card("cora").text.startswith("Swap 1 is waiting for @Ben Okafor to answer.")
    assert floor.card("cora").buttons == ["Withdraw for Ana Ruiz"]
    card = floor.presses("cora", "Withdraw for Ana Ruiz")
    assert card.text.startswith("Swap 1 is withdrawn by @Cora Lind for @Ana Ruiz.")
    assert card.buttons == []
    assert floor.states() == ["withdrawn"]
    for name in ("ana", "ben"):
        assert floor.told(name)[-1] == "Swap 1 was withdrawn by @Cora Lind for @Ana Ruiz. Nothing changes."
    assert "@Cora Lind · withdrew swap 1 for @Ana Ruiz" in floor.work.asks("cora", "/floor audit swap 1").text


def test_whoever_entered_it_hears_what_came_of_it(floor: Floor) -> None:
    floor.proposes("cora", FOR_ANA)
    floor.presses("ben", "Accept")
    assert floor.card("cora").text.startswith("Swap 1 is settled.")
    assert floor.card("cora").buttons == []
    assert floor.told("cora")[-1].startswith("Swap 1 is settled. @Ana Ruiz works Sat, Nov 7")


def test_a_coordinator_withdraws_nothing_that_they_did_not_enter(floor: Floor) -> None:
    floor.proposes()
    assert floor.work.asks("cora", "/swap 1").buttons == []
    assert floor.states() == ["open"]


def test_whoever_entered_it_cannot_approve_it_and_another_coordinator_can(floor: Floor) -> None:
    appoint(floor, "cleo", "coordinator")
    accepted(floor)
    floor.taps("cora", "Approve", "#ops")
    assert floor.only_to("cora", "#ops") == ACTED
    assert floor.states() == ["needs approval"]
    floor.presses("cleo", "Approve", "#ops")
    assert floor.states() == ["approved"]
    assert floor.works("ana") == ["Nov 7", "Nov 13"]


def test_where_there_is_only_one_coordinator_and_they_entered_it_a_manager_approves(floor: Floor) -> None:
    appoint(floor, "cleo", "manager")
    accepted(floor)
    floor.taps("cora", "Approve", "#ops")
    assert floor.states() == ["needs approval"]
    floor.presses("cleo", "Approve", "#ops")
    assert floor.states() == ["approved"]


@pytest.mark.parametrize("who", ["dev", "cleo"])
def test_an_agent_and_the_lead_of_another_team_enter_nothing_for_others(floor: Floor, who: str) -> None:
    said = floor.work.asks(who, "/swap for @ana fri with @ben").text
    assert said == "Only a coordinator, a manager or the lead of their team enters a swap for @Ana Ruiz."
    assert floor.states() == []


def test_a_lead_enters_a_swap_for_somebody_of_their_team(floor: Floor) -> None:
    floor.work.people("email,name,role,team\ncleo@example.com,Cleo Hart,lead,Mail\n")
    cleo = floor.work.person("cleo")
    cleo.types("/swap for @ana fri")
    assert "You enter this for @Ana Ruiz" in cleo.sees_modal("Swap a shift").text


def test_a_swap_for_oneself_is_nobody_elses(floor: Floor) -> None:
    floor.proposes("ana", FOR_ANA)
    assert entered_by(floor) == [None]
    assert floor.told("ana") == []


def test_a_proxy_reads_none_of_the_rules_of_whom_they_enter_it_for(floor: Floor) -> None:
    floor.work.prefers(jurisdiction="eu")
    cora = floor.work.person("cora")
    cora.types(f"/swap {FOR_ANA}")
    cora.picks("For their shift", BEN_SAT)
    floor.work.people("email,name,limits\nana@example.com,Ana Ruiz,no weekends\n")
    cora.submits()
    assert cora.sees_modal().errors == {"For their shift": "Not possible with them."}


def test_who_has_no_shift_cannot_give_one(floor: Floor) -> None:
    said = floor.work.asks("cora", "/swap for @cleo").text
    assert said.startswith("@Cleo Hart has no shift ahead that could be swapped.\n")
    floor.work.sandbox.invite("olga", real_name="Olga")
    said = floor.work.asks("cora", "/swap for @olga fri").text
    assert said.startswith("@Olga is not on the roster, so they have no shift that could be swapped.\n")


def test_the_audit_says_who_entered_it_for_whom(floor: Floor) -> None:
    floor.proposes("cora", FOR_ANA)
    assert (
        "@Cora Lind · entered swap 1 for @Ana Ruiz · open" in floor.work.asks("cora", "/floor audit swap 1").text
    )


def test_a_lead_accepts_for_somebody_of_their_team_and_may_not_approve_that(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    leads(floor, "Mail")
    floor.review()
    floor.proposes()
    card = floor.work.asks("cleo", "/swap 1")
    assert card.text.startswith("Swap 1 is waiting for @Ben Okafor to answer.")
    assert card.buttons == ["Withdraw for Ana Ruiz", "Accept for Ben Okafor", "Decline for Ben Okafor…"]
    card = floor.work.presses("cleo", "Accept for Ben Okafor", card)
    floor.settles()
    assert card.text.startswith("Swap 1 is accepted by @Cleo Hart for @Ben Okafor and waits for approval.")
    by_proxy = "Swap 1 was accepted by @Cleo Hart for @Ben Okafor. It needs approval; you will hear of it."
    assert floor.told("ana") == [by_proxy]
    assert floor.told("ben") == [f"{by_proxy} If you do not want it, decline it."]
    assert "Accepted by @Cleo Hart for @Ben Okafor" in floor.card("cora", "#ops").text
    # With one coordinator a lead decides, but not this.
    floor.taps("cleo", "Approve", "#ops")
    assert floor.only_to("cleo", "#ops") == ACTED
    assert floor.states() == ["needs approval"]
    floor.presses("cora", "Approve", "#ops")
    assert floor.works("ana") == ["Nov 7", "Nov 13"]
    assert "@Cleo Hart · accepted swap 1 for @Ben Okafor" in floor.work.asks("cora", "/floor audit swap 1").text


def test_a_lead_declines_for_somebody_with_a_note_that_is_the_leads(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    leads(floor, "Mail")
    floor.proposes()
    card = floor.work.asks("cleo", "/swap 1")
    floor.work.person("cleo").presses("Decline for Ben Okafor…", card)
    floor.says_why("cleo", "Ben is ill")
    card = floor.work.person("cleo").refreshed(card)
    assert card.text.startswith("Swap 1 is declined by @Cleo Hart for @Ben Okafor.")
    assert "@Cleo Hart: “Ben is ill”" in card.text
    assert card.buttons == []
    for name in ("ana", "ben"):
        said = "Swap 1 was declined by @Cleo Hart for @Ben Okafor. “Ben is ill” Nothing changes."
        assert floor.told(name) == [said]
    assert "@Cleo Hart · declined swap 1 for @Ben Okafor" in floor.work.asks("cora", "/floor audit swap 1").text


def test_a_lead_withdraws_for_somebody_of_their_team(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    leads(floor, "Mail")
    floor.proposes()
    card = floor.work.presses("cleo", "Withdraw for Ana Ruiz", floor.work.asks("cleo", "/swap 1"))
    floor.settles()
    assert card.text.startswith("Swap 1 is withdrawn by @Cleo Hart for @Ana Ruiz.")
    for name in ("ana", "ben"):
        assert floor.told(name) == ["Swap 1 was withdrawn by @Cleo Hart for @Ana Ruiz. Nothing changes."]
    assert floor.states() == ["withdrawn"]


def test_whoever_entered_it_for_one_side_does_not_answer_for_the_other(floor: Floor) -> None:
    leads(floor, "Mail")
    floor.proposes("cleo", FOR_ANA, "Sat, Nov 7, 04:00–12:00 · mail")
    assert floor.work.asks("cleo", "/swap 1").buttons == ["Withdraw for Ana Ruiz"]


def test_nobody_enters_a_swap_for_somebody_with_themselves(floor: Floor) -> None:
    floor.work.shifts("cora@example.com,2026-11-08,09:00,17:00,Europe/Berlin,mail")
    cora = floor.work.person("cora")
    cora.types("/swap for @ana fri with @cora")
    form = cora.sees_modal("Swap a shift")
    assert "You enter this for one of the two, so you cannot be the other. Pick somebody else." in form.text
    assert cora.searches("For their shift", "") == []


def test_a_lead_who_is_one_of_the_two_answers_for_nobody(floor: Floor) -> None:
    leads(floor, "Mail")
    floor.work.shifts("cleo@example.com,2026-11-12,03:00,11:00,America/New_York,mail")
    floor.proposes("cleo", "nov 12 with @ben", "Sat, Nov 7, 04:00–12:00 · mail")
    assert floor.work.asks("cleo", "/swap 1").buttons == ["Withdraw"]


def test_what_a_colleagues_rules_deny_their_lead_reads_no_more_of_than_others(floor: Floor) -> None:
    leads(floor, "Mail")
    floor.proposes()
    card = floor.work.asks("cleo", "/swap 1")
    floor.work.people("email,name,limits\nben@example.com,Ben Okafor,no mail\n")
    floor.work.presses("cleo", "Accept for Ben Okafor", card)
    assert floor.work.person("cleo").last().text == "Not possible with them.\nNothing was changed."
    assert floor.states() == ["open"]


def test_each_shift_of_the_team_has_a_button_for_its_lead_and_for_nobody_else(floor_either_way: Floor) -> None:
    floor = floor_either_way
    assert floor.work.asks("cleo", "/shifts @ana").buttons == []
    leads(floor, "Mail")
    assert floor.work.asks("cleo", "/shifts @dev").buttons == []
    assert floor.work.asks("dev", "/shifts @ana").buttons == []
    offered = floor.work.asks("cora", "/shifts @ana").buttons
    assert [label for label in offered if label.startswith("Swap")] == ["Swap for Ana Ruiz…"] * 2
    shifts = floor.work.asks("cleo", "/shifts @ana")
    cleo = floor.work.person("cleo")
    cleo.presses("Swap for Ana Ruiz…", shifts, beside="Nov 13")
    form = cleo.sees_modal("Swap a shift")
    assert "You enter this for @Ana Ruiz" in form.text
    assert form.fields["Their shift to give"] == "Fri, Nov 13, 03:00–11:00 · mail"
    cleo.closes()
    floor.work.at("2026-11-13 10:00")
    cleo.presses("Swap for Ana Ruiz…", shifts, beside="Nov 13")
    assert cleo.last().text == "This shift is not theirs any more, or has begun. Look their shifts up once more."


def test_for_whom_it_was_accepted_is_told_by_whom_where_it_settles_at_once(floor: Floor) -> None:
    leads(floor, "Mail")
    floor.proposes()
    floor.work.presses("cleo", "Accept for Ben Okafor", floor.work.asks("cleo", "/swap 1"))
    floor.settles()
    for name in ("ana", "ben"):
        assert floor.told(name)[-1].startswith(
            "Swap 1 is settled, accepted by @Cleo Hart for @Ben Okafor. @Ana Ruiz"
        )

"""A swap that somebody enters for somebody else: who may, who is told, and who may not approve it."""

import pytest
from sqlalchemy import select

from storage.tables import Swap
from tests.scenarios.swapping import ANA_FRI, BEN_SAT, Floor

FOR_ANA = "for @ana fri with @ben"


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


def test_for_whom_it_was_entered_is_told_and_may_withdraw_it(floor: Floor) -> None:
    floor.proposes("cora", FOR_ANA)
    assert "Entered by @Cora Lind for @Ana Ruiz" in floor.card("ana").text
    assert floor.told("ana") == ["Swap 1 was entered for you by @Cora Lind. If you do not want it, withdraw it."]
    floor.presses("ana", "Withdraw")
    assert floor.states() == ["withdrawn"]


def test_whoever_entered_it_cannot_approve_it_and_another_coordinator_can(floor: Floor) -> None:
    appoint(floor, "cleo", "coordinator")
    accepted(floor)
    floor.taps("cora", "Approve", "#ops")
    assert floor.only_to("cora", "#ops") == (
        "Nobody decides a swap that they entered for somebody else. Nothing was changed."
    )
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
    assert said == "I know no shift ahead of @Cleo Hart that could be swapped."


def test_the_audit_says_who_entered_it_for_whom(floor: Floor) -> None:
    floor.proposes("cora", FOR_ANA)
    assert (
        "@Cora Lind · entered swap 1 for @Ana Ruiz · open" in floor.work.asks("cora", "/floor audit swap 1").text
    )

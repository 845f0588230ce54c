"""Who is not to be given certain work is given none of it by a swap, and who else reads what of that."""

import pytest
from sqlalchemy import select

from bot.actions.settings_change import BadSetting
from bot.domain.jurisdictions import Jurisdiction
from storage.tables import Audit
from tests.scenarios.swapping import BEN_SAT, Floor

NIGHT = "2026-11-05,22:00,06:00,Europe/Berlin,mail"


def limit(floor: Floor, name: str, limits: str) -> None:
    person = floor.work.member(name)
    floor.work.people(f"email,name,limits\n{person.email},{person.name},{limits}\n")


def all_read_by(floor: Floor, name: str) -> str:
    """Everything that somebody reads of the bot."""
    person = floor.work.person(name)
    shown = person.sees("@floorwalker")
    return str([shown, *(person.thread(each) for each in shown)])


def audited(floor: Floor) -> str:
    team_id = floor.work.sandbox.team_id
    with floor.work.deps.sessions.read(team_id) as session:
        rows = session.scalars(select(Audit).where(Audit.workspace_id == team_id))
        return str([(row.action, row.before, row.after) for row in rows])


def test_nobody_is_offered_what_goes_against_a_limit_and_the_asker_does_not_read_which(floor: Floor) -> None:
    floor.work.shifts(f"ana@example.com,{NIGHT}")
    ana = floor.work.person("ana")
    ana.types("/swap nov 5 with @ben")
    ana.picks("For their shift", BEN_SAT)
    limit(floor, "ben", "no nights")
    ana.submits()
    assert ana.sees_modal().errors == {"For their shift": "Not possible with them."}
    ana.types("/swap nov 5 with @ben")
    said = ana.sees_modal("Swap a shift").text
    assert "None of @Ben Okafor's shifts can be swapped for this one." in said
    assert "nights" not in said
    assert floor.states() == []


def test_who_answers_reads_their_own_limit_and_not_the_askers(floor: Floor) -> None:
    floor.work.prefers(jurisdiction="eu")
    floor.proposes()
    limit(floor, "ana", "no weekends")
    floor.taps("ben", "Accept")
    said = floor.only_to("ben")
    assert "Not possible with @Ana Ruiz." in said
    assert "weekends" not in said
    limit(floor, "ana", "")
    limit(floor, "ben", "no mail")
    floor.taps("ben", "Accept")
    assert "For you: is not to be given this (no mail)" in floor.only_to("ben")
    assert floor.states() == ["open"]
    assert floor.works("ben") == ["Nov 7", "Nov 14"]


@pytest.mark.parametrize("jurisdiction", list(Jurisdiction))
def test_a_limit_is_approved_away_nowhere_and_only_approvers_read_which_it_is(
    floor: Floor, jurisdiction: str
) -> None:
    floor.review()
    floor.work.prefers(jurisdiction=jurisdiction)
    floor.proposes()
    floor.presses("ben", "Accept")
    limit(floor, "ben", "no mail")
    floor.taps("cora", "Approve", "#ops")
    assert "@Ben Okafor: is not to be given this (no mail)" in floor.only_to("cora", "#ops")
    floor.settles()
    card = floor.card("cora", "#ops", "Not possible, and nobody may approve it")
    assert "@Ben Okafor: is not to be given this (no mail)" in card.text
    assert card.buttons == ["Decline…"]
    assert floor.states() == ["needs approval"]
    assert "no mail" not in all_read_by(floor, "ana")
    assert "no mail" not in audited(floor)


def test_who_was_asked_before_the_limit_cannot_accept_and_no_approver_is_asked(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    limit(floor, "ben", "no mail")
    floor.taps("ben", "Accept")
    assert "For you: is not to be given this (no mail)" in floor.only_to("ben")
    assert floor.work.person("cora").sees("#ops") == []
    assert floor.states() == ["open"]


def test_no_setting_softens_a_limit(floor: Floor) -> None:
    with pytest.raises(BadSetting):
        floor.work.prefers(rules='{"accommodation": {"effect": "review"}}')

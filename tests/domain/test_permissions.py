"""The permission table says who may do what."""

from uuid import UUID

import pytest

from bot.domain.permissions import CLOCK, OPERATOR, SLACK, TABLE, Actor, Deed, Grant, NotPermitted, Reach, Role

ANA, BEN = UUID(int=1), UUID(int=2)
BILLING, REFUNDS = UUID(int=11), UUID(int=12)


def acting(role: Role, team: UUID | None = None) -> Actor:
    return Actor(ANA, (Grant(role, team),))


def test_every_deed_has_a_rule() -> None:
    assert set(TABLE) == set(Deed)


def test_a_department_contact_sees_who_is_on_but_not_a_persons_shifts() -> None:
    contact = acting(Role.CONTACT)
    assert contact.may(Deed.SEE_FLOOR)
    assert contact.may(Deed.SEE_SHIFTS, of=ANA)
    assert not contact.may(Deed.SEE_SHIFTS, of=BEN)


def test_a_lead_reads_the_settings_of_their_own_team_only() -> None:
    lead = acting(Role.LEAD, BILLING)
    assert lead.may(Deed.READ_SETTINGS, team=BILLING)
    assert not lead.may(Deed.READ_SETTINGS, team=REFUNDS)
    assert not lead.may(Deed.READ_SETTINGS)


def test_a_lead_of_all_teams_reads_the_settings_of_each() -> None:
    assert acting(Role.LEAD).may(Deed.READ_SETTINGS, team=REFUNDS)


def test_an_agent_imports_nothing_and_is_told_which_deed_was_refused() -> None:
    with pytest.raises(NotPermitted) as refusal:
        acting(Role.AGENT).require(Deed.IMPORT_SCHEDULE)
    assert refusal.value.deed is Deed.IMPORT_SCHEDULE


def test_the_operator_runs_the_desk_and_slack_only_tells_of_people() -> None:
    assert [deed for deed in Deed if SLACK.may(deed)] == [Deed.FOLLOW_SLACK]
    assert OPERATOR.may(Deed.IMPORT_SCHEDULE)
    assert not OPERATOR.may(Deed.SEE_FLOOR)


def test_somebody_without_a_grant_may_nothing() -> None:
    nobody = Actor(ANA, ())
    assert not any(nobody.may(deed, of=ANA, team=BILLING) for deed in Deed)


def test_the_audit_names_the_kind_of_actor() -> None:
    assert [OPERATOR.kind, SLACK.kind, acting(Role.AGENT).kind] == ["operator", "slack", "member"]


def test_people_of_the_floor_swap_their_own_shifts_only() -> None:
    agent = acting(Role.AGENT)
    for deed in (Deed.PROPOSE_SWAP, Deed.ANSWER_SWAP, Deed.UNDO_SWAP, Deed.SEE_SWAP):
        assert agent.may(deed, of=ANA)
        assert not agent.may(deed, of=BEN)
        assert not acting(Role.CONTACT).may(deed, of=ANA)


def test_a_lead_proposes_and_answers_swaps_for_their_team_and_undoes_none() -> None:
    lead = acting(Role.LEAD, BILLING)
    for deed in (Deed.PROPOSE_SWAP, Deed.ANSWER_SWAP, Deed.SEE_SWAP):
        assert lead.may(deed, of=BEN, team=BILLING)
        assert not lead.may(deed, of=BEN, team=REFUNDS)
        assert not acting(Role.AGENT).may(deed, of=BEN, team=BILLING)
    assert not lead.may(Deed.UNDO_SWAP, of=BEN, team=BILLING)


def test_the_desk_proposes_swaps_for_anybody_but_answers_for_nobody() -> None:
    for role in (Role.COORDINATOR, Role.MANAGER):
        assert acting(role).may(Deed.PROPOSE_SWAP, of=BEN, team=REFUNDS)
        assert acting(role).may(Deed.SEE_SWAP, of=BEN, team=REFUNDS)
        assert not acting(role).may(Deed.ANSWER_SWAP, of=BEN, team=REFUNDS)


def test_a_lead_decides_swaps_of_their_own_team_and_a_coordinator_those_of_all() -> None:
    assert acting(Role.LEAD, BILLING).may(Deed.DECIDE_SWAP, team=BILLING)
    assert not acting(Role.LEAD, BILLING).may(Deed.DECIDE_SWAP, team=REFUNDS)
    assert acting(Role.COORDINATOR).may(Deed.DECIDE_SWAP, team=REFUNDS)
    assert not acting(Role.AGENT).may(Deed.DECIDE_SWAP, of=ANA, team=BILLING)


def test_leads_and_the_desk_live_with_a_gap_and_only_the_clock_warns_of_one() -> None:
    for role in (Role.LEAD, Role.COORDINATOR, Role.MANAGER):
        assert acting(role).may(Deed.ACCEPT_GAP)
    assert not acting(Role.AGENT).may(Deed.ACCEPT_GAP)
    assert [deed for deed in (Deed.ACCEPT_GAP, Deed.WATCH_GAPS, Deed.POST_STANDUP) if CLOCK.may(deed)] == [
        Deed.WATCH_GAPS,
        Deed.POST_STANDUP,
    ]


def test_only_the_clock_ends_a_swap_or_a_cover_whose_time_is_over() -> None:
    assert {Deed.EXPIRE_SWAP, Deed.TURN_COVER, Deed.TURN_ABSENCE} <= {deed for deed in Deed if CLOCK.may(deed)}
    assert not CLOCK.may(Deed.TAKE_COVER)
    assert not OPERATOR.may(Deed.EXPIRE_SWAP)
    assert not OPERATOR.may(Deed.TURN_COVER)


def test_everybody_gives_a_sign_of_themselves_and_leads_and_the_desk_answer_for_who_gives_none() -> None:
    assert acting(Role.AGENT).may(Deed.SAY_HERE, of=ANA)
    assert not acting(Role.COORDINATOR).may(Deed.SAY_HERE, of=BEN)
    assert not acting(Role.AGENT).may(Deed.ANSWER_FOR, of=ANA, team=BILLING)
    assert acting(Role.LEAD, BILLING).may(Deed.ANSWER_FOR, team=BILLING)
    assert not acting(Role.LEAD, BILLING).may(Deed.ANSWER_FOR, team=REFUNDS)
    assert acting(Role.COORDINATOR).may(Deed.ANSWER_FOR, team=REFUNDS)
    assert CLOCK.may(Deed.TURN_ATTENDANCE)
    assert not OPERATOR.may(Deed.TURN_ATTENDANCE)


def test_people_of_the_floor_give_and_take_for_themselves_leads_and_the_desk_for_others_too() -> None:
    for deed in (Deed.OFFER_COVER, Deed.TAKE_COVER, Deed.SEE_COVER, Deed.REPORT_ABSENCE):
        assert acting(Role.AGENT).may(deed, of=ANA)
        assert not acting(Role.AGENT).may(deed, of=BEN, team=BILLING)
        assert acting(Role.LEAD, BILLING).may(deed, of=BEN, team=BILLING)
        assert not acting(Role.LEAD, BILLING).may(deed, of=BEN, team=REFUNDS)
        assert acting(Role.COORDINATOR).may(deed, of=BEN, team=REFUNDS)
        assert not acting(Role.CONTACT).may(deed, of=ANA)
    assert not acting(Role.COORDINATOR).may(Deed.UNDO_COVER, of=BEN)


def test_a_lead_opens_shifts_and_decides_covers_of_their_team_and_an_agent_neither() -> None:
    assert acting(Role.LEAD, BILLING).may(Deed.OPEN_SHIFT)
    assert acting(Role.LEAD, BILLING).may(Deed.DECIDE_COVER, team=BILLING)
    assert not acting(Role.LEAD, BILLING).may(Deed.DECIDE_COVER, team=REFUNDS)
    assert not acting(Role.AGENT).may(Deed.OPEN_SHIFT)
    assert not acting(Role.AGENT).may(Deed.DECIDE_COVER, of=ANA, team=BILLING)


def test_the_audit_is_read_by_the_desk_by_leads_for_their_team_and_by_everybody_for_themselves() -> None:
    for role in (Role.COORDINATOR, Role.MANAGER):
        assert acting(role).may(Deed.READ_AUDIT)
    assert acting(Role.LEAD, BILLING).may(Deed.READ_AUDIT, of=BEN, team=BILLING)
    for role in (Role.AGENT, Role.LEAD, Role.CONTACT):
        assert acting(role, BILLING).may(Deed.READ_AUDIT, of=ANA, team=REFUNDS)
        assert not acting(role, BILLING).may(Deed.READ_AUDIT, of=BEN, team=REFUNDS)


def test_a_deed_reaches_as_far_as_the_farthest_of_several_roles() -> None:
    lead_and_agent = Actor(ANA, (Grant(Role.AGENT), Grant(Role.LEAD, BILLING)))
    actors = (Actor(ANA, ()), acting(Role.AGENT), lead_and_agent, acting(Role.MANAGER))
    assert [actor.reach(Deed.READ_AUDIT) for actor in actors] == list(Reach)

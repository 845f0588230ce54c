"""The permission table says who may do what."""

from uuid import UUID

import pytest

from bot.domain.permissions import OPERATOR, SLACK, TABLE, Actor, Deed, Grant, NotPermitted, Role

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

"""Which changes of roles are possible."""

from uuid import UUID

import pytest

from bot.domain.permissions import Actor, Grant, NotPermitted, Role
from bot.domain.roles import LastHolder, OwnRole, demand_possible

ANA, BEN, MIA = (UUID(int=number) for number in (1, 2, 3))
TEAM = UUID(int=9)
AGENT, COORDINATOR, MANAGER = (frozenset({Grant(role)}) for role in (Role.AGENT, Role.COORDINATOR, Role.MANAGER))
HOLDERS = {Role.COORDINATOR: {ANA, BEN}, Role.MANAGER: {MIA}}


def acting(role: Role, member_id: UUID = ANA) -> Actor:
    """A member with one role."""
    return Actor(member_id, (Grant(role),))


def test_a_coordinator_gives_and_takes_every_role_but_a_managers() -> None:
    coordinator = acting(Role.COORDINATOR)
    demand_possible(coordinator, BEN, AGENT, AGENT | COORDINATOR | {Grant(Role.LEAD, TEAM)}, HOLDERS)
    demand_possible(coordinator, BEN, COORDINATOR, AGENT, HOLDERS)
    for before, after in ((AGENT, MANAGER), (MANAGER, AGENT)):
        with pytest.raises(NotPermitted):
            demand_possible(coordinator, BEN, before, after, HOLDERS)


def test_a_manager_stays_one_while_a_coordinator_changes_the_rest() -> None:
    demand_possible(acting(Role.COORDINATOR), MIA, MANAGER | AGENT, MANAGER, HOLDERS)


def test_nobody_takes_the_desk_from_themselves() -> None:
    with pytest.raises(OwnRole) as refusal:
        demand_possible(acting(Role.COORDINATOR), ANA, COORDINATOR, AGENT, HOLDERS)
    assert refusal.value.role is Role.COORDINATOR
    demand_possible(acting(Role.COORDINATOR), ANA, COORDINATOR | AGENT, COORDINATOR, HOLDERS)


def test_somebody_always_holds_a_role_of_the_desk() -> None:
    with pytest.raises(LastHolder) as refusal:
        demand_possible(acting(Role.MANAGER, BEN), MIA, MANAGER, AGENT, HOLDERS)
    assert refusal.value.role is Role.MANAGER
    demand_possible(acting(Role.MANAGER, BEN), MIA, MANAGER, AGENT, {**HOLDERS, Role.MANAGER: {MIA, BEN}})


@pytest.mark.parametrize("role", [Role.AGENT, Role.LEAD, Role.CONTACT, Role.SLACK, Role.CLOCK])
def test_nobody_else_changes_roles(role: Role) -> None:
    with pytest.raises(NotPermitted):
        demand_possible(acting(role), BEN, AGENT, AGENT | COORDINATOR, HOLDERS)

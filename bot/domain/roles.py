"""Who holds which role, and which changes of it are possible."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from bot.domain.permissions import Actor, Deed, Grant, Role
from bot.domain.shifts import Somebody

_DESK = (Role.COORDINATOR, Role.MANAGER)

Grants = frozenset[Grant]


class OwnRole(Exception):
    """Nobody takes the role from themselves that lets them give it back."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"one's own role as {role}")
        self.role = role


class LastHolder(Exception):
    """Nobody else holds the role."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"the last {role}")
        self.role = role


@dataclass(frozen=True, slots=True)
class PersonRoles:
    """Somebody of the roster with their team and the roles that they hold."""

    person: Somebody
    team: str | None
    grants: Grants


@dataclass(frozen=True, slots=True)
class RolesShown:
    """Everybody with their roles, by team and name; ``teams`` are the names of all teams by id."""

    people: tuple[PersonRoles, ...]
    teams: Mapping[UUID, str]

    def of(self, member_id: UUID | None) -> PersonRoles | None:
        """The roles of one person, None for who is not on the roster."""
        return next((each for each in self.people if each.person.member_id == member_id), None)


def demand_possible(
    actor: Actor, member_id: UUID, before: Grants, after: Grants, others: Mapping[Role, Set[UUID]]
) -> None:
    """Raises ``NotPermitted``, ``LastHolder`` or ``OwnRole`` where the change is not possible.

    ``others`` are the active members who hold a role of the desk, by role.
    """
    actor.require(Deed.CHANGE_ROLES)
    if any(grant.role is Role.MANAGER for grant in before ^ after):
        actor.require(Deed.GRANT_MANAGER)
    for role in _DESK:
        if Grant(role) in before - after:
            if not others[role] - {member_id}:
                raise LastHolder(role)
            if actor.member_id == member_id:
                raise OwnRole(role)

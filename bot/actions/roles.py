"""Who holds which role; giving and taking them, which the person is told of."""

from typing import Any
from uuid import UUID

from bot.actions.cards import Cards
from bot.actions.outbox import tell
from bot.actions.people import Caller, UnknownPerson
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.permissions import Actor, Deed, Grant, Role
from bot.domain.roles import Grants, PersonRoles, RolesShown, demand_possible
from bot.domain.shifts import Somebody
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.roles import roles_changed
from storage import tables
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.people import all_grants, grants_of, holders, member, members, teams

TOLD = "roles.told"


def shown_roles(deps: Deps, caller: Caller) -> RolesShown:
    """Everybody with their roles, by team and name."""
    caller.actor.require(Deed.CHANGE_ROLES)
    with deps.sessions.read(caller.workspace_id) as session:
        names = {row.id: row.name for row in teams(session)}
        held = all_grants(session)
        people = [_person(row, names, held.get(row.id, [])) for row in members(session)]
    return RolesShown(tuple(sorted(people, key=lambda each: (each.team is None, each.team or ""))), names)


def change_roles(deps: Deps, caller: Caller, member_id: UUID, given: Grants, taken: Grants) -> bool:
    """Gives somebody these roles and takes those; what else they hold by now stays. Whether they are told.

    Raises ``UnknownPerson``, ``NotPermitted``, ``LastHolder`` and ``OwnRole``.
    """
    caller.actor.require(Deed.CHANGE_ROLES)
    with deps.sessions.write(caller.workspace_id) as session:
        person = member(session, member_id)
        if person is None:
            raise UnknownPerson
        held = {_grant(row): row for row in grants_of(session, member_id)}
        before = frozenset(held)
        after = before - taken | given
        others = {role: {row.id for row in holders(session, role)} for role in (Role.COORDINATOR, Role.MANAGER)}
        demand_possible(caller.actor, member_id, before, after, others)
        for grant in before - after:
            session.delete(held[grant])
        for grant in after - before:
            give(session, deps, member_id, grant)
        return before != after and note_change(session, deps, caller.actor, person, before, after)


def give(session: WorkspaceSession, deps: Deps, member_id: UUID, grant: Grant) -> None:
    """Adds a role that no people file takes away again."""
    session.add(
        tables.Grant(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            member_id=member_id,
            role=grant.role,
            team_id=grant.team_id,
            from_roster=False,
        )
    )


def note_change(
    session: WorkspaceSession, deps: Deps, actor: Actor, person: tables.Member, before: Grants, after: Grants
) -> bool:
    """Notes that the roles of somebody were changed, and tells them, unless they did it themselves."""
    old, new = ({"roles": roles_document(each)} for each in (before, after))
    record(session, deps, actor, "role.change", ("member", person.id), old, new)
    if person.slack_id is None or person.deactivated_at or actor.member_id == person.id:
        return False
    names = {str(row.id): row.name for row in teams(session)}
    by = member(session, actor.member_id) if actor.member_id else None
    tell(
        session,
        deps,
        to=person.slack_id,
        card=TOLD,
        subject=person.id,
        key=f"{TOLD}:{deps.new_id()}",
        facts={"roles": new["roles"], "teams": names, "by": by.slack_id if by else None},
        priority=Priority.BULK,
    )
    return True


def roles_document(grants: Grants) -> list[dict[str, str | None]]:
    """Roles as the audit and messages keep them."""
    said = [(grant.role.value, str(grant.team_id) if grant.team_id else None) for grant in grants]
    return [{"role": role, "team_id": team_id} for role, team_id in sorted(said, key=str)]


def register_cards(cards: Cards, prefix: str = "") -> None:
    """The card of this module; ``prefix`` precedes the commands that it names."""

    def load(session: WorkspaceSession, subject: UUID | None) -> tables.Member | None:
        return member(session, subject) if subject else None

    def draw(_member: tables.Member, _audience: str, _formats: Formats, facts: dict[str, Any]) -> Message:
        grants = frozenset(_read(each) for each in facts["roles"])
        teams_named = {UUID(key): name for key, name in facts["teams"].items()}
        return roles_changed(grants, teams_named, facts["by"], prefix)

    cards.register(TOLD, load, draw)


def _person(row: tables.Member, names: dict[UUID, str], held: list[tables.Grant]) -> PersonRoles:
    left = row.deactivated_at is not None
    somebody = Somebody(row.id, row.name, row.slack_id, left=left)
    return PersonRoles(somebody, names.get(row.team_id) if row.team_id else None, frozenset(map(_grant, held)))


def _grant(row: tables.Grant) -> Grant:
    return Grant(Role(row.role), row.team_id)


def _read(said: dict[str, str | None]) -> Grant:
    return Grant(Role(str(said["role"])), UUID(said["team_id"]) if said["team_id"] else None)

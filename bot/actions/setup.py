"""The set-up: who may begin it, how far it is, and what its steps do that nothing else does."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.actions.people import Caller, UnknownPerson
from bot.actions.people_import import PeopleImport, import_people
from bot.actions.record import record
from bot.actions.roles import give, note_change, roles_document
from bot.actions.settings import WORKSPACE, preferences
from bot.connectors.slack import Account, all_accounts, channel_members, find_account
from bot.deps import Deps
from bot.domain.channels import BadChannels, Trouble
from bot.domain.imports import Row
from bot.domain.permissions import Actor, Deed, Grant, Role
from bot.domain.setup import SetupShown
from bot.domain.shifts import Somebody
from bot.views.formats import shorten
from storage.db import WorkspaceSession
from storage.people import grants_of, holders, member_by_email, member_by_slack_id, members
from storage.settings import current_setting
from storage.shifts import count_ahead
from storage.tables import Member

TAKEN = "taken"
_LONGEST_NAME = 80


def admit_admin(deps: Deps, workspace_id: str, slack_id: str) -> None:
    """Makes an admin of the Slack workspace a manager on the roster, where there is no manager yet."""
    with deps.sessions.read(workspace_id) as session:
        if holders(session, Role.MANAGER):
            return
    account = find_account(deps.slack, slack_id)
    if account is None or account.team_id != workspace_id or not account.admin or not account.email:
        return
    with deps.sessions.write(workspace_id) as session:
        if holders(session, Role.MANAGER):
            return
        person = member_by_slack_id(session, slack_id) or _on_roster(session, deps, account)
        before = frozenset(Grant(Role(row.role), row.team_id) for row in grants_of(session, person.id))
        if Grant(Role.MANAGER) in before:
            return
        give(session, deps, person.id, Grant(Role.MANAGER))
        old, new = ({"roles": roles_document(each)} for each in (before, before | {Grant(Role.MANAGER)}))
        record(session, deps, Actor(person.id, tuple(before)), "setup.begin", ("member", person.id), old, new)


def shown_setup(deps: Deps, caller: Caller) -> SetupShown:
    """How far the set-up is."""
    caller.actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.read(caller.workspace_id) as session:
        return setup_state(session, deps.clock())


def setup_state(session: WorkspaceSession, now: datetime) -> SetupShown:
    """How far the set-up is, for whoever may know."""
    setting = current_setting(session, WORKSPACE)
    chosen = setting.document if setting else {}
    preferred = preferences(session)
    return SetupShown(
        preferred.ops_channel,
        preferred.floor_channel,
        chosen.get("time_zone"),
        chosen.get("jurisdiction"),
        sum(row.deactivated_at is None for row in members(session)),
        _somebodies(holders(session, Role.COORDINATOR)),
        _somebodies(holders(session, Role.MANAGER)),
        count_ahead(session, now),
    )


def take_channel(deps: Deps, caller: Caller, channel_id: str) -> PeopleImport:
    """Puts everybody who is in a channel, and on no roster yet, on the roster as an agent, by an import.

    Raises ``BadChannels``.
    """
    caller.actor.require(Deed.IMPORT_SCHEDULE)
    try:
        name = f"#{deps.slack.conversations_info(channel=channel_id)['channel']['name']}"
        there = set(channel_members(deps.slack, channel_id))
    except SlackApiError as error:
        if error.response["error"] not in ("channel_not_found", "missing_scope"):
            raise
        raise BadChannels({TAKEN: Trouble.HIDDEN}) from error
    accounts = all_accounts(deps.slack)
    with deps.sessions.read(caller.workspace_id) as session:
        known = {row.slack_id for row in members(session)} | {row.email for row in members(session)}
    new = [each for each in accounts if each.id in there and _can_join(each, caller.workspace_id, known)]
    rows = [Row(name, number, _cells(each)) for number, each in enumerate(new, start=1)]
    return import_people(deps, caller.workspace_id, caller.actor, rows, accounts, files=name, dry_run=False)


def name_coordinators(deps: Deps, caller: Caller, slack_ids: Sequence[str]) -> list[str]:
    """Makes these people coordinators, all or, where one is not on the roster (``UnknownPerson``), nobody.

    Returns the Slack ids of those who were none before.
    """
    caller.actor.require(Deed.CHANGE_ROLES)
    named = []
    with deps.sessions.write(caller.workspace_id) as session:
        for slack_id in slack_ids:
            person = member_by_slack_id(session, slack_id)
            if person is None:
                raise UnknownPerson
            before = frozenset(Grant(Role(row.role), row.team_id) for row in grants_of(session, person.id))
            if Grant(Role.COORDINATOR) not in before:
                give(session, deps, person.id, Grant(Role.COORDINATOR))
                note_change(session, deps, caller.actor, person, before, before | {Grant(Role.COORDINATOR)})
                named.append(slack_id)
    return named


def _on_roster(session: WorkspaceSession, deps: Deps, account: Account) -> Member:
    """The member with the account's e-mail, else a new one."""
    person = member_by_email(session, account.email or "")
    if person is None:
        person = Member(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            email=account.email,
            name=_full_name(account),
            capacity=1.0,
            limits=[],
        )
        session.add(person)
    person.slack_id, person.slack_name = account.id, account.name
    person.slack_time_zone, person.slack_updated = account.time_zone, account.updated
    session.flush()
    return person


def _can_join(account: Account, workspace_id: str, known: set[str | None]) -> bool:
    here = account.team_id == workspace_id and not account.deleted and not account.guest and account.email
    return bool(here) and account.id not in known and account.email not in known


def _cells(account: Account) -> dict[str, str]:
    return {"email": account.email or "", "name": _full_name(account), "slack_id": account.id}


def _full_name(account: Account) -> str:
    """As a people file has it: what somebody is called in Slack may be a nickname."""
    return shorten(account.real_name or account.name, _LONGEST_NAME)


def _somebodies(rows: Sequence[Member]) -> tuple[Somebody, ...]:
    return tuple(Somebody(row.id, row.slack_name or row.name, row.slack_id) for row in rows)

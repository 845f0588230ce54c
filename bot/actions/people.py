"""Who is asking, and how people are linked to their Slack accounts."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.calendar_end import revoke
from bot.actions.own import zone_of
from bot.actions.record import record
from bot.actions.settings import Preferences, preferences
from bot.connectors.slack import Account, find_account
from bot.deps import Deps
from bot.domain.permissions import SLACK, Actor, Grant, Role
from bot.domain.shifts import Somebody
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.people import grants_of, holders, member_by_email, member_by_slack_id
from storage.tables import Member


@dataclass(frozen=True, slots=True)
class Caller:
    """The member who acts, with what is needed to answer them."""

    workspace_id: str
    actor: Actor
    slack_id: str
    zone: ZoneInfo
    preferences: Preferences

    @property
    def formats(self) -> Formats:
        """How dates and times are written for the caller."""
        preferred = self.preferences
        return Formats(self.zone, preferred.locale, preferred.hour_cycle, preferred.week_starts)


class NotOnRoster(Exception):
    """Somebody of this workspace whom no file has named; ``ask`` are the coordinators' accounts."""

    def __init__(self, ask: tuple[str, ...], channel: str | None) -> None:
        super().__init__("not on the roster")
        self.ask, self.channel = ask, channel


class FromOutside(Exception):
    """Somebody from another workspace, or a guest who is not on the roster."""


class UnknownPerson(Exception):
    """The person named is not on the roster."""


def recognise(deps: Deps, workspace_id: str, slack_id: str) -> Caller:
    """The member with this Slack account, linked by e-mail on their first visit if need be.

    Raises ``NotOnRoster`` and ``FromOutside``.
    """
    with deps.sessions.read(workspace_id) as session:
        known = deps.remembered.recall(session, ("caller", slack_id), lambda: _known(session, slack_id))
        if known:
            return known
    account = find_account(deps.slack, slack_id)
    if account is None or account.team_id != workspace_id:
        raise FromOutside
    with deps.sessions.write(workspace_id) as session:
        member = member_by_slack_id(session, slack_id) or link(session, deps, account)
        if member:
            return caller_of(session, member, slack_id)
    if account.guest:
        raise FromOutside
    with deps.sessions.read(workspace_id) as session:
        raise NotOnRoster(*whom_to_ask(session))


def whom_to_ask(session: WorkspaceSession) -> tuple[tuple[str, ...], str | None]:
    """The coordinators' accounts, and their channel, for who is not on the roster."""
    ask = tuple(each.slack_id for each in holders(session, Role.COORDINATOR) if each.slack_id)
    return ask, preferences(session).ops_channel


def find_person(deps: Deps, workspace_id: str, slack_id: str) -> Member:
    """The member with this Slack account, linked by e-mail if they have never used the bot.

    Raises ``UnknownPerson``.
    """
    with deps.sessions.read(workspace_id) as session:
        known = member_by_slack_id(session, slack_id)
    if known:
        return known
    account = find_account(deps.slack, slack_id)
    if account is None or account.team_id != workspace_id:
        raise UnknownPerson
    with deps.sessions.write(workspace_id) as session:
        member = member_by_slack_id(session, slack_id) or link(session, deps, account)
        if member is None:
            raise UnknownPerson
        return member


def somebody(session: WorkspaceSession, member_id: UUID) -> Somebody:
    """A member as others see them."""
    found = session.get_one(Member, (session.workspace_id, member_id))
    return Somebody(
        found.id, found.slack_name or found.name, found.slack_id, left=found.deactivated_at is not None
    )


def _known(session: WorkspaceSession, slack_id: str) -> Caller | None:
    member = member_by_slack_id(session, slack_id)
    return caller_of(session, member, slack_id) if member else None


def caller_of(session: WorkspaceSession, member: Member, slack_id: str) -> Caller:
    """The member with this Slack account, as who acts; whoever has left may do nothing with a button of old."""
    held = grants_of(session, member.id) if member.deactivated_at is None else ()
    grants = tuple(Grant(Role(row.role), row.team_id) for row in held)
    preferred = preferences(session, f"team:{member.team_id}" if member.team_id else "workspace")
    zone = zone_of(session, member, preferred)
    return Caller(session.workspace_id, Actor(member.id, grants), slack_id, zone, preferred)


def link(session: WorkspaceSession, deps: Deps, account: Account) -> Member | None:
    """Links a member to the account with their e-mail address, if there is one who has none."""
    member = member_by_email(session, account.email) if account.email else None
    if member is None or member.slack_id is not None or account.deleted:
        return None
    member.slack_id = account.id
    record(session, deps, SLACK, "people.link", ("member", member.id), None, {"slack_id": account.id})
    follow(session, deps, member, account)
    return member


def follow(session: WorkspaceSession, deps: Deps, member: Member, account: Account) -> None:
    """Takes over what Slack says of a member."""
    now = deps.clock()
    wanted = {
        "slack_name": account.name,
        "slack_time_zone": account.time_zone,
        "deactivated_at": (member.deactivated_at or now) if account.deleted else None,
    }
    before = {column: getattr(member, column) for column in wanted}
    member.slack_updated = account.updated
    changed = [column for column, value in wanted.items() if before[column] != value]
    for column in changed:
        setattr(member, column, wanted[column])
    if member.deactivated_at:
        revoke(session, deps, SLACK, member.id)
    if changed:
        # Names are personal data: the line says that one changed, not from what to what.
        record(session, deps, SLACK, "people.follow", ("member", member.id), None, {"changed": changed})

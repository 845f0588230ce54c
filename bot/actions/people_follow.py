"""The roster follows Slack: names and zones, and who has left or come back."""

from collections.abc import Iterable

from bot.actions import departures
from bot.actions.people import follow, link
from bot.connectors.slack import Account
from bot.deps import Deps
from bot.domain.permissions import SLACK, Deed
from storage.db import WorkspaceSession
from storage.events import first_time
from storage.people import member_by_slack_id, members
from storage.tables import Member


def follow_account(deps: Deps, workspace_id: str, event_id: str, account: Account) -> None:
    """Takes over what Slack says of a person now: account, name, time zone, whether they are still there."""
    SLACK.require(Deed.FOLLOW_SLACK)
    with deps.sessions.write(workspace_id) as session:
        if first_time(session, event_id, deps.clock()):
            _take_over(session, deps, account)


def follow_accounts(deps: Deps, workspace_id: str, accounts: Iterable[Account]) -> None:
    """Takes over what no event has told; writes only where something has changed."""
    SLACK.require(Deed.FOLLOW_SLACK)
    with deps.sessions.read(workspace_id) as session:
        roster = members(session)
    linked = {member.slack_id: member for member in roster}
    waiting = {member.email for member in roster if member.slack_id is None}
    news = []
    for account in accounts:
        member = linked.get(account.id)
        here = account.team_id == workspace_id and not account.deleted
        if _is_news(member, account) if member else here and account.email in waiting:
            news.append(account)
    if news:
        with deps.sessions.write(workspace_id) as session:
            for account in news:
                _take_over(session, deps, account)


def _is_news(member: Member, account: Account) -> bool:
    stored = (member.slack_name, member.slack_time_zone, member.deactivated_at is not None, member.slack_updated)
    said = (account.name, account.time_zone, account.deleted, account.updated)
    return said != stored and account.updated >= (member.slack_updated or 0)


def _take_over(session: WorkspaceSession, deps: Deps, account: Account) -> None:
    member = member_by_slack_id(session, account.id) or link(session, deps, account)
    if member and account.updated >= (member.slack_updated or 0):
        was_gone = member.deactivated_at is not None
        follow(session, deps, member, account)
        departures.follow(session, deps, SLACK, member, was_gone=was_gone)

"""People join, change their name or zone, and leave: the roster follows Slack."""

from typing import Any

from slack_bolt import Ack, App, BoltContext

from bot.actions.people_follow import follow_account
from bot.connectors.slack import read_account
from bot.deps import Deps


def register(app: App) -> None:
    """The events about people."""
    app.event("team_join")(follow_person)
    app.event("user_change")(follow_person)


def follow_person(ack: Ack, context: BoltContext, body: dict[str, Any], event: dict[str, Any], deps: Deps) -> None:
    """A profile is new or has changed."""
    account = read_account(event["user"])
    if not account.bot and context.team_id:
        follow_account(deps, context.team_id, body["event_id"], account)
    ack()

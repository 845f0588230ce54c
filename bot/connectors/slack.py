"""What Slack says: people as it knows them, and text as it sends it."""

import html
import re
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.wallclock import read_zone

_PAGE = 200
# A person in the text of a command; the group is their id.
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_REFERENCE = re.compile(r"<([@#!])([^|>]*)(?:\|([^>]*))?>")


@dataclass(frozen=True, slots=True)
class Account:
    """What Slack knows of a person."""

    id: str
    name: str
    email: str | None
    time_zone: str | None
    team_id: str
    deleted: bool
    guest: bool
    bot: bool
    updated: int  # seconds since 1970; grows with each change of the profile
    admin: bool = False  # of the Slack workspace
    real_name: str = ""


def read_account(user: dict[str, Any]) -> Account:
    """An account from the ``user`` object that Slack sends in events and answers."""
    profile = user.get("profile") or {}
    email = profile.get("email")
    return Account(
        id=user["id"],
        name=profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user["name"],
        email=email.lower() if email else None,
        time_zone=read_zone(user.get("tz") or ""),
        team_id=user.get("team_id", ""),
        deleted=bool(user.get("deleted")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        bot=bool(user.get("is_bot")),
        updated=int(user.get("updated") or 0),
        real_name=profile.get("real_name") or user.get("real_name") or "",
        admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
    )


def as_typed(text: str) -> str:
    """The text of a command as the person typed it: ``@name`` for a mention, and no entities."""
    plain = _REFERENCE.sub(lambda found: ("#" if found[1] == "#" else "@") + (found[3] or found[2]), text)
    return html.unescape(plain)


def find_account(slack: WebClient, slack_id: str) -> Account | None:
    """The account of this id, None where Slack does not let the bot see it."""
    try:
        answer = slack.users_info(user=slack_id)
    except SlackApiError as error:
        if error.response.get("error") in ("user_not_found", "user_not_visible"):
            return None
        raise
    return read_account(answer["user"])


def all_accounts(slack: WebClient) -> list[Account]:
    """The people of the workspace, without bots, page by page (``users.list`` allows some 20 pages a minute)."""
    accounts: list[Account] = []
    cursor: str | None = None
    while cursor != "":
        answer = slack.users_list(limit=_PAGE, cursor=cursor)
        accounts += [read_account(user) for user in answer["members"]]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
    return [account for account in accounts if not account.bot and account.id != "USLACKBOT"]


def channel_members(slack: WebClient, channel_id: str) -> list[str]:
    """Who is in a channel, by account id, bots included. Raises ``SlackApiError`` where the bot cannot see it."""
    found: list[str] = []
    cursor: str | None = None
    while cursor != "":
        answer = slack.conversations_members(channel=channel_id, limit=_PAGE, cursor=cursor)
        found += answer["members"]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
    return found

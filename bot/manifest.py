"""The app's manifest: what Slack must know of the bot, for Socket Mode or for a public URL."""

from typing import Any

import yaml

# Each scope with the feature that wants it; nothing is asked for that no code uses.
SCOPES = {
    "commands": "slash commands",
    "chat:write": "messages in channels and to people",
    "users:read": "people and their time zones",
    "users:read.email": "finding a person of the roster by e-mail",
    "channels:read": "public channels in the settings",
    "groups:read": "private channels in the settings",
    "channels:join": "joining the public channels that it is to write to",
    "im:write": "opening the direct messages in which people are told",
    "dnd:read": "leaving people alone while they have Do Not Disturb on",
    "channels:history": "replies beside an escalation, and finding a message again whose posting was interrupted",
    "groups:history": "the same in private channels",
    "im:history": "the same in direct messages, and hearing what is dropped or pasted there",
    "files:write": "sending spreadsheets, and the pictures and workbooks of reports",
    "files:read": "spreadsheets that are dropped into a direct message",
}
EVENTS = ("team_join", "user_change", "app_home_opened", "message.im", "message.channels", "message.groups")
COMMANDS = (
    {
        "name": "shifts",
        "description": "Your shifts, a colleague's, and who is on",
        "usage_hint": "[next week] [@colleague] [who billing 3pm] [help]",
    },
    {
        "name": "swap",
        "description": "Swap a shift with a colleague",
        "usage_hint": "[fri] [for 2026-12-27] [with @colleague] [list] [14] [help]",
    },
    {
        "name": "cover",
        "description": "Give a shift away, or a part of it, and take what others give away",
        "usage_hint": "[fri] [14-18 fri] [@colleague] [list] [7] [open billing sat 9-17] [help]",
    },
    {
        "name": "timeoff",
        "description": "Ask for time off, and see what you have of leave",
        "usage_hint": "[dec 24 to jan 2] [half day thu] [unpaid next week] [list] [balance] [calendar] [help]",
    },
    {
        "name": "sick",
        "description": "Say that you are away today, and when you are back",
        "usage_hint": "[until fri] [mon to wed] [back] [@colleague] [help]",
    },
    {
        "name": "late",
        "description": "Say that you come later to your next shift",
        "usage_hint": "[30m] [1h]",
    },
    {
        "name": "here",
        "description": "Say that you are there when your shift begins",
    },
    {
        "name": "handup",
        "description": "Ask for live help: the lead on shift comes",
        "usage_hint": "[how do I refund twice?] [times] [help]",
    },
    {
        "name": "case",
        "description": "Cases: how one stands, what it waits for, what to do next",
        "usage_hint": "[new] [12] [wait 12 billing] [close 12] [mine] [queue billing] [aging] [help]",
    },
    {
        "name": "escalate",
        "description": "Ask another department about a case, and see what is open",
        "usage_hint": "[12] [list] [list billing] [show 7] [help]",
    },
    {
        "name": "kb",
        "description": "What the team knows: answers, articles, procedures",
        "usage_hint": "[refund after 30 days] [12] [new] [mine] [due] [help]",
    },
    {
        "name": "announce",
        "description": "Tell your team something, and know who has read it",
        "usage_hint": "[the phones are back] [list] [12] [help]",
    },
    {
        "name": "coverage",
        "description": "Where people are missing, and how many to roster",
        "usage_hint": "[thu] [next week billing] [plan next week] [whatif +20% dec] [help]",
    },
    {
        "name": "kpi",
        "description": "Key figures: how it goes, what is behind it, and why",
        "usage_hint": "[last month] [csat last week billing] [sla by queue] [why thu] [help]",
    },
    {
        "name": "floor",
        "description": "The front desk: help, your settings, what was changed, and setting me up",
        "usage_hint": "[help] [me] [audit] [settings] [roles] [channels] [imports] [setup]",
    },
)
# What is offered in the menu of a message.
SHORTCUTS = (
    {"name": "Make a case", "callback_id": "case.make", "description": "Open a case about a message"},
    {"name": "Escalate", "callback_id": "escalation.message", "description": "Ask another department about it"},
    {"name": "Find an answer", "callback_id": "kb.find", "description": "What the team knows about it"},
)


def manifest(url: str | None = None, prefix: str = "") -> dict[str, Any]:
    """The manifest as Slack takes it, for Socket Mode without a public URL; ``prefix`` precedes each command."""
    endpoint = {"url": f"{url.rstrip('/')}/slack/events"} if url else {}
    request = {"request_url": endpoint["url"]} if endpoint else {}
    return {
        "display_information": {
            "name": "Floorwalker",
            "description": "Keeps the schedule covered, the cases moving and the reports on time.",
            "background_color": "#1f4d43",
            "long_description": (
                "Floorwalker does a support team's coordination in Slack: who works when, who can step in, "
                "which cases are about to be late, and who has to hear about it. It runs on your own machine "
                "with your own database, and people talk to it with slash commands and buttons."
            ),
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,  # else no command can be typed there
            },
            "bot_user": {"display_name": "Floorwalker", "always_online": True},
            "slash_commands": [
                {
                    "command": f"/{prefix}{command['name']}",
                    **{key: said for key, said in command.items() if key != "name"},
                    "should_escape": True,
                    **endpoint,
                }
                for command in COMMANDS
            ],
            "shortcuts": [{**shortcut, "type": "message"} for shortcut in SHORTCUTS],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS), **request},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def as_yaml(document: dict[str, Any]) -> str:
    """The manifest as text, in the order above."""
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)

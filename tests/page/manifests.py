"""A manifest with a little of everything that the page offers."""

from typing import Any


def everything() -> dict[str, Any]:
    """Two commands, a shortcut of either kind, and a Home."""
    return {
        "display_information": {"name": "Floorwalker"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "Floorwalker"},
            "slash_commands": [
                {"command": "/shifts", "description": "Your shifts", "usage_hint": "[next week] [@colleague]"},
                {"command": "/swap", "description": "Swap a shift", "should_escape": True},
            ],
            "shortcuts": [
                {
                    "name": "Report a gap",
                    "type": "global",
                    "callback_id": "gap",
                    "description": "Somebody is missing",
                },
                {"name": "Make it a case", "type": "message", "callback_id": "case", "description": "Follow up"},
            ],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "channels:read"]}},
        "settings": {
            "interactivity": {"is_enabled": True},
            "event_subscriptions": {"bot_events": ["app_home_opened"]},
        },
    }

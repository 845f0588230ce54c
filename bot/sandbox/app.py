"""The Slack app as it is configured and installed: what its manifest says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

BOT_TOKEN = "xoxb-sandbox-bot-token"
APP_TOKEN = "xapp-sandbox-app-token"
SIGNING_SECRET = "sandbox-signing-secret"
VERIFICATION_TOKEN = "sandbox-verification-token"


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. `name` starts with the slash; `should_escape` turns typed mentions into ids."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut: people see its `name`, the app is sent its `callback_id`."""

    name: str
    callback_id: str
    kind: str  # "global" or "message"


@dataclass(frozen=True, slots=True)
class App:
    """One installed app. None for scopes, events or commands means: anything goes (no manifest was given)."""

    name: str = "floorwalker"
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: Mapping[str, Command] | None = None
    shortcuts: tuple[Shortcut, ...] = ()
    interactive: bool = True
    home_tab: bool = True
    messages_tab: bool = True
    messages_read_only: bool = False
    id: str = "A0SANDBOX01"
    bot_id: str = "B0SANDBOX01"
    bot_user_id: str = "U0SANDBOX01"

    def allows(self, *scopes: str) -> bool:
        """Whether any one of these scopes was granted; no scope at all is always granted."""
        return self.scopes is None or not scopes or not self.scopes.isdisjoint(scopes)

    def subscribed(self, event: str) -> bool:
        """Whether the app asked for this event, such as "team_join" or "message.im"."""
        return self.events is None or event in self.events

    def command(self, name: str) -> Command | None:
        """The command of this name, or None if the app has none such."""
        if self.commands is None:
            return Command(name)
        return self.commands.get(name)

    def shortcut(self, name: str, kind: str) -> Shortcut | None:
        """The shortcut with this name or callback_id."""
        if self.commands is None:
            return Shortcut(name, name, kind)
        wanted = (s for s in self.shortcuts if s.kind == kind and name in (s.name, s.callback_id))
        return next(wanted, None)


def app_of(manifest: Mapping[str, Any] | None) -> App:
    """The app that a parsed manifest describes; without one, an app that may do anything."""
    if manifest is None:
        return App()
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    home = features.get("app_home", {})
    bot = features.get("bot_user", {})
    return App(
        name=bot.get("display_name") or manifest.get("display_information", {}).get("name", "app"),
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        commands={raw["command"]: _command(raw) for raw in features.get("slash_commands", ())},
        shortcuts=tuple(
            Shortcut(raw["name"], raw["callback_id"], raw["type"]) for raw in features.get("shortcuts", ())
        ),
        interactive=settings.get("interactivity", {}).get("is_enabled", False),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", False),
        messages_read_only=home.get("messages_tab_read_only_enabled", False),
    )


def _command(raw: Mapping[str, Any]) -> Command:
    return Command(
        name=raw["command"],
        description=raw.get("description", ""),
        usage_hint=raw.get("usage_hint", ""),
        should_escape=raw.get("should_escape", False),
    )

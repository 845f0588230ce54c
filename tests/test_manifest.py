"""The manifest says what the code does: no more, no less."""

import ast
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_bolt import App

import bot.app
from bot.manifest import COMMANDS, EVENTS, SCOPES, as_yaml, manifest
from bot.sandbox.events import SCOPES as SCOPES_OF_EVENTS
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
FACTS = ROOT.parent / "shared" / "slack"
KINDS = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read", "mpim": "mpim:read"}

# Scopes by the kinds of conversation that these methods are called for: direct messages only, or all but groups.
CONVERSATIONS = {
    "conversations.open": {"im:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
}


def facts(name: str) -> Any:
    """Reference data of Slack's, which lies beside the repository."""
    path = FACTS / name
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    return json.loads(path.read_text())


class Recorder(App):
    """A Bolt app that notes what handlers register."""

    def __init__(self, **settings: Any) -> None:
        self.registered: dict[str, set[str]] = {"command": set(), "event": set(), "shortcut": set()}
        super().__init__(**settings)

    def command(self, command: Any, *rest: Any, **more: Any) -> Callable[..., Any]:
        self.registered["command"].add(command)
        return super().command(command, *rest, **more)

    def event(self, event: Any, *rest: Any, **more: Any) -> Callable[..., Any]:
        self.registered["event"].add(event)
        return super().event(event, *rest, **more)

    def shortcut(self, constraints: Any, *rest: Any, **more: Any) -> Callable[..., Any]:
        self.registered["shortcut"].add(constraints)
        return super().shortcut(constraints, *rest, **more)


def registered(monkeypatch: pytest.MonkeyPatch, prefix: str) -> dict[str, set[str]]:
    """What the wired app listens to."""
    monkeypatch.setattr(bot.app, "App", Recorder)
    settings = Settings(_env_file=None, SLACK_BOT_TOKEN="xoxb-1", FLOORWALKER_COMMAND_PREFIX=prefix)
    floorwalker = bot.app.build(settings)
    floorwalker.close()
    assert isinstance(floorwalker.bolt, Recorder)
    return floorwalker.bolt.registered


def reached() -> Iterator[ast.Module]:
    """Every module that a running bot or the command line imports, the sandbox apart."""
    waiting, seen = ["bot.cli", "bot.web"], {"bot.sandbox"}
    while waiting:
        name = waiting.pop()
        place = ROOT.joinpath(*name.split("."))
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if name in seen or name.startswith("bot.sandbox.") or not path.exists():
            continue
        seen.add(name)
        tree = ast.parse(path.read_text())
        yield tree
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                waiting += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]


def calls() -> list[ast.Call]:
    """Every call in these modules."""
    return [node for tree in reached() for node in ast.walk(tree) if isinstance(node, ast.Call)]


def methods_called() -> list[tuple[str, ast.Call]]:
    """The Web API methods that the product calls, with each call."""
    known = {name.replace(".", "_"): name for name in facts("methods.json")}
    attributes = ((call.func.attr, call) for call in calls() if isinstance(call.func, ast.Attribute))
    return [(known[attribute], call) for attribute, call in attributes if attribute in known]


def needs() -> list[set[str]]:
    """What methods, events, commands and the reading of addresses and files need: one scope of each set."""
    methods = facts("methods.json")
    needed = [{"commands"}] if COMMANDS else []
    for name, call in methods_called():
        kinds = [word.value for word in call.keywords if word.arg == "types"]
        if kinds:
            needed += [{KINDS[kind]} for kind in ast.literal_eval(kinds[0]).split(",")]
        elif methods[name]["bot_scopes"]:
            needed.append(set(methods[name]["bot_scopes"]))
    needed += [set(SCOPES_OF_EVENTS[event]) for event in EVENTS if SCOPES_OF_EVENTS[event]]
    if any(ast.unparse(call) == "profile.get('email')" for call in calls()):
        needed.append({"users:read.email"})
    if any(ast.unparse(call) == "file.get('url_private_download')" for call in calls()):
        needed.append({"files:read"})
    return needed


def test_the_file_is_what_the_command_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "bot", "manifest"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "manifest.yml").read_text() == printed


@pytest.mark.parametrize("arguments", [{}, {"url": "https://bot.example.com/"}, {"prefix": "cs-"}])
def test_slack_takes_it(arguments: dict[str, str]) -> None:
    document = yaml.safe_load(as_yaml(manifest(**arguments)))
    assert document == manifest(**arguments)
    jsonschema.validate(document, facts("manifest.schema.json"))


def test_socket_mode_has_no_address_and_http_mode_has_one_everywhere() -> None:
    assert "url" not in as_yaml(manifest())
    assert manifest()["settings"]["socket_mode_enabled"]
    document = manifest("https://bot.example.com/")
    address = "https://bot.example.com/slack/events"
    assert not document["settings"]["socket_mode_enabled"]
    assert {command["url"] for command in document["features"]["slash_commands"]} == {address}
    assert document["settings"]["interactivity"]["request_url"] == address
    assert document["settings"]["event_subscriptions"]["request_url"] == address


@pytest.mark.parametrize("prefix", ["", "cs-"])
def test_it_names_what_handlers_register_and_nothing_else(monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    found = registered(monkeypatch, prefix)
    document = manifest(prefix=prefix)
    features, settings = document["features"], document["settings"]
    assert found["command"] == {command["command"] for command in features["slash_commands"]}
    # What is said to the bot is one event for Slack's apps, and one subscription for each kind of conversation.
    events = settings["event_subscriptions"]["bot_events"]
    assert found["event"] == {event.partition(".")[0] for event in events}
    assert found["shortcut"] == {shortcut["callback_id"] for shortcut in features.get("shortcuts", ())}
    assert found["command"]


def test_it_asks_for_the_scopes_that_the_code_uses_and_for_no_other() -> None:
    assert {"auth.test", "users.info", "users.list", "chat.postMessage"} <= {name for name, _ in methods_called()}
    granted = set(manifest()["oauth_config"]["scopes"]["bot"])
    assert [sorted(need) for need in needs() if not need & granted] == []
    assert granted - set().union(*needs()) == set()
    assert granted == set(SCOPES)


def test_what_people_type_reaches_the_bot_with_mentions() -> None:
    assert all(command["should_escape"] for command in manifest()["features"]["slash_commands"])

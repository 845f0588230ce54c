"""What is sent has at least the fields of the payloads that Slack documents, surface by surface."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from websockets.sync.client import connect

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import button, buttons, field, modal, section, web

SAMPLES = Path(__file__).parents[2].parent / "shared" / "slack" / "payloads"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="Slack's sample payloads are not on this machine")

# Only workspaces of an Enterprise organisation have these.
ENTERPRISE = {"enterprise_id", "enterprise_name"}
# Only pictures have these.
PICTURE = "thumb_", "original_"


@pytest.fixture
def payloads(sandbox: Sandbox) -> Iterator[list[dict[str, Any]]]:
    """Everything that an app hears which acks whatever comes."""
    heard: list[dict[str, Any]] = []
    url = web(sandbox, sandbox.app_token).apps_connections_open(app_token=sandbox.app_token)["url"]
    with connect(url) as socket:

        def listen() -> None:
            for raw in socket:
                frame = json.loads(raw)
                if "payload" in frame:
                    heard.append(frame["payload"])
                    socket.send(json.dumps({"envelope_id": frame["envelope_id"]}))

        listener = threading.Thread(target=listen)
        listener.start()
        yield heard
        socket.close()
        listener.join()


def sample(name: str) -> dict[str, Any]:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    if name.endswith(".txt"):
        return {key: values[0] for key, values in parse_qs(text.strip(), keep_blank_values=True).items()}
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def missing(wanted: Any, got: Any, path: str = "") -> list[str]:
    """The keys of the sample that are not there, through every nested object."""
    if isinstance(wanted, list):
        pairs = zip(wanted, got, strict=False) if isinstance(got, list) else ()
        return [gap for one, other in pairs for gap in missing(one, other, f"{path}[]")]
    if not isinstance(wanted, dict) or not isinstance(got, dict):
        return []
    gaps: list[str] = []
    for key, value in wanted.items():
        if key in ENTERPRISE or key.startswith(PICTURE):
            continue
        gaps += missing(value, got[key], f"{path}/{key}") if key in got else [f"{path}/{key}"]
    return gaps


def without(shape: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in shape.items() if key not in keys}


@pytest.mark.parametrize(
    "name",
    ["docs.slash_command.form.txt", "bolt-python.slash_command.form.txt", "bolt-python.slash_command.parsed.json"],
)
def test_a_slash_command(payloads: list[dict[str, Any]], ana: Person, name: str) -> None:
    ana.types("/weather 94070")
    assert missing(sample(name), payloads[0]) == []


@pytest.mark.parametrize(
    "name", ["docs.block_actions.message.json", "bolt-python.block_actions.button.message.json"]
)
def test_a_press_in_a_message(sandbox: Sandbox, payloads: list[dict[str, Any]], ana: Person, name: str) -> None:
    web(sandbox).chat_postMessage(
        channel="#general", text="x", blocks=[buttons(button("View", "a", value="click_me_123"))]
    )
    ana.presses("View")
    wanted = sample(name)
    if wanted["container"]["type"] == "message_attachment":
        wanted["container"] = without(wanted["container"], "attachment_id", "is_app_unfurl")
    pressed = next(payload for payload in payloads if payload["type"] == "block_actions")
    assert missing(wanted, pressed) == []


def test_a_press_on_the_home(sandbox: Sandbox, payloads: list[dict[str, Any]], ana: Person) -> None:
    home = {"type": "home", "blocks": [section("A stack"), buttons(button("A", "x"), button("B", "y"))]}
    web(sandbox).views_publish(user_id=sandbox.user_id("ana"), view=home)
    ana.presses("A", on=ana.home())
    assert missing(sample("docs.block_actions.home.json"), payloads[0]) == []
    assert {"channel", "response_url", "message"}.isdisjoint(payloads[0])


@pytest.fixture
def form(sandbox: Sandbox, payloads: list[dict[str, Any]], ana: Person) -> list[dict[str, Any]]:
    """Ana has a modal open with every kind of field that the samples show."""
    ana.shortcut("open")
    view = modal(
        field("Label", "b1", optional=True),
        field("Search", "b2", type="external_select", min_query_length=0, optional=True),
        field("Search (multi)", "b3", type="multi_external_select", optional=True),
        notify_on_close=True,
    )
    web(sandbox).views_open(trigger_id=payloads[0]["trigger_id"], view=view)
    payloads.clear()
    return payloads


def test_a_search_in_a_modal(form: list[dict[str, Any]], ana: Person) -> None:
    with pytest.raises(AssertionError, match="could not be loaded"):
        ana.searches("Search", "search word")
    wanted = sample("bolt-python.block_suggestion.view.json")
    for block in wanted["view"]["blocks"]:
        block["element"].pop("placeholder", None)
    assert missing(wanted, form[0]) == []
    assert missing(sample("bolt-python.block_suggestion.json"), form[0]) == []


def test_a_search_in_a_message(sandbox: Sandbox, payloads: list[dict[str, Any]], ana: Person) -> None:
    menu = {"type": "external_select", "action_id": "where", "min_query_length": 0}
    web(sandbox).chat_postMessage(channel="#general", text="x", blocks=[section("Location", accessory=menu)])
    with pytest.raises(AssertionError, match="could not be loaded"):
        ana.searches("Location", "test", on=ana.last())
    wanted = sample("docs.block_suggestion.message.json")
    wanted["message"]["blocks"] = []
    asked = next(payload for payload in payloads if payload["type"] == "block_suggestion")
    assert missing(wanted, asked) == []


def test_a_submission(form: list[dict[str, Any]], ana: Person) -> None:
    ana.fills("Label", "Hi there!")
    ana.submits()
    wanted = sample("bolt-python.view_submission.modal.json")
    wanted["enterprise"] = {}
    wanted["view"]["state"] = {"values": {}}
    wanted["view"]["blocks"][0]["element"].pop("dispatch_action_config")
    assert missing(wanted, form[0]) == []


def test_a_submission_with_a_conversation_to_answer_in(
    sandbox: Sandbox, payloads: list[dict[str, Any]], ana: Person
) -> None:
    ana.shortcut("open")
    menu = field("Where", "where", type="conversations_select", response_url_enabled=True)
    web(sandbox).views_open(trigger_id=payloads[0]["trigger_id"], view=modal(menu))
    ana.picks("Where", "#general")
    ana.submits()
    wanted = sample("docs.view_submission.response_urls.json")
    wanted["view"]["state"] = {}
    # The example has them inside the view; the text beside it, and Bolt, have them at the top.
    wanted["response_urls"] = wanted["view"].pop("response_urls")
    assert missing(wanted, payloads[-1]) == []
    assert payloads[-1]["response_urls"][0]["channel_id"] == sandbox.channel_id("#general")


@pytest.mark.parametrize("name", ["docs.view_closed.json", "bolt-python.view_closed.modal.json"])
def test_a_closed_modal(form: list[dict[str, Any]], ana: Person, name: str) -> None:
    ana.closes()
    assert missing(sample(name), form[0]) == []


@pytest.mark.parametrize("name", ["docs.shortcut.global.json", "bolt-python.shortcut.json"])
def test_a_global_shortcut(payloads: list[dict[str, Any]], ana: Person, name: str) -> None:
    ana.shortcut("open")
    assert missing(sample(name), payloads[0]) == []


@pytest.mark.parametrize("name", ["docs.message_action.json", "bolt-python.message_action.json"])
def test_a_shortcut_on_a_message(payloads: list[dict[str, Any]], ana: Person, name: str) -> None:
    ana.types("@ben test")
    ana.shortcut("open", on=ana.last())
    assert missing(sample(name), payloads[1]) == []


def heard_event(payloads: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(p for p in payloads if p["type"] == "event_callback" and p["event"]["type"] == kind)


def wanted_event(kind: str) -> dict[str, Any]:
    return without(sample(f"bolt-python.event_callback.{kind}.json"), "enterprise_id")


def test_a_message_with_a_file(payloads: list[dict[str, Any]], ana: Person) -> None:
    ana.uploads("file.png", b"...", text="Hi there!")
    wanted = wanted_event("message")
    assert missing(wanted, heard_event(payloads, "message")) == []


def test_a_mention(payloads: list[dict[str, Any]], ana: Person) -> None:
    ana.types("@floorwalker Hi there!")
    assert missing(wanted_event("app_mention"), heard_event(payloads, "app_mention")) == []


def test_an_opened_home(payloads: list[dict[str, Any]], ana: Person) -> None:
    ana.opens_home()
    assert missing(wanted_event("app_home_opened"), heard_event(payloads, "app_home_opened")) == []


def test_a_member_who_joined_and_left(sandbox: Sandbox, payloads: list[dict[str, Any]], ana: Person) -> None:
    floor = sandbox.channel("#floor", bot=True)
    ana.joins("#floor")
    ana.leaves("#floor")
    wanted = wanted_event("member_joined_channel")
    wanted["event"].pop("inviter")
    joined = heard_event(payloads, "member_joined_channel")
    assert missing(wanted, joined) == []
    assert joined["event"]["channel"] == floor
    left = heard_event(payloads, "member_left_channel")
    assert missing(wanted_event("member_left_channel"), left) == []


def test_a_reaction(payloads: list[dict[str, Any]], ana: Person) -> None:
    ana.types("done")
    ana.reacts("heart_eyes", on=ana.last())
    assert missing(wanted_event("reaction_added"), heard_event(payloads, "reaction_added")) == []


def test_the_frames_of_socket_mode(sandbox: Sandbox) -> None:
    frames = sample("docs.socket_mode.frames.json")
    url = web(sandbox, sandbox.app_token).apps_connections_open(app_token=sandbox.app_token)["url"]
    with connect(url) as socket:
        hello = json.loads(socket.recv(timeout=10))
        sandbox.sockets("warning", seconds=0.01)
        goodbye = json.loads(socket.recv(timeout=10))
    assert missing(frames["hello"], hello) == []
    assert missing(frames["disconnect_warning"], goodbye) == []

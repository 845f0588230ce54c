"""What can go wrong between an app and Slack goes wrong when it is switched on, and only then."""

import time

import pytest
import requests
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import new_app, web
from tests.sandbox.conftest import Connect


def say(client: WebClient, text: str = "x") -> None:
    client.chat_postMessage(channel="#general", text=text)


def impatient(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.api_url, timeout=1)


def test_a_rate_limit_strikes_as_often_as_asked(sandbox: Sandbox) -> None:
    sandbox.faults.rate_limit("chat.postMessage", retry_after=7, times=2)
    client = web(sandbox)
    assert client.auth_test()["ok"]
    for _ in range(2):
        with pytest.raises(SlackApiError) as limited:
            say(client)
        assert limited.value.response.headers["Retry-After"] == "7"
    say(client)


@pytest.mark.parametrize("code", [500, 503])
def test_a_server_error_is_a_bare_status(sandbox: Sandbox, code: int) -> None:
    sandbox.faults.status(code)
    with pytest.raises(SlackApiError) as failed:
        say(web(sandbox))
    assert failed.value.response.status_code == code


def test_a_fatal_error_lasts_until_cleared(sandbox: Sandbox) -> None:
    sandbox.faults.fatal_error(times=None)
    for _ in range(3):
        with pytest.raises(SlackApiError, match="fatal_error"):
            say(web(sandbox))
    sandbox.faults.clear()
    say(web(sandbox))


def test_a_timeout_before_leaves_nothing_behind(sandbox: Sandbox, ana: Person) -> None:
    sandbox.faults.timeout("chat.postMessage")
    with pytest.raises(TimeoutError):
        say(impatient(sandbox))
    assert ana.sees() == []


def test_a_timeout_after_leaves_the_message_and_loses_the_answer(sandbox: Sandbox, ana: Person) -> None:
    sandbox.faults.timeout("chat.postMessage", done=True)
    with pytest.raises(TimeoutError):
        say(impatient(sandbox), "it is there")
    assert ana.last().text == "it is there"


def test_latency_makes_every_call_slower(sandbox: Sandbox) -> None:
    sandbox.faults.latency(0.2)
    began = time.monotonic()
    web(sandbox).auth_test()
    assert time.monotonic() - began >= 0.2


def test_while_slack_is_away_nothing_comes_through_in_either_direction(
    sandbox: Sandbox, ana: Person, serve: Connect
) -> None:
    app = new_app(sandbox)
    heard: list[str] = []

    @app.command("/rota")
    def answer(ack: Ack, command: dict[str, str]) -> None:
        heard.append(command["response_url"])
        ack("Here you are")

    serve(app)
    ana.types("/rota")
    sandbox.faults.away()
    for address in (f"{sandbox.api_url}chat.postMessage", f"{sandbox.api_url}apps.connections.open", *heard):
        assert requests.post(address, json={"text": "Later"}, timeout=10).status_code == 503
    ana.types("/rota")
    assert ana.last().text == '/rota failed with the error "dispatch_failed"'
    assert len(heard) == 1

    sandbox.faults.clear()
    ana.types("/rota")
    assert ana.last().text == "Here you are"


def test_connections_are_cut_when_slack_goes_away_and_their_tickets_are_worth_nothing(sandbox: Sandbox) -> None:
    client = web(sandbox, sandbox.app_token)
    unused, used = (client.apps_connections_open(app_token=sandbox.app_token)["url"] for _ in range(2))
    with connect(used) as socket:
        assert "hello" in socket.recv(timeout=10)
        sandbox.faults.away()
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=10)
    assert sandbox.sockets() == 0
    with pytest.raises(InvalidStatus), connect(unused):
        pass

    sandbox.faults.clear()
    with connect(client.apps_connections_open(app_token=sandbox.app_token)["url"]) as socket:
        assert "hello" in socket.recv(timeout=10)


def test_faults_are_switched_over_the_control_api(sandbox: Sandbox) -> None:
    address = f"{sandbox.url}/sandbox/faults"
    fault = {"kind": "status", "method": "auth.test", "value": 503}
    listed = requests.post(address, json=fault, timeout=10).json()["faults"]
    assert listed == [{**fault, "times": None}]
    with pytest.raises(SlackApiError):
        web(sandbox).auth_test()
    assert requests.delete(address, timeout=10).json() == {"faults": []}
    assert web(sandbox).auth_test()["ok"]
    refused = requests.post(address, json={"kind": "gremlins"}, timeout=10)
    assert (refused.status_code, refused.json()) == (400, {"error": "no such fault: gremlins"})

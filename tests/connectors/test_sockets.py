"""A connection to Slack ends, and another takes its place."""

import pytest
from slack_sdk.socket_mode.builtin import client
from slack_sdk.socket_mode.builtin.connection import ConnectionState

from bot.connectors.sockets import Socket
from bot.sandbox import Sandbox
from tests.sandbox.bots import new_app
from tests.workplace import until

GIVEN_UP_AFTER = (
    5  # checks that fail, each some seconds after the other, before Slack's client gives a connection up
)


def test_a_connection_that_was_cut_while_slack_is_away_is_known_to_be_gone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    refused: list[str] = []
    with Sandbox(rates="off") as sandbox:
        socket = Socket(new_app(sandbox), sandbox.app_token, sandbox.api_url, refused.append)
        socket.connect()
        sandbox.faults.away()
        until(lambda: not socket.is_connected())
        sandbox.faults.clear()
        until(lambda: sandbox.sockets() == 1 and socket.is_connected())
        socket.close()
    assert caplog.text.count("Failed to check the state of sock") < GIVEN_UP_AFTER
    assert refused == []


class Forgetful(ConnectionState):
    """Misses the first time that it is told to end, as the state of a connection does that begins to be read."""

    missed = False

    def __setattr__(self, name: str, value: bool) -> None:
        if name == "terminated" and value and not self.missed:
            name = "missed"
        super().__setattr__(name, value)


def test_a_connection_that_is_closed_while_reading_begins_comes_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "ConnectionState", Forgetful)
    with Sandbox(rates="off") as sandbox:
        socket = Socket(new_app(sandbox), sandbox.app_token, sandbox.api_url, lambda _: None)
        socket.connect()
        session, state = socket.current_session, socket.current_session_state
        assert session
        until(lambda: session.last_ping_pong_time is not None)  # so it is being read
        socket.close()
        until(lambda: sandbox.sockets() == 0)
    assert isinstance(state, Forgetful)
    assert state.missed

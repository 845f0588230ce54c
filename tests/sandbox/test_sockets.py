"""Socket Mode, frame by frame and through Bolt's own client."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import Ack
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from bot.sandbox import Person, Sandbox, Times
from tests.sandbox.bots import new_app, socket_mode, web


@contextmanager
def connection(sandbox: Sandbox) -> Iterator[ClientConnection]:
    """A bare connection that has said hello."""
    url = web(sandbox, sandbox.app_token).apps_connections_open(app_token=sandbox.app_token)["url"]
    with connect(url) as socket:
        assert received(socket)["type"] == "hello"
        yield socket


def received(socket: ClientConnection) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(socket.recv(timeout=10))
    return frame


@contextmanager
def meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """A person does something that takes until the app acks."""
    thread = threading.Thread(target=act)
    thread.start()
    yield
    thread.join()


def until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.01)


def test_a_command_travels_in_an_envelope_and_the_ack_carries_the_answer(sandbox: Sandbox, ana: Person) -> None:
    with connection(sandbox) as socket, meanwhile(lambda: ana.types("/rota today")):
        frame = received(socket)
        assert frame["type"] == "slash_commands"
        assert frame["accepts_response_payload"] is True
        assert (frame["payload"]["command"], frame["payload"]["text"]) == ("/rota", "today")
        socket.send(json.dumps({"envelope_id": frame["envelope_id"], "payload": {"text": "All fine"}}))
    assert ana.last().text == "All fine"
    assert ana.last().only_you


def test_an_event_expects_no_payload_back(sandbox: Sandbox, ana: Person) -> None:
    with connection(sandbox) as socket, meanwhile(lambda: ana.types("hello")):
        frame = received(socket)
        assert (frame["type"], frame["accepts_response_payload"]) == ("events_api", False)
        assert frame["payload"]["event"]["text"] == "hello"
        assert frame["retry_attempt"] == 0
        socket.send(json.dumps({"envelope_id": frame["envelope_id"]}))


def test_an_address_works_once(sandbox: Sandbox) -> None:
    url = web(sandbox, sandbox.app_token).apps_connections_open(app_token=sandbox.app_token)["url"]
    with connect(url) as socket:
        assert received(socket)["num_connections"] == 1
        with pytest.raises(Exception, match="403"), connect(url):
            pass


def test_an_eleventh_connection_is_refused(sandbox: Sandbox) -> None:
    sockets = [connection(sandbox) for _ in range(10)]
    for each in sockets:
        each.__enter__()
    assert sandbox.sockets() == 10
    with pytest.raises(Exception, match="403"), connection(sandbox):
        pass
    for each in sockets:
        each.__exit__(None, None, None)


def test_pings_are_answered(sandbox: Sandbox) -> None:
    with connection(sandbox) as socket:
        assert socket.ping().wait(timeout=10)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_connection_is_told_why_it_has_to_go_and_closed_once_another_is_there(
    sandbox: Sandbox, ana: Person, reason: str
) -> None:
    with connection(sandbox) as old:
        sandbox.sockets(reason, seconds=0)
        frame = received(old)
        assert (frame["type"], frame["reason"]) == ("disconnect", reason)
        with meanwhile(lambda: ana.types("/rota")):
            old.send(json.dumps({"envelope_id": received(old)["envelope_id"], "payload": {"text": "old"}}))
        assert ana.last().text == "old"
        with connection(sandbox):
            with pytest.raises(ConnectionClosed):
                old.recv(timeout=10)
            until(lambda: sandbox.sockets() == 1)


def test_one_newcomer_takes_the_place_of_one_connection(sandbox: Sandbox) -> None:
    with connection(sandbox) as first, connection(sandbox) as second:
        sandbox.sockets("refresh_requested", seconds=0)
        assert [received(each)["type"] for each in (first, second)] == ["disconnect", "disconnect"]
        with connection(sandbox):
            with pytest.raises(ConnectionClosed):
                first.recv(timeout=10)
            with pytest.raises(TimeoutError):
                second.recv(timeout=0.1)


def test_a_connection_that_nothing_replaces_is_closed_in_the_end() -> None:
    with Sandbox(times=Times(replacement=0.05)) as sandbox, connection(sandbox) as socket:
        sandbox.sockets("refresh_requested", seconds=0)
        assert received(socket)["type"] == "disconnect"
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=10)
        until(lambda: sandbox.sockets() == 0)


def test_where_socket_mode_was_switched_off_nothing_is_waited_for(sandbox: Sandbox) -> None:
    with connection(sandbox) as socket:
        sandbox.sockets("link_disabled", seconds=0.05)
        frame = received(socket)
        assert (frame["type"], frame["reason"]) == ("disconnect", "link_disabled")
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=10)
        until(lambda: sandbox.sockets() == 0)


def test_payloads_go_to_the_connection_that_stays(sandbox: Sandbox, ana: Person) -> None:
    with connection(sandbox) as old, connection(sandbox) as new:
        sandbox.sockets("warning", which=0)
        assert received(old)["type"] == "disconnect"
        for _ in range(3):
            with meanwhile(lambda: ana.types("/rota")):
                frame = received(new)
                socket_ack = {"envelope_id": frame["envelope_id"], "payload": {"text": "here"}}
                new.send(json.dumps(socket_ack))
    assert [shown.text for shown in ana.sees()] == ["here"] * 3


def test_a_command_without_any_connection_fails_at_once(ana: Person) -> None:
    ana.types("/rota")
    assert ana.last().text == '/rota failed with the error "dispatch_failed"'
    assert ana.last().author == "Slackbot"
    assert ana.last().only_you


@pytest.fixture
def hurried() -> Iterator[Sandbox]:
    """A workspace that waits 0.2 s for acks and retries events after 0.01 s."""
    with Sandbox(rates="off", times=Times(ack=0.2, event_retries=(0.01,))) as sandbox:
        sandbox.invite("ana")
        yield sandbox


def test_a_command_that_nobody_acks_times_out(hurried: Sandbox) -> None:
    ana = hurried.person("ana")
    with connection(hurried) as socket:
        ana.types("/rota")
        received(socket)
    assert ana.last().text == '/rota failed with the error "operation_timeout"'


def test_a_deaf_connection_stays_open_and_times_out(hurried: Sandbox) -> None:
    ana = hurried.person("ana")
    with connection(hurried) as socket:
        hurried.sockets("deafen")
        ana.types("/rota")
        assert hurried.sockets() == 1
        with pytest.raises(TimeoutError):
            socket.recv(timeout=0)
    assert ana.last().text == '/rota failed with the error "operation_timeout"'


def test_an_event_that_nobody_acked_comes_again(hurried: Sandbox) -> None:
    ana = hurried.person("ana")
    with connection(hurried) as socket, meanwhile(lambda: ana.types("hello")):
        first, second = received(socket), received(socket)
        socket.send(json.dumps({"envelope_id": second["envelope_id"]}))
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert (second["retry_attempt"], second["retry_reason"]) == (1, "timeout")


def test_two_connections_of_a_bolt_app_lose_nothing_while_one_is_refreshed(sandbox: Sandbox, ana: Person) -> None:
    app = new_app(sandbox)
    heard: set[str] = set()

    @app.event("message")
    def hear(event: dict[str, Any]) -> None:
        heard.add(event["text"])

    with socket_mode(sandbox, app, connections=2):
        for number in range(12):
            if number == 3:
                sandbox.sockets("refresh_requested", which=0, seconds=0.5)
            ana.types(f"number {number}")
        until(lambda: sandbox.sockets() == 2)
        ana.types("number 12")
        until(lambda: len(heard) == 13)
    assert heard == {f"number {number}" for number in range(13)}


def test_a_bolt_app_comes_back_after_its_connection_was_cut(sandbox: Sandbox, ana: Person) -> None:
    app = new_app(sandbox)

    @app.command("/rota")
    def rota(ack: Ack) -> None:
        ack("still here")

    with socket_mode(sandbox, app):
        sandbox.sockets("drop")
        until(lambda: sandbox.sockets() == 1)
        ana.types("/rota")
    assert ana.last().text == "still here"

"""HTTP mode: signed requests, the handshake, time limits and retries."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest

from bot.sandbox import Person, Sandbox, Times
from tests.sandbox.bots import served

Answer = Callable[[int, bytes], tuple[str, bytes]]


class Receiver:
    """A request URL that notes what comes in and answers as told."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answer: Answer = lambda _number, _body: ("200 OK", b"")

    def __call__(self, environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        headers = {name.removeprefix("HTTP_"): value for name, value in environ.items() if isinstance(value, str)}
        if b"url_verification" in body:
            status, answer = "200 OK", json.loads(body)["challenge"].encode()
        else:
            self.requests.append((headers, body))
            status, answer = self.answer(len(self.requests), body)
        kind = "application/json" if answer.startswith(b"{") else "text/plain"
        start(status, [("Content-Type", kind), ("Content-Length", str(len(answer)))])
        return [answer]


@pytest.fixture
def receiver(sandbox: Sandbox) -> Iterator[Receiver]:
    receiver = Receiver()
    with served(receiver) as root:
        sandbox.set_request_url(f"{root}/slack/events")
        yield receiver


def until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.01)


def test_every_request_is_signed_at_the_real_time(sandbox: Sandbox, receiver: Receiver, ana: Person) -> None:
    sandbox.clock.move(timedelta(days=300))
    ana.types("/rota")
    headers, body = receiver.requests[0]
    stamp = headers["X_SLACK_REQUEST_TIMESTAMP"]
    base = b"v0:" + stamp.encode() + b":" + body
    digest = hmac.new(sandbox.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    assert headers["X_SLACK_SIGNATURE"] == f"v0={digest}"
    assert abs(int(stamp) - time.time()) < 300


def test_commands_are_forms_interactions_forms_with_json_and_events_json(receiver: Receiver, ana: Person) -> None:
    ana.types("/rota now")
    ana.shortcut("open")
    ana.types("hello")
    command, interaction, event = (body for _, body in receiver.requests)
    assert parse_qs(command.decode())["text"] == ["now"]
    assert json.loads(parse_qs(interaction.decode())["payload"][0])["type"] == "shortcut"
    assert json.loads(event)["event"]["text"] == "hello"
    kinds = [headers["CONTENT_TYPE"].partition(";")[0] for headers, _ in receiver.requests]
    assert kinds == ["application/x-www-form-urlencoded"] * 2 + ["application/json"]


def test_a_request_url_given_from_the_start_needs_no_handshake() -> None:
    receiver = Receiver()
    with served(receiver) as root, Sandbox(request_url=root) as sandbox:
        sandbox.invite("ana").types("/rota")
    assert len(receiver.requests) == 1


def test_plain_text_in_the_answer_is_shown_to_the_person(receiver: Receiver, ana: Person) -> None:
    receiver.answer = lambda _number, _body: ("200 OK", b"Working on it")
    ana.types("/rota")
    assert ana.last().text == "Working on it"
    assert ana.last().only_you


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error"])
def test_any_other_status_fails_the_command(receiver: Receiver, ana: Person, status: str) -> None:
    receiver.answer = lambda _number, _body: (status, b"")
    ana.types("/rota")
    assert ana.last().text == '/rota failed with the error "dispatch_failed"'


def test_an_answer_that_slack_cannot_show_fails_the_command(receiver: Receiver, ana: Person) -> None:
    receiver.answer = lambda _number, _body: ("200 OK", b'{"blocks": [{"type": "header"}]}')
    ana.types("/rota")
    assert ana.last().text == '/rota failed with the error "invalid_command_response"'


def test_a_late_command_shows_operation_timeout() -> None:
    receiver = Receiver()

    def late(_number: int, _body: bytes) -> tuple[str, bytes]:
        time.sleep(0.4)
        return "200 OK", b"too late"

    receiver.answer = late
    with Sandbox(times=Times(ack=0.1)) as sandbox, served(receiver) as root:
        sandbox.set_request_url(root)
        ana = sandbox.invite("ana")
        ana.types("/rota")
        assert [shown.text for shown in ana.sees()] == ['/rota failed with the error "operation_timeout"']


def test_a_request_url_has_to_give_the_challenge_back(sandbox: Sandbox) -> None:
    def deaf(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"what?"]

    with served(deaf) as root, pytest.raises(ValueError, match="challenge"):
        sandbox.set_request_url(root)


def test_a_failed_event_is_retried_until_it_is_taken(receiver: Receiver, ana: Person) -> None:
    receiver.answer = lambda number, _body: ("200 OK" if number == 3 else "500 Oops", b"")
    ana.types("hello")
    until(lambda: len(receiver.requests) == 3)
    retries = [
        (headers.get("X_SLACK_RETRY_NUM"), headers.get("X_SLACK_RETRY_REASON")) for headers, _ in receiver.requests
    ]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({json.loads(body)["event_id"] for _, body in receiver.requests}) == 1


def test_an_event_is_given_up_after_three_retries(receiver: Receiver, ana: Person) -> None:
    receiver.answer = lambda _number, _body: ("500 Oops", b"")
    ana.types("hello")
    until(lambda: len(receiver.requests) == 4)
    receiver.answer = lambda _number, _body: ("200 OK", b"")
    ana.types("another")
    until(lambda: len(receiver.requests) > 4)
    texts = [json.loads(body)["event"]["text"] for _, body in receiver.requests]
    assert texts == ["hello"] * 4 + ["another"]


def test_the_delays_between_retries_are_slacks() -> None:
    assert Times().event_retries == (0.0, 60.0, 300.0)

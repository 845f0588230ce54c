"""A slash command from the person's key to the answer on the screen, and how many of them a second."""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from bot.deps import system_clock
from bot.manifest import manifest
from bot.sandbox import Sandbox
from bot.sandbox.sample import write_spreadsheets
from tests.bench.report import percentile, say, spread, timed

COMMANDS = 300
ROUNDS = 3
CLIENTS = 8
PER_CLIENT = 150


def run() -> None:
    """Prints the rows."""
    latencies: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    rates: defaultdict[str, list[float]] = defaultdict(list)
    # By turns, so that a machine that slows down meanwhile slows both down.
    for _ in range(ROUNDS):
        with _workplace() as (sandbox, port):
            _measure("ours", sandbox, port, latencies, rates)
            answers = _answers(sandbox, port)
        with _workplace(answers) as (sandbox, port):
            _measure("bare", sandbox, port, latencies, rates)
    for command, what in (
        ("/swap", "/swap, from typing to its form"),
        ("/shifts", "/shifts, from typing to its answer"),
    ):
        ours, bare = latencies["ours", command], latencies["bare", command]
        p99 = f"{percentile(ours, 0.99):.1f} ms"
        say(
            f"{command}, {what}",
            spread(ours),
            spread(bare),
            median(ours) / median(bare),
            f"≤ 2, p99 ≤ 50 ms: {p99}",
        )
    rate = {name: median(each) for name, each in rates.items()}
    say(
        "/shifts over HTTP, one process",
        f"{rate['ours']:.0f} commands/s",
        f"{rate['bare']:.0f} commands/s",
        rate["ours"] / rate["bare"],
        "≥ 0.40, no failures",
    )


def _measure(
    name: str,
    sandbox: Sandbox,
    port: int,
    latencies: defaultdict[tuple[str, str], list[float]],
    rates: defaultdict[str, list[float]],
) -> None:
    for command in ("/shifts", "/swap"):
        latencies[name, command] += _latencies(sandbox, command)
    rates[name].append(_rate(sandbox, port))


def _answers(sandbox: Sandbox, port: int) -> dict[str, str]:
    """What the bare app is to answer: the same message and the same form."""
    message = _post(http.client.HTTPConnection("127.0.0.1", port), sandbox, _command(sandbox))
    form = sandbox.person("ana").sees_modal("Swap a shift")
    view: dict[str, Any] = {"type": "modal", "blocks": form.blocks}
    for part, label in (("title", form.title), ("submit", form.submit_label), ("close", form.close_label)):
        if label:
            view[part] = {"type": "plain_text", "text": label}
    return {"BENCH_MESSAGE": message.decode(), "BENCH_VIEW": json.dumps(view)}


@contextmanager
def _workplace(answers: dict[str, str] | None = None) -> Iterator[tuple[Sandbox, int]]:
    """A sandbox with an agent and an app: ours with the sample schedule, or the bare one with its answers."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}/slack/events"
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(manifest(f"http://127.0.0.1:{port}"), rates="off") as sandbox,
    ):
        sandbox.invite("Ana", email="ana@example.com", tz="Europe/Madrid")
        environment = {
            **os.environ,
            "SLACK_API_URL": sandbox.api_url,
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_SIGNING_SECRET": sandbox.signing_secret,
            "FLOORWALKER_PORT": str(port),
            "FLOORWALKER_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        }
        if answers is None:
            people, shifts = write_spreadsheets(Path(folder), system_clock().date())
            for kind, file in (("people", people), ("shifts", shifts)):
                command = ["floorwalker", "import", kind, str(file)]
                subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            command = ["floorwalker", "serve", "--http"]
        else:
            environment |= answers
            options = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "16"]
            command = [sys.executable, "-m", "tests.bench.bare_app", *options, "tests.bench.bare_app:create()"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            try:
                _wait_for(port)
                sandbox.set_request_url(url)
                yield sandbox, port
            finally:
                process.terminate()


def _latencies(sandbox: Sandbox, command: str) -> list[float]:
    ana = sandbox.person("ana")
    for _ in range(20):
        ana.types(command)
    return [timed(lambda: ana.types(command)) for _ in range(COMMANDS)]


def _rate(sandbox: Sandbox, port: int) -> float:
    """Commands per second that several clients get answered; stops where one is refused."""
    answered: list[bytes] = []
    body = _command(sandbox)

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        answered.extend(_post(connection, sandbox, body) for _ in range(PER_CLIENT))

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    if len([answer for answer in answered if b"Your shifts" in answer]) != CLIENTS * PER_CLIENT:
        raise SystemExit("some commands failed")
    return len(answered) / seconds


def _command(sandbox: Sandbox) -> str:
    return urlencode(
        {
            "command": "/shifts",
            "text": "",
            "team_id": sandbox.team_id,
            "user_id": sandbox.user_id("ana"),
            "channel_id": sandbox.channel_id("#general"),
            "response_url": "https://example.com/none",
            "trigger_id": "1.2.3",
        }
    )


def _post(connection: http.client.HTTPConnection, sandbox: Sandbox, body: str) -> bytes:
    connection.request("POST", "/slack/events", body, _signed(sandbox, body))
    response = connection.getresponse()
    return response.read() if response.status == 200 else b""


def _signed(sandbox: Sandbox, body: str) -> dict[str, str]:
    now = str(int(time.time()))
    signature = SignatureVerifier(sandbox.signing_secret).generate_signature(timestamp=now, body=body)
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": str(signature),
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the app does not start")

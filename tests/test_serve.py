"""The bot and the sandbox as two processes, as somebody starts them from two shells."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.manifest import manifest
from bot.sandbox import Person, Sandbox
from bot.settings import Mode
from tests.workplace import until

ROOT = Path(__file__).parent.parent
WAYS = {
    Mode.SOCKET: "✓ Connection             Socket Mode, and Slack takes the app token\n",
    Mode.HTTP: "✓ Connection             HTTP mode, as it is served now\n",
}
PEOPLE = "email,name,timezone\nana@example.com,Ana Ruiz,Europe/Madrid\n"


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


class Shell:
    """A directory and an environment in which ``floorwalker`` is run."""

    def __init__(self, folder: Path, slack: str, **settings: str) -> None:
        self.folder, self.port = folder, free_port()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK", "FLOOR"))}
        self.environment = inherited | {
            "SLACK_API_URL": f"{slack}/api/",
            "SLACK_BOT_TOKEN": Sandbox.bot_token,
            "SLACK_APP_TOKEN": Sandbox.app_token,
            "SLACK_SIGNING_SECRET": Sandbox.signing_secret,
            "FLOORWALKER_PORT": str(self.port),
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        self.process: subprocess.Popen[str]

    @contextmanager
    def starts(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """A process that runs as long as the context does."""
        command = [sys.executable, "-m", "bot", *arguments]
        with (self.folder / f"{arguments[0]}.log").open("w") as log:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=log, stderr=subprocess.STDOUT, text=True
            )
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.terminate()
                process.wait()

    def runs(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What a command says before it ends."""
        command = [sys.executable, "-m", "bot", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def log(self, command: str) -> list[dict[str, Any]]:
        """What a process of this command has logged."""
        lines = (self.folder / f"{command}.log").read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def health(self, host: str = "127.0.0.1") -> tuple[int, dict[str, Any]]:
        """Status and report of the health check, 0 while nobody answers."""
        try:
            response = requests.get(f"http://{host}:{self.port}/healthz", timeout=10)
        except requests.ConnectionError:
            return 0, {}
        return response.status_code, response.json()

    def stops(self, process: subprocess.Popen[str]) -> int:
        """The exit code after being told to stop."""
        process.send_signal(signal.SIGTERM)
        return process.wait()


def on(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def alive(check: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Wait for something as long as the process runs."""
    until(lambda: check() or process.poll() is not None)
    assert process.poll() is None


@pytest.mark.parametrize("mode", list(Mode))
def test_a_person_is_answered_by_a_bot_in_another_shell(tmp_path: Path, mode: Mode) -> None:
    slack = free_port()
    shell = Shell(tmp_path, on(slack))
    way = () if mode is Mode.SOCKET else ("--request-url", f"{on(shell.port)}/slack/events")
    (tmp_path / "people.csv").write_text(PEOPLE)
    with shell.starts("sandbox", "--port", str(slack), *way) as sandbox:
        alive(lambda: answers(f"{on(slack)}/sandbox/people"), sandbox)
        assert shell.runs("import", "people", "people.csv").returncode == 0
        with shell.starts("serve", f"--{mode.value}") as bot:
            alive(lambda: shell.health()[0] == 200, bot)
            assert WAYS[mode] in shell.runs("doctor").stdout
            ana = Person(on(slack), "ana")
            ana.types("/shifts")
            assert ana.last().text.startswith("You have no shifts")
            assert ana.last().only_you

            second = shell.runs("serve", f"--{mode.value}")
            assert second.returncode == 1
            assert "Another process serves this SQLite file" in second.stderr
            assert shell.stops(bot) == 0
        assert shell.stops(sandbox) == 0


def answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=10).ok
    except requests.ConnectionError:
        return False


def test_a_bot_that_starts_before_slack_connects_when_it_is_there(tmp_path: Path) -> None:
    slack = free_port()
    shell = Shell(tmp_path, on(slack))
    with shell.starts("serve", "--socket") as bot:
        alive(lambda: shell.health()[0] == 503, bot)
        assert shell.health()[1] == {"ok": False, "database": True, "sockets": 0}
        with Sandbox(manifest(), port=slack) as sandbox:
            sandbox.invite("zoe")
            alive(lambda: shell.health()[0] == 200, bot)
            zoe = sandbox.person("zoe")
            zoe.types("/shifts")
            assert zoe.last().text.startswith("You are not on the roster yet")
            assert shell.stops(bot) == 0


@pytest.mark.parametrize("mode", list(Mode))
def test_a_bot_that_nobody_told_how_to_serve_says_what_it_takes(tmp_path: Path, mode: Mode) -> None:
    way = {"SLACK_APP_TOKEN": ""} if mode is Mode.HTTP else {}
    shell = Shell(tmp_path, on(free_port()), **way)
    with shell.starts("serve") as bot:
        alive(lambda: shell.health()[0] != 0, bot)
        [ready] = [line for line in shell.log("serve") if line["event"] == "ready"]
        chosen = [line for line in shell.log("serve") if "serve --http chooses HTTP mode" in line["event"]]
        assert shell.stops(bot) == 0
    here = "127.0.0.1" if mode is Mode.SOCKET else "0.0.0.0"
    assert (ready["mode"], ready["listens"]) == (mode.value, f"{here}:{shell.port}")
    assert len(chosen) == (mode is Mode.SOCKET)


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has more than one address of its own without being told"
)
@pytest.mark.parametrize(("host", "reached"), [("", False), ("0.0.0.0", True)])
def test_a_bot_in_socket_mode_is_found_from_outside_only_where_that_was_said(
    tmp_path: Path, host: str, reached: bool
) -> None:
    shell = Shell(tmp_path, on(free_port()), FLOORWALKER_HOST=host)
    with shell.starts("serve", "--socket") as bot:
        alive(lambda: shell.health()[0] == 503, bot)
        assert (shell.health("127.0.0.2")[0] == 503) is reached
        assert shell.stops(bot) == 0


@pytest.mark.parametrize("mode", list(Mode))
def test_what_is_being_answered_is_answered_before_the_bot_stops(tmp_path: Path, mode: Mode) -> None:
    with Sandbox(manifest()) as sandbox:
        shell = Shell(tmp_path, sandbox.url)
        sandbox.invite("zoe")
        zoe = sandbox.person("zoe")
        with shell.starts("serve", f"--{mode.value}") as bot:
            alive(lambda: shell.health()[0] == 200, bot)
            if mode is Mode.HTTP:
                sandbox.set_request_url(f"{on(shell.port)}/slack/events")
            zoe.types("/shifts")
            sandbox.faults.latency(1, "users.info", times=1)
            asking = threading.Thread(target=lambda: zoe.types("/shifts help"))
            asking.start()
            until(lambda: not sandbox.faults.listed())  # the bot is asking Slack who that is
            assert shell.stops(bot) == 0
            asking.join()
        assert [shown.text[:31] for shown in zoe.sees()] == ["You are not on the roster yet, "] * 2


def test_a_token_that_slack_refuses_ends_the_bot_at_once(tmp_path: Path) -> None:
    with Sandbox(manifest()) as sandbox:
        shell = Shell(tmp_path, sandbox.url, SLACK_BOT_TOKEN="xoxb-of-somebody-else")
        done = shell.runs("serve", "--socket")
    assert done.returncode == 1
    assert "Slack refuses: invalid_auth." in done.stderr
    assert "Traceback" not in done.stderr
    assert "xoxb-of-somebody-else" not in done.stderr + done.stdout

"""The bot and the sandbox as two processes, as somebody starts them from two shells."""

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

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status and report of the health check, 0 while nobody answers."""
        try:
            response = requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=10)
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

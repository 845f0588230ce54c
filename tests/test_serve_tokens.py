"""A bot whose tokens Slack does not take says which one, and ends."""

from pathlib import Path

from bot.manifest import manifest
from bot.sandbox import Sandbox
from tests.test_serve import Shell, alive, free_port, on
from tests.workplace import until

WRONG = "xapp-of-somebody-else"


def test_an_app_token_that_slack_refuses_ends_the_bot_at_once(tmp_path: Path) -> None:
    with Sandbox(manifest()) as sandbox:
        done = Shell(tmp_path, sandbox.url, SLACK_APP_TOKEN=WRONG).runs("serve", "--socket")
    assert done.returncode == 1
    assert "Slack refuses SLACK_APP_TOKEN: invalid_auth." in done.stderr
    assert "connections:write" in done.stderr
    assert "Traceback" not in done.stderr
    assert WRONG not in done.stderr + done.stdout


def test_an_app_token_that_slack_refuses_once_it_is_there_ends_a_bot_that_waited_for_it(tmp_path: Path) -> None:
    slack = free_port()
    shell = Shell(tmp_path, on(slack), SLACK_APP_TOKEN=WRONG)
    with shell.starts("serve", "--socket") as bot:
        alive(lambda: shell.health()[0] == 503, bot)
        with Sandbox(manifest(), port=slack):
            until(lambda: bot.poll() is not None)
        assert bot.returncode == 1
    said = (tmp_path / "serve.log").read_text()
    assert "Slack refuses SLACK_APP_TOKEN by now" in said
    assert '"code": "invalid_auth"' in said
    assert "Traceback" not in said
    assert WRONG not in said


def test_slack_having_trouble_does_not_end_the_bot(tmp_path: Path) -> None:
    with Sandbox(manifest()) as sandbox:
        shell = Shell(tmp_path, sandbox.url)
        sandbox.faults.status(503, "apps.connections.open", times=2)
        sandbox.faults.fatal_error("apps.connections.open", times=2)
        with shell.starts("serve", "--socket") as bot:
            alive(lambda: shell.health()[0] == 200, bot)
            assert shell.stops(bot) == 0

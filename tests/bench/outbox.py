"""The outbox: messages a second against a distant Slack, and against Slack's rate limits."""

import logging
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import structlog
from slack_sdk import WebClient
from sqlalchemy import select

from bot.actions.outbox import tell
from bot.app import build_sender
from bot.deps import Deps, new_id, system_clock
from bot.sandbox import Sandbox
from bot.settings import Settings
from jobs.outbox_turn import Times
from storage.db import Sessions, open_engine
from storage.migrate import upgrade
from storage.tables import Lane
from tests.bench.report import say, timed
from tests.outbox.office import WORD, cards_of_tests

LATENCY = 0.05
THREADS = 8
CHANNELS = 40
EACH = 10
PACED_CHANNELS = 10
PACED_EACH = 6


def run() -> None:
    """Prints both rows."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    ours, bare = _distant()
    say(
        "messages a second, Slack 50 ms away",
        f"{ours:.0f}/s through the outbox, {THREADS} threads",
        f"{bare:.0f}/s by a bare loop of chat.postMessage over as many",
        ours / bare,
        "as near to 1 as can be",
    )
    rate = _paced()
    say(
        f"messages a second to {PACED_CHANNELS} channels, Slack's limits on",
        f"{rate:.1f}/s",
        f"{PACED_CHANNELS}/s are allowed",
        rate / PACED_CHANNELS,
        "1, none refused",
    )


def _distant() -> tuple[float, float]:
    number = CHANNELS * EACH
    with _workplace("off", CHANNELS) as (sandbox, deps, channels):
        sandbox.faults.latency(LATENCY)
        _tell(deps, sandbox.team_id, channels, EACH)
        ours = timed(lambda: _send(deps, Times(pace=0)))
        slack = WebClient(sandbox.bot_token, sandbox.api_url)
        with ThreadPoolExecutor(THREADS) as pool:
            posts = [channel for channel in channels for _ in range(EACH)]
            bare = timed(lambda: list(pool.map(lambda to: slack.chat_postMessage(channel=to, text="x"), posts)))
    return number * 1000 / ours, number * 1000 / bare


def _paced() -> float:
    """The first message of a channel goes at once, so it takes one second less than there are."""
    with _workplace("slack", PACED_CHANNELS) as (sandbox, deps, channels):
        _tell(deps, sandbox.team_id, channels, PACED_EACH)
        milliseconds = timed(lambda: _send(deps, Times()))
        return PACED_CHANNELS * (PACED_EACH - 1) * 1000 / milliseconds


@contextmanager
def _workplace(rates: str, number: int) -> Iterator[tuple[Sandbox, Deps, list[str]]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox(rates="slack" if rates == "slack" else "off", burst=1) as sandbox,
    ):
        channels = [sandbox.channel(f"#c{each}", bot=True) for each in range(number)]
        engine = open_engine(f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine)
        settings = Settings(SLACK_BOT_TOKEN=sandbox.bot_token, SLACK_API_URL=sandbox.api_url)
        deps = Deps(settings, Sessions(engine), WebClient(), system_clock, new_id)
        yield sandbox, deps, channels
        deps.sessions.close()


def _tell(deps: Deps, workspace_id: str, channels: list[str], each: int) -> None:
    with deps.sessions.write(workspace_id) as session:
        for channel in channels:
            for number in range(each):
                tell(session, deps, to=channel, card=WORD, facts={"says": "x"}, key=f"{channel}:{number}")


def _send(deps: Deps, times: Times) -> None:
    """Until all is sent."""
    sender = build_sender(deps, cards_of_tests(), times)
    sender.start()
    while _is_waiting(deps):
        time.sleep(0.02)
    sender.close()


def _is_waiting(deps: Deps) -> bool:
    with deps.sessions.engine.connect() as connection:
        return connection.scalar(select(Lane.lane).where(Lane.next_at.is_not(None)).limit(1)) is not None

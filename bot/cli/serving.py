"""``floorwalker serve`` and ``floorwalker run-jobs``."""

import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit

import structlog
import typer
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.actions.workspace import meet_workspace
from bot.app import JOBS
from bot.cli.common import fail, opened, print_lines
from bot.connectors.tokens import refusal, try_app_token
from bot.deps import system_clock
from bot.logs import set_up_logs
from bot.settings import Mode, Settings, load_settings
from jobs.scheduler import Clockwork, Ran
from storage.jobs import Outcome

log = structlog.get_logger()

_PATIENCE_SECONDS = 10
_APP_TOKEN_HINT = "It must be an app-level token of this app, with connections:write."


def serve(
    socket: Annotated[bool, typer.Option("--socket", help="Socket Mode: Slack needs no way in.")] = False,
    http: Annotated[bool, typer.Option("--http", help="Slack sends requests to POST /slack/events.")] = False,
) -> None:
    """Serve the workspace; the tokens that are there decide between Socket Mode and HTTP if nothing is said."""
    from bot.web import AlreadyServed, AppTokenRefused  # gunicorn is needed by this command only
    from bot.web import serve as serve_site

    if socket and http:
        fail("Say --socket or --http, not both.", code=2)
    settings = load_settings()
    mode = settings.mode(Mode.SOCKET if socket else Mode.HTTP if http else None)
    set_up_logs()
    if settings.signing_secret and mode is Mode.SOCKET and not socket:
        log.info("serves in Socket Mode, because there is an app token; serve --http chooses HTTP mode")
    with opened(settings) as deps:
        try:
            meet_workspace(deps)
        except SlackApiError:
            raise
        except (SlackClientError, OSError):
            typer.echo("Slack cannot be reached yet; waiting for it.", err=True)
    if mode is Mode.SOCKET:
        _demand_app_token(settings)
    try:
        serve_site(settings, mode)
    except AlreadyServed:
        fail("Another process serves this SQLite file. Stop it first, or use PostgreSQL for several.")
    except AppTokenRefused:
        fail("Slack refuses SLACK_APP_TOKEN by now; the log says why.", _APP_TOKEN_HINT)


def _demand_app_token(settings: Settings) -> None:
    """Ends the process where the token will never do; what may pass is tried again for as long as it serves."""
    token = settings.app_token.get_secret_value() if settings.app_token else ""
    try:
        try_app_token(token, settings.api_url, _PATIENCE_SECONDS)
    except (SlackClientError, OSError) as error:
        word = refusal(error)
        if word:
            fail(f"Slack refuses SLACK_APP_TOKEN: {word}.", _APP_TOKEN_HINT)


def run_jobs(
    at: Annotated[
        str | None, typer.Option(metavar="INSTANT", help="As if it were this time, such as 2026-12-01T03:00Z.")
    ] = None,
) -> None:
    """Run what is due, once, and print what ran; exit code 1 if something was not done."""
    settings = load_settings()
    moment = _instant(at, settings) if at else None
    set_up_logs()
    with opened(settings, patient=True) as deps:
        meet_workspace(deps)
        Clockwork(deps, JOBS).meet()  # before the clock is moved: a job begins with its next period
        deps = replace(deps, clock=lambda: moment) if moment else deps
        with closing(Clockwork(deps, JOBS)) as clockwork:
            ran = clockwork.run_due()
    print_lines(map(_ran_line, ran) if ran else ["Nothing was due."])
    if any(each.outcome is not Outcome.DONE for each in ran):
        sys.exit(1)


def _instant(text: str, settings: Settings) -> datetime:
    try:
        instant: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        fail(f"--at {text}: expected an instant with its zone, such as 2026-12-01T03:00Z", code=2)
    host = urlsplit(settings.api_url).hostname or ""
    if instant > system_clock() and f".{host}".endswith((".slack.com", ".slack-gov.com")):
        fail(f"--at {text} is in the future: that can only be played against the sandbox.", code=2)
    return instant


def _ran_line(ran: Ran) -> str:
    how = "done" if ran.outcome is Outcome.DONE else f"not done; the log says why under {ran.reference}"
    return f"{ran.workspace_id}  {ran.job}  {ran.period}  {how}"

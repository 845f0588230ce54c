"""``floorwalker doctor``."""

import sys
from http.client import HTTPException

import typer
from slack_sdk.errors import SlackClientError

from bot.actions.health import health, only_workspace
from bot.app import build_deps
from bot.cli.common import print_lines
from bot.deps import Deps
from bot.domain.health import Check
from bot.settings import load_settings
from bot.views.health import summary

_MARKS = {True: "✓", False: "✗", None: "–"}


def doctor() -> None:
    """Look whether everything is as it should be, and say what to do about the rest; exit code 1 if not."""
    deps = build_deps(load_settings())
    try:
        checks = health(deps, _workspace(deps))
    finally:
        deps.sessions.close()
    width = max(len(each.name) for each in checks)
    for each in checks:
        print_lines(_lines(each, width))
    typer.echo(f"\n{summary(checks)}")
    if any(each.ok is False for each in checks):
        sys.exit(1)


def _workspace(deps: Deps) -> str | None:
    try:
        return str(deps.slack.auth_test()["team_id"])
    except (SlackClientError, OSError, HTTPException):
        return only_workspace(deps)


def _lines(check: Check, width: int) -> list[str]:
    """What was found, and below it what to do."""
    found = f"{_MARKS[check.ok]} {check.name:<{width}}  {check.found}"
    return [found, f"  {'':<{width}}  → {check.advice}"] if check.advice else [found]

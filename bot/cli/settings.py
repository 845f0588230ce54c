"""``floorwalker settings``."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from bot.actions.settings import Preferences, preferences
from bot.actions.settings_change import BadSetting, change_settings
from bot.actions.settings_scopes import UnknownScope, scope_of
from bot.actions.workspace import channel_name, find_channel, meet_workspace
from bot.cli.common import fail, opened
from bot.deps import Deps
from bot.domain.permissions import OPERATOR, Deed
from bot.settings import load_settings

app = typer.Typer(help="The settings of the workspace, a team or a queue.", no_args_is_help=True)

Team = Annotated[str | None, typer.Option(help="The settings of this team.")]
Queue = Annotated[str | None, typer.Option(help="The settings of this queue.")]


@app.command("get")
def settings_get(
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY]...")] = None,
    team: Team = None,
    queue: Queue = None,
) -> None:
    """Show settings, all or those named."""
    with opened(load_settings()) as deps:
        workspace_id = meet_workspace(deps)
        OPERATOR.require(Deed.READ_SETTINGS)
        with _scoped(), deps.sessions.read(workspace_id) as session:
            preferred = preferences(session, scope_of(session, team, queue))
        unknown = set(keys or ()) - set(Preferences.model_fields)
        if unknown:
            fail(
                f"There is no setting {', '.join(sorted(unknown))}.",
                f"There are {', '.join(Preferences.model_fields)}.",
            )
        _print_settings(deps, preferred, keys or list(Preferences.model_fields))


@app.command("set")
def settings_set(
    values: Annotated[list[str], typer.Argument(metavar="KEY=VALUE...", help="An empty value is the default.")],
    team: Team = None,
    queue: Queue = None,
) -> None:
    """Change settings, all of them or, if one is wrong, none."""
    pairs = dict(value.partition("=")[::2] for value in values)
    bare = [value for value in values if "=" not in value]
    if bare:
        fail(f"{bare[0]}: expected KEY=VALUE, such as time_zone=Europe/Berlin", code=2)
    with opened(load_settings()) as deps:
        workspace_id = meet_workspace(deps)
        for key in pairs.keys() & {"ops_channel", "floor_channel"}:
            pairs[key] = pairs[key] and _channel(deps, pairs[key])
        with _scoped(), deps.sessions.read(workspace_id) as session:
            scope = scope_of(session, team, queue)
        try:
            preferred = change_settings(deps, workspace_id, OPERATOR, scope, pairs)
        except BadSetting as error:
            fail("Nothing was changed.", *(each.words for each in error.problems))
        _print_settings(deps, preferred, list(pairs))


def _print_settings(deps: Deps, preferred: Preferences, keys: list[str]) -> None:
    for key in keys:
        value = getattr(preferred, key)
        shown = channel_name(deps, value) if value and key.endswith("_channel") else _written(value)
        typer.echo(f"{key}={shown or ''}")


def _channel(deps: Deps, name: str) -> str:
    found = find_channel(deps, name)
    if found is None:
        fail(f"“{name}” is no channel that the bot can see. If it is private, invite the bot there first.")
    return found


@contextmanager
def _scoped() -> Iterator[None]:
    try:
        yield
    except UnknownScope as error:
        fail(str(error))


def _written(value: Any) -> str:
    """A value as it can be typed."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return ";".join(value)
        case dict():
            return json.dumps(value) if value else ""
    return str(value)

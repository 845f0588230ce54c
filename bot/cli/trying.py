"""``floorwalker manifest`` and ``floorwalker sandbox``."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail
from bot.deps import system_clock
from bot.manifest import as_yaml, manifest


def print_manifest(
    socket: Annotated[bool, typer.Option("--socket", help="For Socket Mode (the default).")] = False,
    url: Annotated[str | None, typer.Option(help="For HTTP: the public address of the bot.")] = None,
    prefix: Annotated[str, typer.Option(help="Goes before each command, such as cs-.")] = "",
) -> None:
    """Print the app manifest to paste into Slack."""
    if socket and url:
        fail("Say --socket or --url, not both.", code=2)
    if url and not url.startswith("https://"):
        fail(f"--url {url}: expected the public https:// address of the bot.", code=2)
    typer.echo(as_yaml(manifest(url, prefix)), nl=False)


def sandbox(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8010,
    request_url: Annotated[str | None, typer.Option(help="HTTP mode: where the app answers.")] = None,
    any_app: Annotated[
        bool, typer.Option("--any-app", help="For any Bolt app, not with Floorwalker's manifest.")
    ] = False,
    spreadsheets: Annotated[
        Path | None,
        typer.Option(help="Only write the sample people.csv, shifts.csv and volumes.csv into this folder."),
    ] = None,
) -> None:
    """Run a Slack-compatible workspace on this machine, to try the bot or any Bolt app."""
    try:
        from bot.sandbox import sample
        from bot.sandbox import terminal as sandbox_terminal
        from bot.sandbox.sample_volumes import write_volumes
    except ImportError as error:
        fail(f"The sandbox needs {error.name}: install floorwalker[sandbox].")
    if spreadsheets:
        today = system_clock().date()
        for path in (*sample.write_spreadsheets(spreadsheets, today), write_volumes(spreadsheets, today)):
            typer.echo(f"Wrote {path}")
        return
    sandbox_terminal.run(port, None if any_app else manifest(), request_url)

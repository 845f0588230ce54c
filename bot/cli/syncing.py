"""``floorwalker sync``: reads a helpdesk or a knowledge base to its end, as far back as one likes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.actions.connections_read import Overtaken
from bot.actions.connections_sync import Progress as Read
from bot.actions.connections_sync import Synced, read_from, sync
from bot.actions.workspace import meet_workspace
from bot.cli.common import count, fail, opened
from bot.connectors.helpdesk import ToolIsAway, TooManyRequests
from bot.connectors.knowledge_bases import KNOWLEDGE_BASES
from bot.connectors.tools import TOOLS
from bot.deps import Deps, system_clock
from bot.domain.connections import NotConnected
from bot.domain.permissions import OPERATOR
from bot.settings import load_settings

# Whoever else reads is done with a page by then.
_ASIDE_SECONDS = 1.0
_WORDS = {
    "sign-in failed": "It does not let us in any more: sign in again with /floor connect.",
    "wrong key": "What signs in was encrypted with another FLOORWALKER_SECRET_KEY: set that one again.",
    "refused": "It refuses what is asked of it: with --since it is read anew.",
    "gone": "It does not know what is asked for: look in /floor connect whether the address is still right.",
}
_WAITED_FOR = {TooManyRequests.name: "wants to be left alone", ToolIsAway.name: "does not answer"}


def sync_tool(
    tool: Annotated[str, typer.Argument(help=f"One of: {', '.join(TOOLS)}.")],
    since: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Read all that changed since this day (YYYY-MM-DD), also what was read."),
    ] = None,
) -> None:
    """Read what changed in a helpdesk or a knowledge base.

    Interrupted, it goes on where it was when run again without --since.
    """
    kind = tool.lower()
    if kind not in TOOLS:
        fail(f"{tool}: no such tool. There are: {', '.join(TOOLS)}.", code=2)
    start, thing = _day(since) if since else None, "page" if kind in KNOWLEDGE_BASES else "case"
    with opened(load_settings(), patient=True) as deps:
        workspace_id = meet_workspace(deps)
        try:
            if start:
                read_from(deps, workspace_id, OPERATOR, kind, start)
            with _bar(start, deps.clock(), f"{thing}s") as show:
                read = _to_the_end(deps, workspace_id, kind, show)
        except NotConnected:
            fail(f"{TOOLS[kind].name} is not connected. Do that in Slack, with /floor connect.")
    typer.echo(f"{TOOLS[kind].name}: read to the end, {count(read, thing)}.")


def _to_the_end(deps: Deps, workspace_id: str, kind: str, show: Callable[[int, Read], None]) -> int:
    """How many cases or pages were read; waits where it has to."""
    cases = 0
    while True:
        try:
            synced = sync(deps, workspace_id, OPERATOR, kind, progress=partial(show, cases))
        except Overtaken:
            time.sleep(_ASIDE_SECONDS)
            continue
        cases += synced.cases
        if synced.done:
            return cases
        _wait(deps, TOOLS[kind].name, synced)


def _wait(deps: Deps, name: str, synced: Synced) -> None:
    """As long as it is told to; ends the process where waiting helps nothing."""
    because = _WAITED_FOR.get(synced.error or "")
    if because is None or synced.next_at is None:
        fail(_WORDS.get(synced.error or "", f"It cannot be read: {synced.error}."))
    seconds = max((synced.next_at - deps.clock()).total_seconds(), 0) + 0.1
    typer.echo(f"{name} {because}. I go on in {seconds:.0f} s.", err=True)
    time.sleep(seconds)


@contextmanager
def _bar(start: datetime | None, now: datetime, things: str) -> Iterator[Callable[[int, Read], None]]:
    """How far it has come on the way from the start until now, and how many cases or pages that were."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn(f"{{task.fields[cases]}} {things}"))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        whole = (now - start).total_seconds() if start else None
        task = bars.add_task("Reading", total=whole, cases=0)

        def show(before: int, read: Read) -> None:
            come = (read.until - start).total_seconds() if start and read.until else 0
            # Not every tool tells it in the order of time.
            bars.update(task, completed=max(come, bars.tasks[0].completed), cases=before + read.cases)

        yield show


def _day(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--since {text}: expected a day, such as 2026-10-01", code=2)
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    if found > system_clock():
        fail(f"--since {text} is in the future.", code=2)
    return found

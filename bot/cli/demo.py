"""``floorwalker demo``: a working day on this machine."""

import errno
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bot.cli.common import fail
from bot.deps import system_clock
from bot.logs import set_up_logs

_FOLDER = Path("floorwalker-demo")
_LOG = "floorwalker.log"


def demo(
    port: Annotated[int, typer.Option(min=0, max=65534, help="The page's port; 0 takes a free one.")] = 8010,
    tour: Annotated[
        bool, typer.Option("--tour", help="Play a working day here in the terminal, and end.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget what was done before, and begin anew.")] = False,
    folder: Annotated[Path, typer.Option(help="Where it is kept until the next start.")] = _FOLDER,
) -> None:
    """Try Floorwalker on this machine: a Slack-like page with a sample team, and the bot at work in it."""
    try:
        from bot.demo import prelude, stage
        from bot.demo.greeting import greeting
        from bot.demo.tour import opening, play
        from bot.sandbox.keeping import NotKept
        from bot.web import AlreadyServed
    except ImportError as error:
        fail(f"The demo needs {error.name}: install floorwalker[sandbox].")
    if tour:
        with TemporaryDirectory() as there:
            set_up_logs(Path(there) / _LOG)
            with stage.staged(Path(there), at=opening(system_clock())) as staged:
                happened = play(staged, typer.echo)
        sys.exit(0 if happened else 1)

    def begin(staged: stage.Stage) -> None:
        typer.echo("The sample team comes in …")
        prelude.play(staged)

    told_to_end = False

    def end(_number: int, _frame: object) -> None:
        nonlocal told_to_end
        # Python drops an exception that comes in the midst of a finalizer.
        told_to_end = True
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    folder.mkdir(parents=True, exist_ok=True)
    set_up_logs(folder / _LOG)
    try:
        with suppress(KeyboardInterrupt), stage.staged(folder, port, fresh=fresh, begin=begin) as staged:
            typer.echo(greeting(staged, folder))
            while not told_to_end:
                time.sleep(1)
    except AlreadyServed:
        fail(f"A demo runs in {folder} already. Stop it first, or say --folder for another one.")
    except NotKept as problem:
        fail(f"{problem}. Say --fresh to begin anew.")
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        fail(f"Port {port} or {port + 1} is in use. Say --port for another one; 0 takes any that is free.")

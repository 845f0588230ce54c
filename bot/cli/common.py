"""What every command needs: the outside world opened, and a way to say no."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from bot.app import build_deps
from bot.deps import Deps
from bot.settings import Settings
from storage.migrate import check, upgrade


@contextmanager
def opened(settings: Settings, *, patient: bool = False) -> Iterator[Deps]:
    """Everything from outside, with the database up to date; an SQLite file is brought up by itself."""
    deps = build_deps(settings, patient=patient)
    engine = deps.sessions.engine
    try:
        if engine.dialect.name == "sqlite":
            upgrade(engine)
        elif behind := check(engine):
            fail("The database is not up to date. Run: floorwalker db upgrade", *behind)
        yield deps
    finally:
        deps.sessions.close()


def print_lines(lines: Iterable[str]) -> None:
    """Prints each line."""
    for line in lines:
        typer.echo(line)


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 problem", "2 problems"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fail(*lines: str, code: int = 1) -> NoReturn:
    """Says why on standard error, and ends the process."""
    for line in lines:
        typer.echo(line, err=True)
    sys.exit(code)

"""150 people and eight weeks of shifts, from the file to the schedule."""

import csv
import sqlite3
import tempfile
from datetime import date, timedelta
from pathlib import Path

from slack_sdk import WebClient

from bot.actions.people_import import import_people
from bot.actions.shifts_import import import_shifts
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps, new_id, system_clock
from bot.domain import people_import, shifts_import
from bot.domain.permissions import OPERATOR
from bot.settings import Settings
from storage.db import Sessions, open_engine
from storage.migrate import upgrade
from tests.bench.report import say, timed

PEOPLE = 150
WEEKS = 8
MONDAY = date(2026, 11, 23)


def run() -> None:
    """Prints the row."""
    with tempfile.TemporaryDirectory() as folder:
        people, shifts = _write(Path(folder))
        engine = open_engine(f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine)
        deps = Deps(Settings(), Sessions(engine), WebClient(), system_clock, new_id)
        rows = read_table(people.name, people, people_import.REQUIRED)
        import_people(deps, "T1", OPERATOR, rows, [], files=people.name, dry_run=False)
        ours = timed(lambda: _import(deps, shifts))
        deps.sessions.close()
        bare = timed(lambda: _load(Path(folder) / "bare.sqlite3", shifts))
    number = PEOPLE * WEEKS * 5
    say(
        f"{number} shifts imported (undoable, audited)",
        f"{ours / 1000:.1f} s",
        f"{bare:.0f} ms for the plain rows into SQLite",
        ours / bare,
        "seconds",
    )


def _import(deps: Deps, file: Path) -> None:
    import_shifts(
        deps,
        "T1",
        OPERATOR,
        read_table(file.name, file, shifts_import.REQUIRED),
        files=file.name,
        replaced=None,
        dry_run=False,
        progress=lambda _done, _steps: None,
    )


def _load(database: Path, file: Path) -> None:
    with sqlite3.connect(database) as connection, file.open(newline="") as lines:
        connection.execute("CREATE TABLE shift (email, date, start, end, timezone, queue, note)")
        reader = csv.reader(lines)
        next(reader)
        connection.executemany("INSERT INTO shift VALUES (?, ?, ?, ?, ?, ?, ?)", reader)
    connection.close()


def _write(folder: Path) -> tuple[Path, Path]:
    people, shifts = folder / "people.csv", folder / "shifts.csv"
    emails = [f"agent{number:03}@example.com" for number in range(PEOPLE)]
    with people.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(people_import.COLUMNS[:2])
        writer.writerows([email, email.partition("@")[0]] for email in emails)
    with shifts.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(shifts_import.COLUMNS)
        for day in range(WEEKS * 7):
            if day % 7 < 5:
                on = (MONDAY + timedelta(days=day)).isoformat()
                writer.writerows([email, on, "09:00", "17:00", "Europe/Berlin", "voice", ""] for email in emails)
    return people, shifts

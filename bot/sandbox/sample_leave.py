"""The leave of the sample team: what they have of it, who takes some, and who asks for some."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.sandbox.sample import WORKERS, schedule_start

LEAVE_COLUMNS = "email,kind,days,on,expires,reason"
# What they have left of this year's, in turns, and of work at weekends.
_DAYS, _IN_LIEU = (14, 9, 17.5, 6, 11), ("eva", "marek", "vera")


@dataclass(frozen=True, slots=True)
class Wish:
    """Days of the schedule, counted from its start, that somebody asks for; ``approved_by`` None: they wait."""

    handle: str
    first: int
    last: int
    approved_by: str | None = None


# All of it where nobody of them has shifts, so that the plan of the sample stays as it is.
WISHES = (
    Wish("nora", 17, 18, "ben"),
    Wish("marek", 42, 46, "mina"),
    Wish("pia", 42, 43, "mina"),
    Wish("lucia", 44, 46),
    Wish("jonah", 56, 60),
)
STOCKTAKING = (56, 58)  # nobody goes then who does not have to
MOST_AWAY = 2  # of one team at once


def write_leave(folder: Path, today: date) -> Path:
    """Write `leave.csv`: what everybody on the floor has left as the schedule begins."""
    path = folder / "leave.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(LEAVE_COLUMNS.split(","))
        writer.writerows(_lines(schedule_start(today)))
    return path


def _lines(start: date) -> Iterator[list[str]]:
    on, expires = start.isoformat(), (start + timedelta(days=120)).isoformat()
    # Nora brings it in, and nobody says what they have themselves.
    others = [worker for worker in WORKERS if worker.role in ("agent", "lead", "coordinator")]
    for number, worker in enumerate(each for each in others if each.joins is None):
        yield [worker.email, "paid leave", f"{_DAYS[number % len(_DAYS)]:g}", on, "", ""]
        if worker.handle in _IN_LIEU:
            yield [worker.email, "time in lieu", "1", on, expires, ""]

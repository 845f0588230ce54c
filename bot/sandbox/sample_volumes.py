"""The contacts that the sample team has had lately."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

VOLUME_COLUMNS = "interval_start,queue,offered,aht_seconds"
WEEKS = 8
_OPENS, _CLOSES = 8, 20
# Contacts per half hour on a usual day at its busiest, and the seconds that each takes.
_QUEUES = {"voice": (8.5, 250), "chat": (4.5, 400), "email": (5.0, 330)}
# How busy an hour is, from opening to closing.
_DAY = (0.6, 0.85, 1.0, 0.95, 0.7, 0.75, 0.95, 0.9, 0.75, 0.6, 0.45, 0.35)
# On Thursdays the newsletter goes out, and people answer in the afternoon.
_WEEK = (1.05, 1.0, 0.95, 1.0, 0.95, 0.3, 0.0)
_NEWSLETTER, _ANSWERED, _MORE = 3, range(14, 16), 1.6


def write_volumes(folder: Path, today: date) -> Path:
    """Write `volumes.csv`: eight weeks of half hours up to yesterday, as many each time."""
    path = folder / "volumes.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(VOLUME_COLUMNS.split(","))
        writer.writerows(_lines(today))
    return path


def _lines(today: date) -> Iterator[list[str]]:
    for back in range(WEEKS * 7, 0, -1):
        day = today - timedelta(days=back)
        chance = Random(back)
        for queue, (most, seconds) in _QUEUES.items():
            for half in range(2 * (_CLOSES - _OPENS)):
                hour = _OPENS + half // 2
                usual = most * _WEEK[day.weekday()] * _DAY[half // 2]
                if queue == "voice" and day.weekday() == _NEWSLETTER and hour in _ANSWERED:
                    usual *= _MORE
                offered = round(usual * chance.uniform(0.8, 1.2))
                clock = f"{hour:02}:{30 * (half % 2):02}"
                yield [
                    f"{day.isoformat()} {clock}",
                    queue,
                    str(offered),
                    f"{seconds * chance.uniform(0.9, 1.1):.0f}",
                ]

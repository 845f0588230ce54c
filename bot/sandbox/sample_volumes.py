"""The contacts that the sample team has had lately."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

VOLUME_COLUMNS = (
    "interval_start,queue,offered,aht_seconds,answered,answered_in_target,abandoned,abandoned_in_target"
)
WEEKS = 8
_OPENS, _CLOSES = 8, 20
# Contacts per half hour on a usual day at its busiest, and the seconds that each takes.
_QUEUES = {"voice": (8.5, 250), "chat": (4.5, 400), "email": (5.0, 330)}
# Where somebody waits for an answer, and may give up.
_LIVE, _UNKNOWN = frozenset({"voice", "chat"}), [""] * 4
# How busy an hour is, from opening to closing.
_DAY = (0.6, 0.85, 1.0, 0.95, 0.7, 0.75, 0.95, 0.9, 0.75, 0.6, 0.45, 0.35)
# On Thursdays the newsletter goes out, and people answer in the afternoon.
_WEEK = (1.05, 1.0, 0.95, 1.0, 0.95, 0.3, 0.0)
_NEWSLETTER, _ANSWERED, _MORE = 3, range(14, 16), 1.6
# The last one had a wrong price in it, which took a while to explain.
_WRONG, _WORSE, _LONGER = range(10, 18), 1.6, 1.12


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
        chance, luck = Random(back), Random(1000 + back)
        for queue, (most, seconds) in _QUEUES.items():
            asked = queue == "voice" and day.weekday() == _NEWSLETTER
            for half in range(2 * (_CLOSES - _OPENS)):
                hour = _OPENS + half // 2
                usual = most * _WEEK[day.weekday()] * _DAY[half // 2]
                if asked and hour in _ANSWERED:
                    usual *= _MORE
                wrong = asked and hour in _WRONG and back <= 7
                usual *= _WORSE if wrong else 1
                offered = round(usual * chance.uniform(0.8, 1.2))
                busy = offered > most
                clock = f"{hour:02}:{30 * (half % 2):02}"
                yield [
                    f"{day.isoformat()} {clock}",
                    queue,
                    str(offered),
                    f"{seconds * chance.uniform(0.9, 1.1) * (_LONGER if wrong else 1):.0f}",
                    *(_answered(offered, luck, busy=busy) if queue in _LIVE else _UNKNOWN),
                ]


def _answered(offered: int, luck: Random, *, busy: bool) -> list[str]:
    """How many were answered, how many of them in time, how many gave up, how many of them at once."""
    abandoned = round(offered * luck.uniform(0.06, 0.16) if busy else offered * luck.uniform(0, 0.06))
    answered = offered - abandoned
    in_time = round(answered * (luck.uniform(0.55, 0.8) if busy else luck.uniform(0.78, 0.95)))
    return [str(each) for each in (answered, in_time, abandoned, round(abandoned / 3))]

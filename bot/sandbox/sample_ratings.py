"""What customers of the sample team have said of it lately, as its survey tool would write it into a file."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from bot.sandbox.sample import WORKERS

RATING_COLUMNS = "date,queue,agent,Happy,Rated,Promoters,Detractors,Asked"
# What its own words mean.
MEANT = {
    "csat_positive": "Happy",
    "csat_answers": "Rated",
    "nps_promoters": "Promoters",
    "nps_detractors": "Detractors",
    "nps_answers": "Asked",
}
WEEKS = 8
# How many answer on a usual day, and how many of these are satisfied.
_QUEUES = {"voice": (14, 0.91), "chat": (18, 0.88), "email": (11, 0.84)}
_SUNDAY = 6
# In the last full week, deliveries were late.
_LATE, _WORSE = range(1, 8), 0.07


def write_ratings(folder: Path, today: date) -> Path:
    """Write `ratings.csv`: eight weeks up to yesterday, the same each time."""
    path = folder / "ratings.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(RATING_COLUMNS.split(","))
        writer.writerows(_lines(today))
    return path


def _lines(today: date) -> Iterator[list[str]]:
    for back in range(WEEKS * 7, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() == _SUNDAY:
            continue
        chance, luck = Random(back), Random(1000 + back)
        for queue, (usual, share) in _QUEUES.items():
            rated = round(usual * chance.uniform(0.7, 1.3))
            good = share - (_WORSE if back in _LATE and queue != "voice" else 0)
            satisfied = sum(chance.random() < good for _ in range(rated))
            promoters = sum(chance.random() < good - 0.3 for _ in range(rated))
            detractors = min(rated - promoters, sum(chance.random() > good for _ in range(rated)))
            for person, mine in _shared(queue, rated, luck).items():
                counts = (
                    sum(each < satisfied for each in mine),
                    len(mine),
                    sum(each < promoters for each in mine),
                    sum(each >= rated - detractors for each in mine),
                    len(mine),
                )
                yield [day.isoformat(), queue, person, *map(str, counts)]


def _shared(queue: str, rated: int, luck: Random) -> dict[str, list[int]]:
    """Which answers, from the most to the least content, are about whom."""
    people = [each.email for each in WORKERS if each.team == queue and each.role == "agent" and each.joins is None]
    answers: defaultdict[str, list[int]] = defaultdict(list)
    for answer in range(rated):
        answers[luck.choice(people)].append(answer)
    return answers

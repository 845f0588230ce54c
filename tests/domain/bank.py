"""Half a year of a real bank's calls, which lie beside the project (their source is named there)."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.volumes import Volume
from bot.domain.wallclock import resolve

CALLS = Path(__file__).resolve().parents[3] / "shared" / "data" / "bank-calls-1999-h1.csv"
MISSING = "the bank's calls do not lie beside the project"
ZONE = ZoneInfo("Asia/Jerusalem")
HANDLE_SECONDS = 190.0


def calls() -> list[Volume]:
    """All of them, per half hour; an hour that the clocks skip has none."""
    with CALLS.open() as file:
        rows = [
            (datetime.fromisoformat(row["interval_start"]), int(row["offered"])) for row in csv.DictReader(file)
        ]
    existing = [(local, resolve(local, ZONE), offered) for local, offered in rows]
    return [
        Volume("calls", start, 30, offered, HANDLE_SECONDS)
        for local, start, offered in existing
        if start.astimezone(ZONE).replace(tzinfo=None) == local
    ]

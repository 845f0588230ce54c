"""Contacts that came, as they are stored and as they are reckoned with."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.domain.figures import empty_day, midnight
from bot.domain.volumes import COLUMNS, Volume
from storage import tables

# What is kept of an interval, beside when it is and for which queue.
MEASURED = COLUMNS[2:]


def volumes_of(rows: Iterable[tables.Volume], queue: str) -> Iterator[Volume]:
    """What the rows say of a queue, in their order."""
    for row in rows:
        counts = [row.counts.get(column) or empty_day(row.minutes) for column in MEASURED]
        for number, (offered, *others) in enumerate(zip(*counts, strict=True)):
            if offered is not None:
                start = midnight(row.day) + timedelta(minutes=number * row.minutes)
                yield Volume(queue, start, row.minutes, offered, *others)


def counts_of(volumes: Iterable[tuple[int, Volume]], minutes: int) -> dict[str, list[float | None]]:
    """The volumes of a day by their slots, as a row has them."""
    counts = {column: empty_day(minutes) for column in MEASURED}
    for slot, volume in volumes:
        for column in MEASURED:
            counts[column][slot] = getattr(volume, column)
    return {column: values for column, values in counts.items() if any(each is not None for each in values)}

"""Reads what the caller typed, with their zone, language and order of dates."""

from datetime import datetime

from bot.actions.people import Caller
from bot.connectors.dates import leftover_date
from bot.domain.when import Meaning, Reading, read_when


def read_typed(caller: Caller, text: str, now: datetime) -> Meaning:
    """What a date, time or range means when the caller types it at ``now``."""
    return read_when(text, reading_of(caller, now))


def reading_of(caller: Caller, now: datetime) -> Reading:
    """How to read what the caller types at ``now``."""
    preferred = caller.preferences
    return Reading(
        now=now,
        zone=caller.zone,
        date_order=preferred.date_order,
        first_weekday=preferred.week_starts,
        language=preferred.language,
        leftover=leftover_date(preferred.language),
    )

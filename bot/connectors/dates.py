"""Reads, with dateparser, the one date expression that our own grammar leaves over: in ten days, 3 weeks from now.

dateparser drops what it does not know ("in ten days at 5", "tomorrow week") without a word. Its translation into
plain English keeps all of it, so a date counts only where that translation is a date from its first word to its
last.
"""

import re
from datetime import date, datetime, time, timedelta

from dateparser.conf import settings
from dateparser.date import DateDataParser
from dateparser.languages.loader import default_loader

from bot.domain.when import LeftoverDate

FURTHEST = timedelta(400)

_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_WHOLE_DATE = re.compile(
    r"in \d+ (?:day|week|fortnight)|\d+ (?:day|week|fortnight) (?:in|ago)"
    rf"|(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?: \d{{4}})?"
)


def leftover_date(language: str) -> LeftoverDate:
    """A reader of single dates in `language`, and in English: given a text and today, it answers a day or None."""
    languages = list(dict.fromkeys([_known(language), "en"]))

    def read(text: str, today: date) -> date | None:
        days = (_read(text, today, one) for one in languages)
        return next((day for day in days if day is not None), None)

    return read


def warm(language: str) -> None:
    """Do the work of the first parse (about 140 ms) before somebody waits for it."""
    leftover_date(language)("in ten days", date(2026, 1, 1))


def _known(language: str) -> str:
    """The language's code for dateparser; English where it has none."""
    code = re.split("[-_]", language)[0].lower()
    try:
        default_loader.get_locale(code)
    except ValueError:
        return "en"
    return code


def _read(text: str, today: date, language: str) -> date | None:
    translation = default_loader.get_locale(language).translate(text, settings=settings)
    if not _WHOLE_DATE.fullmatch(" ".join(translation.split())):
        return None
    parser = DateDataParser(
        languages=[language],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time()),
            "RETURN_TIME_AS_PERIOD": True,
            "PREFER_DATES_FROM": "future",
        },
    )
    found = parser.get_date_data(text)
    # "3 weeks from now" is a day to us; dateparser calls its period a week.
    if found.date_obj is None or found.date_obj.tzinfo is not None or found.period not in ("day", "week"):
        return None
    day = found.date_obj.date()
    return day if abs(day - today) <= FURTHEST else None

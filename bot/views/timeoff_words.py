"""Amounts of leave in the days and hours of a person."""

import re

from bot.views.formats import amount

_AMOUNT = re.compile(
    r"(?P<sign>[+−-]?)\s*(?:(?P<days>\d+(?:[.,]\d+)?)\s*d(?:ays?)?)?\s*"
    r"(?:(?P<hours>\d+(?:[.,]\d+)?)\s*h(?:ours?|rs?)?)?\s*(?:(?P<minutes>\d+)\s*m(?:in|inutes?)?)?",
    re.IGNORECASE,
)


def leave_words(minutes: int, day_minutes: int) -> str:
    """Days and what is left of one in hours and minutes: "18 d 4 h", "−1 d", "30 min"."""
    days, rest = divmod(abs(minutes), day_minutes)
    hours, odd = divmod(rest, 60)
    parts = [amount(f"{count}", unit) for count, unit in ((days, "d"), (hours, "h"), (odd, "min")) if count]
    return ("−" if minutes < 0 else "") + (" ".join(parts) or amount("0", "d"))


def signed(minutes: int, day_minutes: int) -> str:
    """The same with a plus where it is more."""
    return ("+" if minutes > 0 else "") + leave_words(minutes, day_minutes)


def hours_words(minutes: int) -> str:
    """So much more or less, in hours: "+12 h", "−0.5 h"."""
    return amount(f"{minutes / 60:+.5g}".replace("-", "−"), "h")


def read_leave(text: str, day_minutes: int) -> int | None:
    """Minutes from "+1 d", "-2.5 h" or "1 d 30 min"; None where it makes no sense, or is nothing."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    days, hours, minutes = (float((found[unit] or "0").replace(",", ".")) for unit in ("days", "hours", "minutes"))
    total = round(days * day_minutes + hours * 60 + minutes)
    return (-total if found["sign"] in ("−", "-") else total) or None

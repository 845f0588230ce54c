"""Public holidays of countries and their regions, which are named as in ISO 3166: DE, DE-BY, GB-SCT."""

from datetime import date
from functools import lru_cache


@lru_cache(256)
def read_region(text: str) -> str | None:
    """The country or region with this code, as it is written; None where none is known by it."""
    from holidays import country_holidays  # takes its time to start, and few need it

    country, _, part = text.strip().partition("-")
    try:
        calendar = country_holidays(country.upper())
    except NotImplementedError:
        return None
    if not part:
        return calendar.country
    return next((f"{calendar.country}-{each}" for each in calendar.subdivisions if _same(each, part)), None)


def public_holidays(region: str, first: date, last: date) -> frozenset[date]:
    """The holidays of a region in the years of the two days, and of those between."""
    return frozenset(named_holidays(region, first, last))


def named_holidays(region: str, first: date, last: date) -> dict[date, str]:
    """The same with their names, in English where they have any."""
    years = range(first.year, last.year + 1)
    return {day: name for year in years for day, name in _of_year(region, year)}


@lru_cache(1024)
def _of_year(region: str, year: int) -> tuple[tuple[date, str], ...]:
    from holidays import country_holidays

    country, _, part = region.partition("-")
    # Without a language it is that of the machine.
    return tuple(country_holidays(country, subdiv=part or None, years=year, language="en_US").items())


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()

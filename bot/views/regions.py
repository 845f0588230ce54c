"""The menu of countries and their regions, in which people search for the one whose public holidays hold."""

from functools import cache, lru_cache

from babel import Locale

from bot.views.blocks import Block
from bot.views.forms import MOST_OPTIONS, option

REGION = "region"


@lru_cache(256)
def region_name(code: str) -> str:
    """A country, or a region of one, by its code: "Germany", "Germany: Bayern"."""
    country, _, part = code.partition("-")
    name = Locale("en").territories.get(country, country)
    return f"{name}: {_parts(country).get(part, part)}" if part else name


def region_option(code: str) -> Block:
    """A region to choose."""
    return option(region_name(code), code)


def region_options(searched: str, usual: Block) -> list[Block]:
    """The regions whose name or code has what was searched for, after ``usual``."""
    wanted = searched.casefold().strip()
    found = [code for code, name in _names().items() if wanted in name.casefold() or wanted == code.casefold()]
    return [usual, *map(region_option, found[: MOST_OPTIONS - 1])]


@cache
def _names() -> dict[str, str]:
    """Every code with its name, by name."""
    from holidays import list_supported_countries  # takes its time to start, and few need it

    codes = (
        code
        for country, parts in list_supported_countries(include_aliases=False).items()
        for code in (country, *(f"{country}-{part}" for part in parts))
    )
    return dict(sorted(((code, region_name(code)) for code in codes), key=lambda each: each[1]))


def _parts(country: str) -> dict[str, str]:
    """The regions of a country by code, each by the first of its names if it has one."""
    from holidays import country_holidays

    calendar = country_holidays(country)
    named: dict[str, str] = {}
    for name, part in getattr(calendar, "subdivisions_aliases", {}).items():
        named.setdefault(part, name)
    return {part: named.get(part, part) for part in calendar.subdivisions}

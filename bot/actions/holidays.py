"""The public holidays that hold somewhere: those of the country or region, and over them the workspace's own."""

from datetime import date

from bot.actions.settings import Preferences
from bot.connectors.holidays import named_holidays
from bot.domain.timeoff_holidays import read_own_holidays, with_own


def holidays_of(preferred: Preferences, first: date, last: date) -> frozenset[date]:
    """The whole public holidays that hold in a scope, in the years of the two days and those between."""
    return frozenset(holidays_named(preferred, first, last)[0])


def holidays_named(preferred: Preferences, first: date, last: date) -> tuple[dict[date, str], dict[date, str]]:
    """The whole ones and the half ones, of which the second half is free, each with its name."""
    region = preferred.holidays
    public = named_holidays(region, first, last) if region else {}
    own = read_own_holidays(preferred.own_holidays) if preferred.own_holidays else ()
    return with_own(public, own, region, first, last)

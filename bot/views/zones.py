"""The menu of time zones, in which people search for theirs."""

from datetime import datetime

from bot.domain.zones import find_zones, zone_title
from bot.views.blocks import Block
from bot.views.forms import MOST_OPTIONS, option

ZONE = "zone"


def zone_option(name: str, now: datetime) -> Block:
    """A zone, and how far it is from UTC now."""
    return option(zone_title(name, now), name)


def zone_options(searched: str, now: datetime, usual: Block | None = None) -> list[Block]:
    """The zones that are meant, after ``usual``, which is offered whatever is searched for."""
    first = [usual] if usual else []
    return first + [zone_option(name, now) for name in find_zones(searched, MOST_OPTIONS - len(first), now)]

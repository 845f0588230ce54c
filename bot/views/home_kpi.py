"""Key figures as they stand on a Home."""

from collections.abc import Iterator

from bot.domain.home_kpi import WeekSeen
from bot.domain.permissions import Actor, Deed, Reach
from bot.views.blocks import Block, button, header, section
from bot.views.formats import Formats, plain, shorten
from bot.views.kpi import figure_line
from bot.views.kpi_words import span_words

FIGURES = "home.kpi"
_NAME, _MOST = 60, 5


def figures_door(actor: Actor) -> Iterator[Block]:
    """What ``/kpi`` answers."""
    if actor.reach(Deed.SEE_KPI) is not Reach.NOBODY:
        yield button("Key figures", FIGURES, "week")


def the_week(week: WeekSeen, formats: Formats) -> Iterator[Block]:
    """How it goes, in a few lines; who reads it sees the rest by the door."""
    whose = "Your week" if week.place.is_own else f"The week of {plain(shorten(week.place.team or '', _NAME))}"
    yield header(f"{whose} in figures")
    lines = [f"• {figure_line(each, formats)}" for each in week.told[:_MOST]]
    yield section("\n".join([span_words(week.span, formats), *lines]))

"""The key figures on somebody's Home."""

from dataclasses import dataclass

from bot.domain.kpi import Figure
from bot.domain.kpi_looked import Place, Told
from bot.domain.kpi_periods import Span

# What is measured of single people and of teams, the most telling first.
SHOWN = (
    Figure.CSAT,
    Figure.AHT,
    Figure.CONTACTS,
    Figure.SOLVED,
    Figure.SLA_RESOLUTION,
    Figure.FCR,
    Figure.ADHERENCE,
)


@dataclass(frozen=True, slots=True)
class WeekSeen:
    """The week of an agent, or of the team of who leads one; only what is known of it."""

    span: Span
    place: Place
    told: tuple[Told, ...]

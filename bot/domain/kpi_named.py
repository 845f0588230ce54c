"""What people call the key figures, and what a workspace wants of them, in the lines in which it writes that."""

import re
from collections.abc import Mapping
from math import inf

from bot.domain.coverage_settings import BadLine
from bot.domain.kpi import DEFINITIONS, Figure, Unit

# Beside what a figure is called itself, and its own name.
_ALSO: Mapping[Figure, tuple[str, ...]] = {
    Figure.CONTACTS: ("offered", "volume", "calls", "contact"),
    Figure.SERVICE_LEVEL: ("sl", "service-level", "servicelevel"),
    Figure.ABANDONMENT: ("abandoned", "abandonment rate", "abandon", "abandon rate"),
    Figure.AHT: ("average handle time", "handling time"),
    Figure.OCCUPANCY: ("busy",),
    Figure.CSAT: ("satisfaction", "customer satisfaction"),
    Figure.NPS: ("net promoter score", "promoters"),
    Figure.FCR: ("first contact", "first-contact resolution"),
    Figure.QUALITY: ("qa",),
    Figure.SLA_FIRST_REPLY: ("sla first reply", "first response"),
    Figure.SLA_NEXT_REPLY: ("sla next reply", "next response"),
    Figure.SLA_RESOLUTION: ("sla", "sla resolution"),
    Figure.OPENED: ("new cases", "cases"),
    Figure.SOLVED: ("closed", "cases closed"),
    Figure.BACKLOG: ("open cases",),
    Figure.BACKLOG_AGE: ("age", "backlog median age"),
    Figure.ESCALATIONS: ("escalated", "escalation"),
    Figure.ETA_KEPT: ("eta", "etas", "promises kept"),
    Figure.COVERAGE: ("covered",),
    Figure.ADHERENCE: ("adherent",),
    Figure.CONFORMANCE: ("conform",),
    Figure.ABSENCE: ("absent", "absences", "sickness"),
}
NAMED: Mapping[str, Figure] = {
    **{also: figure for figure, others in _ALSO.items() for also in others},
    **{definition.name.casefold(): figure for figure, definition in DEFINITIONS.items()},
    **{str(figure): figure for figure in Figure},
}
_SPLIT = re.compile("[;\n]")
_TARGET = re.compile(r"(.+?)\s+(-?\d+(?:[.,]\d+)?)\s*([a-z%]*)")
_UNITS: Mapping[Unit, Mapping[str, float]] = {
    Unit.SHARE: {"": 0.01, "%": 0.01},
    Unit.SECONDS: {"": 1, "s": 1, "seconds": 1, "m": 60, "min": 60, "minutes": 60, "h": 3600, "hours": 3600},
    Unit.POINTS: {"": 1},
    Unit.COUNT: {"": 1},
    Unit.DAYS: {"": 1, "d": 1, "day": 1, "days": 1, "h": 1 / 24, "hours": 1 / 24},
}
# Others are nought or more.
_RANGES: Mapping[Unit, tuple[float, float]] = {Unit.SHARE: (0, 1), Unit.POINTS: (-100, 100)}


def read_figure(text: str) -> Figure | None:
    """The figure that is called so."""
    return NAMED.get(" ".join(text.casefold().split()))


def read_targets(text: str) -> dict[Figure, float]:
    """Lines such as "csat 90%" or "aht 5 min", each in the unit of its figure; raises ``BadLine``."""
    found: dict[Figure, float] = {}
    for line in filter(None, (each.strip() for each in _SPLIT.split(text))):
        parts = _TARGET.fullmatch(line.casefold())
        figure = read_figure(parts[1]) if parts else None
        factor = _UNITS[DEFINITIONS[figure].unit].get(parts[3]) if parts and figure else None
        if parts is None or figure is None or factor is None:
            raise BadLine(line)
        value = round(float(parts[2].replace(",", ".")) * factor, 9)
        least, most = _RANGES.get(DEFINITIONS[figure].unit, (0, inf))
        if not least <= value <= most:
            raise BadLine(line)
        found[figure] = value
    return found

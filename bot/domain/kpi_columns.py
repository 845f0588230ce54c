"""The columns of files of key figures: what they mean, and which headings mean them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.domain.imports import Row
from bot.domain.imports_headings import compared
from bot.domain.kpi import Measure

PLACES = ("date", "queue", "channel", "agent")
# Of which measure which column is a part of which.
RATES: tuple[tuple[Measure, str, str], ...] = (
    (Measure.ANSWERED, "answered", "offered"),
    (Measure.ANSWERED_IN_TARGET, "answered_in_target", "offered"),
    (Measure.ABANDONED, "abandoned", "offered"),
    (Measure.ABANDONED_IN_TARGET, "abandoned_in_target", "offered"),
    (Measure.CSAT, "csat_positive", "csat_answers"),
    (Measure.FCR, "fcr_solved", "fcr_cases"),
    (Measure.SLA_FIRST_REPLY, "first_reply_met", "first_reply_due"),
    (Measure.SLA_NEXT_REPLY, "next_reply_met", "next_reply_due"),
    (Measure.SLA_RESOLUTION, "resolution_met", "resolution_due"),
    (Measure.ETA_KEPT, "eta_kept", "eta_due"),
    (Measure.COVERED, "covered_hours", "needed_hours"),
    (Measure.ADHERENCE, "adherent_minutes", "rostered_minutes"),
    (Measure.OCCUPANCY, "busy_minutes", "available_minutes"),
    (Measure.QUALITY, "quality_points", "quality_possible"),
)
SUMS = {
    Measure.OFFERED: "offered",
    Measure.OPENED: "opened",
    Measure.SOLVED: "solved",
    Measure.BACKLOG: "backlog",
    Measure.ESCALATED: "escalated",
}
# No part can be more than its whole, beside those of rates.
PARTS = (("answered_in_target", "answered"), ("abandoned_in_target", "abandoned"))
# How many contacts a mean handle time is of: the first of these that a file has.
HANDLED = ("handled", "answered", "offered")
_OTHERS = (
    "aht_seconds",
    "handled",
    "nps_promoters",
    "nps_detractors",
    "nps_answers",
    "worked_minutes",
)
# When somebody came and went: set against what the bot knows of their shifts.
TIMES = ("logged_in", "logged_out")
FIGURES = tuple(
    dict.fromkeys(
        [*SUMS.values(), *_OTHERS, *TIMES, *(part for _, part, _ in RATES), *(whole for *_, whole in RATES)]
    )
)
COLUMNS = (*PLACES, *FIGURES)
# What is not counted, but measured.
MEASURED = frozenset(
    {
        "aht_seconds",
        "covered_hours",
        "needed_hours",
        "adherent_minutes",
        "worked_minutes",
        "rostered_minutes",
        "busy_minutes",
        "available_minutes",
        "quality_points",
        "quality_possible",
    }
)
# What says something only together.
_TOGETHER: tuple[frozenset[str], ...] = (
    *(frozenset({column}) for column in SUMS.values()),
    *(frozenset({column, of}) for _, column, of in RATES),
    *(frozenset({"aht_seconds", handled}) for handled in HANDLED),
    frozenset({"nps_promoters", "nps_detractors", "nps_answers"}),
    frozenset({"worked_minutes", "rostered_minutes"}),
    frozenset({*TIMES, "agent"}),
)
# What else a heading may be, as it is compared.
_ALSO: Mapping[str, str] = {
    "agent": "email owner assignee name user employee member",
    "csat_positive": "satisfied csatgood positive positiveratings goodratings csatsatisfied zufrieden satisfaits "
    "satisfechos",
    "csat_answers": "csatanswered ratings surveys responses csatresponses csattotal bewertungen reponses "
    "respuestas",
    "nps_promoters": "promoters",
    "nps_detractors": "detractors",
    "nps_answers": "npsanswered npsresponses npstotal",
    "fcr_solved": "firstcontactresolved solvedatfirstcontact",
    "fcr_cases": "fcrtotal",
    "handled": "contactshandled callshandled bearbeitet",
    "adherent_minutes": "adherence inadherence minutesinadherence",
    "rostered_minutes": "scheduledminutes rostered scheduled",
    "worked_minutes": "worked",
    "logged_in": "login firstlogin signedin clockin",
    "logged_out": "logout lastlogout signedout clockout",
    "busy_minutes": "busy handlingminutes",
    "available_minutes": "staffedminutes loggedinminutes",
    "quality_points": "qapoints qascore",
    "quality_possible": "qapossible qamaximum",
}
_MEANT = {
    **{also: column for column, others in _ALSO.items() for also in others.split()},
    **{compared(column): column for column in COLUMNS},
}


class UnknownColumn(ValueError):
    """A column was named that no figure comes from."""


def guess(headings: Mapping[str, str]) -> dict[str, str]:
    """The columns that the headings of a file mean by themselves, each with its heading; the first of several.

    They are given by the names that columns of any file have.
    """
    found: dict[str, str] = {}
    for own, heading in headings.items():
        column = _MEANT.get(compared(heading)) or _MEANT.get(compared(own))
        if column:
            found.setdefault(column, heading)
    return found


def saying(columns: Collection[str]) -> set[str]:
    """Those of the columns that say something, which some only do beside others: satisfied needs answered."""
    there = set(columns)
    return there & {*PLACES, *(each for some in _TOGETHER if some <= there for each in some)}


def lacking(column: str, columns: Collection[str]) -> str:
    """What is missing beside a column, so that it says something."""
    missing = (sorted(some.difference(columns)) for some in _TOGETHER if column in some)
    fewest: list[str] = min(missing, key=len)
    return ", ".join(fewest)


def read_column(text: str) -> tuple[str, str]:
    """A column and its heading from "csat_positive=Happy"; raises ``UnknownColumn``."""
    column, _, heading = (each.strip() for each in text.partition("="))
    if compared(column) not in {compared(each) for each in COLUMNS} or not heading:
        raise UnknownColumn(text)
    return _MEANT[compared(column)], heading


def mapped(rows: Iterable[Row], columns: Mapping[str, str]) -> list[Row]:
    """The same lines by our columns, where these have those headings; others go by what they are called."""
    found = []
    names: dict[str, str] = {}
    headings: Mapping[str, str] = {}
    written: Mapping[str, str] | None = None
    for row in rows:
        # Those of one file have the same ones.
        if row.headings is not written:
            written = row.headings
            names = _names(written, columns)
            headings = {names[own]: heading for own, heading in written.items()}
        cells = {names[own]: cell for own, cell in row.cells.items()}
        found.append(replace(row, cells=cells, headings=headings))
    return found


def _names(written: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    wanted = {compared(heading): column for column, heading in columns.items()}
    there = {wanted.get(compared(heading)) for heading in written.values()}
    # One of several files may call by another name what the others call so.
    meant = {heading: column for column, heading in guess(written).items() if column in columns.keys() - there}
    return {
        own: wanted.get(compared(heading)) or meant.get(heading) or f"“{heading}”"
        for own, heading in written.items()
    }

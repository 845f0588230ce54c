"""Key figures as people read them: of a period, of everything or of a queue, a team, a channel or a person.

Nothing here asks whether the reader may: it is a part of what its caller does.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from bot.actions.kpi_sheet import Sheet
from bot.deps import Deps
from bot.domain.kpi import DEFINITIONS, Cut, Figure, Part, Reading, Shape, Split
from bot.domain.kpi_periods import Span, day_of
from storage.db import WorkspaceSession
from storage.people import members, teams
from storage.shifts import queues

_EVERYTHING = Cut()
_CUT_BY = {
    Split.QUEUE: "queue_id",
    Split.TEAM: "team_id",
    Split.CHANNEL: "channel",
    Split.MEMBER: "member_id",
}


def readings(
    session: WorkspaceSession,
    deps: Deps,
    span: Span,
    cut: Cut = _EVERYTHING,
    figures: Collection[Figure] | None = None,
) -> tuple[Reading, ...]:
    """Each of these figures, in the order of their definitions; without any, all of them."""
    wanted = [each for each in DEFINITIONS if figures is None or each in figures]
    sheet = Sheet(session, deps, span, wanted)
    mine = sheet.within(cut)
    return tuple(sheet.reading(each, span, cut, mine) for each in wanted)


def by(
    session: WorkspaceSession, deps: Deps, span: Span, cut: Cut, figure: Figure, split: Split
) -> tuple[Part, ...]:
    """A figure taken apart, by name or in the order of days; of what can be added up the parts make the whole.

    What belongs to no queue, team, channel or person is a part without a label, and comes last.
    """
    sheet = Sheet(session, deps, span, [figure])
    if split is Split.DAY:
        mine = sheet.within(cut)
        days = [each for each in span.days() if each <= sheet.today]
        return tuple(
            Part(day, sheet.reading(figure, day_of(day), cut, [each for each in mine if each.day == day]))
            for day in days
        )
    if DEFINITIONS[figure].shape is Shape.ANEW:
        open_now = sheet.backlog_by(cut, split)
        ages = {each: sheet.age(mine, span, _within(cut, split, each)) for each, mine in open_now.items()}
        return _labelled(session, split, ages)
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for each in sheet.within(cut, split):
        groups[_part_of(each, split)].append(each)
    parts = {
        value: sheet.reading(figure, span, _within(cut, split, value), mine)
        for value, mine in groups.items()
        # That nothing happened on a day is known of the whole, and is no part of it.
        if value is not None or any(each.numerator or each.denominator for each in mine)
    }
    return _labelled(session, split, parts)


def _part_of(each: Any, split: Split) -> Any:
    match split:
        case Split.QUEUE:
            return each.queue_id
        case Split.SOURCE:
            return each.source
    return each.part


def _within(cut: Cut, split: Split, value: Any) -> Cut:
    return cut._replace(**{_CUT_BY[split]: value}) if split in _CUT_BY and value is not None else cut


def _labelled(session: WorkspaceSession, split: Split, parts: dict[Any, Reading]) -> tuple[Part, ...]:
    names: dict[UUID, str] = {}
    match split:
        case Split.QUEUE:
            names = {row.id: row.name for row in queues(session)}
        case Split.TEAM:
            names = {row.id: row.name for row in teams(session)}
        case Split.MEMBER:
            names = {row.id: row.name for row in members(session)}
    found = [
        Part(names.get(value, "") if isinstance(value, UUID) else value or "", reading)
        for value, reading in parts.items()
    ]
    return tuple(sorted(found, key=lambda part: (part.label == "", str(part.label).casefold())))

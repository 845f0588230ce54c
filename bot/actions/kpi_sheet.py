"""What is known of some figures in some days, and how each is read of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.kpi_backlog import open_cases
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.deps import Deps
from bot.domain.kpi import (
    DEFINITIONS,
    OWN_SOURCE,
    Better,
    Cut,
    Definition,
    Figure,
    Missing,
    Reading,
    Shape,
    Split,
)
from bot.domain.kpi_named import read_targets
from bot.domain.kpi_periods import Span
from bot.domain.kpi_reckon import Sum, counted, median_days, published_on, reckon, too_few, value_of
from bot.domain.wallclock import local_date, resolve
from storage.db import WorkspaceSession
from storage.kpi import heard, sums
from storage.kpi_cases import CaseTimes
from storage.people import members

_EVERYTHING = Cut()
_AS_THEY_ARE = frozenset({None, Split.DAY, Split.QUEUE, Split.SOURCE})


class Sheet:
    """All that is known of some figures in a period; the facts are read once."""

    def __init__(self, session: WorkspaceSession, deps: Deps, span: Span, figures: Sequence[Figure]) -> None:
        self._session, self._span, self._now = session, span, deps.clock()
        self._zone = ZoneInfo(preferences(session).time_zone)
        self.today = local_date(self._now, self._zone)
        self._measures = tuple(each for figure in figures for each in DEFINITIONS[figure].measures)
        self._floor = counted(sums(session, span.starts, span.last, self._measures))
        self._speaking = {(each.day, each.measure, each.source, each.queue_id) for each in self._floor}
        self._heard = heard(session)
        self._scope = cache(lambda scope: preferences(session, scope))

    def within(self, cut: Cut, split: Split | None = None) -> list[Sum]:
        """What counts of a cut; by which parts, where it is split."""
        if cut == _EVERYTHING and split in _AS_THEY_ARE:
            return self._floor
        every = sums(self._session, self._span.starts, self._span.last, self._measures, cut, split)
        return [each for each in every if (each.day, each.measure, each.source, each.queue_id) in self._speaking]

    def reading(self, figure: Figure, span: Span, cut: Cut, mine: Iterable[Sum]) -> Reading:
        """A figure of a period within this one, from what counts of it."""
        definition, preferred = DEFINITIONS[figure], self._preferred(cut)
        if definition.shape is Shape.ANEW:
            return self.age(open_cases(self._session, self._at(span), cut), span, cut)
        floor, own = (_of(definition, some, span) for some in (self._floor, mine))
        if definition.shape is Shape.LEVEL and floor:
            last = max(each.day for each in floor)
            floor, own = ([each for each in some if each.day == last] for some in (floor, own))
        bare = self._bare(definition, span, cut, floor, own)
        published = published_on(span.last, self._scope(WORKSPACE).kpi_fcr_days)
        if figure is Figure.FCR and published > self.today:
            return replace(bare, missing=Missing.NOT_YET, published_on=published)
        if missing := _missing(floor, own, cut):
            return replace(bare, missing=missing)
        known = reckon(definition, own, preferred.service_level_formula)
        if known is None:
            sums_up = definition.shape is not Shape.RATE
            return self._aimed(replace(bare, value=0)) if sums_up else replace(bare, missing=_unsaid(own))
        if definition.shape is Shape.RATE and not known.denominator:
            return replace(bare, missing=Missing.NOTHING)
        few = too_few(definition, known, preferred.kpi_least_n)
        value = None if few else value_of(definition, known)
        numerator, denominator, n = known
        said = replace(bare, value=value, too_few=few, n=n, numerator=numerator, denominator=denominator)
        return self._aimed(said)

    def backlog_by(self, cut: Cut, split: Split) -> dict[Any, list[CaseTimes]]:
        """The cases that are open when the period ends, taken apart."""
        teams = {row.id: row.team_id for row in members(self._session)} if split is Split.TEAM else {}
        groups: defaultdict[Any, list[CaseTimes]] = defaultdict(list)
        for each in open_cases(self._session, self._at(self._span), cut):
            match split:
                case Split.QUEUE:
                    groups[each.queue_id].append(each)
                case Split.CHANNEL:
                    groups[each.channel].append(each)
                case Split.MEMBER:
                    groups[each.owner_id].append(each)
                case Split.TEAM:
                    groups[teams.get(each.owner_id) if each.owner_id else None].append(each)
                case _:
                    groups[OWN_SOURCE].append(each)
        return groups

    def age(self, cases: Sequence[CaseTimes], span: Span, cut: Cut) -> Reading:
        """The age of these cases, in the middle."""
        at = self._at(span)
        value = median_days([each.opened_at for each in cases], at)
        missing = Missing.NOTHING if value is None else None
        sources = () if missing else (OWN_SOURCE,)
        reading = Reading(
            Figure.BACKLOG_AGE, span, cut, value, len(cases), missing=missing, as_of=self._now, sources=sources
        )
        return self._aimed(reading)

    def _at(self, span: Span) -> datetime:
        """When a period ends, or now."""
        return min(resolve(datetime.combine(span.ends, time()), self._zone), self._now).astimezone(UTC)

    def _bare(
        self, definition: Definition, span: Span, cut: Cut, floor: Sequence[Sum], own: Sequence[Sum]
    ) -> Reading:
        """Without a value, but with all that is known besides."""
        sources = tuple(sorted({each.source for each in own}))
        known = {each.day for each in floor}
        daily = definition.shape is not Shape.LEVEL
        silent = [each for each in span.days() if daily and each < self.today and each not in known]
        return Reading(
            definition.figure,
            span,
            cut,
            None,
            silent=tuple(silent),
            as_of=min((self._heard[each] for each in sources if each in self._heard), default=None),
            sources=sources,
        )

    def _aimed(self, reading: Reading) -> Reading:
        """With the target, and whether it is met."""
        preferred = self._preferred(reading.cut)
        targets = dict(read_targets(self._scope(WORKSPACE).kpi_targets or ""))
        if preferred.channel != "backlog":
            targets.setdefault(Figure.SERVICE_LEVEL, preferred.service_level_percent / 100)
        targets |= read_targets(preferred.kpi_targets or "")
        target, better = targets.get(reading.figure), DEFINITIONS[reading.figure].better
        if target is None or reading.value is None or better is Better.NEITHER:
            return replace(reading, target=target)
        met = reading.value >= target if better is Better.UP else reading.value <= target
        return replace(reading, target=target, met=met)

    def _preferred(self, cut: Cut) -> Preferences:
        if cut.queue_id:
            return self._scope(f"queue:{cut.queue_id}")
        return self._scope(f"team:{cut.team_id}" if cut.team_id else WORKSPACE)


def _of(definition: Definition, every: Iterable[Sum], span: Span) -> list[Sum]:
    return [each for each in every if each.measure in definition.measures and span.starts <= each.day < span.ends]


def _missing(floor: Sequence[Sum], own: Sequence[Sum], cut: Cut) -> Missing | None:
    """Why nothing is known of a cut, if nothing can be: where others have a value, this may just be nought."""
    if not floor:
        return Missing.NOTHING
    if own:
        return None
    never = (
        (cut.queue_id, any(each.queue_id for each in floor), Missing.NOT_BY_QUEUE),
        (cut.team_id, any(each.teams for each in floor), Missing.NOT_BY_TEAM),
        (cut.channel, any(each.channels for each in floor), Missing.NOT_BY_CHANNEL),
        (cut.member_id, any(each.members for each in floor), Missing.NOT_BY_MEMBER),
    )
    why = next((why for wanted, known, why in never if wanted and not known), None)
    # That nothing happened is known of the whole, whatever it is measured by on other days.
    happened = any(each.numerator or each.denominator for each in floor)
    return why if happened or why is None else Missing.NOTHING


def _unsaid(own: Sequence[Sum]) -> Missing:
    return Missing.NOT_IN_FORMULA if own else Missing.NOTHING

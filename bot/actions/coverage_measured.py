"""Reads the service level that was measured on days that are over."""

from collections import defaultdict
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from bot.actions.parties import Parties
from bot.actions.settings import Preferences, preferences
from bot.actions.volumes import volumes_of
from bot.domain.coverage_measured import Counts, Measured, count, is_of_partner
from bot.domain.intervals import Interval
from storage import tables
from storage.coverage import volumes_between
from storage.db import WorkspaceSession
from storage.people import members
from storage.shifts import queues
from storage.tables import Queue

_Skills = list[frozenset[str]]


def service_levels(session: WorkspaceSession, within: Interval, queue: str | None = None) -> tuple[Measured, ...]:
    """Of each queue, or of the one, where files say how many contacts of an interval were answered in time."""
    rows: defaultdict[UUID, list[tables.Volume]] = defaultdict(list)
    for row in volumes_between(session, within.start.date(), within.end.date()):
        rows[row.queue_id].append(row)
    crews = _Crews(session)
    return tuple(
        crews.measured(each, counts)
        for each in queues(session)
        if queue in (None, each.name) and (counts := count(volumes_of(rows[each.id], each.name), within))
    )


class _Crews:
    """Who could serve the queues, read once and only if any was measured."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._session, self._parties = session, Parties(session)

    def measured(self, queue: Queue, counts: Counts) -> Measured:
        preferred = preferences(self._session, f"queue:{queue.id}")
        of_partner = is_of_partner(self._parties.needs(queue)[0], *self._skills)
        return Measured(queue.name, counts, *_target(preferred), of_partner)

    @cached_property
    def _skills(self) -> tuple[_Skills, _Skills]:
        """The skills of each of our own people, and of each of those of partners."""
        people = [each for each in members(self._session) if not each.deactivated_at]
        able = self._parties.skills_of(each.id for each in people)
        asked = preferences(self._session).cover_asked
        own: _Skills = []
        partners: _Skills = []
        for each in people:
            # Where nobody at all is asked, that says nothing of whose people they are.
            is_partner = asked and not self._parties.preferred(each).cover_asked
            (partners if is_partner else own).append(able[each.id])
        return own, partners


def _target(preferred: Preferences) -> tuple[timedelta, int | None]:
    """How soon contacts are to be answered, and how many percent of them; a backlog has a deadline only."""
    if preferred.channel == "backlog":
        return timedelta(hours=preferred.deadline_hours), None
    return timedelta(seconds=preferred.service_level_seconds), preferred.service_level_percent

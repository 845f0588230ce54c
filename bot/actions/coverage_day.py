"""Who is there at some time and what is needed then, for what is changed on the day itself."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from bot.actions.coverage_needs import STEP, QueueNeeds, foretold, needs
from bot.actions.coverage_there import Crew
from bot.domain.coverage import Requirement, Stretch, stretches
from bot.domain.coverage_effect import Moves, effect
from bot.domain.coverage_surplus import leaves_enough
from bot.domain.intervals import Interval
from bot.domain.wallclock import quarter
from storage.db import WorkspaceSession


@dataclass(frozen=True, slots=True)
class CoverageDay:
    """The needs of every queue within an interval, the crew, and what comes of both."""

    within: Interval
    needs: tuple[QueueNeeds, ...]
    required: tuple[Requirement, ...]
    crew: Crew
    there: tuple[Stretch, ...]

    @classmethod
    def of(cls, session: WorkspaceSession, within: Interval, now: datetime) -> "CoverageDay":
        """What is ahead of an interval, from one quarter of an hour to another."""
        end = quarter(within.end)
        ahead = Interval(quarter(max(within.start, now)), end if end == within.end else end + STEP)
        every = needs(session, ahead, partial(foretold, session))
        required = tuple(each for of_queue in every for each in of_queue.requirements)
        crew = Crew(session, [each.post for each in required], ahead)
        return cls(ahead, every, required, crew, stretches(crew.presences(), required))

    def can_spare(self, member_id: UUID, interval: Interval) -> bool:
        """Whether nobody is missing by it that somebody goes."""
        without = stretches(self.crew.presences(Moves({member_id: [interval]})), self.required)
        return leaves_enough(effect(self.there, without, interval))

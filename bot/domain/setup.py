"""What a workspace needs before its people can work with the bot, and how far that is."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.shifts import Somebody


class Step(StrEnum):
    """The steps of the set-up, in order."""

    CHANNELS = "channels"
    CONVENTIONS = "conventions"
    PEOPLE = "people"
    ROLES = "roles"
    SCHEDULE = "schedule"

    @property
    def following(self) -> "Step | None":
        """The step after it; None after the last."""
        steps = list(Step)
        place = steps.index(self) + 1
        return steps[place] if place < len(steps) else None


@dataclass(frozen=True, slots=True)
class SetupShown:
    """What is there. ``time_zone`` and ``law`` are None until somebody has chosen them; ``shifts`` lie ahead."""

    ops: str | None
    floor: str | None
    time_zone: str | None
    law: str | None
    people: int
    coordinators: tuple[Somebody, ...]
    managers: tuple[Somebody, ...]
    shifts: int

    def is_done(self, step: Step) -> bool:
        """Whether nothing of the step is missing."""
        match step:
            case Step.CHANNELS:
                return bool(self.ops and self.floor)
            case Step.CONVENTIONS:
                return bool(self.time_zone and self.law)
            case Step.PEOPLE:
                return self.people > 1
            case Step.ROLES:
                return bool(self.coordinators)
            case Step.SCHEDULE:
                return self.shifts > 0

    @property
    def missing(self) -> Step | None:
        """The first step of which something is missing."""
        return next((step for step in Step if not self.is_done(step)), None)

    def missing_after(self, step: Step) -> Step | None:
        """The next step of which something is missing; None where all that follow are done."""
        return next((each for each in list(Step)[list(Step).index(step) + 1 :] if not self.is_done(each)), None)

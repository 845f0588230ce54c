"""Cases that fall between two teams: nobody owns them, they are sent round, or the customer comes back again."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.domain.cases_named import CaseNamed
from bot.domain.shifts import Somebody

# Business time for which a case may be nobody's.
UNOWNED_FOR = timedelta(hours=4)
REROUTED, REOPENED = 2, 3  # so often, and somebody looks at it


class Why(StrEnum):
    """Why a case does not move by itself."""

    UNOWNED = "nobody owns it"
    REROUTED = "it was sent to another queue twice or more"
    REOPENED = "the customer came back three times or more"


@dataclass(frozen=True, slots=True)
class StuckCase:
    """A case that a coordinator sees to, as it stands now."""

    case: CaseNamed
    customer: str | None
    owner: Somebody | None
    queue: str | None
    why: Why


def why_stuck(*, owned: bool, unowned_for: timedelta, rerouted: int, reopened: int) -> Why | None:
    """Why a coordinator should see to a case; None: it moves. Who never had an owner needs one first of all."""
    if not owned and unowned_for >= UNOWNED_FOR:
        return Why.UNOWNED
    if reopened >= REOPENED:
        return Why.REOPENED
    return Why.REROUTED if rerouted >= REROUTED else None

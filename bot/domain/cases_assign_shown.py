"""Who could have a case, as people look at it."""

from dataclasses import dataclass

from bot.domain.cases_assign import Suggestion
from bot.domain.cases_named import CaseNamed
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somebody who could see to a case, and why they are where they are in the list."""

    person: Somebody
    why: Suggestion


@dataclass(frozen=True, slots=True)
class AssignShown:
    """A case that somebody is to have, its owner now, and who could be; ``before`` is whose it was until then."""

    case: CaseNamed
    owner: Somebody | None
    people: tuple[Suggested, ...]
    before: Somebody | None = None

"""The cases of who is away, as those look at them who find somebody for them."""

from dataclasses import dataclass

from bot.domain.cases_assign import Suggestion
from bot.domain.cases_lists import CaseLine
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A case that is due before its owner is back, and who could see to it; None: nobody is there in time."""

    line: CaseLine
    proposed: Somebody | None
    why: Suggestion | None


@dataclass(frozen=True, slots=True)
class Handed:
    """A case that somebody else has meanwhile; ``given_back`` once its owner was back and had it again."""

    line: CaseLine
    to: Somebody
    given_back: bool


@dataclass(frozen=True, slots=True)
class CasesAway:
    """What cannot wait of somebody's cases, ``more`` of them besides, and what others have of them."""

    at_risk: tuple[AtRisk, ...] = ()
    more: int = 0
    handed: tuple[Handed, ...] = ()

    @property
    def number(self) -> int:
        """How many have nobody who sees to them in time."""
        return len(self.at_risk) + self.more


@dataclass(frozen=True, slots=True)
class HandedNews:
    """What somebody reads of cases that changed hands: the cases, and who is or was away.

    ``own``: it is they who were away. ``never``: nobody was, after all.
    """

    away: Somebody
    cases: tuple[CaseLine, ...]
    own: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class Reassigned:
    """What a press has done: whose each case is now by its number; how many nobody can see to, or are still to be
    given.
    """

    given: tuple[tuple[int, Somebody], ...]
    left: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class GivenBack:
    """So many cases are theirs again, so many stay with who has them, so many ``wait`` until they next work."""

    again: int = 0
    stay: int = 0
    wait: int = 0

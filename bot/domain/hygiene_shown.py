"""Records of cases that somebody should put right, as people look at them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.cases_lists import CaseLine
from bot.domain.hygiene import What


@dataclass(frozen=True, slots=True)
class HygieneShown:
    """How many cases each thing seems wrong with."""

    counts: Mapping[What, int]

    @property
    def total(self) -> int:
        """All of it; a case may be in several of the lists."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Suspect:
    """A case with whose record something seems wrong; of a duplicate, the number of the older case."""

    line: CaseLine
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class HygienePage:
    """A page of the cases that one thing seems wrong with."""

    what: What
    page: int
    total: int
    suspects: tuple[Suspect, ...]

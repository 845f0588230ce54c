"""Public holidays of a workspace's own, over those of its country or region: more of them, half ones, or fewer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.coverage_settings import BadLine

LONGEST_NAME = 60
_LINES = re.compile("[;\n]")
_LINE = re.compile(
    r"(?P<day>\S+)(?: (?P<extent>half|none))?(?: in (?P<region>[A-Z]{2}(?:-[A-Z0-9]{1,3})?))? (?P<name>.+)"
)


class Extent(StrEnum):
    """How much of a day is free."""

    WHOLE = "whole"
    HALF = "half"  # its second half
    NONE = "none"  # it is worked, whatever the calendar of the country says


@dataclass(frozen=True, slots=True)
class OwnHoliday:
    """A day that a workspace adds or takes away; for a country or a region of one, None: everywhere."""

    day: date
    name: str
    extent: Extent = Extent.WHOLE
    region: str | None = None

    def holds_in(self, region: str | None) -> bool:
        """Whether it is for those who have the holidays of a region: what is for a country is for its regions."""
        if self.region is None or region is None:
            return self.region is None
        return region == self.region or region.startswith(f"{self.region}-")

    @property
    def is_sound(self) -> bool:
        """Whether its line says just this: a name may begin as what stands before names does."""
        try:
            return read_own_holidays(self.line) == (self,)
        except BadLine:
            return False

    @property
    def line(self) -> str:
        """As the setting has it: "2026-12-24 half in DE-BY Christmas Eve"."""
        extent = "" if self.extent is Extent.WHOLE else f"{self.extent} "
        return f"{self.day.isoformat()} {extent}{f'in {self.region} ' if self.region else ''}{self.name}"


def read_own_holidays(text: str) -> tuple[OwnHoliday, ...]:
    """Lines such as "2026-12-24 half Christmas Eve", in order; raises ``BadLine``."""
    lines = (line.strip() for line in _LINES.split(text))
    return tuple(sorted((_read(line) for line in lines if line), key=lambda each: (each.day, each.line)))


def own_holidays_text(holidays: Iterable[OwnHoliday]) -> str:
    """The same as the setting keeps it."""
    return "\n".join(each.line for each in sorted(holidays, key=lambda each: (each.day, each.line)))


def with_own(
    public: Mapping[date, str], own: Iterable[OwnHoliday], region: str | None, first: date, last: date
) -> tuple[dict[date, str], dict[date, str]]:
    """The names of the whole and of the half holidays, where the workspace's own go before the public ones."""
    whole, half = dict(public), dict[date, str]()
    for each in own:
        if not (each.holds_in(region) and first.year <= each.day.year <= last.year):
            continue
        whole.pop(each.day, None)
        half.pop(each.day, None)
        if each.extent is Extent.WHOLE:
            whole[each.day] = each.name
        elif each.extent is Extent.HALF:
            half[each.day] = each.name
    return whole, half


def _read(line: str) -> OwnHoliday:
    found = _LINE.fullmatch(line)
    try:
        day = date.fromisoformat(found["day"] if found else "")
    except ValueError:
        raise BadLine(line) from None
    assert found
    name = " ".join(found["name"].split())
    if not 0 < len(name) <= LONGEST_NAME or name in list(Extent):
        raise BadLine(line)
    return OwnHoliday(day, name, Extent(found["extent"] or Extent.WHOLE), found["region"])

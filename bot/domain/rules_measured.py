"""One rule put to one change, and what it may answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.rules import About, Rates, Setting
from bot.domain.rules_work import Change

ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Check:
    """A setting put to a change at ``now``."""

    change: Change
    setting: Setting
    now: datetime
    rates: Rates

    @property
    def limit(self) -> float:
        """The limit, of a rule that always has one."""
        return self.setting.limit or 0

    @property
    def hours(self) -> timedelta:
        """The limit, of a rule that is counted in hours."""
        return self.limit * ONE_HOUR


@dataclass(frozen=True, slots=True)
class Breach:
    """Where the change breaks the rule: newly, or more than before. Numbers are in the rule's unit."""

    about: About | None = None
    value: float | None = None
    limit: float | None = None
    what: str | None = None

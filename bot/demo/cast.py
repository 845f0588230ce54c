"""Everybody who works in the demo."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.demo.actor import Actor
from bot.demo.script import Script, Watch
from bot.demo.stage import Stage
from bot.sandbox import Shown
from bot.sandbox.sample import schedule_start

BOT = "@floorwalker"
ZONE = ZoneInfo("Europe/Berlin")  # where most of them are
_PATIENCE = 60.0  # seconds, on a machine that has other things to do


def unseen(_line: str) -> None:
    """Nobody watches."""


def name_of(card: Shown) -> str:
    """What people call the swap on a card, such as "Swap 14"."""
    return " ".join(card.text.split()[:2])


class Cast:
    """Everybody on the stage, by handle, and the script that they act by; ``today`` is when they came on."""

    def __init__(self, stage: Stage, watch: Watch = unseen) -> None:
        self.stage = stage
        self.today = stage.deps.clock().date()
        people = stage.sandbox.people()
        self._names = {handle: each["real_name"] for handle, each in people.items()}
        self.script = Script(watch, {each["id"]: each["real_name"] for each in people.values()})

    def day(self, week: int, weekday: int) -> date:
        """A day of the sample schedule, by its week and its weekday, both counted from 0."""
        return schedule_start(self.today) + timedelta(weeks=week, days=weekday)

    def typed(self, week: int, weekday: int) -> str:
        """That day as people type it, such as "dec 8"."""
        day = self.day(week, weekday)
        return f"{day:%b} {day.day}".lower()

    def written(self, week: int, weekday: int) -> str:
        """That day as people read it, such as "Tue, Dec 8", with its year where that is not today's."""
        year = self.day(week, weekday).year
        return f"{self.listed(week, weekday)}{f', {year}' if year != self.today.year else ''}"

    def listed(self, week: int, weekday: int) -> str:
        """The same where there is never a year: in a list to choose from, and in what has changed."""
        day = self.day(week, weekday)
        return f"{day:%a, %b} {day.day}"

    def __call__(self, handle: str, *, patience: float = _PATIENCE) -> Actor:
        """The person of this handle."""
        return Actor(self.stage.sandbox.person(handle, patience=patience), self._names[handle], self.script)

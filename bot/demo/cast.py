"""The people of the demo: they do what people do in Slack, and somebody may watch them."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.demo.stage import Stage
from bot.sandbox import Modal, Person, Shown
from bot.sandbox.sample import schedule_start

BOT = "@floorwalker"
Watch = Callable[[str], None]
_PATIENCE = 20.0  # seconds, on a machine that has other things to do
_ID = re.compile(r"\bU0SB\d+\b")


def unseen(_line: str) -> None:
    """Nobody watches."""


class Actor:
    """One person; each thing they do or read is told to whoever watches.

    Every method raises AssertionError where what it says cannot be done or is not there.
    """

    def __init__(self, person: Person, names: Mapping[str, str], watch: Watch) -> None:
        self.person, self.name, self._names, self._watch = person, names[person.name], names, watch

    def types(self, text: str, where: str = "#floor") -> None:
        """A command, or a message."""
        self._did("types", text, f"in {where}")
        self.person.types(text, where)

    def reads(self, text: str, where: str = "#floor") -> Shown:
        """The newest message there that contains this text, once it is there."""
        shown = self.person.reads(text, where)
        self._saw(where if not shown.only_you else f"{where}, only {self.first_name}", shown.text, shown.buttons)
        return shown

    def presses(self, label: str, on: Shown, beside: str = "", confirm: bool | None = None) -> None:
        """A button."""
        self._did("presses", f"[{label}]", f"beside “{beside}”" if beside else "")
        self.person.presses(label, on, beside=beside, confirm=confirm)

    def form(self, title: str) -> Modal:
        """The form that is open, once it is."""
        modal = self.person.sees_modal(title)
        self._saw("a form", self._named(str(modal)))
        return modal

    def picks(self, label: str, option: Any) -> None:
        """An option in the form."""
        self._did("picks", str(option), f"as {label}")
        self.person.picks(label, option)

    def fills(self, label: str, text: str) -> None:
        """A field of the form."""
        self._did("writes", f"“{text}”", f"as {label}")
        self.person.fills(label, text)

    def finds_none(self, label: str) -> None:
        """Searches a field of the form in vain."""
        self._did("searches", label, "")
        found = self.person.searches(label, "")
        if found:
            raise AssertionError(f"{self.name} is offered {found}")
        self._saw("the list", "(nothing)")

    def cancels(self) -> None:
        """Closes the form unsent."""
        self._did("presses", f"[{self.person.sees_modal().close_label}]", "")
        self.person.closes()

    def submits(self) -> None:
        """Sends the form, which closes."""
        label = self.person.sees_modal().submit_label
        self._did("presses", f"[{label}]", "")
        self.person.submits()
        modal = self.person.modal
        if modal is not None:
            raise AssertionError(f"the form of {self.name} did not close: {modal}")

    def is_refused(self, words: str) -> None:
        """Sends the form and reads at a field why not."""
        label = self.person.sees_modal().submit_label
        self._did("presses", f"[{label}]", "")
        self.person.submits()
        modal = self.person.sees_modal()
        errors = "; ".join(modal.errors.values())
        if words not in errors:
            raise AssertionError(f"“{words}” is not among the errors of {modal}")
        self._saw("at the field", errors)

    @property
    def first_name(self) -> str:
        """What the others call them."""
        return self.name.split()[0]

    def _named(self, text: str) -> str:
        """A menu of people holds their ids; a person reads names."""
        return _ID.sub(lambda found: f"@{self._names.get(found[0], found[0])}", text)

    def _did(self, verb: str, what: str, how: str) -> None:
        self._watch(f"{self.first_name:>9} {verb:8} {what}{f'  ({how})' if how else ''}")

    def _saw(self, where: str, text: str, buttons: Sequence[str] = ()) -> None:
        self._did("reads", f"{where}:", "")
        times = Counter(buttons)
        foot = " ".join(f"[{label}]{f' × {number}' if number > 1 else ''}" for label, number in times.items())
        for line in [*text.splitlines(), foot]:
            if line:
                self._watch(f"{'':9} {'':8} │ {line}")


class Cast:
    """Everybody on the stage, by handle."""

    def __init__(self, stage: Stage, watch: Watch = unseen) -> None:
        self.stage, self.watch = stage, watch
        self._today = stage.deps.clock().date()
        people = stage.sandbox.people()
        self._names = {key: each["real_name"] for handle, each in people.items() for key in (handle, each["id"])}

    def day(self, week: int, weekday: int) -> date:
        """A day of the sample schedule, by its week and its weekday, both counted from 0."""
        return schedule_start(self._today) + timedelta(weeks=week, days=weekday)

    def __call__(self, handle: str, *, patience: float = _PATIENCE) -> Actor:
        """The person of this handle."""
        return Actor(self.stage.sandbox.person(handle, patience=patience), self._names, self.watch)

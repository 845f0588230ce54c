"""The people of the demo: they do what people do in Slack, and somebody may watch them."""

from datetime import date
from typing import Any

from bot.demo.script import Script
from bot.sandbox import Person, Shown


class Actor:
    """One person; each thing they do or read is told to whoever watches.

    Every method raises AssertionError where what it says cannot be done or is not there.
    """

    def __init__(self, person: Person, name: str, script: Script) -> None:
        self.person, self.name, self._script = person, name, script

    @property
    def first_name(self) -> str:
        """What the others call them."""
        return self.name.split()[0]

    def types(self, text: str, where: str = "#floor") -> None:
        """A command, or a message."""
        self._did("types", text, f"in {where}")
        self.person.types(text, where)

    def drops(self, name: str, content: bytes, where: str) -> None:
        """A file."""
        self._did("drops", name, f"in {where}")
        self.person.uploads(name, content, where)

    def reads(self, text: str, where: str = "#floor") -> Shown:
        """The newest message there that contains this text, once it is there."""
        shown = self.person.reads(text, where)
        self._saw(self._place(shown), shown)
        return shown

    def finds(self, text: str, where: str = "#floor") -> Shown:
        """The same; prints only the lines with this text."""
        shown = self.person.reads(text, where)
        self._script.saw_lines(self.first_name, self._place(shown), shown.text, [text])
        return shown

    def has_nothing(self, text: str, where: str) -> None:
        """Looks there for a message that contains this text, in vain."""
        found = [shown for shown in self.person.sees(where) if text in shown.text]
        if found:
            raise AssertionError(f"{self.name} reads already: {found[-1]}")
        self._script.saw(self.first_name, where, "(nothing new)")

    def finds_once(self, text: str, where: str, below: Shown | None = None) -> None:
        """That one message there, or one reply below that one, begins with this text, and no other does."""
        seen = self.person.thread(below)[1:] if below else self.person.sees(where)
        found = [shown.text for shown in seen if shown.text.startswith(text)]
        if len(found) != 1:
            raise AssertionError(f"{self.name} reads it {len(found)} times: {found}")
        self._did("finds", f"“{text}”", f"once in {where}")

    def hears(self, text: str, below: Shown) -> Shown:
        """The newest reply to a message that contains this text, once it is there."""

        def look() -> Shown:
            replies = self.person.thread(below)[1:]
            found = [reply for reply in replies if text in reply.text]
            if not found:
                raise AssertionError(f"{self.name} does not hear “{text}”, but {[each.text for each in replies]}")
            return found[-1]

        reply = self.person.seat.until(look)
        self._saw(f"{below.where}, below that", reply)
        return reply

    def presses(self, label: str, on: Shown | None = None, beside: str = "", confirm: bool | None = None) -> None:
        """A button on a message or Home, else in the form; ``confirm`` answers one that asks first."""
        says = [f"beside “{beside}”"] if beside else []
        says += ["and confirms"] if confirm else []
        self._did("presses", f"[{label}]", ", ".join(says))
        self.person.presses(label, on, beside=beside, confirm=confirm)

    def opens_home(self) -> None:
        """Goes to the app."""
        self._did("opens", "Home")
        self.person.opens_home()

    def sees_home(self, text: str, *parts: str) -> Shown:
        """Their Home, once it contains this text, without being opened again; prints only these parts of it."""

        def look() -> Shown:
            home = self.person.home()
            if text not in home.text:
                raise AssertionError(f"“{text}” is not on the Home of {self.name}: {home}")
            return home

        home = self.person.seat.until(look)
        self._script.saw_home(self.first_name, home, parts)
        return home

    def form(self, title: str, words: str = "") -> None:
        """The form that is open, once it is; these words are in it."""
        modal = self.person.sees_modal(title)
        if words not in modal.text:
            raise AssertionError(f"“{words}” is not in {modal}")
        self._script.saw_form(self.first_name, modal)

    def picks(self, label: str, option: Any) -> None:
        """An option in the form."""
        self._did("picks", _said(option), f"as {label}")
        self.person.picks(label, option)

    def chooses(self, option: str, beside: str) -> None:
        """What can be done with a line of the form."""
        self._did("chooses", option, f"beside “{beside}”")
        self.person.chooses("⋯", option, beside=beside)

    def fills(self, label: str, text: str) -> None:
        """A field of the form."""
        self._did("writes", f"“{text}”", f"as {label}")
        self.person.fills(label, text)

    def is_offered(self, label: str, *options: str) -> None:
        """Opens a list of the form that is searched; it holds these options and no others."""
        self._did("opens", label)
        found = self.person.searches(label, "")
        if found != list(options):
            raise AssertionError(f"{self.name} is offered {found}, not {list(options)}")
        self._script.saw(self.first_name, "the list", "\n".join(options) or "(nothing)")

    def cancels(self) -> None:
        """Closes the form unsent."""
        self._did("presses", f"[{self.person.sees_modal().close_label}]")
        self.person.closes(everything=True)

    def submits(self) -> None:
        """Sends the form, which closes."""
        self._sends()
        modal = self.person.modal
        if modal is not None:
            raise AssertionError(f"the form of {self.name} did not close: {modal}")

    def saves(self, *words: str) -> None:
        """Sends the form, reads these words in its place, and closes it; prints only the lines with them."""
        self.looks(*words)
        self.person.closes(everything=True)

    def looks(self, *words: str) -> None:
        """The same, and leaves open what came in its place."""
        self._sends()
        modal = self.person.sees_modal()
        missing = [each for each in words if each not in modal.text]
        if missing:
            raise AssertionError(f"“{missing[0]}” is not in {modal}")
        self._script.saw_lines(self.first_name, "in its place", modal.text, words)

    def is_refused(self, words: str) -> None:
        """Sends the form and reads at a field why not."""
        self._sends()
        modal = self.person.sees_modal()
        errors = "\n".join(f"{label}: {text}" for label, text in modal.errors.items())
        if words not in errors:
            raise AssertionError(f"“{words}” is not among the errors of {modal}")
        self._script.saw(self.first_name, "at the field", errors)

    def _sends(self) -> None:
        self._did("presses", f"[{self.person.sees_modal().submit_label}]")
        self.person.submits()

    def _did(self, verb: str, what: str, how: str = "") -> None:
        self._script.did(self.first_name, verb, what, how)

    def _saw(self, where: str, shown: Shown) -> None:
        self._script.saw(self.first_name, where, shown.text, shown.buttons)

    def _place(self, shown: Shown) -> str:
        marks = ((f"only {self.first_name}", shown.only_you), ("edited", shown.edited))
        return ", ".join([shown.where, *(mark for mark, holds in marks if holds)])


def _said(option: Any) -> str:
    match option:
        case list():
            return ", ".join(option)
        case date():
            return f"{option:%a, %b} {option.day}"
    return str(option)

"""A person at their desk: reads the screen, types, presses, fills in; all by what stands there."""

import base64
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from bot.sandbox.choosing import choice, entered, find_control, named
from bot.sandbox.elements import MANY, TEXTS, Spot, spots
from bot.sandbox.screen import Modal, Shown
from bot.sandbox.seat import Seat
from bot.sandbox.state import Json

Place = Shown | Modal


class Person:
    """Speaks only the control API, so it works from any process.

    What is not on the screen is waited for, `patience` seconds at most; then an AssertionError shows what is.
    """

    def __init__(self, url: str, name: str, *, patience: float = 5.0) -> None:
        self.name = name.removeprefix("@")
        self.seat = Seat(url, self.name, patience)

    def types(self, text: str, where: str = "#general", *, thread: Shown | None = None) -> None:
        """Type a message or a /command in a "#channel", or to "@somebody" directly; with `thread` as a reply."""
        asked = {"text": text, "where": where}
        if thread is not None:
            asked |= {"where": thread.channel, "thread_ts": thread.thread or thread.ts}
        self.seat.do("types", asked)

    def sees(self, where: str = "#general") -> list[Shown]:
        """The messages there that this person can see, oldest first; replies are in `thread`."""
        return [Shown.of(raw, where) for raw in self.seat.see("messages", where=where)["messages"]]

    def last(self, where: str = "#general") -> Shown:
        """The newest message there."""
        return self.reads("", where)

    def reads(self, text: str, where: str = "#general") -> Shown:
        """The newest message there that contains this text."""

        def look() -> Shown:
            seen = self.sees(where)
            found = [shown for shown in seen if text in shown.text]
            if not found:
                raise AssertionError(f"{self.name} does not see “{text}” in {where}, but:\n{_listed(seen)}")
            return found[-1]

        return self.seat.until(look)

    def thread(self, shown: Shown) -> list[Shown]:
        """A message and the replies to it, oldest first."""
        root = shown.thread or shown.ts
        found = self.seat.see("thread", where=shown.channel, ts=root)["messages"]
        return [Shown.of(raw, shown.where) for raw in found]

    def refreshed(self, shown: Shown) -> Shown:
        """The same message, or Home, as it is now. Raises AssertionError if it is gone."""
        if not shown.ts:
            return self.home()
        found = [each for each in self.thread(shown) if each.ts == shown.ts]
        if not found:
            raise AssertionError(f"the message is gone: {shown}")
        return found[0]

    def uploads(self, name: str, content: bytes, to: str = "#general", text: str = "") -> None:
        """Share a file, with a message beside it."""
        self.shares({name: content}, to, text)

    def shares(self, files: Mapping[str, bytes], to: str = "#general", text: str = "") -> None:
        """Share several files, by name, in one message."""
        self.seat.do("uploads", {"files": _encoded(files), "where": to, "text": text})

    def downloads(self, name: str, on: Shown) -> bytes:
        """What is in a file of this name that was shared in a message."""
        found = [file["id"] for file in on.files if file["name"] == name]
        if not found:
            raise AssertionError(f"there is no file {name}, but {[file['name'] for file in on.files]}")
        return self.seat.download(found[0])

    def reacts(self, emoji: str, on: Shown) -> None:
        """Add an emoji, with or without its colons. Raises AssertionError if they gave it already."""
        self.seat.do("reacts", {"name": emoji.strip(":"), "channel": on.channel, "ts": on.ts})

    def joins(self, where: str) -> None:
        """Become a member of a public channel.

        Raises AssertionError if it is archived or private, and for a guest or somebody from outside.
        """
        self.seat.do("joins", {"where": where})

    def leaves(self, where: str) -> None:
        """Leave a channel; a private one is out of sight then."""
        self.seat.do("leaves", {"where": where})

    def presses(
        self, label: str, on: Shown | None = None, *, beside: str = "", confirm: bool | None = None
    ) -> None:
        """Press a button `on` a message or Home; else in the modal on top, or the newest message of #general.

        `beside` picks the button next to this text where several are called the same. One that asks first
        needs `confirm`: True to go on, False to think better of it.
        """
        place, spot = self._control(label, on, beside, {"button"})
        asks = spot.element.get("confirm")
        if (confirm is None) == bool(asks):
            raise AssertionError(f"“{label}” asks first: {asks}" if asks else f"“{label}” does not ask first")
        if confirm is not False:
            self._act(place, spot, None)

    def chooses(self, label: str, option: Any, on: Shown | None = None, *, beside: str = "") -> None:
        """Choose in a menu, radio group or picker by the option's text; a list for several, None for nothing.

        People are given as "@name", channels as "#name", dates and times as such or as "2026-11-27", "09:00",
        moments as a datetime with its zone.
        """
        place, spot = self._control(label, on, beside, None)
        self._act(place, spot, self._value(place, spot, option))

    def picks(self, label: str, option: Any) -> None:
        """Choose in the modal on top."""
        self.sees_modal()
        self.chooses(label, option)

    def fills(self, label: str, text: str, on: Shown | None = None) -> None:
        """Type into a field, replacing what is there."""
        place, spot = self._control(label, on, "", TEXTS)
        self._act(place, spot, text)

    def attaches(self, label: str, name: str, content: bytes) -> None:
        """Put a file into a field of the modal."""
        place, spot = self._control(label, None, "", {"file_input"})
        self.seat.do("attaches", {**_at(place, spot), "files": _encoded({name: content})})

    def searches(self, label: str, text: str, on: Shown | None = None, *, beside: str = "") -> list[str]:
        """The options that come up in a searching menu."""
        place, spot = self._control(label, on, beside, None)
        return [option["text"]["text"] for option in self._found(place, spot, text)]

    @property
    def modal(self) -> Modal | None:
        """The modal on top, if one is open now."""
        raw = self.seat.see("modal")["modal"]
        return Modal.of(raw) if raw else None

    def sees_modal(self, title: str = "") -> Modal:
        """The modal on top, once one (with this title) is there."""

        def look() -> Modal:
            modal = self.modal
            if modal is None or title not in modal.title:
                seen = modal or f"none, and in #general:\n{_listed(self.sees())}"
                raise AssertionError(f"{self.name} sees no modal “{title}”, but {seen}")
            return modal

        return self.seat.until(look)

    def submits(self) -> None:
        """Press the submit button of the modal on top."""
        self.sees_modal()
        self.seat.do("submits", {})

    def closes(self, *, everything: bool = False) -> None:
        """Close the modal on top, or all of them with the ✕."""
        self.sees_modal()
        self.seat.do("closes", {"everything": everything})

    def home(self) -> Shown:
        """The app's Home as it was last published for this person."""

        def look() -> Shown:
            raw = self.seat.see("home")["home"]
            if raw is None:
                raise AssertionError(f"nothing was published on {self.name}'s Home")
            return Shown(text=raw["text"], blocks=raw["blocks"], values=raw["values"], where="Home")

        return self.seat.until(look)

    def opens_home(self, tab: str = "home") -> None:
        """Go to the app; `tab` is "home" or "messages"."""
        self.seat.do("opens_home", {"tab": tab})

    def pauses(self, span: timedelta) -> None:
        """Pause notifications for so long, by the business clock; for no time at all, take it back."""
        self.seat.do("pauses", {"seconds": span.total_seconds()})

    def shortcut(self, name: str, on: Shown | None = None) -> None:
        """Run a global shortcut, or one on a message."""
        self.seat.do("shortcuts", {"name": name, **(on.surface if on else {})})

    @property
    def notices(self) -> list[str]:
        """The warnings that flashed up, such as a button's when the app did not answer; oldest first."""
        found: list[str] = self.seat.see("notices")["notices"]
        return found

    def _control(
        self, label: str, on: Shown | None, beside: str, kinds: Collection[str] | None
    ) -> tuple[Place, Spot]:
        def look() -> tuple[Place, Spot]:
            place = self._place(on)
            return place, find_control(place, label, beside, kinds)

        return self.seat.until(look)

    def _place(self, on: Shown | None) -> Place:
        if on is not None:
            return self.refreshed(on)
        place = self.modal or next(reversed(self.sees()), None)
        if place is None:
            raise AssertionError("there is neither a modal nor a message in #general")
        return place

    def _value(self, place: Place, spot: Spot, option: Any) -> Any:
        kind = spot.element["type"]
        if option is None or kind in TEXTS:
            return option
        if kind in MANY and not isinstance(option, list):
            option = [option]
        if kind.endswith(("users_select", "channels_select", "conversations_select")):
            return named(option, self.seat.ids())
        if kind.endswith("external_select"):
            many = option if isinstance(option, list) else [option]
            found = [choice(each, self._found(place, spot, each), spot) for each in many]
            return found if isinstance(option, list) else found[0]
        return entered(option, spot)

    def _found(self, place: Place, spot: Spot, text: str) -> list[Json]:
        found: list[Json] = self.seat.do("searches", {**_at(place, spot), "text": text})["options"]
        return found

    def _act(self, place: Place, spot: Spot, value: Any) -> None:
        self.seat.do("acts", {**_at(place, spot), "value": value})


def _encoded(files: Mapping[str, bytes]) -> list[Json]:
    return [{"name": name, "content": base64.b64encode(content).decode()} for name, content in files.items()]


def _at(place: Place, spot: Spot) -> Json:
    block_id, action_id = spot.key
    same = [each.element for each in spots(place.blocks) if each.key == spot.key]
    nth = next(number for number, element in enumerate(same) if element is spot.element)
    return {"surface": place.surface, "block_id": block_id, "action_id": action_id, "nth": nth}


def _listed(seen: list[Shown]) -> str:
    return "\n".join(str(shown) for shown in seen) or "(nothing)"

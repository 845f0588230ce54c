"""What the templates of elements are given: an element as it stands before one person."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.sandbox.elements import MANY, VALUES, Spot
from bot.sandbox.page.choices import Choice, Choices, choice_of, menu_of
from bot.sandbox.reading import Reader
from bot.sandbox.state import Json

_PURPOSES = {
    "datepicker": "Date",
    "timepicker": "Time",
    "datetimepicker": "Date and time",
    "overflow": "More actions",
    "file_input": "Files",
    "radio_buttons": "Choose one",
    "checkboxes": "Choose any",
}


@dataclass(frozen=True, slots=True)
class Control:
    """An interactive element.

    `nth` counts those with the same block and action id, `id` is its own in the document; `value` is what it holds
    and `error` what is wrong with that.
    """

    spot: Spot
    nth: int
    id: str
    value: Any
    error: str
    reader: Reader

    @property
    def element(self) -> Json:
        """The element as the app wrote it."""
        return self.spot.element

    @property
    def kind(self) -> str:
        """Its type in Block Kit."""
        return str(self.element["type"])

    @property
    def key(self) -> str:
        """What tells it from its neighbours, and from what stood there before it."""
        return f"{self.element['action_id']} {self.kind}"

    @property
    def place(self) -> Json:
        """How the control API finds it on its surface."""
        block_id, action_id = self.spot.key
        return {"block_id": block_id, "action_id": action_id, "nth": self.nth}

    @property
    def is_field(self) -> bool:
        """Whether it stands in an input block, whose label then names it."""
        return bool(self.spot.block["type"] == "input")

    @property
    def is_group(self) -> bool:
        """Whether it consists of several that a person can tick."""
        return self.kind in ("checkboxes", "radio_buttons")

    @property
    def is_many(self) -> bool:
        """Whether several can be chosen."""
        return self.kind in MANY

    @property
    def is_searched(self) -> bool:
        """Whether the app is asked for what there is to choose."""
        return self.kind.endswith("external_select")

    @property
    def is_required(self) -> bool:
        """Whether a form cannot be submitted without it."""
        return self.is_field and not self.spot.block.get("optional")

    @property
    def name(self) -> str:
        """What it is called where no label stands at it."""
        element, block = self.element, self.spot.block
        if "accessibility_label" in element:
            return str(element["accessibility_label"])
        if self.is_field:
            return str(block["label"]["text"])
        if "placeholder" in element:
            return str(element["placeholder"]["text"])
        if self.kind != "overflow" and block.get("text"):
            return next(self.reader.blocks([block]))
        return _PURPOSES.get(self.kind, "Choose")

    @property
    def placeholder(self) -> str:
        """What stands in it while it is empty."""
        if "placeholder" in self.element:
            return str(self.element["placeholder"]["text"])
        return "Search" if self.is_searched else "Choose"

    @property
    def triggers(self) -> str:
        """After what the app is told of a text, if it is told before the form is submitted."""
        config = self.element.get("dispatch_action_config", {})
        return " ".join(config.get("trigger_actions_on", ("on_enter_pressed",)))

    @property
    def descriptions(self) -> list[str]:
        """The ids of the texts that explain it."""
        found = [f"{self.id}-hint"] if self.is_field and self.spot.block.get("hint") else []
        return [*found, f"{self.id}-error"] if self.error else found

    @property
    def menu(self) -> list[Choices]:
        """What it offers; nothing if the app is asked for that."""
        return menu_of(self.element, self.reader)

    @property
    def chosen(self) -> list[Choice]:
        """What is selected."""
        values = self.value if self.is_many else [self.value]
        return [choice_of(value, self.element, self.reader) for value in values if value is not None]

    def holds(self, option: Json) -> bool:
        """Whether this option is ticked."""
        return any(choice.value["value"] == option["value"] for choice in self.chosen)

    @property
    def local(self) -> str:
        """The instant it holds, on the reader's wall, as `datetime-local` has it."""
        if self.value is None:
            return ""
        zone = ZoneInfo(self.reader.user.tz)
        return f"{datetime.fromtimestamp(self.value, UTC).astimezone(zone):%Y-%m-%dT%H:%M}"

    @property
    def plain_value(self) -> str:
        """What stands in it, without styles."""
        if isinstance(self.value, dict):
            return "\n".join(self.reader.blocks([self.value]))
        return self.value or ""


def control_of(spot: Spot, nth: int, prefix: str, values: Json, error: str, reader: Reader) -> Control:
    """An element with what `values`, the state of its surface, say that it holds."""
    block_id, action_id = spot.key
    field, _ = VALUES.get(spot.element["type"], ("", ""))
    held = values.get(block_id, {}).get(action_id, {})
    own_id = "-".join([prefix, quote(block_id, safe=""), quote(action_id, safe=""), str(nth)])
    return Control(spot, nth, own_id, held.get(field), error, reader)

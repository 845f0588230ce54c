"""The interactive parts of blocks: where they are and what value each one holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.sandbox.state import Json

Typed = Mapping[tuple[str, str], Any]

# For each element: where its value stands in a payload, and where the app puts what it starts with.
VALUES: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),
}
MANY = frozenset(kind for kind, (field, _) in VALUES.items() if field.endswith("s"))
TEXTS = frozenset(kind for kind, (field, _) in VALUES.items() if field == "value")


@dataclass(frozen=True, slots=True)
class Spot:
    """An interactive element and the block it stands in."""

    block: Json
    element: Json

    @property
    def key(self) -> tuple[str, str]:
        """Its block_id and action_id, by which payloads and `state.values` know it."""
        return self.block["block_id"], self.element["action_id"]

    @property
    def dispatches(self) -> bool:
        """Whether using it tells the app at once."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))


def spots(blocks: Iterable[Json]) -> Iterator[Spot]:
    """Every interactive element, top to bottom."""
    for block in blocks:
        parts = [block.get("element"), block.get("accessory"), *block.get("elements", ())]
        for part in parts:
            if isinstance(part, dict) and "action_id" in part:
                yield Spot(block, part)


def spot_at(blocks: Iterable[Json], block_id: str, action_id: str, nth: int = 0) -> Spot | None:
    """The element with these ids, or None; `nth` counts those that a message and its attachments share."""
    same = (spot for spot in spots(blocks) if spot.key == (block_id, action_id))
    return next(islice(same, nth, None), None)


def options_of(offering: Json) -> list[Json]:
    """The options of an element or of an app's answer, those in groups included."""
    found: list[Json] = list(offering.get("options") or ())
    for group in offering.get("option_groups") or ():
        found += group["options"]
    return found


def value_of(spot: Spot, typed: Typed) -> Any:
    """What it holds now: what was entered, or else what the app put there, or nothing."""
    kind = spot.element["type"]
    if spot.key in typed:
        return typed[spot.key]
    _, initial = VALUES[kind]
    return spot.element.get(initial, [] if kind in MANY else None)


def state_values(blocks: Iterable[Json], typed: Typed) -> Json:
    """`state.values` as Slack sends it: an empty field is null, an empty multi-select []."""
    values: Json = {}
    for spot in spots(blocks):
        kind = spot.element["type"]
        if kind in VALUES:
            block_id, action_id = spot.key
            field, _ = VALUES[kind]
            values.setdefault(block_id, {})[action_id] = {"type": kind, field: value_of(spot, typed)}
    return values


def surviving(typed: Typed, old: Iterable[Json], new: Iterable[Json]) -> dict[tuple[str, str], Any]:
    """What was typed survives an update only where block_id, action_id and kind stay the same."""
    before = {spot.key: spot.element["type"] for spot in spots(old)}
    after = {spot.key: spot.element["type"] for spot in spots(new)}
    return {key: value for key, value in typed.items() if after.get(key) == before.get(key, "")}

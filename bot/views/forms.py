"""The few shapes of Block Kit that our forms are made of, and how they are read."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from bot.views.blocks import Block
from bot.views.formats import shorten

View = dict[str, Any]

MISSING = "Please fill this in."
MOST_OPTIONS = 100
_OPTION = 75


def modal(
    title: str,
    *blocks: Block,
    callback_id: str = "",
    submit: str | None = None,
    close: str = "Cancel",
    metadata: str = "",
) -> View:
    """A form; without ``submit`` something to read. Title and labels have at most 24 characters."""
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain_text(title),
        **({"submit": plain_text(submit)} if submit else {}),
        "close": plain_text(close),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def field(
    label: str, name: str, element: Block, *, optional: bool = False, tells: bool = False, hint: str = ""
) -> Block:
    """A labelled field, at which an error can stand; ``tells`` has the bot hear of each change."""
    return {
        "type": "input",
        "block_id": name,
        "label": plain_text(label),
        "optional": optional,
        "dispatch_action": tells,
        "element": {**element, "action_id": name},
        **({"hint": plain_text(hint)} if hint else {}),
    }


def option(text: str, value: str) -> Block:
    """Something to choose."""
    return {"text": plain_text(shorten(text, _OPTION)), "value": value}


def select(options: Sequence[Block], chosen: str | None = None) -> Block:
    """A menu of at most 100 options."""
    return {"type": "static_select", "options": list(options), **_initial(options, chosen)}


def grouped_select(groups: dict[str, list[Block]], chosen: str | None = None) -> Block:
    """A menu with headings; groups without options are left out."""
    shown: list[Block] = [
        {"label": plain_text(label), "options": each[:MOST_OPTIONS]} for label, each in groups.items() if each
    ]
    every = [option for group in shown for option in group["options"]]
    return {"type": "static_select", "option_groups": shown, **_initial(every, chosen)}


def searching_select(chosen: Block | None = None, *, least: int = 0) -> Block:
    """A menu whose options the bot is asked for, once ``least`` characters are typed."""
    return {
        "type": "external_select",
        "min_query_length": least,
        **({"initial_option": chosen} if chosen else {}),
    }


def several(options: Sequence[Block], chosen: Iterable[str] = (), *, kind: str = "multi_static_select") -> Block:
    """A menu to choose several from; with the kind ``checkboxes`` boxes to tick, at most ten."""
    wanted = set(chosen)
    initial = [each for each in options if each["value"] in wanted]
    return {"type": kind, "options": list(options), **({"initial_options": initial} if initial else {})}


def text_input(value: str = "", *, longest: int = 200) -> Block:
    """A line of text."""
    initial = {"initial_value": shorten(value, longest)} if value else {}
    return {"type": "plain_text_input", "max_length": longest, **initial}


def paragraph_input(value: str = "", *, longest: int) -> Block:
    """A text of several lines; Slack takes at most 3,000 characters."""
    return {**text_input(value, longest=longest), "multiline": True}


def number_input(value: float | None, *, least: float, most: float, whole: bool = True, usual: str = "") -> Block:
    """A number within bounds; ``usual`` is what holds where nothing is entered."""
    return {
        "type": "number_input",
        "is_decimal_allowed": not whole,
        "min_value": f"{least:g}",
        "max_value": f"{most:g}",
        **({"initial_value": f"{value:g}"} if value is not None else {}),
        **({"placeholder": plain_text(usual)} if usual else {}),
    }


def time_picker(value: time | None) -> Block:
    """A time of day."""
    return {"type": "timepicker", **({"initial_time": f"{value:%H:%M}"} if value else {})}


def date_picker(value: date | None) -> Block:
    """A day."""
    return {"type": "datepicker", **({"initial_date": value.isoformat()} if value else {})}


def channel_select(chosen: str | None = None) -> Block:
    """A public channel, or a private one that whoever chooses is in."""
    return {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"]},
        **({"initial_conversation": chosen} if chosen else {}),
    }


def person_select(chosen: str | None = None) -> Block:
    """Somebody of the workspace."""
    return {"type": "users_select", **({"initial_user": chosen} if chosen else {})}


def people_select() -> Block:
    """Several people of the workspace."""
    return {"type": "multi_users_select"}


def confirmation(title: str, text: str, confirm: str, deny: str = "Cancel") -> Block:
    """What a button asks before it does what it says."""
    return {
        "title": plain_text(title),
        "text": plain_text(text),
        "confirm": plain_text(confirm),
        "deny": plain_text(deny),
    }


def plain_text(text: str) -> Block:
    """Text in which nothing is markup."""
    return {"type": "plain_text", "text": text}


def entered(view: View) -> dict[str, Any]:
    """What stands in each field, by its name: texts, values of options, ids; None or [] where nothing does."""
    states = view["state"]["values"].values()
    return {name: _value(state) for block in states for name, state in block.items()}


def began_with(view: View) -> dict[str, Any]:
    """What stood in each field when the form was opened."""
    elements = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    return {each["action_id"]: _held(_beginning(each)) for each in elements}


def changed(view: View) -> dict[str, Any]:
    """The fields that hold something else than the form began with: nobody else's changes are taken back."""
    before = began_with(view)
    return {name: value for name, value in entered(view).items() if (value or None) != (before.get(name) or None)}


def _beginning(element: Block) -> Any:
    return next((held for key, held in element.items() if key.startswith("initial_")), None)


def _value(state: dict[str, Any]) -> Any:
    return _held(next((held for key, held in state.items() if key != "type"), None))


def _held(inner: Any) -> Any:
    if isinstance(inner, dict):
        return inner["value"]
    if isinstance(inner, list):
        return [each["value"] if isinstance(each, dict) else each for each in inner]
    return inner


def _initial(options: Iterable[Block], chosen: str | None) -> Block:
    found = next((each for each in options if each["value"] == chosen), None)
    return {"initial_option": found} if found else {}

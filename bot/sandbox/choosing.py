"""Finding a control by its label, and turning what a person chooses into the value it holds."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from bot.sandbox.elements import Spot, options_of, spots
from bot.sandbox.screen import Modal, Shown, labels_of
from bot.sandbox.state import Json


def find_control(place: Shown | Modal, label: str, beside: str, kinds: Collection[str] | None) -> Spot:
    """The one control of these kinds with this label. Raises AssertionError showing what is there instead."""
    able = [spot for spot in spots(place.blocks) if kinds is None or spot.element["type"] in kinds]
    found = [spot for spot in able if label in labels_of(spot)]
    if beside:
        found = [spot for spot in found if beside in _around(place.blocks, spot.block)]
    where = f" beside “{beside}”" if beside else ""
    if not found:
        raise AssertionError(f"there is no “{label}”{where} here:\n{place}")
    if len(found) > 1:
        raise AssertionError(f"{len(found)} are called “{label}”{where}; say which with beside=:\n{place}")
    return found[0]


def choice(wanted: str, options: list[Json], spot: Spot) -> Json:
    """The option with this text. Raises AssertionError naming those that are offered."""
    texts = [option["text"]["text"] for option in options]
    if wanted not in texts:
        raise AssertionError(f"“{labels_of(spot)[0]}” offers no “{wanted}”, but {texts}")
    return options[texts.index(wanted)]


def named(wanted: Any, ids: dict[str, str]) -> Any:
    """The id, or ids, of "@people" and "#channels"; ids are left as they are."""
    if isinstance(wanted, list):
        return [named(each, ids) for each in wanted]
    return ids.get(wanted) or ids.get(f"@{wanted}") or wanted


def entered(wanted: Any, spot: Spot) -> Any:
    """What a menu or picker holds after this was chosen in it.

    Raises AssertionError for a moment that says neither its zone nor the seconds since 1970.
    """
    if spot.element["type"] == "datetimepicker":
        return _moment(wanted, spot)
    match wanted:
        case list():
            return [entered(each, spot) for each in wanted]
        case date():
            return wanted.isoformat()
        case time():
            return f"{wanted:%H:%M}"
    options = options_of(spot.element)
    return choice(wanted, options, spot) if options else wanted


def _moment(wanted: Any, spot: Spot) -> int:
    if isinstance(wanted, datetime) and wanted.tzinfo:
        return int(wanted.timestamp())
    if isinstance(wanted, int):
        return wanted
    label = labels_of(spot)[0]
    raise AssertionError(f"“{label}” takes a datetime with its zone, or seconds since 1970, not {wanted!r}")


def _around(blocks: list[Json], block: Json) -> str:
    """The text of a block, and of the ones above it up to the last that holds controls."""
    index = blocks.index(block)
    said = [_said(block)]
    for above in reversed(blocks[:index]):
        if next(spots([above]), None) is not None or above["type"] == "divider":
            break
        said.append(_said(above))
    return "\n".join(said)


def _said(block: Json) -> str:
    parts = [block.get("text"), *block.get("fields", ()), *block.get("elements", ())]
    return "\n".join(str(p["text"]) for p in parts if isinstance(p, dict) and isinstance(p.get("text"), str))

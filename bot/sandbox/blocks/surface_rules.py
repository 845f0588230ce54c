"""Rules over all the blocks of a surface: unique ids, one focus, inputs that need a submit button."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blocks.schema import complaint, records


def elements(block: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The elements directly in a block, each with its pointer relative to the block."""
    for name in ("element", "accessory"):
        if isinstance(block.get(name), Mapping):
            yield f"/{name}", block[name]
    for index, element in records(block.get("elements")):
        yield f"/elements/{index}", element


def check_identity(blocks: Any, pointer: str) -> Iterator[str]:
    """Each `block_id` once in the surface, each `action_id` once in its block."""
    block_ids: set[str] = set()
    for index, block in records(blocks):
        here = f"{pointer}/{index}"
        yield from _once("block_id", block, block_ids, here)
        action_ids: set[str] = set()
        for where, element in elements(block):
            yield from _once("action_id", element, action_ids, f"{here}{where}")


def _once(name: str, holder: Mapping[str, Any], seen: set[str], pointer: str) -> Iterator[str]:
    value = holder.get(name)
    if not isinstance(value, str):
        return
    if value in seen:
        yield complaint(f'`{name}` "{value}" already exists', f"{pointer}/{name}")
    seen.add(value)


def check_focus(blocks: Any, pointer: str) -> Iterator[str]:
    """At most one element of a view takes the focus when it opens."""
    focused = [
        f"{pointer}/{index}{where}/focus_on_load"
        for index, block in records(blocks)
        for where, element in elements(block)
        if element.get("focus_on_load") is True
    ]
    for extra in focused[1:]:
        yield complaint("only one element can set `focus_on_load` to true", extra)


def check_submit(view: Mapping[str, Any], pointer: str) -> Iterator[str]:
    """A modal with an input block has a submit button."""
    if "submit" in view:
        return
    for index, block in records(view.get("blocks")):
        if block.get("type") == "input":
            yield complaint(
                "must define `submit` to use an `input` block in modals", f"{pointer}/blocks/{index}/input"
            )

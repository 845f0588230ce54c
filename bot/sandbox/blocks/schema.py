"""The small vocabulary in which blocks, elements and views are described.

A check takes a value and the JSON pointer it was found at, and yields Slack's complaints about it: none
for a value that is fine. No check raises, whatever the value.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

Check = Callable[[Any, str], Iterator[str]]


def complaint(words: str, pointer: str) -> str:
    """One line of `response_metadata.messages`, as Slack writes it."""
    return f"[ERROR] {words} [json-pointer:{pointer}]"


def string(
    most: int | None = None,
    *,
    least: int = 1,
    among: Collection[str] | None = None,
    pattern: str | None = None,
) -> Check:
    """A string of `least` to `most` characters, one of `among`, matching the whole `pattern`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield complaint("must provide a string", pointer)
        elif len(value) < least:
            yield complaint(f"must be more than {least - 1} characters", pointer)
        elif most is not None and len(value) > most:
            yield complaint(f"must be less than {most + 1} characters", pointer)
        elif among is not None and value not in among:
            yield complaint("must be a valid enum value", pointer)
        elif pattern is not None and not re.fullmatch(pattern, value):
            yield complaint(f"input must match regex pattern: ^{pattern}$", pointer)

    return check


def integer(least: int | None = None, most: int | None = None) -> Check:
    """A whole number from `least` to `most`, both included."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield complaint("must provide an integer", pointer)
        elif least is not None and value < least:
            yield complaint(f"must be greater than {least}", pointer)
        elif most is not None and value > most:
            yield complaint(f"must be less than {most}", pointer)

    return check


def boolean(value: Any, pointer: str) -> Iterator[str]:
    """True or false, and nothing that merely looks like it."""
    if not isinstance(value, bool):
        yield complaint("must be a boolean", pointer)


def array(item: Check, most: int | None = None, *, least: int = 1) -> Check:
    """A list of `least` to `most` items, each of which passes `item`."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, list | tuple):
            yield complaint("must provide an array", pointer)
            return
        if len(value) < least:
            yield complaint(f"must provide at least {least} items", pointer)
        if most is not None and len(value) > most:
            yield complaint(f"no more than {most} items allowed", pointer)
        for index, each in enumerate(value):
            yield from item(each, f"{pointer}/{index}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check) -> Check:
    """An object with these properties and no others; `rules` see it only once every property is fine."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield complaint("must provide an object", pointer)
            return
        complaints = [
            complaint(f"missing required field: {name}", pointer) for name in required if name not in value
        ]
        for name, each in value.items():
            if name in known:
                complaints += known[name](each, f"{pointer}/{name}")
            else:
                complaints.append(complaint(f"invalid additional property: {name}", pointer))
        yield from complaints
        if not complaints:
            for rule in rules:
                yield from rule(value, pointer)

    return check


def typed(
    kind: str, required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check
) -> dict[str, Check]:
    """A record whose `type` is `kind`, as an entry for `one_of`."""
    return {kind: record({"type": string(), **required}, optional, *rules)}


def one_of(kinds: Mapping[str, Check]) -> Check:
    """An object of one of these types; its `type` decides what else is in it."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield complaint("must provide an object", pointer)
        elif "type" not in value:
            yield complaint("missing required field: type", pointer)
        elif not isinstance(value["type"], str):
            yield complaint("must provide a string", f"{pointer}/type")
        elif value["type"] not in kinds:
            yield complaint(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            yield from kinds[value["type"]](value, pointer)

    return check


def exactly_one(first: str, second: str) -> Check:
    """A rule for a record: one of two properties is there, and not both."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if (first in value) == (second in value):
            yield complaint(f"must define either `{first}` or `{second}`", pointer)

    return check


def at_least_one(first: str, second: str) -> Check:
    """A rule for a record: one of two properties is there, or both."""

    def check(value: Any, pointer: str) -> Iterator[str]:
        if first not in value and second not in value:
            yield complaint(f"must define either `{first}` or `{second}`", pointer)

    return check


def not_empty(value: Any, pointer: str) -> Iterator[str]:
    """A rule for a record: something is in it."""
    if not value:
        yield complaint("must have minimum 1 properties", pointer)


def records(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The objects in what may or may not be a list, with their index."""
    if isinstance(value, list | tuple):
        for index, each in enumerate(value):
            if isinstance(each, Mapping):
                yield index, each

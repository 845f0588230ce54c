"""What menus offer, and what is chosen in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.reading import Reader
from bot.sandbox.state import SLACKBOT, Channel, Json, User


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen: `value` is what the app is sent, an option or an id."""

    value: Any
    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices under a heading, or without one."""

    label: str
    choices: tuple[Choice, ...]


def menu_of(element: Json, reader: Reader) -> list[Choices]:
    """What an element offers; nothing where the app is asked for that."""
    if "option_groups" in element:
        return [Choices(each["label"]["text"], _options(each["options"])) for each in element["option_groups"]]
    kind = str(element["type"])
    if kind.endswith("users_select"):
        return [Choices("", _sorted(_people(reader)))]
    if kind.endswith(("channels_select", "conversations_select")):
        return [Choices("", _sorted(_conversations(element, reader)))]
    return [Choices("", _options(element.get("options", ())))]


def choice_of(value: Any, element: Json, reader: Reader) -> Choice:
    """The choice that stands behind a value."""
    workspace = reader.workspace
    if isinstance(value, dict):
        offered = (choice for choices in menu_of(element, reader) for choice in choices.choices)
        same = (choice for choice in offered if choice.value["value"] == value["value"])
        return next(same, None) or _option(value)
    if value in workspace.users:
        return _person(workspace.users[value])
    if value in workspace.channels:
        return _conversation(workspace.channels[value], reader)
    return Choice(value, value)


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice.text.casefold()))


def _options(options: Iterable[Json]) -> tuple[Choice, ...]:
    return tuple(_option(option) for option in options)


def _option(option: Json) -> Choice:
    return Choice(option, option["text"]["text"], option.get("description", {}).get("text", ""))


def _people(reader: Reader) -> Iterator[Choice]:
    users = reader.workspace.users.values()
    return (_person(user) for user in users if not user.deleted and user.id != SLACKBOT)


def _person(user: User) -> Choice:
    return Choice(user.id, user.real_name or user.name, f"@{user.name}")


def _conversations(element: Json, reader: Reader) -> Iterator[Choice]:
    """The open conversations that the element's filter lets through and the reader knows of."""
    wanted = element.get("filter", {})
    public_only = str(element["type"]).endswith("channels_select")
    kinds = ["public"] if public_only else wanted.get("include", ["public", "private", "im", "mpim"])
    for channel in reader.workspace.channels.values():
        known = channel.kind == "public" or reader.user.id in channel.members
        machine = wanted.get("exclude_bot_users") and _is_with_bot(channel, reader)
        if known and channel.kind in kinds and not channel.archived and not machine:
            yield _conversation(channel, reader)


def _is_with_bot(channel: Channel, reader: Reader) -> bool:
    return channel.kind == "im" and any(reader.workspace.users[member].is_bot for member in channel.members)


def _conversation(channel: Channel, reader: Reader) -> Choice:
    if channel.kind in ("public", "private"):
        return Choice(channel.id, f"#{channel.name}")
    users = reader.workspace.users
    return Choice(
        channel.id, ", ".join(users[each].real_name for each in channel.members if each != reader.user.id)
    )

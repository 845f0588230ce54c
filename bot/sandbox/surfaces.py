"""Where interactive blocks stand before a person: in a message, in the modal on top, or on their Home."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import NotPossible
from bot.sandbox.posts import shape
from bot.sandbox.state import Channel, Json, Message, User, View
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Surface:
    """Blocks and what one person typed into them. Either `view` is there, or `channel`, `message` and `facts`."""

    blocks: list[Json]
    typed: dict[tuple[str, str], Any]
    view: View | None = None
    channel: Channel | None = None
    message: Message | None = None
    facts: Json | None = None

    @property
    def is_modal(self) -> bool:
        """Whether it is a modal, from which another one may be pushed."""
        return self.view is not None and self.view.content["type"] == "modal"


def modal_of(world: World, user: User) -> View | None:
    """The modal on top, if one is open."""
    stack = world.workspace.modals.get(user.id)
    return stack[-1] if stack else None


def visible(channel: Channel, user: User, ts: str) -> Message:
    """A message this person can see. Raises NotPossible."""
    message = channel.messages.get(ts)
    if user.id not in channel.members or message is None or message.only_for not in (None, user.id):
        raise NotPossible("That message is not there.")
    return message


def surface_of(world: World, user: User, where: Json) -> Surface:
    """The surface named by {"modal": true}, {"home": true} or {"channel": …, "ts": …}. Raises NotPossible."""
    if where.get("modal"):
        view = modal_of(world, user)
    elif where.get("home"):
        view = world.workspace.homes.get(user.id)
    else:
        return _message_surface(world, user, where)
    if view is None:
        raise NotPossible("Nothing is open there.")
    return Surface(view.blocks, view.typed, view=view)


def _message_surface(world: World, user: User, where: Json) -> Surface:
    channel = world.workspace.channels.get(str(where.get("channel")))
    if channel is None:
        raise NotPossible("There is no such conversation.")
    message = visible(channel, user, str(where.get("ts")))
    typed = world.workspace.typed.setdefault((user.id, message.ts), {})
    facts = shape(world, channel, message, metadata=True)
    return Surface(message.all_blocks, typed, channel=channel, message=message, facts=facts)

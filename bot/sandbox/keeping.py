"""A workspace kept in a file from one start to the next: people, conversations, messages, files, Homes, the clock.

What was under way when it ended is gone, as when everybody's browser was closed: open modals, half-typed
fields, triggers, response URLs. Faults are gone, too. Whatever the app was told by an answer of the Web API is
there, also where the process was killed: its own database may refer to it.
"""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from bot.sandbox.state import Workspace
from bot.sandbox.world import World

# The fields of a workspace that outlive it.
_FIELDS = ("users", "channels", "files", "groups", "homes", "read", "last_number", "last_ts")
_DELAY = 0.02  # seconds in which changes are gathered; answers of the Web API wait for it


class NotKept(Exception):
    """The file holds no workspace that can be continued."""


class Keeper:
    """Keeps a workspace in a file, from `start` until `stop`; both on the workspace's event loop."""

    def __init__(self, world: World, path: Path) -> None:
        self._world, self._path = world, path
        self._due: asyncio.TimerHandle | None = None
        self._idle = asyncio.Event()
        self._idle.set()

    def start(self) -> None:
        """Writes the file, and again soon after each change."""
        self._write()
        self._world.workspace.feed.watch(lambda _change: self._schedule())

    async def caught_up(self) -> None:
        """Returns once everything up to now is written."""
        await self._idle.wait()

    def stop(self) -> None:
        """Writes what is not written yet."""
        if self._due:
            self._due.cancel()
            self._write()

    def _schedule(self) -> None:
        if self._due is None:
            self._idle.clear()
            self._due = asyncio.get_running_loop().call_later(_DELAY, self._write)

    def _write(self) -> None:
        self._due = None
        try:
            written = self._path.with_name(f"{self._path.name}.new")
            written.write_text(_dumped(self._world), encoding="utf-8")
            os.replace(written, self._path)  # whoever is killed meanwhile leaves the old one whole
        finally:
            self._idle.set()


def restore(world: World, path: Path) -> None:
    """Fills the workspace from the file; raises ``NotKept``."""
    try:
        kept: Any = _kept_type().model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise NotKept(f"{path} holds no workspace that can be continued") from error
    for name in _FIELDS:
        setattr(world.workspace, name, getattr(kept, name))
    for channel in world.workspace.channels.values():
        # A reply is one object, wherever it stands.
        messages, channel.messages, channel.threads = channel.messages, {}, {}
        for message in messages.values():
            channel.add(message)
    world.install(world.app)
    world.clock.move(kept.clock)


def _dumped(world: World) -> str:
    workspace = world.workspace
    homes = {user: replace(home, typed={}, errors={}) for user, home in workspace.homes.items()}
    fields: Mapping[str, Any] = {name: getattr(workspace, name) for name in _FIELDS} | {"homes": homes}
    return _kept_type()(**fields, clock=world.clock.offset).model_dump_json()


@cache
def _kept_type() -> type[BaseModel]:
    """What the file holds: the fields as the workspace declares them; the contents of files in base64."""
    hints = get_type_hints(Workspace)
    base64 = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
    fields: dict[str, Any] = {name: (hints[name], ...) for name in _FIELDS}
    return create_model("Kept", __config__=base64, clock=(timedelta, ...), **fields)

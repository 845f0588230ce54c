"""What handlers, jobs and the command line are handed; the only reader of the time and giver of ids."""

import os
import threading
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from cachetools import LRUCache
from slack_sdk import WebClient

from bot.settings import Settings
from storage.db import Sessions, WorkspaceSession

Clock = Callable[[], datetime]
T = TypeVar("T")
_REMEMBERED = 10_000


class Remembered:
    """Values that were derived from the rows of a workspace, each good while its revision stays the same.

    The revision is asked of the database every time, so what another replica wrote is never missed.
    """

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._values: LRUCache[tuple[str, Hashable], tuple[int, Any]] = LRUCache(most)
        self._lock = threading.Lock()

    def recall(self, session: WorkspaceSession, key: Hashable, derive: Callable[[], T]) -> T:
        """The value remembered under the key, derived anew if the workspace was written since."""
        revision = session.revision()
        with self._lock:
            found = self._values.get((session.workspace_id, key))
        if found is None or found[0] != revision:
            found = (revision, derive())
            with self._lock:
                self._values[session.workspace_id, key] = found
        value: T = found[1]
        return value


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything from outside that an action may need."""

    settings: Settings
    sessions: Sessions
    slack: WebClient
    clock: Clock
    new_id: Callable[[], UUID]
    scopes: Mapping[str, str] = field(default_factory=dict)  # that the app asks for, each with what wants it
    remembered: Remembered = field(default_factory=Remembered)


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then chance, so that newer rows sort after older ones."""
    stamp = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big")
    value = stamp << 80 | chance
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)

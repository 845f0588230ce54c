"""The business time of a workspace: real time, moved by whoever plays with it."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Real time plus an offset. Safe to read and move from any thread.

    The bot and what people read live by it; signatures, triggers, message ids and rates stay on real time.
    """

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._offset = timedelta()
        self._changed = changed

    def now(self) -> datetime:
        """The business instant, aware, in UTC."""
        with self._lock:
            return datetime.now(UTC) + self._offset

    @property
    def offset(self) -> timedelta:
        """How far it is from real time."""
        with self._lock:
            return self._offset

    def set(self, instant: datetime) -> None:
        """Make `instant` the present; time runs on from there. Raises ValueError for a naive instant."""
        if instant.tzinfo is None:
            raise ValueError("the clock is set to an instant: give it a time zone")
        with self._lock:
            self._offset = instant - datetime.now(UTC)
        self._changed()

    def move(self, delta: timedelta) -> None:
        """Move the present by `delta`, backwards if it is negative."""
        with self._lock:
            self._offset += delta
        self._changed()

    def reset(self) -> None:
        """Return to real time."""
        with self._lock:
            self._offset = timedelta()
        self._changed()

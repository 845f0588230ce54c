"""The changes of a workspace, for whoever watches."""

from collections.abc import Callable
from typing import Any


class Feed:
    """Every change of the workspace, in order, for whoever watches."""

    def __init__(self) -> None:
        self.version = 0
        self._watchers: list[Callable[[dict[str, Any]], None]] = []

    def publish(self, kind: str, **facts: Any) -> None:
        """Tell every watcher of a change at once; `version` counts the changes."""
        self.version += 1
        for watcher in list(self._watchers):
            watcher({"version": self.version, "kind": kind, **facts})

    def watch(self, watcher: Callable[[dict[str, Any]], None]) -> Callable[[], None]:
        """Call `watcher` with every change from now on; the answer ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

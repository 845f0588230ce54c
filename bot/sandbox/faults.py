"""What may go wrong between an app and Slack, switched on by tests and over the control API."""

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

FaultKind = Literal["away", "ratelimited", "status", "timeout", "timeout_after", "fatal_error", "latency"]


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong.

    `method` is a Web API method or "*" for all. `value` is the kind's number: seconds for `Retry-After`,
    latency and how long a timeout keeps the caller hanging; the HTTP code for `status`. `times` counts
    down; None means until cleared. "away" is for all methods and lasts until cleared.
    """

    kind: FaultKind
    method: str = "*"
    value: float = 0
    times: int | None = None


class Faults:
    """The faults that are switched on. Safe to use from any thread."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._changed = changed

    @property
    def is_away(self) -> bool:
        """Whether Slack is not there at all."""
        with self._lock:
            return any(fault.kind == "away" for fault in self._faults)

    def away(self) -> None:
        """Refuse everything that the app asks, cut its connections, and bring it nothing, until cleared."""
        self.add(Fault("away"))

    def rate_limit(self, method: str = "*", *, retry_after: int = 1, times: int | None = 1) -> None:
        """Answer 429 with `Retry-After`."""
        self.add(Fault("ratelimited", method, retry_after, times))

    def status(self, code: int, method: str = "*", *, times: int | None = 1) -> None:
        """Answer with a bare HTTP status such as 500 or 503."""
        self.add(Fault("status", method, code, times))

    def timeout(
        self, method: str = "*", *, done: bool = False, seconds: float = 60, times: int | None = 1
    ) -> None:
        """Leave the caller hanging for `seconds`; with `done` the thing was done all the same."""
        self.add(Fault("timeout_after" if done else "timeout", method, seconds, times))

    def fatal_error(self, method: str = "*", *, times: int | None = 1) -> None:
        """Answer `fatal_error`."""
        self.add(Fault("fatal_error", method, 0, times))

    def latency(self, seconds: float, method: str = "*", *, times: int | None = None) -> None:
        """Take `seconds` longer over each call."""
        self.add(Fault("latency", method, seconds, times))

    def add(self, fault: Fault) -> None:
        """Switch a fault on. Raises ValueError for an unknown kind."""
        if fault.kind not in get_args(FaultKind):
            raise ValueError(f"no such fault: {fault.kind}")
        with self._lock:
            self._faults.append(fault)
        self._changed()

    def clear(self, kind: str | None = None) -> None:
        """Switch all of them off, or those of one kind."""
        with self._lock:
            self._faults = [fault for fault in self._faults if kind not in (None, fault.kind)]
        self._changed()

    def listed(self) -> list[dict[str, Any]]:
        """Those that are on, field by field; `times` is how often each will still strike."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def strike(self, method: str) -> list[Fault]:
        """What goes wrong with this call: every latency, and the first fault of another kind."""
        with self._lock:
            meant = [fault for fault in self._faults if fault.method in ("*", method)]
            latencies = [fault for fault in meant if fault.kind == "latency"]
            others = [fault for fault in meant if fault.kind not in ("latency", "away")][:1]
            struck = latencies + others
            for fault in struck:
                self._spend(fault)
        if any(fault.times is not None for fault in struck):
            self._changed()
        return struck

    def _spend(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times <= 0:
            self._faults.remove(fault)

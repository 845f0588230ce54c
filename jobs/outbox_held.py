"""What a sender writes down of a lane that it holds: each method is one transaction, and a line in the log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.actions.cards import surface_of
from bot.actions.contact import back_of
from bot.actions.outbox import fold_of, tell_of_failure
from bot.deps import Clock, Deps
from jobs.outbox_plan import Fold, Welcome
from storage import lanes
from storage.db import WorkspaceSession
from storage.lanes import Claim
from storage.outbox import State
from storage.tables import Message

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class HeldLane:
    """A lane from its claim until it is given back; ``now`` is business time, at which the turn began."""

    deps: Deps
    real_time: Clock
    own: Claim
    now: datetime

    def give_back(self) -> None:
        """There is nothing to do."""
        with self.deps.sessions.beside(self.own.workspace_id) as session:
            lanes.settle(session, self.own, self.now, self.real_time())

    def hold(self, message: Message, until: Callable[[WorkspaceSession], datetime | None]) -> None:
        """Puts off the message and whatever else can wait; ``until`` is None where it need not wait any more."""
        with self.deps.sessions.beside(self.own.workspace_id) as session:
            lanes.hold(session, self.own, self.now, self.real_time(), lambda: until(session))
        self._log(message, "held")

    def fold(self, fold: Fold) -> None:
        """Has one message stand for several."""
        whole = fold_of(fold.parts[0], self.deps.new_id())
        with self.deps.sessions.beside(self.own.workspace_id) as session:
            if lanes.fold(session, self.own, whole, [part.id for part in fold.parts]):
                lanes.settle(session, self.own, self.now, self.real_time())
        self._log(whole, "folded")

    def welcome(self, back: Welcome) -> None:
        """Has one message stand for all that was kept from somebody, to be read when they are there."""
        whole = back_of(back.message, self.deps.new_id(), back.at)
        with self.deps.sessions.beside(self.own.workspace_id) as session:
            if lanes.fold(session, self.own, whole, [part.id for part in back.parts]):
                lanes.settle(session, self.own, self.now, self.real_time())
        self._log(whole, "folded")

    def begin(self, message: Message) -> bool:
        """Notes that the outcome of a call is unknown from now on; False where the lane was lost."""
        with self.deps.sessions.beside(self.own.workspace_id) as session:
            return lanes.begin_attempt(session, self.own, message.id, self.real_time())

    def shown(
        self,
        message: Message,
        outcome: str,
        shown: int,
        ts: str,
        channel: str | None = None,
        free_at: datetime | None = None,
    ) -> None:
        """Slack has the message, as it was after so many changes."""
        done: dict[str, Any] = {"ts": ts, "shown": shown, "attempt_at": None, "tries": 0, "error": None}
        self.settle(message, outcome, sent=True, channel=channel, free_at=free_at, **done)

    def close(self, message: Message, state: State, code: str | None = None) -> None:
        """The message is not shown any more."""
        self.settle(message, state.value, code, state=state, error=code)

    def fail(self, message: Message, code: str) -> None:
        """The others in the lane go on; the coordinators hear of it in the same transaction."""
        with self.deps.sessions.write(self.own.workspace_id) as session:
            failed = {"state": State.FAILED, "error": code, "attempt_at": None}
            if lanes.settle(session, self.own, self.now, self.real_time(), message.id, **failed):
                tell_of_failure(session, self.deps, message)
        self._log(message, "failed", code)

    def settle(
        self,
        message: Message,
        outcome: str,
        code: str | None = None,
        *,
        sent: bool = False,
        free_at: datetime | None = None,
        channel: str | None = None,
        **columns: Any,
    ) -> None:
        """Stores what came of it. Where the lane was lost, what may have been ``sent`` is shown again."""
        real = self.real_time()
        with self.deps.sessions.beside(self.own.workspace_id) as session:
            own = lanes.settle(
                session, self.own, self.now, free_at or real, message.id, channel=channel, **columns
            )
            if sent and not own:
                lanes.show_again(session, self.own, self.now, real, message.id, columns.get("ts"))
        self._log(message, outcome if own else "overtaken", code)

    def _log(self, message: Message, outcome: str, code: str | None = None) -> None:
        kind = surface_of(self.own.lane).value
        log.info(
            "message", workspace=self.own.workspace_id, lane=kind, card=message.card, outcome=outcome, code=code
        )

"""One turn: what a sender does with a lane that it has claimed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.actions.cards import Cards, Surface, recipient_of, surface_of
from bot.actions.outbox import fold_of, tell_of_failure
from bot.connectors.messages import (
    POST,
    UPDATE,
    Courier,
    SlackAsksToWait,
    SlackIsAway,
    SlackLocksUsOut,
    SlackRefuses,
    Undelivered,
)
from bot.deps import Clock, Deps, system_clock
from jobs.outbox_plan import Fold, Hold, PutAside, QuietUntil, Show, never_quiet, plan
from storage import lanes
from storage.lanes import Claim
from storage.outbox import State
from storage.tables import Message

log = structlog.get_logger()

# A card that cannot be drawn may be one that only a newer replica knows, or be mended by a release.
_DRAWN_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Times:
    """In seconds of real time. A lease outlives a call, so no call is under way when the lane is claimed anew."""

    lease: float = 60
    call: int = 10  # how long Slack has for its answer
    pace: float = 1  # from one post to the next in a channel, and from one look at a Home to the next
    poll: float = 1  # how soon it is seen what another process has left
    first_delay: float = 1  # after a failure; doubled with each further one
    longest_delay: float = 60
    locked_out: float = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """What a turn needs: where messages come from, how they are drawn, and who carries them in a workspace.

    ``quiet_until(session, person, now)`` is asked before anything but the most urgent is posted to a person.
    """

    deps: Deps
    cards: Cards
    courier: Callable[[str], Courier]
    quiet_until: QuietUntil = never_quiet
    times: Times = field(default_factory=Times)
    real_time: Clock = system_clock

    def take(self, own: Claim) -> None:
        """Does what is next in the lane, with one message at most, and gives the lane back."""
        _Turn(self, own, self.deps.clock()).take()


@dataclass(frozen=True, slots=True)
class _Turn:
    desk: Desk
    own: Claim
    now: datetime

    def take(self) -> None:
        desk, own = self.desk, self.own
        with desk.deps.sessions.read(own.workspace_id) as session:
            found = plan(session, desk.cards, desk.quiet_until, own.lane, self.now)
        match found:
            case None:
                self._give_back()
            case Hold():
                self._hold(found)
            case Fold():
                self._fold(found)
            case PutAside():
                self._put_aside(found)
            case Show():
                self._show(found)

    def _give_back(self) -> None:
        with self.desk.deps.sessions.beside(self.own.workspace_id) as session:
            lanes.settle(session, self.own, self.now, self.desk.real_time())

    def _hold(self, hold: Hold) -> None:
        with self.desk.deps.sessions.beside(self.own.workspace_id) as session:
            until = partial(self.desk.quiet_until, session, self.own.lane, self.now)
            lanes.hold(session, self.own, self.now, self.desk.real_time(), until)
        self._log(hold.message, "held")

    def _fold(self, fold: Fold) -> None:
        whole = fold_of(fold.parts[0], self.desk.deps.new_id())
        with self.desk.deps.sessions.beside(self.own.workspace_id) as session:
            if lanes.fold(session, self.own, whole, [part.id for part in fold.parts]):
                lanes.settle(session, self.own, self.now, self.desk.real_time())
        self._log(whole, "folded")

    def _put_aside(self, broken: PutAside) -> None:
        message = broken.message
        if message.tries + 1 >= _DRAWN_AT_MOST:
            self._fail(message, broken.error)
        else:
            later = self.now + self._delay(message)
            tried: dict[str, Any] = {"not_before": later, "tries": message.tries + 1, "error": broken.error}
            self._settle(message, "put aside", broken.error, **tried)

    def _show(self, show: Show) -> None:
        message = show.message
        try:
            self._carry(show)
        except SlackAsksToWait as wait:
            self._try_again(message, wait, timedelta(seconds=wait.seconds))
        except SlackLocksUsOut as locked:
            self._try_again(message, locked, timedelta(seconds=self.desk.times.locked_out))
        except SlackIsAway as away:
            self._try_again(message, away, self._delay(message), tries=message.tries + 1)
        except SlackRefuses as refusal:
            if (refusal.method, refusal.code) == (UPDATE, "message_not_found"):
                # Only an admin, or the bot, can have deleted it, and meant to: it is not posted anew.
                self._close(message, State.DROPPED, refusal.code)
            else:
                self._fail(message, refusal.code)

    def _carry(self, show: Show) -> None:
        """Brings Slack up to date, by a post or an update. Raises what a ``Courier`` raises."""
        message, content = show.message, show.content
        courier = self.desk.courier(self.own.workspace_id)
        if surface_of(self.own.lane) is Surface.HOME:
            self._publish(courier, message, content)
            return
        if message.ts:
            if content:
                channel = self._channel(courier)
                if not self._in_time():
                    return
                courier.update(channel, message.ts, content)
            self._shown(message, "updated", message.wanted, message.ts)
            return
        if message.attempt_at:
            channel = self._channel(courier)
            found = courier.find(channel, message.key, message.attempt_at, show.thread)
            if found:
                self._shown(message, "found", found.shown, found.ts, channel)
                return
        if content is None:
            self._close(message, State.DROPPED)
        elif message.expires_at and message.expires_at <= self.now:
            self._close(message, State.EXPIRED)
        else:
            self._post(courier, show, content)

    def _post(self, courier: Courier, show: Show, content: dict[str, Any]) -> None:
        message, times = show.message, self.desk.times
        channel = self._channel(courier)
        if not self._begins(message):
            return
        channel, ts = courier.post(channel, content, message.key, message.wanted, show.thread)
        # From the answer on: it took its time, and two posts must not be nearer to each other where they arrive.
        free_at = self.desk.real_time() + timedelta(seconds=times.pace)
        self._shown(message, "posted", message.wanted, ts, channel, free_at)

    def _publish(self, courier: Courier, message: Message, content: dict[str, Any] | None) -> None:
        """Sets a Home, unless Slack is known to show just that; its ts is a digest of what was published."""
        if content is None:
            self._close(message, State.DROPPED)
            return
        digest, pace = _digest(content), timedelta(seconds=self.desk.times.pace)
        if message.ts == digest and message.attempt_at is None:
            free_at = self.desk.real_time() + pace
            self._settle(message, "unchanged", free_at=free_at, shown=message.wanted, tries=0, error=None)
        elif self._begins(message):
            courier.publish(recipient_of(self.own.lane), content)
            self._shown(message, "published", message.wanted, digest, free_at=self.desk.real_time() + pace)

    def _begins(self, message: Message) -> bool:
        """Notes, while there is time for the call, that its outcome is unknown from now on."""
        if not self._in_time():
            return False
        with self.desk.deps.sessions.beside(self.own.workspace_id) as session:
            return lanes.begin_attempt(session, self.own, message.id, self.desk.real_time())

    def _in_time(self) -> bool:
        """Whether a call that begins now ends while the lane is still one's own, also if its answer is lost."""
        return self.desk.real_time() + timedelta(seconds=self.desk.times.call) <= self.own.until

    def _channel(self, courier: Courier) -> str:
        if self.own.channel or surface_of(self.own.lane) is not Surface.PERSON:
            return self.own.channel or self.own.lane
        return courier.open(self.own.lane)

    def _shown(
        self,
        message: Message,
        outcome: str,
        shown: int,
        ts: str,
        channel: str | None = None,
        free_at: datetime | None = None,
    ) -> None:
        done: dict[str, Any] = {"ts": ts, "shown": shown, "attempt_at": None, "tries": 0, "error": None}
        self._settle(message, outcome, sent=True, channel=channel, free_at=free_at, **done)

    def _try_again(self, message: Message, failure: Undelivered, after: timedelta, **columns: Any) -> None:
        unknown = isinstance(failure, SlackIsAway)
        if failure.method == POST and not unknown:
            columns["attempt_at"] = None
        free_at = self.desk.real_time() + after
        self._settle(message, "later", failure.code, sent=unknown, free_at=free_at, error=failure.code, **columns)

    def _close(self, message: Message, state: State, code: str | None = None) -> None:
        self._settle(message, state.value, code, state=state, error=code)

    def _fail(self, message: Message, code: str) -> None:
        """The others in the lane go on; the coordinators hear of it in the same transaction."""
        with self.desk.deps.sessions.write(self.own.workspace_id) as session:
            failed = {"state": State.FAILED, "error": code, "attempt_at": None}
            if lanes.settle(session, self.own, self.now, self.desk.real_time(), message.id, **failed):
                tell_of_failure(session, self.desk.deps, message)
        self._log(message, "failed", code)

    def _settle(
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
        real = self.desk.real_time()
        with self.desk.deps.sessions.beside(self.own.workspace_id) as session:
            own = lanes.settle(
                session, self.own, self.now, free_at or real, message.id, channel=channel, **columns
            )
            if sent and not own:
                lanes.show_again(session, self.own, self.now, real, message.id, columns.get("ts"))
        self._log(message, outcome if own else "overtaken", code)

    def _delay(self, message: Message) -> timedelta:
        times = self.desk.times
        return timedelta(seconds=min(times.longest_delay, times.first_delay * 2 ** min(message.tries, 16)))

    def _log(self, message: Message, outcome: str, code: str | None = None) -> None:
        kind = surface_of(self.own.lane).value
        log.info(
            "message", workspace=self.own.workspace_id, lane=kind, card=message.card, outcome=outcome, code=code
        )


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()

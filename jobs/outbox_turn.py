"""One turn: what a sender does with a lane that it has claimed."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.actions.cards import Cards, Surface, recipient_of, surface_of
from bot.connectors.messages import (
    INVALID_BLOCKS,
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
from bot.views.attached import as_sent
from jobs.outbox_files import with_uploads
from jobs.outbox_held import HeldLane
from jobs.outbox_plan import (
    Fold,
    Hold,
    PutAside,
    QuietUntil,
    Show,
    ToldBackAt,
    Welcome,
    can_wait,
    never_away,
    never_quiet,
    plan,
)
from storage.db import WorkspaceSession
from storage.lanes import Claim
from storage.outbox import State
from storage.tables import Message

# A card that cannot be drawn may be one that only a newer replica knows, or be mended by a release.
_DRAWN_AT_MOST = 10
# Words are not held up for ever by a picture: after so many tries a file that is not there is left out.
_TRIED_WITH_FILES = 10
# Whoever ends Do Not Disturb early is not left without news until it would have ended.
_PAUSE_AT_MOST = timedelta(minutes=15)


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

    ``quiet_until(session, person, now)`` is asked before anything but the most urgent is posted to a person, and
    so is Slack for their Do Not Disturb. ``told_back_at(session, person, kept_until, now)`` is asked before what
    was kept from them until then is.
    """

    deps: Deps
    cards: Cards
    courier: Callable[[str], Courier]
    quiet_until: QuietUntil = never_quiet
    times: Times = field(default_factory=Times)
    real_time: Clock = system_clock
    told_back_at: ToldBackAt = never_away

    def take(self, own: Claim) -> None:
        """Does what is next in the lane, with one message at most, and gives the lane back."""
        _Turn(self, HeldLane(self.deps, self.real_time, own, self.deps.clock())).take()


@dataclass(frozen=True, slots=True)
class _Turn:
    desk: Desk
    held: HeldLane

    def take(self) -> None:
        desk, own = self.desk, self.held.own
        with desk.deps.sessions.read(own.workspace_id) as session:
            found = plan(session, desk.cards, desk.quiet_until, desk.told_back_at, own.lane, self.held.now)
        match found:
            case None:
                self.held.give_back()
            case Hold():
                self.held.hold(found.message, self._quiet_until)
            case Fold():
                if not self._paused(found.message):
                    self.held.fold(found)
            case Welcome():
                self.held.welcome(found)
            case PutAside():
                self._put_aside(found)
            case Show():
                self._show(found)

    def _put_aside(self, broken: PutAside) -> None:
        message = broken.message
        if message.tries + 1 >= _DRAWN_AT_MOST:
            self.held.fail(message, broken.error)
        else:
            later = self.held.now + self._delay(message)
            tried: dict[str, Any] = {"not_before": later, "tries": message.tries + 1, "error": broken.error}
            self.held.settle(message, "put aside", broken.error, **tried)

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
                self.held.close(message, State.DROPPED, refusal.code)
            else:
                self.held.fail(message, refusal.code)

    def _carry(self, show: Show) -> None:
        """Brings Slack up to date, by a post or an update. Raises what a ``Courier`` raises."""
        message, content = show.message, show.content
        courier = self.desk.courier(self.held.own.workspace_id)
        if surface_of(self.held.own.lane) is Surface.HOME:
            self._publish(courier, message, content)
            return
        if message.ts:
            if content:
                content = self._with_uploads(courier, message, content)
                channel = self._channel(courier)
                if not self._in_time():
                    return
                courier.update(channel, message.ts, content)
            self.held.shown(message, "updated", message.wanted, message.ts)
            return
        if message.attempt_at:
            channel = self._channel(courier)
            found = courier.find(channel, message.key, message.attempt_at, show.thread)
            if found:
                self.held.shown(message, "found", found.shown, found.ts, channel)
                return
        if content is None:
            self.held.close(message, State.DROPPED)
        elif message.expires_at and message.expires_at <= self.held.now:
            self.held.close(message, State.EXPIRED)
        elif not self._paused(message):
            self._post(courier, show, content)

    def _post(self, courier: Courier, show: Show, content: dict[str, Any]) -> None:
        message, times = show.message, self.desk.times
        content = self._with_uploads(courier, message, content)
        channel = self._channel(courier)
        if not self._begins(message):
            return
        channel, ts = courier.post(channel, content, message.key, message.wanted, show.thread)
        # From the answer on: it took its time, and two posts must not be nearer to each other where they arrive.
        free_at = self.desk.real_time() + timedelta(seconds=times.pace)
        self.held.shown(message, "posted", message.wanted, ts, channel, free_at)

    def _publish(self, courier: Courier, message: Message, content: dict[str, Any] | None) -> None:
        """Sets a Home, unless Slack is known to show just that; its ts is a digest of what was published."""
        if content is None:
            self.held.close(message, State.DROPPED)
            return
        digest, pace = _digest(content), timedelta(seconds=self.desk.times.pace)
        if message.ts == digest and message.attempt_at is None:
            free_at = self.desk.real_time() + pace
            self.held.settle(message, "unchanged", free_at=free_at, shown=message.wanted, tries=0, error=None)
        elif self._begins(message):
            courier.publish(recipient_of(self.held.own.lane), content)
            self.held.shown(message, "published", message.wanted, digest, free_at=self.desk.real_time() + pace)

    def _with_uploads(self, courier: Courier, message: Message, content: dict[str, Any]) -> dict[str, Any]:
        patient = message.tries < _TRIED_WITH_FILES
        if not patient and message.error == INVALID_BLOCKS:
            return as_sent(content, {})
        own, now = self.held.own, self.held.now
        return with_uploads(self.desk.deps, own.workspace_id, courier, content, now, patient=patient)

    def _quiet_until(self, session: WorkspaceSession) -> datetime | None:
        return self.desk.quiet_until(session, self.held.own.lane, self.held.now)

    def _paused(self, message: Message) -> bool:
        """Whether it was put off because the person has Slack's Do Not Disturb on."""
        own, now = self.held.own, self.held.now
        ends = self.desk.courier(own.workspace_id).paused_until(own.lane, now) if can_wait(message) else None
        if ends is None:
            return False
        until = min(ends, now + _PAUSE_AT_MOST)
        self.held.hold(message, lambda _session: until)
        return True

    def _begins(self, message: Message) -> bool:
        """Notes, while there is time for the call, that its outcome is unknown from now on."""
        return self._in_time() and self.held.begin(message)

    def _in_time(self) -> bool:
        """Whether a call that begins now ends while the lane is still one's own, also if its answer is lost."""
        return self.desk.real_time() + timedelta(seconds=self.desk.times.call) <= self.held.own.until

    def _channel(self, courier: Courier) -> str:
        if self.held.own.channel or surface_of(self.held.own.lane) is not Surface.PERSON:
            return self.held.own.channel or self.held.own.lane
        return courier.open(self.held.own.lane)

    def _try_again(self, message: Message, failure: Undelivered, after: timedelta, **columns: Any) -> None:
        unknown = isinstance(failure, SlackIsAway)
        if failure.method == POST and not unknown:
            columns["attempt_at"] = None
        free_at = self.desk.real_time() + after
        self.held.settle(
            message, "later", failure.code, sent=unknown, free_at=free_at, error=failure.code, **columns
        )

    def _delay(self, message: Message) -> timedelta:
        times = self.desk.times
        return timedelta(seconds=min(times.longest_delay, times.first_delay * 2 ** min(message.tries, 16)))


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()

"""Messages on their way to Slack: posted, changed, and found again; each outcome that matters has a name."""

import http.client
import re
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

Content = dict[str, Any]

POST, UPDATE, OPEN = "chat.postMessage", "chat.update", "conversations.open"
PUBLISH = "views.publish"
HISTORY, REPLIES = "conversations.history", "conversations.replies"
DND = "dnd.info"
_EVENT_TYPE = "floorwalker_message"
_PAGE = 200
# Slack's clock and ours may differ; a message that was looked for in vain is posted again.
_CLOCKS_DIFFER = timedelta(minutes=10)
_DEFAULT_RETRY_SECONDS = 30.0
# How long nobody's Do Not Disturb is asked for where Slack does not tell it.
_DND_UNKNOWN_SECONDS = 60.0

_PASSING = {
    "fatal_error",
    "internal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "external_channel_migrating",
    "update_failed",
}
# Slack is not done with looking at a file, or does not have it any more.
INVALID_BLOCKS, _NOT_YET_SHOWN = "invalid_blocks", "invalid slack file"
_RATES = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_OUR_ACCESS = {
    "not_authed",
    "invalid_auth",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "no_permission",
    "org_login_required",
    "ekm_access_denied",
    "not_allowed_token_type",
    "team_access_not_granted",
    "enterprise_is_restricted",
    "access_denied",
}
_THREAD_IS_GONE = {"cannot_reply_to_message", "thread_not_found", "invalid_thread_ts"}
_CANNOT_LOOK = {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found", "is_archived"}


class Undelivered(Exception):
    """Slack did not do it; ``method`` was called, and ``code`` is what it said."""

    def __init__(self, method: str, code: str) -> None:
        super().__init__(f"{method}: {code}")
        self.method, self.code = method, code


class SlackRefuses(Undelivered):
    """It will never be done: the same call would be refused again."""


class SlackIsAway(Undelivered):
    """There was no answer, or none that says whether it was done."""


class SlackAsksToWait(Undelivered):
    """It was not done, and the method is not to be called for ``seconds``."""

    def __init__(self, method: str, seconds: float) -> None:
        super().__init__(method, "ratelimited")
        self.seconds = seconds


class SlackLocksUsOut(Undelivered):
    """It was not done, and nothing will be until somebody mends the token or its scopes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A message that had been posted already; ``shown`` is what ``Courier.post`` was given with it."""

    ts: str
    shown: int


@dataclass(slots=True)
class Courier:
    """Carries the messages of one workspace.

    ``slack`` retries nothing itself: it would wait in the caller's lease, and post again unasked. Every method
    raises an ``Undelivered``; one that Slack wants to be left alone is not even called.
    """

    slack: WebClient
    seconds: Callable[[], float] = time.monotonic
    _until: dict[str, float] = field(default_factory=dict)

    def open(self, person: str) -> str:
        """The channel of the direct messages with a person.

        Without the scope for it, it is the person's id: good for posting, but not for finding again.
        """
        try:
            with self.calling(OPEN):
                return str(self.slack.conversations_open(users=person)["channel"]["id"])
        except SlackLocksUsOut as locked:
            if locked.code == "missing_scope":
                return person
            raise

    def post(self, channel: str, content: Content, key: str, shown: int, thread: str | None) -> tuple[str, str]:
        """Posts, as a reply if its thread is still there; the channel that it landed in, and its ts."""
        payload = {"key": key, "shown": shown}
        said = {"channel": channel, "metadata": {"event_type": _EVENT_TYPE, "event_payload": payload}, **content}
        try:
            with self.calling(POST):
                posted = self.slack.chat_postMessage(thread_ts=thread, **said)
        except SlackRefuses as refusal:
            if thread is None or refusal.code not in _THREAD_IS_GONE:
                raise
            return self.post(channel, content, key, shown, None)
        return str(posted["channel"]), str(posted["ts"])

    def update(self, channel: str, ts: str, content: Content) -> None:
        """Replaces what a message shows."""
        with self.calling(UPDATE):
            # Blocks that are not given would be kept.
            self.slack.chat_update(channel=channel, ts=ts, **{"blocks": [], **content})

    def publish(self, person: str, content: Content) -> None:
        """Replaces what a person's Home shows; done twice it shows the same."""
        with self.calling(PUBLISH):
            self.slack.views_publish(user_id=person, view={"type": "home", "blocks": content["blocks"]})

    def paused_until(self, person: str, now: datetime) -> datetime | None:
        """When the Do Not Disturb of a person ends that is on at ``now``; None where it is off.

        None also where Slack does not say, as without ``dnd:read``: nothing stays unsent because of that.
        """
        try:
            with self.calling(DND):
                status = self.slack.dnd_info(user=person)
        except (SlackLocksUsOut, SlackIsAway):
            self._until[DND] = self.seconds() + _DND_UNKNOWN_SECONDS
            return None
        except Undelivered:
            return None
        # Slack tells the current span or the next one; of others it tells no snooze apart from it.
        starts, ends = (int(status.get(f"next_dnd_{edge}_ts") or 0) for edge in ("start", "end"))
        on = status.get("dnd_enabled") and starts <= now.timestamp() < ends
        return datetime.fromtimestamp(ends, UTC) if on else None

    def find(self, channel: str, key: str, since: datetime, thread: str | None) -> Found | None:
        """The message that was posted with this key at ``since`` or later.

        None if there is none, and also where Slack lets nobody look, as without ``channels:history``,
        ``groups:history`` or ``im:history``: then a post whose answer was lost is posted again.
        """
        try:
            for message in self._recent(channel, since, thread):
                metadata = message.get("metadata") or {}
                payload = metadata.get("event_payload") or {}
                if metadata.get("event_type") == _EVENT_TYPE and payload.get("key") == key:
                    return Found(str(message["ts"]), int(payload.get("shown", 0)))
        except (SlackRefuses, SlackLocksUsOut) as refusal:
            if refusal.code not in _CANNOT_LOOK:
                raise
        return None

    def _recent(self, channel: str, since: datetime, thread: str | None) -> Iterator[dict[str, Any]]:
        asked: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{(since - _CLOCKS_DIFFER).timestamp():.6f}",
            "include_all_metadata": True,
            "limit": _PAGE,
        }
        cursor: str | None = None
        while cursor != "":
            if thread:
                with self.calling(REPLIES):
                    answer = self.slack.conversations_replies(ts=thread, cursor=cursor, **asked)
            else:
                with self.calling(HISTORY):
                    answer = self.slack.conversations_history(cursor=cursor, **asked)
            yield from answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""

    @contextmanager
    def calling(self, method: str) -> Iterator[None]:
        """What is called within fails by an ``Undelivered``, and is not even called where Slack asked to wait."""
        left = self._until.get(method, 0) - self.seconds()
        if left > 0:
            raise SlackAsksToWait(method, left)
        try:
            yield
        except SlackApiError as error:
            failure = _failure(method, error)
            if isinstance(failure, SlackAsksToWait):
                self._until[method] = self.seconds() + failure.seconds
            raise failure from error
        except (OSError, http.client.HTTPException) as error:
            raise SlackIsAway(method, type(error).__name__) from error


def slack_is_away(error: Exception) -> bool:
    """Whether a call failed because Slack does not answer, or not now: no fault of ours, and worth another try."""
    if isinstance(error, SlackApiError):
        return isinstance(_failure("", error), SlackIsAway | SlackAsksToWait)
    return isinstance(error, (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException))


def _failure(method: str, error: SlackApiError) -> Undelivered:
    response = error.response
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error", ""))
    if response.status_code == http.HTTPStatus.TOO_MANY_REQUESTS or code in _RATES:
        return SlackAsksToWait(method, _retry_after(response.headers))
    if response.status_code >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return SlackIsAway(method, f"http_{response.status_code}")
    if code in _PASSING or (code == INVALID_BLOCKS and _NOT_YET_SHOWN in str(data.get("response_metadata"))):
        return SlackIsAway(method, code)
    if not re.fullmatch(r"[a-z0-9_]+", code):  # a proxy's page, not Slack's answer
        return SlackIsAway(method, "unreadable_answer")
    return SlackLocksUsOut(method, code) if code in _OUR_ACCESS else SlackRefuses(method, code)


def _retry_after(headers: Any) -> float:
    value = next((headers[name] for name in headers if name.lower() == "retry-after"), "")
    try:
        return max(float(value), 0.0)
    except ValueError:
        return _DEFAULT_RETRY_SECONDS

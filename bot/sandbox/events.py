"""The Events API: telling the app what happened, to whom it is subscribed, until it says that it heard."""

import asyncio
import time
from collections.abc import Callable, Sequence

from bot.sandbox.app import VERIFICATION_TOKEN, App
from bot.sandbox.delivery import Route, Undelivered
from bot.sandbox.state import Json, Workspace

# Every event that something here causes -> the scopes of which one is needed to hear it.
SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "dnd_updated_user": ("dnd:read",),
    "file_shared": ("files:read",),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "reaction_added": ("reactions:read",),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
}


def check_subscriptions(app: App) -> None:
    """Raise ValueError if the app subscribes to what would never come."""
    never = sorted((app.events or frozenset()) - SCOPES.keys())
    if never:
        raise ValueError(f"the sandbox sends no {', '.join(never)}")


class Events:
    """Sends events to the app, each with up to three retries after `delays` seconds."""

    def __init__(
        self,
        workspace: Workspace,
        app: Callable[[], App],
        route: Callable[[], Route],
        *,
        ack_seconds: float,
        delays: Sequence[float],
    ) -> None:
        self._workspace = workspace
        self._app = app
        self._route = route
        self._ack_seconds = ack_seconds
        self._delays = delays
        self._first_tries: set[asyncio.Future[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def emit(self, event: Json, *, subscription: str | None = None) -> None:
        """Send an event if the app subscribed to it and has a scope for it; a missing `event_ts` is filled in."""
        app = self._app()
        name = subscription or event["type"]
        if not (app.subscribed(name) and app.allows(*SCOPES[name])):
            return
        first_try = asyncio.get_running_loop().create_future()
        self._first_tries.add(first_try)
        first_try.add_done_callback(self._first_tries.discard)
        task = asyncio.create_task(self._deliver(self._envelope(app, event), first_try))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settled(self) -> None:
        """Wait until every event so far was tried once."""
        if self._first_tries:
            await asyncio.wait(list(self._first_tries))

    async def _deliver(self, payload: Json, first_try: asyncio.Future[None]) -> None:
        retry: Json | None = None
        try:
            for attempt in range(len(self._delays) + 1):
                try:
                    await self._route().send("events_api", payload, self._ack_seconds, retry)
                except Undelivered as failure:
                    reason = failure.detail
                    if not first_try.done():
                        first_try.set_result(None)
                else:
                    return
                if attempt < len(self._delays):
                    await asyncio.sleep(self._delays[attempt])
                    retry = {"retry_attempt": attempt + 1, "retry_reason": reason}
        finally:
            if not first_try.done():
                first_try.set_result(None)

    def _is_shared(self, channel_id: str) -> bool:
        channel = self._workspace.channels.get(channel_id)
        return channel is not None and any(map(self._workspace.is_outside, channel.members))

    def _envelope(self, app: App, event: Json) -> Json:
        team_id = self._workspace.team_id
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team_id,
            "context_team_id": team_id,
            "context_enterprise_id": None,
            "api_app_id": app.id,
            "event": {"event_ts": self._workspace.new_ts(), **event},
            "type": "event_callback",
            "event_id": self._workspace.new_id("Ev"),
            "event_time": int(time.time()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team_id,
                    "user_id": app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": self._is_shared(str(event.get("channel"))),
            "event_context": self._workspace.new_id("4-"),
        }

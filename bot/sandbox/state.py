"""What a workspace consists of: plain data that knows nothing of HTTP or sockets."""

import itertools
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.sandbox.feed import Feed

Json = dict[str, Any]
Kind = Literal["public", "private", "im", "mpim"]

SLACKBOT = "USLACKBOT"

# What scopes and subscriptions call each kind of conversation: "groups:read", "message.groups".
KIND_WORDS: dict[Kind, str] = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def handle_of(name: str) -> str:
    """A name as a handle: without the @, in small letters, with dots for spaces."""
    return name.removeprefix("@").lower().replace(" ", ".")


@dataclass(slots=True)
class User:
    """A person, a bot or Slackbot. `name` is the handle after the @, `title` what they do, `tz` an IANA name."""

    id: str
    name: str
    real_name: str
    team_id: str
    email: str = ""
    title: str = ""
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    hour24: bool = False
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_guest: bool = False
    deleted: bool = False
    snoozed_until: int = 0
    updated: int = 0

    def is_paused(self, now: datetime) -> bool:
        """Whether their notifications are, which others see as Do Not Disturb."""
        return self.snoozed_until > now.timestamp()


@dataclass(slots=True)
class Message:
    """A message in a conversation. `only_for` names the one person who sees an ephemeral one.

    `at` is when it was said by the business clock; its `ts` stays on real time.
    """

    ts: str
    user: str
    at: datetime
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    by_bot: bool = False
    thread_ts: str | None = None
    subtype: str | None = None
    edited: str | None = None
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    only_for: str | None = None
    client_msg_id: str | None = None

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread without being its first message."""
        return self.thread_ts not in (None, self.ts)

    @property
    def in_channel(self) -> bool:
        """Whether it stands in the conversation itself: of replies only those that were broadcast do."""
        return not self.is_reply or self.subtype == "thread_broadcast"

    @property
    def all_blocks(self) -> list[Json]:
        """Its blocks and those of its attachments, as they are read."""
        attached = (block for attachment in self.attachments for block in attachment.get("blocks", ()))
        return [*self.blocks, *attached]


@dataclass(slots=True)
class Channel:
    """A conversation: a channel, or a direct message between two members (`im`) or more (`mpim`)."""

    id: str
    name: str
    kind: Kind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    topic: str = ""
    purpose: str = ""
    messages: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, list[Message]] = field(default_factory=dict)

    def add(self, message: Message) -> None:
        """Put a message at the end."""
        self.messages[message.ts] = message
        if message.is_reply and message.only_for is None:
            self.threads.setdefault(str(message.thread_ts), []).append(message)

    def remove(self, message: Message) -> None:
        """Take a message away; replies to it stay."""
        del self.messages[message.ts]
        if message.is_reply and message.only_for is None:
            self.threads[str(message.thread_ts)].remove(message)

    def posted(self) -> list[Message]:
        """What everybody in it can see, oldest first."""
        return [message for message in self.messages.values() if message.only_for is None]

    def replies(self, ts: str) -> list[Message]:
        """The replies to a message that everybody in it can see, oldest first."""
        return self.threads.get(ts, [])


@dataclass(slots=True)
class File:
    """An uploaded file; `ready` once its upload was completed or a person shared it.

    `processed_at` is when Slack is done with looking at it, in seconds since 1970. `handed_over` says that a
    person put it into a field of one of the app's forms; `alt_txt` is what a screen reader says of a picture.
    """

    id: str
    name: str
    title: str
    mimetype: str
    user: str
    created: int
    length: int
    content: bytes = b""
    received: bool = False
    ready: bool = False
    handed_over: bool = False
    alt_txt: str = ""
    channels: list[str] = field(default_factory=list)
    processed_at: float = 0.0

    @property
    def is_processed(self) -> bool:
        """Whether messages can show it, and its type is known."""
        return self.ready and time.time() >= self.processed_at


@dataclass(slots=True)
class View:
    """A modal or a Home tab as one person has it before them.

    `typed` holds what they entered, by (block_id, action_id); `errors` what is shown under fields, by block_id.
    """

    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    typed: dict[tuple[str, str], Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""

    @property
    def blocks(self) -> list[Json]:
        """Its blocks as Slack stores them, none without a block_id."""
        blocks: list[Json] = self.content.get("blocks", [])
        return blocks


@dataclass(slots=True)
class Group:
    """A user group such as @leads."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Workspace:
    """All that is remembered of one Slack workspace.

    `typed` holds what people entered in messages, by user id and ts; `read` up to which ts they have read a
    conversation, by user id and channel id in turn.
    """

    team_id: str = "T0SANDBOX01"
    name: str = "Sandbox"
    domain: str = "sandbox"
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    typed: dict[tuple[str, str], dict[tuple[str, str], Any]] = field(default_factory=dict)
    notices: dict[str, list[str]] = field(default_factory=dict)
    read: dict[str, dict[str, str]] = field(default_factory=dict)
    feed: Feed = field(default_factory=Feed)
    last_number: int = 0
    last_ts: int = 0

    def new_id(self, prefix: str) -> str:
        """An id that nothing else has, with the letters of its kind in front: "U", "Ev"."""
        self.last_number += 1
        return f"{prefix}0SB{self.last_number:07d}"

    def new_ts(self) -> str:
        """The id of a message: real time in microseconds, never the same twice."""
        self.last_ts = max(self.last_ts + 1, time.time_ns() // 1000)
        seconds, micros = divmod(self.last_ts, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def new_hash(self) -> str:
        """A hash that tells one version of a view from the next."""
        return f"{int(time.time())}.{uuid.uuid4().hex[:8]}"

    def is_outside(self, user_id: str) -> bool:
        """Whether this is somebody from another workspace, here through Slack Connect."""
        return self.users[user_id].team_id != self.team_id

    def is_visitor(self, user_id: str) -> bool:
        """Whether this is a guest or somebody from outside, who is only where somebody added them."""
        return self.users[user_id].is_guest or self.is_outside(user_id)

    def user_named(self, name: str) -> User | None:
        """The user with this handle, or else this id."""
        handle = handle_of(name)
        found = (user for user in self.users.values() if user.name == handle)
        return next(found, None) or self.users.get(name)

    def channel_named(self, name: str) -> Channel | None:
        """The channel of this name, with or without its #; or else any conversation with this id."""
        plain = name.removeprefix("#")
        found = (c for c in self.channels.values() if c.kind in ("public", "private") and c.name == plain)
        return next(found, None) or self.channels.get(name)

    def direct(self, members: Iterable[str]) -> Channel:
        """The direct message between these members, opened if need be."""
        members = list(dict.fromkeys(members))
        return self.direct_between(members) or self._open_direct(members)

    def direct_between(self, members: Iterable[str]) -> Channel | None:
        """The direct message between these members, if anybody has opened it."""
        wanted = set(members)
        found = (c for c in self.channels.values() if c.kind in ("im", "mpim") and set(c.members) == wanted)
        return next(found, None)

    def _open_direct(self, members: list[str]) -> Channel:
        kind: Kind = "im" if len(members) <= 2 else "mpim"
        names = "-".join(sorted(self.users[user].name for user in members))
        channel = Channel(
            id=self.new_id("D" if kind == "im" else "G"),
            name="directmessage" if kind == "im" else f"mpdm-{names}-1",
            kind=kind,
            creator=members[0],
            created=int(time.time()),
            members=members,
        )
        self.channels[channel.id] = channel
        self.feed.publish("channel", channel=channel.id)
        return channel

    def view(self, view_id: str) -> View | None:
        """The open modal or published Home with this id or external id."""
        stacks = itertools.chain.from_iterable(self.modals.values())
        for view in itertools.chain(stacks, self.homes.values()):
            if view_id in (view.id, view.content.get("external_id") or None):
                return view
        return None

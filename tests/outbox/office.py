"""An outbox with cards to send, a Slack to send them to, and clocks that are moved by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import requests
from slack_sdk import WebClient
from sqlalchemy import select

from bot.actions import outbox
from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.settings_change import change_settings
from bot.connectors.messages import Courier
from bot.deps import Deps, new_id
from bot.domain.permissions import OPERATOR
from bot.manifest import manifest
from bot.sandbox import Sandbox
from bot.settings import Settings
from bot.views.blocks import Message as Content
from bot.views.blocks import message, section
from bot.views.formats import Formats
from jobs.outbox_turn import Desk, Times
from storage.db import Sessions, WorkspaceSession
from storage.lanes import Claim, claim
from storage.tables import Lane, Message, Note

CARD, WORD = "test.card", "test.word"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def cards_of_tests() -> Cards:
    """A card that shows what a note says, nothing where it is empty; and a word that shows its facts."""
    cards = Cards()
    outbox.register_cards(cards)
    cards.register(CARD, _load, _draw)
    cards.register(WORD, lambda _session, _subject: True, lambda _state, _audience, _formats, facts: _word(facts))
    return cards


def _load(session: WorkspaceSession, subject: UUID | None) -> str | None:
    note = session.get(Note, (session.workspace_id, subject))
    return (note.text or None) if note else None


def _draw(text: str, audience: str, _formats: Formats, _facts: Facts) -> Content:
    if text == "broken":
        raise ZeroDivisionError
    said = f"{text} ({audience})" if audience else text
    return message(said, section(said))


def _word(facts: Facts) -> Content:
    return message(str(facts["says"]))


@dataclass
class Office:
    """One workspace with Ana, Ben and #desk; ``real`` is the real time, as far as the outbox is concerned."""

    sandbox: Sandbox
    deps: Deps
    real: datetime = NOON
    times: Times = field(default_factory=Times)
    quiet: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk_channel = self.sandbox.channel_id("#desk")
        self.ana, self.ben = self.sandbox.user_id("ana"), self.sandbox.user_id("ben")
        self.desk = self.another()

    def another(self, timeout: int = 5) -> Desk:
        """A desk as another process would have it."""
        slack = WebClient(self.sandbox.bot_token, self.sandbox.api_url, timeout=timeout, retry_handlers=[])
        courier = Courier(slack, seconds=lambda: self.real.timestamp())
        return Desk(
            self.deps,
            cards_of_tests(),
            lambda _workspace_id: courier,
            lambda _session, person, _now: self.quiet.get(person),
            self.times,
            lambda: self.real,
        )

    @property
    def slack(self) -> WebClient:
        """The client of its own desk."""
        return self.desk.courier(self.sandbox.team_id).slack

    def later(self, seconds: float) -> None:
        """Real time passes."""
        self.real += timedelta(seconds=seconds)

    @contextmanager
    def writes(self) -> Iterator[WorkspaceSession]:
        """A transaction of the workspace."""
        with self.deps.sessions.write(self.sandbox.team_id) as session:
            yield session

    def subject(self, text: str) -> UUID:
        """Something that a card is about."""
        subject = uuid4()
        with self.writes() as session:
            session.add(
                Note(workspace_id=session.workspace_id, id=subject, text=text, written_at=self.deps.clock())
            )
        return subject

    def changes(self, subject: UUID, text: str) -> None:
        """It changes, and every copy of its card is to say so."""
        with self.writes() as session:
            session.get_one(Note, (session.workspace_id, subject)).text = text
            touch(session, self.deps, CARD, subject)

    def posts(self, subject: UUID, to: str, **how: Any) -> UUID:
        """A card of it for somebody."""
        with self.writes() as session:
            asked: dict[str, Any] = {"card": CARD, "subject": subject, "key": f"{subject}:{to}"} | how
            return tell(session, self.deps, to=to, **asked)

    def says(self, text: str, to: str, **how: Any) -> UUID:
        """A word that is said to somebody once."""
        with self.writes() as session:
            asked: dict[str, Any] = {"card": WORD, "facts": {"says": text}, "key": text} | how
            return tell(session, self.deps, to=to, **asked)

    def claims(self) -> list[Claim]:
        """All lanes that can be had now."""
        with self.deps.sessions.across() as connection:
            until = self.real + timedelta(seconds=self.times.lease)
            return claim(connection, self.deps.clock(), self.real, until, 100)

    def sends(self) -> None:
        """Turns are taken at what can be sent now, until nothing can, ever one second of real time apart."""
        while claims := self.claims():
            for own in claims:
                self.desk.take(own)
            self.later(self.times.pace)

    def sends_all(self) -> None:
        """The same, and rests and delays are waited for."""
        while self.due():
            self.sends()
            self.later(self.times.longest_delay)

    def due(self) -> list[str]:
        """The lanes that have something to send now, whoever holds them."""
        with self.deps.sessions.across() as connection:
            return list(connection.scalars(select(Lane.lane).where(Lane.next_at <= self.deps.clock())))

    def row(self, message_id: UUID) -> Message:
        """What is stored of a message."""
        with self.deps.sessions.read(self.sandbox.team_id) as session:
            return session.get_one(Message, (session.workspace_id, message_id))

    def rows(self) -> list[Message]:
        """All messages that are stored, in order."""
        with self.deps.sessions.read(self.sandbox.team_id) as session:
            return list(
                session.scalars(
                    select(Message).where(Message.workspace_id == session.workspace_id).order_by(Message.id)
                )
            )

    def reads(self, where: str, who: str = "ana") -> list[str]:
        """What somebody reads there; the bot's direct messages are ``@floorwalker``."""
        return [shown.text for shown in self.sandbox.person(who).sees(where)]


def ops(office: Office) -> None:
    """The coordinators get a channel."""
    office.sandbox.channel("#ops", private=True, members=["ana"], bot=True)
    channel = {"ops_channel": office.sandbox.channel_id("#ops")}
    change_settings(office.deps, office.sandbox.team_id, OPERATOR, "workspace", channel)


def archive(office: Office, name: str) -> None:
    """Nobody can post in the channel any more."""
    url = f"{office.sandbox.url}/sandbox/channels/{name}"
    requests.patch(url, json={"archived": True}, timeout=10).raise_for_status()


@contextmanager
def opened(sessions: Sessions, scopes: set[str] | None = None, **sandboxed: Any) -> Iterator[Office]:
    """An office; without these ``scopes``, if any are given."""
    document = manifest()
    granted = document["oauth_config"]["scopes"]
    granted["bot"] = [scope for scope in granted["bot"] if scope not in (scopes or ())]
    with Sandbox(document, **{"rates": "off", **sandboxed}) as sandbox:
        sandbox.invite("ana")
        sandbox.invite("ben")
        sandbox.channel("#desk", members=["ana", "ben"], bot=True)
        sandbox.clock.set(NOON)
        settings = Settings(_env_file=None, SLACK_BOT_TOKEN=sandbox.bot_token, SLACK_API_URL=sandbox.api_url)
        deps = Deps(settings, sessions, WebClient(), sandbox.clock.now, new_id)
        yield Office(sandbox, deps)

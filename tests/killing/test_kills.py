"""Killed at random moments under load, with Slack unwell, the bot loses nothing and shows everything once."""

import multiprocessing
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

from sqlalchemy import select

from bot.sandbox import Person, Sandbox, Shown
from bot.sandbox.faults import Fault
from storage.db import Sessions, open_engine
from storage.tables import Lane, Message, Note, SeenEvent
from tests.killing.bot import COMMAND, FILE, TABLE, Life, board_id, live
from tests.outbox.office import WORD
from tests.workplace import until

KILLS = 50
PEOPLE = ("ana", "ben", "cleo", "dev")
BOARDS = ("mail", "phones", "chat")
DM = "@floorwalker"
FAULTS = (
    Fault("status", "chat.postMessage", 500, times=1),
    Fault("timeout_after", "chat.postMessage", 0.05, times=2),
    Fault("timeout", "chat.postMessage", 1.3, times=1),
    Fault("timeout_after", "chat.update", 1.3, times=1),
    Fault("ratelimited", "chat.update", 1, times=1),
    Fault("fatal_error", "conversations.replies", times=1),
    Fault("latency", "chat.postMessage", 0.2, times=3),
    Fault("status", "files.completeUploadExternal", 500, times=1),
    Fault("timeout_after", "files.completeUploadExternal", 1.3, times=1),
)


@dataclass
class Floor:
    """A workspace whose people never stop, and a bot that is killed and born again."""

    sandbox: Sandbox
    life: Life
    chance: random.Random
    replicas: list[BaseProcess] = field(default_factory=list)

    def is_born(self) -> BaseProcess:
        """A process that serves; the modules it needs are there already."""
        process = multiprocessing.get_context("forkserver").Process(target=live, args=(self.life,))
        process.start()
        return process

    def is_killed(self, number: int) -> None:
        """SIGKILL, and at once another one."""
        self.replicas[number].kill()
        self.replicas[number].join()
        self.replicas[number] = self.is_born()

    @contextmanager
    def typing(self) -> Iterator[None]:
        """Meanwhile everybody types commands, each with a word of its own."""
        enough = threading.Event()
        seeds = [self.chance.random() for _ in PEOPLE]
        threads = [
            threading.Thread(target=self._type, args=(self.sandbox.person(name), random.Random(seed), enough))
            for name, seed in zip(PEOPLE, seeds, strict=True)
        ]
        for thread in threads:
            thread.start()
        yield
        enough.set()
        for thread in threads:
            thread.join()

    def _type(self, person: Person, chance: random.Random, enough: threading.Event) -> None:
        number = 0
        while not enough.is_set():
            number += 1
            person.types(f"{COMMAND} {chance.choice(BOARDS)} {person.name}-{number}")
            time.sleep(chance.uniform(0.05, 0.3))


@contextmanager
def floor(database_url: str, replicas: int, seed: int) -> Iterator[Floor]:
    """A floor with that many replicas of the bot, all at one address."""
    with Sandbox(rates="off") as sandbox:
        for name in PEOPLE:
            sandbox.invite(name)
        channel = sandbox.channel("#floor", members=PEOPLE, bot=True)
        people = {name: sandbox.user_id(name) for name in PEOPLE}
        with socket.create_server(("127.0.0.1", 0), reuse_port=True) as listener:
            port = int(listener.getsockname()[1])
        life = Life(database_url, sandbox.api_url, sandbox.signing_secret, port, people, channel)
        floor = Floor(sandbox, life, random.Random(seed))
        multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.killing.bot"])
        floor.replicas = [floor.is_born() for _ in range(replicas)]
        until(lambda: _answers(floor))
        try:
            yield floor
        finally:
            for process in floor.replicas:
                process.kill()
                process.join()


def _answers(floor: Floor) -> bool:
    try:
        floor.sandbox.set_request_url(f"http://127.0.0.1:{floor.life.port}/slack/events")
    except ValueError:
        return False
    return True


def kill_under_load(floor: Floor) -> None:
    """Replica after replica is killed while people type and Slack is unwell; then all calms down.

    Half of them may be killed before they are up, as on a slow machine most would be; the others have answered.
    """
    with floor.typing():
        for number in range(KILLS):
            floor.sandbox.faults.add(replace_fault(floor.chance.choice(FAULTS)))
            if floor.chance.random() < 0.5:
                _answer_somebody(floor)
            time.sleep(floor.chance.uniform(0.1, 0.9))
            floor.is_killed(number % len(floor.replicas))
    floor.sandbox.faults.clear()


def _answer_somebody(floor: Floor) -> None:
    """Waits until one more command has got through."""
    before = len(_accepted(floor))
    while len(_accepted(floor)) == before:
        time.sleep(0.05)


@dataclass
class Stored:
    """What the database has in the end."""

    seen: set[str]
    counts: dict[str, str]
    messages: list[Message]

    @classmethod
    def of(cls, sessions: Sessions, workspace_id: str) -> "Stored":
        """One snapshot."""
        with sessions.read(workspace_id) as session:
            notes = {board: session.get(Note, (workspace_id, board_id(board))) for board in BOARDS}
            return cls(
                set(session.scalars(select(SeenEvent.event_id).where(SeenEvent.workspace_id == workspace_id))),
                {board: note.text for board, note in notes.items() if note},
                list(
                    session.scalars(
                        select(Message).where(Message.workspace_id == workspace_id).order_by(Message.number)
                    )
                ),
            )

    def shown_in(self, lane: str, *, replies_to: str | None = None) -> list[str]:
        """What should stand in a lane, or in a thread there, in order."""
        parents = {message.id: message.key for message in self.messages}
        wanted = f"{replies_to}:{lane}" if replies_to else None
        meant = [m for m in self.messages if m.lane == lane and (m.parent_id and parents[m.parent_id]) == wanted]
        return [self._text(message) for message in meant]

    def _text(self, message: Message) -> str:
        if message.card == WORD:
            return str((message.facts or {})["says"])
        if message.card == TABLE:
            return f"{(message.facts or {})['says']} is in:\n{FILE}"
        return f"{self.counts[message.audience]} ({message.audience})"


def check(floor: Floor, database_url: str) -> Stored:
    """Waits until nothing is left to send, and compares what people see with what is stored."""
    sessions = Sessions(open_engine(database_url))
    until(lambda: _is_calm(sessions))
    stored = Stored.of(sessions, floor.sandbox.team_id)
    sessions.close()
    accepted = _accepted(floor)
    for name, slack_id in floor.life.people.items():
        person = floor.sandbox.person(name)
        assert texts(person.sees(DM)) == stored.shown_in(slack_id)
        for shown in person.sees(DM):
            if shown.text.endswith(FILE):
                assert shown.text.startswith(f"{person.downloads(FILE, shown).decode()} is in:")
    ana = floor.sandbox.person(PEOPLE[0])
    cards = ana.sees("#floor")
    assert texts(cards) == stored.shown_in(floor.life.channel)
    for card in cards:
        board = card.text.partition("(")[2].removesuffix(")")
        assert texts(ana.thread(card))[1:] == stored.shown_in(floor.life.channel, replies_to=board)
    assert accepted <= stored.seen
    assert sum(map(int, stored.counts.values())) == len(stored.seen)
    assert {(m.state, m.wanted - m.shown, m.attempt_at) for m in stored.messages} == {("open", 0, None)}
    assert len(accepted) >= KILLS // 4, "people got through to it"
    assert any(message.card == TABLE for message in stored.messages)
    return stored


def _accepted(floor: Floor) -> set[str]:
    """The commands that people were told are counted."""
    seen = [shown for name in floor.life.people for shown in floor.sandbox.person(name).sees() if shown.only_you]
    return {shown.text.removeprefix("counted ") for shown in seen if shown.text.startswith("counted ")}


def _is_calm(sessions: Sessions) -> bool:
    with sessions.read("any") as session:
        return session.scalar(select(Lane.lane).where(Lane.next_at.is_not(None)).limit(1)) is None


def texts(seen: list[Shown]) -> list[str]:
    """What stands in these messages."""
    return [shown.text for shown in seen]


def replace_fault(fault: Fault) -> Fault:
    """A fresh one: the sandbox counts it down."""
    return Fault(fault.kind, fault.method, fault.value, fault.times)


def test_a_bot_that_is_killed_again_and_again_loses_nothing(database_url: str) -> None:
    with floor(database_url, replicas=1, seed=1) as killed:
        kill_under_load(killed)
        check(killed, database_url)


def test_two_replicas_that_are_killed_in_turns_lose_nothing(postgresql_url: str) -> None:
    with floor(postgresql_url, replicas=2, seed=2) as killed:
        kill_under_load(killed)
        check(killed, postgresql_url)

"""Whatever senders, writers, Slack and death do to each other, all is shown in the end, and nothing twice.

Three senders take their turns in threads of which only one runs at a time. Each stops where it calls Slack, until
the machine says how the call ends: so every interleaving between transactions and calls can happen.
"""

import threading
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from slack_sdk import WebClient
from sqlalchemy import delete

from bot.actions.cards import home_of
from bot.actions.outbox import tell, touch
from bot.connectors.messages import DND, POST, PUBLISH, UPDATE, Courier, Found, SlackAsksToWait, SlackIsAway
from bot.deps import Deps, new_id
from bot.settings import Settings
from jobs.outbox_turn import Desk, Times
from storage.db import Sessions, WorkspaceSession
from storage.lanes import Claim, claim
from storage.tables import Lane, Message, Note
from tests.guard import lifted
from tests.outbox.office import CARD, cards_of_tests

WORKSPACE = "T1"
LANES = ("C1", "C2", "U1")
EDITS = (UPDATE, PUBLISH)
TEXTS = ("0", "1", "2")
ENDINGS = ("done", "done", "answer lost", "not done", "limited", "died before", "died after")


class Died(BaseException):
    """The process is gone: nothing of it is run any more."""


class Sender:
    """One that takes turns, as far as it is let go."""

    def __init__(self) -> None:
        self.calling: str | None = None  # the method it is about to call, or "the answer of" one
        self.ending = "done"
        self.is_late = False  # its lease ran out before its edit arrived
        self._thread: threading.Thread | None = None
        self._goes, self._stands = threading.Semaphore(0), threading.Semaphore(0)

    @property
    def is_busy(self) -> bool:
        """Whether it stands in the midst of a turn."""
        return self.calling is not None

    def take(self, desk: Desk, own: Claim) -> None:
        """Begins a turn, and stands at its first call."""
        self.is_late = False
        self._thread = threading.Thread(target=self._run, args=(desk, own))
        self._thread.start()
        self._stands.acquire()

    def go_on(self, ending: str) -> None:
        """Goes on to the next call, or to the turn's end.

        Who was suspended for longer than a lease, and edits nevertheless, lives to have it mended: if it died at
        once, nobody would know of the edit. A sender makes no call that may outlast its lease.
        """
        unsent = self.calling in EDITS and ending == "died before"
        self.ending = "answer lost" if self.is_late and ending.startswith("died") and not unsent else ending
        self._goes.release()
        self._stands.acquire()
        if not self.is_busy and self._thread:
            self._thread.join()

    def stand(self, calling: str) -> str:
        """Called by the sender itself: it stands here until the machine says how its call ends."""
        self.calling = calling
        self._stands.release()
        self._goes.acquire()
        return self.ending

    def _run(self, desk: Desk, own: Claim) -> None:
        try:
            desk.take(own)
        except Died:
            pass
        finally:
            self.calling = None
            self._stands.release()


class Slack:
    """What has been posted, and how often each key was."""

    def __init__(self) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.channels: dict[str, list[str]] = defaultdict(list)
        self.homes: dict[str, str] = {}
        self.paused_until = datetime.min.replace(tzinfo=UTC)  # the one person who is there

    def post(self, channel: str, content: dict[str, Any], key: str, shown: int, thread: str | None) -> str:
        """A new message."""
        ts = f"{len(self.messages)}.0"
        self.messages[ts] = {"text": content["text"], "key": key, "shown": shown, "thread": thread}
        self.channels[channel].append(ts)
        return ts


class StandingCourier:
    """Calls Slack for one sender, which stands before and after each call."""

    def __init__(self, slack: Slack, sender: Sender) -> None:
        self.slack, self.sender = slack, sender

    def open(self, person: str) -> str:
        """Always works: nothing depends on it."""
        return f"D{person}"

    def paused_until(self, _person: str, now: datetime) -> datetime | None:
        """As it is when Slack is asked; by the time of the post it may be over, or have begun."""
        until = self.slack.paused_until
        if self.sender.stand(DND).startswith("died"):
            raise Died
        return until if now < until else None

    def find(self, channel: str, key: str, _since: datetime, _thread: str | None) -> Found | None:
        """What has been posted by now."""
        for ts in self.slack.channels[channel]:
            if self.slack.messages[ts]["key"] == key:
                return Found(ts, self.slack.messages[ts]["shown"])
        return None

    def post(
        self, channel: str, content: dict[str, Any], key: str, shown: int, thread: str | None
    ) -> tuple[str, str]:
        """Posts, unless it ends otherwise."""
        self._before(POST)
        ts = self.slack.post(channel, content, key, shown, thread)
        self._after(POST)
        return channel, ts

    def update(self, _channel: str, ts: str, content: dict[str, Any]) -> None:
        """Edits, unless it ends otherwise."""
        self._before(UPDATE)
        self.slack.messages[ts]["text"] = content["text"]
        self._after(UPDATE)

    def publish(self, person: str, content: dict[str, Any]) -> None:
        """Sets a Home, unless it ends otherwise."""
        self._before(PUBLISH)
        self.slack.homes[person] = content["text"]
        self._after(PUBLISH)

    def _before(self, method: str) -> None:
        ending = self.sender.stand(method)
        if ending == "died before":
            raise Died
        if ending == "not done":
            raise SlackIsAway(method, "timeout")
        if ending == "limited":
            raise SlackAsksToWait(method, 1)

    def _after(self, method: str) -> None:
        if self.sender.ending in ("answer lost", "died after"):
            ending = self.sender.ending
        else:
            ending = self.sender.stand(f"the answer of {method}")
        if ending.startswith("died"):
            raise Died
        if ending in ("answer lost", "not done"):
            raise SlackIsAway(method, "timeout")


class Outbox(RuleBasedStateMachine):
    """Writers write, senders go on or die, leases run out, in any order."""

    sessions: Sessions

    def __init__(self, sessions: Sessions) -> None:
        super().__init__()
        self.sessions = sessions
        self.real = datetime(2026, 3, 2, tzinfo=UTC)
        self.slack = Slack()
        self.senders = [Sender() for _ in range(3)]
        self.deps = Deps(Settings(_env_file=None), sessions, WebClient(), lambda: self.real, new_id)
        self.desks = [self._desk(sender) for sender in self.senders]
        self.subjects = [uuid4(), uuid4()]
        self.texts = dict.fromkeys(self.subjects, "0")
        self.told: list[UUID] = []
        with lifted(), sessions.across() as connection:
            for table in (Message, Lane, Note):
                connection.execute(delete(table))
        with sessions.write(WORKSPACE) as session:
            for subject in self.subjects:
                session.add(Note(workspace_id=WORKSPACE, id=subject, text="0", written_at=self.real))
        for number, lane in ((0, "C1"), (1, "C1"), (0, "U1")):
            self.tell(number, lane, reply=False)
        with sessions.write(WORKSPACE) as session:
            self.home = tell(session, self.deps, to=home_of("U1"), card=CARD, key="home", subject=self.subjects[0])
        self._work_off(0)

    def _desk(self, sender: Sender) -> Desk:
        courier = cast(Courier, StandingCourier(self.slack, sender))
        return Desk(
            self.deps, cards_of_tests(), lambda _: courier, times=Times(pace=0), real_time=lambda: self.real
        )

    @rule(subject=st.integers(0, 1), lane=st.sampled_from(LANES), reply=st.booleans())
    def tell(self, subject: int, lane: str, reply: bool) -> None:
        with self.sessions.write(WORKSPACE) as session:
            parent = self._parent(session, lane) if reply else None
            key = f"key {len(self.told)}"
            about = self.subjects[subject]
            told = tell(session, self.deps, to=lane, card=CARD, key=key, subject=about, parent=parent)
        self.told.append(told)

    def _parent(self, session: WorkspaceSession, lane: str) -> UUID | None:
        rows = [session.get_one(Message, (WORKSPACE, each)) for each in self.told]
        return next((row.id for row in rows if row.lane == lane and row.parent_id is None), None)

    @rule(subject=st.integers(0, 1), text=st.sampled_from(TEXTS))
    def change(self, subject: int, text: str) -> None:
        """Also to what it was before."""
        about = self.subjects[subject]
        self.texts[about] = text
        with self.sessions.write(WORKSPACE) as session:
            session.get_one(Note, (WORKSPACE, about)).text = self.texts[about]
            touch(session, self.deps, CARD, about)

    @rule(minutes=st.integers(1, 40))
    def pause(self, minutes: int) -> None:
        """The person has Do Not Disturb on, or has it on for longer."""
        self.slack.paused_until = max(self.slack.paused_until, self.real + timedelta(minutes=minutes))

    @rule(number=st.integers(0, 2))
    def take(self, number: int) -> None:
        sender = self.senders[number]
        if sender.is_busy:
            return
        for own in self._claims(1):
            sender.take(self.desks[number], own)

    @precondition(lambda self: any(sender.is_busy for sender in self.senders))
    @rule(number=st.integers(0, 2), ending=st.sampled_from(ENDINGS))
    def go_on(self, number: int, ending: str) -> None:
        if self.senders[number].is_busy:
            self.senders[number].go_on(ending)

    @precondition(lambda self: any(sender.calling in EDITS for sender in self.senders))
    @precondition(lambda self: all(sender.calling != POST for sender in self.senders))
    @precondition(lambda self: any(not sender.is_busy for sender in self.senders))
    @rule(subject=st.integers(0, 1), text=st.sampled_from(TEXTS), ending=st.sampled_from(ENDINGS))
    def overtake(self, subject: int, text: str, ending: str) -> None:
        """A sender that stands before an edit is overtaken by one that shows something newer."""
        slow = next(number for number, sender in enumerate(self.senders) if sender.calling in EDITS)
        quick = next(number for number, sender in enumerate(self.senders) if not sender.is_busy)
        self.change(subject, text)
        self.leases_run_out()
        self._work_off(quick)
        self.go_on(slow, ending)

    @precondition(lambda self: all(sender.calling != POST for sender in self.senders))
    @rule()
    def leases_run_out(self) -> None:
        """Not while a post is on its way to Slack: a lease is longer than a call."""
        self.real += timedelta(seconds=61)
        for sender in self.senders:
            sender.is_late = sender.is_late or sender.calling in EDITS

    def _claims(self, most: int) -> list[Claim]:
        with self.sessions.across() as connection:
            return claim(connection, self.real, self.real, self.real + timedelta(seconds=60), most)

    def teardown(self) -> None:
        """Everybody comes to their end, and then all that is left is sent without any trouble."""
        for sender in self.senders:
            while sender.is_busy:
                sender.go_on("done")
        self.real = max(self.real, self.slack.paused_until)
        self.leases_run_out()
        self._work_off(0)
        self._check()

    def _work_off(self, number: int) -> None:
        """Somebody without any trouble sends all that can be sent."""
        sender = self.senders[number]
        while claims := self._claims(10):
            for own in claims:
                sender.take(self.desks[number], own)
                while sender.is_busy:
                    sender.go_on("done")
            self.real += timedelta(seconds=1)

    def _check(self) -> None:
        with self.sessions.read(WORKSPACE) as session:
            rows = [session.get_one(Message, (WORKSPACE, each)) for each in self.told]
            home = session.get_one(Message, (WORKSPACE, self.home))
        assert (home.state, home.shown, home.attempt_at) == ("open", home.wanted, None)
        assert self.slack.homes["U1"] == self.texts[self.subjects[0]], "no Home is stale"
        keys = [message["key"] for message in self.slack.messages.values()]
        assert sorted(keys) == sorted(row.key for row in rows), "each is posted, and once"
        for row in rows:
            assert (row.state, row.shown, row.attempt_at) == ("open", row.wanted, None)
            assert row.subject_id
            assert self.slack.messages[str(row.ts)]["text"] == self.texts[row.subject_id], "nothing is stale"
            parent = next((each for each in rows if each.id == row.parent_id), None)
            assert self.slack.messages[str(row.ts)]["thread"] == (parent.ts if parent else None)
        for lane in LANES:
            in_order = [row.key for row in sorted(rows, key=lambda row: row.number) if row.lane == lane]
            channel = lane if lane.startswith("C") else f"D{lane}"
            assert [self.slack.messages[ts]["key"] for ts in self.slack.channels[channel]] == in_order


def test_all_is_shown_in_the_end_and_nothing_twice(sessions: Sessions) -> None:
    class Here(Outbox):
        def __init__(self) -> None:
            super().__init__(sessions)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=30 if sessions.engine.dialect.name == "sqlite" else 10,
            stateful_step_count=40,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make it smaller takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )

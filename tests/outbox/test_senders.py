"""Senders at work: in threads, in several replicas at once, awake at the right moment, gone when asked."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from structlog.testing import capture_logs

from bot.deps import system_clock
from jobs.outbox import Sender
from jobs.outbox_turn import Desk, Times
from storage.db import Sessions, open_engine
from tests.databases import Cluster
from tests.outbox.office import Office, opened
from tests.workplace import until

QUICK = Times(pace=0, poll=0.02, first_delay=0.02, longest_delay=0.1)
DM = "@floorwalker"
LANES, WORDS = 8, 12


@contextmanager
def sending(office: Office, times: Times = QUICK, sessions: Sessions | None = None) -> Iterator[Sender]:
    """A sender in real time; a replica has ``sessions`` of its own."""
    deps = replace(office.deps, sessions=sessions or office.deps.sessions)
    desk = Desk(deps, office.desk.cards, office.another().courier, times=times, real_time=system_clock)
    sender = Sender(deps, desk)
    sender.start()
    try:
        yield sender
    finally:
        sender.close()


def people(office: Office) -> dict[str, str]:
    """More people, by handle, with their ids."""
    handles = [f"p{number}" for number in range(LANES)]
    for handle in handles:
        office.sandbox.invite(handle)
    return {handle: office.sandbox.user_id(handle) for handle in handles}


def says_much(office: Office, ids: dict[str, str]) -> None:
    """Everybody is told a lot, by two writers at once."""

    def write(begin: int) -> None:
        for number in range(begin, WORDS, 2):
            for handle, person in ids.items():
                office.says(f"{handle} {number}", person)

    writers = [threading.Thread(target=write, args=(begin,)) for begin in (0, 1)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def told_in_order(office: Office) -> dict[str, list[str]]:
    """What each lane was told, as it was stored."""
    told: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in office.rows():
        told[row.lane].append((row.number, row.key))
    return {lane: [key for _, key in sorted(words)] for lane, words in told.items()}


def test_a_commit_wakes_the_sender_at_once(office: Office) -> None:
    with sending(office, Times(poll=3600)):
        office.says("hello", office.ana)
        office.sandbox.person("ana").reads("hello", DM)


def test_what_another_process_left_is_seen_soon(office: Office) -> None:
    office.says("hello", office.ana)
    with sending(office):
        office.sandbox.person("ana").reads("hello", DM)


def test_a_lane_that_rests_is_not_forgotten(office: Office) -> None:
    with sending(office, Times(poll=3600, pace=0.05)):
        for word in ("one", "two", "three"):
            office.says(word, office.ana)
        office.sandbox.person("ana").reads("three", DM)
    assert office.reads(DM) == ["one", "two", "three"]


def test_many_lanes_are_served_at_once_each_in_order(office: Office) -> None:
    ids = people(office)
    with sending(office):
        says_much(office, ids)
        until(lambda: not office.due())
    told = told_in_order(office)
    assert {handle: office.reads(DM, handle) for handle in ids} == {h: told[ids[h]] for h in ids}
    assert {len(words) for words in told.values()} == {WORDS}


def test_two_replicas_send_each_message_once_and_in_order(postgresql_url: str) -> None:
    replicas = [Sessions(open_engine(postgresql_url)) for _ in range(2)]
    with opened(replicas[0]) as office:
        ids = people(office)
        with sending(office), sending(office, sessions=replicas[1]):
            says_much(office, ids)
            until(lambda: not office.due())
        told = told_in_order(office)
        assert {handle: office.reads(DM, handle) for handle in ids} == {h: told[ids[h]] for h in ids}
        assert {len(words) for words in told.values()} == {WORDS}
    for sessions in replicas:
        sessions.close()


def test_at_the_end_the_call_that_was_begun_is_finished_and_the_lane_given_back(office: Office) -> None:
    office.sandbox.faults.latency(0.3, "chat.postMessage", times=1)
    for word in ("one", "two"):
        office.says(word, office.desk_channel)
    with sending(office):
        until(lambda: any(row.attempt_at for row in office.rows()))
    assert office.reads("#desk") == ["one"]
    assert [(row.shown, row.attempt_at) for row in office.rows()] == [(1, None), (0, None)]
    office.real = system_clock() + timedelta(seconds=1)
    assert [own.lane for own in office.claims()] == [office.desk_channel]


def test_a_database_that_is_away_for_a_while_stops_nobody(postgresql_url: str, cluster: Cluster) -> None:
    sessions = Sessions(open_engine(postgresql_url))
    with opened(sessions) as office, sending(office):
        with capture_logs() as lines:
            cluster.stop()
            try:
                until(lambda: any(line["event"] == "the outbox cannot be read" for line in lines))
            finally:
                cluster.start()
        office.says("hello", office.ana)
        office.sandbox.person("ana").reads("hello", DM)
    sessions.close()


def test_no_rate_of_slacks_is_exceeded(sessions: Sessions) -> None:
    with opened(sessions, rates="slack", burst=1) as office:
        for word in ("one", "two", "three"):
            office.says(word, office.desk_channel)
        with sending(office, Times()):
            office.sandbox.person("ana").reads("three", "#desk")
        assert [row.error for row in office.rows()] == [None] * 3

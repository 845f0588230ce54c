"""Ids sort by age, and what is remembered never outlives a write."""

import time
from datetime import UTC
from uuid import RFC_4122

import pytest

from bot.deps import Remembered, new_id, system_clock
from storage.db import Sessions, open_engine


def test_ids_are_version_seven_and_differ() -> None:
    ids = [new_id() for _ in range(2000)]
    assert {each.version for each in ids} == {7}
    assert {each.variant for each in ids} == {RFC_4122}
    assert len(set(ids)) == len(ids)


def test_an_id_of_a_later_millisecond_sorts_after_an_earlier_one() -> None:
    earlier = new_id()
    time.sleep(0.002)
    assert earlier < new_id()


def test_the_clock_is_aware_and_in_utc() -> None:
    assert system_clock().tzinfo is UTC


def test_a_value_is_remembered_until_the_workspace_is_written(sessions: Sessions) -> None:
    remembered, derived = Remembered(), iter(range(10))

    def recall(workspace: str = "T1", key: str = "ana") -> int:
        with sessions.read(workspace) as session:
            return remembered.recall(session, key, lambda: next(derived))

    assert [recall(), recall()] == [0, 0]
    assert recall(key="ben") == 1
    assert recall("T2") == 2
    with sessions.write("T1"):
        pass
    assert [recall(), recall("T2")] == [3, 2]


def test_what_another_process_wrote_is_not_missed(sessions: Sessions, database_url: str) -> None:
    remembered, derived = Remembered(), iter(range(10))
    other = Sessions(open_engine(database_url))
    values = []
    for _ in range(2):
        with sessions.read("T1") as session:
            values.append(remembered.recall(session, "ana", lambda: next(derived)))
        with other.write("T1"):
            pass
    other.close()
    assert values == [0, 1]


def test_a_write_that_failed_changes_no_revision(sessions: Sessions) -> None:
    def fail() -> None:
        with sessions.write("T1"):
            raise RuntimeError

    with sessions.write("T1"):
        pass
    with pytest.raises(RuntimeError):
        fail()
    with sessions.read("T1") as session:
        assert session.revision() == 1

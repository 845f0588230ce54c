"""What joins a transaction is done or undone with it."""

import pytest

from storage.db import Sessions
from storage.joined import Joined
from storage.people import member_by_email
from tests.storage.rows import a_member


def test_what_joins_sees_what_was_written_and_is_committed_with_it(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        joined = Joined(session)
        with joined.write("T1") as inner:
            inner.add(a_member("T1", "Ada"))
        with joined.read("T1") as inner:
            assert member_by_email(inner, "ada@example.com")
    with sessions.read("T1") as session:
        assert member_by_email(session, "ada@example.com")


def test_what_joins_is_rolled_back_with_the_rest(sessions: Sessions) -> None:
    with pytest.raises(ZeroDivisionError), sessions.write("T1") as session:
        add_and_fail(Joined(session))
    with sessions.read("T1") as session:
        assert member_by_email(session, "ada@example.com") is None


def add_and_fail(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        session.add(a_member("T1", "Ada"))
        session.flush()
    _ = 1 / 0


def test_nobody_joins_from_another_workspace(sessions: Sessions) -> None:
    with (
        sessions.write("T1") as session,
        pytest.raises(ValueError, match="in T1 cannot be joined from T2"),
        Joined(session).read("T2"),
    ):
        pass

"""Wishes are read from the newest of what people prefer."""

from datetime import date

import pytest

from bot.actions.own import OwnPreferences, change_own
from bot.actions.wishes import wish_of, wishes_of
from bot.domain.permissions import Actor, Grant, Role
from bot.domain.wishes import Asking, Times, Wish
from tests.actions.desk import Desk


@pytest.fixture
def roster(desk: Desk) -> Desk:
    """People who have said nothing yet."""
    desk.people()
    return desk


def prefers(desk: Desk, name: str, own: OwnPreferences) -> None:
    change_own(desk.deps, "T1", Actor(desk.member(name).id, (Grant(Role.AGENT),)), own)


def test_everybodys_wish_is_read_at_once_as_it_was_said_last(roster: Desk) -> None:
    prefers(roster, "ana", OwnPreferences(asking=Asking.NEVER))
    said = OwnPreferences(
        asking=Asking.GLADLY,
        queues=["Billing"],
        times=[Times.NIGHTS],
        not_on=[date(2026, 12, 24)],
        at_any_hour=True,
    )
    prefers(roster, "ana", said)
    prefers(roster, "ben", OwnPreferences(time_zone="Europe/Lisbon"))
    ana = Wish(
        Asking.GLADLY,
        frozenset({"billing"}),
        frozenset({Times.NIGHTS}),
        frozenset({date(2026, 12, 24)}),
        at_any_hour=True,
    )
    people = [roster.member(name) for name in ("ana", "ben", "carl")]
    with roster.deps.sessions.read("T1") as session:
        assert list(wishes_of(session, people).values()) == [ana, Wish(), Wish()]
        assert list(wishes_of(session, people)) == [each.id for each in people]
        assert wishes_of(session, []) == {}
        assert wish_of(session, people[0]) == ana


def test_a_wish_without_quiet_hours_is_kept(roster: Desk) -> None:
    prefers(roster, "ana", OwnPreferences(asking=Asking.GLADLY, quiet_days=["monday"]))
    with roster.deps.sessions.read("T1") as session:
        assert wish_of(session, roster.member("ana")).asking is Asking.GLADLY

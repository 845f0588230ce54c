"""Messages for information that have piled up are read at one glance."""

from datetime import timedelta

from storage.outbox import Priority
from tests.outbox.office import Office, archive, ops

DM = "@floorwalker"


def test_more_than_three_messages_for_information_become_one(office: Office) -> None:
    swap = office.subject("open")
    office.says("urgent", office.ana, priority=Priority.PRESS)
    office.posts(swap, office.ana, priority=Priority.BULK)
    words = [office.says(f"word {number}", office.ana, priority=Priority.BULK) for number in range(3)]
    office.sends_all()
    assert office.reads(DM) == ["urgent", "• open\n• word 0\n• word 1\n• word 2"]
    assert [office.row(word).state for word in words] == ["folded"] * 3
    office.changes(swap, "taken")
    office.sends_all()
    assert office.reads(DM) == ["urgent", "• taken\n• word 0\n• word 1\n• word 2"]


def test_three_messages_for_information_stay_three(office: Office) -> None:
    for number in range(3):
        office.says(f"word {number}", office.ana, priority=Priority.BULK)
    office.sends_all()
    assert office.reads(DM) == ["word 0", "word 1", "word 2"]


def test_many_messages_for_information_keep_their_order(office: Office) -> None:
    for number in range(22):
        office.says(f"word {number:02}", office.ana, priority=Priority.BULK)
    office.sends_all()
    seen = "\n".join(office.reads(DM)).replace("• ", "").split("\n")
    assert seen == [f"word {number:02}" for number in range(22)]
    assert len(office.reads(DM)) == 3


def test_what_has_expired_is_not_folded_in(office: Office) -> None:
    for number in range(4):
        office.says(f"word {number}", office.ana, priority=Priority.BULK)
    soon = office.deps.clock() + timedelta(minutes=1)
    office.says("too late", office.ana, priority=Priority.BULK, expires_at=soon)
    office.sandbox.clock.move(timedelta(hours=1))
    office.sends_all()
    assert office.reads(DM) == ["• word 0\n• word 1\n• word 2\n• word 3"]


def test_many_failures_are_one_notice(office: Office) -> None:
    ops(office)
    archive(office, "desk")
    for number in range(5):
        office.says(str(number), office.desk_channel)
    for _ in range(5):
        (own,) = [each for each in office.claims() if each.lane == office.desk_channel]
        office.desk.take(own)
    office.later(office.times.lease)
    office.sends_all()
    assert len(office.reads("#ops")) == 1
    assert office.reads("#ops")[0].count("could not be delivered to #desk") == 5

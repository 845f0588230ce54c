"""Covers, offers and parts as they are looked for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from storage.covers import (
    cover_of_number,
    covers_due,
    covers_in,
    covers_of_member,
    covers_of_shifts,
    covers_overdue,
    last_asked,
    offered_to,
    offers_of,
    parts_in,
    parts_of,
)
from storage.db import Sessions, WorkspaceSession
from storage.tables import Cover, CoverOffer, CoverPart, Shift
from tests.storage.rows import MONDAY, a_member, a_shift

HOUR = timedelta(hours=1)
OPEN, COVERED = "open", "covered"


def a_cover(shift: Shift, number: int, owner_id: UUID | None = None, **fields: Any) -> Cover:
    """A cover of all of a shift, which ends an hour before it."""
    usual = {"state": OPEN, "start": shift.start, "end": shift.end, "opened_at": MONDAY, "expires_at": MONDAY}
    return Cover(
        workspace_id=shift.workspace_id,
        id=uuid4(),
        number=number,
        shift_id=shift.id,
        owner_id=owner_id,
        **usual | fields,
    )


def a_part(cover: Cover, taker_id: UUID, **fields: Any) -> CoverPart:
    """All of a cover, taken and waiting."""
    usual = {"state": "needs approval", "start": cover.start, "end": cover.end, "taken_at": MONDAY, "review": {}}
    return CoverPart(
        workspace_id=cover.workspace_id, id=uuid4(), cover_id=cover.id, taker_id=taker_id, **usual | fields
    )


def an_offer(cover: Cover, member_id: UUID, wave: int = 1, place: int = 1, **fields: Any) -> CoverOffer:
    """Somebody who was asked on Monday."""
    usual = {"asked_at": MONDAY, "why": {}}
    return CoverOffer(
        workspace_id=cover.workspace_id,
        cover_id=cover.id,
        member_id=member_id,
        wave=wave,
        place=place,
        **usual | fields,
    )


class Floor:
    """Two people and the shift of one of them."""

    def __init__(self, session: WorkspaceSession) -> None:
        self.session = session
        ada, ben = a_member(session.workspace_id), a_member(session.workspace_id, "Ben")
        self.put(ada, ben)
        self.ada, self.ben = ada.id, ben.id
        self.shift = a_shift(session.workspace_id, ada.id)
        self.put(self.shift)

    def put(self, *rows: Any) -> None:
        """Stores rows."""
        self.session.add_all(rows)
        self.session.flush()


@pytest.fixture
def floor(sessions: Sessions) -> Iterator[Floor]:
    with sessions.write("T1") as session:
        yield Floor(session)


def numbers(rows: Any) -> list[int]:
    return [row.number for row in rows]


def test_a_cover_is_found_by_its_number_and_its_shift(floor: Floor) -> None:
    other = a_shift("T1", floor.ben)
    floor.put(other)
    second, first = a_cover(floor.shift, 2, floor.ada), a_cover(floor.shift, 1, state=COVERED)
    floor.put(second, first, a_cover(other, 3, floor.ben))
    assert cover_of_number(floor.session, 2) is second
    assert cover_of_number(floor.session, 4) is None
    assert numbers(covers_of_shifts(floor.session, [floor.shift.id])) == [1, 2]
    assert numbers(covers_of_shifts(floor.session, [floor.shift.id], [OPEN])) == [2]
    assert covers_of_shifts(floor.session, []) == []


def test_open_covers_come_in_order_of_their_time(floor: Floor) -> None:
    late = a_cover(floor.shift, 1, start=MONDAY + HOUR)
    floor.put(late, a_cover(floor.shift, 2), a_cover(floor.shift, 3, state=COVERED))
    assert numbers(covers_in(floor.session, [OPEN])) == [2, 1]


def test_the_covers_of_somebody_are_those_they_own_entered_or_took_a_part_of(floor: Floor) -> None:
    own, entered, taken, foreign = (a_cover(floor.shift, number) for number in (1, 2, 3, 4))
    own.owner_id, entered.entered_by_id = floor.ben, floor.ben
    floor.put(own, entered, taken, foreign)
    floor.put(a_part(taken, floor.ben), a_part(foreign, floor.ada))
    assert numbers(covers_of_member(floor.session, floor.ben, [OPEN])) == [1, 2, 3]
    assert covers_of_member(floor.session, floor.ben, [COVERED]) == []


def test_a_cover_is_due_from_the_instant_on(floor: Floor) -> None:
    floor.put(
        a_cover(floor.shift, 1, next_wave_at=MONDAY, expires_at=MONDAY + HOUR),
        a_cover(floor.shift, 2, next_wave_at=MONDAY + HOUR, expires_at=MONDAY),
        a_cover(floor.shift, 3, next_wave_at=None, expires_at=MONDAY + HOUR),
        a_cover(floor.shift, 4, next_wave_at=MONDAY, state=COVERED),
    )
    just_before = MONDAY - timedelta(microseconds=1)
    assert numbers(covers_due(floor.session, [OPEN], MONDAY)) == [1]
    assert numbers(covers_overdue(floor.session, [OPEN], MONDAY)) == [2]
    assert covers_due(floor.session, [OPEN], just_before) == []
    assert covers_overdue(floor.session, [OPEN], just_before) == []


def test_parts_come_in_the_order_in_which_they_were_taken(floor: Floor) -> None:
    cover, untaken = a_cover(floor.shift, 1), a_cover(floor.shift, 2)
    floor.put(cover, untaken)
    later, first = a_part(cover, floor.ben, taken_at=MONDAY + HOUR), a_part(cover, floor.ben, state="declined")
    floor.put(later, first)
    assert parts_of(floor.session, [cover.id, untaken.id]) == {cover.id: [first, later]}
    assert parts_in(floor.session, ["needs approval"]) == [later]


def test_who_was_asked_is_told_by_wave_and_place_and_when_last(floor: Floor) -> None:
    cover, older = a_cover(floor.shift, 1), a_cover(floor.shift, 2, state=COVERED)
    floor.put(cover, older)
    second, first = an_offer(cover, floor.ada, 2, 1), an_offer(cover, floor.ben, 1, 2)
    floor.put(second, first, an_offer(older, floor.ben, asked_at=MONDAY - HOUR))
    assert offers_of(floor.session, cover.id) == [first, second]
    assert offered_to(floor.session, floor.ben, [OPEN]) == [(cover, first)]
    assert last_asked(floor.session, [floor.ada, floor.ben, uuid4()]) == {floor.ada: MONDAY, floor.ben: MONDAY}
    assert last_asked(floor.session, []) == {}


def test_nobody_is_asked_twice_for_one_cover(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        floor = Floor(session)
        cover = a_cover(floor.shift, 1)
        floor.put(cover)
        floor.put(an_offer(cover, floor.ben))
    with pytest.raises(IntegrityError), sessions.write("T1") as session:
        session.add(an_offer(cover, floor.ben, wave=2))


def test_a_cover_or_a_part_that_does_not_last_is_refused(sessions: Sessions) -> None:
    with sessions.write("T1") as session:
        floor = Floor(session)
        cover = a_cover(floor.shift, 1)
        floor.put(cover)
    for row in (a_cover(floor.shift, 2, end=floor.shift.start), a_part(cover, floor.ben, end=cover.start)):
        with pytest.raises(IntegrityError, match="starts_before_it_ends"), sessions.write("T1") as session:
            session.add(row)


def test_another_workspace_has_covers_of_its_own(sessions: Sessions) -> None:
    for workspace_id in ("T1", "T2"):
        with sessions.write(workspace_id) as session:
            floor = Floor(session)
            floor.put(a_cover(floor.shift, 1))
            assert len(covers_in(session, [OPEN])) == 1

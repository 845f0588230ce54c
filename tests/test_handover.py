"""A part of a shift changes hands: what is stored, what ends with it, and who of two at once has it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from bot.actions.covers_turn import Turn
from bot.actions.handover import COVER, UNDO, Handover, hand_over
from bot.actions.swaps import accept, undo
from bot.actions.swaps_turn import Turn as SwapTurn
from bot.deps import new_id
from bot.domain.covers import PartState, State, Take
from bot.domain.intervals import Interval
from bot.domain.parts import ChangedHands
from bot.domain.rules_swaps import Verdict
from bot.domain.swaps import SwapNotOpen
from storage.covers import cover, part
from storage.tables import Audit, Cover, Member
from tests.domain.verdicts import FINE, REVIEWED
from tests.races import at_once
from tests.swap_desk import NOW, SwapDesk

NAMES = ("ana", "ben", "dev")


class Floor(SwapDesk):
    """The swappers' desk, where parts of a shift are handed over as well."""

    def on(self, day: int, start: int, end: int) -> Interval:
        """Some hours of a day."""
        midnight = datetime(2026, 11, day, tzinfo=UTC)
        return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))

    def shift(self, day: int) -> UUID:
        """The shift of a day."""
        return next(row.shift_id for row in self.assignments() if row.start.day == day)

    def person(self, name: str | None) -> UUID | None:
        """Somebody by name, or nobody."""
        return self.desk.member(name).id if name else None

    def hands(self, giver: str | None, taker: str | None, interval: Interval, cause: str = COVER) -> UUID:
        """Somebody's part of the shift of that day goes to somebody else."""
        shift = self.shift(interval.start.day)
        handover = Handover(shift, interval, self.person(giver), self.person(taker), cause)
        with self.deps.sessions.write("T1") as session:
            return hand_over(session, self.deps, self.caller("cora").actor, handover)

    def works(self, day: int) -> list[tuple[str, int, int]]:
        """Who works a shift from when to when, which has to be all of it."""
        names = {self.person(name): name for name in (*NAMES, None)}
        rows = [row for row in self.assignments() if row.start.day == day]
        assert [row.end for row in rows[:-1]] == [row.start for row in rows[1:]]
        assert (rows[0].start.hour, rows[-1].end.hour) == (9, 17)
        return [(names[row.member_id] or "nobody", row.start.hour, row.end.hour) for row in rows]

    def offers(self, owner: str | None, interval: Interval) -> UUID:
        """Somebody gives work away; its id."""
        row = Cover(
            workspace_id="T1",
            id=new_id(),
            number=len(self.covers()) + 1,
            shift_id=self.shift(interval.start.day),
            owner_id=self.person(owner),
            start=interval.start,
            end=interval.end,
            state=State.OPEN,
            opened_at=self.now,
            expires_at=interval.start,
        )
        self.desk.put(row)
        return row.id

    def takes(self, cover_id: UUID, taker: str, interval: Interval, found: Verdict = FINE) -> UUID:
        """Somebody takes a part of a cover, and works it if nobody has to look at that; its id."""
        taken = new_id()
        with self.deps.sessions.write("T1") as session:
            turn = Turn.of(session, self.deps, self.caller(taker).actor, cover_id)
            turn.become(Take(taken, turn.who, interval, found))
            if found is FINE:
                handover = Handover(turn.row.shift_id, interval, turn.row.owner_id, turn.who, COVER)
                hand_over(session, self.deps, turn.actor, handover)
        return taken

    def covers(self) -> list[Cover]:
        """All covers, by number."""
        with self.deps.sessions.read("T1") as session:
            return list(session.query(Cover).filter_by(workspace_id="T1").order_by(Cover.number))

    def cover_state(self, cover_id: UUID) -> str:
        """Where a cover stands."""
        with self.deps.sessions.read("T1") as session:
            row = cover(session, cover_id)
        assert row
        return row.state

    def part_state(self, part_id: UUID) -> str:
        """Where a part of a cover stands."""
        with self.deps.sessions.read("T1") as session:
            row = part(session, part_id)
        assert row
        return row.state

    def audited(self) -> list[tuple[str, int | None]]:
        """What ended because something changed hands, with its number."""
        with self.deps.sessions.read("T1") as session:
            rows = session.query(Audit).filter_by(workspace_id="T1").order_by(Audit.id)
            return [(row.action, row.number) for row in rows if row.action.endswith(".supersede")]


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[Floor]:
    floor = Floor(database_url, tmp_path)
    yield floor
    floor.close()


def test_a_part_is_worked_by_the_taker_and_the_rest_by_the_owner(floor: Floor) -> None:
    others = {row.id for row in floor.assignments() if row.start.day != 6}
    made = floor.hands("ana", "ben", floor.on(6, 12, 14))
    assert floor.works(6) == [("ana", 9, 12), ("ben", 12, 14), ("ana", 14, 17)]
    rows = {row.id: row for row in floor.assignments()}
    assert rows.keys() >= others
    assert (rows[made].member_id, rows[made].start.hour, rows[made].end.hour) == (floor.person("ben"), 12, 14)
    assert [row.cause for row in rows.values() if row.start.day == 6] == ["base", COVER, "base"]


def test_what_is_taken_beside_ones_own_is_one_shift_and_still_on_record_by_itself(floor: Floor) -> None:
    floor.hands("ana", "ben", floor.on(6, 9, 12))
    made = floor.assignment(floor.hands("ana", "ben", floor.on(6, 12, 14)))
    assert floor.works(6) == [("ben", 9, 14), ("ana", 14, 17)]
    assert (made.start.hour, made.end.hour, made.member_id) == (12, 14, floor.person("ben"))
    assert (made.assigned_at, made.replaced_at) == (NOW, NOW)
    floor.hands("ben", "ana", floor.on(6, 9, 14), UNDO)
    assert floor.works(6) == [("ana", 9, 17)]


def test_a_part_that_stays_as_it_is_keeps_its_assignment(floor: Floor) -> None:
    floor.hands("ana", "ben", floor.on(6, 9, 11))
    before = floor.held("ben")
    floor.hands("ana", "dev", floor.on(6, 14, 17))
    assert floor.works(6) == [("ben", 9, 11), ("ana", 11, 14), ("dev", 14, 17)]
    assert floor.held("ben") == before


def test_a_shift_goes_to_nobody_and_somebody_takes_it_from_there(floor: Floor) -> None:
    floor.hands("ana", None, floor.on(6, 9, 17))
    floor.hands(None, "dev", floor.on(6, 13, 17))
    assert floor.works(6) == [("nobody", 9, 13), ("dev", 13, 17)]


@pytest.mark.parametrize(
    ("giver", "start", "end"), [("ben", 9, 17), ("ana", 8, 10), ("ana", 16, 18), (None, 9, 10), ("ana", 11, 14)]
)
def test_nobody_gives_what_they_do_not_work_and_then_nothing_changes(
    floor: Floor, giver: str | None, start: int, end: int
) -> None:
    floor.hands("ana", "ben", floor.on(6, 13, 15))
    before = floor.desk.everything()
    with pytest.raises(ChangedHands):
        floor.hands(giver, "dev", floor.on(6, start, end))
    assert floor.desk.everything() == before


def test_of_two_who_take_the_same_at_once_one_has_it(floor: Floor) -> None:
    for giver, day in (("ana", 6), ("ben", 7)):
        wanted = [name for name in NAMES if name != giver]
        results = at_once(*(partial(floor.hands, giver, name, floor.on(day, 9, 17)) for name in wanted))
        winner = next(name for name, result in zip(wanted, results, strict=True) if isinstance(result, UUID))
        assert sum(isinstance(each, ChangedHands) for each in results) == 1
        assert floor.works(day) == [(winner, 9, 17)]


def test_of_two_whose_parts_overlap_one_has_theirs_and_of_two_others_both(floor: Floor) -> None:
    results = at_once(
        partial(floor.hands, "ana", "ben", floor.on(6, 9, 13)),
        partial(floor.hands, "ana", "dev", floor.on(6, 12, 17)),
    )
    assert sorted(isinstance(each, ChangedHands) for each in results) == [False, True]
    won = (
        [("ana", 9, 12), ("dev", 12, 17)]
        if isinstance(results[0], ChangedHands)
        else [("ben", 9, 13), ("ana", 13, 17)]
    )
    assert floor.works(6) == won
    results = at_once(
        partial(floor.hands, "ana", "ben", floor.on(13, 9, 13)),
        partial(floor.hands, "ana", "dev", floor.on(13, 13, 17)),
    )
    assert all(isinstance(each, UUID) for each in results), results
    assert floor.works(13) == [("ben", 9, 13), ("dev", 13, 17)]


def test_a_swap_that_waits_for_what_was_handed_over_ends_and_no_other(floor: Floor) -> None:
    hit, spared = floor.proposes("ana", "ben", 0, 0), floor.proposes("ana", "ben", 1, 1)
    floor.hands("ana", "dev", floor.on(6, 16, 17))
    assert (floor.state(hit), floor.state(spared)) == ("superseded", "open")
    assert floor.audited() == [("swap.supersede", 1)]
    assert floor.messages("swap.news", "asker")[hit] == 1


def test_an_open_cover_ends_once_its_owner_does_not_work_what_is_open_of_it(floor: Floor) -> None:
    hit, beside = floor.offers("ana", floor.on(6, 12, 15)), floor.offers("ana", floor.on(6, 15, 17))
    confirmed = floor.takes(hit, "ben", floor.on(6, 12, 13))
    waits = floor.takes(hit, "ben", floor.on(6, 13, 14), REVIEWED)
    assert (floor.cover_state(hit), floor.part_state(confirmed)) == ("open", PartState.CONFIRMED)
    floor.hands("ana", "dev", floor.on(6, 13, 14))
    assert (floor.cover_state(hit), floor.cover_state(beside)) == ("superseded", "open")
    assert (floor.part_state(confirmed), floor.part_state(waits)) == (PartState.CONFIRMED, PartState.SUPERSEDED)
    assert floor.audited() == [("cover.supersede", 1)]


def test_a_cover_whose_confirmed_part_is_handed_on_stays_open_for_the_rest(floor: Floor) -> None:
    offered = floor.offers("ana", floor.on(6, 12, 17))
    taken = floor.takes(offered, "ben", floor.on(6, 12, 14))
    floor.hands("ben", "dev", floor.on(6, 12, 14))
    assert (floor.cover_state(offered), floor.part_state(taken)) == ("open", PartState.CONFIRMED)
    floor.takes(offered, "ben", floor.on(6, 14, 17))
    assert floor.cover_state(offered) == "covered"
    assert floor.works(6) == [("ana", 9, 12), ("dev", 12, 14), ("ben", 14, 17)]


def test_an_open_shift_that_somebody_has_otherwise_is_no_longer_offered(floor: Floor) -> None:
    floor.hands("ana", None, floor.on(6, 9, 17))
    offered = floor.offers(None, floor.on(6, 9, 17))
    floor.hands(None, "dev", floor.on(6, 9, 10))
    assert floor.cover_state(offered) == "superseded"


def test_a_settled_swap_ends_the_cover_of_the_shift(floor: Floor) -> None:
    offered = floor.offers("ana", floor.on(6, 12, 17))
    accept(floor.deps, floor.caller("ben"), floor.proposes("ana", "ben"))
    assert floor.cover_state(offered) == "superseded"
    floor.demand_whole()


def test_a_swap_can_be_undone_after_a_part_of_it_went_on_and_came_back(floor: Floor) -> None:
    swap = floor.proposes("ana", "ben")
    accept(floor.deps, floor.caller("ben"), swap)
    floor.hands("ben", "dev", floor.on(6, 12, 14))
    with pytest.raises(SwapNotOpen):
        undo(floor.deps, floor.caller("ana"), swap)
    floor.hands("dev", "ben", floor.on(6, 12, 14), UNDO)
    assert undo(floor.deps, floor.caller("ana"), swap)
    assert (floor.works(6), floor.works(7)) == ([("ana", 9, 17)], [("ben", 9, 17)])


def test_a_swap_of_a_part_beside_ones_own_is_undone_for_that_part_only(floor: Floor) -> None:
    floor.hands("ana", "ben", floor.on(6, 9, 12))
    swap = floor.proposes("ana", "ben", 0, 1)
    accept(floor.deps, floor.caller("ben"), swap)
    assert (floor.works(6), floor.works(7)) == ([("ben", 9, 17)], [("ana", 9, 17)])
    assert undo(floor.deps, floor.caller("ben"), swap)
    assert (floor.works(6), floor.works(7)) == ([("ben", 9, 12), ("ana", 12, 17)], [("ben", 9, 17)])


def test_what_swapping_back_leaves_behind_is_counted_for_that_part_only(floor: Floor) -> None:
    floor.hands("ana", "ben", floor.on(6, 9, 12))
    swap = floor.proposes("ana", "ben", 0, 1)
    accept(floor.deps, floor.caller("ben"), swap)
    with floor.deps.sessions.write("T1") as session:
        session.get_one(Member, ("T1", floor.person("ana"))).capacity = 0.5
    with floor.deps.sessions.read("T1") as session:
        _, review = SwapTurn.of(session, floor.deps, floor.caller("ana").actor, swap).check_back()
    assert [(each.interval, each.usual.before, each.usual.after) for each in review.coverage] == [
        (floor.on(6, 12, 17), 1.0, 0.5),
        (floor.on(7, 9, 17), 0.5, 1.0),
    ]


def test_a_swap_is_not_undone_under_a_later_one_even_if_the_shift_came_back(floor: Floor) -> None:
    first = floor.proposes("ana", "ben")
    accept(floor.deps, floor.caller("ben"), first)
    for _ in range(2):
        accept(floor.deps, floor.caller("ben"), floor.proposes("ana", "ben"))
    assert (floor.works(6), floor.works(7)) == ([("ben", 9, 17)], [("ana", 9, 17)])
    with pytest.raises(SwapNotOpen):
        undo(floor.deps, floor.caller("ana"), first)
    for row in reversed(floor.swaps()):
        assert undo(floor.deps, floor.caller("ana"), row.id)
    assert (floor.works(6), floor.works(7)) == ([("ana", 9, 17)], [("ben", 9, 17)])

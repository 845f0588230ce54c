"""Covers, swaps, files, edits and departures in whatever order: no minute of a shift is lost or has two owners."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, time, timedelta
from functools import partial
from itertools import combinations, count, permutations
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions import swaps, swaps_decide, swaps_end
from bot.actions.covers_open import Opening, offer_open, open_shifts
from bot.actions.departures_offer import give, offer_all
from bot.actions.settings_change import change_settings
from bot.domain.covers import PartState
from bot.domain.intervals import Interval
from bot.domain.permissions import OPERATOR
from bot.domain.shifts_edit import Cut, Draft, Edit, Removal
from bot.domain.swaps import State
from storage.tables import CoverPart, Swap
from tests.busy_floor import AGENTS, BusyFloor, Regret, Taking, cut, picked
from tests.cover_hours import Ledger
from tests.databases import Cluster

# Of which each has to happen for anything to be shown; what is refused is among it.
WHAT_HAPPENS = (
    ("offered",),
    ("taken",),
    ("approve", "approve anyway"),
    ("refuse", "give up", "withdrawn"),
    ("opened", "given", "all offered"),
    ("accepted",),
    ("part undone", "swap undone"),
    ("imported",),
    ("moved", "split", "deleted", "handed on", "added"),
    ("import undone",),
    ("undone at once",),
    ("left",),
    ("returned",),
    ("NotOpen", "SwapNotOpen"),
    ("ImportInUse",),
)

agents = st.sampled_from(AGENTS)
pairs = st.sampled_from(list(permutations(AGENTS, 2)))
decisions = st.sampled_from(["approve", "approve", "approve anyway", "refuse", "give up"])
deciders = st.sampled_from(["cora", "carla"])
places = st.integers(0, 7)
pieces = st.sampled_from(["all", "first half", "middle", "last half"])
# The days around those on which the desk has shifts.
days = st.integers(5, 9)
starts = st.sampled_from([time(2, 15), time(8), time(10, 45), time(15)])
times = st.tuples(starts, st.sampled_from([4, 8])).map(
    lambda each: (each[0], each[0].replace(each[0].hour + each[1]))
)
ways = st.sampled_from(["moved", "split", "deleted", "handed on", "added"])
owners = st.sampled_from(["opened", "given", "all offered"])
rarely = st.sampled_from([False, False, False, True])
regrets = st.builds(Regret, places, st.booleans(), st.booleans(), st.booleans())
firsts = st.builds(Taking, pieces, st.none(), st.just(False), decisions)
takings = st.builds(Taking, pieces, st.none() | agents, rarely, st.none() | decisions)

Databases = Callable[[Path], AbstractContextManager[str]]
"""Makes a migrated, empty database, which may lie in the folder."""


class Covering(RuleBasedStateMachine):
    """People offer, take, swap and regret as they like, and come and go, while the schedule changes under them."""

    databases: ClassVar[Databases]
    done: ClassVar[Counter[str]] = Counter()

    @initialize(
        order=st.permutations(AGENTS),
        given=st.tuples(firsts, firsts, firsts),
        review=st.booleans(),
        how=ways,
        at=times,
        undone=rarely,
        regret=regrets,
    )
    def open_the_floor(
        self,
        order: Sequence[str],
        given: Sequence[Taking],
        review: bool,
        how: str,
        at: tuple[time, time],
        undone: bool,
        regret: Regret,
    ) -> None:
        self.house = ExitStack()
        folder = Path(self.house.enter_context(tempfile.TemporaryDirectory()))
        self.desk = BusyFloor(self.house.enter_context(type(self).databases(folder)), folder, self.done)
        self.house.callback(self.desk.close)
        self.deps = self.desk.deps
        # From the start there is something to be given on, undone and ended.
        self.time_passes(15, review)
        for who, taker, taking in zip(order, (*order[1:], order[0]), given, strict=True):
            self.somebody_offers((who, taker), 0, taking.piece, taking, proxied=False)
        self.two_swap((order[0], order[1]), 0, 0, answers=True)
        self.what_was_settled_is_undone([regret])
        self.a_shift_is_edited(0, how, at, order[2], undone)

    @rule(minutes=st.sampled_from([0, 15, 60, 60 * 30]), review=st.booleans())
    def time_passes(self, minutes: int, review: bool) -> None:
        self.desk.turn(minutes)
        swaps_end.expire(self.deps, "T1")
        change_settings(self.deps, "T1", OPERATOR, "workspace", {"auto_approve": "no" if review else "yes"})

    @rule(two=pairs, place=places, piece=pieces, taking=st.none() | takings, proxied=rarely)
    def somebody_offers(
        self, two: tuple[str, str], place: int, piece: str, taking: Taking | None, proxied: bool
    ) -> None:
        who, taker = two
        rows = [row for row in self.ledger.in_force if row.member_id == self.desk.member[who]]
        if rows and who not in self.desk.gone:
            row = picked(rows, place)
            by, owner = ("cora", who) if proxied else (who, None)
            offered = self.desk.offers_some(by, row, cut(Interval(row.start, row.end), piece), owner)
            self.desk.somebody_takes(taker, offered, taking)

    @rule(place=places, day=days, start=starts, how=owners, taker=agents, taking=st.none() | takings)
    def what_nobody_works_finds_an_owner(
        self, place: int, day: int, start: time, how: str, taker: str, taking: Taking | None
    ) -> None:
        begins = self.desk.on(day, 0).start + timedelta(hours=start.hour, minutes=start.minute)
        wanted = Opening(self.deps.new_id(), "mail", begins, begins + timedelta(hours=8), 2)
        opens: Callable[..., object] = partial(open_shifts, wanted=wanted)
        if rows := [row.id for row in self.ledger.in_force if row.member_id is None]:
            row, nonce = picked(rows, place), self.deps.new_id()
            opens = partial(offer_open, assignment_id=row, nonce=nonce)
            if how == "given" and taker not in self.desk.gone:
                opens = partial(give, assignment_id=row, taker=self.desk.slack(taker), nonce=nonce)
            elif how == "all offered" and self.ledger.departures:
                opens = partial(offer_all, departure_id=picked(self.ledger.departures, place).id)
        if self.desk.does(how, partial(opens, self.deps, self.desk.caller("cora"))) and how == "opened":
            self.desk.somebody_takes(taker, self.desk.covers()[-1], taking)

    @precondition(lambda self: self.ledger.open_covers)
    @rule(place=places, who=agents, taking=takings)
    def somebody_takes(self, place: int, who: str, taking: Taking) -> None:
        self.desk.somebody_takes(who, picked(self.ledger.open_covers, place), taking)

    @precondition(lambda self: self.ledger.open_covers)
    @rule(place=places, how=st.just("withdraw") | decisions, by=deciders, proxied=rarely)
    def what_is_open_is_decided_or_withdrawn(self, place: int, how: str, by: str, proxied: bool) -> None:
        if waits := self.ledger.taken(PartState.NEEDS_APPROVAL):
            self.desk.decides(picked(waits, place), how, by)
        elif how == "withdraw":
            row = picked(self.ledger.open_covers, place)
            who = "cora" if proxied or row.owner_id is None else self.desk.name[row.owner_id]
            self.desk.does("withdrawn", partial(self.desk.withdraws, who, row.id))

    @rule(two=pairs, mine=places, theirs=places, answers=st.booleans())
    def two_swap(self, two: tuple[str, str], mine: int, theirs: int, answers: bool) -> None:
        given, returned = (len(self.desk.held(each)) for each in two)
        if not given or not returned or not self.desk.gone.isdisjoint(two):
            return
        proposed = partial(self.desk.proposes, *two, mine % given, theirs % returned)
        if self.desk.does("proposed", proposed) and answers:
            swap, cora = self.ledger.swaps[-1].id, self.desk.caller("cora")
            self.desk.does("accepted", partial(swaps.accept, self.deps, self.desk.caller(two[1]), swap))
            if self.desk.state(swap) == State.NEEDS_APPROVAL:
                self.desk.does("swap approved", partial(swaps_decide.approve, self.deps, cora, swap))

    @rule(regrets=st.lists(regrets, min_size=1, max_size=3))
    def what_was_settled_is_undone(self, regrets: Sequence[Regret]) -> None:
        for regret in regrets:
            parts: list[Swap | CoverPart] = [*self.ledger.taken(PartState.CONFIRMED)]
            swapped: list[Swap | CoverPart] = [*self.ledger.settled_swaps]
            if rows := (swapped if regret.of_a_swap else parts) or swapped or parts:
                self.desk.undoes(picked(rows, regret.place), regret)

    @rule(
        place=places,
        how=st.sampled_from(["moves", "moves again", "removes", *["plans beside"] * 3, "any"]),
        who=st.none() | agents,
        day=days,
        at=times,
        handed_on=st.booleans(),
        undone=st.booleans(),
    )
    def a_file_changes_what_is_planned(
        self,
        place: int,
        how: str,
        who: str | None,
        day: int,
        at: tuple[time, time],
        handed_on: bool,
        undone: bool,
    ) -> None:
        owner, replaced = self.desk.member[who] if who else None, None
        ended = [leg for row in self.ledger.taken(PartState.SUPERSEDED) for leg in self.ledger.legs_of(row)]
        if legs := {"any": [], "moves again": ended}.get(how, self.ledger.legs):
            leg = picked(legs, place)
            if handed_on and legs != ended:
                self.desk.goes_on(leg, place, "first half", back=False)
            shift = self.ledger.shifts[leg.slots[0][0]]
            owner, day = shift.member_id if "moves" in how else leg.taker, shift.start.day
            if how == "removes":
                replaced, day = on(day, day + 1), day + 1
        self.desk.imports(self.desk.line(owner, day, at), replaced, undone=undone)

    @precondition(lambda self: self.ledger.planned)
    @rule(
        place=places,
        how=ways,
        at=times,
        who=st.none() | agents,
        undone=st.booleans(),
    )
    def a_shift_is_edited(
        self, place: int, how: str, at: tuple[time, time], who: str | None, undone: bool
    ) -> None:
        listed = picked(self.desk.base(), place)
        shift, owner = listed.shift, self.desk.member[who] if who else None
        same = listed.owner.member_id if listed.owner else None
        whole = shift.start_local.time(), shift.end_local.time()
        draft = partial(Draft, day=shift.start_local.date(), queue=shift.queue, note=shift.note)
        edits: dict[str, Edit] = {
            "moved": draft(owner=same, start=at[0], end=at[1]),
            "split": Cut(cut(shift.interval, "first half").end.time()),
            "deleted": Removal(),
            "handed on": draft(owner=owner, start=whole[0], end=whole[1]),
            "added": draft(owner=owner, start=at[0], end=at[1]),
        }
        self.desk.edits_by_hand(how, None if how == "added" else listed, edits[how], undone=undone)

    @rule(numbers=st.lists(places, min_size=1, max_size=2))
    def somebody_undoes_imports(self, numbers: Sequence[int]) -> None:
        for place in numbers:
            if found := self.desk.numbers():
                self.desk.does("import undone", partial(self.desk.desk.undo, picked(found, place)))

    @rule(who=agents, both=rarely)
    def somebody_comes_or_goes(self, who: str, both: bool) -> None:
        gone = sorted(self.desk.gone)
        if not gone or (both and gone != [who] and len(gone) == 1):
            self.desk.leaves(who)
        else:
            self.desk.returns(who if who in gone else gone[0])

    @property
    def ledger(self) -> Ledger:
        """What is stored by now."""
        return self.desk.ledger

    @invariant()
    def no_minute_of_a_shift_is_lost_or_has_two_owners(self) -> None:
        assert self.ledger.worked.keys() == self.ledger.planned.keys()

    @invariant()
    def all_is_worked_by_whoever_it_was_handed_to_last(self) -> None:
        worked, handed = self.ledger.worked, self.ledger.handed()
        assert [slot for slot in handed.keys() & worked.keys() if worked[slot] not in handed[slot]] == []

    @invariant()
    def what_is_to_be_taken_is_still_its_owner_s_and_offered_once(self) -> None:
        worked, offered = self.ledger.worked, list(self.ledger.offered())
        assert {slot: worked[slot] for slot, _ in offered} == dict(offered)
        assert len(dict(offered)) == len(offered)

    @invariant()
    def nobody_works_twice_at_once_unless_one_of_it_had_begun(self) -> None:
        rows = [row for row in self.ledger.in_force if row.member_id and row.start > self.desk.now]
        for one, other in combinations(rows, 2):
            assert one.member_id != other.member_id or one.end <= other.start or other.end <= one.start

    @invariant()
    def who_has_left_works_nothing_that_has_not_begun(self) -> None:
        assert [each for each in self.ledger.gone if self.ledger.ahead(each)] == []

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.house.close()


def on(first: int, last: int) -> tuple[date, date]:
    """Some days."""
    return date(2026, 11, first), date(2026, 11, last)


def examine(databases: Databases, *, examples: int, steps: int) -> Counter[tuple[str, ...]]:
    """Tries so many orders of events; how often what happened. Raises AssertionError where one goes wrong."""
    Covering.databases = staticmethod(databases)
    Covering.done.clear()
    Covering.TestCase.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Covering.TestCase().runTest()
    return Counter({kinds: sum(Covering.done[kind] for kind in kinds) for kinds in WHAT_HAPPENS})


def test_no_order_of_events_loses_a_minute_or_gives_it_to_two(sqlite_url: str) -> None:
    @contextmanager
    def databases(folder: Path) -> Iterator[str]:
        path = shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), folder / "floor.sqlite3")
        yield f"sqlite:///{path}"

    happened = examine(databases, examples=30, steps=25)
    assert {kinds: times for kinds, times in happened.items() if times < 2} == {}


def test_nor_does_any_on_postgresql(cluster: Cluster, postgresql_url: str) -> None:
    template, numbers = postgresql_url.partition("?")[0].rpartition("/")[2], count()

    @contextmanager
    def databases(_folder: Path) -> Iterator[str]:
        name = f"{template}_{next(numbers)}"
        cluster.administer("CREATE DATABASE {} TEMPLATE {}", name, template)
        yield cluster.url(name)
        cluster.administer("DROP DATABASE {} WITH (FORCE)", name)

    happened = examine(databases, examples=5, steps=12)
    assert len(+happened) > len(WHAT_HAPPENS) / 2, happened

"""Two people do something to a cover at the same instant: one of them has it, and nothing is half done."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from bot.actions import covers_waves
from bot.actions.covers_decide import approve
from bot.actions.covers_end import withdraw
from bot.actions.covers_propose import BadOffer, offer
from bot.actions.covers_take import take
from bot.actions.covers_undo import undo
from bot.actions.settings_change import change_settings
from bot.deps import new_id
from bot.domain.covers import NotOpen, PartState
from bot.domain.permissions import OPERATOR
from tests.cover_desk import CoverDesk
from tests.races import at_once

REPLICAS = 4


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[CoverDesk]:
    desk = CoverDesk(database_url, tmp_path)
    yield desk
    desk.close()


def refused(results: list[object]) -> list[bool]:
    assert all(isinstance(each, NotOpen | PartState | None) for each in results), results
    return [isinstance(each, NotOpen) for each in results]


def test_of_two_who_take_it_at_once_one_has_it_and_the_other_reads_who(desk: CoverDesk) -> None:
    ben, dev = desk.caller("ben"), desk.caller("dev")
    for day in (6, 13):
        cover = desk.offers("ana", day)
        results = at_once(partial(take, desk.deps, ben, cover), partial(take, desk.deps, dev, cover))
        lost = refused(results)
        assert sorted(lost) == [False, True]
        winner = "dev" if lost[0] else "ben"
        assert desk.works(day) == [(winner, 9, 17)]
        refusal = next(each for each in results if isinstance(each, NotOpen))
        assert refusal.taken_by == {desk.desk.member(winner).id}
        assert [row.audience for row in desk.cards(cover)].count("floor") == 1


def test_of_two_parts_that_meet_both_are_taken_and_of_two_that_overlap_one(desk: CoverDesk) -> None:
    ben, dev = desk.caller("ben"), desk.caller("dev")
    cover = desk.offers("ana", 6)
    results = at_once(
        partial(take, desk.deps, ben, cover, desk.on(6, 9, 13)),
        partial(take, desk.deps, dev, cover, desk.on(6, 13, 17)),
    )
    assert refused(results) == [False, False]
    assert (desk.works(6), desk.cover(cover).state) == ([("ben", 9, 13), ("dev", 13, 17)], "covered")
    cover = desk.offers("ana", 13)
    results = at_once(
        partial(take, desk.deps, ben, cover, desk.on(13, 9, 14)),
        partial(take, desk.deps, dev, cover, desk.on(13, 12, 17)),
    )
    lost = refused(results)
    assert sorted(lost) == [False, True]
    assert desk.works(13) == ([("ana", 9, 12), ("dev", 12, 17)] if lost[0] else [("ben", 9, 14), ("ana", 14, 17)])


def test_taking_and_withdrawing_at_once_does_one_of_them(desk: CoverDesk) -> None:
    ana, ben = desk.caller("ana"), desk.caller("ben")
    for day in (6, 13):
        cover = desk.offers("ana", day)
        lost = refused(at_once(partial(take, desk.deps, ben, cover), partial(withdraw, desk.deps, ana, cover)))
        assert sorted(lost) == [False, True]
        assert desk.cover(cover).state == ("withdrawn" if lost[0] else "covered")
        assert desk.works(day) == [("ana" if lost[0] else "ben", 9, 17)]


def test_approving_while_the_owner_withdraws_does_one_of_them(desk: CoverDesk) -> None:
    desk.review()
    ana, cora = desk.caller("ana"), desk.caller("cora")
    for day in (6, 13):
        cover = desk.offers("ana", day)
        desk.takes("ben", cover)
        part = desk.parts(cover)[0].id
        lost = refused(at_once(partial(approve, desk.deps, cora, part), partial(withdraw, desk.deps, ana, cover)))
        assert sorted(lost) == [False, True]
        assert desk.parts(cover)[0].state == ("withdrawn" if lost[0] else "confirmed")
        assert desk.works(day) == [("ana" if lost[0] else "ben", 9, 17)]


def test_both_regret_at_once_and_it_is_undone_once(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.takes("ben", cover)
    part = desk.parts(cover)[0].id
    results = at_once(*(partial(undo, desk.deps, desk.caller(name), part) for name in ("ana", "ben")))
    assert sorted(refused([None if each is True else each for each in results])) == [False, True]
    assert desk.works(6) == [("ana", 9, 17)]
    assert desk.told(cover).count(("undone", "floor")) == 1


def test_a_form_that_is_sent_several_times_at_once_does_it_once(desk: CoverDesk) -> None:
    ana, wanted = desk.caller("ana"), desk.offering(6)
    results = at_once(*[partial(offer, desk.deps, ana, wanted)] * 5)
    assert [row.id for row in desk.covers()] == list(dict.fromkeys(results))
    cover, nonce = desk.covers()[0].id, new_id()
    hours = desk.on(6, 9, 12)
    taken = at_once(*[partial(take, desk.deps, desk.caller("ben"), cover, hours, nonce)] * 5)
    assert taken == [PartState.CONFIRMED] * 5
    assert len(desk.parts(cover)) == 1


def test_the_same_shift_offered_twice_at_once_is_offered_once(desk: CoverDesk) -> None:
    ana = desk.caller("ana")
    results = at_once(*(partial(offer, desk.deps, ana, desk.offering(6)) for _ in range(3)))
    assert sum(isinstance(each, UUID) for each in results) == 1
    assert sum(isinstance(each, BadOffer) for each in results) == 2


def test_several_processes_that_look_after_the_same_cover_ask_everybody_once(desk: CoverDesk) -> None:
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"cover_wave_size": "1"})
    cover = desk.offers("ana", 6)
    desk.now = desk.cover(cover).next_wave_at or desk.now
    at_once(*[desk.turn] * REPLICAS)
    assert [wave for wave, _ in desk.asked(cover)] == [1, 2]
    asked = [row.lane for row in desk.cards(cover) if row.audience.startswith("asked:")]
    assert len(asked) == len(set(asked)) == 2


def test_a_wave_that_is_cut_off_in_the_middle_asks_nobody_and_then_everybody_once(
    desk: CoverDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"cover_wave_size": "1"})
    cover = desk.offers("ana", 6)
    desk.now = desk.cover(cover).next_wave_at or desk.now

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(covers_waves, "record", die)  # the last that a wave does
        with pytest.raises(KeyboardInterrupt):
            desk.turn()
    assert len(desk.asked(cover)) == len([row for row in desk.cards(cover) if "asked" in row.audience]) == 1
    desk.turn()
    desk.turn()
    assert len(desk.asked(cover)) == len([row for row in desk.cards(cover) if "asked" in row.audience]) == 2


def test_taking_at_the_instant_of_its_end_does_not_bring_a_cover_back(desk: CoverDesk) -> None:
    cover = desk.offers("ana", 6)
    desk.now = desk.cover(cover).expires_at
    results = at_once(partial(take, desk.deps, desk.caller("ben"), cover), desk.turn)
    assert isinstance(results[0], NotOpen)
    assert (desk.cover(cover).state, desk.works(6)) == ("expired", [("ana", 9, 17)])


@pytest.mark.parametrize(
    ("lines", "by_ana", "by_ben"),
    [
        (["ana@example.com,2026-11-06,10:00,18:00,UTC,mail"], [("ana", 10, 18)], [("ben", 10, 18)]),
        ([], [], []),
    ],
)
def test_taking_while_a_file_moves_or_removes_the_shift_leaves_what_is_left_to_one(
    desk: CoverDesk, lines: list[str], by_ana: list[tuple[str, int, int]], by_ben: list[tuple[str, int, int]]
) -> None:
    cover = desk.offers("ana", 6)
    file = partial(
        desk.desk.shifts,
        "ana@example.com,2026-11-13,09:00,17:00,UTC,mail",
        *lines,
        replaced=(date(2026, 11, 6), date(2026, 11, 6)),
    )
    taken, planned = at_once(partial(take, desk.deps, desk.caller("ben"), cover), file)
    assert not isinstance(planned, BaseException), planned
    lost = isinstance(taken, NotOpen)
    assert lost or taken is PartState.CONFIRMED, taken
    assert desk.works(6) == (by_ana if lost else by_ben)
    assert desk.cover(cover).state == "superseded" or (lines and not lost)

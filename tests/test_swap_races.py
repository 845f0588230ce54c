"""Two people do something to a swap at the same instant: one of them has it, and nothing is half done."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from bot.actions.swaps import accept, undo, withdraw
from bot.actions.swaps_decide import approve
from bot.actions.swaps_end import expire
from bot.actions.swaps_propose import propose
from bot.domain.swaps import SwapNotOpen
from tests.swap_desk import SwapDesk

ROUNDS = 5


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[SwapDesk]:
    desk = SwapDesk(database_url, tmp_path)
    yield desk
    desk.close()


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What comes of deeds that are all begun together: their results, or how they were refused."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        begun = [pool.submit(run, deed) for deed in deeds]
    return [each.exception() or each.result() for each in begun]


def refused(results: list[object]) -> list[bool]:
    assert all(each is None or isinstance(each, SwapNotOpen) for each in results), results
    return [isinstance(each, SwapNotOpen) for each in results]


def test_accepting_and_withdrawing_at_once_does_one_of_them(desk: SwapDesk) -> None:
    ana, ben = desk.caller("ana"), desk.caller("ben")
    for _ in range(ROUNDS):
        swap = desk.proposes("ana", "ben")
        before = desk.held("ana")
        lost = refused(at_once(partial(accept, desk.deps, ben, swap), partial(withdraw, desk.deps, ana, swap)))
        assert sorted(lost) == [False, True]
        assert desk.state(swap) == ("withdrawn" if lost[0] else "approved")
        assert (desk.held("ana") == before) is lost[0]
        assert desk.messages("swap", "floor")[swap] == (0 if lost[0] else 1)
        desk.demand_whole()


def test_of_two_approvers_one_approves_and_it_is_announced_once(desk: SwapDesk) -> None:
    desk.review()
    for _ in range(ROUNDS):
        swap = desk.proposes("ana", "ben")
        accept(desk.deps, desk.caller("ben"), swap)
        cora, carla = desk.caller("cora"), desk.caller("carla")
        lost = refused(at_once(partial(approve, desk.deps, cora, swap), partial(approve, desk.deps, carla, swap)))
        assert sorted(lost) == [False, True]
        assert desk.messages("swap", "floor")[swap] == 1
        desk.demand_whole()


def test_approving_while_the_asker_withdraws_does_one_of_them(desk: SwapDesk) -> None:
    desk.review()
    ana, cora = desk.caller("ana"), desk.caller("cora")
    for _ in range(ROUNDS):
        swap = desk.proposes("ana", "ben")
        accept(desk.deps, desk.caller("ben"), swap)
        lost = refused(at_once(partial(approve, desk.deps, cora, swap), partial(withdraw, desk.deps, ana, swap)))
        assert sorted(lost) == [False, True]
        assert desk.state(swap) == ("withdrawn" if lost[0] else "approved")
        desk.demand_whole()


def test_two_colleagues_accept_at_once_and_one_of_them_has_the_shift(desk: SwapDesk) -> None:
    ben, dev = desk.caller("ben"), desk.caller("dev")
    one, other = desk.proposes("ana", "ben"), desk.proposes("ana", "dev")
    lost = refused(at_once(partial(accept, desk.deps, ben, one), partial(accept, desk.deps, dev, other)))
    assert sorted(lost) == [False, True]
    assert {desk.state(one), desk.state(other)} == {"approved", "superseded"}
    loser = next(row for row in desk.swaps() if row.state == "superseded")
    assert loser.superseded_by_id in {one, other} - {loser.id}
    desk.demand_whole()


def test_a_form_that_is_sent_several_times_at_once_proposes_one_swap(desk: SwapDesk) -> None:
    ana, proposal = desk.caller("ana"), desk.proposal("ana", "ben")
    results = at_once(*[partial(propose, desk.deps, ana, proposal)] * 6)
    assert [row.id for row in desk.swaps()] == list(dict.fromkeys(results))
    assert desk.messages("swap", "colleague").total() == 1


def test_both_regret_at_once_and_it_is_undone_once(desk: SwapDesk) -> None:
    ana, ben = desk.caller("ana"), desk.caller("ben")
    swap = desk.proposes("ana", "ben")
    accept(desk.deps, ben, swap)
    lost = refused(
        [
            None if each is True else each
            for each in at_once(partial(undo, desk.deps, ana, swap), partial(undo, desk.deps, ben, swap))
        ]
    )
    assert sorted(lost) == [False, True]
    assert desk.state(swap) == "undone"
    assert desk.messages("swap.news", "floor")[swap] == 1
    desk.demand_whole()


def test_an_answer_at_the_instant_of_expiry_does_not_bring_a_swap_back(desk: SwapDesk) -> None:
    ben = desk.caller("ben")
    swap = desk.proposes("ana", "ben")
    desk.now = desk.swaps()[0].expires_at
    results = at_once(partial(accept, desk.deps, ben, swap), partial(expire, desk.deps, "T1"))
    assert isinstance(results[0], SwapNotOpen)
    assert desk.state(swap) == "expired"
    desk.demand_whole()

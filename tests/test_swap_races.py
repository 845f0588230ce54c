"""Two people do something to a swap at the same instant: one of them has it, and nothing is half done."""

import multiprocessing
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

import pytest

from bot.actions.people import Caller, recognise
from bot.actions.swaps import accept, undo, withdraw
from bot.actions.swaps_decide import approve
from bot.actions.swaps_end import expire
from bot.actions.swaps_look import look_at_swap
from bot.actions.swaps_propose import propose
from bot.app import build_deps
from bot.deps import Deps
from bot.domain.swaps import SwapNotOpen
from bot.settings import Settings
from bot.views.swaps_answers import too_late
from tests.races import at_once
from tests.swap_desk import NOW, SwapDesk

ROUNDS = 5

Deed = Callable[[Deps, Caller, UUID], None]


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[SwapDesk]:
    desk = SwapDesk(database_url, tmp_path)
    yield desk
    desk.close()


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


def act(url: str, name: str, deed: Deed, swaps: list[UUID], start: Barrier, said: Connection) -> None:
    """A process of its own, in which somebody does the same to each swap, and tells what they read."""
    settings = Settings(_env_file=None, SLACK_BOT_TOKEN="xoxb-1", FLOORWALKER_DATABASE_URL=url)
    deps = build_deps(settings, lambda: NOW)
    caller = recognise(deps, "T1", f"U0{name.upper()}")
    for swap in swaps:
        start.wait()
        try:
            deed(deps, caller, swap)
        except SwapNotOpen as refusal:
            said.send(too_late(replace(look_at_swap(deps, caller, swap), state=refusal.state)))
        else:
            said.send("")
    deps.sessions.close()
    said.close()


def in_processes(url: str, swaps: list[UUID], *deeds: tuple[str, Deed]) -> list[tuple[str, ...]]:
    """What each of those who act reads of each swap, nothing where they were first."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(len(deeds))
    ears, processes = [], []
    for name, deed in deeds:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=act, args=(url, name, deed, swaps, start, there), daemon=True)
        process.start()
        there.close()
        ears.append(here)
        processes.append(process)
    heard = [tuple(ear.recv() for ear in ears) for _ in swaps]
    for ear, process in zip(ears, processes, strict=True):
        process.join()
        ear.close()
    assert [process.exitcode for process in processes] == [0] * len(deeds)
    return heard


@pytest.fixture
def replicated(postgresql_url: str, tmp_path: Path) -> Iterator[SwapDesk]:
    """A desk whose swaps need approval, on a database that several processes may share."""
    desk = SwapDesk(postgresql_url, tmp_path)
    desk.review()
    yield desk
    desk.close()


def test_who_accepts_twice_through_two_processes_has_accepted_once(
    replicated: SwapDesk, postgresql_url: str
) -> None:
    swaps = [replicated.proposes("ana", "ben"), replicated.proposes("ana", "ben", 1, 1)]
    heard = in_processes(postgresql_url, swaps, ("ben", accept), ("ben", accept))
    for number, both in enumerate(heard, 1):
        waits = f"Swap {number} is accepted by <@U0BEN> and waits for approval. Nothing was changed."
        assert sorted(both) == ["", waits]
    assert [replicated.messages("swap.news", "asker")[swap] for swap in swaps] == [1, 1]


def test_of_approving_and_withdrawing_in_two_processes_one_is_done_and_the_other_reads_by_whom(
    replicated: SwapDesk, postgresql_url: str
) -> None:
    swaps = [replicated.proposes("ana", "ben"), replicated.proposes("ana", "dev", 1, 0)]
    for swap, colleague in zip(swaps, ("ben", "dev"), strict=True):
        accept(replicated.deps, replicated.caller(colleague), swap)
    heard = in_processes(postgresql_url, swaps, ("cora", approve), ("ana", withdraw))
    for number, (swap, (cora, ana)) in enumerate(zip(swaps, heard, strict=True), 1):
        if replicated.state(swap) == "withdrawn":
            assert (cora, ana) == (f"Swap {number} is withdrawn by <@U0ANA>. Nothing was changed.", "")
        else:
            assert replicated.state(swap) == "approved"
            assert (cora, ana) == ("", f"Swap {number} is settled, approved by <@U0CORA>. Nothing was changed.")
        assert replicated.messages("swap", "floor")[swap] == (replicated.state(swap) == "approved")
    replicated.demand_whole()


def test_of_two_approvers_in_two_processes_the_second_reads_who_approved(
    replicated: SwapDesk, postgresql_url: str
) -> None:
    swaps = [
        replicated.proposes("ana", "ben"),
        replicated.proposes("ana", "dev", 1, 0),
        replicated.proposes("ben", "dev", 1, 1),
    ]
    for swap, colleague in zip(swaps, ("ben", "dev", "dev"), strict=True):
        accept(replicated.deps, replicated.caller(colleague), swap)
    heard = in_processes(postgresql_url, swaps, ("cora", approve), ("carla", approve))
    for number, (cora, carla) in enumerate(heard, 1):
        first, second = ("CORA", carla) if cora == "" else ("CARLA", cora)
        assert second == f"Swap {number} is settled, approved by <@U0{first}>. Nothing was changed."
    assert [replicated.messages("swap", "floor")[swap] for swap in swaps] == [1, 1, 1]
    replicated.demand_whole()

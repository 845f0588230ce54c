"""What is typed of cases, and what becomes of one by each thing that happens."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.cases import By, CaseIsOver, Happening, Kind, State
from bot.domain.cases_life import MISTAKE, Standing, apply, begun, demand_possible, differences
from bot.domain.cases_typed import CUSTOMER, OURS, Typed, read_case_text, waits_for

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
MAIL, PHONE, ANA = UUID(int=1), UUID(int=2), UUID(int=3)
BILLING, LOGISTICS = UUID(int=4), UUID(int=5)


def opened(state: State = State.NEW) -> Standing:
    return begun({"state": state, "priority": "normal", "tier": None, "queue": str(MAIL), "owner": None}, NOW)


def after(standing: Standing, kind: Kind, by: By = By.MEMBER, hours: int = 1, **data: object) -> Standing:
    return apply(standing, Happening(kind, data, by), NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("", Typed("", None, "")),
        ("12", Typed("", "12", "")),
        ("#12", Typed("", "#12", "")),
        ("zendesk 35436", Typed("", "zendesk 35436", "")),
        ("SUP-7", Typed("", "SUP-7", "")),
        ("wait 12 billing", Typed("wait", "12", "billing")),
        ("12 wait billing", Typed("wait", "12", "billing")),
        ("WAIT zendesk 35436 the customer", Typed("wait", "zendesk 35436", "the customer")),
        ("wait billing", Typed("wait", None, "billing")),
        ("note 12 asked 3 times", Typed("note", "12", "asked 3 times")),
        ("queue billing", Typed("queue", None, "billing")),
        ("close SUP-7", Typed("close", "SUP-7", "")),
        ("wait billing 12", Typed("wait", "12", "billing")),
        ("note asked 12", Typed("note", None, "asked 12")),
    ],
)
def test_a_word_a_case_and_the_rest_are_read_in_either_order(text: str, typed: Typed) -> None:
    assert read_case_text(text) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("billing", str(BILLING)),
        ("Bill", str(BILLING)),
        ("bil", str(BILLING)),
        ("customer", CUSTOMER),
        ("us", OURS),
        ("", None),
        ("b", None),
        ("engineering", None),
    ],
)
def test_what_a_case_waits_for_is_a_department_by_the_beginning_of_its_name(typed: str, meant: str | None) -> None:
    departments = [(BILLING, "Billing"), (LOGISTICS, "Logistics"), (UUID(int=6), "Bookkeeping")]
    assert waits_for(typed, departments) == meant


def test_a_solved_case_that_lives_again_counts_as_the_customer_coming_back_unless_it_was_a_mistake() -> None:
    solved = after(opened(), Kind.STATE, state=State.SOLVED)
    assert (solved.solved_at, solved.reopened) == (NOW + timedelta(hours=1), 0)
    back = after(solved, Kind.STATE, By.CUSTOMER, 2, state=State.OPEN)
    assert (back.solved_at, back.reopened) == (None, 1)
    assert after(solved, Kind.STATE, state=State.OPEN, because=MISTAKE).reopened == 0
    closed = after(solved, Kind.STATE, hours=3, state=State.CLOSED)
    assert (closed.solved_at, closed.closed_at) == (NOW + timedelta(hours=1), NOW + timedelta(hours=3))


def test_a_case_is_rerouted_when_it_leaves_a_queue_for_another() -> None:
    once = after(opened(), Kind.QUEUE, queue=str(PHONE))
    assert once.rerouted == 1
    nowhere = after(once, Kind.QUEUE, queue=None)
    assert after(nowhere, Kind.QUEUE, queue=str(MAIL)).rerouted == 1


def test_what_was_put_off_and_what_was_stuck_ends_with_its_owner_or_its_life() -> None:
    until = (NOW + timedelta(hours=5)).isoformat()
    stuck = after(after(opened(), Kind.SNOOZE, until=until), Kind.STUCK, By.CLOCK, why="unowned")
    assert (stuck.snoozed_until, stuck.stuck) == (NOW + timedelta(hours=5), "unowned")
    given = after(stuck, Kind.OWNER, owner=str(ANA))
    assert (given.snoozed_until, given.stuck) == (None, "unowned")
    assert after(stuck, Kind.STATE, state=State.SOLVED).stuck is None
    assert differences(stuck, given) == (
        {"owner_id": None, "snoozed_until": until},
        {"owner_id": str(ANA), "snoozed_until": None},
    )


@pytest.mark.parametrize(
    ("kind", "data", "mirrored", "refused"),
    [
        (Kind.STATE, {"state": State.OPEN}, False, False),  # what is closed here can be opened here
        (Kind.STATE, {"state": State.OPEN}, True, True),
        (Kind.STATE, {"state": State.SOLVED}, False, True),
        (Kind.OWNER, {"owner": None}, False, True),
        (Kind.WORKING, {}, False, True),
        (Kind.NOTE, {}, True, False),
        (Kind.ESCALATION, {}, True, False),
    ],
)
def test_a_closed_case_is_left_alone_by_people_but_for_what_is_noted_beside_it(
    kind: Kind, data: dict[str, object], mirrored: bool, refused: bool
) -> None:
    closed = after(opened(), Kind.STATE, state=State.CLOSED)
    said = Happening(kind, data)
    if refused:
        with pytest.raises(CaseIsOver):
            demand_possible(closed, said, mirrored=mirrored)
    else:
        demand_possible(closed, said, mirrored=mirrored)
    demand_possible(closed, Happening(kind, data, By.HELPDESK), mirrored=mirrored)
    demand_possible(opened(), said, mirrored=mirrored)

"""Who has the card of a case, and where it is said what concerns the case."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.actions.cases_cards import say_in_thread, show_owner
from bot.actions.cases_do import close
from bot.actions.cases_new import make_case
from bot.actions.cases_open import open_case
from bot.actions.cases_turn import CARD, case_of, happen
from bot.deps import new_id
from bot.domain.cases import CaseIsOver, Happening, Kind, State
from bot.domain.cases_new import Entered, NewCase
from bot.domain.cases_shown import Why
from bot.domain.permissions import OPERATOR
from storage.cases import events_of
from storage.db import WorkspaceSession
from storage.tables import Message
from tests.swap_desk import SwapDesk


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[SwapDesk]:
    desk = SwapDesk(sqlite_url, tmp_path)
    with desk.deps.sessions.write("T1") as session:
        open_case(session, desk.deps, OPERATOR, NewCase("Refund is late", owner_id=desk.desk.member("ana").id))
    yield desk
    desk.close()


def _posts(session: WorkspaceSession) -> list[tuple[str, str, bool]]:
    """The card and the lane of each message, and whether it replies."""
    rows = session.scalars(select(Message).where(Message.workspace_id == "T1", Message.card != "home"))
    cards = (row for row in sorted(rows, key=lambda row: (row.lane, row.number)) if row.card in (CARD, "said"))
    return [(row.card, row.lane, row.parent_id is not None) for row in cards]


def _gives(session: WorkspaceSession, desk: SwapDesk, owner_id: UUID | None) -> None:
    said = Happening(Kind.OWNER, {"owner": str(owner_id) if owner_id else None})
    happen(session, desk.deps, OPERATOR, case_of(session, "1"), said)


def test_the_first_thing_that_is_said_brings_the_card_and_the_next_stands_below_it(desk: SwapDesk) -> None:
    with desk.deps.sessions.write("T1") as session:
        for key in ("one", "two", "two"):
            say_in_thread(session, desk.deps, case_of(session, "1"), "said", new_id(), None, key)
        assert _posts(session) == [(CARD, "U0ANA", False), ("said", "U0ANA", True), ("said", "U0ANA", True)]


def test_whoever_has_it_next_reads_on_below_a_card_of_their_own(desk: SwapDesk) -> None:
    with desk.deps.sessions.write("T1") as session:
        case = case_of(session, "1")
        show_owner(session, desk.deps, case, Why.OPENED)
        show_owner(session, desk.deps, case, Why.OPENED)
        say_in_thread(session, desk.deps, case, "said", new_id(), None, "one")
        _gives(session, desk, desk.desk.member("ben").id)
        show_owner(session, desk.deps, case, Why.GIVEN)
        say_in_thread(session, desk.deps, case, "said", new_id(), None, "two")
        _gives(session, desk, desk.desk.member("ana").id)
        show_owner(session, desk.deps, case, Why.GIVEN)
        (last,) = say_in_thread(session, desk.deps, case, "said", new_id(), None, "three")
        assert _posts(session) == [
            (CARD, "U0ANA", False),
            ("said", "U0ANA", True),
            (CARD, "U0ANA", False),
            ("said", "U0ANA", True),
            (CARD, "U0BEN", False),
            ("said", "U0BEN", True),
        ]
        newest = max(
            (
                row
                for row in session.scalars(
                    select(Message).where(Message.workspace_id == "T1", Message.card == CARD)
                )
            ),
            key=lambda row: (row.lane == "U0ANA", row.number),
        )
        assert session.get_one(Message, ("T1", last)).parent_id == newest.id


def test_while_nobody_has_it_the_coordinators_read_it(desk: SwapDesk) -> None:
    with desk.deps.sessions.write("T1") as session:
        _gives(session, desk, None)
        case = case_of(session, "1")
        show_owner(session, desk.deps, case, Why.GIVEN)
        say_in_thread(session, desk.deps, case, "said", new_id(), None, "one")
        assert _posts(session) == [(CARD, "C0OPS", False), ("said", "C0OPS", True)]


def test_a_form_that_comes_twice_opens_one_case_and_does_a_thing_once(desk: SwapDesk) -> None:
    nonce, closing, ana = new_id(), new_id(), desk.caller("ana")
    made = [make_case(desk.deps, ana, nonce, Entered("Twice", owner="U0BEN")) for _ in range(2)]
    assert [each.named.number for each in made] == [2, 2]
    for _ in range(2):
        assert close(desk.deps, ana, made[0].id, closing, State.SOLVED, "Done").state is State.SOLVED
    with desk.deps.sessions.read("T1") as session:
        kinds = [each.kind for each in events_of(session, made[0].id)]
        assert kinds == [Kind.OPENED, Kind.NOTE, Kind.STATE]
        assert _posts(session) == [(CARD, "U0BEN", False)]


def test_where_one_thing_cannot_be_done_none_of_it_is(desk: SwapDesk) -> None:
    with desk.deps.sessions.write("T1") as session:
        case = case_of(session, "1")
        closing = Happening(Kind.STATE, {"state": State.CLOSED})
        with pytest.raises(CaseIsOver):
            happen(session, desk.deps, desk.caller("ana").actor, case, closing, Happening(Kind.WORKING))
    with desk.deps.sessions.read("T1") as session:
        assert [each.kind for each in events_of(session, case.id)] == [Kind.OPENED]
        assert case_of(session, "1").state == State.NEW

"""Cases are found by number, reference and words on either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.cases_open import open_case
from bot.actions.cases_turn import case_of, happen
from bot.domain.cases import Happening, Kind, Priority, State, UnknownCase
from bot.domain.cases_new import NewCase
from bot.domain.permissions import OPERATOR
from storage.cases import due_first, search_cases
from storage.db import WorkspaceSession
from tests.swap_desk import SwapDesk


@pytest.fixture
def session(database_url: str, tmp_path: Path) -> Iterator[WorkspaceSession]:
    """A workspace with five cases, in a transaction."""
    desk = SwapDesk(database_url, tmp_path)
    ana = desk.desk.member("ana").id
    with desk.deps.sessions.write("T1") as session:
        for new in (
            NewCase("Refund is late", "ACME 50% Ltd", owner_id=ana),
            NewCase("Where is my parcel?", "Globex", Priority.URGENT, owner_id=ana),
            NewCase("Login_fails", None, source="jira", external_id="SUP-7", owner_id=ana),
            NewCase("Refund twice", "globex", source="zendesk", external_id="2"),
            NewCase("Ärger mit der Rechnung", "Müller", owner_id=ana),
        ):
            open_case(session, desk.deps, OPERATOR, new)
        happen(session, desk.deps, OPERATOR, case_of(session, "5"), Happening(Kind.STATE, {"state": State.SOLVED}))
        yield session
    desk.close()


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("refund", [1, 4]),
        ("GLOBEX", [2, 4]),
        ("twice globex", [4]),
        ("#2", [2, 4]),  # its own number comes before the helpdesk's
        ("5", [5, 1]),  # although it is solved: it was asked for by its number
        ("rechnung", []),
        ("50%", [1]),
        ("%", [1]),
        ("_", [3]),
        ("sup-7", [3]),
        ("99999999999999999999", []),
        ("", [2, 4, 3, 1]),
    ],
)
def test_cases_are_searched_by_what_is_typed(session: WorkspaceSession, typed: str, numbers: list[int]) -> None:
    assert sorted(row.number for row in search_cases(session, typed, 10)) == sorted(numbers)
    if typed in ("#2", "5", ""):
        assert search_cases(session, typed, 10)[0].number == numbers[0]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1", 1), ("#1", 1), ("2", 2), ("zendesk 2", 4), ("Zendesk#2", 4), ("sup-7", 3), ("jira SUP-7", 3)],
)
def test_a_case_is_called_by_its_own_number_before_any_other(
    session: WorkspaceSession, typed: str, number: int
) -> None:
    assert case_of(session, typed).number == number


@pytest.mark.parametrize("typed", ["6", "0", "", "freshdesk 2", "12345678901", "where is it", "%"])
def test_what_names_no_case_is_unknown(session: WorkspaceSession, typed: str) -> None:
    with pytest.raises(UnknownCase):
        case_of(session, typed)


def test_somebodys_live_cases_come_by_what_is_due_first(session: WorkspaceSession) -> None:
    owner = case_of(session, "1").owner_id
    assert owner
    rows, total = due_first(session, owner, 2)
    assert ([row.number for row in rows], total) == ([2, 1], 3)

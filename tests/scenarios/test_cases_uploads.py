"""Cases from a spreadsheet that is dropped into a direct message: previewed, applied, taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Mode
from tests.scenarios.uploading import Desk, uploading

FILE = (
    "Ticket ID;Betreff;Status;Priority;Queue;Assignee\n"
    "35436;Refund is late;open;high;refunds;ana@example.com\n"
    "35437;Where is it?;;;;\n"
)


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    with uploading(sqlite_url, Mode.HTTP, tmp_path) as desk:
        yield desk


def test_a_file_of_cases_is_previewed_applied_and_taken_back(desk: Desk) -> None:
    card = desk.drops("cora", "tickets.csv", FILE)
    assert card.text.splitlines() == [
        "Preview of tickets.csv. Nothing is changed yet.",
        "I read it as cases: Ticket ID (reference), Betreff (title), Status (state), Priority, Queue, "
        "Assignee (owner)",
        "2 to add",
        "• Line 2: open 35436 “Refund is late”",
        "• Line 3: open 35437 “Where is it?”",
        "New queues: refunds",
    ]
    card = desk.presses("cora", "Apply", card)
    assert card.text == "tickets.csv is applied: import 2.\n2 added"
    assert "Open · high priority · refunds · owner @Ana Ruiz" in desk.work.asks("ana", "/case 35436").text

    again = desk.drops("cora", "tickets.csv", FILE.replace("Where is it?", "Where is my parcel?"))
    assert "• Line 3: change 35437 “Where is my parcel?”: title" in again.text
    bad = desk.drops("cora", "tickets.csv", FILE.replace(";open;", ";asleep;"))
    assert "Line 2, column Status: “asleep” is not one of new, open, pending, on hold, solved, closed" in bad.text

    undone = desk.presses("cora", "Undo", card, confirm=True)
    assert "undone" in undone.text
    assert desk.work.asks("ana", "/case 35436").text.startswith("There is no case “35436”")

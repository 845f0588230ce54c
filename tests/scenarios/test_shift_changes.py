"""A file that changes somebody's planned shift tells its owner: old → new, once."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.actions.imports import undo_import
from bot.app import build_cards, build_sender
from bot.domain.permissions import OPERATOR
from jobs.outbox_turn import Times
from tests.workplace import PEOPLE, Workplace, until

ANA, BEN = "ana@example.com,2026-11-24", "ben@example.com,2026-11-24"


@pytest.fixture
def told(everywhere: Workplace) -> Iterator[Workplace]:
    """A floor on which messages go out, with a shift each for Ana and Ben."""
    everywhere.people(PEOPLE)
    everywhere.at("2026-11-23 12:00")
    everywhere.shifts(f"{ANA},09:00,17:00,,Mail,", f"{BEN},09:00,17:00,,Mail,")
    sender = build_sender(everywhere.deps, build_cards(everywhere.deps), Times(pace=0, poll=0.05))
    sender.start()
    yield everywhere
    sender.close()


def hears(work: Workplace, name: str) -> list[str]:
    """What the bot has told somebody."""
    return [shown.text for shown in work.person(name).sees("@floorwalker")]


def test_a_moved_shift_is_told_to_its_owner_in_their_zone_and_to_nobody_else(told: Workplace) -> None:
    told.shifts(f"{ANA},09:00,17:00,,Mail,", f"{BEN},12:00,20:00,,Phones,")
    until(lambda: bool(hears(told, "ben")))
    assert hears(told, "ben") == [
        "One of your planned shifts has changed.\n"
        "• Tue, Nov 24, 09:00–17:00 · Mail → Tue, Nov 24, 12:00–20:00 · Phones\n"
        "Times in Europe/London"
    ]
    assert hears(told, "ana") == []


def test_a_removed_shift_and_its_return_by_undo_are_told(told: Workplace) -> None:
    told.shifts(f"{BEN},09:00,17:00,,Mail,", replaced=(date(2026, 11, 24), date(2026, 11, 24)))
    until(lambda: bool(hears(told, "ana")))
    assert "• Tue, Nov 24, 09:00–17:00 · Mail → no longer planned" in hears(told, "ana")[0]
    undo_import(told.deps, told.sandbox.team_id, OPERATOR, 3)
    until(lambda: len(hears(told, "ana")) == 2)
    assert "• not planned → Tue, Nov 24, 09:00–17:00 · Mail" in hears(told, "ana")[1]


def test_what_is_over_and_what_is_new_is_no_news(told: Workplace) -> None:
    told.at("2026-11-26 12:00")
    told.shifts(f"{ANA},10:00,18:00,,Mail,", "ana@example.com,2026-11-27,09:00,17:00,,Mail,")
    told.shifts("ana@example.com,2026-11-27,10:00,18:00,,Mail,")
    until(lambda: bool(hears(told, "ana")))
    assert [text.count("•") for text in hears(told, "ana")] == [1]
    assert "Fri, Nov 27" in hears(told, "ana")[0]


def test_many_changes_are_one_message_that_says_how_many_more_there_are(told: Workplace) -> None:
    days = [f"ana@example.com,2026-12-{day:02}" for day in range(1, 31)]
    told.shifts(*(f"{day},09:00,17:00,,," for day in days))
    told.shifts(*(f"{day},10:00,18:00,,," for day in days))
    until(lambda: bool(hears(told, "ana")))
    (text,) = hears(told, "ana")
    assert text.startswith("30 of your planned shifts have changed.")
    assert text.count("•") == 20
    assert "… and 10 more" in text

"""The message that lists what somebody has opened at once."""

from uuid import UUID

import pytest

from bot.domain.covers import PartState, State
from bot.domain.covers_shown import CoverShown
from bot.views.covers_batch import batch_card
from bot.views.formats import Formats
from tests.views.test_covers import EARLY, KOLKATA, UTC_ZONE, cover, everything, part
from tests.views.test_shifts import LOCALES, readable
from tests.views.test_swaps import BEN, NOTES, SHIFT


def opened(number: int, state: State = State.OPEN, **fields: object) -> CoverShown:
    parts = [part(BEN, SHIFT)] if state is State.COVERED else []
    return cover(state, *parts, number=number, id=UUID(int=number), owner=None, **fields)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("note", NOTES)
def test_every_state_is_within_the_limits(note: str, locale: str) -> None:
    every = [shown for state in State for shown in everything(state, note)]
    for times in (1, 20):
        readable(batch_card(every * times, Formats(KOLKATA, locale, "12")))


def test_what_waits_for_somebody_stands_first_and_each_can_be_looked_at() -> None:
    card = batch_card([opened(1, State.COVERED), opened(2), opened(3, next_wave_at=None)], UTC_ZONE)
    assert card["text"] == "You offered 3 open shifts to others: 2 still open, 1 covered."
    lines = [block for block in card["blocks"] if "accessory" in block]
    assert [block["text"]["text"].splitlines()[0] for block in lines] == [
        "*Open shift 2* is open: nobody has taken it yet.",
        "*Open shift 3* is open: nobody has taken it yet.",
        "*Open shift 1* is covered by <@U012AB3CD>.",
    ]
    assert [block["accessory"]["value"] for block in lines] == [str(UUID(int=each)) for each in (2, 3, 1)]
    assert "Nobody else can be asked" in lines[1]["text"]["text"]


def test_of_many_the_first_are_shown_and_the_rest_counted() -> None:
    read = readable(batch_card([opened(each) for each in range(1, 51)], UTC_ZONE))
    assert "and 30 more, which move up as these are settled" in read


def test_what_waits_for_approval_is_counted_as_such() -> None:
    waiting = cover(State.OPEN, part(BEN, SHIFT, PartState.NEEDS_APPROVAL), owner=None)
    assert EARLY not in waiting.open_parts
    assert batch_card([waiting], UTC_ZONE)["text"] == "You offered 1 open shift to others: 1 waiting for approval."

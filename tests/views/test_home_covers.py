"""Covers on a Home: whatever stands there is within the limits, and with whom it waits."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.covers import PartState, State
from bot.domain.covers_shown import CoverShown, Seat
from bot.domain.home import Decisions, Desk
from bot.domain.home_covers import CoverSeen, PartToDecide, is_request, waits_for
from bot.domain.shifts import Somebody
from bot.views import home as views
from bot.views.formats import Formats
from tests.views.test_covers import EARLY, SETTLED_AT, cover, everything, offer, part, seats
from tests.views.test_home import AGENT, COORDINATOR, NOW, UTC_ZONE, full, readable
from tests.views.test_shifts import LOCALES, RTL, WORST
from tests.views.test_swaps import ANA, BEN, CORA, EVERYTHING, NOTES

WAITING = part(BEN, EARLY, PartState.NEEDS_APPROVAL, review=EVERYTHING)


@pytest.mark.parametrize("state", State)
def test_any_cover_can_stand_on_a_home(state: State) -> None:
    for note in NOTES:
        for shown, seat in product(everything(state, note), seats()):
            each = (CoverSeen(shown, seat),)
            for desk in (Desk(NOW, BEN, AGENT, (), offered=each), Desk(NOW, ANA, AGENT, (), covers=each)):
                assert " 7 " in readable(views.home(desk, UTC_ZONE)).replace("*", "")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_home_with_very_many_covers_and_swaps_can_be_published(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    crowded = tuple(CoverSeen(each, seat) for each in everything(State.OPEN, NOTES[3]) for seat in seats())
    decided = (PartToDecide(cover(State.OPEN, WAITING), WAITING),) * 10
    for swaps in (0, 3, 60):
        desk = replace(full(150, swaps, WORST, RTL), offered=crowded, covers=crowded)
        for decisions in (Decisions((), 60, decided), desk.decisions):
            home = views.home(replace(desk, decisions=decisions), formats)
            readable(home)
            assert len(home["blocks"]) <= 100


def test_whoever_decides_reads_what_stands_in_the_way_by_name() -> None:
    shown = cover(State.OPEN, WAITING, queue="mail")
    desk = Desk(NOW, CORA, COORDINATOR, decisions=Decisions((), 1, (PartToDecide(shown, WAITING),)))
    read = readable(views.home(desk, UTC_ZONE))
    assert "To decide · 1\n*A part of cover 7*" in read
    assert "In the way: " in read
    assert "\nDecline…\nReview…" in read


@pytest.mark.parametrize(
    ("reader", "shown", "seat", "waits", "requested"),
    [
        (BEN, cover(), Seat(BEN, may_take=True), True, False),
        (BEN, cover(), Seat(BEN), False, False),
        (BEN, cover(asked=(replace(offer(BEN), cannot=True),)), Seat(BEN, may_take=True), False, False),
        (ANA, cover(), Seat(ANA, acts_for_owner=True), False, True),
        (CORA, cover(owner=None, entered_by=CORA), Seat(CORA, acts_for_owner=True), False, True),
        (BEN, cover(State.OPEN, WAITING), Seat(BEN, may_take=True), False, True),
        (BEN, cover(State.COVERED, part(BEN)), Seat(BEN), False, True),
        (BEN, cover(State.COVERED, part(BEN, settled_at=NOW - timedelta(minutes=10))), Seat(BEN), False, False),
        (ANA, cover(State.COVERED, part(BEN, undo_wanted_by=BEN.member_id)), Seat(ANA), True, False),
        (BEN, cover(State.COVERED, part(BEN, undo_wanted_by=BEN.member_id)), Seat(BEN), False, True),
        (ANA, cover(State.EXPIRED), Seat(ANA, acts_for_owner=True), False, False),
    ],
)
def test_a_cover_stands_where_somebody_has_to_act_or_waits_for_others(
    reader: Somebody, shown: CoverShown, seat: Seat, waits: bool, requested: bool
) -> None:
    seen: Any = CoverSeen(shown, seat)
    now = max(NOW, SETTLED_AT) if shown.parts and shown.parts[0].settled_at == SETTLED_AT else NOW
    assert waits_for(reader, seen, now) is waits
    assert is_request(reader, seen, now) is requested

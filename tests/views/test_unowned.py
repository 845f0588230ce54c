"""What nobody works, as a form and on a Home, is within Slack's limits however much of it there is."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.covers import PartState, State
from bot.domain.covers_shown import PartShown, Wrong
from bot.domain.home import Decisions, Desk, FloorToday
from bot.domain.home_covers import OpenShifts
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.unowned import Unowned
from bot.sandbox.blocks import check_message, check_view
from bot.views import home as homes
from bot.views import unowned as views
from bot.views.formats import Formats
from tests.views.test_covers import EARLY, cover, part
from tests.views.test_home import COORDINATOR, NOW, UTC_ZONE, full, readable
from tests.views.test_shifts import LOCALES, RTL, WORST
from tests.views.test_swaps import ANA, BEN, CORA, SHIFT

LARS, OLGA = (Somebody(UUID(int=each), name, f"U0{name.upper()}") for each, name in ((21, "Lars"), (22, "Olga")))


def work(number: int, queue: str | None = WORST) -> tuple[Unowned, ...]:
    """So much that nobody works, day after day."""
    starts = (SHIFT.start + timedelta(days=each) for each in range(number))
    return tuple(
        Unowned(UUID(int=each), Interval(start, start + timedelta(hours=8)), queue)
        for each, start in enumerate(starts, 1)
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("number", [1, 10, 11, 300])
def test_the_form_can_be_opened_and_read_back(number: int, locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for queue in (None, WORST, RTL):
        form = views.offer_form(work(number, queue), UUID(int=9), formats)
        assert check_view(form) is None, check_view(form)
    boxes = [block for block in form["blocks"] if block["type"] == "input"]
    ticked = [each for block in boxes for each in block["element"]["initial_options"]]
    assert len(ticked) == min(number, views.MOST)
    values = {
        block["block_id"]: {
            block["block_id"]: {"type": "checkboxes", "selected_options": block["element"]["initial_options"]}
        }
        for block in boxes
    }
    nonce, chosen = views.read_form(form | {"state": {"values": values}})
    assert (nonce, chosen) == (UUID(int=9), [each.id for each in work(number)[: views.MOST]])


def test_what_came_of_it_names_what_was_left_out_and_why() -> None:
    said = views.offered([3], [(Wrong.OFFERED_ALREADY,), (Wrong.SHIFT_BEGUN,), (Wrong.SHIFT_BEGUN,)])
    assert said["text"].splitlines() == [
        "Open shift 3 is offered to others now, a few people at a time.",
        "1 shift left out: This is offered to others already. Nothing was changed.",
        "2 shifts left out: This shift has begun already. To change who works it, edit it.",
    ]
    for numbers, named in (([3, 4], "3 and 4"), ([3, 4, 5], "3 to 5"), ([1, 3, 4], "1, 3 and 4")):
        assert views.offered(numbers, [])["text"].startswith(f"Open shifts {named} are offered to others now")
    for wrong in Wrong:
        assert check_message(views.offered([], [(wrong,)])) is None


@pytest.mark.parametrize("locale", LOCALES)
def test_a_home_with_very_much_that_nobody_works_can_be_published(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    gone = replace(ANA, name=WORST, left=True)
    ahead = (
        *(replace(each, left=gone) for each in work(2)),
        *(replace(each, number=1_000_000, left=gone, waits=BEN) for each in work(1)),
        *work(90),
    )
    partly = tuple(cover(owner=None, queue=WORST) for _ in range(4))
    for swaps, shifts in product((0, 60), (OpenShifts(), OpenShifts(partly, 90))):
        desk = replace(full(150, swaps, WORST, RTL), unowned=ahead, open_shifts=shifts)
        home = homes.home(desk, formats)
        readable(home)
        assert len(home["blocks"]) <= 100


def test_what_nobody_works_has_its_buttons_where_something_can_be_done() -> None:
    first, second, third = work(3, "mail")
    ahead = (replace(first, left=LARS), replace(second, number=7), replace(third, number=8, waits=OLGA))
    empty = Desk(NOW, CORA, COORDINATOR, floor=FloorToday((), (), ()), decisions=Decisions((), 0))
    read = readable(homes.home(replace(empty, unowned=ahead), UTC_ZONE)).replace("*", "").splitlines()
    begins = read.index("Needs an owner · 3") + 1
    assert read[begins : begins + 8] == [
        "Fri, Nov 6, 08:00–16:00 · mail · of <@U0LARS>, who has left",
        "Offer…",
        "Give to…",
        "Sat, Nov 7, 08:00–16:00 · mail · offered as open shift 7",
        "Give to…",
        "Sun, Nov 8, 08:00–16:00 · mail · offered as open shift 8",
        "<@U0OLGA> took it, and it waits for approval",
        "The front desk",
    ]


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ((part(OLGA, EARLY),), "Fri, Nov 6, 11:00–16:00 of 08:00–16:00 still open · mail; <@U0OLGA> has the rest"),
        (
            (part(OLGA, EARLY, PartState.NEEDS_APPROVAL),),
            "Fri, Nov 6, 11:00–16:00 of 08:00–16:00 still open · mail; <@U0OLGA> has the rest, if it is approved",
        ),
        ((), "Fri, Nov 6, 08:00–16:00 · mail"),
    ],
)
def test_an_open_shift_says_what_is_still_open_of_it(held: tuple[PartShown, ...], words: str) -> None:
    rest = cover(State.OPEN, *held, owner=None, queue="mail")
    desk = Desk(NOW, BEN, COORDINATOR, (), open_shifts=OpenShifts((rest,), 3))
    read = readable(homes.home(desk, UTC_ZONE, "x-"))
    assert f"Open shifts you could take · 3\n*Open shift 7* · {words}\nTake…\n2 more: `/x-cover list`" in read

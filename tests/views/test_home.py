"""Every Home, for whoever reads it and however much there is on it, is within the limits and fit to read."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.domain.covers_shown import Seat as CoverSeat
from bot.domain.home import Decisions, Desk, FloorToday, NoDesk, SwapSeen, Turnover
from bot.domain.home_covers import CoverSeen, OpenShifts
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor, Grant, Role
from bot.domain.shifts import Somebody, WorkedShift
from bot.domain.swaps import State
from bot.domain.swaps_shown import Audience, Seat, SwapShown
from bot.sandbox.blocks import check_view
from bot.views import home as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from tests.views.test_covers import cover
from tests.views.test_shifts import LOCALES, RTL, WORST
from tests.views.test_swaps import ANA, BEN, CORA, EVERYTHING, NOTES, review, swap

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
UTC_ZONE = Formats(ZoneInfo("UTC"))
AGENT, COORDINATOR = (
    Actor(UUID(int=each), (Grant(role),)) for each, role in enumerate((Role.AGENT, Role.COORDINATOR), 1)
)
SEATS = [
    Seat(Audience.ASKER),
    Seat(Audience.COLLEAGUE),
    Seat(Audience.PROXY, frozenset({Audience.ASKER, Audience.COLLEAGUE})),
]


def readable(home: Message) -> str:
    """All that a person reads of a Home that Slack takes; none of it is meant for machines."""
    view = {"type": "home", "blocks": home["blocks"]}
    assert check_view(view) is None, check_view(view)
    found = []
    for block in home["blocks"]:
        parts = [part for part in (block.get("text"), *block.get("elements", ()), block.get("accessory")) if part]
        found += [part if isinstance(part.get("text"), str) else part.get("text") for part in parts]
    texts = [each for each in found if each]
    assert not [each for each in texts if each["type"] == "mrkdwn" and "<!" in each["text"]]
    read = "\n".join(each["text"] for each in texts)
    assert not re.search(r"\d{4}-\d{2}-\d{2}", read)
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", read)
    assert "tomorrow" not in read
    assert not re.search(r"\bNone\b", read)
    return read


def shift(
    hours: float, length: float = 8, worker: Somebody | None = None, queue: str | None = "mail"
) -> WorkedShift:
    """A shift that begins so many hours from now."""
    start = NOW + timedelta(hours=hours)
    return WorkedShift(Interval(start, start + timedelta(hours=length)), worker, queue, None, uuid4())


def crowd(number: int, *names: str) -> list[Somebody]:
    """So many people, by turns with and without an account."""
    return [
        Somebody(uuid4(), names[each % len(names)], f"U0{each:08}" if each % 2 else None) for each in range(number)
    ]


def seen(number: int, **fields: object) -> tuple[SwapSeen, ...]:
    """So many swaps, in every state and from every seat."""
    every = list(product(State, SEATS))
    return tuple(
        SwapSeen(swap(every[each % len(every)][0], **fields), every[each % len(every)][1])
        for each in range(number)
    )


def full(people: int, swaps: int, *names: str, **fields: object) -> Desk:
    """A Home with much on it: a floor of so many people on several queues, and so many swaps of each kind."""
    everybody = crowd(people, *names)
    on = tuple(shift(-1, 8, each, f"{names[0]} {number % 20}") for number, each in enumerate(everybody))
    changes = tuple(
        Turnover(NOW + timedelta(minutes=15 * each), names[-1], tuple(everybody), tuple(everybody))
        for each in range(40)
    )
    waiting: list[SwapShown] = [swap(State.NEEDS_APPROVAL, **fields) for _ in range(3)]
    return Desk(
        NOW,
        Somebody(UUID(int=1), names[0], "U0ANA"),
        COORDINATOR,
        tuple(shift(each * 3 - 1, 3, None, names[0]) for each in range(8 * 7)),
        on,
        seen(swaps, **fields),
        seen(swaps, **fields),
        FloorToday(on, changes, tuple(shift(each, 8, None, names[-1]) for each in range(50))),
        Decisions(tuple(waiting), swaps),
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("names", [("Ana Ruiz",), (WORST, RTL), ("<!channel>", "line\nline")])
def test_a_home_with_very_much_on_it_can_be_published(names: tuple[str, ...], locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for note, found in product(NOTES, (review(), EVERYTHING)):
        fields = dict.fromkeys(("note", "answer", "reason"), note or None) | {"review": found}
        fields |= {"settled_at": NOW, "decided_by": CORA} if note else {}
        home = views.home(full(150, 60, *names, **fields), formats)
        readable(home)
        assert len(home["blocks"]) <= 100


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("seat", SEATS)
def test_any_swap_can_stand_on_a_home(state: State, seat: Seat) -> None:
    for note, wanted in product(NOTES, (None, ANA.member_id, BEN.member_id)):
        shown = swap(state, note=note or None, settled_at=NOW, undo_wanted_by=wanted)
        each = (SwapSeen(shown, seat),)
        for desk in (Desk(NOW, ANA, AGENT, (), waiting=each), Desk(NOW, BEN, AGENT, (), requests=each)):
            assert "Swap 14 · " in readable(views.home(desk, UTC_ZONE)).replace("*", "")


def test_an_empty_home_says_so_in_words() -> None:
    read = readable(
        views.home(
            Desk(NOW, CORA, COORDINATOR, (), floor=FloorToday((), (), ()), decisions=Decisions((), 0), unowned=()),
            UTC_ZONE,
        )
    )
    for said in (
        "Nothing right now.",
        "Nothing waits for your decision.",
        "You have no shift ahead of you in the next 7 days.",
        "No open requests.",
        "Nobody is on right now.",
        "Nothing changes any more today.",
        "Every shift ahead has an owner.",
    ):
        assert said in read


@pytest.mark.parametrize(("name", "first"), [("Ana Ruiz", "Ana"), ("Ana", "Ana"), (" Ana  María Ruiz", "Ana")])
def test_a_home_greets_by_the_first_name(name: str, first: str) -> None:
    desk = Desk(NOW, Somebody(UUID(int=1), name, "U0ANA"), AGENT)
    assert readable(views.home(desk, UTC_ZONE)).startswith(f"Hello {first} · ")


def test_homes_of_those_who_have_none_can_be_published() -> None:
    for ask, channel in (((), None), (("U1", "U2", "U3", "U4"), None), ((), "C1")):
        assert "You are not on the roster yet" in readable(views.home(NoDesk(ask, channel), UTC_ZONE))
    assert "only work for the people" in readable(views.from_outside())


def test_only_shifts_that_have_not_begun_can_be_swapped() -> None:
    home = views.home(Desk(NOW, ANA, AGENT, (shift(-1), shift(20), shift(44))), UTC_ZONE)
    rows = [block["elements"] for block in home["blocks"] if block["type"] == "actions"]
    labels = [each["text"]["text"] for row in rows for each in row if "text" in each]
    assert labels.count("Swap…") == labels.count("Give away…") == 2
    assert "You are on until *18:00* · mail" in readable(home)


def test_only_approvers_read_which_rules_stand_in_the_way() -> None:
    broken = swap(State.NEEDS_APPROVAL, review=EVERYTHING)
    own = views.home(Desk(NOW, ANA, AGENT, (), requests=(SwapSeen(broken, SEATS[0]),)), UTC_ZONE)
    assert "rest" not in readable(own)
    approver = views.home(Desk(NOW, CORA, COORDINATOR, (), decisions=Decisions((broken,), 1)), UTC_ZONE)
    assert "In the way: " in readable(approver)
    assert "daily rest" in readable(approver)


def test_what_waits_for_the_reader_comes_before_their_day_and_that_before_whatever_can_wait() -> None:
    desk = replace(full(5, 25, "Ana Ruiz"), open_shifts=OpenShifts((cover(owner=None),), 4), unowned=())
    titles = [each["text"]["text"] for each in views.home(desk, UTC_ZONE)["blocks"] if each["type"] == "header"]
    assert titles[1:] == [
        "Waiting for you",
        "To decide · 25",
        "Today",
        "Your next 7 days",
        "The floor today",
        "Open shifts you could take · 4",
        "Needs an owner",
        "Your requests",
        "The front desk",
    ]


def test_where_what_does_not_fit_is_to_be_seen_is_said_by_its_kind() -> None:
    crowded = tuple(CoverSeen(cover(), CoverSeat(ANA, acts_for_owner=True)) for _ in range(5))
    for swaps, lists in ((0, "`/t-cover list`"), (5, "`/t-swap list` · `/t-cover list`")):
        desk = Desk(NOW, ANA, AGENT, (), requests=seen(swaps), covers=crowded)
        read = readable(views.home(desk, UTC_ZONE, "t-"))
        assert f"and {swaps + 2} more: {lists}" in read


def test_what_does_not_fit_is_counted() -> None:
    read = readable(views.home(full(150, 25, "Ana Ruiz"), UTC_ZONE))
    assert "To decide · 25" in read
    assert "and 22 more, which move up as you decide these; each also has a card" in read
    assert read.count("and 22 more: `/swap list`") == 2
    assert "and 48 more: press *My shifts*" in read

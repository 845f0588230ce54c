"""Every card of a cover, in every state and for whoever looks, is within the limits and keeps its secrets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.approval import REGRET
from bot.domain.covers import PartState, State
from bot.domain.covers_shown import (
    CoverForm,
    CoverList,
    CoverShown,
    Meant,
    News,
    OfferShown,
    PartShown,
    Seat,
    Wrong,
)
from bot.domain.fairness import Hardship
from bot.domain.intervals import Interval
from bot.domain.permissions import Reach
from bot.domain.ranking import Place
from bot.domain.rules import Kind, RuleId
from bot.domain.rules_cost import Cost
from bot.domain.rules_swaps import Outcome, Reading
from bot.domain.rules_work import Piece
from bot.domain.shifts import Somebody
from bot.domain.swaps_review import Review, Side
from bot.domain.swaps_shown import SwapShift
from bot.domain.wishes import Asking
from bot.sandbox.blocks import check_view
from bot.views import covers as cards
from bot.views import covers_answers as answers
from bot.views import covers_form as forms
from bot.views import covers_help as helps
from bot.views import covers_look as looks
from bot.views import covers_open as opens
from bot.views import covers_take as takes
from bot.views.blocks import Message
from bot.views.covers_news import cover_news
from bot.views.covers_review import decisions, part_card
from bot.views.covers_words import part_words, place_words
from bot.views.formats import Formats
from bot.views.forms import option
from tests.views.test_shifts import LOCALES, RTL, WORST, readable
from tests.views.test_swaps import ANA, BEN, CORA, EVERYTHING, NOTES, SHIFT, START, finding, review

UTC_ZONE = Formats(ZoneInfo("UTC"))
KOLKATA = ZoneInfo("Asia/Kolkata")
DEV = Somebody(UUID(int=4), "Dev", "U0DEV")
EARLY = Interval(START, START + timedelta(hours=3))
LATE = Interval(START + timedelta(hours=3), START + timedelta(hours=8))
SETTLED_AT = START - timedelta(days=2)
PEOPLE = {"ana": ANA, "ben": BEN, "cora": CORA, "dev": DEV}
NEWS_OF_COVER = [
    News.ENTERED,
    News.NOBODY_LEFT,
    News.EMERGENCY,
    News.WITHDRAWN,
    News.EXPIRED,
    News.SUPERSEDED,
]


def place(who: Somebody, piece: Interval = SHIFT, **fields: Any) -> Place:
    usual: dict[str, Any] = {
        "person_id": who.member_id,
        "piece": Piece(piece, "mail"),
        "whole": piece == SHIFT,
        "asking": Asking.GLADLY,
        "share": 10,
        "hardships": frozenset({Hardship.NIGHT}),
        "had": 0,
        "last_asked": START - timedelta(days=15),
        "spare": 0,
    }
    return Place(**usual | fields)


def offer(who: Somebody, piece: Interval = SHIFT, **fields: Any) -> OfferShown:
    asked_at = START - timedelta(days=3)
    return OfferShown(who, 1, place(who, piece, **fields), asked_at)


def part(
    who: Somebody = BEN, interval: Interval = SHIFT, state: PartState = PartState.CONFIRMED, **fields: Any
) -> PartShown:
    settled = SETTLED_AT if state is PartState.CONFIRMED else None
    taken_at = START - timedelta(days=3)
    shown = PartShown(UUID(int=70), who, interval, state, review(), taken_at, settled)
    return replace(shown, **fields)


def cover(state: State = State.OPEN, *parts: PartShown, **fields: Any) -> CoverShown:
    held = [each.interval for each in parts if each.state in (PartState.NEEDS_APPROVAL, PartState.CONFIRMED)]
    open_parts = tuple(each for each in (EARLY, LATE) if not any(each.overlaps(one) for one in held))
    usual: dict[str, Any] = {
        "id": UUID(int=7),
        "number": 7,
        "state": state,
        "owner": ANA,
        "interval": SHIFT,
        "shift": SHIFT,
        "queue": WORST,
        "open_parts": () if state is not State.OPEN else open_parts if held else (SHIFT,),
        "parts": parts,
        "asked": (offer(BEN), offer(DEV)),
        "opened_at": START - timedelta(days=3),
        "expires_at": START,
        "next_wave_at": START - timedelta(days=2),
    }
    return CoverShown(**usual | fields)


def seats() -> Iterator[Seat]:
    """Whoever may look at a cover of ana's, and a channel."""
    yield Seat(None)
    yield Seat(None, may_give=True)
    yield Seat(ANA, acts_for_owner=True)
    yield Seat(CORA, acts_for_owner=True, may_take=True, may_give=True)
    yield from (Seat(each, may_take=may) for each in (BEN, DEV) for may in (True, False))


def everything(state: State, note: str) -> Iterator[CoverShown]:
    """Covers and open shifts with nothing, and with very much, to say of them."""
    texts: dict[str, Any] = {"note": note or None, "entered_by": CORA if note else None}
    texts |= {"ended_by": CORA if note else None}
    done: dict[str, Any] = (
        {"decided_by": CORA, "reason": note, "entered_by": CORA, "ended_by": CORA} if note else {}
    )
    crowd = tuple(part(BEN, EARLY, each, **done) for each in PartState) * 10
    minutes = tuple(
        Interval(START + timedelta(minutes=each), START + timedelta(minutes=each + 1)) for each in range(60)
    )
    many = tuple(part(Somebody(UUID(int=100 + at), WORST, None), each, **done) for at, each in enumerate(minutes))
    for owner, parts in product((ANA, None), ((part(BEN, EARLY),), crowd, many)):
        yield cover(state, *parts, owner=owner, **texts)
    if state is not State.COVERED:
        crowd_asked = tuple(offer(Somebody(UUID(int=each), WORST, None)) for each in range(150))
        yield from (cover(state, asked=(), next_wave_at=None, owner=owner, **texts) for owner in (ANA, None))
        yield cover(state, asked=crowd_asked, **texts)
    yield cover(state, part(BEN, EARLY, undo_wanted_by=ANA.member_id), **texts)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
def test_any_card_can_be_shown(state: State, locale: str) -> None:
    formats = Formats(KOLKATA, locale, "12")
    # Notes are the same in every language.
    for note in NOTES if locale == "en" else NOTES[3:4]:
        for shown, seat in product(everything(state, note), seats()):
            card = cards.cover_card(shown, seat, formats)
            assert "7" in readable(card)
            assert len(card["text"]) < 40_000


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", PartState)
def test_any_card_for_approvers_can_be_shown(state: PartState, locale: str) -> None:
    formats = Formats(KOLKATA, locale, "12")
    cannot = replace(offer(DEV), cannot=True, reason=WORST * 20)
    for note, found, owner in product(NOTES, (review(), EVERYTHING), (ANA, None)):
        done: dict[str, Any] = (
            {"decided_by": CORA, "reason": note, "entered_by": CORA, "ended_by": CORA} if note else {}
        )
        sides = found.sides if owner else found.sides[1:]
        taken = part(BEN, EARLY, state, review=replace(found, sides=sides), **done)
        asked = (offer(BEN, EARLY, spare=2), *[cannot] * 50)
        shown = cover(State.OPEN, taken, owner=owner, note=note or None, asked=asked, entered_by=CORA)
        read = readable(part_card(shown, taken, formats))
        assert "7*" in read
        assert ("part of it is possible" in read) is (state is PartState.NEEDS_APPROVAL)


def test_what_is_decided_of_a_part_is_read_in_short() -> None:
    for state in set(PartState) - {PartState.NEEDS_APPROVAL}:
        taken = part(BEN, EARLY, state, review=EVERYTHING, decided_by=CORA, reason="Short of people")
        read = readable(part_card(cover(State.OPEN, taken), taken, UTC_ZONE))
        assert "Short of people" in read
        assert not [each for each in ("To look at", "Denied by", "Coverage", "Hours", "*Why") if each in read]
        assert ("Approved although this was in the way: " in read) is (state is not PartState.DECLINED)


@pytest.mark.parametrize("state", State)
def test_any_news_can_be_told(state: State) -> None:
    for note in NOTES:
        for shown in everything(state, note):
            told = [cover_news(shown, news, UTC_ZONE) for news in NEWS_OF_COVER]
            told += [cover_news(shown, news, UTC_ZONE, each) for each in shown.parts[:10] for news in News]
            for each in told:
                read = readable(each)
                assert "tomorrow" not in read
                assert " 7" in read


def labels(shown: CoverShown, seat: Seat) -> list[str]:
    card = cards.cover_card(shown, seat, UTC_ZONE)
    rows = [block["elements"] for block in card["blocks"] if block["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row]


def text_of(shown: CoverShown, seat: Seat) -> str:
    return readable(cards.cover_card(shown, seat, UTC_ZONE))


def test_buttons_are_those_of_who_looks() -> None:
    asked, owner = Seat(BEN, may_take=True), Seat(ANA, acts_for_owner=True)
    assert labels(cover(), owner) == ["Withdraw"]
    assert labels(cover(), asked) == ["Take all", "Take part…", "Can't…"]
    assert labels(cover(), Seat(None)) == []
    assert labels(cover(), Seat(None, may_give=True)) == ["Give to…"]
    assert labels(cover(), Seat(DEV)) == ["Can't…"]
    waiting = cover(State.OPEN, part(BEN, SHIFT, PartState.NEEDS_APPROVAL))
    assert labels(waiting, asked) == ["Give back"]
    assert labels(waiting, Seat(DEV, may_take=True)) == []
    assert labels(waiting, owner) == ["Withdraw"]
    for state in State:
        if state not in (State.OPEN, State.COVERED):
            assert labels(cover(state), asked) == labels(cover(state), owner) == []


def test_who_said_that_they_cannot_may_still_take_it() -> None:
    shown = cover(asked=(replace(offer(BEN), cannot=True),))
    assert labels(shown, Seat(BEN, may_take=True)) == ["Take all", "Take part…"]


def test_what_is_left_is_offered_by_its_hours() -> None:
    shown = cover(State.OPEN, part(BEN, EARLY))
    assert labels(shown, Seat(DEV, may_take=True)) == ["Take 11:00–16:00", "Take part…", "Can't…"]
    assert labels(shown, Seat(ANA, acts_for_owner=True)) == ["Undo", "Withdraw the rest"]
    assert "can you work this for" in text_of(shown, Seat(DEV, may_take=True))


def test_who_can_work_a_part_is_offered_that_part() -> None:
    shown = cover(asked=(offer(BEN, LATE),))
    assert labels(shown, Seat(BEN, may_take=True)) == ["Take 11:00–16:00", "Take part…", "Can't…"]
    assert "possible for you: 11:00–16:00" in text_of(shown, Seat(BEN, may_take=True))


def test_buttons_with_one_label_are_told_apart_by_what_is_heard_and_by_their_ids() -> None:
    shown = cover(State.COVERED, part(BEN, EARLY), part(DEV, LATE, id=UUID(int=71)))
    pressable = cards.offered(shown, Seat(ANA, acts_for_owner=True), UTC_ZONE)
    assert [each["text"]["text"] for each in pressable] == ["Undo 08:00–11:00", "Undo 11:00–16:00"]
    assert len({each["action_id"] for each in pressable}) == 2
    assert [each["value"] for each in pressable] == [str(UUID(int=70)), str(UUID(int=71))]
    assert pressable[0]["accessibility_label"] == "Undo 08:00–11:00, Cover 7, Fri, Nov 6, 08:00–11:00"


def test_only_the_answer_that_a_card_asks_for_stands_out() -> None:
    pressable = [
        *(
            each
            for shown in everything(State.OPEN, "")
            for seat in seats()
            for each in cards.offered(shown, seat, UTC_ZONE)
        ),
        *(
            each
            for found in (review(), EVERYTHING)
            for each in decisions(part(BEN, SHIFT, PartState.NEEDS_APPROVAL, review=found))
        ),
    ]
    styled = {each["action_id"] for each in pressable if "style" in each}
    assert styled == {"cover.take", "cover.approve"}
    assert {"cover.withdraw", "cover.refuse", "cover.cannot"} <= {each["action_id"] for each in pressable} - styled


def test_whoever_acts_for_the_owner_reads_for_whom() -> None:
    shown = cover(owner=DEV, asked=())
    assert labels(shown, Seat(CORA, acts_for_owner=True)) == ["Withdraw for Dev"]


def test_the_owner_reads_how_many_were_asked_and_nobody_reads_who() -> None:
    shown = cover(asked=(offer(BEN), replace(offer(DEV), cannot=True, reason="dentist")))
    read = text_of(shown, Seat(ANA, acts_for_owner=True))
    assert "2 asked, 1 of them cannot · the next are asked Wed, Nov 4, 08:00" in read
    assert "works what nobody is confirmed for" in read
    for seat in seats():
        assert "dentist" not in text_of(shown, seat)
        assert "<@U0DEV>" not in text_of(shown, seat)


def test_a_channel_reads_no_note() -> None:
    for state in State:
        shown = cover(state, part(BEN, EARLY, reason="dentist"), note="dentist")
        assert "dentist" not in text_of(shown, Seat(None))
        assert "dentist" in text_of(shown, Seat(ANA))


def test_only_approvers_read_rules_hours_and_why_somebody_was_asked() -> None:
    for state, seat in product(State, seats()):
        read = text_of(cover(state, part(review=EVERYTHING)), seat)
        assert not [word for word in ("rest h", "heads", "overtime", "opted in") if word in read]


def test_who_works_what_is_said_part_by_part() -> None:
    shown = cover(State.OPEN, part(DEV, EARLY), owner=BEN, queue="mail", asked=())
    read = text_of(shown, Seat(BEN, acts_for_owner=True))
    assert "is open: <@U0DEV> took a part of it." in read
    assert (
        "<@U0DEV> works Fri, Nov 6, 08:00–11:00 · mail\n<@U012AB3CD> gives Fri, Nov 6, 11:00–16:00 · mail" in read
    )
    over = replace(shown, state=State.EXPIRED, open_parts=())
    assert "<@U012AB3CD> works Fri, Nov 6, 11:00–16:00 · mail" in text_of(over, Seat(None))
    nobody = cover(owner=None, queue=None)
    assert "Open shift 7" in text_of(nobody, Seat(None))
    assert "Open: Fri, Nov 6, 08:00–16:00" in text_of(nobody, Seat(None))


@pytest.mark.parametrize(
    ("state", "parts", "words"),
    [
        (State.OPEN, [part(DEV, SHIFT, PartState.NEEDS_APPROVAL)], "taken by <@U0DEV> and waits for approval"),
        (State.COVERED, [part(DEV, decided_by=CORA)], "covered by <@U0DEV>, approved by Cora"),
        (State.COVERED, [part(DEV, EARLY), part(CORA, LATE)], "covered by <@U0DEV> and Cora"),
        (State.WITHDRAWN, [], "withdrawn by Cora for <@U012AB3CD>"),
        (State.EXPIRED, [], "over: it was not taken in time"),
        (State.EXPIRED, [part(DEV, EARLY)], "over: the rest was not taken in time"),
        (State.SUPERSEDED, [], "void, because the shift has changed"),
    ],
)
def test_a_card_says_where_it_stands_and_through_whom(state: State, parts: list[PartShown], words: str) -> None:
    shown = cover(state, *parts, owner=BEN, ended_by=CORA if state is State.WITHDRAWN else None)
    assert f"is {words}." in text_of(shown, Seat(None))


def test_what_is_void_says_why() -> None:
    gone = replace(BEN, left=True)
    for fields, why in (
        ({"owner": gone}, "void, because <@U012AB3CD> has left"),
        ({"owner": BEN, "ended_by": DEV}, "void: <@U0DEV> took it back"),
        ({"owner": BEN, "ended_by": BEN}, "void: <@U012AB3CD> gave it back"),
    ):
        taken = part(CORA, SHIFT, PartState.SUPERSEDED)
        shown = cover(State.SUPERSEDED, taken, **fields)
        assert f"is {why}." in text_of(shown, Seat(None))
        assert cover_news(shown, News.SUPERSEDED, UTC_ZONE)["text"] == f"Cover 7 is {why}."
        assert f"is {why}." in cover_news(shown, News.SUPERSEDED, UTC_ZONE, taken)["text"]


def test_what_was_undone_says_by_whom() -> None:
    for fields, words in (
        ({"ended_by": DEV}, "undone by <@U0DEV>"),
        ({"ended_by": DEV, "undo_wanted_by": BEN.member_id}, "undone by <@U012AB3CD> and <@U0DEV>"),
    ):
        undone = part(DEV, SHIFT, PartState.UNDONE, **fields)
        shown = cover(State.WITHDRAWN, undone, owner=BEN)
        assert f"is {words}." in text_of(shown, Seat(None))
        assert f"was {words}." in cover_news(shown, News.UNDONE, UTC_ZONE, undone)["text"]


def test_what_its_owner_took_back_is_theirs_while_the_rest_is_open() -> None:
    undone = part(DEV, EARLY, PartState.UNDONE, ended_by=BEN)
    shown = cover(State.OPEN, undone, owner=BEN, queue="mail", open_parts=(LATE,))
    read = text_of(shown, Seat(BEN, acts_for_owner=True))
    assert "<@U012AB3CD> works Fri, Nov 6, 08:00–11:00 · mail\n" in read
    assert "<@U012AB3CD> gives Fri, Nov 6, 11:00–16:00 · mail" in read


def test_a_part_says_whether_its_taker_gave_it_back_or_all_of_it_was_withdrawn() -> None:
    def said(ended_by: Somebody, owner: Somebody | None, *, by: Somebody | None = CORA) -> str:
        taken = part(DEV, EARLY, PartState.WITHDRAWN, ended_by=ended_by)
        state = State.WITHDRAWN if by else State.OPEN
        return part_words(cover(state, taken, owner=owner, ended_by=by), taken)

    assert said(CORA, None) == "withdrawn by Cora"
    assert said(CORA, BEN) == "withdrawn by Cora for <@U012AB3CD>"
    assert said(DEV, BEN) == "given back by <@U0DEV>"
    assert said(CORA, None, by=None) == "given back by Cora for <@U0DEV>"


def test_who_asked_to_undo_waits_for_the_other() -> None:
    shown = cover(State.COVERED, part(BEN, undo_wanted_by=ANA.member_id))
    assert labels(shown, Seat(ANA, acts_for_owner=True)) == []
    assert labels(shown, Seat(BEN)) == ["Agree to undo"]
    settled = cover(State.COVERED, part(BEN))
    until = UTC_ZONE.moment(SETTLED_AT + REGRET)
    assert f"Either of you can undo it until {until}, later it takes both" in text_of(settled, Seat(BEN))
    nobody = cover(State.COVERED, part(BEN), owner=None)
    assert f"Can be undone until {until} · " in text_of(nobody, Seat(BEN))


def test_the_law_leaves_approvers_nothing_but_to_decline() -> None:
    def pressable(*found: Any) -> list[str]:
        waiting = part(BEN, SHIFT, PartState.NEEDS_APPROVAL, review=review(*found))
        return [each["text"]["text"] for each in decisions(waiting)]

    law, policy = finding(RuleId.DAILY_REST, kind=Kind.LEGAL), finding(RuleId.HOURS_PER_DAY)
    assert pressable() == ["Approve", "Decline…"]
    assert pressable(policy) == ["Approve anyway…", "Decline…"]
    assert pressable(policy, law) == ["Decline…"]
    assert [
        decisions(part(BEN, SHIFT, state)) for state in PartState if state is not PartState.NEEDS_APPROVAL
    ] == [[]] * 6


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "first: opted in, +10\u00a0% of the contract, last asked 12 days ago, no night in 12 months"),
        ({"hardships": frozenset()}, "first: opted in, +10\u00a0% of the contract, last asked 12 days ago"),
        ({"had": 1}, "last asked 12 days ago, 1 night in 12 months"),
        (
            {"had": 3, "hardships": frozenset({Hardship.NIGHT, Hardship.WEEKEND})},
            "3 nights or weekend shifts in 12",
        ),
        (
            {"asking": Asking.UNSAID, "last_asked": None},
            "has not opted in, +10\u00a0% of the contract, never asked before",
        ),
        ({"last_asked": START - timedelta(days=3, hours=1)}, "last asked today"),
        ({"last_asked": START - timedelta(days=4, hours=1)}, "last asked one day ago"),
        ({"assumed": True}, "first: opted in, +8\u00a0h that week, last asked 12 days ago, no night in 12 months"),
        ({"assumed": True, "piece": LATE}, "+5\u00a0h that week"),
        ({"spare": 1}, "one skill beyond what it needs"),
        ({"whole": False}, "a part of it is possible"),
    ],
)
def test_a_place_in_the_ranking_explains_itself(fields: dict[str, Any], words: str) -> None:
    shown = cover(asked=(offer(BEN, **fields), offer(DEV)))
    why = place_words(shown, BEN.member_id, START - timedelta(days=3))
    assert why
    assert words in why
    second = place_words(shown, DEV.member_id, START)
    assert second
    assert second.startswith("as no. 2: ")
    assert place_words(shown, CORA.member_id, START) is None


def test_approvers_read_who_cannot_and_why() -> None:
    waiting = part(BEN, SHIFT, PartState.NEEDS_APPROVAL)
    shown = cover(State.OPEN, waiting, asked=(offer(BEN), replace(offer(DEV), cannot=True, reason="dentist")))
    read = readable(part_card(shown, waiting, UTC_ZONE))
    assert "*Cannot*\n• <@U0DEV> “dentist”" in read
    assert "Asked first: opted in" in read


@pytest.mark.parametrize(
    "value", ["", "7", "x y z", f"{UUID(int=7)} 5", f"{UUID(int=7)} 9 9", f"{UUID(int=7)} 1 99999999999999999999"]
)
def test_a_value_that_none_of_ours_had_is_that_of_no_cover(value: str) -> None:
    assert cards.read_value(value) == (UUID(int=0), None)


def test_a_button_says_which_part_was_on_the_card() -> None:
    assert cards.read_value(cards.to_value(UUID(int=7), LATE)) == (UUID(int=7), LATE)
    assert cards.read_value(cards.to_value(UUID(int=7))) == (UUID(int=7), None)


@pytest.mark.parametrize("number", [0, 1, 40])
def test_any_list_can_be_shown(number: int) -> None:
    every = tuple(cover(State.OPEN, number=each, id=UUID(int=each)) for each in range(1, number + 1))
    crowded = tuple(cover(State.OPEN, *[part(BEN, EARLY)] * 60, number=each) for each in range(1, number + 1))
    for own, offered, opened, floor in product((every, crowded, ()), repeat=4):
        read = readable(looks.cover_list(CoverList(own, offered, opened, floor), UTC_ZONE, "/cover"))
        assert ("Yours · " in read) is bool(own)
        assert (f"Open on the floor · {number}" in read) is bool(floor)
        assert ("and 30 more" in read) is (number == 40 and bool(own or offered or opened))


def test_what_is_open_on_the_floor_is_read_page_by_page() -> None:
    every = tuple(cover(State.OPEN, number=each, id=UUID(int=each)) for each in range(1, 13))
    shown = CoverList((), (), (), every)
    first = readable(looks.cover_list(shown, UTC_ZONE, "/cover"))
    assert "Cover 10" in first
    assert "Cover 11" not in first
    assert first.splitlines()[-2] == "Later"
    for page in (1, 7):
        second = readable(looks.floor_page(shown, page, UTC_ZONE, "/cover"))
        assert [each for each in (10, 11, 12) if f"Cover {each}" in second] == [11, 12]
        assert second.splitlines()[-2] == "Earlier"
    assert "Open on the floor · 0" in readable(looks.floor_page(CoverList((), (), ()), 1, UTC_ZONE, "/cover"))


def opened(view: dict[str, Any]) -> str:
    """A form that Slack takes, as it is read."""
    assert check_view(view) is None, check_view(view)
    texts = [block.get("text") or block.get("label") or block["elements"][0] for block in view["blocks"]]
    return "\n".join(each["text"] for each in texts)


@pytest.mark.parametrize("number", [1, 100])
@pytest.mark.parametrize("locale", LOCALES)
def test_any_form_can_be_opened(number: int, locale: str) -> None:
    formats = Formats(KOLKATA, locale, "12")
    shifts = tuple(SwapShift(UUID(int=100 + each), SHIFT, WORST if each % 2 else RTL) for each in range(number))
    for owner, chosen in product((None, "U012AB3CD"), (None, shifts[0].id)):
        start, end = (EARLY.start, EARLY.end) if chosen else (None, None)
        form = CoverForm(UUID(int=9), shifts, chosen, start, end, owner)
        read = opened(forms.cover_form(form, formats, ("I did not understand “x”.",) * 4))
        assert ("<@U012AB3CD>" in read) is bool(owner)
    about = takes.About(UUID(int=9), UUID(int=7), gives=bool(number > 1), reply_to="https://example.com/" * 40)
    minutes = tuple(Interval(START + timedelta(minutes=each), LATE.end) for each in range(60))
    for shown in (cover(), cover(owner=None, open_parts=minutes)):
        means = takes.meaning(Meant(EVERYTHING, waits=True), formats)
        opened(takes.take_form(shown, EARLY, about, formats, means, option("1. " + WORST, "U0DEV")))
    for queues in ((), [WORST * 3, "mail"], [f"queue {each}" for each in range(150)]):
        for interval in (None, EARLY):
            wanted = opens.Wanted(UUID(int=9), "mail", START.date(), interval, 3, "note")
            opened(opens.open_form(wanted, queues, formats, ["I did not understand “x”."]))


def test_what_is_filled_in_is_read_back() -> None:
    about = takes.About(UUID(int=9), UUID(int=7), gives=True, reply_to="https://example.com/x")
    view = takes.take_form(cover(), EARLY, about, UTC_ZONE, [])
    assert takes.read_about(view) == about
    wanted = opens.Wanted(UUID(int=9), "mail", None, EARLY, 3)
    assert opens.read_value(opens.to_value(wanted)) == wanted


def test_what_a_part_means_is_said_before_it_is_taken() -> None:
    hours = review().sides[1]
    broken = finding(RuleId.DAILY_REST, what=None), finding(RuleId.OVERTIME)
    lines = takes.meaning(Meant(Review(broken, (), (hours,)), waits=True), UTC_ZONE)
    assert lines == [
        "Week of Mon, Nov 2: 40\u00a0h → 32\u00a0h, week of Mon, Nov 9: 40\u00a0h → 48\u00a0h 45\u00a0min, "
        "overtime +8\u00a0h 5\u00a0min, at a premium −30\u00a0min",
        "• Daily rest 10.5\u00a0h, at least 11\u00a0h · Fri, Nov 6, 08:00–16:00",
        "Somebody else has to approve it first.",
    ]
    side = Side(BEN.member_id, hours.weeks, Cost(480))
    for cost, found, wanted in (
        (Cost(480), (), False),
        (Cost(480, overtime=30), (), True),
        (Cost(480, premium=30), (), True),
        (Cost(480, overtime=-30), (), False),
        (Cost(480), (finding(RuleId.DAILY_REST),), True),
    ):
        assert takes.costs(Review(found, (), (replace(side, cost=cost),))) is wanted


def test_every_mistake_stands_at_a_field_that_is_there() -> None:
    filled = forms.Filled(UUID(int=9), UUID(int=1), None, START.time(), "", None)
    offering = forms.cover_form(CoverForm(UUID(int=9), (SwapShift(UUID(int=1), SHIFT, None),)), UTC_ZONE)
    opening = opens.open_form(opens.Wanted(UUID(int=9)), ["mail"], UTC_ZONE)
    for view, found in (
        (offering, [forms.errors(filled, (each,)) for each in Wrong]),
        (opening, [opens.errors((each,)) for each in Wrong]),
    ):
        fields = {block["block_id"] for block in view["blocks"] if "block_id" in block}
        for each in found:
            assert set(each) <= fields
            assert all(each.values())


def test_every_answer_is_fit_to_read() -> None:
    found, shown, taken = EVERYTHING.findings, cover(), part()
    for text in (
        *(
            answers.too_late(cover(state, part()), people, left, UTC_ZONE)
            for state in State
            for people, left in (((), ()), ((BEN,), (LATE,)), ((BEN, CORA), ()))
        ),
        *(answers.part_too_late(shown, part(state=state)) for state in PartState),
        answers.not_legal(Reading(Outcome.IMPOSSIBLE, found, (BEN.member_id,)), BEN, UTC_ZONE, found),
        answers.review_changed(shown, taken, found, UTC_ZONE),
        answers.not_possible(shown, taken, found, UTC_ZONE),
        answers.undo_asked(shown, BEN),
        *(answers.decision_hint(each, taken) for each in (shown, cover(owner=None))),
        answers.cannot_hint(shown),
        answers.NOT_TO_TAKE,
    ):
        assert text.strip()
        readable({"text": text})
    for message in whole_answers():
        readable(message)


def whole_answers() -> Iterator[Message]:
    for reach, opening in product(Reach, (None, helps.opening(None), helps.opening(WORST))):
        yield helps.help_message("/cover", reach, opening)
    yield from (helps.nothing_to_give("/cover", each) for each in (None, helps.opening(WORST)))
    yield helps.nothing_of_theirs("U012AB3CD")
    yield helps.not_on_roster("U012AB3CD")
    yield from (helps.may_not_offer(each) for each in (None, "U012AB3CD"))
    yield helps.may_not_open()
    yield looks.unknown_cover("/cover", 999_999_999)
    yield from (looks.not_yours("/cover", each) for each in (None, 7))
    yield looks.not_theirs("/cover")
    yield looks.unknown_person("U012AB3CD", "/cover")
    for number in (1, 20):
        yield opens.echo(opens.Wanted(UUID(int=9), WORST, None, EARLY, number), EARLY, UTC_ZONE)
    yield opens.opened(["Open shift 7", "Open shift 8"])
    yield opens.not_opened(tuple(Wrong))


def test_the_lead_reads_who_is_asked_in_the_last_hour_or_that_nobody_else_can_be() -> None:
    late = replace(offer(DEV), asked_at=START - timedelta(minutes=20))
    for asked, words in (
        ((offer(BEN), late), "I ask those who may be asked at any hour: <@U0DEV>."),
        ((offer(BEN),), "Nobody else can be asked now: give it to somebody"),
        ((), "Nobody can be asked now: give it to somebody"),
    ):
        assert words in cover_news(cover(asked=asked), News.EMERGENCY, UTC_ZONE)["text"]


def test_an_open_shift_is_one_on_the_card_of_who_approves() -> None:
    taken = part(state=PartState.NEEDS_APPROVAL, review=Review((), (), ()))
    text = part_card(cover(State.OPEN, taken, owner=None), taken, UTC_ZONE)["text"]
    assert ", an open shift" in text

"""Every card of a swap, in every state and for every audience, is within the limits and keeps its secrets."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_effect import Effect as Left
from bot.domain.coverage_effect import Summary
from bot.domain.coverage_levels import Level
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.domain.permissions import Reach
from bot.domain.rules import CONTRACT, MEASURES, Day, Effect, Finding, Kind, RuleId, Unit, Week
from bot.domain.rules_cost import Cost
from bot.domain.rules_swaps import Outcome, Reading
from bot.domain.shifts import Somebody
from bot.domain.swaps import PENDING, State
from bot.domain.swaps_review import Review, Side, WeekHours, from_document, news_since, to_document
from bot.domain.swaps_shown import Audience, LeftOut, News, Seat, SwapForm, SwapList, SwapShift, SwapShown, Wrong
from bot.sandbox.blocks import check_view
from bot.views import swaps as cards
from bot.views import swaps_answers as answers
from bot.views import swaps_form as forms
from bot.views import swaps_help as helps
from bot.views import swaps_look as looks
from bot.views import why as whys
from bot.views.findings import RULES, finding_words, reading_words
from bot.views.formats import Formats, person, plain, shorten
from bot.views.swaps_words import wrong_words
from tests.views.test_shifts import LOCALES, RTL, WORST, readable

START = datetime(2026, 11, 6, 8, tzinfo=UTC)
SHIFT = Interval(START, START + timedelta(hours=8))
NIGHT = Interval(START + timedelta(hours=13), START + timedelta(hours=21))
ANA = Somebody(UUID(int=1), WORST, None)
BEN = Somebody(UUID(int=2), RTL, "U012AB3CD")
CORA = Somebody(UUID(int=3), "Cora", None)
BOTH = frozenset({Audience.ASKER, Audience.COLLEAGUE})
NOTES = ["", "see you", "<!channel> & <@U9> " * 150, "&" * 3000, RTL * 100, "line\nline"]


def finding(rule: RuleId, effect: Effect = Effect.DENY, kind: Kind = Kind.POLICY, **rest: Any) -> Finding:
    unit = MEASURES[rule].unit if rule in MEASURES else Unit.AGENTS if rule is RuleId.COVERAGE else None
    value, limit = (10.5, 11.0) if unit else (None, None)
    whom = None if rule is RuleId.COVERAGE else BEN.member_id
    what, about = rest.get("what", WORST), rest.get("about", SHIFT)
    return Finding(rule, kind, effect, whom, about, value, limit, unit, what, "<law> & order")


def left(during: Interval, queue: str, before: float, after: float, required: float) -> Summary:
    same = Left(during, Post(queue), before, after, required)
    return Summary(during, same, same)


def review(*findings: Finding) -> Review:
    week = date(2026, 11, 2)
    hours = (WeekHours(week, 2400, 1920), WeekHours(week + timedelta(days=7), 2400, 2925))
    sides = tuple(
        Side(each.member_id, hours, Cost(485, 485, -30, money))
        for each, money in ((ANA, Decimal("12.50")), (BEN, None))
    )
    coverage = (
        left(SHIFT, WORST, 3, 2.5, 3),
        left(NIGHT, "mail", 2, 2, 0),
        replace(
            left(NIGHT, "mail", 4, 3, 4),
            worst=Left(SHIFT, Post("mail"), 1, 0, 2),
            before=Level(0.82),
            after=Level(None, 20),
        ),
    )
    return Review(findings, coverage, sides)


def swap(state: State = State.OPEN, **fields: Any) -> SwapShown:
    usual: dict[str, Any] = {
        "id": UUID(int=14),
        "number": 14,
        "state": state,
        "asker": ANA,
        "colleague": BEN,
        "given": SwapShift(UUID(int=21), SHIFT, WORST),
        "returned": SwapShift(UUID(int=22), NIGHT, None),
        "review": review(),
        "proposed_at": START - timedelta(days=3),
        "expires_at": START - timedelta(days=1),
    }
    return SwapShown(**usual | fields)


EVERYTHING = review(
    *(finding(rule, effect, kind) for rule, effect, kind in product(RuleId, Effect, Kind)),
    finding(RuleId.HOURS_PER_DAY, about=Day(date(2026, 11, 6))),
    finding(RuleId.HOURS_PER_WEEK, about=Week(date(2026, 11, 2))),
    finding(RuleId.ACTIVE, about=None, what=None),
)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("audience", Audience)
def test_any_card_can_be_shown(state: State, audience: Audience, locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for note, found in product(NOTES, (review(), review(finding(RuleId.DAILY_REST)), EVERYTHING)):
        texts = dict.fromkeys(("note", "answer", "reason"), note or None)
        fields = (
            {
                "decided_by": CORA,
                "settled_at": START - timedelta(days=2),
                "taken_by": (ANA, CORA),
                "entered_by": CORA,
                "answered_by": CORA,
                "ended_by": CORA,
            }
            if note
            else {}
        )
        sides = BOTH if audience in (Audience.PROXY, Audience.APPROVERS) else frozenset()
        card = cards.swap_card(swap(state, review=found, **texts, **fields), Seat(audience, sides), formats)
        read = readable(card)
        assert "14" in read
        assert len(card["text"]) < 4000


@pytest.mark.parametrize("news", News)
@pytest.mark.parametrize("audience", Audience)
def test_any_news_can_be_told(news: News, audience: Audience) -> None:
    formats = Formats(ZoneInfo("Europe/Berlin"))
    for note, state in product(NOTES, State):
        shown = swap(state, answer=note, reason=note, decided_by=CORA if note else None)
        read = readable(cards.swap_news(shown, news, audience, formats))
        assert "tomorrow" not in read
        assert read.startswith("Swap 14 ")


@pytest.mark.parametrize("audience", [Audience.ASKER, Audience.COLLEAGUE, Audience.FLOOR])
@pytest.mark.parametrize("state", State)
def test_only_approvers_read_rules_hours_and_cost(state: State, audience: Audience) -> None:
    shown = swap(state, review=review(finding(RuleId.DAILY_REST)))
    read = readable(cards.swap_card(shown, Seat(audience), Formats(ZoneInfo("UTC"))))
    assert "rest" not in read
    assert "needed" not in read
    assert "overtime" not in read


def test_the_floor_reads_no_note() -> None:
    for state in State:
        shown = swap(state, note="dentist", answer="dentist", reason="dentist", decided_by=CORA)
        assert "dentist" not in readable(cards.swap_card(shown, Seat(Audience.FLOOR), Formats(ZoneInfo("UTC"))))


def test_approvers_read_each_rule_with_value_and_limit() -> None:
    shown = swap(State.NEEDS_APPROVAL, review=review(finding(RuleId.DAILY_REST, kind=Kind.LEGAL, what=None)))
    read = readable(cards.swap_card(shown, Seat(Audience.APPROVERS), Formats(ZoneInfo("UTC"))))
    assert "daily rest 10.5 h, at least 11 h · Fri, Nov 6, 08:00–16:00 · law" in read
    assert "3 → 2.5 of 3 needed" in read
    assert "Hours and cost" in read
    assert "week of Mon, Nov 2: 40 h → 32 h, week of Mon, Nov 9: 40 h → 48 h 45 min" in read
    assert "overtime +8 h 5 min, at a premium −30 min, cost +12.50" in read


def test_what_is_decided_is_read_in_short() -> None:
    broken = review(finding(RuleId.DAILY_REST))
    for state in set(State) - PENDING:
        shown = swap(state, review=broken, decided_by=CORA, reason="We need you there")
        read = readable(cards.swap_card(shown, Seat(Audience.APPROVERS), Formats(ZoneInfo("UTC"))))
        assert "We need you there" in read
        assert not [each for each in ("To look at", "Denied by", "Coverage", "Hours", "10.5 h") if each in read]
        assert ("Approved although this was in the way: daily rest" in read) is (state is not State.DECLINED)
    fine = swap(State.APPROVED, decided_by=CORA, review=review())
    card = cards.swap_card(fine, Seat(Audience.APPROVERS), Formats(ZoneInfo("UTC")))
    assert "although" not in readable(card)


@pytest.mark.parametrize(
    ("what", "source", "words"),
    [
        (CONTRACT, "Hours of the contract", "overtime, 48 h in the week of Mon, Nov 2 (40 h by contract)"),
        (None, "the law", "overtime, 48 h in the week of Mon, Nov 2 (it begins at 40 h) · the law"),
    ],
)
def test_overtime_is_said_as_the_hours_of_the_week(what: str | None, source: str, words: str) -> None:
    found = replace(
        finding(RuleId.OVERTIME, what=what, about=Week(date(2026, 11, 2))), value=48, limit=40, source=source
    )
    shown = swap(State.NEEDS_APPROVAL, review=replace(review(found), sides=()))
    read = readable(cards.swap_card(shown, Seat(Audience.APPROVERS), Formats(ZoneInfo("UTC"))))
    assert f"<@U012AB3CD>: {words}\n" in read


def test_heads_that_stay_and_hours_that_cost_nothing_say_no_more() -> None:
    hours = Side(BEN.member_id, (WeekHours(date(2026, 11, 2), 2400, 1920),), Cost())
    there = (left(SHIFT, "mail", 2.5, 2.5, 0),)
    shown = swap(State.NEEDS_APPROVAL, review=Review((), there, (hours,)))
    read = readable(cards.swap_card(shown, Seat(Audience.APPROVERS), Formats(ZoneInfo("UTC"))))
    assert "• Fri, Nov 6, 08:00–16:00 · mail stays at 2.5" in read
    assert "*Hours*\n• <@U012AB3CD>: week of Mon, Nov 2: 40 h → 32 h" in read


def labels(state: State, audience: Audience, sides: Iterable[Audience] = (), **fields: Any) -> list[str]:
    card = cards.swap_card(swap(state, **fields), Seat(audience, frozenset(sides)), Formats(ZoneInfo("UTC")))
    return [
        each["text"]["text"]
        for block in card["blocks"]
        if block["type"] == "actions"
        for each in block["elements"]
    ]


def test_buttons_are_those_of_the_state_and_settled_cards_have_none_but_undo() -> None:
    offered = {
        (State.OPEN, Audience.ASKER): ["Withdraw"],
        (State.OPEN, Audience.COLLEAGUE): ["Accept", "Decline…"],
        (State.NEEDS_APPROVAL, Audience.ASKER): ["Withdraw"],
        (State.NEEDS_APPROVAL, Audience.COLLEAGUE): ["Decline after all…"],
        (State.NEEDS_APPROVAL, Audience.APPROVERS): ["Approve", "Decline…"],
        (State.APPROVED, Audience.ASKER): ["Undo"],
        (State.APPROVED, Audience.COLLEAGUE): ["Undo"],
        (State.APPROVED, Audience.FLOOR): ["Undo"],
    }
    for state, audience in product(State, Audience):
        assert labels(state, audience) == offered.get((state, audience), [])
    # Who of them wants it already is nobody else's business.
    assert labels(State.APPROVED, Audience.FLOOR, undo_wanted_by=ANA.member_id) == ["Undo"]


def test_only_the_answer_that_a_card_asks_for_stands_out() -> None:
    pressable = [
        each
        for state, audience, found in product(State, Audience, (review(), EVERYTHING))
        for each in cards.offered(swap(state, review=found), Seat(audience, BOTH))
    ]
    styled = {each["action_id"]: each["style"] for each in pressable if "style" in each}
    assert styled == {"swap.accept": "primary", "swap.approve": "primary"}
    assert {"swap.refuse", "swap.decline", "swap.undo"} <= {each["action_id"] for each in pressable} - set(styled)


def test_whoever_acts_for_somebody_has_their_buttons_and_reads_for_whom() -> None:
    ana, ben = (f"for {plain(shorten(each.name, 40))}" for each in (ANA, BEN))
    both = [f"Withdraw {ana}", f"Accept {ben}", f"Decline {ben}…"]
    assert labels(State.OPEN, Audience.PROXY, BOTH) == both
    assert labels(State.OPEN, Audience.PROXY, {Audience.ASKER}) == both[:1]
    waiting = labels(State.NEEDS_APPROVAL, Audience.APPROVERS, BOTH)
    assert waiting == ["Approve", "Decline…", f"Withdraw {ana}", f"Decline after all {ben}…"]
    assert [labels(state, Audience.PROXY, BOTH) for state in State if state not in PENDING] == [[]] * 6


def test_what_was_done_for_somebody_says_by_whom() -> None:
    formats = Formats(ZoneInfo("UTC"))
    done = {"entered_by": CORA, "answered_by": CORA, "ended_by": CORA}
    for state, news, words in (
        (State.NEEDS_APPROVAL, News.ACCEPTED, "accepted by Cora for <@U012AB3CD>"),
        (State.DECLINED, News.DECLINED, "declined by Cora for <@U012AB3CD>"),
        (State.WITHDRAWN, News.WITHDRAWN, f"withdrawn by Cora for {person(ANA)}"),
    ):
        shown = swap(state, **done)
        assert words in cards.swap_card(shown, Seat(Audience.ASKER), formats)["text"]
        assert words in cards.swap_news(shown, news, Audience.ASKER, formats)["text"]


def test_an_undo_says_who_undid_it() -> None:
    formats = Formats(ZoneInfo("UTC"))
    for fields, words in (
        ({"ended_by": BEN}, "undone by <@U012AB3CD>"),
        ({"ended_by": BEN, "undo_wanted_by": ANA.member_id}, f"undone by {person(ANA)} and <@U012AB3CD>"),
        ({}, "undone"),
    ):
        shown = swap(State.UNDONE, **fields)
        assert f"is {words}:" in cards.swap_card(shown, Seat(Audience.FLOOR), formats)["text"]
        assert f"was {words}." in cards.swap_news(shown, News.UNDONE, Audience.FLOOR, formats)["text"]


def test_the_law_leaves_approvers_nothing_but_to_decline() -> None:
    denied, law = finding(RuleId.HOURS_PER_DAY), finding(RuleId.DAILY_REST, kind=Kind.LEGAL)
    state, audience = State.NEEDS_APPROVAL, Audience.APPROVERS
    assert labels(state, audience, review=review(denied)) == ["Approve anyway…", "Decline…"]
    assert labels(state, audience, review=review(denied, law)) == ["Decline…"]
    promised = finding(RuleId.ACCOMMODATION, kind=Kind.PROMISE)
    assert labels(state, audience, review=review(denied, promised)) == ["Decline…"]


def test_who_asked_to_undo_waits_for_the_other() -> None:
    settled: dict[str, Any] = {"undo_wanted_by": ANA.member_id, "settled_at": START}
    assert labels(State.APPROVED, Audience.ASKER, **settled) == []
    assert labels(State.APPROVED, Audience.COLLEAGUE, **settled) == ["Agree to undo"]


def test_a_review_is_kept_as_it_was() -> None:
    assert from_document(json.loads(json.dumps(to_document(EVERYTHING)))) == EVERYTHING


def test_a_review_from_before_there_were_service_levels_is_still_read() -> None:
    heads = {"queue": "mail", "before": 3.0, "after": 2.5, "floor": 3.0}
    during = [SHIFT.start.isoformat(), SHIFT.end.isoformat()]
    old = {"findings": [], "coverage": [heads | {"during": during}], "sides": []}
    assert from_document(old).coverage == (left(SHIFT, "mail", 3, 2.5, 3),)


def test_only_what_was_not_there_before_is_new() -> None:
    old, new = finding(RuleId.DAILY_REST), finding(RuleId.HOURS_PER_DAY)
    assert news_since(review(old), review(old, new)) == (new,)
    assert news_since(review(old, new), review(old)) == ()


def test_every_rule_has_its_words() -> None:
    assert set(RULES) == set(RuleId)
    people = {BEN.member_id: BEN}
    for each in EVERYTHING.findings:
        assert finding_words(each, people, Formats(ZoneInfo("UTC")))


def test_the_asker_reads_that_it_is_impossible_with_ben_and_not_why() -> None:
    own = finding(RuleId.DAILY_REST, what=None)
    reading = Reading(Outcome.IMPOSSIBLE, (), (BEN.member_id,))
    assert reading_words(reading, BEN, Formats(ZoneInfo("UTC"))) == ["Not possible with <@U012AB3CD>."]
    both = Reading(Outcome.IMPOSSIBLE, (own,), (BEN.member_id,))
    assert reading_words(both, BEN, Formats(ZoneInfo("UTC"))) == [
        "Not possible with <@U012AB3CD>.",
        "For you: daily rest 10.5\u00a0h, at least 11\u00a0h · Fri, Nov 6, 08:00–16:00.",
    ]


@pytest.mark.parametrize("number", [0, 1, 30])
@pytest.mark.parametrize("whose", [None, ANA])
def test_any_list_can_be_shown(number: int, whose: Somebody | None) -> None:
    swaps = tuple(swap(State.OPEN, number=each) for each in range(1, number + 1))
    read = readable(looks.swap_list(SwapList(whose, swaps, BEN.member_id), Formats(ZoneInfo("UTC")), "/swap"))
    assert read.count("is waiting for") == min(number, 20)
    assert ("The last 20" in read) is (number > 20)


@pytest.mark.parametrize("number", [0, 1, 100])
@pytest.mark.parametrize("locale", LOCALES)
def test_any_form_can_be_opened(number: int, locale: str) -> None:
    shifts = tuple(SwapShift(UUID(int=100 + each), NIGHT, WORST if each % 2 else RTL) for each in range(number))
    first = shifts[0].id if shifts else None
    hints = ("I did not understand “x”.",) * 4
    for legal, wrong in ((None, ()), ((), ()), (shifts, ()), (None, tuple(Wrong))):
        form = SwapForm(UUID(int=9), shifts or (SwapShift(UUID(int=7), SHIFT, None),), first, "U012AB3CD", legal)
        for asked in (form, SwapForm(UUID(int=9), form.shifts, None, None, legal, first, wrong, hints)):
            view = forms.swap_form(asked, Formats(ZoneInfo("Asia/Kolkata"), locale, "12"))
            assert check_view(view) is None, check_view(view)


@pytest.mark.parametrize(("number", "said"), [(1, 1), (3, 3), (4, 4), (100, 4)])
def test_a_form_says_of_the_first_that_are_left_out_why(number: int, said: int) -> None:
    broken = replace(finding(RuleId.DAILY_REST, kind=Kind.LEGAL), what="&" * 300, source="&" * 300)
    out = tuple(LeftOut(SwapShift(UUID(int=100 + each), NIGHT, "&" * 300), broken) for each in range(number))
    form = SwapForm(UUID(int=9), (SwapShift(UUID(int=7), SHIFT, None),), None, "U012AB3CD", (), left_out=out)
    view = forms.swap_form(form, Formats(ZoneInfo("Asia/Kolkata")))
    assert check_view(view) is None, check_view(view)
    *small, zone = [block["elements"][0]["text"] for block in view["blocks"] if block["type"] == "context"]
    assert (small[1], zone) == ("Left out on your part:", "Times in Asia/Kolkata")
    assert len(small[2:]) == said
    assert ("more by such rules" in small[-1]) is (number > 3)


def test_small_forms_can_be_opened() -> None:
    hint = answers.reason_hint(swap(), CORA.member_id)
    for required in (True, False):
        why = whys.Why("Decline the swap", "Approve anyway", required)
        view = whys.why_form(why, "swap.refuse.form", whys.About(UUID(int=1), UUID(int=2)), hint)
        assert check_view(view) is None


def test_every_answer_is_fit_to_read() -> None:
    shown, formats = swap(), Formats(ZoneInfo("UTC"))
    found = EVERYTHING.findings
    for text in (
        *(answers.too_late(swap(state, decided_by=CORA)) for state in State),
        answers.same_swap(3),
        answers.not_legal(Reading(Outcome.IMPOSSIBLE, found, (BEN.member_id,)), BEN, formats, found),
        answers.review_changed(shown, found, formats),
        answers.not_possible(shown, found, formats),
        answers.undo_asked(shown, BEN),
        *(wrong_words(wrong) for wrong in Wrong),
    ):
        assert text.strip()
        readable({"text": text})
    for message in (
        *(helps.nothing_to_swap("/swap", each) for each in Reach),
        helps.nothing_of_theirs("U012AB3CD"),
        helps.not_on_roster("U012AB3CD"),
        helps.may_not_swap(),
        *(helps.help_message("/swap", each) for each in Reach),
    ):
        readable(message)

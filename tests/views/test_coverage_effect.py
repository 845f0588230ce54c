"""What a change does to coverage is said in few words, in every language."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_effect import Effect, EffectShown, Summary
from bot.domain.coverage_levels import Level
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.views.blocks import message, paragraphs
from bot.views.coverage_effect import NO_EFFECT, change_words, effect_lines, summary_words
from bot.views.formats import Formats
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import SHIFT, START

READER = Formats(ZoneInfo("UTC"))
NOON = Interval(START + timedelta(hours=4), START + timedelta(hours=5))
BILLING = Post("Billing")


def summary(before: float, after: float, required: float, post: Post = BILLING) -> Summary:
    same = Effect(SHIFT, post, before, after, required)
    return Summary(SHIFT, same, same)


def test_heads_at_worst_and_the_service_level_are_one_line() -> None:
    found = replace(
        summary(5, 4, 5), worst=Effect(NOON, BILLING, 4, 3, 5), before=Level(0.824), after=Level(0.679)
    )
    assert summary_words(found, READER) == (
        "Fri, Nov 6, 08:00–16:00 · Billing 5 → 4 of 5 needed; service level 82 → 67\u00a0%; "
        "worst 12:00–13:00: 4 → 3 of 5"
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Level(0.8), Level(None, 20), "; service level 80\u00a0% → the queue grows by 20 an hour"),
        (Level(None, 20), Level(0.8), "; the queue grows by 20 an hour → service level 80\u00a0%"),
        (Level(0.801), Level(0.802), ""),
        (None, None, ""),
    ],
)
def test_a_service_level_is_said_where_it_changes(before: Level | None, after: Level | None, words: str) -> None:
    found = replace(summary(5, 4, 5), before=before, after=after)
    assert change_words(found, READER) == f"Billing 5 → 4 of 5 needed{words}"


def test_where_nobody_says_how_many_are_needed_there_are_only_heads() -> None:
    assert change_words(summary(2.5, 1.5, 0), READER) == "Billing 2.5 → 1.5"
    assert change_words(summary(2, 2, 3, Post("Billing", "german")), READER) == (
        "Billing (german) stays at 2 of 3 needed"
    )


def test_days_for_which_nobody_is_planned_are_ranges_and_nothing_is_said_too() -> None:
    days = [date(2026, 12, 24) + timedelta(days=each) for each in (0, 1, 2, 7)]
    assert effect_lines(EffectShown((), tuple(days)), READER) == [
        "Thu, Dec 24 – Sat, Dec 26, Thu, Dec 31: nobody is planned yet"
    ]
    assert effect_lines(EffectShown(()), READER) == [NO_EFFECT]


def test_of_many_days_those_are_read_that_leave_too_few() -> None:
    every = [summary(9, 8, 5), summary(5, 4, 9), summary(9, 8, 9)]
    lines = effect_lines(EffectShown(tuple(every)), READER, 2)
    assert [line.partition(" · ")[2] or line for line in lines] == [
        "Billing 5 → 4 of 9 needed",
        "Billing 9 → 8 of 9 needed",
        "and 1 more",
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_any_effect_can_be_sent(locale: str) -> None:
    many = tuple(summary(9.25, 8, 10, Post(WORST, f"{number} {WORST}")) for number in range(300))
    days = tuple(START.date() + timedelta(days=2 * number) for number in range(180))
    lines = effect_lines(EffectShown(many, days), Formats(ZoneInfo("Asia/Kolkata"), locale, "12"))
    assert "None" not in readable(message("Coverage", *paragraphs(lines)))

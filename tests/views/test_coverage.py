"""What is said of coverage fits into what Slack takes, however much there is, and says it in people's words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_gaps import Gap, Part
from bot.domain.coverage_levels import Cell, Level
from bot.domain.coverage_shown import (
    CoverageShown,
    DayPlan,
    GapShown,
    PlanShown,
    Quality,
    QueuePlan,
    QueueShown,
    Run,
    Source,
    WeekBefore,
    WhatIfShown,
)
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.domain.when import Ambiguous, NotUnderstood, When
from bot.sandbox.blocks import check_message
from bot.views import coverage as views
from bot.views import coverage_answers as answers
from bot.views import coverage_plan as plans
from bot.views.coverage import Request
from bot.views.formats import Formats

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = NOW.date()
WORST = "&<>" * 27
QUEUES = tuple(f"{WORST[:74]}{number}" for number in range(60))
GOOD = Quality(0.12, 0.15, TODAY)


def interval(start: int, length: int) -> Interval:
    begins = NOW + timedelta(hours=start)
    return Interval(begins, begins + timedelta(hours=length))


def gap(*posts: Post, parts: int = 1) -> Gap:
    found = (Part(interval(number, 1), frozenset(posts), 6, 4 - 0.1 * number) for number in range(parts))
    return Gap(tuple(found))


def many() -> CoverageShown:
    starts = tuple(NOW + timedelta(hours=number) for number in range(24))
    gaps = [GapShown(gap(*map(Post, QUEUES[:9]), parts=4), dict.fromkeys(QUEUES[:9], Level(0.61)))] * 40
    queues = tuple(QueueShown(name, frozenset(Source), GOOD, no_handle_time=True) for name in QUEUES)
    cells: dict[Post, tuple[Cell | None, ...]] = {Post(name): (Cell(4, 2),) * 24 for name in QUEUES}
    return CoverageShown(
        TODAY, TODAY, interval(0, 24), QUEUES[0], queues, tuple(gaps), starts, timedelta(hours=1), cells, TODAY
    )


def fits(message: dict[str, Any]) -> dict[str, Any]:
    """The message, which Slack takes and notifications can read."""
    assert check_message(message) is None, check_message(message)
    assert message["text"]
    return message


def test_sixty_queues_with_the_longest_names_fit_into_a_message() -> None:
    asked = Request("look", TODAY, TODAY, QUEUES[0])
    fits(views.coverage(many(), FORMATS, asked, "/coverage", NOW))
    runs = tuple(Run(interval(number, 1), number + 0.5) for number in range(24))
    days = tuple(DayPlan(TODAY + timedelta(days=number), runs) for number in range(35))
    some = tuple(QueuePlan(each, WORST[:74], days) for each in many().queues)
    for queue in (None, QUEUES[0]):
        fits(plans.plan(PlanShown(TODAY, TODAY + timedelta(days=34), queue, some), FORMATS, "/coverage", NOW))
    weeks = dict.fromkeys(QUEUES, (WeekBefore(TODAY, 1234.5, 2345.6, 20, 23),) * 14)
    fits(plans.what_if(WhatIfShown(20, TODAY, TODAY, weeks, QUEUES), FORMATS, "/coverage", NOW))


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Level(0.6149), "service level 61\N{NO-BREAK SPACE}%"),
        (Level(0.7996), "service level 79\N{NO-BREAK SPACE}%"),  # too few for 80 %
        (Level(0.29), "service level 29\N{NO-BREAK SPACE}%"),
        (Level(None, 20.4), "the queue grows by 20 an hour"),
        (Level(None, 0), "the queue grows by 1 an hour"),
    ],
)
def test_a_level_is_a_share_or_a_queue_that_grows(level: Level, words: str) -> None:
    assert views.level_words(level) == words


def test_a_gap_says_up_to_how_many_are_missing_and_of_which_queues_together() -> None:
    shown = GapShown(gap(Post("mail"), Post("chat", "german"), parts=2), {"mail": Level(0.5), "chat": Level(0.7)})
    assert views.gap_words(shown, FORMATS, TODAY) == (
        "Mon, Nov 23, 09:00–11:00 · chat (german) and mail up to −2.1 (3.9 of 6) · "
        "mail: service level 50\N{NO-BREAK SPACE}% · chat: service level 70\N{NO-BREAK SPACE}%"
    )


@pytest.mark.parametrize(
    ("queue", "words"),
    [
        (QueueShown("mail", frozenset()), "mail: nothing says how many it needs"),
        (QueueShown("mail", frozenset({Source.MINIMUM})), "mail: the fewest that always have to be there"),
        (QueueShown("mail", frozenset({Source.PLAN}), GOOD), "mail: an imported plan"),
        (
            QueueShown("mail", frozenset({Source.FORECAST}), Quality(None, None, date(2026, 11, 20))),
            "mail: a forecast (the median of like weekdays up to Fri, Nov 20; "
            "too few weeks to say how good it is)",
        ),
    ],
)
def test_it_is_said_where_a_number_comes_from(queue: QueueShown, words: str) -> None:
    assert list(views.source_lines([queue], FORMATS, TODAY)) == [words]


def test_queues_whose_numbers_come_from_the_same_are_said_in_one_line() -> None:
    until, forecast = date(2026, 11, 22), frozenset({Source.FORECAST})
    tried = [
        QueueShown(each, forecast, Quality(wape, last, until))
        for each, wape, last in (("chat", 0.13, 0.132), ("email", 0.112, 0.139), ("voice", 0.12, 0.131))
    ]
    new = [QueueShown(each, forecast, Quality(None, None, until), no_handle_time=True) for each in ("x", "y")]
    others = [QueueShown("mail", frozenset({Source.PLAN})), QueueShown("desk", frozenset({Source.PLAN}))]
    silent = [QueueShown(each, frozenset()) for each in "ab"]
    older = QueueShown("z", forecast, Quality(0.2, None, date(2026, 11, 20)))
    lines = list(views.source_lines([tried[0], *others, *new, *silent, older, *tried[1:]], FORMATS, TODAY))
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] == [
        "chat, email and voice: forecasts (the median of like weekdays up to Sun, Nov 22; "
        "off by 11–13 % over their last weeks, last week’s numbers by 13–14 %)",
        "mail and desk: an imported plan",
        "x and y: forecasts (the median of like weekdays up to Sun, Nov 22; "
        "too few weeks to say how good they are)",
        "a and b: nothing says how many they need",
        "z: a forecast (the median of like weekdays up to Fri, Nov 20; off by 20 % over its last weeks)",
        "x and y: contacts are expected, but nothing says how long each of them takes",
    ]


def test_of_more_queues_than_fit_into_a_line_the_rest_is_counted() -> None:
    queues = [QueueShown(f"{'q' * 36}{number:02}", frozenset({Source.PLAN})) for number in range(60)]
    (line,) = views.source_lines(queues, FORMATS, TODAY)
    assert line == f"{', '.join(each.name for each in queues[:5])} and 55 more: an imported plan"
    (every,) = views.source_lines(queues[:5], FORMATS, TODAY)
    assert every == f"{', '.join(each.name for each in queues[:4])} and {queues[4].name}: an imported plan"


def test_a_button_asks_for_the_same_again() -> None:
    for request in (
        Request("look", TODAY, TODAY),
        Request("plan", TODAY, TODAY, "customer care"),
        Request("whatif", TODAY, TODAY + timedelta(days=9), "mail", -12.5),
    ):
        assert views.read_value(request.value) == request


def test_short_answers_fit_too() -> None:
    request = Request("look", TODAY, TODAY, QUEUES[0])
    choices = When(TODAY, TODAY), When(TODAY, TODAY + timedelta(3))
    fits(answers.choose(Ambiguous(choices), request, FORMATS, TODAY))
    fits(answers.not_understood(NotUnderstood("", WORST * 9), FORMATS, "/coverage", QUEUES))
    for answer in (
        answers.too_far(35),
        answers.may_not_see(""),
        answers.picture_sent(),
        answers.picture_not_sent(),
    ):
        fits(answer)
    for answer in (answers.drawing(), answers.help_message("/coverage"), plans.not_a_percentage("/coverage")):
        fits(answer)

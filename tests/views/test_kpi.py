"""What is said of key figures fits into what Slack takes, however much there is."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_measured import Counts, Measured
from bot.domain.home_kpi import WeekSeen
from bot.domain.intervals import Interval
from bot.domain.kpi import Cut, Figure, Formula, Missing, Part, Reading, Split
from bot.domain.kpi_asked import USUAL, Question
from bot.domain.kpi_looked import Behind, Looked, Place, Told, WhichTeam
from bot.domain.kpi_periods import Span, month_of, week_of
from bot.domain.kpi_typed import Names
from bot.domain.kpi_why import Cause, Conditions, Why
from bot.domain.kpi_why_shown import Lack, Late, QueueWhy, WhyShown
from bot.domain.shifts import Somebody
from bot.domain.when import NotUnderstood
from bot.sandbox.blocks import check_message
from bot.views import kpi as views
from bot.views import kpi_answers as answers
from bot.views import kpi_behind as behind_views
from bot.views import kpi_why as why_views
from bot.views.blocks import Message, message
from bot.views.formats import Formats
from bot.views.home_kpi import the_week

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
WEEK = week_of(TODAY, 0)
WORST = "&<>" * 27
ONE = UUID(int=1)
SILENT = tuple(date(2026, 1, 1) + timedelta(number) for number in range(200))
ANA = Somebody(ONE, WORST, None)


def reading(figure: Figure, value: float | None = 0.5, **other: object) -> Reading:
    said: dict[str, object] = {"n": 1_234_567, "target": 0.6, "met": False, "sources": (WORST,), "as_of": NOW}
    return Reading(figure, WEEK, Cut(), value, **(said | other))  # type: ignore[arg-type]


def looked(question: Question, split: Split | None = None, parts: int = 0, value: float | None = 0.5) -> Looked:
    wanted = question.figures or USUAL
    told = tuple(Told(reading(each, value, silent=SILENT), reading(each, 0.7)) for each in wanted)
    made = tuple(Part(f"{WORST}{number}" if number else "", reading(Figure.CSAT)) for number in range(parts))
    return Looked(
        question,
        question.span,
        question.before,
        Place(WORST, WORST, WORST, ANA),
        told,
        tuple(Split),
        True,
        Formula.OFFERED,
        "Europe/Berlin",
        split,
        dict.fromkeys(wanted, made) if split else {},
    )


def text_of(shown: Message) -> str:
    check_message(shown)
    return str(shown)


FULL = Question(
    Span(date(2025, 1, 1), date(2026, 1, 1)), tuple(Figure), Cut(ONE, ONE, WORST, ONE), WEEK, Split.QUEUE
)


@pytest.mark.parametrize(
    ("question", "split", "parts"),
    [
        (Question(WEEK), None, 0),
        (FULL, Split.QUEUE, 150),
        (FULL, Split.MEMBER, 0),
        (Question(month_of(TODAY), (Figure.CSAT,)), Split.TEAM, 150),
        (Question(WEEK, tuple(Figure)), None, 0),
    ],
)
@pytest.mark.parametrize("value", [0.5, None])
def test_figures_fit_however_many_there_are(
    question: Question, split: Split | None, parts: int, value: float | None
) -> None:
    text_of(views.figures(looked(question, split, parts, value), FORMATS, "/kpi", TODAY))


def test_what_does_not_fit_is_counted() -> None:
    shown = views.figures(looked(Question(WEEK, (Figure.CSAT,)), Split.MEMBER, 150), FORMATS, "/kpi", TODAY)
    assert "more: ask for fewer, or export all of them" in text_of(shown)


def test_a_figure_that_is_not_known_says_why() -> None:
    waits = Told(
        reading(Figure.FCR, None, missing=Missing.NOT_YET, published_on=date(2026, 12, 1)), reading(Figure.FCR)
    )
    few = Told(reading(Figure.CSAT, None, too_few=True, n=12), reading(Figure.CSAT))
    assert views.figure_line(waits, FORMATS) == ("First contact resolution: known from Tue, Dec 1 on")
    assert views.figure_line(few, FORMATS) == "CSAT: too few to say (12 answers)"


def test_what_is_counted_once_is_said_so_and_changes_are_those_of_what_is_read() -> None:
    one = Told(reading(Figure.ETA_KEPT, None, too_few=True, n=1), reading(Figure.ETA_KEPT))
    assert views.figure_line(one, FORMATS).endswith("too few to say (1 promised time)")
    alike = Told(reading(Figure.AHT, 309.4, target=None, met=None, n=2), reading(Figure.AHT, 308.6))
    assert views.figure_line(alike, FORMATS).endswith(" of 2 contacts · no change")


def test_of_many_days_that_are_missing_it_is_said_how_many_are_left() -> None:
    quarter = Span(date(2026, 7, 1), date(2026, 10, 1))
    question = Question(quarter, (Figure.CSAT, Figure.NPS))
    days = tuple(quarter.days())
    for nps, said in ((89, "Measured on 3 of 92 days"), (7, "Some figures were measured on 3 of 92 days")):
        told = tuple(
            Told(reading(figure, silent=days[:many], sources=("file",)), reading(figure))
            for figure, many in ((Figure.CSAT, 89), (Figure.NPS, nps))
        )
        shown = text_of(views.figures(replace(looked(question), told=told), FORMATS, "/kpi", TODAY))
        assert said in shown
        assert "From a file" in shown
    few = replace(looked(question), told=(Told(reading(Figure.CSAT, silent=days[:2]), reading(Figure.CSAT)),))
    shown = text_of(views.figures(few, FORMATS, "/kpi", TODAY))
    assert "Nothing was measured on: Wed, Jul 1, Thu, Jul 2" in shown


def test_the_help_names_a_queue_that_there_is_or_none() -> None:
    named = text_of(answers.help_message("/kpi", "mail", leads=True, reports=True))
    assert "`/kpi csat last month mail`" in named
    assert "`/kpi why thu mail`" in named
    bare = text_of(answers.help_message("/kpi", None, leads=True, reports=True))
    assert "`/kpi why thu`" in bare
    assert "`/kpi` – this week, on its first day the last one, beside the one before" in bare


def test_answers_fit() -> None:
    teams = {UUID(int=number): f"{WORST}{number}" for number in range(60)}
    names = Names(tuple(teams.values()), tuple(teams.values()))
    text_of(answers.which_team(WhichTeam(teams), FULL, "/kpi"))
    text_of(answers.which_team(WhichTeam({}), FULL, "/kpi"))
    text_of(answers.which_period([FULL, Question(WEEK)], FORMATS))
    text_of(answers.not_understood(NotUnderstood("", WORST * 20), FORMATS, "/kpi", names))
    text_of(answers.no_split(WORST * 20))
    text_of(answers.one_person())
    text_of(why_views.only_queues(list(teams.values()), "/kpi"))
    text_of(answers.help_message("/kpi", WORST, leads=True, reports=True))
    text_of(behind_views.cases(Behind(Figure.OPENED, WEEK, (), 0), FORMATS, "/case"))
    week = WeekSeen(WEEK, Place(team=WORST), tuple(Told(reading(each), reading(each)) for each in Figure))
    text_of(message("Home", *the_week(week, FORMATS)))


def test_the_reasons_of_many_queues_fit() -> None:
    hour = Interval(NOW, NOW + timedelta(hours=1))
    full = QueueWhy(
        WORST,
        (Lack.HANDLE_TIME, Lack.STAFF),
        Why(0.9, 0.5, dict.fromkeys(Cause, -0.4 / 3), 0.6, 0.7),
        Conditions(1000, 180, 14.0),
        Conditions(900, 190, 15.0),
        42,
        (Late(hour, 40, 60),) * 3,
        Measured(WORST, Counts(500, 1000), timedelta(seconds=20), 80),
    )
    bare = QueueWhy(WORST, (Lack.NO_CONTACTS, Lack.NO_FORECAST, Lack.NO_HEADS, Lack.NOT_WAITING))
    said = text_of(why_views.why(WhyShown(WEEK, (full, bare) * 30), FORMATS, "/kpi"))
    # Fewer came and it did harm, more were there and it did, too: the hours must have been others.
    assert "900 instead of 1,000, at other times" in said
    assert "15 instead of 14, at other times" in said
    assert "and 50 more: name a queue" in said

"""What the chase, the lists, the matrix and the weekly report say fits into what Slack takes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.availability import Available
from bot.domain.cases_named import CaseNamed
from bot.domain.chase import Step
from bot.domain.chase_shown import DailyList, Next, Open, OpenList, Reader, SaidOf, WentUp, Why
from bot.domain.desks import DeskShown
from bot.domain.escalations import State
from bot.domain.home_escalations import OpenSeen
from bot.domain.matrix import Row, Rung, Severity, Times
from bot.domain.matrix_change import MOST_ROWS, Difference
from bot.domain.matrix_change import State as Version
from bot.domain.matrix_shown import MatrixShown, Names, RowChoices, VersionShown
from bot.domain.reliability import Reliability
from bot.domain.shifts import Somebody
from bot.sandbox.blocks import check_message, check_view
from bot.views import chase, departments, escalations_list, matrix, matrix_form, reliability
from bot.views.blocks import message
from bot.views.chase_words import open_words, row_buttons
from bot.views.formats import Formats
from bot.views.home_escalations import the_escalations

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORST = "&<>" * 60
NORA = Somebody(UUID(int=1), WORST, None)
CASE = CaseNamed(UUID(int=2), 123456, WORST, "zendesk", "35436", f"https://example.com/{'x' * 100}")
DEPARTMENTS = {UUID(int=1000 + number): f"{WORST}{number}" for number in range(150)}
TIMES = Times(HOUR / 4, 12 * HOUR, 500 * HOUR)
NAMES = Names(DEPARTMENTS, {NORA.member_id: NORA})


CHASES = Reader(chases=True)
SAID = SaidOf(WORST, NORA, True, NOW, True)


def escalation(state: State = State.OWNED, **other: object) -> Open:
    """One with the longest of everything."""
    plain = Open(
        UUID(int=7), 1234, CASE, 1, WORST, state, NORA, NOW - 300 * HOUR, NORA, NORA, NOW, NOW, True, 12, 34,
        NOW, NOW, Rung.MANAGER, Next(NOW, Step.UP, Rung.COORDINATOR),
    )  # fmt: skip
    return replace(plain, **other)  # type: ignore[arg-type]


def version(state: Version, rows: int = MOST_ROWS) -> VersionShown:
    """A change of as many rows as there can be."""
    row = Row(next(iter(DEPARTMENTS)), WORST[:80], Severity.HIGH, WORST[:80], NORA.member_id, TIMES)
    changes = (Difference(None, row), Difference(row, None), Difference(row, replace(row, times=None))) * rows
    return VersionShown(
        UUID(int=9), 99, state, 98, changes[:rows], NAMES, NORA, NOW, WORST * 2, NORA, NOW, WORST * 2
    )


@pytest.mark.parametrize("state", list(State))
def test_whatever_is_said_of_one_fits(state: State) -> None:
    nexts = [None, *(Next(NOW, step, rung) for step, rung in product(Step, (None, *Rung)))]
    for one in (escalation(state, next=each, eta_missed=missed) for each in nexts for missed in (True, False)):
        for said in (
            chase.ask(one, SAID, "U123", FORMATS),
            chase.ask(replace(one, eta_at=None), replace(SAID, whom=None, eta=None), None, FORMATS),
            chase.missed(one, SAID, FORMATS, department=True),
            chase.missed(one, SAID, FORMATS, department=False),
            *(chase.went_up(SAID, rung) for rung in Rung),
            chase.chased(one, FORMATS),
            chase.on_time(one, FORMATS),
        ):
            assert check_message(said) is None
        for why, rung in product(Why, Rung):
            up = WentUp(one, why, rung, 12, NOW)
            assert len(chase.up_line(up, FORMATS)) < 3000
            assert chase.up_buttons(up, FORMATS)


def test_lists_of_four_hundred_fit_page_by_page() -> None:
    every = OpenList(tuple(escalation(state) for state in list(State)[:4]) * 100, NOW, WORST)
    for page in (0, 1, 39, 400):
        found = escalations_list.list_message(every, FORMATS, "/escalate", DEPARTMENTS, page, reader=CHASES)
        assert check_message(found) is None
    shared = escalations_list.list_message(every, FORMATS, "/escalate", {}, reader=CHASES)
    assert check_message(shared) is None
    assert "See all 400" in str(shared["blocks"])
    nothing = OpenList((), NOW, WORST)
    none = escalations_list.list_message(nothing, FORMATS, "/escalate", DEPARTMENTS, reader=CHASES)
    assert check_message(none) is None
    assert check_message(chase.daily_list(DailyList(NORA, every.every), date(2026, 11, 24), FORMATS)) is None
    assert check_message(chase.daily_list(DailyList(NORA, ()), date(2026, 11, 24), FORMATS)) is None
    assert len(escalations_list.standup_lines(every, FORMATS)[0]) < 400
    home = OpenSeen(every.every[:3], 400, 300, Reader(answers=True))
    assert check_message(message("Home", *the_escalations(home, FORMATS))) is None


@pytest.mark.parametrize(
    ("reader", "open_", "needs", "answered"),
    [
        (CHASES, ["Chase", "Send elsewhere…", "Close…"], ["Tell them…", "Send elsewhere…", "Close…"], ["Close…"]),
        (Reader(NORA.member_id), ["Close…"], ["Tell them…", "Close…"], ["Ask again…", "Close…"]),
        (Reader(UUID(int=77)), ["Close…"], ["Tell them…", "Close…"], ["Ask again…", "Close…"]),
        (Reader(UUID(int=88)), [], [], []),
        (Reader(UUID(int=88), answers=True), ["Change ETA…", "Answer…"], ["Change ETA…", "Answer…"], []),
    ],
    ids=["chases", "asked", "has the case", "only reads", "answers"],
)
def test_everybody_can_do_on_the_list_what_they_may(
    reader: Reader, open_: list[str], needs: list[str], answered: list[str]
) -> None:
    for state, does in ((State.OWNED, open_), (State.NEEDS_INFO, needs), (State.ANSWERED, answered)):
        row = row_buttons(escalation(state, case_owner_id=UUID(int=77)), reader)
        assert [each["text"]["text"] for each in row] == [*does, "Show"]


def test_a_department_that_has_answered_is_late_no_more() -> None:
    assert escalation(State.OWNED).late
    assert not escalation(State.ANSWERED).late
    assert OpenList((escalation(State.OWNED), escalation(State.ANSWERED)), NOW, None).late == 1


def test_one_on_the_list_says_all_that_the_morning_asks_for() -> None:
    """Department, last chased, promised date, age, next step."""
    one = escalation(
        department="Billing",
        case=CaseNamed(UUID(int=2), 12, "Refund is late"),
        asked_by=Somebody(UUID(int=3), "Ana", "UANA"),
        owner=Somebody(UUID(int=4), "Ben", "UBEN"),
        asked_at=NOW - 74 * HOUR,
        misses=1,
        chased=1,
    )
    assert open_words(one, NOW, FORMATS).splitlines() == [
        "🔴 *Late* · *Escalation 1234 · Billing* · severity 1 · case 12, “Refund is late”",
        "asked 3\N{NO-BREAK SPACE}days ago by <@UANA> · <@UBEN> owns it · promised Tue, Nov 24, 09:00, missed · "
        "last chased Tue, Nov 24, 09:00",
        "*Next:* without a word the coordinators hear of it Tue, Nov 24, 09:00.",
    ]


@pytest.mark.parametrize("state", list(Version))
def test_a_change_of_the_matrix_fits_in_every_state(state: Version) -> None:
    shown = version(state)
    assert check_message(matrix.version_card(shown, FORMATS)) is None
    assert check_message(matrix.version_news(shown, FORMATS)) is None
    assert check_view(matrix_form.decline_form(shown, UUID(int=5))) is None
    assert check_view(matrix_form.back_form(shown, UUID(int=5))) is None


def test_the_largest_matrix_can_be_looked_through_and_changed() -> None:
    row = version(Version.PROPOSED).differences[0].after
    assert row
    waiting = version(Version.PROPOSED)
    every = MatrixShown((row,) * MOST_ROWS, 7, NAMES, waiting, (version(Version.REPLACED, 3),) * 5, UUID(int=3))
    for page in (0, 5, 99):
        for one in (every, replace(every, me=NORA.member_id)):
            assert check_view(matrix.matrix_list(one, FORMATS, page)) is None
    assert check_view(matrix.matrix_list(MatrixShown((), None, NAMES, None, (), None), FORMATS)) is None
    contacts = dict.fromkeys(DEPARTMENTS, (NORA,) * 120)
    for chosen in (None, row):
        form = matrix_form.row_form(RowChoices(chosen, NAMES, contacts), UUID(int=5))
        assert check_view(form) is None
    assert check_view(matrix_form.remove_form(row, NAMES, UUID(int=5))) is None


def test_departments_fit_and_so_does_the_form() -> None:
    hours = (Available(frozenset({0, 2, 4}), time(9), time(17)),) * 20
    shown = [
        DeskShown(each, name, "C123", hours, "America/Argentina/ComodRivadavia", NORA, (NORA,) * 40)
        for each, name in DEPARTMENTS.items()
    ]
    assert check_view(departments.department_list(shown, FORMATS, departments.saved(shown[0], FORMATS))) is None
    assert check_view(departments.department_list((), FORMATS)) is None
    assert check_view(departments.desk_form(shown[0])) is None


def test_the_weekly_report_says_its_n_and_how_it_counts() -> None:
    kept = Reliability(80, 20, 3, tuple(HOUR * each for each in (5, 5, 200, 10, 60, 60)))
    found = reliability.report(date(2026, 11, 16), [("Billing", kept)], None, FORMATS)
    assert check_message(found) is None
    assert (
        "80\N{NO-BREAK SPACE}%: 80 of 100 promised times kept, 20 missed, 3 moved · "
        "median time to an answer 35\N{NO-BREAK SPACE}h (n 6)"
    ) in found["text"]
    many = [(name, kept) for name in DEPARTMENTS.values()]
    assert (
        check_message(reliability.report(date(2026, 11, 16), [*many, (None, Reliability())], kept, FORMATS))
        is None
    )

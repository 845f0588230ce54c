"""A case in every state, its log and its forms fit into what Slack takes, whatever is in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cases import By, Kind, Priority, State
from bot.domain.cases_do import Beside, Verb
from bot.domain.cases_named import CaseNamed
from bot.domain.cases_new import CaseForm
from bot.domain.cases_shown import CaseLog, CaseShown, LogLine, Why
from bot.domain.home_cases import CaseSeen, OwnCases
from bot.domain.shifts import Somebody
from bot.domain.sla import Mode
from bot.domain.sla_policy import Metric
from bot.domain.sla_shown import ClockShown, WaitShown
from bot.sandbox.blocks import check_message, check_view
from bot.views import cases as views
from bot.views import cases_answers as answers
from bot.views import cases_do, cases_form
from bot.views.blocks import button, message
from bot.views.cases_log import log_line, log_message
from bot.views.cases_pick import case_field, case_options
from bot.views.formats import Formats
from bot.views.forms import modal
from bot.views.home_cases import the_cases
from bot.views.menus import read_choice

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
WORST = "&<>" * 400
ANA = Somebody(UUID(int=1), WORST, None)
NAMED = CaseNamed(UUID(int=7), 999_999_999, WORST, "zendesk", "9" * 40, "https://acme.zendesk.com/agent/tickets/9")
CLOCKS = tuple(
    ClockShown(
        metric, Mode.RUNNING, timedelta(hours=8), timedelta(hours=4), timedelta(hours=2), NOW, None, NOW, None
    )
    for metric in Metric
)
# What the data of each kind holds.
DATA: dict[Kind, dict[str, Any]] = {
    Kind.STATE: {"state": "on hold"},
    Kind.PRIORITY: {"priority": "high"},
    Kind.QUEUE: {"queue": None, "reason": "misroute"},
    Kind.TIER: {"tier": WORST[:80]},
    Kind.STUCK: {"why": "unowned"},
    Kind.SATISFACTION: {"satisfaction": "bad"},
    Kind.DEADLINE: {"metric": "first reply", "due_at": NOW.isoformat()},
    Kind.RECORD: {"changed": ["title", "external_url"]},
    Kind.ESCALATION: {"became": "answered"},
    Kind.PROMISE: {"became": "kept"},
}


def line(kind: Kind, by: By = By.MEMBER) -> LogLine:
    return LogLine(NOW, kind, by, ANA if by is By.MEMBER else None, DATA.get(kind, {}), {}, {}, WORST)


def shown(state: State, **more: object) -> CaseShown:
    """One with the longest of everything."""
    one = CaseShown(
        UUID(int=7),
        NAMED,
        state,
        Priority.URGENT,
        NOW,
        NOW,
        customer=WORST,
        tier=WORST,
        language=WORST,
        channel=WORST,
        category=WORST,
        tags=(WORST,) * 30,
        queue=WORST,
        owner=ANA,
        waits_on=WORST,
        due_at=NOW,
        snoozed_until=NOW + timedelta(hours=1),
        reopened=3,
        satisfaction="bad",
        clocks=CLOCKS,
        waits=(WaitShown(UUID(int=1), WORST, timedelta(hours=12), still=True),),
        log=(line(Kind.NOTE), line(Kind.STATE), line(Kind.MESSAGE)),
        events=500,
    )
    return replace(one, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", State)
def test_a_card_fits_in_every_state(state: State) -> None:
    for mirrored in (True, False):
        for why in (None, *Why):
            assert (
                check_message(views.case_card(shown(state, mirrored=mirrored), FORMATS, [WORST[:2900]], (), why))
                is None
            )
    assert check_message(views.case_card(shown(state, gone_at=NOW), FORMATS)) is None


def test_a_log_fits_with_everything_that_can_happen() -> None:
    for by in By:
        lines = tuple(line(kind, by) for kind in Kind)
        for page in (lines[:10], lines[10:]):
            assert check_message(log_message(CaseLog(NAMED, page, 1, 3), FORMATS)) is None


@pytest.mark.parametrize(
    ("kind", "data", "before", "after", "said"),
    [
        (Kind.STATE, {"state": "pending"}, {"state": "open"}, {}, "said that it waits for the customer"),
        (Kind.STATE, {"state": "on hold"}, {}, {"waits_on_id": "Billing"}, "said that it waits for Billing"),
        (Kind.STATE, {"state": "open"}, {"state": "solved"}, {}, "opened it again"),
        (
            Kind.STATE,
            {"state": "open", "because": "mistake"},
            {"state": "closed"},
            {},
            "opened it again, closed by mistake",
        ),
        (Kind.PRIORITY, {"priority": "high"}, {"priority": "low"}, {}, "changed the priority: low → high"),
        (Kind.QUEUE, {"queue": ""}, {"queue_id": "mail"}, {"queue_id": "billing"}, "sent it from mail to billing"),
        (Kind.OWNER, {}, {}, {"owner_id": Somebody(UUID(int=2), "Ben", "U0BEN")}, "gave it to <@U0BEN>"),
        (Kind.OWNER, {}, {}, {"owner_id": Somebody(UUID(int=1), "Ana", "U0ANA")}, "took it"),
        (Kind.OWNER, {}, {}, {"owner_id": None}, "left it without an owner"),
        (Kind.MESSAGE, {}, {}, {}, "replied to the customer"),
        (Kind.MESSAGE, {"void": NOW.isoformat()}, {}, {}, "had not replied, after all"),
        (Kind.STUCK, {"why": None}, {}, {}, "saw that it moves again"),
        (Kind.SNOOZE, {}, {}, {"snoozed_until": NOW.isoformat()}, "put it off until Tue, Nov 24, 09:00"),
        (Kind.DEADLINE, {"metric": "next reply", "due_at": None}, {}, {}, "waits for no next reply"),
    ],
)
def test_what_happened_reads_as_somebody_would_say_it(
    kind: Kind, data: dict[str, object], before: dict[str, object], after: dict[str, object], said: str
) -> None:
    one = LogLine(NOW, kind, By.MEMBER, Somebody(UUID(int=1), "Ana", "U0ANA"), data, before, after)
    assert log_line(one, FORMATS) == f"• Tue, Nov 24, 09:00 · <@U0ANA> {said}"


def test_what_an_import_said_names_it() -> None:
    come = LogLine(NOW, Kind.OPENED, By.MEMBER, ANA, {"import": 3}, {}, {}, None, WORST)
    assert check_message(log_message(CaseLog(NAMED, (come,) * 10, 0, 1), FORMATS)) is None
    assert log_line(replace(come, files="a <b>.csv"), FORMATS) == (
        "• Tue, Nov 24, 09:00 · opened, and came here with import 3, from a &lt;b&gt;.csv"
    )


def test_what_is_seldom_done_stands_in_one_menu_and_what_is_waited_for_before_all() -> None:
    now = button("Take theirs", "write.theirs", "1")
    seldom = button("Reroute…", "case.reroute", str(UUID(int=7)))
    for mirrored, first in ((True, "Working"), (False, "I replied…")):
        card = views.case_card(shown(State.OPEN, mirrored=mirrored), FORMATS, (), (seldom, now))
        assert check_message(card) is None
        waits, daily = (each["elements"] for each in card["blocks"] if each["type"] == "actions")
        assert [each["text"]["text"] for each in waits] == ["Take theirs"]
        assert [each["text"]["text"] for each in daily[:-1]] == [first, "Wait…", "Close…"]
        chosen = {each["text"]["text"]: read_choice(each["value"]) for each in daily[-1]["options"]}
        assert chosen["Reroute…"] == (UUID(int=7), "case.reroute", str(UUID(int=7)))
        assert ("Working" in chosen, "Customer wrote" in chosen) == (not mirrored, not mirrored)


def test_every_form_and_answer_fits() -> None:
    departments = tuple((UUID(int=each), f"{WORST[:70]}{each}") for each in range(200))
    for verb in Verb:
        for case in (None, NAMED):
            doing = cases_do.Doing(
                verb, UUID(int=1), case, departments, "", WORST * 9, "https://example.com", True
            )
            assert check_view(cases_do.do_form(doing)) is None
        beside = Beside(3, tuple((each, WORST) for each in range(40)), 2)
        closing = cases_do.Doing(verb, UUID(int=1), NAMED, departments, "", "", "", True, "", beside)
        assert check_view(cases_do.do_form(closing)) is None
        done = cases_do.done_message(
            verb, NAMED, State.ON_HOLD, WORST, changed=True, undo=UUID(int=1), beside=beside
        )
        assert check_message(done) is None
    form = CaseForm(UUID(int=1), departments)
    assert check_view(cases_form.new_form(form, WORST, "https://example.com")) is None
    assert check_view(cases_form.edit_form(CaseForm(UUID(int=1), (), shown(State.OPEN, mirrored=True)))) is None
    assert check_view(modal("Pick", case_field("Case", "x.case", NAMED), submit="Save", callback_id="x")) is None
    assert len(case_options([NAMED])[0]["text"]["text"]) <= 75
    help_message = answers.help_message("/case", more={" mine": "yours"})
    for each in (help_message, answers.unknown_case(WORST, "/case"), answers.not_understood(WORST, "/case")):
        assert check_message(each) is None


def test_home_shows_the_first_and_how_many_there_are() -> None:
    seen = CaseSeen(NAMED, State.ON_HOLD, Priority.URGENT, WORST, None)
    blocks = list(the_cases(OwnCases((seen,) * 3, 400), NOW, FORMATS))
    assert check_message(message("Home", *blocks)) is None
    assert list(the_cases(OwnCases(), NOW, FORMATS)) == []


def test_the_log_says_what_a_department_did_and_whose_turn_it_is_then() -> None:
    data, before = {"state": "open", "because": "answered"}, {"state": "on hold", "waits_on_id": "Billing"}
    one = LogLine(NOW, Kind.STATE, By.MEMBER, ANA, data, before, {"state": "open"})
    at = "• Tue, Nov 24, 09:00 · "
    assert log_line(one, FORMATS) == f"{at}Billing answered, so it is open again"
    closed = replace(one, data=data | {"because": "closed"})
    assert log_line(closed, FORMATS) == f"{at}The question to Billing was closed, so it is open again"
    passed_on = replace(one, data=data | {"state": "on hold"}, after={"waits_on_id": "R&D"})
    assert log_line(passed_on, FORMATS) == f"{at}Billing answered, so it waits for R&amp;D"
    wrote = LogLine(NOW, Kind.STATE, By.CUSTOMER, None, {"state": "open"}, {"state": "pending"}, {"state": "open"})
    assert log_line(wrote, FORMATS) == f"{at}The customer wrote, so it is the team’s turn"

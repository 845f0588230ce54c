"""The clocks of cases as they are kept: reckoned with every event, and anew when the policy changes."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.actions.cases_open import open_case
from bot.actions.cases_turn import happen
from bot.actions.settings_change import change_settings
from bot.actions.sla import clocks_of, pass_rung, waits_of
from bot.actions.sla_follow import follow, reckon_all
from bot.domain.cases import By, Happening, Kind, Priority, State
from bot.domain.cases_new import NewCase
from bot.domain.periods import Period
from bot.domain.permissions import OPERATOR
from bot.domain.sla_policy import Metric
from bot.domain.sla_shown import ClockShown
from bot.views.formats import Formats
from bot.views.sla import clock_words, wait_words
from jobs.sla import FOLLOW
from storage.cases import case
from storage.sla import clock_rows
from storage.tables import CaseClock, Department, Queue
from tests.actions.desk import Desk
from tests.domain.sla_examples import BERLIN, at, hours

RESOLUTION, NEXT = Metric.RESOLUTION, Metric.NEXT_REPLY
BILLING, VIP = UUID(int=1), UUID(int=2)


class CaseDesk:
    """Cases of an office in Berlin, at a time that can be moved."""

    def __init__(self, desk: Desk) -> None:
        self.now = at("Mon 09:00")
        self.deps = replace(desk.deps, clock=lambda: self.now.astimezone(UTC))
        self.workspace_id = desk.workspace_id
        desk.put(
            Department(workspace_id=desk.workspace_id, id=BILLING, name="Billing"),
            Queue(workspace_id=desk.workspace_id, id=VIP, name="VIP"),
        )
        self.prefers(
            time_zone="Europe/Berlin", sla="all: resolution 8h; urgent: resolution 1h; normal: next reply 4h"
        )

    def prefers(self, scope: str = "workspace", **values: str) -> None:
        change_settings(self.deps, self.workspace_id, OPERATOR, scope, values)

    def opens(self, when: str, **what: Any) -> UUID:
        self.now = at(when)
        with self.deps.sessions.write(self.workspace_id) as session:
            new = replace(NewCase("Refund is missing", state=State.OPEN), **what)
            return open_case(session, self.deps, OPERATOR, new).id

    def happens(self, when: str, case_id: UUID, kind: Kind, by: By = By.MEMBER, **data: object) -> None:
        self.now = at(when)
        with self.deps.sessions.write(self.workspace_id) as session:
            row = case(session, case_id)
            assert row
            happen(session, self.deps, OPERATOR, row, Happening(kind, data, by))

    def clock(self, case_id: UUID, metric: Metric = RESOLUTION) -> CaseClock:
        with self.deps.sessions.read(self.workspace_id) as session:
            return clock_rows(session, [case_id])[case_id][metric]

    def due(self, case_id: UUID) -> datetime | None:
        with self.deps.sessions.read(self.workspace_id) as session:
            row = case(session, case_id)
            assert row
            return row.due_at

    def explained(self, case_id: UUID, when: str) -> dict[Metric, ClockShown]:
        with self.deps.sessions.read(self.workspace_id) as session:
            row = case(session, case_id)
            assert row
            return {each.metric: each for each in clocks_of(session, row, at(when))}

    def warned(self, case_id: UUID, when: str) -> int | None:
        """The warning that is due, which is dealt with now."""
        with self.deps.sessions.write(self.workspace_id) as session:
            return pass_rung(clock_rows(session, [case_id])[case_id][RESOLUTION], at(when))


@pytest.fixture
def cases(desk: Desk) -> CaseDesk:
    return CaseDesk(desk)


def test_a_case_on_hold_runs_on_and_the_department_has_a_clock_of_its_own(cases: CaseDesk) -> None:
    one = cases.opens("Mon 10:00")
    assert cases.due(one) == at("Tue 10:00")
    cases.happens("Mon 11:00", one, Kind.STATE, state=State.ON_HOLD, waits_on=str(BILLING))
    cases.happens("Tue 15:00", one, Kind.STATE, state=State.OPEN)
    assert cases.due(one) == at("Tue 10:00")
    formats = Formats(BERLIN)
    with cases.deps.sessions.read(cases.workspace_id) as session:
        row = case(session, one)
        assert row
        (wait,) = waits_of(session, row, at("Wed 12:00"))
    assert wait_words(wait) == "Billing had it for 12\N{NO-BREAK SPACE}h of working time"
    words = clock_words(cases.explained(one, "Tue 15:00")[RESOLUTION], formats)
    assert (
        words.replace("\N{NO-BREAK SPACE}", " ")
        == "Resolution: 13 h used of 8 h; breached, was due Tue, Nov 3, 10:00"
    )


def test_a_pause_moves_the_deadline_and_warns_of_nothing_twice(cases: CaseDesk) -> None:
    one = cases.opens("Mon 09:00")
    first = cases.clock(one)
    assert (first.version, first.rung_percent, first.rung_at) == (1, 50, at("Mon 13:00"))
    assert cases.warned(one, "Mon 15:30") == 75
    assert cases.warned(one, "Mon 15:30") is None
    cases.happens("Mon 15:30", one, Kind.STATE, state=State.PENDING)
    assert (cases.due(one), cases.clock(one).rung_at) == (None, None)
    cases.happens("Tue 12:00", one, Kind.STATE, state=State.OPEN)
    again = cases.clock(one)
    assert (again.due_at, again.rung_percent, again.rung_at) == (at("Tue 13:30"), 90, at("Tue 12:42"))
    assert again.version > first.version
    words = clock_words(cases.explained(one, "Tue 12:40")[RESOLUTION], Formats(BERLIN))
    assert words.replace("\N{NO-BREAK SPACE}", " ") == (
        "Resolution: 7 h 10 min used of 8 h; paused 4 h 30 min; due Tue, Nov 3, 13:30"
    )


def test_a_case_that_is_late_by_its_new_priority_is_warned_of_once(cases: CaseDesk) -> None:
    one = cases.opens("Mon 09:00")
    cases.happens("Mon 12:00", one, Kind.PRIORITY, priority=Priority.URGENT)
    row = cases.clock(one)
    assert (row.due_at, row.breached_at, row.act_by) == (at("Mon 10:00"), at("Mon 10:00"), at("Mon 13:00"))
    assert (row.rung_percent, row.rung_at) == (100, at("Mon 12:00"))
    assert cases.warned(one, "Mon 12:00") == 100
    assert cases.clock(one).rung_at is None
    words = clock_words(cases.explained(one, "Mon 12:00")[RESOLUTION], Formats(BERLIN))
    assert "breached at Mon, Nov 2, 10:00 by re-prioritisation; act by Mon, Nov 2, 13:00" in words


def test_the_case_is_due_when_the_first_of_its_running_clocks_is(cases: CaseDesk) -> None:
    one = cases.opens("Thu 14:00")
    cases.happens("Thu 15:00", one, Kind.MESSAGE, By.CUSTOMER)
    cases.happens("Fri 09:30", one, Kind.MESSAGE, By.CUSTOMER)
    assert cases.clock(one, NEXT).due_at == at("Fri 11:00") == cases.due(one)
    cases.happens("Fri 10:00", one, Kind.MESSAGE)
    assert (cases.clock(one, NEXT).state, cases.due(one)) == ("met", at("Fri 14:00"))


def test_a_helpdesks_deadline_is_kept_whatever_our_policy_says(cases: CaseDesk) -> None:
    one = cases.opens("Mon 09:00", source="zendesk", external_id="35436")
    deadline = {"metric": RESOLUTION, "due_at": at("Thu 11:40").isoformat()}
    cases.happens("Mon 09:01", one, Kind.DEADLINE, By.HELPDESK, **deadline)
    cases.happens("Mon 12:00", one, Kind.PRIORITY, By.HELPDESK, priority=Priority.URGENT)
    assert cases.due(one) == at("Thu 11:40")
    words = clock_words(cases.explained(one, "Tue 09:00")[RESOLUTION], Formats(BERLIN))
    assert words == "Resolution: due Thu, Nov 5, 11:40; as Zendesk says"


def test_a_new_policy_moves_what_runs_and_judges_nothing_that_is_over(cases: CaseDesk) -> None:
    one = cases.opens("Mon 09:00")
    replied = cases.opens("Mon 09:00")
    cases.happens("Mon 10:00", replied, Kind.MESSAGE, By.CUSTOMER)
    cases.happens("Mon 13:00", replied, Kind.MESSAGE)
    follow(cases.deps, cases.workspace_id)
    cases.prefers(sla="all: resolution 16h, next reply 1h", business_hours="mon-fri 09:00-13:00")
    FOLLOW.run(cases.deps, cases.workspace_id, Period("now", cases.now))
    assert cases.due(one) == at("Thu 13:00")
    answered = cases.clock(replied, NEXT)
    assert (answered.state, answered.target_minutes) == ("met", 240)
    assert cases.explained(replied, "Tue 09:00")[NEXT].target == hours(4)
    assert reckon_all(cases.deps, cases.workspace_id) == 0


def test_a_queue_has_hours_and_targets_of_its_own_and_a_case_goes_by_those_that_it_is_in(cases: CaseDesk) -> None:
    cases.prefers(f"queue:{VIP}", sla="all: resolution 4h", business_hours="always")
    one = cases.opens("Mon 15:00", queue_id=VIP)
    assert cases.due(one) == at("Mon 19:00")
    cases.happens("Mon 16:00", one, Kind.QUEUE, queue=None)
    assert cases.due(one) == at("Tue 15:00")
    cases.happens("Tue 10:00", one, Kind.OWNER, owner=None)
    assert cases.due(one) == at("Tue 15:00")


def test_where_there_is_no_policy_there_are_no_clocks(cases: CaseDesk) -> None:
    one = cases.opens("Mon 09:00")
    cases.prefers(sla="all: resolution none")
    follow(cases.deps, cases.workspace_id)
    assert (cases.due(one), cases.explained(one, "Mon 10:00")) == (None, {})
    assert cases.clock(one).rung_at is None
    version = cases.clock(one).version
    cases.prefers(sla="all: resolution 8h")
    follow(cases.deps, cases.workspace_id)
    assert (cases.due(one), cases.clock(one).version) == (at("Mon 17:00"), version + 1)


def test_what_came_to_its_end_is_remembered_when_nobody_asks_for_it_any_more(cases: CaseDesk) -> None:
    one = cases.opens("Mon 09:00")
    cases.happens("Mon 10:00", one, Kind.MESSAGE, By.CUSTOMER)
    cases.happens("Mon 15:00", one, Kind.MESSAGE)
    cases.prefers(sla="all: resolution 8h")
    follow(cases.deps, cases.workspace_id)
    assert (cases.clock(one, NEXT).state, cases.clock(one, NEXT).due_at) == ("missed", at("Mon 14:00"))
    assert reckon_all(cases.deps, cases.workspace_id) == 0

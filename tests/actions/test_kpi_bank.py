"""Half a year of a real bank's calls, from the file through the figures of a digest to why a day was as it was."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.kpi import by, readings
from bot.actions.kpi_collect import collect
from bot.actions.kpi_digests import turn
from bot.actions.kpi_digests_cards import CARD
from bot.actions.kpi_why import look_why
from bot.actions.people import recognise
from bot.actions.settings import WORKSPACE
from bot.actions.settings_change import change_settings
from bot.app import build_cards, build_deps
from bot.domain.kpi import Cut, Figure, Split
from bot.domain.kpi_periods import Span, day_of, month_of
from bot.domain.kpi_why import Cause
from bot.domain.permissions import CLOCK, OPERATOR
from bot.settings import Settings
from storage.tables import Message
from tests.actions.desk import Desk, account
from tests.coverage_desk import Planner
from tests.digest_desk import OPS, words
from tests.domain.bank import CALLS, HANDLE_SECONDS, MISSING, ZONE

# The Sunday on which the plan of the weeks ahead is made, and a Thursday among them.
PLANNED, THURSDAY = date(1999, 6, 13), date(1999, 6, 17)
OVER = datetime(1999, 7, 1, 5, tzinfo=UTC)
PEOPLE = 12


@pytest.mark.skipif(not CALLS.exists(), reason=MISSING)
def test_the_calls_of_half_a_year_become_figures_that_say_why(sqlite_url: str, tmp_path: Path) -> None:
    now = datetime(PLANNED.year, PLANNED.month, PLANNED.day, 5, tzinfo=UTC)
    settings = Settings(_env_file=None, SLACK_BOT_TOKEN="xoxb-1", FLOORWALKER_DATABASE_URL=sqlite_url)
    deps = build_deps(settings, lambda: now)
    desk = Desk(deps, tmp_path)
    agents = [f"agent{number}@example.com,Agent {number},agent" for number in range(PEOPLE)]
    roster = "\n".join(["email,name,role", "ana@example.com,Ana Ruiz,coordinator", *agents])
    desk.people(roster, [account("ana", "U0ANA")])
    values = {"ops_channel": OPS, "time_zone": ZONE.key, "handle_seconds": f"{HANDLE_SECONDS:.0f}"}
    change_settings(deps, desk.workspace_id, OPERATOR, WORKSPACE, values)
    rows = list(csv.DictReader(CALLS.read_text().splitlines()))
    lines = [f"{row['interval_start']},calls,{row['offered']}" for row in rows]
    planner = Planner(deps, desk.workspace_id, tmp_path)
    columns = "interval_start,queue,offered"
    planner.volume(*(line for line in lines if line < f"{PLANNED}"), columns=columns)
    desk.shifts(*(f"{each.split(',')[0]},{THURSDAY},07:00,23:45,{ZONE.key},calls" for each in agents))
    now = OVER
    planner.volume(*lines, columns=columns)
    collect(deps, desk.workspace_id, CLOCK)

    came = Counter[date]()
    for row in rows:
        came[date.fromisoformat(row["interval_start"][:10])] += int(row["offered"])
    with deps.sessions.read(desk.workspace_id) as session:
        for span in (day_of(THURSDAY), Span(PLANNED, PLANNED + timedelta(7)), month_of(date(1999, 3, 1))):
            (contacts,) = readings(session, deps, span, Cut(), [Figure.CONTACTS])
            days = by(session, deps, span, Cut(), Figure.CONTACTS, Split.DAY)
            assert contacts.value == sum(came[day] for day in span.days())
            assert contacts.value == sum(each.reading.value or 0 for each in days)

    # The report of the Monday after: the last three days of June, and none of July.
    now = datetime(1999, 7, 5, 9, tzinfo=UTC)
    turn(deps, desk.workspace_id)
    cards = build_cards(deps)
    with deps.sessions.read(desk.workspace_id) as session:
        (sent,) = session.scalars(
            select(Message).where(Message.workspace_id == desk.workspace_id, Message.card == CARD)
        )
        report = words(cards.render(session, sent) or {})
    week = sum(came[date(1999, 6, 28) + timedelta(each)] for each in range(7))
    assert "The week in figures: Mon, Jun 28 – Sun, Jul 4 1999" in report
    assert f"Contacts *{week:,}*" in report

    (calls,) = look_why(deps, recognise(deps, desk.workspace_id, "U0ANA"), day_of(THURSDAY), "calls").queues
    assert calls.why is not None
    assert calls.planned is not None
    assert calls.actual is not None
    assert calls.actual.contacts + calls.unplanned == came[THURSDAY]
    assert sum(calls.why.parts.values()) == pytest.approx(calls.why.actual - calls.why.planned)
    # What is planned reaches its target about; the more there are beside it, the better it is.
    assert 0.75 < calls.why.planned < 0.98
    assert calls.why.one_more > calls.why.actual
    assert calls.why.parts[Cause.HANDLE_TIME] == 0
    # Fewer called than on other Thursdays, but more of them at once.
    assert calls.actual.contacts < calls.planned.contacts
    assert calls.why.parts[Cause.CONTACTS] < 0
    assert calls.why.actual < calls.why.planned
    deps.sessions.close()

"""Half a year of a real bank's calls comes in, is forecast, and makes a plan that one can believe."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.actions.coverage_plan import plan, what_if
from bot.actions.people import recognise
from bot.actions.settings import WORKSPACE
from bot.actions.settings_change import change_settings
from bot.app import build_deps
from bot.domain.coverage_shown import Source
from bot.domain.permissions import OPERATOR
from bot.settings import Settings
from tests.actions.desk import Desk, account
from tests.coverage_desk import Planner
from tests.domain.bank import CALLS, HANDLE_SECONDS, MISSING, ZONE

# The morning after the last day of the file, a Thursday.
NOW = datetime(1999, 7, 1, 5, tzinfo=UTC)
SUNDAY = date(1999, 7, 4)


@pytest.mark.skipif(not CALLS.exists(), reason=MISSING)
def test_the_calls_of_half_a_year_make_a_plan_for_the_next_week(sqlite_url: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, SLACK_BOT_TOKEN="xoxb-1", FLOORWALKER_DATABASE_URL=sqlite_url)
    deps = build_deps(settings, lambda: NOW)
    desk = Desk(deps, tmp_path)
    desk.people("email,name,role\nana@example.com,Ana Ruiz,coordinator\n", [account("ana", "U0ANA")])
    values = {"time_zone": ZONE.key, "handle_seconds": f"{HANDLE_SECONDS:.0f}"}
    change_settings(deps, desk.workspace_id, OPERATOR, WORKSPACE, values)
    lines = [line.replace(",", ",calls,") for line in CALLS.read_text().splitlines()[1:]]
    done = Planner(deps, desk.workspace_id, tmp_path).volume(*lines, columns="interval_start,queue,offered")
    # A day in spring has no half past two in the night.
    assert done.series[0].added == len(lines) - 2

    ana = recognise(deps, desk.workspace_id, "U0ANA")
    week = plan(deps, ana, SUNDAY, SUNDAY + timedelta(days=6), "calls", NOW)
    (calls,) = week.plans
    assert calls.queue.sources == {Source.FORECAST}
    assert calls.queue.quality
    assert calls.queue.quality.wape is not None
    assert calls.queue.quality.last_week is not None
    assert calls.queue.quality.wape < calls.queue.quality.last_week < 0.5
    most = {each.day: each.most for each in calls.days}
    friday, saturday = SUNDAY + timedelta(days=5), SUNDAY + timedelta(days=6)
    # The bank works from Sunday to Thursday, and fewer call on the sabbath.
    working = [most[SUNDAY + timedelta(days=number)] for number in range(5)]
    assert all(15 <= each <= 60 for each in working)
    assert max(most[friday], most[saturday]) < min(working)
    weeks = what_if(deps, ana, 20, SUNDAY, saturday, None, NOW).weeks["calls"]
    hours, hours_then = sum(each.hours for each in weeks), sum(each.hours_then for each in weeks)
    assert hours == pytest.approx(sum(each.hours for each in calls.days))
    # More contacts take fewer people each, so that it is less than a fifth more.
    assert 1.1 < hours_then / hours < 1.2
    deps.sessions.close()

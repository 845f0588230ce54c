"""Leave is earned, and its owner told what will lapse, at half past two in the night."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.actions.timeoff import ledgers_of
from bot.settings import Mode
from jobs.scheduler import Clockwork, Ran
from jobs.timeoff import TURN
from storage.outbox import message_of_key
from storage.tables import LeaveLot
from tests.workplace import Workplace, opened


@pytest.fixture
def work(database_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """A floor with six weeks of leave in a year, on Monday at noon in Berlin."""
    with opened(database_url, Mode.HTTP, tmp_path) as work:
        work.at("2026-11-02 12:00")
        work.people()
        work.prefers(time_zone="Europe/Berlin", leave_weeks="6")
        run_job(work)
        yield work


def run_job(work: Workplace) -> list[Ran]:
    """What the job does now."""
    clockwork = Clockwork(work.deps, [TURN])
    try:
        return clockwork.run_due()
    finally:
        clockwork.close()


def lots(work: Workplace, name: str) -> tuple[LeaveLot, ...]:
    """What is stored of somebody, and whether they were told."""
    row = work.member(name)
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        books = ledgers_of(session, work.deps, [row])[row.id].stored.values()
        found = [session.get(LeaveLot, (session.workspace_id, each.id)) for book in books for each in book.lots]
        assert all(message_of_key(session, f"timeoff.expiring:{each.id}") for each in found if each)
        return tuple(each for each in found if each)


def test_a_year_is_earned_at_half_past_two_and_its_owner_is_told_what_will_lapse(work: Workplace) -> None:
    work.at("2026-11-03 02:29")
    assert run_job(work) == []
    assert lots(work, "ana") == ()
    work.at("2026-11-03 02:30")
    (ran,) = run_job(work)
    assert (ran.job, ran.period, ran.outcome) == ("timeoff.turn", "2026-11-03", "done")
    [lot] = lots(work, "ana")
    assert str(lot.warned_on) == "2026-11-03"


def test_after_days_without_a_night_the_year_is_earned_once(work: Workplace) -> None:
    work.at("2026-11-09 12:00")
    run_job(work)
    run_job(work)
    assert len(lots(work, "ana")) == 1

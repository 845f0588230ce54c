"""Looks whether the time for a report of key figures has come, which each subscription says."""

from datetime import timedelta

from bot.actions.kpi_digests import turn
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def send_digests(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Makes the reports whose time has come."""
    turn(deps, workspace_id)


SEND = Job("kpi.digests", Every(timedelta(minutes=5)), send_digests)

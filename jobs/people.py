"""The roster follows Slack also where no event told of a change: what came while nobody listened is lost."""

from datetime import time, timedelta

from bot.actions.people_follow import follow_accounts
from bot.connectors.slack import all_accounts
from bot.deps import Deps
from bot.domain.periods import Daily, Period
from jobs.runs import Job
from storage.events import events_before, forget_events

# Slack sends an event again for an hour at most; the rest is for whoever looks into what happened.
_EVENTS_KEPT = timedelta(days=30)


def sync_people(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Takes over names, zones, who has left or come back and who has an account now, and forgets old events."""
    follow_accounts(deps, workspace_id, all_accounts(deps.slack))
    oldest = deps.clock() - _EVENTS_KEPT
    with deps.sessions.read(workspace_id) as session:
        forgettable = events_before(session, oldest)
    if forgettable:
        with deps.sessions.write(workspace_id) as session:
            forget_events(session, oldest)


SYNC = Job("people.sync", Daily(time(3)), sync_people)

"""Whoever is not to be contacted for a while has their duties done by others, and has them back afterwards."""

from datetime import timedelta

from bot.actions.contact_duties import turn_duties
from bot.deps import Deps
from bot.domain.periods import Every, Period
from jobs.runs import Job


def turn(deps: Deps, workspace_id: str, _period: Period) -> None:
    """Looks after the duties of a workspace."""
    turn_duties(deps, workspace_id)


TURN = Job("contact.turn", Every(timedelta(minutes=15)), turn)

"""What key figures can be asked for by name."""

from datetime import date

from sqlalchemy import select

from bot.domain.kpi import Measure
from storage.db import WorkspaceSession
from storage.tables import KpiFact


def channels(session: WorkspaceSession, since: date) -> list[str]:
    """Every channel that anything was measured of since a day, by name."""
    statement = select(KpiFact.channel).where(
        KpiFact.workspace_id == session.workspace_id,
        KpiFact.measure.in_(list(Measure)),  # the index begins with it
        KpiFact.day >= since,
        KpiFact.channel.is_not(None),
    )
    return [each for each in session.scalars(statement.distinct().order_by(KpiFact.channel)) if each]

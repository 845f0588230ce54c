"""On the card of a case: a way to the responses that are written once, where there are any."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.kb_canned import is_any
from storage.tables import Case


def load_responses(session: WorkspaceSession, case: Case, _now: datetime) -> UUID | None:
    """The case for which a response could be used."""
    return case.id if is_any(session) else None


def no_lines(_case_id: UUID, _formats: Formats) -> Sequence[str]:
    """Nothing is said of it."""
    return ()

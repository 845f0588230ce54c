"""What is read in the order in which it came is looked up by what it is about, and ordered afterwards."""

from collections.abc import Callable
from uuid import UUID

import pytest

from storage.attendance import shown_to
from storage.db import Sessions, WorkspaceSession, open_engine
from storage.escalations import copies
from storage.patterns import patterns
from storage.surplus import surplus_offers
from storage.uploads import uploads_imported, uploads_in, uploads_overdue
from tests.storage.rows import MONDAY
from tests.storage.test_shifts import explained

ID = UUID(int=1)
MESSAGES, UPLOADS = "ix_message_workspace_id_card_subject_id", "ix_upload_workspace_id_state_expires_at"


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (lambda session: shown_to(session, "arrival", ID), MESSAGES),
        (lambda session: copies(session, "escalation", ID, "desk"), MESSAGES),
        (lambda session: patterns(session, ["told", "accepted"]), "ix_coverage_pattern_workspace_id_state"),
        (lambda session: surplus_offers(session, "open"), "ix_surplus_offer_workspace_id_state"),
        (lambda session: uploads_in(session, ["read", "asked"]), UPLOADS),
        (lambda session: uploads_overdue(session, ["asked"], MONDAY), UPLOADS),
        (lambda session: uploads_imported(session, "done", "shifts"), UPLOADS),
    ],
)
def test_what_is_of_a_kind_is_found_without_going_through_the_rest(
    sqlite_url: str, question: Callable[[WorkspaceSession], object], index: str
) -> None:
    sessions = Sessions(open_engine(sqlite_url))
    plans = explained(sessions, question)
    sessions.close()
    assert any(index in plan for plan in plans), plans

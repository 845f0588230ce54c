"""The card of a report of key figures, and the workbook below it."""

from dataclasses import dataclass
from uuid import UUID

from bot.actions.cards import Cards, Facts, is_person
from bot.actions.kpi_digests_book import workbook
from bot.actions.people import caller_of
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.uploads_documents import from_document
from bot.deps import Deps
from bot.domain.kpi_digests import Report
from bot.domain.permissions import Deed
from bot.views import kpi_digests as views
from bot.views.attached import Attached
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage import tables
from storage.db import WorkspaceSession
from storage.kpi_digests import subscription
from storage.people import member_by_slack_id, team_of

CARD, ROWS = "kpi.digest", "kpi.digest.rows"
# The audience that may read the names of people.
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class _Of:
    workspace_id: str
    whose: str


def register_cards(cards: Cards, deps: Deps) -> None:
    """What stands on them is as it was when the report was made; only names are as they are now."""

    def load(session: WorkspaceSession, subject: UUID | None) -> _Of | None:
        row = subscription(session, subject) if subject else None
        return _Of(session.workspace_id, whose(session, row.team_id, row.queue_id)) if row else None

    def draw(of: _Of, _audience: str, formats: Formats, facts: Facts) -> Message:
        return views.digest_card(from_document(Report, facts["report"]), of.whose, facts["key"], formats)

    def draw_rows(of: _Of, audience: str, formats: Formats, facts: Facts) -> Message:
        report = from_document(Report, facts["report"])

        def content() -> bytes:
            return workbook(deps, of.workspace_id, report, formats, people=audience == PEOPLE)

        return views.rows_message(Attached(f"{facts['key']}:rows", views.book_name(report), content))

    cards.register(CARD, load, draw)
    cards.register(ROWS, load, draw_rows)


def whose(session: WorkspaceSession, team_id: UUID | None, queue_id: UUID | None) -> str:
    """Of which team and queue a report is; empty for all."""
    team = team_of(session, team_id) if team_id else None
    queue = session.get(tables.Queue, (session.workspace_id, queue_id)) if queue_id else None
    return " · ".join(each.name for each in (team, queue) if each)


def sees_people(session: WorkspaceSession, lane: str, team_id: UUID | None) -> bool:
    """Whether what single people did may be read in a lane: by who may, and in the coordinators' channel."""
    if is_person(lane):
        return _may(session, lane, Deed.SEE_KPI_PEOPLE, team_id)
    return lane == preferences(session, f"team:{team_id}" if team_id else WORKSPACE).ops_channel


def may_read(session: WorkspaceSession, lane: str, team_id: UUID | None) -> bool:
    """Whether a report may go there: who may not ask for it is not sent it; a channel was chosen on purpose."""
    return not is_person(lane) or _may(session, lane, Deed.SEE_KPI, team_id)


def _may(session: WorkspaceSession, slack_id: str, deed: Deed, team_id: UUID | None) -> bool:
    member = member_by_slack_id(session, slack_id)
    return member is not None and caller_of(session, member, slack_id).actor.may(deed, team=team_id)

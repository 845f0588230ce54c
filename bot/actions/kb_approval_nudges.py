"""Of much that waits for a second person at once, approvers read in one message."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.kb_upkept import load_approval
from bot.actions.nudges import CARD as NUDGES
from bot.actions.nudges import Part, close, end, nudge
from bot.actions.outbox import touch
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.kb_upkeep_shown import WaitingOf
from bot.domain.nudges import Ended, Kind
from bot.views.kb_waiting import waiting_buttons, waiting_line
from storage.db import WorkspaceSession
from storage.kb_waiting import last_waiting, waiting_of
from storage.nudges import known, open_about
from storage.people import member_by_slack_id
from storage.tables import Nudge

_NAMED = 3


def ask_for_all(session: WorkspaceSession, deps: Deps, author_id: UUID, mark: str) -> None:
    """Has approvers look at all that waits of somebody's, once for a mark.

    What they read says all that waits then: one that nobody was told yet will do, and one that was read is over.
    """
    earlier = open_about(session, author_id, Kind.KB_APPROVAL)
    key = f"{Kind.KB_APPROVAL}:{author_id}:{mark}"
    lanes = approver_lanes(session, None, {author_id}, deps.clock())
    keys = {f"{key}:{lane}": member_by_slack_id(session, lane) for lane in lanes}
    if known(session, keys) or not all(row.told_at for row in earlier):
        return
    close(session, deps, earlier, Ended.AGAIN)
    for each, hearer in keys.items():
        # A channel is the coordinators'.
        nudge(session, deps, hearer.id if hearer else None, Kind.KB_APPROVAL, author_id, each, {})


def show_waiting(session: WorkspaceSession, deps: Deps, author_id: UUID | None) -> None:
    """Shows approvers what is left of somebody's; where nothing is, what they were told is over."""
    told = open_about(session, author_id, Kind.KB_APPROVAL) if author_id else ()
    if author_id and told and not waiting_of(session, author_id, 1)[1]:
        end(session, deps, author_id, Kind.KB_APPROVAL, Ended.SEEN)
    for batch_id in sorted({row.batch_id for row in told if row.batch_id}):
        touch(session, deps, NUDGES, batch_id)


def _load(session: WorkspaceSession, _now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, WaitingOf]:
    """What is left of each author's, and what somebody has decided since, by the nudge."""
    authors = {row.subject_id: _of(session, row.subject_id) for row in nudges}
    return {row.id: authors[row.subject_id] for row in nudges if row.ended_at or authors[row.subject_id].total}


def _of(session: WorkspaceSession, author_id: UUID) -> WaitingOf:
    rows, total = waiting_of(session, author_id, _NAMED)
    first = tuple(load_approval(session, *each) for each in rows)
    return WaitingOf(somebody(session, author_id), first, total, last_waiting(session, author_id))


PART = Part(_load, waiting_line, lambda shown, _formats: list(waiting_buttons(shown)))

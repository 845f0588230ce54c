"""What becomes of ledgers of leave when an import is taken back."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from bot.actions.timeoff import ledgers_of, settle
from bot.deps import Deps
from bot.domain.timeoff_ledger import Cause, Line
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.tables import LeaveLine, LeaveLot
from storage.timeoff import lines_by_id, write

LINE, LOT = LeaveLine.__tablename__, LeaveLot.__tablename__


def take_back(session: WorkspaceSession, deps: Deps, line_ids: Iterable[UUID]) -> int:
    """Enters the opposite of lines that a file entered: a ledger forgets nothing. How many ledgers that were."""
    entered: defaultdict[tuple[UUID, str], list[LeaveLine]] = defaultdict(list)
    for line, lot in lines_by_id(session, line_ids):
        entered[lot.member_id, lot.ledger].append(line)
    kept = ledgers_of(session, deps, members_by_id(session, {member for member, _ in entered}).values())
    for (member_id, name), lines in entered.items():
        ledgers = kept[member_id]
        written = ledgers.stored[name]
        for each in lines:
            opposite = Line(each.lot_id, each.day, -each.minutes, Cause(each.cause))
            after = written.entered(opposite)
            write(session, (member_id, name), written, after, deps.clock(), deps.new_id, each.note_id)
            written = after
        settle(session, deps, ledgers, name, written)
    return len(entered)

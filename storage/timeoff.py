"""Ledgers of leave: lots and lines, by person and ledger."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select

from bot.domain.timeoff_ledger import Book, Cause, Line, Lot, Source
from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import LeaveLine, LeaveLot, Note
from storage.timeoff_requests import leaves_of

Key = tuple[UUID, str]
"""A member, and the name of a ledger of theirs."""

# What somebody decided; all else follows from the rules.
_BY_HAND = (Cause.OPENING, Cause.ADJUSTED, Cause.PAID_OUT)


def books(session: WorkspaceSession, member_ids: Iterable[UUID]) -> dict[Key, Book]:
    """The ledgers that there are of these members, with the leave that stands or waits for approval."""
    wanted = list(member_ids)
    lots: defaultdict[Key, list[Lot]] = defaultdict(list)
    lines: defaultdict[Key, list[Line]] = defaultdict(list)
    for at in range(0, len(wanted), PARAMETERS):
        some = wanted[at : at + PARAMETERS]
        whose: dict[UUID, Key] = {}
        for lot in _lots(session, some):
            whose[lot.id] = (lot.member_id, lot.ledger)
            lots[whose[lot.id]].append(_lot(lot))
        for line in _lines(session, some):
            lines[whose[line.lot]].append(line)
    leaves = leaves_of(session, wanted)
    keys = dict.fromkeys([*lots, *leaves])
    return {key: Book(tuple(lots[key]), tuple(lines[key]), tuple(leaves.get(key, ()))) for key in keys}


def write(
    session: WorkspaceSession,
    key: Key,
    before: Book,
    after: Book,
    now: datetime,
    new_id: Callable[[], UUID],
    note_id: UUID | None = None,
) -> list[LeaveLine]:
    """Stores the lots and lines that a ledger has more than it had; ``note_id`` says why."""
    member_id, ledger = key
    session.add_all(
        LeaveLot(
            workspace_id=session.workspace_id,
            id=each.id,
            member_id=member_id,
            ledger=ledger,
            source=each.source.value,
            first=each.first,
            last=each.last,
            origin_id=each.origin,
            warned_on=each.warned_on,
        )
        for each in after.lots[len(before.lots) :]
    )
    session.flush()
    written = [
        LeaveLine(
            workspace_id=session.workspace_id,
            id=new_id(),
            lot_id=each.lot,
            position=position,
            day=each.day,
            minutes=each.minutes,
            cause=each.cause.value,
            note_id=note_id,
            written_at=now,
        )
        for position, each in enumerate(after.lines[len(before.lines) :], len(before.lines))
    ]
    session.add_all(written)
    session.flush()
    return written


def lot_of(session: WorkspaceSession, lot_id: UUID) -> LeaveLot | None:
    """A lot."""
    return session.get(LeaveLot, (session.workspace_id, lot_id))


def lines_by_id(session: WorkspaceSession, line_ids: Iterable[UUID]) -> list[tuple[LeaveLine, LeaveLot]]:
    """These lines, each with its lot."""
    wanted = list(line_ids)
    found: list[tuple[LeaveLine, LeaveLot]] = []
    for at in range(0, len(wanted), PARAMETERS):
        rows = session.execute(
            select(LeaveLine, LeaveLot)
            .join(LeaveLot, (LeaveLot.workspace_id == LeaveLine.workspace_id) & (LeaveLot.id == LeaveLine.lot_id))
            .where(
                LeaveLine.workspace_id == session.workspace_id,
                LeaveLot.workspace_id == session.workspace_id,
                LeaveLine.id.in_(wanted[at : at + PARAMETERS]),
            )
            .order_by(LeaveLot.ledger, LeaveLine.position)
        )
        found += [(line, lot) for line, lot in rows]
    return found


def reasons(session: WorkspaceSession, member_ids: Iterable[UUID]) -> list[tuple[UUID, date, int, str]]:
    """Why lines were written, where somebody said so: their lot, day and minutes, and the words."""
    rows = session.execute(
        select(LeaveLine.lot_id, LeaveLine.day, LeaveLine.minutes, Note.text)
        .join(LeaveLot, (LeaveLot.workspace_id == LeaveLine.workspace_id) & (LeaveLot.id == LeaveLine.lot_id))
        .join(Note, (Note.workspace_id == LeaveLine.workspace_id) & (Note.id == LeaveLine.note_id))
        .where(
            LeaveLine.workspace_id == session.workspace_id,
            LeaveLot.workspace_id == session.workspace_id,
            Note.workspace_id == session.workspace_id,
            LeaveLot.member_id.in_(list(member_ids)),
        )
        .order_by(LeaveLine.position)
    )
    return [(lot, day, minutes, text) for lot, day, minutes, text in rows]


def forget_reckoned(session: WorkspaceSession, member_ids: Collection[UUID]) -> None:
    """Removes the ledgers of members who go from the roster, but for those of whom anybody entered anything."""
    if not member_ids:
        return
    found = books(session, member_ids)
    entered = {member for (member, _), book in found.items() if any(each.cause in _BY_HAND for each in book.lines)}
    gone = [each for each in member_ids if each not in entered]
    lots = select(LeaveLot.id).where(LeaveLot.workspace_id == session.workspace_id, LeaveLot.member_id.in_(gone))
    session.execute(
        delete(LeaveLine).where(LeaveLine.workspace_id == session.workspace_id, LeaveLine.lot_id.in_(lots))
    )
    # What was carried refers to where it came from, and was opened after it.
    for row in sorted(_lots(session, gone), key=lambda each: each.first, reverse=True):
        session.delete(row)
        session.flush()


def _lots(session: WorkspaceSession, member_ids: list[UUID]) -> list[LeaveLot]:
    statement = select(LeaveLot).where(
        LeaveLot.workspace_id == session.workspace_id, LeaveLot.member_id.in_(member_ids)
    )
    return list(session.scalars(statement.order_by(LeaveLot.first, LeaveLot.id)))


def _lines(session: WorkspaceSession, member_ids: list[UUID]) -> Iterator[Line]:
    statement = (
        select(LeaveLine.lot_id, LeaveLine.day, LeaveLine.minutes, LeaveLine.cause)
        .join(LeaveLot, (LeaveLot.workspace_id == LeaveLine.workspace_id) & (LeaveLot.id == LeaveLine.lot_id))
        .where(
            LeaveLine.workspace_id == session.workspace_id,
            LeaveLot.workspace_id == session.workspace_id,
            LeaveLot.member_id.in_(member_ids),
        )
    )
    for lot, day, minutes, cause in session.execute(statement.order_by(LeaveLine.position)):
        yield Line(lot, day, minutes, Cause(cause))


def _lot(row: LeaveLot) -> Lot:
    return Lot(row.id, Source(row.source), row.first, row.last, row.origin_id, row.warned_on)

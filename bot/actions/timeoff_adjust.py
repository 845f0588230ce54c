"""Putting right what somebody has of leave, for a reason, and telling them."""

from dataclasses import dataclass
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.looks import note_look
from bot.actions.notes import write_note
from bot.actions.outbox import tell
from bot.actions.people import Caller, UnknownPerson, somebody
from bot.actions.record import record
from bot.actions.timeoff import ledgers_of, settle, store
from bot.actions.timeoff_balance import READ
from bot.deps import Deps
from bot.domain.permissions import Deed
from bot.domain.timeoff_entries import Entry, adjusted
from bot.domain.timeoff_shown import AdjustedShown, AdjustForm
from bot.domain.timeoff_statement import balance
from bot.views import timeoff_told as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.people import member
from storage.swaps import form_result, remember_form
from storage.tables import Note
from storage.timeoff import lines_by_id, write

ADJUSTED = "timeoff.adjusted"


class OwnBalance(Exception):
    """Nobody puts their own balance right."""


class UnknownLedger(Exception):
    """No kind of leave is taken from it any more."""


class NotYet(Exception):
    """A balance is put right up to today."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """So many minutes more or, below zero, fewer in a ledger of somebody."""

    nonce: UUID
    member_id: UUID
    ledger: str
    entry: Entry


def adjust(deps: Deps, caller: Caller, wanted: Adjustment) -> AdjustedShown:
    """Enters an adjustment, once for each form, and says what the balance is then.

    Raises ``OwnBalance``, ``NotYet``, ``UnknownLedger``, ``UnknownPerson``, ``ExpiresBefore``, ``NotPermitted``.
    """
    caller.actor.require(Deed.ADJUST_BALANCE)
    if wanted.member_id == caller.actor.member_id:
        raise OwnBalance
    with deps.sessions.write(caller.workspace_id) as session:
        line_id = form_result(session, wanted.nonce) or _enter(session, deps, caller, wanted)
        return _shown(session, deps, line_id)


def adjust_form(deps: Deps, caller: Caller, member_id: UUID) -> AdjustForm:
    """What the form begins with. Raises ``OwnBalance``, ``UnknownPerson`` and ``NotPermitted``."""
    caller.actor.require(Deed.ADJUST_BALANCE)
    if member_id == caller.actor.member_id:
        raise OwnBalance
    note_look(deps, caller, READ, member_id)
    with deps.sessions.read(caller.workspace_id) as session:
        row = member(session, member_id)
        if row is None:
            raise UnknownPerson
        ledgers = ledgers_of(session, deps, [row])[row.id]
        today = ledgers.today
        whose = somebody(session, row.id)
        return AdjustForm(deps.new_id(), whose, ledgers.names, today, ledgers.day_minutes(today))


def register_cards(cards: Cards, deps: Deps) -> None:
    """What the person is told of an adjustment."""

    def load(session: WorkspaceSession, line_id: UUID | None) -> AdjustedShown | None:
        return _shown(session, deps, line_id) if line_id else None

    def draw(shown: AdjustedShown, _audience: str, formats: Formats, facts: Facts) -> Message:
        prefix = deps.settings.command_prefix
        return views.adjusted(shown, facts["balance"], facts["by"], formats, prefix)

    cards.register(ADJUSTED, load, draw)


def _enter(session: WorkspaceSession, deps: Deps, caller: Caller, wanted: Adjustment) -> UUID:
    row = member(session, wanted.member_id)
    if row is None:
        raise UnknownPerson
    ledgers, entry, now = ledgers_of(session, deps, [row])[row.id], wanted.entry, deps.clock()
    if wanted.ledger not in ledgers.names:
        raise UnknownLedger
    if entry.on > ledgers.today:
        raise NotYet
    store(session, deps, ledgers)
    key, book = (row.id, wanted.ledger), ledgers.books[wanted.ledger]
    after = adjusted(book, entry, deps.new_id)
    assert caller.actor.member_id
    note_id = write_note(session, deps, caller.actor.member_id, entry.reason)
    [line] = write(session, key, book, after, now, deps.new_id, note_id)
    # It may change what was carried over or has lapsed since.
    left = settle(session, deps, ledgers, wanted.ledger, after)
    remember_form(session, wanted.nonce, line.id, now)
    said = {"ledger": wanted.ledger, "minutes": entry.minutes, "on": entry.on.isoformat()}
    record(session, deps, caller.actor, "timeoff.adjust", ("member", row.id), None, said)
    if row.slack_id and row.deactivated_at is None:
        facts = {"balance": left, "by": caller.slack_id}
        key_of = f"{ADJUSTED}:{line.id}"
        tell(session, deps, to=row.slack_id, card=ADJUSTED, key=key_of, subject=line.id, facts=facts)
    return line.id


def _shown(session: WorkspaceSession, deps: Deps, line_id: UUID) -> AdjustedShown:
    [(line, lot)] = lines_by_id(session, [line_id])
    row = member(session, lot.member_id)
    assert row
    ledgers = ledgers_of(session, deps, [row])[row.id]
    note = session.get(Note, (session.workspace_id, line.note_id)) if line.note_id else None
    return AdjustedShown(
        somebody(session, row.id),
        lot.ledger,
        line.day,
        line.minutes,
        note.text if note else "",
        balance(ledgers.books[lot.ledger], ledgers.today),
        ledgers.day_minutes(ledgers.today),
    )

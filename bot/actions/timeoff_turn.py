"""What the night does to leave: it is earned, carried over and lapses; whoever is to lose some is told in time."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell
from bot.actions.timeoff import Ledgers, ledgers_of, store
from bot.deps import Deps
from bot.domain.permissions import CLOCK, Deed
from bot.domain.timeoff_due import Expiring, expiring
from bot.views import timeoff_told as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.people import member, members
from storage.tables import LeaveLot, Member
from storage.timeoff import lot_of

EXPIRING = "timeoff.expiring"


def turn_ledgers(deps: Deps, workspace_id: str) -> None:
    """Brings every ledger up to today, and warns once of each lot of which something is to lapse.

    Person by person, so that nobody waits for all of them.
    """
    CLOCK.require(Deed.KEEP_LEDGERS)
    with deps.sessions.read(workspace_id) as session:
        found = ledgers_of(session, deps, members(session)).values()
        wanted = [each.member_id for each in found if not each.are_stored or any(_unwarned(each, deps))]
    for member_id in wanted:
        with deps.sessions.write(workspace_id) as session:
            row = member(session, member_id)
            if row is not None:
                ledgers = ledgers_of(session, deps, [row])[member_id]
                store(session, deps, ledgers)
                _warn(session, deps, row, ledgers)


def register_cards(cards: Cards, deps: Deps) -> None:
    """The warning."""

    def load(session: WorkspaceSession, lot_id: UUID | None) -> LeaveLot | None:
        return lot_of(session, lot_id) if lot_id else None

    def draw(lot: LeaveLot, _audience: str, formats: Formats, facts: Facts) -> Message | None:
        if lot.last is None:
            return None
        prefix = deps.settings.command_prefix
        return views.expiring(lot.ledger, lot.last, facts["minutes"], facts["day_minutes"], formats, prefix)

    cards.register(EXPIRING, load, draw)


def _warn(session: WorkspaceSession, deps: Deps, row: Member, ledgers: Ledgers) -> None:
    """Whoever cannot be told is not warned, and where the law asks for that, loses nothing."""
    if row.slack_id is None or row.deactivated_at:
        return
    for each in _unwarned(ledgers, deps):
        lot = lot_of(session, each.lot)
        if lot is None:  # of a later day, and told of when it is there
            continue
        lot.warned_on = ledgers.today
        facts = {"minutes": each.minutes, "day_minutes": ledgers.day_minutes(ledgers.today)}
        key = f"{EXPIRING}:{lot.id}"
        tell(session, deps, to=row.slack_id, card=EXPIRING, key=key, subject=lot.id, facts=facts)


def _unwarned(ledgers: Ledgers, deps: Deps) -> Iterator[Expiring]:
    """What lapses soon, and nobody was told of."""
    until = ledgers.today + timedelta(days=ledgers.terms.told_ahead)
    for name, book in ledgers.books.items():
        warned = {each.id for each in book.lots if each.warned_on}
        coming = expiring(book, ledgers.plan(name, book), ledgers.today, until, deps.new_id)
        yield from (each for each in coming if each.lot not in warned)

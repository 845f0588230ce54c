"""The card of shifts that need an owner because theirs has left: what it shows, and who has it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from bot.actions import covers_declined
from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.actions.unowned import Offer, Stint, offers_of, stints_of, who_could
from bot.deps import Deps
from bot.domain.departures import DepartureShown, Owned
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.unowned import Unowned
from bot.views import departures as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.covers import covers_of_shifts
from storage.db import WorkspaceSession
from storage.departures import departure, departures_ahead
from storage.shifts import assignments_of, queue_of_shift
from storage.tables import Assignment, Departure

CARD = "departure"
# More would be a wall of text; the next show as soon as one of these has an owner.
MOST_SHOWN = 8
_MOST_NAMED = 3


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card of a departure."""
    cards.register(CARD, loader(deps), _draw_card)


def loader(deps: Deps) -> Callable[[WorkspaceSession, UUID | None], DepartureShown | None]:
    """Loads a departure by id as it is now; None if there is none."""

    def load(session: WorkspaceSession, subject: UUID | None) -> DepartureShown | None:
        row = departure(session, subject) if subject else None
        return load_departure(session, row, deps.clock()) if row else None

    return load


def show(session: WorkspaceSession, deps: Deps, row: Departure) -> None:
    """Gives the coordinators the card."""
    for lane in lanes_of(session, row):
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=key_of(row, lane))


def lanes_of(session: WorkspaceSession, row: Departure) -> list[str]:
    """The coordinators' channel, or the coordinators."""
    return approver_lanes(session, None, {row.member_id})


def key_of(row: Departure, lane: str) -> str:
    """What makes it the same card there."""
    return f"{CARD}:{row.id}:{lane}"


def renew(session: WorkspaceSession, deps: Deps, shift_ids: Iterable[UUID]) -> None:
    """Has the cards show anew on which any of these shifts is."""
    wanted = set(shift_ids)
    for row in departures_ahead(session, deps.clock()):
        if any(each.shift_id in wanted for each in stints_of(row)):
            touch(session, deps, CARD, row.id)


def load_departure(session: WorkspaceSession, row: Departure, now: datetime) -> DepartureShown:
    """A departure as of an instant."""
    ahead = worked_ahead(session, row, now)
    offers, unowned = offers_of(session, ahead), [each for each in ahead if each.member_id is None]
    return DepartureShown(
        row.id,
        somebody(session, row.member_id),
        now,
        tuple(_unowned(session, each, offers.get(each.id), now) for each in unowned[:MOST_SHOWN]),
        len(unowned[MOST_SHOWN:]),
        tuple(owned(session, each) for each in ahead if each.member_id not in (None, row.member_id)),
        sum(each.id not in offers for each in unowned),
        row.returned_at is not None,
    )


def worked_ahead(session: WorkspaceSession, row: Departure, now: datetime) -> list[Assignment]:
    """Who works now, by assignments in force that have not begun, what somebody had before they left; in order."""
    had = stints_of(row)
    rows = assignments_of(session, {each.shift_id for each in had})
    found = [each for each in rows if each.start > now and any(_is_of(each, stint) for stint in had)]
    return sorted(found, key=lambda each: (each.start, each.end, each.id))


def _unowned(session: WorkspaceSession, row: Assignment, offer: Offer | None, now: datetime) -> Unowned:
    taker = offer.taker_id if offer else None
    interval, queue = Interval(row.start, row.end), queue_of_shift(session, row.shift_id)
    declined, refused = turned_down(session, row)
    those = frozenset(each.member_id for each in declined)
    return Unowned(
        row.id,
        interval,
        queue.name if queue else None,
        offer.cover.number if offer else None,
        somebody(session, taker) if taker else None,
        () if taker else who_could(session, interval, queue, now, but=those, most=_MOST_NAMED),
        declined=declined,
        refused=refused,
    )


def turned_down(session: WorkspaceSession, row: Assignment) -> tuple[tuple[Somebody, ...], tuple[Somebody, ...]]:
    """Who took what nobody works now, or some of it, and gave it back; and who was not approved."""
    covers = [each for each in covers_of_shifts(session, [row.shift_id]) if each.owner_id is None]
    back, refused = covers_declined.turned_down(session, covers, Interval(row.start, row.end))
    return _there(session, back), _there(session, refused)


def _there(session: WorkspaceSession, member_ids: Iterable[UUID]) -> tuple[Somebody, ...]:
    people = (somebody(session, each) for each in member_ids)
    return tuple(each for each in people if not each.left)


def owned(session: WorkspaceSession, row: Assignment) -> Owned:
    """What somebody works, by an assignment of theirs."""
    assert row.member_id
    queue = queue_of_shift(session, row.shift_id)
    return Owned(Interval(row.start, row.end), queue.name if queue else None, somebody(session, row.member_id))


def _is_of(row: Assignment, stint: Stint) -> bool:
    return row.shift_id == stint.shift_id and stint.interval.overlaps(Interval(row.start, row.end))


def _draw_card(shown: DepartureShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.departure_card(shown, formats)

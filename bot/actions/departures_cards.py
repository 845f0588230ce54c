"""The card of shifts that need an owner because theirs has left: what it shows, and who has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.covers_check import CoverCheck
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.actions.ranking import candidates
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.covers import PartState, State
from bot.domain.departures import DepartureShown, Owned, Ranked, Unowned
from bot.domain.intervals import Interval
from bot.domain.ranking import first, rank
from bot.views import departures as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.covers import covers_of_shifts, parts_of
from storage.db import WorkspaceSession
from storage.departures import departure, departures_ahead
from storage.outbox import message_of_key
from storage.shifts import assignments_of, queue_of_shift
from storage.tables import Assignment, Cover, CoverPart, Departure

CARD = "departure"
NEWS = "departure.news"
# More would be a wall of text; the next show as soon as one of these has an owner.
MOST_SHOWN = 8
_MOST_NAMED = 3
_THEMSELVES = "member"


@dataclass(frozen=True, slots=True)
class Stint:
    """A part of a shift that somebody had before they left."""

    shift_id: UUID
    interval: Interval


@dataclass(frozen=True, slots=True)
class Offer:
    """An open cover of what nobody works, and who waits for approval to take it."""

    cover: Cover
    taker_id: UUID | None


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card of a departure, and what is said when somebody comes back."""

    def load(session: WorkspaceSession, subject: UUID | None) -> DepartureShown | None:
        row = departure(session, subject) if subject else None
        return load_departure(session, row, deps.clock()) if row else None

    cards.register(CARD, load, _draw_card)
    cards.register(NEWS, load, _draw_news)


def show(session: WorkspaceSession, deps: Deps, row: Departure) -> None:
    """Gives the coordinators the card."""
    for lane in _lanes(session, row):
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=_key(row, lane))


def say_back(session: WorkspaceSession, deps: Deps, row: Departure, given: int) -> None:
    """Tells the coordinators, beside the card, and the person of how many shifts are theirs again."""
    person = somebody(session, row.member_id)
    to = dict.fromkeys(_lanes(session, row), "")
    if person.slack_id and given:
        to[person.slack_id] = _THEMSELVES
    for lane, audience in to.items():
        beside = message_of_key(session, _key(row, lane))
        tell(
            session,
            deps,
            to=lane,
            card=NEWS,
            subject=row.id,
            audience=audience,
            key=f"{_key(row, lane)}:back",
            facts={"given": given},
            parent=beside.id if beside else None,
        )


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
        tuple(_owned(session, each) for each in ahead if each.member_id not in (None, row.member_id)),
        sum(each.id not in offers for each in unowned),
        row.returned_at is not None,
    )


def who_could(session: WorkspaceSession, row: Assignment, now: datetime, most: int | None = None) -> Ranked:
    """Who can take all of what nobody works, in the order in which they would be asked; all, or so many."""
    check, interval = CoverCheck(session, now), Interval(row.start, row.end)
    queue = queue_of_shift(session, row.shift_id)
    people = candidates(session, check.parties, interval, now, frozenset())
    least = timedelta(minutes=preferences(session).cover_least_minutes)
    places = first(rank(check.piece(interval, queue), people, now, least=least), most or len(people))
    return tuple((somebody(session, each.person_id), each) for each in places if each.whole)


def worked_ahead(session: WorkspaceSession, row: Departure, now: datetime) -> list[Assignment]:
    """Who works now, by assignments in force that have not begun, what somebody had before they left; in order."""
    had = stints_of(row)
    rows = assignments_of(session, {each.shift_id for each in had})
    found = [each for each in rows if each.start > now and any(_is_of(each, stint) for stint in had)]
    return sorted(found, key=lambda each: (each.start, each.end, each.id))


def stints_of(row: Departure) -> list[Stint]:
    """What somebody had before they left."""
    return [
        Stint(UUID(each["shift"]), Interval(*map(datetime.fromisoformat, (each["start"], each["end"]))))
        for each in row.work
    ]


def _unowned(session: WorkspaceSession, row: Assignment, offer: Offer | None, now: datetime) -> Unowned:
    taker = offer.taker_id if offer else None
    return Unowned(
        row.id,
        Interval(row.start, row.end),
        _queue_name(session, row),
        offer.cover.number if offer else None,
        somebody(session, taker) if taker else None,
        () if taker else who_could(session, row, now, _MOST_NAMED),
    )


def _owned(session: WorkspaceSession, row: Assignment) -> Owned:
    assert row.member_id
    return Owned(Interval(row.start, row.end), _queue_name(session, row), somebody(session, row.member_id))


def _queue_name(session: WorkspaceSession, row: Assignment) -> str | None:
    queue = queue_of_shift(session, row.shift_id)
    return queue.name if queue else None


def _is_of(row: Assignment, stint: Stint) -> bool:
    return row.shift_id == stint.shift_id and stint.interval.overlaps(Interval(row.start, row.end))


def offers_of(session: WorkspaceSession, rows: Iterable[Assignment]) -> dict[UUID, Offer]:
    """How those of the assignments are offered to others that nobody works."""
    unowned = [each for each in rows if each.member_id is None]
    covers = covers_of_shifts(session, {each.shift_id for each in unowned}, [State.OPEN])
    parts = parts_of(session, [each.id for each in covers])
    found: dict[UUID, Offer] = {}
    for row in unowned:
        for cover in covers:
            if cover.owner_id is None and cover.shift_id == row.shift_id and _overlap(cover, row):
                taken = (each for each in parts.get(cover.id, []) if each.state == PartState.NEEDS_APPROVAL)
                takers = [each.taker_id for each in taken if _overlap(each, row)]
                found[row.id] = Offer(cover, takers[0] if takers else None)
    return found


def _overlap(one: Cover | CoverPart, other: Assignment) -> bool:
    return one.start < other.end and other.start < one.end


def _lanes(session: WorkspaceSession, row: Departure) -> list[str]:
    return approver_lanes(session, None, {row.member_id})


def _key(row: Departure, lane: str) -> str:
    return f"{CARD}:{row.id}:{lane}"


def _draw_card(shown: DepartureShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.departure_card(shown, formats)


def _draw_news(shown: DepartureShown, audience: str, _formats: Formats, facts: Facts) -> Message:
    return views.back(shown, facts["given"], to_themselves=audience == _THEMSELVES)

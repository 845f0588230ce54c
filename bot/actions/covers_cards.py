"""The cards of covers: what each shows."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.coverage_effect import Effects
from bot.actions.covers_turn import life_of
from bot.actions.people import somebody
from bot.domain.coverage_effect import Moves, Stand
from bot.domain.covers import PartState, State
from bot.domain.covers_shown import (
    Audience,
    CoverShown,
    News,
    OfferShown,
    PartShown,
    Seat,
    member_asked,
)
from bot.domain.intervals import Interval
from bot.domain.places import from_document as read_place
from bot.domain.shifts import Somebody
from bot.domain.swaps_review import from_document as read_review
from bot.views import covers as views
from bot.views.blocks import Message
from bot.views.covers_news import cover_news
from bot.views.covers_review import part_card
from bot.views.formats import Formats
from storage.covers import covers_by_id, named_by, offers_of_covers, part, parts_of
from storage.db import WorkspaceSession
from storage.shifts import queue_of_shift
from storage.swaps import note_text
from storage.tables import Cover, CoverOffer, CoverPart, Shift

CARD = "cover"
PART = "cover.part"
NEWS = "cover.news"


def register_cards(cards: Cards) -> None:
    """The card of a cover, that of each part for approvers, and what is said beside them."""
    cards.register(CARD, load_with_effect, _draw_card)
    cards.register(PART, load_part, _draw_part)
    cards.register(NEWS, load_cover, _draw_news)


def load_cover(session: WorkspaceSession, cover_id: UUID | None) -> CoverShown | None:
    """A cover as it stands now; None if there is none."""
    return load_covers(session, [cover_id]).get(cover_id) if cover_id else None


def load_with_effect(session: WorkspaceSession, cover_id: UUID | None) -> CoverShown | None:
    """The same; of an open shift also what it does, where it is known how many are needed, that it is taken."""
    shown = load_cover(session, cover_id)
    if shown is None or shown.owner or shown.state is not State.OPEN or not shown.open_parts:
        return shown
    taken = Moves(there=[Stand(each, shown.queue) for each in shown.open_parts])
    found = Effects(session).of(shown.open_parts, taken).summaries
    return replace(shown, effect=tuple(each for each in found if each.changes and each.worst.required))


def load_covers(session: WorkspaceSession, cover_ids: Collection[UUID]) -> dict[UUID, CoverShown]:
    """The same of several, read at once."""
    rows = covers_by_id(session, cover_ids)
    parts, offers = parts_of(session, rows), offers_of_covers(session, rows)
    with named_by(session, rows.values(), chain(*parts.values()), chain(*offers.values())):
        return {
            each: _shown(session, row, parts.get(each, ()), offers.get(each, ())) for each, row in rows.items()
        }


def load_part(session: WorkspaceSession, part_id: UUID | None) -> tuple[CoverShown, PartShown] | None:
    """A part that somebody took, and the cover that it is of; None if there is none."""
    row = part(session, part_id) if part_id else None
    shown = load_cover(session, row.cover_id) if row else None
    return (shown, _part_shown(shown, part_id)) if shown and part_id else None


def seat_at(shown: CoverShown, audience: str) -> Seat:
    """From where an audience looks at it."""
    if member_id := member_asked(audience):
        known = {each.member.member_id: each.member for each in shown.asked}
        known |= {each.taker.member_id: each.taker for each in shown.parts}
        return Seat(known.get(member_id), may_take=True)
    readers = {Audience.OWNER: shown.owner, Audience.PROXY: shown.entered_by}
    reader = readers.get(Audience(audience))
    return Seat(reader, acts_for_owner=reader is not None, may_give=audience == Audience.LEAD)


def _shown(
    session: WorkspaceSession, row: Cover, parts: Sequence[CoverPart], offers: Sequence[CoverOffer]
) -> CoverShown:
    asked = {each.member_id: _offer(session, each) for each in offers}
    shift = session.get_one(Shift, (session.workspace_id, row.shift_id))
    queue = queue_of_shift(session, row.shift_id)
    return CoverShown(
        row.id,
        row.number,
        State(row.state),
        _person(session, row.owner_id),
        Interval(row.start, row.end),
        Interval(shift.start, shift.end),
        queue.name if queue else None,
        life_of(row, parts).open_parts,
        tuple(_part(session, each, asked.get(each.taker_id)) for each in parts),
        tuple(asked.values()),
        row.opened_at,
        row.expires_at,
        row.next_wave_at,
        note_text(session, row.note_id),
        _person(session, row.entered_by_id),
        _person(session, row.ended_by_id),
    )


def _person(session: WorkspaceSession, member_id: UUID | None) -> Somebody | None:
    return somebody(session, member_id) if member_id else None


def _offer(session: WorkspaceSession, row: CoverOffer) -> OfferShown:
    return OfferShown(
        somebody(session, row.member_id),
        row.wave,
        read_place(row.member_id, row.why),
        row.asked_at,
        row.answer is not None,
        note_text(session, row.reason_id),
    )


def _part(session: WorkspaceSession, row: CoverPart, asked: OfferShown | None) -> PartShown:
    return PartShown(
        row.id,
        somebody(session, row.taker_id),
        Interval(row.start, row.end),
        PartState(row.state),
        read_review(row.review),
        row.taken_at,
        row.settled_at,
        asked.place if asked else None,
        _person(session, row.decided_by_id),
        note_text(session, row.reason_id),
        _person(session, row.entered_by_id),
        _person(session, row.ended_by_id),
        row.undo_wanted_by_id,
    )


def _part_shown(shown: CoverShown, part_id: UUID) -> PartShown:
    return next(each for each in shown.parts if each.id == part_id)


def _draw_card(shown: CoverShown, audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.cover_card(shown, seat_at(shown, audience), formats)


def _draw_part(found: tuple[CoverShown, PartShown], _audience: str, formats: Formats, _facts: Facts) -> Message:
    shown, taken = found
    return part_card(shown, taken, formats)


def _draw_news(shown: CoverShown, _audience: str, formats: Formats, facts: Facts) -> Message | None:
    """None where it was taken before somebody could be told that it is open again."""
    news, taken = News(facts["news"]), _part_shown(shown, UUID(facts["part"])) if facts["part"] else None
    if taken and news is News.OPEN_AGAIN and not any(each.overlaps(taken.interval) for each in shown.open_parts):
        return None
    return cover_news(shown, news, formats, taken)

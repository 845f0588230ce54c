"""Who is shown a cover, and who is told what of it."""

from collections.abc import Iterable
from uuid import UUID

from bot.actions import covers_batch
from bot.actions.announced import where
from bot.actions.approvers import approver_lanes
from bot.actions.cards import Facts
from bot.actions.contact import silent
from bot.actions.covers_cards import CARD, NEWS, PART
from bot.actions.covers_turn import Turn
from bot.actions.departures_news import say_declined
from bot.actions.outbox import tell, touch
from bot.actions.unowned_cards import renew
from bot.domain.announcements import Kind
from bot.domain.covers import PartState, State
from bot.domain.covers_shown import Audience, News, asked, member_asked
from bot.domain.intervals import Interval
from bot.domain.permissions import Role
from bot.domain.places import from_document
from storage.covers import offers_of
from storage.outbox import Priority, end_unsent, message_about, message_of_key, revive_unsent
from storage.people import holders, member
from storage.tables import CoverOffer, CoverPart

_DECLINED = frozenset({News.GIVEN_UP, News.REFUSED, News.UNDONE})


def show(turn: Turn, *audiences: str, priority: Priority = Priority.CARD) -> None:
    """Gives each of the audiences the card, and has all that they have of it show the cover as it is now.

    The floor has one as soon as it is final and somebody covers. Who was asked and could not be told yet is told
    no more once nothing is left to take.
    """
    session, deps, row = turn.session, turn.deps, turn.row
    touch(session, deps, CARD, row.id)
    for taken in turn.parts:
        touch(session, deps, PART, taken.id)
    if row.owner_id is None:
        renew(session, deps, [row.shift_id])
        covers_batch.renew(session, deps, row)
    confirmed = any(each.state == PartState.CONFIRMED for each in turn.parts)
    final = [Audience.FLOOR] if confirmed and row.state != State.OPEN else []
    for audience in (*audiences, *final):
        for lane in _lanes(turn, audience):
            key = _key(turn, audience, lane)
            until = row.expires_at if member_asked(audience) else None
            tell(
                session,
                deps,
                to=lane,
                card=CARD,
                subject=row.id,
                audience=audience,
                key=key,
                priority=priority,
                expires_at=until,
            )
    _end_offers(turn)


def show_approvers(turn: Turn, taken: CoverPart) -> None:
    """Gives those who decide it the card of a part."""
    for lane in _lanes(turn, Audience.APPROVERS, taken):
        tell(
            turn.session,
            turn.deps,
            to=lane,
            card=PART,
            subject=taken.id,
            audience=Audience.APPROVERS,
            key=_part_key(taken, lane),
        )


def say(
    turn: Turn,
    news: News,
    *audiences: str,
    part: CoverPart | None = None,
    but: UUID | None = None,
    priority: Priority = Priority.CARD,
) -> None:
    """Tells the audiences what has happened, each beside their card; ``but`` is the member who knows.

    A channel hears of it only where the cover was announced, who opened it only where it has a card of its own.
    """
    about = part.id if part else turn.row.wave
    facts = {"news": news, "part": str(part.id) if part else None}
    for audience in audiences:
        reply(turn, audience, NEWS, f"{news}:{about}", facts, but=but, priority=priority)
    if part and news in _DECLINED:
        _say_open_again(turn, part)
    if part and turn.was_given and news in _DECLINED and part.ended_by_id in (None, part.taker_id):
        say_declined(turn.session, turn.deps, turn.row, part)


def reply(
    turn: Turn,
    audience: str,
    card: str,
    name: str,
    facts: Facts,
    *,
    part: CoverPart | None = None,
    but: UUID | None = None,
    priority: Priority = Priority.CARD,
) -> None:
    """Posts another card beside that of the cover, or for approvers of the part, once by its name.

    In a channel of the floor, and to who entered it, only where they have that.
    """
    for lane in _lanes(turn, audience, part, but):
        key = _key(turn, audience, lane)
        beside = message_of_key(
            turn.session, _part_key(part, lane) if part and audience == Audience.APPROVERS else key
        )
        if audience in (Audience.FLOOR, Audience.PROXY) and beside is None:
            continue
        tell(
            turn.session,
            turn.deps,
            to=lane,
            card=card,
            subject=turn.row.id,
            audience=audience,
            key=f"{key}:{name}",
            facts=facts,
            priority=priority,
            parent=beside.id if beside else None,
        )


def _say_open_again(turn: Turn, part: CoverPart) -> None:
    """Whoever was asked before hears that a part can be taken again, but who cannot or has just had it.

    Whom nobody could tell that they are asked, and who then needed not to be, is asked now.
    """
    session, row = turn.session, turn.row
    released = Interval(part.start, part.end)
    again = [each for left in turn.life.open_parts if (each := left.intersection(released))]
    if not again:
        return
    over = [each for each in turn.life.parts if not each.is_held]
    had = {each.taker for each in over if any(each.interval.overlaps(one) for one in again)}
    waiting = [
        asked(each.member_id)
        for each in offers_of(session, row.id)
        if each.answer is None and each.member_id not in had and _fits(each, again)
    ]
    revive_unsent(session, CARD, row.id, waiting, row.expires_at, turn.deps.clock())
    facts = {"news": News.OPEN_AGAIN, "part": str(part.id)}
    for audience in waiting:
        for lane in _lanes(turn, audience):
            card = message_of_key(session, _key(turn, audience, lane))
            if card and card.ts:
                reply(turn, audience, NEWS, f"{News.OPEN_AGAIN}:{part.id}", facts)


def _fits(offer: CoverOffer, again: Iterable[Interval]) -> bool:
    """Whether somebody was asked for any of it."""
    place = from_document(offer.member_id, offer.why)
    return any(place.whole or each.overlaps(place.piece.interval) for each in again)


def _end_offers(turn: Turn) -> None:
    row = turn.row
    takers = {each.taker_id for each in turn.parts}
    others = [asked(each.member_id) for each in offers_of(turn.session, row.id) if each.member_id not in takers]
    until = row.expires_at if turn.life.open_parts else turn.deps.clock()
    end_unsent(turn.session, CARD, row.id, others, until)


def _lanes(turn: Turn, audience: str, part: CoverPart | None = None, but: UUID | None = None) -> list[str]:
    """The people or the channel that an audience is; nobody where there is no account or channel."""
    session, row = turn.session, turn.row
    people = {Audience.OWNER: row.owner_id, Audience.PROXY: row.entered_by_id}
    if (member_id := member_asked(audience)) or audience in people:
        person_id = member_id or people[Audience(audience)]
        person = member(session, person_id) if person_id and person_id != but else None
        return [person.slack_id] if person and person.slack_id and not person.deactivated_at else []
    if audience == Audience.FLOOR:
        announced = message_about(session, CARD, row.id, Audience.FLOOR)
        confirmed = {each.taker_id for each in turn.parts if each.state == PartState.CONFIRMED}
        parties = filter(None, {row.owner_id, *confirmed})
        channel = announced.lane if announced else where(session, Kind.COVER, *parties)
        return [channel] if channel else []
    if audience == Audience.LEAD:
        leads = holders(session, Role.LEAD, turn.team_id) if turn.team_id else []
        now = turn.deps.clock()
        not_asked = {row.owner_id, *silent(session, now)}
        found = [each.slack_id for each in leads if each.slack_id and each.id not in not_asked]
        return found or approver_lanes(session, turn.team_id, {row.owner_id}, now)
    concerned = {row.owner_id, row.entered_by_id, *((part.taker_id, part.entered_by_id) if part else ())}
    return approver_lanes(session, turn.team_of(part) if part else turn.team_id, concerned)


def _key(turn: Turn, audience: str, lane: str) -> str:
    return f"{CARD}:{turn.row.id}:{audience}:{lane}"


def _part_key(part: CoverPart, lane: str) -> str:
    return f"{PART}:{part.id}:{lane}"

"""Who is asked next to take a cover: a few at a time, in the last hour all who may be asked at any hour."""

from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from bot.actions.covers_cards import CARD
from bot.actions.covers_check import CoverCheck
from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Turn
from bot.actions.ranking import candidates
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.wishes import wishes_of
from bot.deps import Deps
from bot.domain.covers import State
from bot.domain.covers_shown import Audience, News, asked
from bot.domain.intervals import Interval
from bot.domain.permissions import CLOCK, Deed
from bot.domain.places import to_document
from bot.domain.ranking import Place, rank
from storage.covers import covers_due, offers_of
from storage.outbox import Priority, hurry
from storage.people import members_by_id
from storage.tables import Cover, CoverOffer

# From then on there is no time to ask one after another.
EMERGENCY = timedelta(hours=1)


def ask_due(deps: Deps, workspace_id: str) -> None:
    """Asks the next people for each cover whose turn it is, one by one."""
    CLOCK.require(Deed.TURN_COVER)
    with deps.sessions.read(workspace_id) as session:
        due = [row.id for row in covers_due(session, [State.OPEN], deps.clock())]
    for cover_id in due:
        with deps.sessions.write(workspace_id) as session:
            turn = Turn.of(session, deps, CLOCK, cover_id)
            row = turn.row
            # Another process may have been here since.
            if row.next_wave_at and row.next_wave_at <= deps.clock():
                people = [str(each) for each in ask(turn)]
                record(session, deps, CLOCK, "cover.ask", ("cover", row.id), None, {"asked": people}, row.number)


def ask(turn: Turn, but: frozenset[UUID] = frozenset()) -> tuple[UUID, ...]:
    """Asks the next people, ``but`` none of these; who they are, in the order of the ranking.

    Where nobody is left the owner is told so, and within the last hour the lead of their team.
    """
    row, now, preferred = turn.row, turn.deps.clock(), _preferences(turn)
    emergency = now >= _last_call(row)
    places = _next(turn, preferred, but, emergency=emergency)
    _write(turn, places)
    row.next_wave_at = _next_at(row, preferred, now, found=bool(places))
    if emergency:
        _hurry(turn)
    people = tuple(each.person_id for each in places)
    show(turn, *map(asked, people), priority=Priority.PRESS if emergency else Priority.CARD)
    if emergency:
        show(turn, Audience.LEAD, priority=Priority.PRESS)
        say(turn, News.EMERGENCY, Audience.LEAD, priority=Priority.PRESS)
    elif not places:
        say(turn, News.NOBODY_LEFT, Audience.OWNER, Audience.PROXY)
    return people


def _next(turn: Turn, preferred: Preferences, but: frozenset[UUID], *, emergency: bool) -> tuple[Place, ...]:
    """The next places, those for the longest part that is open first; in an emergency all at once."""
    session, row, now = turn.session, turn.row, turn.deps.clock()
    known = {each.member_id for each in offers_of(session, row.id)} | {each.taker_id for each in turn.parts}
    known |= {each for each in (row.owner_id, row.entered_by_id) if each} | but
    check = CoverCheck(session, now)
    within = Interval(row.start, row.end)
    people = candidates(session, check.parties, within, now, known, emergency=emergency)
    parts = sorted(turn.life.open_parts, key=lambda each: (-each.length, each.start))
    least = timedelta(minutes=preferred.cover_least_minutes)
    ranked = (rank(check.piece(each, turn.queue), people, now, least=least) for each in parts)
    by_person: dict[UUID, Place] = {}
    for place in chain.from_iterable(ranked):
        by_person.setdefault(place.person_id, place)
        if len(by_person) == preferred.cover_wave_size and not emergency:
            break
    return tuple(by_person.values())


def _write(turn: Turn, places: tuple[Place, ...]) -> None:
    row, before = turn.row, len(offers_of(turn.session, turn.row.id))
    row.wave += 1
    turn.session.add_all(
        CoverOffer(
            workspace_id=row.workspace_id,
            cover_id=row.id,
            member_id=place.person_id,
            wave=row.wave,
            place=number,
            why=to_document(place),
            asked_at=turn.deps.clock(),
        )
        for number, place in enumerate(places, before + 1)
    )
    turn.session.flush()


def _hurry(turn: Turn) -> None:
    """Whoever may be asked at any hour need not wait for the end of their quiet hours any more."""
    session = turn.session
    silent = [each.member_id for each in offers_of(session, turn.row.id) if each.answer is None]
    wishes = wishes_of(session, members_by_id(session, silent).values())
    audiences = [asked(member_id) for member_id, wish in wishes.items() if wish.at_any_hour]
    hurry(session, CARD, turn.row.id, audiences, turn.deps.clock())


def _next_at(row: Cover, preferred: Preferences, now: datetime, *, found: bool) -> datetime | None:
    last = _last_call(row)
    if now >= last:
        return None
    return min(now + timedelta(minutes=preferred.cover_wave_minutes), last) if found else last


def _last_call(row: Cover) -> datetime:
    return row.start - EMERGENCY


def _preferences(turn: Turn) -> Preferences:
    return preferences(turn.session, f"team:{turn.team_id}" if turn.team_id else WORKSPACE)

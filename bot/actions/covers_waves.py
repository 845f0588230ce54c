"""Who is asked next to take a cover: a few at a time, in the last hour all who may be asked at any hour."""

from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from bot.actions.covers_cards import CARD
from bot.actions.covers_check import CoverCheck
from bot.actions.covers_declined import turned_down
from bot.actions.covers_tell import say, show
from bot.actions.covers_turn import Turn
from bot.actions.ranking import candidates
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.wishes import wishes_of
from bot.deps import Deps
from bot.domain.covers import EMERGENCY, MOST_ASKED, State
from bot.domain.covers_shown import Audience, News, asked
from bot.domain.intervals import Interval
from bot.domain.permissions import CLOCK, Deed
from bot.domain.places import to_document
from bot.domain.ranking import Place, rank
from storage.covers import asked_often, covers_due, covers_of_shifts, offers_of
from storage.outbox import Priority, hurry, lanes_behind
from storage.people import members, members_by_id
from storage.tables import Cover, CoverOffer


def ask_due(deps: Deps, workspace_id: str) -> None:
    """Asks the next people for each cover whose turn it is, one by one."""
    CLOCK.require(Deed.TURN_COVER)
    with deps.sessions.read(workspace_id) as session:
        due = [row.id for row in covers_due(session, [State.OPEN], deps.clock())]
    for cover_id in due:
        with deps.sessions.write(workspace_id) as session:
            turn = Turn.of(session, deps, CLOCK, cover_id)
            row = turn.row
            if row.next_wave_at is None or row.next_wave_at > deps.clock():
                continue  # Another process has been here since.
            if people := [str(each) for each in ask(turn)]:
                record(session, deps, CLOCK, "cover.ask", ("cover", row.id), None, {"asked": people}, row.number)


def ask(turn: Turn, but: frozenset[UUID] = frozenset(), check: CoverCheck | None = None) -> tuple[UUID, ...]:
    """Asks the next people, ``but`` these only where there is nobody else; who they are, in the ranking's order.

    ``check`` is the one that several turns have in common. Whoever was asked for enough of late is spared until
    the next turn. Where nobody is left the owner is told so, and within the last hour the lead of their team.
    """
    row, now, preferred = turn.row, turn.deps.clock(), _preferences(turn)
    emergency, check = now >= _last_call(row), check or CoverCheck(turn.session, now)
    busy = frozenset[UUID]() if emergency else _busy(turn, preferred)
    places = _next(turn, check, preferred, busy | but, emergency=emergency)
    if not places and but - busy:
        places = _next(turn, check, preferred, busy, emergency=emergency)
    if not places and busy and _next(turn, check, preferred, frozenset(), emergency=emergency):
        _put_off(turn, preferred)
        return ()
    _write(turn, places)
    row.next_wave_at = _next_at(row, preferred, now, found=bool(places))
    if emergency:
        _hurry(turn)
    people = tuple(each.person_id for each in places)
    show(turn, *map(asked, people), priority=Priority.PRESS if emergency else Priority.OFFER)
    if emergency:
        show(turn, Audience.LEAD, priority=Priority.PRESS)
        say(turn, News.EMERGENCY, Audience.LEAD, priority=Priority.PRESS)
    if not places and (not emergency or row.wave == 1):
        say(turn, News.NOBODY_LEFT, Audience.OWNER, Audience.PROXY)
    return people


def ask_only(turn: Turn, place: Place, priority: Priority) -> None:
    """Asks this person, and nobody after them."""
    _write(turn, (place,))
    turn.row.next_wave_at = None
    show(turn, asked(place.person_id), priority=priority)


def ask_these(turn: Turn, places: tuple[Place, ...]) -> None:
    """Asks these people besides those who are asked by turns, if any are."""
    _write(turn, places)
    priority = Priority.PRESS if turn.deps.clock() >= _last_call(turn.row) else Priority.OFFER
    show(turn, *(asked(each.person_id) for each in places), priority=priority)


def _next(
    turn: Turn, check: CoverCheck, preferred: Preferences, but: frozenset[UUID], *, emergency: bool
) -> tuple[Place, ...]:
    """The next places, those for the longest part that is open first; in an emergency all at once."""
    session, row, now = turn.session, turn.row, turn.deps.clock()
    known = {each.member_id for each in offers_of(session, row.id)} | {each.taker_id for each in turn.parts}
    known |= {each for each in (row.owner_id, row.entered_by_id) if each} | but
    within = Interval(row.start, row.end)
    known.update(*turned_down(session, covers_of_shifts(session, [row.shift_id]), within))
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


def _put_off(turn: Turn, preferred: Preferences) -> None:
    """Whoever could take it has enough to answer: they are asked when the next turn comes."""
    row = turn.row
    # It is offered, if to nobody yet: see what becomes of one for which nobody is ever asked.
    row.wave = max(row.wave, 1)
    row.next_wave_at = _next_at(row, preferred, turn.deps.clock(), found=True)
    show(turn)


def _busy(turn: Turn, preferred: Preferences) -> frozenset[UUID]:
    """Who has been asked for enough covers of late, or is still to read of as many."""
    session, now = turn.session, turn.deps.clock()
    behind = lanes_behind(session, CARD, MOST_ASKED, now)
    waiting = {each.id for each in members(session) if each.slack_id in behind} if behind else set()
    since = now - timedelta(minutes=preferred.cover_wave_minutes)
    return frozenset(waiting | asked_often(session, since, MOST_ASKED))


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

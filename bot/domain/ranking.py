"""Who can step in for a piece of work, in the order in which they are asked.

Legal first, those for whom all of it is before those for whom a part is; then those who opted in; then the
smallest extra hours against the contract's; then fairness; then who was asked longest ago; then the closest
skills.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain, islice
from uuid import UUID

from bot.domain.fairness import Burden, Hardship, hardships
from bot.domain.intervals import Interval, subtract
from bot.domain.rules import Effect, Policy, RuleId
from bot.domain.rules_check import findings
from bot.domain.rules_cost import cost_of
from bot.domain.rules_work import Change, Person, Piece, Work
from bot.domain.wishes import Asking, Wish

LEAST = timedelta(hours=1)
_NEVER = datetime.min.replace(tzinfo=UTC)
# Whoever has no contract's hours on record is compared as if they worked full time.
_FULL_TIME = 40 * 60
_MINUTE = timedelta(minutes=1)
_STEP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be asked: what holds for them, all their work, and what they have had and said so far.

    ``holidays`` are those where they are. ``last_asked`` None: never.
    """

    person: Person
    policy: Policy
    work: Work
    wish: Wish = field(default_factory=Wish)
    burden: Burden = field(default_factory=Burden)
    last_asked: datetime | None = None
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Why somebody is where they are.

    ``piece`` is what they can work, ``whole`` whether that is all of it. ``share`` is what it adds in percent of
    the contract's hours a week; ``assumed``: as if they worked full time, since no hours are on record.
    ``hardships`` is what the shift is, ``had`` how often they had that in a year. ``spare`` are skills of theirs
    that it has no use for. ``overtime`` and ``premium`` are the minutes of each that it would be for them.
    """

    person_id: UUID
    piece: Piece
    whole: bool
    asking: Asking
    share: int
    hardships: frozenset[Hardship]
    had: int
    last_asked: datetime | None
    spare: int
    assumed: bool = False
    overtime: int = 0
    premium: int = 0


def rank(
    piece: Piece, candidates: Sequence[Candidate], now: datetime, *, least: timedelta = LEAST
) -> Iterator[Place]:
    """Those who can step in, first the first to be asked; whoever never wants to be asked is left out.

    What it takes to check somebody is spent when their place is asked for. ``least`` is the shortest part that is
    worth a journey, unless the piece itself is shorter.
    """
    willing = [each for each in candidates if each.wish.answers(piece, each.person.zone) is not Asking.NEVER]
    ordered = sorted((_place(each, piece, piece, now) for each in willing), key=_order)
    by_id = {each.person.id: each for each in willing}
    partly: list[Candidate] = []
    for place in ordered:
        candidate = by_id[place.person_id]
        if is_legal(candidate, piece, now):
            yield _with_cost(candidate, place)
        else:
            partly.append(candidate)
    parts = ((each, _longest(each, piece, now, least)) for each in partly)
    places = sorted((_place(candidate, part, piece, now) for candidate, part in parts if part), key=_order)
    yield from (_with_cost(by_id[each.person_id], each) for each in places)


def fill(pieces: Iterable[Piece], candidates: Sequence[Candidate], now: datetime) -> dict[Piece, Place]:
    """Who would step in for several pieces at once, each whole; a piece that nobody can work is missing.

    The scarcest piece is filled first, always by the first of the ranking, who then has more work.
    """
    standing = {each.person.id: each for each in candidates}
    scarce = sorted(pieces, key=lambda each: (sum(is_legal(one, each, now) for one in candidates), each.order))
    filled: dict[Piece, Place] = {}
    for piece in scarce:
        place = next(rank(piece, list(standing.values()), now), None)
        if place and place.whole:
            candidate = standing[place.person_id]
            standing[place.person_id] = replace(candidate, work=candidate.work.changed((piece,), ()))
            filled[piece] = place
    return filled


def first(places: Iterable[Place], number: int, but: frozenset[UUID] = frozenset()) -> tuple[Place, ...]:
    """The first of the places, without those people who were asked already."""
    return tuple(islice((each for each in places if each.person_id not in but), number))


def is_legal(candidate: Candidate, piece: Piece, now: datetime) -> bool:
    """Whether nothing denies somebody the piece."""
    if _is_out_of_question(candidate, piece):
        return False
    change = Change.of(candidate.person, candidate.work, gained=(piece,))
    return not any(each.denies for each in findings(change, candidate.policy, now))


def _is_out_of_question(candidate: Candidate, piece: Piece) -> bool:
    """What most fail by, asked first: who works then anyway, or has not the skills, needs no whole check."""

    def denies(rule: RuleId) -> bool:
        setting = candidate.policy.settings.get(rule)
        return setting is not None and setting.effect is Effect.DENY

    if denies(RuleId.SKILL) and not piece.skills <= candidate.person.skills:
        return True
    near = candidate.work.blocks_near(piece.interval)
    return denies(RuleId.OVERLAP) and any(each.overlaps(piece.interval) for each in near)


def _place(candidate: Candidate, piece: Piece, whole: Piece, now: datetime) -> Place:
    person = candidate.person
    hard = hardships(piece.interval, person.zone, candidate.holidays, now)
    minutes = piece.interval.length / _MINUTE
    return Place(
        person.id,
        piece,
        piece == whole,
        candidate.wish.answers(whole, person.zone),
        round(100 * minutes / (person.weekly_minutes or _FULL_TIME)),
        hard,
        candidate.burden.of(hard),
        candidate.last_asked,
        len(person.skills - piece.skills),
        assumed=not person.weekly_minutes,
    )


def _with_cost(candidate: Candidate, place: Place) -> Place:
    change = Change.of(candidate.person, candidate.work, gained=(place.piece,))
    cost = cost_of(change, candidate.policy)
    return replace(place, overtime=cost.overtime, premium=cost.premium)


def _order(place: Place) -> tuple[object, ...]:
    opted_in = place.asking is Asking.GLADLY
    return not opted_in, place.share, place.had, place.last_asked or _NEVER, place.spare, place.person_id


def _longest(candidate: Candidate, piece: Piece, now: datetime, least: timedelta) -> Piece | None:
    """The longest part that is legal, cut at one end only to steps of ``_STEP``; None where none is worth it."""
    taken = chain(candidate.work.blocks_near(piece.interval), candidate.person.absences)
    best: Piece | None = None
    for free in subtract(piece.interval, taken):
        for late in (True, False):
            part = _cut(candidate, replace(piece, interval=free), now, least, late=late)
            if part and (best is None or part.interval.length > best.interval.length):
                best = part
    return best


def _cut(candidate: Candidate, piece: Piece, now: datetime, least: timedelta, *, late: bool) -> Piece | None:
    """As much of the piece as is legal where it may begin later or end earlier; less work is never less legal."""
    start, end = piece.interval.start, piece.interval.end
    most = (piece.interval.length - least) // _STEP

    def shorter(steps: int) -> Piece:
        by = steps * _STEP
        return replace(piece, interval=Interval(start + by, end) if late else Interval(start, end - by))

    steps = bisect_left(range(most + 1), True, key=lambda each: is_legal(candidate, shorter(each), now))
    return shorter(steps) if steps <= most else None

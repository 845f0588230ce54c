"""Whether somebody can work a piece at all: skills, queues, absences, other work, the past."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from bot.domain.intervals import merge, subtract
from bot.domain.rules_measured import ONE_HOUR, Breach, Check
from bot.domain.rules_work import Accommodation, Piece


def active(check: Check) -> Iterator[Breach]:
    """Who left works nothing more."""
    if not check.change.person.active and check.change.gained:
        yield Breach()


def future(check: Check) -> Iterator[Breach]:
    """What has begun is not exchanged any more."""
    for piece in (*check.change.lost, *check.change.gained):
        if piece.interval.start <= check.now:
            yield Breach(piece.interval)


def overlap(check: Check) -> Iterator[Breach]:
    """What is gained overlaps nothing that is kept, nor one another."""
    change = check.change
    for piece in change.gained:
        for block in change.kept.blocks_near(piece.interval):
            if shared := piece.interval.intersection(block):
                yield Breach(shared)
    for one, other in combinations(change.gained, 2):
        if shared := one.interval.intersection(other.interval):
            yield Breach(shared)


def skill(check: Check) -> Iterator[Breach]:
    """Whoever works a piece has each skill that it takes; a language is one."""
    for piece in check.change.gained:
        for missing in sorted(piece.skills - check.change.person.skills):
            yield Breach(piece.interval, what=missing)


def queue(check: Check) -> Iterator[Breach]:
    """Whoever works a piece may work its queue."""
    allowed = check.change.person.queues
    for piece in check.change.gained:
        if piece.queue is not None and allowed is not None and piece.queue not in allowed:
            yield Breach(piece.interval, what=piece.queue)


def absence(check: Check) -> Iterator[Breach]:
    """Nobody works while they are away."""
    for piece in check.change.gained:
        for away in merge(check.change.person.absences):
            if shared := piece.interval.intersection(away):
                yield Breach(shared)


def availability(check: Check) -> Iterator[Breach]:
    """Whoever said when they can work is not given work at other times."""
    windows = check.change.person.availability
    if windows is None:
        return
    for piece in check.change.gained:
        offered = [each for window in windows for each in window.occurrences(piece.interval)]
        for left in subtract(piece.interval, offered):
            yield Breach(left)


def accommodation(check: Check) -> Iterator[Breach]:
    """Nobody is given what an accommodation of theirs excludes."""
    for piece in check.change.gained:
        for each in check.change.person.accommodations:
            if _excludes(each, piece):
                yield Breach(piece.interval, what=each.name)


def minimum_notice(check: Check) -> Iterator[Breach]:
    """A shift changes hands so many hours before it starts, or earlier."""
    for piece in (*check.change.lost, *check.change.gained):
        notice = piece.interval.start - check.now
        if notice < check.hours:
            yield Breach(piece.interval, notice / ONE_HOUR, check.limit)


def _excludes(limit: Accommodation, piece: Piece) -> bool:
    if _same({piece.queue or ""}, limit.queues) or _same(piece.skills, limit.skills):
        return True
    return any(True for window in limit.windows for _ in window.occurrences(piece.interval))


def _same(some: Iterable[str], others: Iterable[str]) -> bool:
    return not {each.casefold() for each in some}.isdisjoint(each.casefold() for each in others)

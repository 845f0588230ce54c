"""What the rules say of an edit by hand: of what people then work, and of who is left on their queues."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.actions.coverage_effect import Effects, LeftBehind
from bot.actions.parties import Parties, side
from bot.actions.shifts_import import ShiftImport
from bot.actions.shifts_write import Stored
from bot.domain.coverage_effect import Moves, Stand
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.parts import Part
from bot.domain.rules import Finding, RuleId
from bot.domain.rules_check import check_change, coverage_findings
from bot.domain.rules_work import Change, Piece
from bot.domain.shifts_import import PlannedShift
from bot.domain.swaps_review import Review, Side
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.shifts import assignments_of, part_of, queue_of_shift
from storage.tables import Member

Work = Mapping[tuple[UUID, str | None], Sequence[Interval]]
"""When somebody works for which queue, by both."""

# That work has begun, or soon does, is in nobody's way who plans it.
_OF_AN_EXCHANGE = {RuleId.FUTURE, RuleId.MINIMUM_NOTICE}


def review_of(session: WorkspaceSession, now: datetime, done: ShiftImport, stored: Stored) -> Review:
    """Every rule that an edit breaks, the heads on queues, and the hours of whoever works otherwise by it."""
    before, after = _work(_before(session, done)), _work(_after(session, done, stored))
    gained, lost = _without(after, before), _without(before, after)
    parties = Parties(session)
    people = members_by_id(session, {worker for worker, _ in (*gained, *lost)})
    left = _left_behind(session, gained, lost, now)
    findings: dict[Finding, None] = {}
    sides: list[Side] = []
    for member in sorted(people.values(), key=lambda row: (row.name, row.id)):
        more, less = (_pieces(parties, member, work) for work in (gained, lost))
        party = parties.party(member, *(each.interval for each in (*more, *less)))
        change = Change.of(party.person, party.work, gained=more, lost=less)
        found = (*check_change(change, party.policy, now), *coverage_findings(left.short, party.policy))
        findings |= dict.fromkeys(each for each in found if each.rule not in _OF_AN_EXCHANGE)
        sides.append(side(party, gained=more, lost=less))
    return Review(tuple(findings), left.summaries, tuple(sides))


def _before(session: WorkspaceSession, done: ShiftImport) -> Iterator[tuple[Part, str | None]]:
    changing = {*(move.known.id for move in done.plan.moved), *(each.id for each in done.plan.removed)}
    for row in assignments_of(session, changing | {*done.aftermath.handed(session)}):
        yield part_of(row), _queue(session, row.shift_id)


def _after(session: WorkspaceSession, done: ShiftImport, stored: Stored) -> Iterator[tuple[Part, str | None]]:
    workers, moved = done.aftermath.outcome.workers, {move.known.id: move.after for move in done.plan.moved}
    for line in done.plan.added:
        yield _as_planned(line.shift, stored), line.shift.queue
    for shift_id, shift in moved.items():
        for part in workers.get(shift_id) or [_as_planned(shift, stored)]:
            yield part, shift.queue
    for shift_id in {*done.aftermath.handed(session)} - moved.keys():
        for part in workers[shift_id]:
            yield part, _queue(session, shift_id)


def _as_planned(shift: PlannedShift, stored: Stored) -> Part:
    return Part(shift.interval, stored.roster[shift.email].id if shift.email else None)


def _queue(session: WorkspaceSession, shift_id: UUID) -> str | None:
    queue = queue_of_shift(session, shift_id)
    return queue.name if queue else None


def _work(parts: Iterable[tuple[Part, str | None]]) -> Work:
    found: defaultdict[tuple[UUID, str | None], list[Interval]] = defaultdict(list)
    for part, queue in parts:
        if part.worker:
            found[part.worker, queue].append(part.interval)
    return {key: merge(intervals) for key, intervals in found.items()}


def _without(work: Work, other: Work) -> Work:
    """What is of the one and not of the other."""
    left = {key: [part for each in work[key] for part in subtract(each, other.get(key, ()))] for key in work}
    return {key: parts for key, parts in left.items() if parts}


def _pieces(parties: Parties, member: Member, work: Work) -> list[Piece]:
    return [
        parties.piece(each, queue)
        for (worker, queue), intervals in work.items()
        if worker == member.id
        for each in intervals
    ]


def _left_behind(session: WorkspaceSession, gained: Work, lost: Work, now: datetime) -> LeftBehind:
    """Where there are fewer on a queue than before; what is over needs nobody any more."""
    gone: defaultdict[UUID, list[Interval]] = defaultdict(list)
    for (worker, _), intervals in lost.items():
        gone[worker] += intervals
    there = [Stand(each, queue, worker) for (worker, queue), intervals in gained.items() for each in intervals]
    ahead = merge(
        Interval(max(each.start, now), each.end) for work in gone.values() for each in work if each.end > now
    )
    found = Effects(session).of(ahead, Moves(gone, there))
    return replace(
        found, summaries=tuple(each for each in found.summaries if each.worst.after < each.worst.before)
    )

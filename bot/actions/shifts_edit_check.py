"""What the rules say of an edit by hand: of what people then work, and of who is left on their queues."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.parties import Parties, side
from bot.actions.shifts_import import ShiftImport
from bot.actions.shifts_write import Stored
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.parts import Part
from bot.domain.rules import Finding, RuleId
from bot.domain.rules_check import Coverage, check_change, coverage_findings
from bot.domain.rules_work import Change, Piece
from bot.domain.shifts_import import PlannedShift
from bot.domain.swaps_coverage import Head, left_behind
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
    coverage = tuple(_coverage(parties, stored, people, gained, lost, now))
    findings: dict[Finding, None] = {}
    sides: list[Side] = []
    for member in sorted(people.values(), key=lambda row: (row.name, row.id)):
        more, less = (_pieces(parties, member, work) for work in (gained, lost))
        party = parties.party(member, *(each.interval for each in (*more, *less)))
        change = Change.of(party.person, party.work, gained=more, lost=less)
        found = (*check_change(change, party.policy, now), *coverage_findings(coverage, party.policy))
        findings |= dict.fromkeys(each for each in found if each.rule not in _OF_AN_EXCHANGE)
        sides.append(side(party, gained=more, lost=less))
    return Review(tuple(findings), coverage, tuple(sides))


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


def _coverage(
    parties: Parties, stored: Stored, people: Mapping[UUID, Member], gained: Work, lost: Work, now: datetime
) -> Iterator[Coverage]:
    """Where there are fewer on a queue than before; what is over needs nobody any more."""
    changes = [
        (*key, each, sign) for sign, work in ((1, gained), (-1, lost)) for key in work for each in work[key]
    ]
    for name in sorted({name for _, name, *_ in changes if name}):
        queue = stored.queues[name.casefold()]
        here = [(people[worker], each, sign) for worker, at, each, sign in changes if at == name]
        for within in merge(Interval(max(each.start, now), each.end) for _, each, _ in here if each.end > now):
            heads = [Head(each, 0.0, sign * parties.weight(row, queue)) for row, each, sign in here]
            for there in parties.on(queue, within):
                weight = parties.weight(there.member, queue)
                heads.append(Head(Interval(there.start, there.end), weight, weight))
            found = left_behind(heads, within, queue.name, parties.needs(queue)[1])
            yield from (each for each in found if each.after < each.before)

"""Who should have a case: those who have the skills and are there in time, whoever has least to do first.

Who speaks the language comes before who does not, and who has the other skills before who has not; who is free
now, or in good time before it is due, before who comes later; agents before those who lead; who stays before who
is about to leave; then the fewest open cases against the share of the time that somebody has for them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from bot.domain.intervals import Interval, subtract

# Whoever goes within that time is about to leave.
LEAVES_WITHIN = timedelta(hours=1)
# Whoever is free so long before a case is due is there in good time.
GOOD_TIME = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a case takes: skills by name, and somebody who is there at ``at`` or comes before it is due.

    ``due_at`` None: it has no deadline, so whoever comes later comes soon enough. ``language`` is that of the
    skills without which nobody can answer at all, if any is.
    """

    at: datetime
    skills: frozenset[str] = frozenset()
    due_at: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who works: their stretches of work in order, what they can, and what they have to do already.

    ``capacity`` is the share of their time that they have for contacts, as far as they have learned by now,
    ``open`` how many live cases are theirs, ``busy`` their breaks and training. ``leads``: they have a floor to
    look after as well.
    """

    person_id: UUID
    work: tuple[Interval, ...]
    skills: frozenset[str] = frozenset()
    capacity: float = 1.0
    open: int = 0
    busy: tuple[Interval, ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Why somebody is where they are in the list.

    ``there`` is the stretch of work in which they would see to it, ``now`` whether it has begun by then,
    ``leaves`` whether too little of it is left. ``lacking`` are the skills that they have not. ``busy_until``:
    they are in a break or training first.
    """

    person_id: UUID
    there: Interval
    now: bool
    leaves: bool
    lacking: frozenset[str]
    open: int
    capacity: float
    leads: bool = False
    busy_until: datetime | None = None

    @property
    def load(self) -> float:
        """Open cases for somebody who did nothing else."""
        return self.open / self.capacity


def suggest(wanted: Wanted, candidates: Iterable[Candidate]) -> tuple[Suggestion, ...]:
    """All who could see to it, the best first; whoever takes no contacts, or comes too late, is left out."""
    found = (_suggestion(wanted, each) for each in candidates if each.capacity > 0)
    return tuple(sorted((each for each in found if each), key=partial(_order, wanted)))


def share_out(
    wanted: Sequence[tuple[UUID, Wanted]], candidates: Iterable[Candidate]
) -> dict[UUID, Suggestion | None]:
    """The best for each of several cases, by the case's id; what somebody is given weighs on what follows.

    The first to be due is given first. None: nobody can see to it in time.
    """
    standing = {each.person_id: each for each in candidates}
    found: dict[UUID, Suggestion | None] = {}
    for case_id, each in sorted(wanted, key=lambda one: (one[1].due_at is None, one[1].due_at or one[1].at)):
        best = next(iter(suggest(each, standing.values())), None)
        found[case_id] = best
        if best:
            taker = standing[best.person_id]
            standing[best.person_id] = replace(taker, open=taker.open + 1)
    return found


def _suggestion(wanted: Wanted, candidate: Candidate) -> Suggestion | None:
    found = next(_stretches(wanted, candidate), None)
    if found is None:
        return None
    there, begins, free_at = found
    # Who comes too late is no help; who is there is, even where it is overdue, or they have to finish something.
    if begins > wanted.at and wanted.due_at is not None and free_at >= wanted.due_at:
        return None
    return Suggestion(
        candidate.person_id,
        there,
        there.start <= wanted.at,
        there.end - free_at < LEAVES_WITHIN,
        wanted.skills - candidate.skills,
        candidate.open,
        candidate.capacity,
        candidate.leads,
        free_at if free_at > begins else None,
    )


def _stretches(wanted: Wanted, candidate: Candidate) -> Iterator[tuple[Interval, datetime, datetime]]:
    """Those in which they could see to it, each with when what is left of it begins, and when they are free."""
    for each in candidate.work:
        begins = max(each.start, wanted.at)
        if begins < each.end and (free := subtract(Interval(begins, each.end), candidate.busy)):
            yield each, begins, free[0].start


def _order(wanted: Wanted, found: Suggestion) -> tuple[object, ...]:
    """Of equals, whoever is free first and stays longest."""
    free_at = found.busy_until or max(found.there.start, wanted.at)
    in_time = wanted.due_at is not None and wanted.due_at - free_at >= GOOD_TIME
    return (
        wanted.language in found.lacking,
        len(found.lacking),
        free_at > wanted.at and not in_time,
        found.leads,
        found.leaves,
        found.load,
        free_at,
        -found.there.end.timestamp(),
        found.person_id,
    )

"""What the rules say of a swap: people, work and settings are read, and the domain is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.limits import accommodations_of
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.domain.intervals import Interval
from bot.domain.rules import Policy, RuleId
from bot.domain.rules_check import Coverage, check_change
from bot.domain.rules_cost import cost_of
from bot.domain.rules_swaps import LegalReturn, Party, Verdict, check_swap, legal_returns
from bot.domain.rules_work import Change, Person, Piece, Work
from bot.domain.swaps_coverage import Head, left_behind
from bot.domain.swaps_review import Review, Side, WeekHours
from storage.db import WorkspaceSession
from storage.people import skill_names, skills
from storage.shifts import queues
from storage.swaps import Held, OnQueue, held, on_queue, queue_of
from storage.tables import Assignment, Member, Queue

_A_WEEK = timedelta(days=7)
_MINUTE = timedelta(minutes=1)
# What only an exchange of now can break, and two shifts at once, which whoever plans shifts looks for.
_OF_AN_EXCHANGE = {RuleId.FUTURE, RuleId.MINIMUM_NOTICE, RuleId.OVERLAP}

Stint = tuple[Interval, str | None]
"""When something is worked, and for which queue."""


@dataclass(frozen=True, slots=True)
class Leg:
    """What one of the two gives: somebody's assignment, and the piece that it is for the rules."""

    member: Member
    assignment: Assignment
    piece: Piece
    queue: Queue | None


class SwapCheck:
    """Checks swaps in one session at one instant; what several checks need is read once."""

    def __init__(self, session: WorkspaceSession, now: datetime) -> None:
        self._session, self._now = session, now
        self._skills = {row.name.casefold(): row.name for row in skills(session)}
        self._needed: dict[UUID, tuple[frozenset[str], float]] = {}
        self._there: dict[tuple[UUID, Interval], list[OnQueue]] = {}
        self._have: dict[UUID, frozenset[str]] = {}

    def leg(self, member: Member, assignment: Assignment) -> Leg:
        """What somebody would give."""
        queue = queue_of(self._session, assignment)
        return Leg(member, assignment, self._piece(Held(assignment, queue)), queue)

    def legs(self, member: Member, found: Iterable[Held]) -> list[Leg]:
        """What somebody would give one of, in the same order."""
        return [Leg(member, each.assignment, self._piece(each), each.queue) for each in found]

    def verdict(self, given: Leg, returned: Leg) -> tuple[Verdict, Review]:
        """The whole check of a swap, and what approvers look at. Raises ``NotTheirs``."""
        one, other = (
            replace(self._party(leg.member, given, returned), gives=(leg.piece,)) for leg in (given, returned)
        )
        coverage = tuple(self._left_behind(given, returned))
        verdict = check_swap(one, other, self._now, coverage)
        sides = (_side(one, gained=returned.piece), _side(other, gained=given.piece))
        return verdict, Review(verdict.findings, coverage, sides)

    def returns(self, given: Leg, choices: Sequence[Leg]) -> list[tuple[Leg, LegalReturn]]:
        """Those of a colleague's shifts that could be given in return, with what approvers would look at."""
        if not choices:
            return []
        one = replace(self._party(given.member, given, *choices), gives=(given.piece,))
        other = self._party(choices[0].member, given, *choices)
        by_piece = {leg.piece: leg for leg in choices}
        return [
            (by_piece[each.piece], each)
            for each in legal_returns(
                one, other, self._now, by_piece, lambda piece: self._left_behind(given, by_piece[piece])
            )
        ]

    def newly_denied(
        self, member: Member, shift_id: UUID, works: Mapping[UUID, Stint | None]
    ) -> frozenset[RuleId]:
        """The rules that deny somebody a shift as they will work it, and not as they do.

        ``works`` says, by shift, what they will work where that may differ from what they do (None: nothing).
        """
        preferred = preferences(self._session, f"team:{member.team_id}" if member.team_id else WORKSPACE)
        person, policy = self._person(member, preferred), preferred.policy
        stints = [each for each in works.values() if each]
        start = min(interval.start for interval, _ in stints) - _reach(policy)
        end = max(interval.end for interval, _ in stints) + _reach(policy)
        held_now = held(self._session, member.id, start, end)
        before = {each.assignment.shift_id: self._piece(each) for each in held_now}
        after = {shift: piece for shift, piece in before.items() if shift not in works}
        after |= {shift: self._piece_of(*stint) for shift, stint in works.items() if stint}
        denied = [self._denied(person, policy, pieces, shift_id) for pieces in (before, after)]
        return denied[1] - denied[0]

    def _denied(
        self, person: Person, policy: Policy, pieces: Mapping[UUID, Piece], shift_id: UUID
    ) -> frozenset[RuleId]:
        if shift_id not in pieces:
            return frozenset()
        others = (piece for shift, piece in pieces.items() if shift != shift_id)
        work = Work.of(others, person.zone, policy.first_weekday)
        found = check_change(Change.of(person, work, gained=(pieces[shift_id],)), policy, self._now)
        return frozenset(each.rule for each in found if each.denies) - _OF_AN_EXCHANGE

    def _piece_of(self, interval: Interval, name: str | None) -> Piece:
        """A piece for a queue by name; one that is new takes the skill that is named like it."""
        if name is None:
            return Piece(interval)
        queue = self._queue_names.get(name.casefold())
        skill = self._skills.get(name.casefold())
        return Piece(interval, name, self._needs(queue)[0] if queue else frozenset({skill} if skill else ()))

    @cached_property
    def _queue_names(self) -> dict[str, Queue]:
        return {row.name.casefold(): row for row in queues(self._session)}

    def _piece(self, each: Held) -> Piece:
        assignment, queue = each
        interval = Interval(assignment.start, assignment.end)
        return Piece(interval, queue.name if queue else None, self._needs(queue)[0] if queue else frozenset())

    def _needs(self, queue: Queue) -> tuple[frozenset[str], float]:
        """The skills that a queue takes, and the fewest people that it needs."""
        if queue.id not in self._needed:
            preferred = preferences(self._session, f"queue:{queue.id}")
            named = preferred.required_skills
            if named is None:
                named = [queue.name] if queue.name.casefold() in self._skills else []
            spelled = frozenset(self._skills.get(name.casefold(), name) for name in named)
            self._needed[queue.id] = spelled, preferred.minimum_heads
        return self._needed[queue.id]

    def _party(self, member: Member, *legs: Leg) -> Party:
        """Somebody with all their work as far around the shifts as any rule looks."""
        preferred = preferences(self._session, f"team:{member.team_id}" if member.team_id else WORKSPACE)
        policy = preferred.policy
        reach = _reach(policy)
        start = min(leg.assignment.start for leg in legs) - reach
        end = max(leg.assignment.end for leg in legs) + reach
        pieces = [self._piece(each) for each in held(self._session, member.id, start, end)]
        person = self._person(member, preferred)
        return Party(person, policy, Work.of(pieces, person.zone, policy.first_weekday))

    def _person(self, member: Member, preferred: Preferences) -> Person:
        # Rest and weeks go by where somebody works, not by where their laptop is today.
        zone = ZoneInfo(member.time_zone or preferred.time_zone)
        return Person(
            member.id,
            zone,
            skills=self._skills_of([member.id])[member.id],
            weekly_minutes=member.weekly_minutes,
            accommodations=accommodations_of(self._session, member, preferred, zone),
            active=member.deactivated_at is None,
        )

    def _left_behind(self, given: Leg, returned: Leg) -> Iterator[Coverage]:
        for leg in (given, returned):
            if leg.queue:
                within = leg.piece.interval
                heads = self._heads(self._on(leg.queue, within), leg.queue, (given, returned))
                yield from left_behind(heads, within, leg.queue.name, self._needs(leg.queue)[1])

    def _on(self, queue: Queue, within: Interval) -> list[OnQueue]:
        if (queue.id, within) not in self._there:
            self._there[queue.id, within] = on_queue(self._session, queue.id, within.start, within.end)
        return self._there[queue.id, within]

    def _skills_of(self, member_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
        unknown = [each for each in member_ids if each not in self._have]
        if unknown:
            names = skill_names(self._session, unknown)
            self._have |= {each: frozenset(names.get(each, ())) for each in unknown}
        return self._have

    def _heads(self, there: Sequence[OnQueue], queue: Queue, legs: tuple[Leg, Leg]) -> list[Head]:
        needed = self._needs(queue)[0]
        people = {each.member.id: each.member for each in there} | {leg.member.id: leg.member for leg in legs}
        skills_of = self._skills_of(people)
        weights = {each.id: each.capacity if needed <= skills_of[each.id] else 0.0 for each in people.values()}
        given, returned = legs
        comes = {
            (given.assignment.start, given.member.id): returned.member.id,
            (returned.assignment.start, returned.member.id): given.member.id,
        }
        return [
            Head(
                Interval(each.start, each.end),
                weights[each.member.id],
                weights[comes.get((each.start, each.member.id), each.member.id)],
            )
            for each in there
        ]


def _reach(policy: Policy) -> timedelta:
    weeks = max((setting.weeks for setting in policy.settings.values()), default=1)
    return (weeks + 1) * _A_WEEK


def _side(party: Party, gained: Piece) -> Side:
    change = Change.of(party.person, party.work, gained=(gained,), lost=party.gives)
    weeks = tuple(
        WeekHours(
            week,
            *(round(work.weeks.get(week, timedelta()) / _MINUTE) for work in (change.before, change.after)),
        )
        for week in change.weeks_touched
    )
    return Side(party.person.id, weeks, cost_of(change, party.policy))

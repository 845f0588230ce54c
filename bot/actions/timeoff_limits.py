"""Which limits a request for time off meets."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bot.domain import timeoff_limits as domain
from bot.domain.timeoff_limits import Hit, Limit, Someone, Taken
from bot.domain.timeoff_waitlist import State
from storage.db import WorkspaceSession
from storage.tables import LeaveWait, Member
from storage.timeoff_limits import days_taken, limits, someones
from storage.timeoff_waitlist import waiting


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides who may be away on some days: the limits, who has which days, and everybody who works here.

    Days that are offered to somebody who waits for them count as asked for when they began to wait.
    """

    limits: tuple[Limit, ...]
    taken: tuple[Taken, ...]
    people: dict[UUID, Someone]

    def hits(self, member_id: UUID, days: Collection[date], asked_at: datetime) -> tuple[Hit, ...]:
        """The limits that leave of a member on these days meets; nothing for who does not work here any more."""
        whose = self.people.get(member_id)
        if whose is None:
            return ()
        return domain.hits(self.limits, whose, days, self.taken, self.people.values(), asked_at)

    def with_more(self, taken: Iterable[Taken]) -> "Standing":
        """The same where more days are taken."""
        return replace(self, taken=(*self.taken, *taken))


def standing(session: WorkspaceSession, first: date, last: date, *, offers: bool = True) -> Standing:
    """What decides who may be away on the days between two, with or without what is offered to who waits."""
    within = [
        each for each in limits(session) if not each.is_over(first) and (not each.first or each.first <= last)
    ]
    offered = [held_days(row) for row in waiting(session, states=[State.OFFERED])] if offers else []
    return Standing(tuple(within), (*days_taken(session, first, last), *offered), someones(session))


def hits(session: WorkspaceSession, member: Member, days: Collection[date], asked_at: datetime) -> tuple[Hit, ...]:
    """The limits that leave of a member on these days meets, the strictest first.

    ``days`` are those that cost something. ``asked_at`` is when it was asked for, now where it was not yet: what
    others asked for later, and still wait for, does not count. What they have asked for themselves is never in
    their way, and days that they have already, as where a request is changed, they keep. Leave that needs no
    approval is nobody's question.
    """
    return standing(session, min(days), max(days)).hits(member.id, days, asked_at) if days else ()


def held_days(row: LeaveWait) -> Taken:
    """The days that somebody waits for, as they count for others while they are offered."""
    days = frozenset(map(date.fromisoformat, row.days))
    return Taken(row.member_id, days, approved=False, asked_at=row.asked_at)

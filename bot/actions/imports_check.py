"""What the rules say of shifts as somebody works them on a new schedule."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from bot.actions.parties import Parties, around
from bot.domain.intervals import Interval
from bot.domain.rules import Policy, RuleId
from bot.domain.rules_check import check_change
from bot.domain.rules_work import Change, Person, Piece, Work
from storage.db import WorkspaceSession
from storage.swaps import held
from storage.tables import Member

# What only an exchange of now can break, and two shifts at once, which whoever plans shifts looks for.
_OF_AN_EXCHANGE = {RuleId.FUTURE, RuleId.MINIMUM_NOTICE, RuleId.OVERLAP}

Stint = tuple[Interval, str | None]
"""When something is worked, and for which queue."""


class ScheduleCheck:
    """Checks in one session at one instant; what several checks need is read once."""

    def __init__(self, session: WorkspaceSession, now: datetime) -> None:
        self._session, self._now = session, now
        self._parties = Parties(session)

    def newly_denied(
        self, member: Member, shift_id: UUID, works: Mapping[UUID, Sequence[Stint]]
    ) -> frozenset[RuleId]:
        """The rules that deny somebody what they will work of a shift, and not what they do.

        ``works`` says, by shift, what they will work of it where that may differ from what they do.
        """
        policy = self._parties.policy(member)
        time = around((interval for interval, _ in chain.from_iterable(works.values())), policy)
        person = self._parties.person(member, time)
        before: defaultdict[UUID, list[Piece]] = defaultdict(list)
        for each in held(self._session, member.id, time.start, time.end):
            before[each.assignment.shift_id].append(self._parties.held_piece(each))
        after = before | {
            shift: [self._parties.piece(*stint) for stint in stints] for shift, stints in works.items()
        }
        denied = [self._denied(person, policy, pieces, shift_id) for pieces in (before, after)]
        return denied[1] - denied[0]

    def _denied(
        self, person: Person, policy: Policy, pieces: Mapping[UUID, Iterable[Piece]], shift_id: UUID
    ) -> frozenset[RuleId]:
        gained = tuple(pieces.get(shift_id, ()))
        if not gained:
            return frozenset()
        others = chain.from_iterable(each for shift, each in pieces.items() if shift != shift_id)
        work = Work.of(others, person.zone, policy.first_weekday)
        found = check_change(Change.of(person, work, gained=gained), policy, self._now)
        return frozenset(each.rule for each in found if each.denies) - _OF_AN_EXCHANGE

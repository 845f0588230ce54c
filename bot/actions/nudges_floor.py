"""Who can hear of something now: who is at work, who rests, who leads, and when each was told of anything last."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.approvers import approver_lanes
from bot.actions.contact import silent
from bot.actions.own import resting
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.wishes import wishes_of
from bot.domain.nudges import BETWEEN, As, Ear, who_hears
from bot.domain.permissions import Role
from bot.domain.responsible import read_responsible, responsible_at
from bot.domain.windows import moment
from storage.absences import absences_of
from storage.db import WorkspaceSession
from storage.nudges import last_told
from storage.people import all_grants, members
from storage.shifts import queues, worked
from storage.tables import Member


class Floor:
    """The people of a workspace at one instant, read at once however many cases there are."""

    def __init__(self, session: WorkspaceSession, now: datetime) -> None:
        self._session, self._now = session, now
        self.members = {each.id: each for each in members(session) if each.slack_id and not each.deactivated_at}
        self.accounts = {each.id: each.slack_id or "" for each in self.members.values()}
        self.away = silent(session, now) | absences_of(session, self.members, moment(now)).keys()
        self._preferred = cache(self._preferences_of)
        self._responsible, self._hearers = cache(self._answering), cache(self._hearer)
        # The coordinators by themselves, where they have no channel.
        self._desk_lanes = approver_lanes(session, None, ())
        self.desk = {each: lane for each, lane in self.accounts.items() if lane in self._desk_lanes}
        at = moment(now)
        shifts = [each for each in worked(session, at.start, at.end) if each.member_id in self.members]
        self.ears = self._ears({each.member_id for each in shifts})
        self._people = {each: ear for each, ear in self.ears.items() if each}
        self._leads = list(self._leading())
        team_of = {each: member.team_id for each, member in self.members.items()}
        self._teams_on: defaultdict[str | None, set[UUID | None]] = defaultdict(set)
        for each in shifts:
            if each.member_id:
                self._teams_on[each.queue].add(team_of[each.member_id])
        self._queues = {each.id: each.name for each in queues(session)}

    def hearer(
        self, owner_id: UUID | None, queue_id: UUID | None, *, urgent: bool = False, past_owner: bool = False
    ) -> tuple[UUID | None, As]:
        """Who hears of a case, and why they do; ``past_owner``: its owner has had their time."""
        return self._hearers(owner_id, queue_id, urgent, past_owner)

    def reader(self, member_id: UUID | None) -> UUID | None:
        """Who reads what is for a member: where one has left, the coordinators, or the only one of them."""
        if member_id in self.members:
            return member_id
        return next(iter(self.desk)) if len(self.desk) == 1 else None

    def lanes(self, to: UUID | None, told: Collection[UUID | None]) -> Sequence[str]:
        """Where somebody reads it; of coordinators without a channel those who are told nothing else just then."""
        if to:
            return [self.accounts[to]]
        free = [self.desk[each] for each in self.desk if each not in told and self.ears[each].told_at is None]
        return free or self._desk_lanes

    def _hearer(
        self, owner_id: UUID | None, queue_id: UUID | None, urgent: bool, past_owner: bool
    ) -> tuple[UUID | None, As]:
        owner = self.members.get(owner_id) if owner_id else None
        teams = {owner.team_id} if owner else self._teams_on[self._queues.get(queue_id) if queue_id else None]
        # The leads of the team first, then those of all teams, then whoever else leads on the floor.
        leads = sorted(self._leads, key=lambda each: (each[1] not in teams, each[1] is not None))
        team_id = owner.team_id if owner else None
        others = [each for each, _ in leads if each != owner_id]
        answering = [each for each in self._responsible(team_id) if each != owner_id]
        return who_hears(None if past_owner else owner_id, others, answering, self._people, urgent=urgent)

    def _ears(self, on: set[UUID | None]) -> dict[UUID | None, Ear]:
        session, now, people = self._session, self._now, self.members.values()
        quiet = self.away | resting(session, people, self._preferred, now)
        wishes, told = wishes_of(session, people), last_told(session, now - BETWEEN)
        if desk := told.get(None):
            told |= {each: max(told.get(each, desk), desk) for each in self.desk}
        ears: dict[UUID | None, Ear] = {
            each: Ear(each in on, each in quiet, wishes[each].at_any_hour, told.get(each)) for each in self.members
        }
        busy = bool(self.desk) and all(each in told for each in self.desk)
        return ears | {None: Ear(on=True, quiet=False, told_at=now if busy else told.get(None))}

    def _leading(self) -> Iterator[tuple[UUID, UUID | None]]:
        """Who leads which team (None: all), by name."""
        grants = all_grants(self._session)
        for member_id in self.members:
            for grant in grants.get(member_id, ()):
                if grant.role == Role.LEAD:
                    yield member_id, grant.team_id

    def _answering(self, team_id: UUID | None) -> list[UUID]:
        """Who answers for the floor at this hour."""
        preferred, by_email = self._preferred(team_id), {each.email: each for each in self.members.values()}
        lines = read_responsible(preferred.responsible or "")
        found = responsible_at(lines, self._now, ZoneInfo(preferred.time_zone))
        rows: list[Member] = [by_email[each] for each in found if each in by_email]
        return [each.id for each in rows]

    def _preferences_of(self, team_id: UUID | None) -> Preferences:
        return preferences(self._session, f"team:{team_id}" if team_id else WORKSPACE)

"""What every change of a request for time off does alike: find it, look at it, let it become what it becomes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.actions import approvers
from bot.actions.contact import kept_until, look_again
from bot.actions.coverage import least_of
from bot.actions.coverage_effect import effect_of
from bot.actions.notes import write_note
from bot.actions.own import zone_of
from bot.actions.people import somebody
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.actions.timeoff import ledgers_of, store
from bot.actions.timeoff_limits import hits
from bot.actions.timeoff_reckon import balance_with
from bot.actions.timeoff_waitlist import freed
from bot.deps import Deps
from bot.domain.approval import Approver, NotAnApprover, check_approver
from bot.domain.coverage_effect import EffectShown
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor, Deed, Role
from bot.domain.timeoff import Cancel, Day, Event, Request, State, Withdraw, away
from bot.domain.timeoff_asked import Balance, TooLittle
from bot.domain.timeoff_kinds import Kind
from bot.domain.timeoff_life import transition
from bot.domain.timeoff_seen import AwayToo, Review
from bot.domain.wallclock import local_date
from storage.absences import absences_of
from storage.db import WorkspaceSession
from storage.people import holders, members
from storage.tables import LeaveRequest, Member
from storage.timeoff_requests import day_documents, read_days, request, requests_in

Document = dict[str, Any]
_MOMENT = timedelta(seconds=1)
_NO_EFFECT = EffectShown(())


class UnknownRequest(Exception):
    """There is no such request."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A request to which somebody does something, within a transaction."""

    session: WorkspaceSession
    deps: Deps
    actor: Actor
    row: LeaveRequest

    @classmethod
    def of(cls, session: WorkspaceSession, deps: Deps, actor: Actor, request_id: UUID) -> "Turn":
        """Raises ``UnknownRequest``."""
        row = request(session, request_id)
        if row is None:
            raise UnknownRequest
        return cls(session, deps, actor, row)

    @property
    def who(self) -> UUID:
        """The member who acts; raises ValueError where it is none."""
        if self.actor.member_id is None:
            raise ValueError(f"the {self.actor.kind} asks for no time off")
        return self.actor.member_id

    @property
    def person(self) -> Member:
        """Whose it is."""
        return self.session.get_one(Member, (self.session.workspace_id, self.row.member_id))

    @property
    def preferred(self) -> Preferences:
        """What holds where they work."""
        team_id = self.person.team_id
        return preferences(self.session, f"team:{team_id}" if team_id else WORKSPACE)

    @property
    def kind(self) -> Kind:
        """Which kind it is; one that is not in the settings any more is as any that is new."""
        return self.preferred.leave.get(self.row.kind) or Kind(self.row.kind, ledger=self.row.ledger)

    @property
    def life(self) -> Request:
        """What decides what can become of it."""
        row = self.row
        entered = frozenset({row.entered_by_id} if row.entered_by_id else ())
        days = read_days(row.days)
        return Request(
            row.member_id,
            read_days(row.wanted),
            row.expires_at,
            State(row.state),
            days,
            entered,
            row.decided_by_id,
        )

    @property
    def replaced(self) -> LeaveRequest | None:
        """The request that it changes."""
        return request(self.session, self.row.replaces_id) if self.row.replaces_id else None

    @property
    def needs_manager(self) -> bool:
        """Whether a limit asks for the next level, as long as a manager whom it does not concern is there."""
        if not self.row.review.get("next_level"):
            return False
        managers = [each for each in holders(self.session, Role.MANAGER) if each.id not in self.concerned]
        return bool(approvers.there(self.session, managers, self.deps.clock()))

    @property
    def is_late(self) -> bool:
        """Whether coordinators have had their time, so that others may decide as well."""
        return self.deps.clock() >= self.row.asked_at + timedelta(hours=self.preferred.leave_next_level_hours)

    @property
    def concerned(self) -> set[UUID | None]:
        """Who does not decide it: whose it is, and who entered it for them."""
        return {self.row.member_id, self.row.entered_by_id}

    @property
    def next_level(self) -> list[Member]:
        """Who decides where coordinators do not: managers or, where there is none, the leads of the team."""
        team_id = self.person.team_id
        leads = holders(self.session, Role.LEAD, team_id) if team_id else []
        levels = (holders(self.session, Role.MANAGER), leads)
        return approvers.first_there(self.session, levels, self.concerned, self.deps.clock())

    @property
    def next_level_decides(self) -> bool:
        """Whether those may decide it now: they have to, it is late, or they stand in for the coordinators."""
        coordinators = [each for each in holders(self.session, Role.COORDINATOR) if each.id not in self.concerned]
        stands_in = not approvers.there(self.session, coordinators, self.deps.clock())
        return stands_in or self.needs_manager or self.is_late

    def proxy(self) -> UUID | None:
        """Who acts for whose it is; None: they do themselves. Raises ``NotPermitted``."""
        self.actor.require(Deed.ASK_TIMEOFF, of=self.row.member_id, team=self.person.team_id)
        return None if self.who == self.row.member_id else self.who

    def approver(self) -> Approver:
        """Who acts, as one who decides it.

        Raises ``NotPermitted``, ``OwnRequest``, ``EnteredAsProxy`` and ``NotAnApprover``.
        """
        life, team_id = self.life, self.person.team_id
        parties, now = {life.asker}, self.deps.clock()
        is_asked_late = self.is_late and any(each.id == self.who for each in self.next_level)
        if not self.needs_manager and not is_asked_late:
            return approvers.approver_of(
                self.session, self.actor, Deed.DECIDE_TIMEOFF, team_id, parties, life.proxies, now
            )
        self.actor.require(Deed.DECIDE_TIMEOFF, team=team_id)
        # No coordinators: nobody has to be one.
        by = Approver(self.who, frozenset(each.role for each in self.actor.grants), frozenset())
        check_approver(by, parties, life.proxies)
        if self.needs_manager and Role.MANAGER not in by.roles:
            raise NotAnApprover
        return by

    def become(self, event: Event) -> tuple[Document, Document]:
        """What the audit says of an event, before and after. Raises what ``transition`` does."""
        row, now, before = self.row, self.deps.clock(), self.row.state
        kept = kept_until(self.session, row.member_id, now)
        after = transition(self.life, event, now)
        row.state, row.days, row.decided_by_id = after.state, day_documents(after.days), after.decided_by
        if after.decided_by and row.decided_at is None:
            row.decided_at = now
        elif before != after.state:
            row.ended_at = now
        self.session.flush()
        look_again(self.session, self.deps, row.member_id, kept)
        done_for = {"for": str(event.by)} if isinstance(event, Withdraw | Cancel) and event.proxy else {}
        return {"state": before}, {"state": row.state, **done_for}

    def keep_ledgers(self) -> None:
        """Has what was carried over or has lapsed follow what leave takes by now."""
        store(self.session, self.deps, ledgers_of(self.session, self.deps, [self.person])[self.row.member_id])

    def free_days(self) -> None:
        """Has whoever waits for days be offered what this one does not take any more."""
        freed(self.session, self.deps)

    def note(self, text: str) -> UUID | None:
        """Writes a note of who acts; None for nothing."""
        return write_note(self.session, self.deps, self.who, text)

    def review(self, days: tuple[Day, ...] | None = None) -> Review:
        """What approvers look at, as it is now, of these days or of all that is asked for."""
        session, row, person = self.session, self.row, self.person
        days = read_days(row.days) if days is None else days
        balances, short = self._balances(days)
        taking = {each.day for each in days if each.minutes}
        met = hits(session, person, taking, row.asked_at)
        # What it replaces keeps its days, so they are no news for coverage either.
        gone = away(days)
        names = {one: somebody(session, one) for hit in met for one in hit.others}
        effect = effect_of(session, {person.id: gone}, zone=zone_of(session, person, self.preferred))
        return Review(
            balances,
            short,
            self._away_too(person, gone),
            met,
            names,
            effect if gone else _NO_EFFECT,
            least_of(session).heads,
        )

    def _balances(self, days: tuple[Day, ...]) -> tuple[tuple[Balance, ...], TooLittle | None]:
        try:
            found = balance_with(
                self.session, self.deps, self.person, self.kind, self.row.id, days, filter(None, [self.replaced])
            )
        except TooLittle as short:
            return (), short
        return found, None

    def _away_too(self, person: Member, gone: tuple[Interval, ...]) -> tuple[AwayToo, ...]:
        """Who else of the team is away meanwhile, or has asked to be."""
        if person.team_id is None or not gone:
            return ()
        session = self.session
        team = {
            each.id: each for each in members(session) if each.team_id == person.team_id and each.id != person.id
        }
        whole = Interval(gone[0].start, gone[-1].end)
        found = [
            (each, stretch, False)
            for each, theirs in absences_of(session, team, whole).items()
            for stretch in theirs
        ]
        found += [
            (row.member_id, stretch, True)
            for row in requests_in(session, [State.NEEDS_APPROVAL], whole)
            if row.member_id in team
            for stretch in away(read_days(row.days))
        ]
        return tuple(
            AwayToo(
                somebody(session, each),
                local_date(stretch.start, zone_of(session, team[each], self.preferred)),
                local_date(stretch.end - _MOMENT, zone_of(session, team[each], self.preferred)),
                asked,
            )
            for each, stretch, asked in sorted(found, key=lambda one: (one[1], one[0]))
            if any(stretch.overlaps(one) for one in gone)
        )

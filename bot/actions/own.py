"""What people choose for themselves: zone, quiet hours, when they cover for others; versioned and audited."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.actions.record import record
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.deps import Deps
from bot.domain.limits import WEEKDAYS
from bot.domain.own import BadQuietHours, QuietHours, wrong_hours
from bot.domain.permissions import Actor, Deed
from bot.domain.wallclock import read_zone
from bot.domain.wishes import Asking, Times, Wish
from storage.db import WorkspaceSession
from storage.lanes import release
from storage.people import member, member_by_slack_id
from storage.settings import add_setting, current_documents, current_setting
from storage.tables import Member

_NO_QUIET: dict[str, object] = {"quiet_from": None, "quiet_to": None, "quiet_days": []}
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class OwnPreferences(BaseModel):
    """What somebody prefers.

    ``time_zone`` None: whatever Slack says. ``quiet_from`` and ``quiet_to`` are on the wall of that zone, as
    "22:00"; ``quiet_days`` are those on which quiet hours begin. The rest is what they wish of covers, as the
    domain has it; ``queues`` are by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    time_zone: str | None = None
    quiet_from: time | None = None
    quiet_to: time | None = None
    quiet_days: list[Weekday] = Field(default_factory=list)
    asking: Asking = Asking.UNSAID
    queues: list[str] | None = None
    times: list[Times] | None = None
    not_on: list[date] = Field(default_factory=list)
    at_any_hour: bool = False

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None and read_zone(value) is None:
            raise ValueError("expected a time zone such as Europe/Berlin")
        return value

    @property
    def quiet(self) -> QuietHours | None:
        """The quiet hours, if there are any."""
        if self.quiet_from is None or self.quiet_to is None or not self.quiet_days:
            return None
        days = frozenset(WEEKDAYS.index(day) for day in self.quiet_days)
        return QuietHours(self.quiet_from, self.quiet_to, days)

    @property
    def wish(self) -> Wish:
        """Whether and when they want to be asked to cover for others."""
        return Wish(
            self.asking,
            None if self.queues is None else frozenset(name.casefold() for name in self.queues),
            None if self.times is None else frozenset(self.times),
            frozenset(self.not_on),
            self.at_any_hour,
        )


def own_preferences(session: WorkspaceSession, member_id: UUID) -> OwnPreferences:
    """What somebody prefers now."""
    setting = current_setting(session, own_scope(member_id))
    return OwnPreferences.model_validate(setting.document if setting else {})


def change_own(deps: Deps, workspace_id: str, actor: Actor, wanted: OwnPreferences) -> None:
    """Has the actor prefer this from now on. Raises ``BadQuietHours``."""
    actor.require(Deed.CHANGE_OWN, of=actor.member_id)
    wrong = wrong_hours(wanted.quiet_from, wanted.quiet_to) if wanted.quiet_days else None
    if wrong:
        raise BadQuietHours(wrong)
    assert actor.member_id
    kept = wanted if wanted.quiet else wanted.model_copy(update=_NO_QUIET)
    with deps.sessions.write(workspace_id) as session:
        before, after = (_document(each) for each in (own_preferences(session, actor.member_id), kept))
        if after != before:
            _release(session, deps, actor.member_id)
            add_setting(session, own_scope(actor.member_id), after, deps.clock())
            changed = [key for key in before | after if before.get(key) != after.get(key)]
            old, new = ({key: each.get(key) for key in changed} for each in (before, after))
            record(session, deps, actor, "own.change", ("member", actor.member_id), old, new)


def zone_of(session: WorkspaceSession, member: Member, preferred: Preferences) -> ZoneInfo:
    """Where somebody is: as they say themselves, else as Slack does, the roster, or where everybody is."""
    return _zone(own_preferences(session, member.id), member, preferred)


def quiet_until(session: WorkspaceSession, slack_id: str, now: datetime) -> datetime | None:
    """When the quiet hours of somebody end; None where they have none now."""
    member = member_by_slack_id(session, slack_id)
    quiet = own_preferences(session, member.id).quiet if member else None
    if member is None or quiet is None:
        return None
    scope = f"team:{member.team_id}" if member.team_id else WORKSPACE
    return quiet.until(now, zone_of(session, member, preferences(session, scope)))


def resting(
    session: WorkspaceSession,
    members: Iterable[Member],
    preferred: Callable[[UUID | None], Preferences],
    now: datetime,
) -> frozenset[UUID]:
    """Those of the members who are in their quiet hours, read at once; ``preferred`` is by team."""
    every = {own_scope(each.id): each for each in members}
    found = set()
    for scope, document in current_documents(session, every).items():
        own, member = OwnPreferences.model_validate(document), every[scope]
        if own.quiet and own.quiet.until(now, _zone(own, member, preferred(member.team_id))):
            found.add(member.id)
    return frozenset(found)


def _zone(own: OwnPreferences, member: Member, preferred: Preferences) -> ZoneInfo:
    return ZoneInfo(own.time_zone or member.slack_time_zone or member.time_zone or preferred.time_zone)


def _release(session: WorkspaceSession, deps: Deps, member_id: UUID) -> None:
    """What their quiet hours hold back now is looked at again, by what they want from now on."""
    person = member(session, member_id)
    held_until = quiet_until(session, person.slack_id, deps.clock()) if person and person.slack_id else None
    if person and person.slack_id and held_until:
        release(session, person.slack_id, held_until, deps.clock())


def own_scope(member_id: UUID) -> str:
    """Whose settings these are, as scopes are named."""
    return f"member:{member_id}"


def _document(wanted: OwnPreferences) -> dict[str, object]:
    """What differs from what everybody begins with."""
    return wanted.model_dump(mode="json", exclude_defaults=True)

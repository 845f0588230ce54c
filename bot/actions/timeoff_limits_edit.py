"""Coordinators say how many may be away at once, who never together, when nobody, and what is a public holiday."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from bot.actions.people import Caller, find_person, somebody
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.settings_change import change_within
from bot.actions.timeoff_waitlist import freed
from bot.deps import Deps
from bot.domain.permissions import Deed
from bot.domain.timeoff_holidays import OwnHoliday, own_holidays_text, read_own_holidays
from bot.domain.timeoff_limits import Limit, LimitKind, Someone
from bot.domain.timeoff_limits_shown import LimitChoices, LimitShown, LimitsShown
from bot.domain.wallclock import local_date
from storage.db import WorkspaceSession
from storage.tables import LeaveLimit
from storage.timeoff_limits import limit_row, limits, names, read_limit, someones, write_limit

SUBJECT = "limit of time off"


class IsGone(Exception):
    """Somebody has removed it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A limit as it is to be; ``new``: it is not there yet. ``people`` to be kept apart are Slack accounts."""

    limit: Limit
    new: bool
    people: tuple[str, ...] = ()


def shown_limits(deps: Deps, caller: Caller) -> LimitsShown:
    """Everything that limits time off from today on."""
    caller.actor.require(Deed.CHANGE_TIMEOFF_LIMITS)
    with deps.sessions.read(caller.workspace_id) as session:
        today, preferred, people = local_date(deps.clock(), caller.zone), preferences(session), someones(session)
        held = [each for each in limits(session) if not each.is_over(today)]
        own = read_own_holidays(preferred.own_holidays) if preferred.own_holidays else ()
        return LimitsShown(
            tuple(_shown(session, each, people.values()) for each in held),
            tuple(each for each in own if each.day >= today),
            today,
            preferred.holidays,
        )


def limit_choices(deps: Deps, caller: Caller, limit_id: UUID | None = None) -> LimitChoices:
    """What the form begins with, for a new limit or one to be changed. Raises ``IsGone``."""
    caller.actor.require(Deed.CHANGE_TIMEOFF_LIMITS)
    with deps.sessions.read(caller.workspace_id) as session:
        limit = _shown(session, _read(session, _there(session, limit_id)), ()) if limit_id else None
        return LimitChoices(deps.new_id(), *names(session), limit)


def save_limit(deps: Deps, caller: Caller, wanted: Wanted) -> LimitShown:
    """Has a limit hold from now on, and says how it stands; the same form sent again changes nothing.

    What was approved stays so; where the limit leaves more room than before, whoever waits for it is asked. Raises
    ``UnknownPerson`` and ``IsGone``.
    """
    caller.actor.require(Deed.CHANGE_TIMEOFF_LIMITS)
    apart = {find_person(deps, caller.workspace_id, each).id for each in wanted.people}
    with deps.sessions.write(caller.workspace_id) as session:
        row = limit_row(session, wanted.limit.id)
        if row is None and wanted.new:
            row = LeaveLimit(
                workspace_id=session.workspace_id, id=wanted.limit.id, made_at=deps.clock(), removed_at=None
            )
            before = None
            session.add(row)
        else:
            row = _there(session, wanted.limit.id)
            before = _document(_read(session, row))
        write_limit(row, replace(wanted.limit, people=frozenset(apart)))
        session.flush()
        return _noted(
            session, deps, caller, row, "timeoff_limit.change" if before else "timeoff_limit.add", before
        )


def remove_limit(deps: Deps, caller: Caller, limit_id: UUID) -> LimitShown:
    """Has a limit hold no longer. Raises ``IsGone``."""
    caller.actor.require(Deed.CHANGE_TIMEOFF_LIMITS)
    with deps.sessions.write(caller.workspace_id) as session:
        row = _there(session, limit_id)
        row.removed_at = deps.clock()
        session.flush()
        return _noted(session, deps, caller, row, "timeoff_limit.remove", None)


def bring_back_limit(deps: Deps, caller: Caller, limit_id: UUID) -> LimitShown:
    """Has a limit that was removed hold again."""
    caller.actor.require(Deed.CHANGE_TIMEOFF_LIMITS)
    with deps.sessions.write(caller.workspace_id) as session:
        row = session.get_one(LeaveLimit, (session.workspace_id, limit_id))
        if row.removed_at is None:
            return _shown(session, _read(session, row), someones(session).values())
        row.removed_at = None
        session.flush()
        return _noted(session, deps, caller, row, "timeoff_limit.bring_back", None)


def save_holiday(deps: Deps, caller: Caller, holiday: OwnHoliday, instead: str | None = None) -> None:
    """Adds a public holiday of the workspace's own, or puts it in the place of the one with this line.

    Raises ``IsGone``.
    """
    _change_holidays(deps, caller, [] if instead is None else [instead], [holiday])


def remove_holiday(deps: Deps, caller: Caller, line: str) -> OwnHoliday:
    """Takes one away. Raises ``IsGone``."""
    [holiday] = read_own_holidays(line)
    _change_holidays(deps, caller, [line], [])
    return holiday


def _change_holidays(deps: Deps, caller: Caller, less: Collection[str], more: Iterable[OwnHoliday]) -> None:
    caller.actor.require(Deed.CHANGE_TIMEOFF_LIMITS)
    with deps.sessions.write(caller.workspace_id) as session:
        said = preferences(session).own_holidays
        held = {each.line: each for each in read_own_holidays(said or "")}
        if not held.keys() >= set(less):
            raise IsGone
        kept = {line: each for line, each in held.items() if line not in less} | {each.line: each for each in more}
        text = own_holidays_text(kept.values())
        change_within(session, deps, caller.actor, WORKSPACE, {"own_holidays": text})


def _noted(
    session: WorkspaceSession,
    deps: Deps,
    caller: Caller,
    row: LeaveLimit,
    action: str,
    before: Mapping[str, Any] | None,
) -> LimitShown:
    """Notes it, unless nothing has changed, and asks whoever waits for what came free."""
    limit = _read(session, row)
    after = _document(limit)
    if after != before:
        told = dict(before) if before else None
        record(session, deps, caller.actor, action, (SUBJECT, row.id), told, after)
        freed(session, deps)
    return _shown(session, limit, someones(session).values())


def _there(session: WorkspaceSession, limit_id: UUID) -> LeaveLimit:
    row = limit_row(session, limit_id)
    if row is None or row.removed_at is not None:
        raise IsGone
    return row


def _read(session: WorkspaceSession, row: LeaveLimit) -> Limit:
    return read_limit(row, *names(session))


def _shown(session: WorkspaceSession, limit: Limit, people: Collection[Someone]) -> LimitShown:
    apart = tuple(somebody(session, each) for each in limit.people)
    size = sum(1 for each in people if limit.concerns(each))
    return LimitShown(limit, apart, size, limit.places(size) if limit.kind is LimitKind.CAP else 0)


def _document(limit: Limit) -> dict[str, Any]:
    """A limit as the audit keeps it: by ids, without anybody's words but the name of a blackout."""
    return {
        "kind": limit.kind.value,
        "policy": limit.policy.value,
        "name": limit.name,
        "teams": sorted(map(str, limit.teams)),
        "skills": sorted(map(str, limit.skills)),
        "people": sorted(map(str, limit.people)),
        "first": limit.first.isoformat() if limit.first else None,
        "last": limit.last.isoformat() if limit.last else None,
        "weekdays": sorted(limit.weekdays),
        "most": limit.most,
        "in_percent": limit.in_percent,
    }

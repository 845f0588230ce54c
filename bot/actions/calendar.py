"""A person's shifts in their own calendar: the address to subscribe to, and what a calendar reads there."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.calendar_end import revoke
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.absences import State
from bot.domain.calendar import Entry, entries
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from storage.absences import absences_around
from storage.calendar import feed_of_digest, feed_token, held, histories, note_read, taken_back
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import Absence, FeedToken, Member

BACK = timedelta(weeks=4)
AHEAD = timedelta(weeks=26)
_BYTES = 32


class NoPublicAddress(Exception):
    """Nobody has said under which address calendars reach the bot."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that is there since an instant; ``address`` only when it was made just now: it is not kept."""

    since: datetime
    last_read_at: datetime | None
    address: str | None = None


def feed_of(deps: Deps, caller: Caller) -> Subscription | None:
    """The caller's feed; None where one could be made. Raises ``NoPublicAddress`` where none can."""
    member_id = _own(caller)
    with deps.sessions.read(caller.workspace_id) as session:
        known = feed_token(session, member_id)
    if known is None and deps.settings.public_url is None:
        raise NoPublicAddress
    return _known(known) if known else None


def make_feed(deps: Deps, caller: Caller) -> Subscription:
    """A feed of the caller's, unless they have one. Raises ``NoPublicAddress`` where none can be made."""
    return _make(deps, caller, _own(caller), anew=False)


def renew_feed(deps: Deps, caller: Caller) -> Subscription:
    """A new address; the one before, if any, shows nothing from now on. Raises ``NoPublicAddress``."""
    return _make(deps, caller, _own(caller), anew=True)


def stop_feed(deps: Deps, caller: Caller) -> None:
    """The caller's address shows nothing from now on."""
    member_id = _own(caller)
    with deps.sessions.write(caller.workspace_id) as session:
        revoke(session, deps, caller.actor, member_id)


def read_feed(deps: Deps, token: str) -> list[Entry] | None:
    """What a calendar is shown that asks with this token; None where nobody's address in force has it."""
    feed = feed_of_digest(deps.sessions, _digest(token))
    if feed is None:
        return None
    now = deps.clock()
    with deps.sessions.read(feed.workspace_id) as session:
        owner = member(session, feed.member_id)
        if owner is None or owner.deactivated_at is not None:
            return None
        found = _entries(session, owner, now)
    note_read(deps.sessions, feed, now)
    return found


def _make(deps: Deps, caller: Caller, member_id: UUID, *, anew: bool) -> Subscription:
    """An address instead of the one before; without ``anew`` one that was made meanwhile stays."""
    if deps.settings.public_url is None:
        raise NoPublicAddress
    token = secrets.token_urlsafe(_BYTES)
    with deps.sessions.write(caller.workspace_id) as session:
        known = feed_token(session, member_id)
        if known and not anew:
            return _known(known)
        revoke(session, deps, caller.actor, member_id)
        row = FeedToken(
            workspace_id=caller.workspace_id,
            id=deps.new_id(),
            member_id=member_id,
            digest=_digest(token),
            created_at=deps.clock(),
        )
        session.add(row)
        record(session, deps, caller.actor, "calendar.start", ("member", member_id), None, None)
    address = f"{deps.settings.public_url.rstrip('/')}/calendar/{token}.ics"
    return Subscription(row.created_at, None, address)


def _known(feed: FeedToken) -> Subscription:
    return Subscription(feed.created_at, feed.last_read_at)


def _entries(session: WorkspaceSession, owner: Member, now: datetime) -> list[Entry]:
    within, gone_since = Interval(now - BACK, now + AHEAD), now - BACK
    found = held(session, owner.id, within, gone_since) + taken_back(session, owner.id, within, gone_since)
    shifts = entries(found, histories(session, {each.shift_id for each in found}), owner.id)
    away = [_away(session, owner, row) for row in absences_around(session, owner.id, within)]
    return sorted([*shifts, *away], key=lambda each: (each.interval, each.uid))


def _away(session: WorkspaceSession, owner: Member, row: Absence) -> Entry:
    """That they are away, as whoever has the address reads it: never why."""
    changed = [each for each in (row.reported_at, row.in_force_at, row.ended_at) if each]
    return Entry(
        str(row.id),
        Interval(row.start, row.end),
        owner.time_zone or preferences(session).time_zone,
        None,
        cancelled=row.state == State.TAKEN_BACK,
        sequence=len(changed) - 1,
        changed_at=max(changed),
        away=True,
    )


def _own(caller: Caller) -> UUID:
    """The caller as the owner of a calendar; a caller is always a member."""
    member_id = caller.actor.member_id
    caller.actor.require(Deed.SEE_SHIFTS, of=member_id)
    assert member_id is not None
    return member_id


def _digest(token: str) -> str:
    """What is kept of a token: so many random bits cannot be found by trying, so it needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()

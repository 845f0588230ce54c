"""Whoever is on leave or ill is left alone, as the kind of it says; back, they read what still matters."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.own import quiet_until as quiet_hours_until
from bot.actions.own import zone_of
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.deps import Deps
from bot.domain.absences import State
from bot.domain.contact import SOON, Pause, merged, pauses_of, told_at
from bot.domain.intervals import Interval
from bot.domain.timeoff_kinds import SICK, Contact
from bot.domain.windows import moment
from bot.views import contact as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage import outbox, tables
from storage.contact import illness_around, leave_around
from storage.db import WorkspaceSession
from storage.lanes import release
from storage.outbox import Priority
from storage.people import member, member_by_slack_id, members_by_id
from storage.shifts import worked
from storage.tables import Absence, LeaveRequest, Member
from storage.timeoff_requests import read_days

BACK = "contact.back"
_Kept = tuple[list[tuple[tables.Message, Any]], Interval | None]
_Row = LeaveRequest | Absence
_AROUND = timedelta(days=2)
_AHEAD = timedelta(days=400)  # as leave may go on, one after another


def quiet_until(session: WorkspaceSession, slack_id: str, now: datetime) -> datetime | None:
    """Until when nothing is posted to somebody that can wait: while they are away, and in their quiet hours."""
    pause = pause_now(session, slack_id, now)
    return pause.interval.end if pause else quiet_hours_until(session, slack_id, now)


def pause_now(session: WorkspaceSession, slack_id: str, now: datetime) -> Pause | None:
    """The pause that somebody is in."""
    person = member_by_slack_id(session, slack_id)
    pauses = _pauses(session, person, now) if person else ()
    return next((each for each in pauses if each.interval.contains(now)), None)


def told_back_at(session: WorkspaceSession, slack_id: str, held_until: datetime, now: datetime) -> datetime | None:
    """When somebody reads what was kept from them until then; None where nothing was, or they are away again."""
    person = member_by_slack_id(session, slack_id)
    pauses = _pauses(session, person, held_until) if person else ()
    if person is None or any(each.interval.contains(now) for each in pauses):
        return None
    ended = next((each for each in pauses if each.interval.end == held_until), None)
    if ended is None or ended.contact is not Contact.NONE:
        return None
    zone = zone_of(session, person, _preferred(session, person))
    return told_at(ended, next_shift(session, person, held_until), zone)


def silent(session: WorkspaceSession, now: datetime) -> frozenset[UUID]:
    """Everybody whom nobody asks for anything now."""
    found = defaultdict[UUID, list[_Row]](list)
    for row in _rows(session, moment(now)):
        found[row.member_id].append(row)
    preferred = cache(lambda team_id: preferences(session, f"team:{team_id}" if team_id else WORKSPACE))
    return frozenset(
        person.id
        for person in members_by_id(session, found).values()
        for each in _made_of(found[person.id], preferred(person.team_id))
        if each.interval.contains(now)
    )


def look_again(session: WorkspaceSession, deps: Deps, member_id: UUID, held_until: datetime | None) -> None:
    """Their leave, or illness, ends at another time than it did: what was kept from them until then goes by it."""
    person, now = member(session, member_id), deps.clock()
    if person is None or person.slack_id is None or held_until is None:
        return
    begun = [each.interval.end for each in _pauses(session, person, now) if each.interval.start <= now]
    until = max(begun, default=now)
    if until != held_until:
        release(session, person.slack_id, held_until, now, until)


def kept_until(session: WorkspaceSession, member_id: UUID, now: datetime) -> datetime | None:
    """Until when something is kept from somebody now, for ``look_again``."""
    person = member(session, member_id)
    pause = pause_now(session, person.slack_id, now) if person and person.slack_id else None
    return pause.interval.end if pause else None


def back_of(first: tables.Message, new_id: UUID, at: datetime) -> tables.Message:
    """The message in which somebody who is back reads what still matters, from the first that was kept on."""
    return tables.Message(
        workspace_id=first.workspace_id,
        id=new_id,
        key=f"{BACK}:{first.id}",
        card=BACK,
        subject_id=new_id,
        audience="",
        lane=first.lane,
        number=first.number,
        priority=Priority.CARD,
        not_before=at,
    )


def pause_of_leave(session: WorkspaceSession, row: LeaveRequest) -> Pause | None:
    """From the first pause that one leave makes to the last; None where it makes none."""
    person = session.get_one(Member, (session.workspace_id, row.member_id))
    found = list(_made_of([row], _preferred(session, person)))
    return replace(found[0], interval=Interval(found[0].interval.start, found[-1].interval.end)) if found else None


def next_shift(session: WorkspaceSession, person: Member, after: datetime) -> Interval | None:
    """What they work next, if it is soon."""
    rows = worked(session, after, after + SOON, person.id)
    return min((Interval(each.start, each.end) for each in rows if each.end > after), default=None)


def register_cards(cards: Cards, deps: Deps) -> None:
    """What somebody reads who is back."""

    def load(session: WorkspaceSession, subject: UUID | None) -> _Kept | None:
        whole = session.get(tables.Message, (session.workspace_id, subject)) if subject else None
        person = member_by_slack_id(session, whole.lane) if whole else None
        if whole is None or person is None:
            return None
        now = deps.clock()
        there = [each for each in outbox.folded_into(session, whole.id) if not _is_over(each, now)]
        states = [(part, state) for part in there if (state := cards.load(session, part)) is not None]
        return states, next_shift(session, person, now)

    def draw(kept: _Kept, _audience: str, formats: Formats, _facts: Facts) -> Message | None:
        parts, shift = kept
        drawn = [(part.card, cards.draw(part, state, formats)) for part, state in parts]
        texts = [each["text"] for card, each in drawn if each and (card == BACK or views.can_be_answered(each))]
        return views.back(texts, shift, formats) if texts else None

    cards.register(BACK, load, draw)


def _is_over(message: tables.Message, now: datetime) -> bool:
    return message.expires_at is not None and message.expires_at <= now


def _pauses(session: WorkspaceSession, person: Member, at: datetime) -> tuple[Pause, ...]:
    """When nobody disturbs them, around an instant and for as long as that goes on."""
    rows = _rows(session, Interval(at - _AROUND, at + _AHEAD), person.id)
    return merged(_made_of(rows, _preferred(session, person))) if rows else ()


def _rows(session: WorkspaceSession, within: Interval, member_id: UUID | None = None) -> list[_Row]:
    return [*leave_around(session, within, member_id), *illness_around(session, within, member_id)]


def _made_of(rows: Iterable[_Row], preferred: Preferences) -> Iterator[Pause]:
    kinds = preferred.leave
    for row in rows:
        if isinstance(row, LeaveRequest):
            kind = kinds.get(row.kind)
            yield from pauses_of(read_days(row.days), kind.contact) if kind else ()
        elif kinds[SICK].contact is not Contact.USUAL:
            yield Pause(Interval(row.start, row.end), kinds[SICK].contact, row.state == State.ENDED)


def _preferred(session: WorkspaceSession, person: Member) -> Preferences:
    return preferences(session, f"team:{person.team_id}" if person.team_id else WORKSPACE)

"""Those who wait for a place, as they are read: by rules, on cards and in lists."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.own import zone_of
from bot.actions.people import Caller, somebody
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.deps import Deps
from bot.domain.timeoff_waitlist import State, Wait
from bot.domain.timeoff_waitlist_shown import WaitShown
from bot.domain.wallclock import days, local_date
from bot.views import timeoff_waitlist as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import LeaveWait, Member
from storage.timeoff_waitlist import wait_row, waiting

PLACE = "timeoff.place"


def waits_of(session: WorkspaceSession, deps: Deps, caller: Caller) -> tuple[WaitShown, ...]:
    """What the caller waits for."""
    assert caller.actor.member_id
    return tuple(shown_wait(session, deps, row, caller) for row in waiting(session, caller.actor.member_id))


def register_cards(cards: Cards, deps: Deps) -> None:
    """The offer, as it stands."""

    def load(session: WorkspaceSession, subject: UUID | None) -> WaitShown | None:
        row = wait_row(session, subject) if subject else None
        return shown_wait(session, deps, row, None) if row else None

    def draw(shown: WaitShown, _audience: str, formats: Formats, facts: Facts) -> Message:
        if shown.state is State.OFFERED and facts["offered_at"] != str(shown.offered_at):
            # Of two offers only the newer one is to be answered.
            shown = replace(shown, state=State.WAITING)
        return views.place(shown, formats, f"/{deps.settings.command_prefix}timeoff")

    cards.register(PLACE, load, draw)


def shown_wait(session: WorkspaceSession, deps: Deps, row: LeaveWait, caller: Caller | None) -> WaitShown:
    """As the caller reads it, or with None its owner."""
    own = caller is None or caller.actor.member_id == row.member_id
    wanted = days_of(row)
    ahead = [
        each
        for each in waiting(session, states=[State.WAITING])
        if each.member_id != row.member_id
        and (each.asked_at, each.id) < (row.asked_at, row.id)
        and set(days_of(each)) & set(wanted)
    ]
    person = person_of(session, row)
    return WaitShown(
        row.id,
        None if own else somebody(session, row.member_id),
        tuple(wanted),
        State(row.state),
        local_date(deps.clock(), zone_of(session, person, preferred_of(session, person))),
        len(ahead),
        row.offered_at,
        row.answer_by,
    )


def wait_of(session: WorkspaceSession, row: LeaveWait) -> Wait:
    """As the rules know it."""
    person, wanted = person_of(session, row), days_of(row)
    zone = zone_of(session, person, preferred_of(session, person))
    return Wait(
        row.id,
        row.member_id,
        tuple(wanted),
        row.asked_at,
        days(wanted[0], wanted[0], zone).start,
        State(row.state),
        row.answer_by,
        person.deactivated_at is not None,
    )


def days_of(row: LeaveWait) -> list[date]:
    """The days that are waited for, in order."""
    return [date.fromisoformat(each) for each in row.days]


def person_of(session: WorkspaceSession, row: LeaveWait) -> Member:
    """Who waits."""
    found = member(session, row.member_id)
    assert found
    return found


def preferred_of(session: WorkspaceSession, person: Member) -> Preferences:
    """What holds where they work."""
    return preferences(session, f"team:{person.team_id}" if person.team_id else WORKSPACE)

"""The duties of whoever is not to be contacted: shown to the coordinators, given to others, and back in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.contact import pause_of_leave, silent
from bot.actions.outbox import tell, touch
from bot.actions.people import Caller, UnknownPerson, somebody
from bot.actions.roles import give, note_change
from bot.deps import Deps
from bot.domain.contact import DutiesShown, Duty, Pause
from bot.domain.intervals import Interval
from bot.domain.permissions import CLOCK, Deed, Grant, Role
from bot.domain.timeoff import STANDING
from bot.domain.timeoff_kinds import Contact
from bot.views import contact as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage import tables
from storage.contact import deputies_of, leave_around, leave_with_deputies
from storage.db import WorkspaceSession
from storage.outbox import message_about
from storage.people import grants_of, holders, member, member_by_slack_id, team_of
from storage.swaps import form_result, remember_form
from storage.tables import Deputy, LeaveRequest
from storage.timeoff_requests import request

CARD = "contact.duties"
# So long before somebody goes others can be found for what they do.
_AHEAD = timedelta(days=7)
_DAY, _LATELY = timedelta(days=1), timedelta(minutes=30)
_DUTIES = (Role.MANAGER, Role.COORDINATOR, Role.LEAD)


class NotAway(Exception):
    """They are back, or the leave is off."""


class AwayToo(Exception):
    """Whoever was chosen is away themselves."""


class HasItAlready(Exception):
    """Whoever was chosen has the duty already."""


def give_duty(deps: Deps, caller: Caller, request_id: UUID, duty: Grant, slack_id: str, nonce: UUID) -> None:
    """Somebody has a duty until the leave of whose it is is over, and is told so; once for each form.

    Raises ``NotPermitted``, ``NotAway``, ``UnknownPerson``, ``AwayToo`` and ``HasItAlready``.
    """
    caller.actor.require(Deed.GRANT_MANAGER if duty.role is Role.MANAGER else Deed.CHANGE_ROLES)
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        now, row = deps.clock(), request(session, request_id)
        pause = _pause(session, row, now) if row else None
        if row is None or pause is None or duty not in _duties(session, row.member_id):
            raise NotAway
        person = member_by_slack_id(session, slack_id)
        if person is None or person.deactivated_at:
            raise UnknownPerson
        before = _grants(session, person.id)
        if duty in before:
            raise HasItAlready
        if person.id in silent(session, max(now, pause.interval.start)):
            raise AwayToo
        give(session, deps, person.id, duty)
        deputy = Deputy(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            request_id=row.id,
            member_id=person.id,
            role=duty.role,
            team_id=duty.team_id,
            given_by_id=caller.actor.member_id,
            given_at=now,
        )
        session.add(deputy)
        note_change(session, deps, caller.actor, person, before, before | {duty})
        remember_form(session, nonce, deputy.id, now)
        touch(session, deps, CARD, row.id)


def team_name(deps: Deps, caller: Caller, duty: Grant) -> str | None:
    """For which team a duty is, by name. Raises ``NotPermitted``."""
    caller.actor.require(Deed.CHANGE_ROLES)
    with deps.sessions.read(caller.workspace_id) as session:
        team = team_of(session, duty.team_id) if duty.team_id else None
    return team.name if team else None


def turn_duties(deps: Deps, workspace_id: str) -> None:
    """Shows the duties of who goes soon, and gives those back whose owners are there again; writes only then."""
    CLOCK.require(Deed.TURN_DUTIES)
    with deps.sessions.read(workspace_id) as session:
        goes, back = _going(session, deps), _back(session, deps)
    for row in goes:
        with deps.sessions.write(workspace_id) as session:
            for lane in approver_lanes(session, None, {row.member_id}, deps.clock()):
                tell(session, deps, to=lane, card=CARD, subject=row.id, key=f"{CARD}:{row.id}:{lane}")
    for request_id in back:
        with deps.sessions.write(workspace_id) as session:
            for deputy in deputies_of(session, request_id):
                _take_back(session, deps, deputy)
            touch(session, deps, CARD, request_id)


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card of somebody's duties."""

    def load(session: WorkspaceSession, request_id: UUID | None) -> DutiesShown | None:
        row = request(session, request_id) if request_id else None
        return load_duties(session, deps, row) if row else None

    def draw(shown: DutiesShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.duties_card(shown, formats)

    cards.register(CARD, load, draw)


def load_duties(session: WorkspaceSession, deps: Deps, row: LeaveRequest) -> DutiesShown:
    """The duties of somebody during a leave, as they are now."""
    pause, deputies = _pause(session, row, deps.clock()), deputies_of(session, row.id)
    duties = tuple(_duty(session, row, each, deputies) for each in _duties(session, row.member_id))
    return DutiesShown(row.id, somebody(session, row.member_id), row.first, row.last, duties, pause is None)


def _going(session: WorkspaceSession, deps: Deps) -> list[LeaveRequest]:
    """The leave of whoever goes soon, or is gone, whose duties nobody was shown yet."""
    now = deps.clock()
    return [
        row
        for row in leave_around(session, Interval(now, now + _AHEAD))
        if _pause(session, row, now) and _duties(session, row.member_id)
        if message_about(session, CARD, row.id, "") is None
    ]


def _back(session: WorkspaceSession, deps: Deps) -> list[UUID]:
    """The leave that is over, or off, during which somebody did duties, or whose card says nothing of that yet."""
    now = deps.clock()
    rows = [request(session, each) for each in leave_with_deputies(session)]
    over = [row.id for row in rows if row and _pause(session, row, now) is None]
    for row in leave_around(session, Interval(now - 2 * _DAY, now)):
        pause = pause_of_leave(session, row)
        if pause and now - _LATELY < pause.interval.end <= now and message_about(session, CARD, row.id, ""):
            over.append(row.id)
    return list(dict.fromkeys(over))


def _take_back(session: WorkspaceSession, deps: Deps, deputy: Deputy) -> None:
    """Unless nobody would have it then."""
    deputy.ended_at = deps.clock()
    person, duty = member(session, deputy.member_id), Grant(Role(deputy.role), deputy.team_id)
    others = [each for each in holders(session, duty.role, duty.team_id) if each.id != deputy.member_id]
    held = {_grant(each): each for each in grants_of(session, deputy.member_id)}
    row = held.get(duty)
    if person is None or row is None or row.from_roster or not others:
        return
    session.delete(row)
    before = frozenset(held)
    note_change(session, deps, CLOCK, person, before, before - {duty})


def _pause(session: WorkspaceSession, row: LeaveRequest, now: datetime) -> Pause | None:
    """When they are not to be contacted because of a leave; None where there is none, or that is over."""
    pause = pause_of_leave(session, row) if row.state in STANDING else None
    return pause if pause and pause.contact is Contact.NONE and pause.interval.end > now else None


def _duty(session: WorkspaceSession, row: LeaveRequest, duty: Grant, deputies: Sequence[Deputy]) -> Duty:
    team = team_of(session, duty.team_id) if duty.team_id else None
    meanwhile = [each.member_id for each in deputies if (each.role, each.team_id) == (duty.role, duty.team_id)]
    anyway = (each.id for each in holders(session, duty.role, duty.team_id))
    return Duty(
        duty,
        team.name if team else None,
        tuple(somebody(session, each) for each in meanwhile),
        tuple(somebody(session, each) for each in anyway if each not in {*meanwhile, row.member_id}),
    )


def _duties(session: WorkspaceSession, member_id: UUID) -> list[Grant]:
    held = _grants(session, member_id)
    every = [each for role in _DUTIES for each in held if each.role is role]
    return sorted(every, key=lambda each: (_DUTIES.index(each.role), str(each.team_id)))


def _grants(session: WorkspaceSession, member_id: UUID) -> frozenset[Grant]:
    return frozenset(map(_grant, grants_of(session, member_id)))


def _grant(row: tables.Grant) -> Grant:
    return Grant(Role(row.role), row.team_id)

"""Somebody writes an announcement: what they can choose from, how many it reaches, and sending it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from bot.actions.announcements import announce
from bot.actions.announcements_audience import audience_of, named_in
from bot.actions.announcements_cards import load_announcement
from bot.actions.channels import troubles_with
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.announcements import Audience, BadAnnouncement, NewAnnouncement, Wrong
from bot.domain.announcements_shown import AnnouncementShown, FormShown
from bot.domain.permissions import Deed, Reach
from storage.announcements import announcement_of
from storage.db import WorkspaceSession
from storage.people import member, member_by_slack_id, team_of
from storage.swaps import form_result, remember_form
from storage.tables import Member, Team

# Stands for whoever is not on the roster: who names only such people does not mean everybody.
_STRANGER = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom somebody chose, before it is said whom that reaches; ``people`` are Slack ids."""

    audience: Audience
    people: tuple[str, ...] = ()


def to_write(deps: Deps, caller: Caller) -> FormShown:
    """What there is to choose from. Raises ``NotPermitted``."""
    caller.actor.require(Deed.ANNOUNCE, of=caller.actor.member_id)
    with deps.sessions.read(caller.workspace_id) as session:
        named, team = named_in(session), _own_team(session, caller)
        everybody = _leads(caller)
        own = (team.name, team.channel) if team else (None, None)
        return FormShown(named.teams if everybody else {}, named.skills, named.languages, everybody, *own)


def reach_of(deps: Deps, caller: Caller, chosen: Chosen) -> int:
    """How many it reaches now. Raises ``NotPermitted``."""
    caller.actor.require(Deed.ANNOUNCE, of=caller.actor.member_id)
    with deps.sessions.read(caller.workspace_id) as session:
        return len(_reached(session, deps, caller, _meant(session, caller, chosen)))


def write(
    deps: Deps, caller: Caller, nonce: UUID, new: NewAnnouncement, people: tuple[str, ...]
) -> AnnouncementShown:
    """Sends it, or keeps it for later; the same form twice once. ``people`` are named by Slack id.

    Raises ``NotPermitted`` and ``BadAnnouncement``.
    """
    caller.actor.require(Deed.ANNOUNCE, of=caller.actor.member_id)
    if troubles_with(deps, new.channels):
        raise BadAnnouncement((Wrong.NO_CHANNEL,))
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, nonce)
        if known and (row := announcement_of(session, known)):
            return load_announcement(session, row)
        audience = _meant(session, caller, Chosen(new.audience, people))
        wrong = tuple(_wrong(session, deps, caller, replace(new, audience=audience)))
        if wrong:
            raise BadAnnouncement(wrong)
        row = announce(
            session, deps, caller.actor, replace(new, audience=audience, author_id=caller.actor.member_id)
        )
        remember_form(session, nonce, row.id, deps.clock())
        return load_announcement(session, row)


def _meant(session: WorkspaceSession, caller: Caller, chosen: Chosen) -> Audience:
    """With the people by id; of who leads nobody, within their own team."""
    named = (member_by_slack_id(session, each) for each in chosen.people)
    people = frozenset(each.id if each else _STRANGER for each in named)
    audience = replace(chosen.audience, people=chosen.audience.people | people)
    if _leads(caller) or not audience.by_traits:
        return audience
    team = _own_team(session, caller)
    return replace(audience, teams=frozenset({team.id} if team else ()))


def _reached(session: WorkspaceSession, deps: Deps, caller: Caller, audience: Audience) -> list[Member]:
    if not _leads(caller) and audience.by_traits and not audience.teams:
        return []
    return audience_of(session, audience, deps.clock(), caller.actor.member_id)


def _wrong(session: WorkspaceSession, deps: Deps, caller: Caller, new: NewAnnouncement) -> Iterator[Wrong]:
    """What keeps the caller from announcing it to these people, there."""
    reached = _reached(session, deps, caller, new.audience)
    if _STRANGER in new.audience.people:
        yield Wrong.NOT_ON_ROSTER
    elif not reached and new.send_at is None:
        yield Wrong.NOBODY
    if new.mentions and not new.channels:
        yield Wrong.MENTIONS_NOBODY
    if _leads(caller):
        return
    team = _own_team(session, caller)
    if team is None or {each.team_id for each in reached} - {team.id}:
        yield Wrong.BEYOND_TEAM
    if set(new.channels) - {team.channel if team else None}:
        yield Wrong.CHANNEL_BEYOND_TEAM
    if new.mentions:
        yield Wrong.MAY_NOT_MENTION


def _leads(caller: Caller) -> bool:
    """Whether they announce beyond their own team."""
    return caller.actor.reach(Deed.ANNOUNCE) is Reach.ANYBODY


def _own_team(session: WorkspaceSession, caller: Caller) -> Team | None:
    person = member(session, caller.actor.member_id) if caller.actor.member_id else None
    return team_of(session, person.team_id) if person and person.team_id else None

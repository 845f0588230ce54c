"""A changed procedure: whoever published it is asked who has to acknowledge it, and these are asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.announcements import announce_sop
from bot.actions.kb_sop_follow import CARD, change_of
from bot.actions.kb_upkept import named
from bot.actions.outbox import touch
from bot.actions.people import Caller, find_person
from bot.deps import Deps
from bot.domain.announcements import Audience
from bot.domain.kb import State, UnknownArticle
from bot.domain.kb_upkeep import BeyondTeam, NobodyToAsk
from bot.domain.kb_upkeep_shown import ArticleNamed
from bot.domain.permissions import Deed
from bot.domain.wallclock import resolve
from bot.views.kb_sop import announced_words
from storage.announcements import readers_of
from storage.db import WorkspaceSession
from storage.kb import article as article_row
from storage.kb import version_of
from storage.people import member, skills, teams
from storage.swaps import form_result, remember_form
from storage.tables import Announcement, Article, ArticleVersion


@dataclass(frozen=True, slots=True)
class SopForm:
    """What the form offers: teams and skills by name, those of the caller's own team only if they lead nobody."""

    article: ArticleNamed
    version: int
    teams: tuple[tuple[UUID, str], ...]
    skills: tuple[tuple[UUID, str], ...]
    own_team: UUID | None = None


def sop_form(deps: Deps, caller: Caller, article_id: UUID) -> SopForm:
    """The form about the version that people read. Raises ``NotPermitted`` and ``UnknownArticle``."""
    with deps.sessions.read(caller.workspace_id) as session:
        row, version = _published(session, caller, article_id)
        every = tuple((each.id, each.name) for each in teams(session))
        if caller.actor.may(Deed.ANNOUNCE):
            having = tuple((each.id, each.name) for each in skills(session))
            return SopForm(named(row), version.version, every, having)
        own = _team_of(session, caller)
        return SopForm(named(row), version.version, tuple(each for each in every if each[0] == own), (), own)


def ask_readers(
    deps: Deps,
    caller: Caller,
    nonce: UUID,
    article_id: UUID,
    team_ids: Collection[UUID],
    skill_ids: Collection[UUID],
    accounts: Collection[str],
    due_on: date | None,
) -> tuple[int, int]:
    """Asks these teams, who has one of these skills, and these people to acknowledge it by the end of a day.

    Nobody named: everybody. Gives the announcement's number, and how many people are asked. Raises
    ``NotPermitted``, ``UnknownArticle``, ``UnknownPerson``, ``BeyondTeam``, ``NobodyToAsk``, and
    ``BadAnnouncement`` for a day that is over.
    """
    people = frozenset(find_person(deps, caller.workspace_id, each).id for each in accounts)
    audience = Audience(frozenset(team_ids), frozenset(skill_ids), people=people)
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, nonce)
        if known:
            return _asked(session, session.get_one(Announcement, (session.workspace_id, known)))
        row, version = _published(session, caller, article_id)
        _demand_reach(session, caller, audience)
        text = announced_words(change_of(session, row, version))
        due_at = _end_of(due_on, caller.zone) if due_on else None
        made = announce_sop(session, deps, caller.actor, row, version, audience, due_at, text)
        if made is None:
            raise NobodyToAsk
        remember_form(session, nonce, made.id, deps.clock())
        touch(session, deps, CARD, row.id)
        return _asked(session, made)


def _asked(session: WorkspaceSession, row: Announcement) -> tuple[int, int]:
    return row.number, len(readers_of(session, row.id))


def _published(session: WorkspaceSession, caller: Caller, article_id: UUID) -> tuple[Article, ArticleVersion]:
    row = article_row(session, article_id)
    version = version_of(session, row.id, row.version) if row else None
    if row is None or version is None or row.state != State.PUBLISHED:
        raise UnknownArticle
    caller.actor.require(Deed.WRITE_KB, of=row.owner_id)
    caller.actor.require(Deed.ANNOUNCE, of=caller.actor.member_id)
    return row, version


def _demand_reach(session: WorkspaceSession, caller: Caller, audience: Audience) -> None:
    """Who leads nobody asks their own team, or people of it."""
    if caller.actor.may(Deed.ANNOUNCE):
        return
    own = _team_of(session, caller)
    of_people = {found.team_id for each in audience.people if (found := member(session, each))}
    named_one = audience.teams or audience.people
    if own is None or not named_one or audience.skills or (audience.teams | of_people) != {own}:
        raise BeyondTeam


def _team_of(session: WorkspaceSession, caller: Caller) -> UUID | None:
    found = member(session, caller.actor.member_id) if caller.actor.member_id else None
    return found.team_id if found else None


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return resolve(datetime.combine(day, time(23, 59)), zone)

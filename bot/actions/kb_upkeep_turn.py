"""The clock: owners are reminded of what is due, and others read what stays overdue."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.actions.approvers import approver_lanes, first_there
from bot.actions.cards import Cards, Facts
from bot.actions.kb_approval_nudges import ask_for_all
from bot.actions.kb_upkeep import GIVEN
from bot.actions.kb_upkept import OVERDUE, overdue_subject, this_week, upkept
from bot.actions.nudges import close, nudge
from bot.actions.outbox import tell
from bot.actions.settings import Preferences, preferences
from bot.deps import Deps
from bot.domain.kb_upkeep import Standing
from bot.domain.kb_upkeep_shown import Upkept
from bot.domain.nudges import Ended, Kind
from bot.domain.permissions import CLOCK, Deed, Role
from bot.views import kb_upkeep as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.kb_upkeep import due, due_untold, mark_reminded, owned_by
from storage.kb_waiting import authors_waiting
from storage.nudges import known, open_about
from storage.outbox import message_of_key
from storage.people import holders, members_by_id
from storage.tables import Article, Member

_EVERY = 10_000
# Who approves is asked once more about what waits for so long, and then once a week.
_PATIENCE = timedelta(days=3)


def register_cards(cards: Cards, deps: Deps) -> None:
    """What stays overdue, and what somebody was given to keep: each with what is still so."""

    def load_overdue(session: WorkspaceSession, _subject: UUID | None) -> dict[str, Upkept]:
        rows, _ = due(session, deps.clock(), None, 0, _EVERY)
        return {str(each.article.id): each for each in upkept(session, rows, deps.clock())}

    def draw_overdue(found: dict[str, Upkept], _audience: str, formats: Formats, facts: Facts) -> Message:
        every = [found[each] for each in facts["articles"] if each in found]
        overdue = [each for each in every if each.standing is Standing.OVERDUE]
        return views.overdue_list(overdue, formats)

    def load_given(session: WorkspaceSession, keeper_id: UUID | None) -> dict[str, Upkept]:
        rows = owned_by(session, keeper_id) if keeper_id else ()
        return {str(each.article.id): each for each in upkept(session, rows, deps.clock())}

    def draw_given(found: dict[str, Upkept], _audience: str, formats: Formats, facts: Facts) -> Message | None:
        given = [found[each] for each in facts["articles"] if each in found]
        return views.given(given, formats, facts["by"]) if given else None

    cards.register(OVERDUE, load_overdue, draw_overdue)
    cards.register(GIVEN, load_given, draw_given)


def remind(deps: Deps, workspace_id: str) -> None:
    """Reminds owners of what is due, at most once a week, and others of what stays overdue or unapproved."""
    CLOCK.require(Deed.TURN_KB)
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        preferred = preferences(session)
        week = this_week(session, now)
        keys = {owner_id: f"{Kind.KB}:{owner_id}:{week}" for owner_id in due_untold(session, now)}
        told = known(session, keys.values())
        here = members_by_id(session, keys)
        ready = {each: key for each, key in keys.items() if key not in told and here[each].deactivated_at is None}
        overdue = _overdue(session, preferred, now)
        lanes = {lane: ids for lane, ids in overdue.items() if message_of_key(session, _key(week, lane)) is None}
        authors = authors_waiting(session, now - _PATIENCE)
    if ready or lanes or authors:
        with deps.sessions.write(workspace_id) as session:
            for owner_id, key in ready.items():
                _remind(session, deps, owner_id, key)
                mark_reminded(session, owner_id, now)
            _tell_overdue(session, deps, week, lanes, now)
            for author_id in authors:
                ask_for_all(session, deps, author_id, str(week))


def _remind(session: WorkspaceSession, deps: Deps, owner_id: UUID, key: str) -> None:
    """A reminder says all that is due when it is read: one that waits will do, and one that was read is over."""
    earlier = [row for row in open_about(session, owner_id, Kind.KB) if "release" not in row.data]
    if all(row.told_at for row in earlier):
        close(session, deps, earlier, Ended.AGAIN)
        nudge(session, deps, owner_id, Kind.KB, owner_id, key, {})


def _overdue(session: WorkspaceSession, preferred: Preferences, now: datetime) -> dict[str, list[UUID]]:
    """What stays overdue, by who reads of it: the owner's lead, or the coordinators."""
    rows, _ = due(session, now - timedelta(days=preferred.review_overdue_days), None, 0, _EVERY)
    owners = members_by_id(session, {row.owner_id for row in rows if row.owner_id})
    by_owner: defaultdict[UUID | None, list[Article]] = defaultdict(list)
    for row in rows:
        by_owner[row.owner_id].append(row)
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    for owner_id, articles in by_owner.items():
        for lane in _lanes(session, owners[owner_id] if owner_id else None, now):
            found[lane] += [each.id for each in articles]
    return found


def _lanes(session: WorkspaceSession, owner: Member | None, now: datetime) -> list[str]:
    if owner is None or owner.deactivated_at:
        return approver_lanes(session, None, (), now)
    leads = holders(session, Role.LEAD, owner.team_id) if owner.team_id else []
    people = first_there(session, (leads,), {owner.id}, now)
    return [each.slack_id for each in people if each.slack_id] or approver_lanes(session, None, {owner.id}, now)


def _tell_overdue(
    session: WorkspaceSession, deps: Deps, week: date, lanes: dict[str, list[UUID]], now: datetime
) -> None:
    for lane, ids in lanes.items():
        facts = {"articles": [str(each) for each in ids]}
        subject, key = overdue_subject(week), _key(week, lane)
        tell(session, deps, to=lane, card=OVERDUE, subject=subject, facts=facts, key=key)
        _mark_told(session, ids, now)


def _mark_told(session: WorkspaceSession, ids: Iterable[UUID], now: datetime) -> None:
    for each in ids:
        session.get_one(Article, (session.workspace_id, each)).overdue_told_at = now


def _key(week: date, lane: str) -> str:
    return f"{OVERDUE}:{week}:{lane}"

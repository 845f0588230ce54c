"""Articles as they are spoken of in their upkeep, and who is shown when one was looked at."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.nudges import CARD as NUDGES
from bot.actions.nudges import close, end
from bot.actions.outbox import touch
from bot.actions.people import somebody
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.kb import Kind, State, VersionState
from bot.domain.kb_upkeep import standing
from bot.domain.kb_upkeep_shown import ApprovalShown, ArticleNamed, Helpfulness, Upkept
from bot.domain.nudges import Ended
from bot.domain.nudges import Kind as Nudged
from bot.domain.permissions import Actor
from bot.domain.wallclock import local_date, week_start
from storage.db import WorkspaceSession
from storage.kb_upkeep import count_reports, due, made_due, opinions, orphans, release_tags, releases_with
from storage.nudges import open_about
from storage.swaps import note_text
from storage.tables import Article, ArticleVersion

RELEASE, OVERDUE = "kb.release", "kb.overdue"


def named(row: Article) -> ArticleNamed:
    """An article as it is spoken of."""
    return ArticleNamed(row.id, row.number, row.title, Kind(row.kind))


def upkept(session: WorkspaceSession, rows: Sequence[Article], now: datetime) -> list[Upkept]:
    """The articles, each with all that tells whether somebody should look at it."""
    ids = [row.id for row in rows]
    overdue_days = preferences(session).review_overdue_days
    reports, said = count_reports(session, ids), opinions(session, ids)
    tags = release_tags(session, [row.release_id for row in rows if row.release_id])
    owners = {each: somebody(session, each) for each in {row.owner_id for row in rows if row.owner_id}}
    return [
        Upkept(
            named(row),
            standing(row.review_at, now, overdue_days),
            row.review_at,
            row.verified_at,
            owners[row.owner_id] if row.owner_id else None,
            tags.get(row.release_id) if row.release_id else None,
            reports.get(row.id, 0),
            Helpfulness(*said.get(row.id, (0, 0))),
        )
        for row in rows
    ]


def load_approval(session: WorkspaceSession, article: Article, row: ArticleVersion) -> ApprovalShown:
    """A version that waits for a second person, or waited, as it stands."""
    decided_by = row.decided_by_id
    return ApprovalShown(
        named(article),
        row.version,
        VersionState(row.state),
        somebody(session, row.written_by_id) if row.written_by_id else None,
        note_text(session, row.reason_id),
        row.written_at,
        article.version,
        somebody(session, decided_by) if decided_by else None,
        note_text(session, row.decision_id),
        article.state == State.ARCHIVED,
    )


def looked_at(session: WorkspaceSession, deps: Deps, article: Article) -> None:
    """Shows what is left to its owner, who may have been reminded, and how far its releases are."""
    show_left(session, deps, article.owner_id)
    touch(session, deps, OVERDUE, overdue_subject(this_week(session, deps.clock())))
    for release, _ in releases_with(session, article.id):
        touch(session, deps, RELEASE, release.id)


def this_week(session: WorkspaceSession, now: datetime) -> date:
    """The day on which it began."""
    preferred = preferences(session)
    return week_start(local_date(now, ZoneInfo(preferred.time_zone)), preferred.week_starts)


def overdue_subject(week: date) -> UUID:
    """What the lists of a week are about."""
    return UUID(int=week.toordinal())


def show_left(session: WorkspaceSession, deps: Deps, *owner_ids: UUID | None) -> None:
    """Shows what is left to owners who were reminded; where nothing is, the reminder is over."""
    now = deps.clock()
    for owner_id in filter(None, dict.fromkeys(owner_ids)):
        if due(session, now, owner_id, 0, 1)[1] == 0:
            end(session, deps, owner_id, Nudged.KB, Ended.SEEN)
        for row in open_about(session, owner_id, Nudged.KB):
            if not left_of_release(session, owner_id, row.data):
                close(session, deps, [row], Ended.SEEN)
            elif row.batch_id:
                touch(session, deps, NUDGES, row.batch_id)


def left_of_release(session: WorkspaceSession, owner_id: UUID, data: Mapping[str, str]) -> bool:
    """Whether anything is left to an owner of what they were reminded of, where that was for a release."""
    if "release" not in data:
        return True
    made = made_due(session, UUID(data["release"]))
    return any(each.owner_id == owner_id and str(each.release_id) == data["release"] for each, _ in made)


def follow_publishing(
    session: WorkspaceSession, deps: Deps, _actor: Actor, article: Article, version: ArticleVersion
) -> None:
    """Whoever publishes it has looked at it; of one that is new nobody was told to."""
    if version.version > 1:
        looked_at(session, deps, article)


def follow_archiving(session: WorkspaceSession, deps: Deps, _actor: Actor, article: Article) -> None:
    """Nobody has to look at it any more."""
    looked_at(session, deps, article)


def orphans_left(session: WorkspaceSession) -> int:
    """How many articles have no owner."""
    return orphans(session, 0, 1)[1]

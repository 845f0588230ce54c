"""A release of a product: everything that is tagged with it has to be looked at, and how far that is."""

from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.kb_upkept import RELEASE, show_left
from bot.actions.notes import write_note
from bot.actions.nudges import nudge
from bot.actions.outbox import tell, touch
from bot.actions.people import Caller, somebody
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.kb import fold_tag
from bot.domain.kb_upkeep import NothingTagged, ReleaseUndone
from bot.domain.kb_upkeep_shown import ReleaseShown
from bot.domain.nudges import Kind
from bot.domain.permissions import Deed
from bot.views import kb_release as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.kb import articles_tagged
from storage.kb_upkeep import latest_releases, made_due, release_of, releases_with, tags
from storage.swaps import form_result, note_text, remember_form
from storage.tables import Article, KbRelease, KbReleaseArticle

KIND = "release"
_TAGS, _LATEST = 20, 10


def register_cards(cards: Cards) -> None:
    """What the coordinators read of a release, with how far it is."""

    def load(session: WorkspaceSession, release_id: UUID | None) -> ReleaseShown | None:
        row = release_of(session, release_id) if release_id else None
        return load_release(session, row) if row else None

    def draw(shown: ReleaseShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.release_card(shown, formats)

    cards.register(RELEASE, load, draw)


def load_release(session: WorkspaceSession, row: KbRelease) -> ReleaseShown:
    """A release as it stands: what somebody has verified or published since counts as looked at."""
    articles = [article for article, _ in made_due(session, row.id)]
    left = [each for each in articles if not _looked_at_since(each, row)]
    return ReleaseShown(
        row.id,
        row.number,
        row.tag,
        note_text(session, row.note_id),
        somebody(session, row.said_by_id) if row.said_by_id else None,
        row.said_at,
        len(articles) - len(left),
        len(articles),
        row.undone_at is not None,
        len({each.owner_id for each in left if each.owner_id}),
    )


def known_tags(deps: Deps, caller: Caller) -> list[str]:
    """The tags of what is published, the most used first. Raises ``NotPermitted``."""
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        return tags(session, _TAGS)


def latest(deps: Deps, caller: Caller) -> list[ReleaseShown]:
    """The releases there were, the newest first. Raises ``NotPermitted``."""
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        return [load_release(session, row) for row in latest_releases(session, _LATEST)]


def release(deps: Deps, caller: Caller, nonce: UUID, tag: str, note: str) -> ReleaseShown:
    """Makes everything with a tag due, and tells each owner once.

    Raises ``NotPermitted`` and ``NothingTagged``.
    """
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, nonce)
        if known and (row := release_of(session, known)):
            return load_release(session, row)
        articles = articles_tagged(session, tag)
        if not articles:
            raise NothingTagged(tuple(tags(session, _TAGS)))
        row = _added(session, deps, caller, fold_tag(tag), note)
        remember_form(session, nonce, row.id, deps.clock())
        for article in articles:
            _make_due(session, deps, row, article)
        session.flush()
        record(
            session,
            deps,
            caller.actor,
            "kb.release",
            (KIND, row.id),
            None,
            {"articles": len(articles)},
            row.number,
        )
        for owner_id in sorted({each.owner_id for each in articles if each.owner_id}):
            key = f"{Kind.KB}:release:{row.id}:{owner_id}"
            nudge(session, deps, owner_id, Kind.KB, owner_id, key, {"release": str(row.id)})
        for lane in approver_lanes(session, None, (), deps.clock()):
            tell(session, deps, to=lane, card=RELEASE, subject=row.id, key=f"{RELEASE}:{row.id}:{lane}")
        return load_release(session, row)


def undo_release(deps: Deps, caller: Caller, release_id: UUID) -> ReleaseShown:
    """What nobody has looked at since is due when it would have been.

    Raises ``NotPermitted`` and ``ReleaseUndone``.
    """
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.write(caller.workspace_id) as session:
        row = release_of(session, release_id)
        if row is None or row.undone_at:
            raise ReleaseUndone
        left = [each for each in made_due(session, row.id) if not _looked_at_since(each[0], row)]
        for article, made in left:
            _take_back(session, row, article, made)
        row.undone_at = deps.clock()
        session.flush()
        after = {"articles": len(left)}
        record(session, deps, caller.actor, "kb.release_undo", (KIND, row.id), None, after, row.number)
        show_left(session, deps, *(article.owner_id for article, _ in left))
        touch(session, deps, RELEASE, row.id)
        return load_release(session, row)


def _added(session: WorkspaceSession, deps: Deps, caller: Caller, tag: str, note: str) -> KbRelease:
    row = KbRelease(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, KIND),
        tag=tag,
        note_id=write_note(session, deps, caller.actor.member_id, note),
        said_by_id=caller.actor.member_id,
        said_at=deps.clock(),
    )
    session.add(row)
    session.flush()
    return row


def _make_due(session: WorkspaceSession, deps: Deps, row: KbRelease, article: Article) -> None:
    made = KbReleaseArticle(
        workspace_id=session.workspace_id,
        release_id=row.id,
        article_id=article.id,
        review_before=article.review_at,
    )
    session.add(made)
    now = deps.clock()
    article.review_at = min(article.review_at or now, now)
    article.release_id, article.reminded_at, article.overdue_told_at = row.id, now, None


def _take_back(session: WorkspaceSession, row: KbRelease, article: Article, made: KbReleaseArticle) -> None:
    """It is due when it would have been; where another release made it due as well, it is by that one."""
    others = [(each, its) for each, its in releases_with(session, article.id) if each.id != row.id]
    if later := next((its for each, its in others if each.number > row.number), None):
        later.review_before = made.review_before
        return
    earlier = [each.id for each, _ in others if not _looked_at_since(article, each)]
    article.review_at, article.release_id = made.review_before, next(reversed(earlier), None)
    article.reminded_at = article.overdue_told_at = None


def _looked_at_since(article: Article, row: KbRelease) -> bool:
    return article.verified_at is not None and article.verified_at > row.said_at

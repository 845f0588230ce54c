"""What becomes of an article: every change of one passes here, whoever makes it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.actions.kb_approval_cards import CARD as APPROVAL
from bot.actions.kb_approval_nudges import show_waiting
from bot.actions.kb_follow import AFTER_ARCHIVING, AFTER_ASKING, AFTER_PUBLISHING, NEEDS_SECOND
from bot.actions.notes import write_note
from bot.actions.outbox import touch
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.kb import EDITED_THERE, KeptElsewhere, NotPublished, State, Use, VersionState
from bot.domain.kb_found import SEARCHED_LATELY
from bot.domain.kb_new import NewArticle
from bot.domain.permissions import Actor
from storage.connections import connection
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.kb import count_use, keep_tags, last_version, version_of
from storage.kb_missing import opened_otherwise
from storage.kb_search import index, unindex
from storage.tables import Article, ArticleVersion

# What the audit and the counter call it.
KIND = "article"
_FIELDS = ("kind", "language", "product", "tags", "owner_id", "review_days", "external_url")
_FOUND_BY = frozenset({"kind", "language", "product", "tags"})


def create(session: WorkspaceSession, deps: Deps, actor: Actor, new: NewArticle) -> Article:
    """Keeps a new article, for everybody to read or as a draft."""
    now = deps.clock()
    row = Article(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, KIND),
        kind=new.kind,
        state=State.DRAFT,
        title=new.title,
        language=new.language,
        product=new.product,
        tags=list(new.tags),
        owner_id=new.owner_id,
        source=new.source,
        external_id=new.external_id,
        external_url=new.external_url,
        external_version=new.external_version,
        version=None,
        draft=None,
        review_days=new.review_days,
        created_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    keep_tags(session, row.id, new.tags)
    said = {"kind": row.kind, "owner": _text(row.owner_id), "source": row.source}
    record(session, deps, actor, "article.create", (KIND, row.id), None, said, row.number)
    words, publish = (new.title, new.body), new.state is State.PUBLISHED
    write_version(session, deps, actor, row, *words, variables=new.variables, publish=publish)
    return row


def write_version(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    article: Article,
    title: str,
    body: str,
    *,
    reason: str = "",
    variables: Mapping[str, str] | None = None,
    publish: bool,
    wanted: Mapping[str, Any] | None = None,
) -> ArticleVersion:
    """Keeps new words for an article: a draft in place of the one before, or what people read from now on.

    What needs a second person waits for them; ``wanted`` is what is to happen once it is published.
    """
    number = last_version(session, article.id) + 1
    drop_draft(session, deps, article)
    row = ArticleVersion(
        workspace_id=session.workspace_id,
        article_id=article.id,
        version=number,
        title=title,
        body=body,
        variables=dict(variables) if variables is not None else None,
        state=VersionState.DRAFT,
        reason_id=write_note(session, deps, actor.member_id, reason),
        written_by_id=actor.member_id,
        written_at=deps.clock(),
        wanted=dict(wanted) if wanted else None,
    )
    session.add(row)
    article.draft = number
    if article.version is None:
        article.title = title
    session.flush()
    _record_version(session, deps, actor, "article.write", article, row)
    if publish:
        submit(session, deps, actor, article, row)
    return row


def submit(session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, version: ArticleVersion) -> None:
    """Publishes a draft, or lets it wait for a second person where its kind needs one.

    What was read elsewhere was settled there.
    """
    if actor.member_id is None or not any(needs(session, article) for needs in NEEDS_SECOND):
        publish(session, deps, actor, article, version)
        return
    version.state = VersionState.WAITING
    session.flush()
    _record_version(session, deps, actor, "article.ask", article, version)
    for follow in AFTER_ASKING:
        follow(session, deps, actor, article, version)


def publish(
    session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, version: ArticleVersion
) -> None:
    """Lets people read this version from now on, and what follows from that happen.

    Where one of our people does it, they vouch for it; what was only read from elsewhere nobody has verified,
    and where somebody had verified what stood there before, it is due at once.
    """
    now = deps.clock()
    before = {"version": article.version}
    version.state = VersionState.PUBLISHED
    article.state, article.title, article.version = State.PUBLISHED, version.title, version.version
    article.draft = None if article.draft == version.version else article.draft
    article.changed_at = now
    if actor.member_id:
        _vouch(session, article, actor.member_id, now)
    elif article.verified_at:
        article.verified_at = article.verified_by_id = article.reminded_at = None
        article.review_at = now
    elif article.review_at is None:
        article.review_at = now + review_time(session, article)
    session.flush()
    _record_version(session, deps, actor, "article.publish", article, version, before)
    index(session, article, version)
    for follow in AFTER_PUBLISHING:
        follow(session, deps, actor, article, version)


def approve(
    session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, version: ArticleVersion
) -> None:
    """Publishes what waits for a second person; that they are one is for the caller to see to."""
    version.decided_by_id, version.decided_at = actor.member_id, deps.clock()
    publish(session, deps, actor, article, version)


def decline(
    session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, version: ArticleVersion, reason: str
) -> None:
    """Leaves what people read as it is; the draft stays, to be put right."""
    version.state = VersionState.DECLINED
    version.decided_by_id, version.decided_at = actor.member_id, deps.clock()
    version.decision_id = write_note(session, deps, actor.member_id, reason)
    session.flush()
    _record_version(session, deps, actor, "article.decline", article, version)


def verify(session: WorkspaceSession, deps: Deps, actor: Actor, article: Article) -> None:
    """Notes that it is true as it stands. Raises ``NotPublished``."""
    if article.state != State.PUBLISHED:
        raise NotPublished
    _vouch(session, article, actor.member_id, deps.clock())
    session.flush()
    record(session, deps, actor, "article.verify", (KIND, article.id), None, None, article.number)


def archive(session: WorkspaceSession, deps: Deps, actor: Actor, article: Article) -> None:
    """Puts it away: nobody finds it any more, and nobody is reminded of it."""
    if article.state == State.ARCHIVED:
        return
    before = {"state": article.state}
    article.state, article.release_id = State.ARCHIVED, None
    _show_waiting(session, deps, article)
    unindex(session, article.id)
    session.flush()
    record(session, deps, actor, "article.archive", (KIND, article.id), before, None, article.number)
    for follow in AFTER_ARCHIVING:
        follow(session, deps, actor, article)


def restore(session: WorkspaceSession, deps: Deps, actor: Actor, article: Article) -> None:
    """Brings it back as it was when it was put away."""
    if article.state != State.ARCHIVED:
        return
    article.state = State.PUBLISHED if article.version else State.DRAFT
    _show_waiting(session, deps, article)
    session.flush()
    record(session, deps, actor, "article.restore", (KIND, article.id), None, None, article.number)
    reindex(session, article)


def amend(session: WorkspaceSession, deps: Deps, actor: Actor, article: Article, **fields: Any) -> list[str]:
    """Changes what is known of an article beside its words, and gives the names of what is other now.

    Of kind, language, product, tags, owner_id, review_days and external_url.
    """
    wrong = set(fields) - set(_FIELDS)
    if wrong:
        raise ValueError(f"no fields of an article: {', '.join(sorted(wrong))}")
    if "tags" in fields:
        fields["tags"] = list(fields["tags"])
    other = [name for name, value in fields.items() if getattr(article, name) != value]
    if not other:
        return []
    before = {name: _plain(getattr(article, name)) for name in other}
    for name in other:
        setattr(article, name, fields[name])
    if "tags" in before:
        keep_tags(session, article.id, article.tags)
    if "review_days" in before and article.review_at and article.release_id is None:
        article.review_at = (article.verified_at or article.changed_at) + review_time(session, article)
    session.flush()
    after = {name: _plain(getattr(article, name)) for name in other}
    record(session, deps, actor, "article.amend", (KIND, article.id), before, after, article.number)
    if _FOUND_BY.intersection(other):
        reindex(session, article)
    return other


def drop_draft(session: WorkspaceSession, deps: Deps, article: Article) -> None:
    """What is written next stands in place of the draft."""
    draft = version_of(session, article.id, article.draft)
    waited = draft is not None and draft.state == VersionState.WAITING
    if draft and draft.state in (VersionState.DRAFT, VersionState.WAITING):
        draft.state = VersionState.DROPPED
    article.draft = None
    if draft and waited:
        _show_decided(session, deps, article, draft)


def reindex(session: WorkspaceSession, article: Article) -> None:
    """Lets what is published be found as it is now."""
    version = version_of(session, article.id, article.version)
    if version and article.state == State.PUBLISHED:
        index(session, article, version)


def use(session: WorkspaceSession, article_id: UUID, what: Use, now: datetime) -> None:
    """Counts that somebody opened, shared or copied it; not who. Searches that had found it were not in vain."""
    count_use(session, article_id, what, now.date())
    opened_otherwise(session, article_id, now - SEARCHED_LATELY)


def demand_editable(session: WorkspaceSession, article: Article) -> None:
    """Raises ``KeptElsewhere`` for what is changed in another tool."""
    if article.source and not is_editable(session, article):
        raise KeptElsewhere(article.source, article.external_url)


def is_editable(session: WorkspaceSession, article: Article) -> bool:
    """Whether it is changed here: also what follows a tool no more, because that was disconnected."""
    return article.source not in EDITED_THERE or connection(session, article.source) is None


def review_time(session: WorkspaceSession, article: Article) -> timedelta:
    """After how long somebody has to look at it again."""
    return timedelta(days=article.review_days or preferences(session).review_days)


def _show_waiting(session: WorkspaceSession, deps: Deps, article: Article) -> None:
    """What waits for a second person is shown to them as it stands."""
    draft = version_of(session, article.id, article.draft)
    if draft and draft.state == VersionState.WAITING:
        _show_decided(session, deps, article, draft)


def _show_decided(session: WorkspaceSession, deps: Deps, article: Article, version: ArticleVersion) -> None:
    session.flush()
    touch(session, deps, APPROVAL, article.id)
    show_waiting(session, deps, version.written_by_id)


def _vouch(session: WorkspaceSession, article: Article, member_id: UUID | None, now: datetime) -> None:
    article.verified_at, article.verified_by_id = now, member_id
    article.review_at = now + review_time(session, article)
    article.release_id = article.reminded_at = article.overdue_told_at = None


def _record_version(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    action: str,
    article: Article,
    version: ArticleVersion,
    before: dict[str, Any] | None = None,
) -> None:
    after = {"version": version.version}
    record(session, deps, actor, action, (KIND, article.id), before, after, article.number)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID) else value


def _text(value: object) -> str | None:
    return str(value) if value else None

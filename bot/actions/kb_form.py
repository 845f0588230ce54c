"""Writing an article in a form: a new one, or a new version of one."""

from uuid import UUID

from bot.actions.kb_approval_cards import kinds_open
from bot.actions.kb_look import found, shown
from bot.actions.kb_missing import note_draft
from bot.actions.kb_reports import open_of
from bot.actions.kb_turn import amend, create, demand_editable, drop_draft, submit, write_version
from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.kb import EditedMeanwhile, Kind, PutAway, State, UnknownArticle, VersionState
from bot.domain.kb_diff import difference
from bot.domain.kb_form import About, ArticleForm, Entered
from bot.domain.kb_new import NewArticle
from bot.domain.kb_shown import ArticleShown, Differing
from bot.domain.permissions import FLOOR, Deed
from storage.db import WorkspaceSession
from storage.kb import last_version, version_of, versions_of
from storage.people import grants_of, member
from storage.swaps import form_result, remember_form
from storage.tables import Article, ArticleVersion, Member


def new_form(
    deps: Deps, caller: Caller, *, title: str = "", kind: Kind = Kind.ARTICLE, missing_id: UUID | None = None
) -> ArticleForm:
    """The form for an article that is not there yet. Raises ``NotPermitted``."""
    caller.actor.require(Deed.WRITE_KB, of=caller.actor.member_id)
    with deps.sessions.read(caller.workspace_id) as session:
        preferred = preferences(session)
        return ArticleForm(
            About(deps.new_id(), missing_id=missing_id),
            kind,
            title=title,
            language=preferred.language,
            owner=caller.slack_id,
            usual_days=preferred.review_days,
            may_give=caller.actor.may(Deed.WRITE_KB),
        )


def edit_form(deps: Deps, caller: Caller, article_id: UUID) -> ArticleForm:
    """The form that begins with the draft of an article, or with what people read.

    Raises ``NotPermitted``, ``UnknownArticle`` and ``KeptElsewhere``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        row = found(session, caller, article_id)
        caller.actor.require(Deed.WRITE_KB, of=row.owner_id)
        demand_editable(session, row)
        words = version_of(session, row.id, row.draft or row.version)
        assert words
        owner = member(session, row.owner_id) if row.owner_id else None
        return ArticleForm(
            About(deps.new_id(), row.id, last_version(session, row.id)),
            Kind(row.kind),
            row.number,
            words.title,
            words.body,
            (),
            row.language,
            row.product,
            tuple(row.tags),
            owner.slack_id if owner else None,
            row.review_days,
            preferences(session).review_days,
            row.version is not None,
            caller.actor.may(Deed.WRITE_KB),
            tuple((each.id, each.said or "") for each in open_of(session, row.id)),
            kinds_open(session, row),
        )


def save(deps: Deps, caller: Caller, about: About, entered: Entered) -> ArticleShown:
    """Keeps what was entered, once for a form: as a draft, or for everybody to read.

    Raises ``NotPermitted``, ``UnknownArticle``, ``KeptElsewhere``, ``UnknownPerson`` for an owner who is not here,
    ``PutAway``, and ``EditedMeanwhile`` where there is a newer version than the form is based on; then nothing
    is kept.
    """
    owner = find_person(deps, caller.workspace_id, entered.owner) if entered.owner else None
    owner_id = owner.id if owner else None
    with deps.sessions.write(caller.workspace_id) as session:
        if owner and owner_id != caller.actor.member_id and not _may_own(session, owner):
            raise UnknownPerson
        made = form_result(session, about.nonce)
        if made is None:
            row = _write(session, deps, caller, about, entered, owner_id)
            made = row.id
            remember_form(session, about.nonce, row.id, deps.clock())
        row = found(session, caller, made)
        return shown(session, caller, row, deps.clock(), row.draft)


def difference_of(deps: Deps, caller: Caller, article_id: UUID, version: int) -> Differing:
    """What a version says otherwise than the one that people read before it, or that was written before it.

    Raises ``NotPermitted`` and ``UnknownArticle``.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        row = found(session, caller, article_id)
        caller.actor.require(Deed.WRITE_KB, of=row.owner_id)
        rows = {each.version: each for each in versions_of(session, row.id)}
        if version not in rows:
            raise UnknownArticle(str(row.number))
        earlier = [each for number, each in rows.items() if number < version]
        read = [each for each in earlier if each.state == VersionState.PUBLISHED]
        before = next(iter(read or earlier), None)
        after = rows[version]
        changes = difference(before.body if before else "", after.body)
        titles = (before.title, after.title) if before and before.title != after.title else None
        return Differing(row.number, version, before.version if before else None, titles, changes)


def restore_version(deps: Deps, caller: Caller, article_id: UUID, version: int) -> ArticleShown:
    """Writes the words of an old version once more, as the newest.

    Raises ``NotPermitted``, ``UnknownArticle``, ``KeptElsewhere`` and ``PutAway``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        row, old = _version(session, caller, article_id, version)
        if row.version != version:
            words = (old.title, old.body)
            write_version(session, deps, caller.actor, row, *words, variables=old.variables, publish=True)
        return shown(session, caller, row, deps.clock(), row.draft)


def publish_draft(deps: Deps, caller: Caller, article_id: UUID, version: int) -> ArticleShown:
    """Lets everybody read a draft. Raises what ``restore_version`` raises, and ``EditedMeanwhile``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row, draft = _version(session, caller, article_id, version)
        if row.version != version:
            if row.draft != version or draft.state == VersionState.WAITING:
                raise EditedMeanwhile(last_version(session, row.id))
            submit(session, deps, caller.actor, row, draft)
        return shown(session, caller, row, deps.clock(), row.draft)


def discard_draft(deps: Deps, caller: Caller, article_id: UUID, version: int) -> ArticleShown:
    """Takes a draft of what is published back. Raises what ``publish_draft`` raises."""
    with deps.sessions.write(caller.workspace_id) as session:
        row, _ = _version(session, caller, article_id, version)
        if row.draft != version or row.version is None:
            raise EditedMeanwhile(last_version(session, row.id))
        drop_draft(session, deps, row)
        session.flush()
        return shown(session, caller, row, deps.clock())


def _may_own(session: WorkspaceSession, somebody: Member) -> bool:
    roles = {each.role for each in grants_of(session, somebody.id)}
    return somebody.deactivated_at is None and not roles.isdisjoint(FLOOR)


def _write(
    session: WorkspaceSession, deps: Deps, caller: Caller, about: About, entered: Entered, owner_id: UUID | None
) -> Article:
    actor = caller.actor
    if about.article_id is None:
        owner_id = owner_id or actor.member_id
        actor.require(Deed.WRITE_KB, of=owner_id)
        row = create(session, deps, actor, _new(entered, owner_id))
        if about.missing_id:
            note_draft(session, about.missing_id, row.id)
        draft = version_of(session, row.id, row.draft)
        if draft and entered.publish:
            submit(session, deps, actor, row, draft)
        return row
    row = found(session, caller, about.article_id)
    actor.require(Deed.WRITE_KB, of=row.owner_id)
    demand_editable(session, row)
    if row.state == State.ARCHIVED:
        raise PutAway
    newest = last_version(session, row.id)
    if newest != about.based_on:
        raise EditedMeanwhile(newest)
    before = version_of(session, row.id, row.draft or row.version)
    given = {"owner_id": owner_id} if owner_id and actor.may(Deed.WRITE_KB) else {}
    amend(
        session,
        deps,
        actor,
        row,
        kind=entered.kind.value if entered.kind in kinds_open(session, row) else row.kind,
        language=entered.language,
        product=entered.product,
        tags=list(entered.tags),
        review_days=entered.review_days,
        **given,
    )
    if before and not entered.wanted and (before.title, before.body) == (entered.title, entered.body):
        if entered.publish and before.version == row.draft and before.state != VersionState.WAITING:
            submit(session, deps, actor, row, before)
        return row
    words = (entered.title, entered.body)
    publish, wanted = entered.publish, entered.wanted
    write_version(session, deps, actor, row, *words, reason=entered.reason, publish=publish, wanted=wanted)
    return row


def _new(entered: Entered, owner_id: UUID | None) -> NewArticle:
    return NewArticle(
        entered.kind,
        entered.title,
        entered.body,
        entered.language,
        entered.product,
        entered.tags,
        owner_id,
        review_days=entered.review_days,
        state=State.DRAFT,
    )


def _version(
    session: WorkspaceSession, caller: Caller, article_id: UUID, version: int
) -> tuple[Article, ArticleVersion]:
    """A version of what the caller may change here."""
    row = found(session, caller, article_id)
    caller.actor.require(Deed.WRITE_KB, of=row.owner_id)
    demand_editable(session, row)
    if row.state == State.ARCHIVED:
        raise PutAway
    words = version_of(session, row.id, version)
    if words is None:
        raise EditedMeanwhile(last_version(session, row.id))
    return row, words

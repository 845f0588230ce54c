"""Using a response that is written once: finding it, filling it in, counting that it was used."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from bot.actions.cases_look import found_case
from bot.actions.kb_look import found, page_of
from bot.actions.kb_turn import use
from bot.actions.people import Caller, somebody
from bot.deps import Deps
from bot.domain.kb import Kind, State, UnknownArticle, Use
from bot.domain.kb_canned import AboutCase, ResponseShown, ResponsesShown, known_of, variables_of
from bot.domain.kb_search import Query
from bot.domain.permissions import Deed, Reach
from storage.db import WorkspaceSession
from storage.kb import articles_by_id, version_of
from storage.kb_canned import responses
from storage.kb_search import search
from storage.kb_waiting import count_waiting
from storage.tables import Article, Case

_LATELY = timedelta(days=90)
_MOST_FOUND = 50


def find_responses(
    deps: Deps, caller: Caller, text: str = "", page: int = 0, case_id: UUID | None = None
) -> ResponsesShown:
    """A page of the responses that answer what was typed, or of all, what is used most first.

    For a case those in its language come before the others. Raises ``NotPermitted`` and ``UnknownCase``.
    """
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        language = found_case(session, case_id).language if case_id else None
        since = (deps.clock() - _LATELY).date()
        rows = _those(session, text) if text.strip() else _in_order(responses(session, since), language)
        listed = page_of(session, rows, page)
        by_id = articles_by_id(session, [each.id for each in listed.lines])
        bodies = {each: version_of(session, each, row.version) for each, row in by_id.items()}
        beginnings = {each: words.body for each, words in bodies.items() if words}
        may_write = caller.actor.reach(Deed.WRITE_KB) is not Reach.NOBODY
        return ResponsesShown(
            text.strip(),
            listed,
            beginnings,
            case_id,
            may_write,
            count_waiting(session, Kind.CANNED),
            caller.actor.may(Deed.APPROVE_KB),
        )


def open_response(deps: Deps, caller: Caller, article_id: UUID, case_id: UUID | None = None) -> ResponseShown:
    """A response with what is known of a case.

    Raises ``NotPermitted``, ``UnknownArticle`` where it is none that people may use, and ``UnknownCase``.
    """
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        row = _usable(session, caller, article_id)
        words = version_of(session, row.id, row.version)
        if words is None:
            raise UnknownArticle(str(row.number))
        if case_id:
            caller.actor.require(Deed.SEE_CASES)
        of = found_case(session, case_id) if case_id else None
        variables = variables_of(words.body, words.variables)
        return ResponseShown(
            row.id,
            row.number,
            words.title,
            words.body,
            variables,
            known_of(variables, _about(session, caller, of)),
            of.id if of else None,
            of.number if of else None,
        )


def count_copied(deps: Deps, caller: Caller, article_id: UUID) -> None:
    """Somebody has taken the text of a response; who is not counted. Raises what ``open_response`` does."""
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.write(caller.workspace_id) as session:
        use(session, _usable(session, caller, article_id).id, Use.COPIED, deps.clock())


def _those(session: WorkspaceSession, text: str) -> list[Article]:
    hits = search(session, Query(text, kinds=frozenset({Kind.CANNED.value})), _MOST_FOUND).hits
    rows = articles_by_id(session, [each.article_id for each in hits])
    return [rows[each.article_id] for each in hits if each.article_id in rows]


def _in_order(rows: Sequence[Article], language: str | None) -> list[Article]:
    return sorted(rows, key=lambda row: language is not None and not language.startswith(row.language))


def _usable(session: WorkspaceSession, caller: Caller, article_id: UUID) -> Article:
    row = found(session, caller, article_id)
    if row.kind != Kind.CANNED or row.state != State.PUBLISHED:
        raise UnknownArticle(str(row.number))
    return row


def _about(session: WorkspaceSession, caller: Caller, of: Case | None) -> AboutCase:
    me = somebody(session, caller.actor.member_id).name if caller.actor.member_id else ""
    if of is None:
        return AboutCase(me)
    return AboutCase(me, of.customer, of.external_id or str(of.number), of.title)

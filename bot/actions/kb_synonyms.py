"""Words that mean the same to the workspace: whoever looks for one finds the others."""

import re
from uuid import UUID

from sqlalchemy import select

from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.kb_found import SynonymsShown
from bot.domain.kb_words import folded_words
from bot.domain.permissions import Deed, Reach
from storage.db import WorkspaceSession
from storage.tables import KbSynonym

KIND = "synonyms"
PAGE = 10
_LEAST, _MOST, _LONGEST = 2, 20, 60
_APART = re.compile(r"[,;\n=]")


class BadSynonyms(Exception):
    """A group has two words at least; ``longest`` where one is too long, ``many`` where there are too many."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def synonyms(deps: Deps, caller: Caller, page: int) -> SynonymsShown:
    """A page of them. Raises ``NotPermitted``."""
    caller.actor.require(Deed.READ_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        groups = sorted(((row.id, tuple(row.words)) for row in _rows(session)), key=lambda each: each[1])
        pages = max(1, -(-len(groups) // PAGE))
        page = min(max(page, 0), pages - 1)
        may = caller.actor.reach(Deed.KEEP_KB) is not Reach.NOBODY
        return SynonymsShown(tuple(groups[page * PAGE : (page + 1) * PAGE]), page, pages, may)


def synonyms_of(deps: Deps, caller: Caller, group_id: UUID | None) -> tuple[str, ...]:
    """The words of one group, to be changed; none where it is gone. Raises ``NotPermitted``."""
    caller.actor.require(Deed.KEEP_KB)
    with deps.sessions.read(caller.workspace_id) as session:
        row = session.get(KbSynonym, (session.workspace_id, group_id)) if group_id else None
        return tuple(row.words) if row else ()


def keep_synonyms(deps: Deps, caller: Caller, group_id: UUID | None, typed: str) -> tuple[str, ...]:
    """Keeps a group as it was typed, apart by commas; nothing typed takes it away.

    Raises ``NotPermitted`` and ``BadSynonyms``.
    """
    caller.actor.require(Deed.KEEP_KB)
    words = _read(typed)
    with deps.sessions.write(caller.workspace_id) as session:
        row = session.get(KbSynonym, (session.workspace_id, group_id)) if group_id else None
        before = {"words": len(row.words)} if row else None
        if row is None and not words:
            return ()
        if row is None:
            row = KbSynonym(workspace_id=session.workspace_id, id=deps.new_id())
            session.add(row)
        row.words, row.changed_by_id, row.changed_at = list(words), caller.actor.member_id, deps.clock()
        if not words:
            session.delete(row)
        after = {"words": len(words)} if words else None
        record(session, deps, caller.actor, "kb_synonyms.change", (KIND, row.id), before, after)
        return words


def _read(typed: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(" ".join(each.split()) for each in _APART.split(typed) if folded_words(each)))
    if words and len({" ".join(folded_words(each)) for each in words}) < _LEAST:
        raise BadSynonyms("few")
    if len(words) > _MOST:
        raise BadSynonyms("many")
    if any(len(each) > _LONGEST for each in words):
        raise BadSynonyms("longest")
    return words


def _rows(session: WorkspaceSession) -> list[KbSynonym]:
    return list(session.scalars(select(KbSynonym).where(KbSynonym.workspace_id == session.workspace_id)))

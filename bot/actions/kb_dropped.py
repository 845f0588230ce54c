"""A Markdown file that somebody gives the bot in a direct message becomes a draft, which they publish."""

from dataclasses import replace
from typing import Any

from bot.actions.kb_dropped_card import CARD
from bot.actions.kb_turn import create, demand_editable, write_version
from bot.actions.outbox import tell
from bot.actions.settings import preferences
from bot.connectors.markdown_files import ENDINGS, MarkdownFile, read_markdown
from bot.deps import Deps
from bot.domain.imports import BadFile
from bot.domain.kb import KeptElsewhere, State
from bot.domain.kb_import import read_articles
from bot.domain.permissions import Actor, Deed
from bot.domain.uploads import State as Stands
from storage.db import WorkspaceSession
from storage.kb import article_of_number
from storage.outbox import Priority
from storage.people import members
from storage.tables import Article, Upload
from storage.uploads import upload

# What an upload of one is called.
ARTICLE = "article"
# What stands on top of a file that is the next version of an article.
_NUMBER = "article"


def is_article(name: str) -> bool:
    """Whether a file of this name is one."""
    return name.lower().endswith(ENDINGS)


def may_drop(actor: Actor) -> bool:
    """Whether somebody may give the bot an article."""
    return actor.may(Deed.WRITE_KB, of=actor.member_id)


def keep_dropped(deps: Deps, row: Upload, actor: Actor, content: bytes) -> None:
    """Keeps what the file says as a draft, tells who gave it, and forgets the file. Raises ``NotPermitted``."""
    actor.require(Deed.WRITE_KB, of=actor.member_id)
    with deps.sessions.write(row.workspace_id) as session:
        current = upload(session, row.id)
        if current is None or current.state != Stands.READING:
            return
        kept, facts = None, {"name": row.name}
        try:
            kept = _keep(session, deps, actor, read_markdown(row.name, content))
        except BadFile as bad:
            first = bad.problems[0]
            facts |= {"line": str(first.line), "found": first.found, "expected": first.expected}
        except (KeptElsewhere, _NotTheirs):
            facts |= {"refused": "yes"}
        key = f"{CARD}:{row.id}"
        subject = kept.id if kept else None
        said: dict[str, Any] = {**facts, **({"version": kept.draft} if kept else {})}
        tell(
            session,
            deps,
            to=row.slack_id,
            card=CARD,
            subject=subject,
            key=key,
            facts=said,
            priority=Priority.PRESS,
        )
        session.delete(current)


class _NotTheirs(Exception):
    """The article that the file is to be the next version of is not there, or is not for them to write."""


def _keep(session: WorkspaceSession, deps: Deps, actor: Actor, file: MarkdownFile) -> Article:
    people = {row.email.casefold(): row.id for row in members(session) if row.email and not row.deactivated_at}
    (new,) = read_articles([file], people, preferences(session).language).articles
    if number := file.front.get(_NUMBER):
        words = number.words if isinstance(number.words, str) else ""
        known = article_of_number(session, int(words)) if words.isdecimal() and len(words) < 10 else None
        if known is None or not actor.may(Deed.WRITE_KB, of=known.owner_id):
            raise _NotTheirs
        demand_editable(session, known)
        if known.state == State.ARCHIVED:
            raise _NotTheirs
        # Any heading is a title for a new article, but only one on top of the file renames one that has its own.
        named = "title" in file.front or file.body.lstrip().startswith("# ")
        title = new.title if named else known.title
        write_version(session, deps, actor, known, title, new.body, publish=False)
        return known
    owner_id = new.owner_id if actor.may(Deed.WRITE_KB) else None
    owned = replace(
        new,
        owner_id=owner_id or actor.member_id,
        source=None,
        external_id=None,
        external_version=None,
        state=State.DRAFT,
    )
    return create(session, deps, actor, owned)

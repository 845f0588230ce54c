"""A folder of Markdown becomes articles; a second time what has changed in it is brought up to date."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from bot.actions.kb_mirror import gone, mirror
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.kb import FOLDER, What
from bot.domain.kb_import import File, read_articles
from bot.domain.kb_new import NewArticle
from bot.domain.permissions import Actor, Deed
from storage.kb import articles_of_source
from storage.people import members

Progress = Callable[[int, int], None]
# Articles per transaction, so that nobody waits for the whole folder.
_AT_ONCE = 25


class _OnlyTried(Exception):
    """What was written is not to stay."""


@dataclass(frozen=True, slots=True)
class KbImported:
    """What became of a folder: paths by what became of each, and what is not in it any more.

    ``pruned``: that was archived. ``ignored`` are keys that mean nothing here, ``strangers`` owners who are not on
    the roster, with how many articles each has, which have no owner now.
    """

    paths: dict[What, list[str]]
    gone: tuple[str, ...]
    pruned: bool
    ignored: tuple[str, ...]
    strangers: dict[str, int]


def import_kb(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    files: Sequence[File],
    *,
    folder: str,
    prune: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda _done, _steps: None,
) -> KbImported:
    """Takes the files of a folder over; their paths begin with its name. A dry run says what would become of each.

    Raises ``NotPermitted``, and ``BadFile`` before anything is done.
    What is not in it any more is archived where it is to be ``prune``d. A process that ends in the middle leaves
    whole articles; the same again does the rest.
    """
    actor.require(Deed.KEEP_KB)
    with deps.sessions.read(workspace_id) as session:
        people = {row.email.casefold(): row.id for row in members(session) if row.email and not row.deactivated_at}
        read = read_articles(files, people, preferences(session).language)
    paths: dict[What, list[str]] = {what: [] for what in What}
    waiting = iter(read.articles)
    done = 0
    while some := list(islice(waiting, _AT_ONCE)):
        _take(deps, workspace_id, actor, some, paths, dry_run=dry_run)
        done += len(some)
        progress(done, len(read.articles))
    left = _leave(deps, workspace_id, actor, folder, {file.path for file in files}, prune=prune and not dry_run)
    return KbImported(paths, left, prune, read.ignored, dict(read.strangers))


def _take(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    articles: Sequence[NewArticle],
    paths: dict[What, list[str]],
    *,
    dry_run: bool,
) -> None:
    with suppress(_OnlyTried), deps.sessions.write(workspace_id) as session:
        for new in articles:
            paths[mirror(session, deps, actor, new)].append(str(new.external_id))
        if dry_run:
            raise _OnlyTried


def _leave(
    deps: Deps, workspace_id: str, actor: Actor, folder: str, there: set[str], *, prune: bool
) -> tuple[str, ...]:
    with (deps.sessions.write if prune else deps.sessions.read)(workspace_id) as session:
        known = articles_of_source(session, FOLDER)
        left = sorted(path for path in known if path.startswith(f"{folder}/") and path not in there)
        if prune:
            for path in left:
                gone(session, deps, actor, known[path])
    return tuple(left)

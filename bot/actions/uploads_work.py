"""What takes longer than a press may: fetching and reading an upload, applying it, and taking it back.

Whatever is to be done stands in the state of the upload, so any process may do it, and one that dies loses
nothing. Two may do it at once: who comes second finds that it is done, and does not do it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import structlog
from slack_sdk.errors import SlackClientError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.actions.imports import AlreadyUndone, ImportInUse, undo_import
from bot.actions.kb_dropped import ARTICLE, keep_dropped
from bot.actions.people import FromOutside, NotOnRoster, recognise
from bot.actions.uploads import forget
from bot.actions.uploads_cards import show
from bot.actions.uploads_documents import digest, to_document
from bot.actions.uploads_preview import PEOPLE, read_upload, run_import
from bot.connectors.files import NoAccess, NoFile, SlackIsSilent, TooLarge, fetch_file
from bot.connectors.slack import Account, all_accounts
from bot.connectors.spreadsheets import Table, UnknownHeader
from bot.deps import Deps
from bot.domain.imports import BadFile
from bot.domain.permissions import Actor, Deed, NotPermitted
from bot.domain.uploads import BUSY, Preview, Remark, State, Trouble, What
from bot.logs import begin_request
from bot.views.imports import in_use_lines
from storage.db import WorkspaceSession
from storage.joined import Joined
from storage.tables import Upload
from storage.uploads import upload, uploads_in

log = structlog.get_logger()

# The database may answer another time; whatever else it says is a fault of ours.
_DATABASE_AWAY = (OperationalError, InterfaceError, NoConnection)
# What a card can show one by one; the digest is that of everything.
_MOST_ENTRIES, _MOST_PROBLEMS = 25, 25
# Slack is asked so often, every few minutes after the first time.
_MOST_TRIES = 6
_LOST = {NoFile: Remark.NO_FILE, NoAccess: Remark.NO_SCOPE, TooLarge: Remark.TOO_LARGE}
# Where an upload stands when what was to be done has failed.
_BACK = {State.READING: State.LOST, State.APPLYING: State.READ, State.UNDOING: State.APPLIED}


def work_off(deps: Deps, workspace_id: str) -> None:
    """Does everything that is to be done; one upload that fails holds up no other."""
    with deps.sessions.read(workspace_id) as session:
        waiting = uploads_in(session, BUSY)
    for upload_id in waiting:
        reference = begin_request(workspace=workspace_id, upload=str(upload_id))
        try:
            _work(deps, workspace_id, upload_id)
        except _DATABASE_AWAY as error:
            log.warning("an upload waits for the database", error=type(error).__name__)
        except Exception as error:
            log.error("an upload has failed", exc_info=error)
            _give_up(deps, workspace_id, upload_id, reference)


def _work(deps: Deps, workspace_id: str, upload_id: UUID) -> None:
    with deps.sessions.read(workspace_id) as session:
        row = upload(session, upload_id)
    if row is None or row.state not in BUSY:
        return
    try:
        actor = recognise(deps, workspace_id, row.slack_id).actor
        if row.state == State.UNDOING:
            _undo(deps, row, actor)
            return
        if row.kind != ARTICLE:
            actor.require(Deed.IMPORT_SCHEDULE)
        content = fetch_file(deps.slack, row.file_id or "") if row.content is None else row.content
        (keep_dropped if row.kind == ARTICLE else _read)(deps, row, actor, content)
    except (NotPermitted, NotOnRoster, FromOutside):
        _settle(deps, row, state=_BACK[State(row.state)], remark=Remark.MAY_NOT)
    except (NoFile, NoAccess, TooLarge) as reason:
        _settle(deps, row, state=State.LOST, remark=_LOST[type(reason)])
    except SlackIsSilent as silent:
        log.warning("an upload waits for Slack", cause=type(silent.__cause__).__name__)
        _try_later(deps, row)


def _try_later(deps: Deps, row: Upload) -> None:
    """Leaves it to the job that looks every few minutes, but not for ever."""
    if row.tries + 1 >= _MOST_TRIES:
        _settle(deps, row, state=_BACK[State(row.state)], remark=Remark.SLACK_AWAY)
    else:
        with deps.sessions.write(row.workspace_id) as session:
            session.get_one(Upload, (row.workspace_id, row.id)).tries += 1


def _read(deps: Deps, row: Upload, actor: Actor, content: bytes) -> None:
    try:
        table = read_upload(deps, row.workspace_id, row.name, content)
    except BadFile as bad:
        _settle(deps, row, **_unreadable(bad))
        return
    run = _Run(row, actor, table, _accounts(deps) if table.kind == PEOPLE else [])
    if row.state == State.READING:
        _settle(deps, row, **{"content": content, "kind": table.kind, **_previewed(run, deps)})
    else:
        _apply(run, deps)


def _accounts(deps: Deps) -> list[Account]:
    try:
        return all_accounts(deps.slack)
    except (SlackClientError, OSError) as error:
        raise SlackIsSilent from error


@dataclass(frozen=True, slots=True)
class _Run:
    """An upload that was read, with all that its import takes."""

    row: Upload
    actor: Actor
    table: Table
    accounts: Sequence[Account]

    def __call__(self, deps: Deps, *, dry_run: bool) -> tuple[int | None, Preview]:
        first, last = self.row.replaced_from, self.row.replaced_to
        return run_import(
            deps,
            self.row.workspace_id,
            self.actor,
            self.table,
            self.accounts,
            files=self.row.name,
            replaced=(first, last) if first and last else None,
            dry_run=dry_run,
        )


def _previewed(run: _Run, deps: Deps) -> dict[str, Any]:
    """What an upload says once it was compared with what there is now."""
    try:
        _, preview = run(deps, dry_run=True)
    except BadFile as bad:
        return _unreadable(bad)
    shown = replace(preview, entries=preview.entries[:_MOST_ENTRIES])
    return {"state": State.READ, "shown": to_document(shown), "digest": digest(preview)}


def _unreadable(bad: BadFile) -> dict[str, Any]:
    trouble = Trouble(tuple(bad.problems[:_MOST_PROBLEMS]), len(bad.problems), isinstance(bad, UnknownHeader))
    return {"state": State.UNREADABLE, "shown": to_document(trouble), "digest": None, "content": None}


def _apply(run: _Run, deps: Deps) -> None:
    """Takes the file over if that does what was previewed, in one transaction; otherwise it is previewed anew."""
    with deps.sessions.write(run.row.workspace_id) as session:
        row = upload(session, run.row.id)
        if row is None or row.state != State.APPLYING:
            return
        within = replace(deps, sessions=Joined(session))
        seen = _previewed(run, within)
        if seen["digest"] != row.digest:
            _change(session, deps, row, **seen, remark=Remark.CHANGED)
            return
        number, done = run(within, dry_run=False)
        forget(row)
        left = tuple(entry for entry in done.entries if entry.what is What.LEFT)[:_MOST_ENTRIES]
        sums = to_document(replace(done, entries=left, read_columns=(), unread_columns=(), unread_sheets=()))
        _change(session, deps, row, state=State.APPLIED, number=number, shown=sums)


def _undo(deps: Deps, row: Upload, actor: Actor) -> None:
    try:
        undo_import(deps, row.workspace_id, actor, row.number or 0)
    except AlreadyUndone:
        _settle(deps, row, state=State.UNDONE)
    except ImportInUse as refusal:
        if refusal.dependents.begun:
            _settle(deps, row, state=State.APPLIED, remark=Remark.BEGUN)
            return
        lines = list(in_use_lines(refusal.number, refusal.dependents))
        _settle(deps, row, state=State.APPLIED, remark=Remark.IN_USE, in_the_way=lines)


def _give_up(deps: Deps, workspace_id: str, upload_id: UUID, reference: str) -> None:
    with deps.sessions.write(workspace_id) as session:
        row = upload(session, upload_id)
        if row and row.state in BUSY:
            _change(session, deps, row, state=_BACK[State(row.state)], remark=Remark.FAILED, reference=reference)


def _settle(deps: Deps, row: Upload, **columns: Any) -> None:
    """Notes what came of it, unless somebody else has done so meanwhile."""
    with deps.sessions.write(row.workspace_id) as session:
        current = upload(session, row.id)
        if current and current.state == row.state:
            _change(session, deps, current, **columns)


def _change(session: WorkspaceSession, deps: Deps, row: Upload, **columns: Any) -> None:
    for column, value in columns.items():
        setattr(row, column, value)
    if row.state == State.LOST:
        forget(row)
    show(session, deps, row)

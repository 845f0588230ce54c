"""Spreadsheets that people give the bot in a direct message: taken in, decided about, and forgotten in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.actions.kb_dropped import ARTICLE, is_article, may_drop
from bot.actions.people import Caller, FromOutside, NotOnRoster, recognise
from bot.actions.uploads_cards import (
    ANSWER,
    FROM_OUTSIDE,
    HINT,
    MAY_NOT,
    NOT_ON_ROSTER,
    answer,
    load_upload,
    show,
)
from bot.actions.uploads_preview import SHIFTS
from bot.deps import Deps
from bot.domain.permissions import Actor, Deed
from bot.domain.uploads import BUSY, FORGETTABLE, KEPT, MOST_DAYS, Days, Remark, State, UploadNotOpen, UploadShown
from storage.db import WorkspaceSession
from storage.events import first_time
from storage.imports import begun_since
from storage.tables import Upload
from storage.uploads import has_fresh_message, upload, uploads_imported, uploads_overdue, wake


@dataclass(frozen=True, slots=True)
class Given:
    """A file of Slack's, or what was pasted."""

    name: str
    file_id: str | None = None
    content: bytes | None = None


class UnknownUpload(Exception):
    """There is no such upload of the caller's."""


class DaysBackwards(Exception):
    """The last day is before the first."""


class TooManyDays(Exception):
    """More than ``MOST_DAYS``."""


def receive(deps: Deps, workspace_id: str, slack_id: str, event_id: str, given: Sequence[Given]) -> None:
    """Takes in what somebody has given the bot; who may not, or has given nothing, is told so.

    Nobody is answered twice to an event, or within an hour to what is no spreadsheet.
    """
    facts: dict[str, Any] | None = None
    try:
        actor = recognise(deps, workspace_id, slack_id).actor
    except NotOnRoster as stranger:
        facts = {"answer": NOT_ON_ROSTER, "ask": stranger.ask, "channel": stranger.channel}
    except FromOutside:
        facts = {"answer": FROM_OUTSIDE}
    else:
        if not given:
            facts = {"answer": HINT, "imports": actor.may(Deed.IMPORT_SCHEDULE)}
        elif refused := next((each for each in given if not _may_give(actor, each)), None):
            facts = {"answer": MAY_NOT, "name": refused.name}
    with deps.sessions.write(workspace_id) as session:
        if not first_time(session, event_id, deps.clock()):
            return
        if facts is None:
            session.add_all(_taken_in(deps, workspace_id, slack_id, each) for each in given)
            wake(session)
        elif given or not has_fresh_message(session, slack_id, ANSWER, deps.clock()):
            answer(session, deps, slack_id, event_id, facts)


def apply(deps: Deps, caller: Caller, upload_id: UUID) -> None:
    """Has what was previewed done. Raises ``NotPermitted``, ``UnknownUpload`` and ``UploadNotOpen``."""
    caller.actor.require(Deed.IMPORT_SCHEDULE)
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, upload_id, State.READ)
        shown = load_upload(session, upload_id)
        if not (shown and shown.preview and shown.preview.is_applicable):
            raise UploadNotOpen(State.READ)
        _turn(session, deps, row, State.APPLYING)


def cancel(deps: Deps, caller: Caller, upload_id: UUID) -> None:
    """Nothing is done, and the file is forgotten. Raises ``UnknownUpload`` and ``UploadNotOpen``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, upload_id, State.READ)
        forget(row)
        _turn(session, deps, row, State.CANCELLED)


def undo(deps: Deps, caller: Caller, upload_id: UUID) -> None:
    """Has what was applied taken back. Raises ``NotPermitted``, ``UnknownUpload`` and ``UploadNotOpen``."""
    caller.actor.require(Deed.UNDO_IMPORT)
    with deps.sessions.write(caller.workspace_id) as session:
        _turn(session, deps, _own(session, caller, upload_id, State.APPLIED), State.UNDOING)


def replace_days(deps: Deps, caller: Caller, upload_id: UUID, days: Days | None) -> None:
    """Previews a shifts file anew: within the days, what it does not have would be removed; None: nowhere.

    Raises ``DaysBackwards``, ``TooManyDays``, ``NotPermitted``, ``UnknownUpload`` and ``UploadNotOpen``.
    """
    caller.actor.require(Deed.IMPORT_SCHEDULE)
    if days and days[1] < days[0]:
        raise DaysBackwards
    if days and (days[1] - days[0]).days >= MOST_DAYS:
        raise TooManyDays
    first, last = days or (None, None)
    with deps.sessions.write(caller.workspace_id) as session:
        row = _own(session, caller, upload_id, State.READ, State.READING)
        if (row.replaced_from, row.replaced_to) == (first, last):
            return  # a form that was sent twice
        if row.state != State.READ or row.kind != SHIFTS:
            raise UploadNotOpen(State(row.state))
        row.replaced_from, row.replaced_to = first, last
        _turn(session, deps, row, State.READING)


def look_at_upload(deps: Deps, caller: Caller, upload_id: UUID) -> UploadShown:
    """An upload as it stands; raises ``UnknownUpload``."""
    with deps.sessions.read(caller.workspace_id) as session:
        row = upload(session, upload_id)
        shown = load_upload(session, upload_id)
        if row is None or shown is None or row.slack_id != caller.slack_id:
            raise UnknownUpload
        return shown


def end_undo(deps: Deps, workspace_id: str) -> None:
    """Offers no undo any more where shifts of what was applied have begun."""
    with deps.sessions.read(workspace_id) as session:
        if not _begun(session, deps):
            return
    with deps.sessions.write(workspace_id) as session:
        for row in _begun(session, deps):
            row.remark = Remark.BEGUN
            show(session, deps, row)


def expire(deps: Deps, workspace_id: str) -> None:
    """Forgets what nobody has decided about in time, and what could not be read."""
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        if not uploads_overdue(session, FORGETTABLE, now):
            return
    with deps.sessions.write(workspace_id) as session:
        for row in uploads_overdue(session, FORGETTABLE, now):
            forget(row)
            _turn(session, deps, row, State.EXPIRED)


def forget(row: Upload) -> None:
    """Erases the file and what it says; what has become of it stays."""
    row.content = row.shown = row.digest = None


def _may_give(actor: Actor, given: Given) -> bool:
    return may_drop(actor) if is_article(given.name) else actor.may(Deed.IMPORT_SCHEDULE)


def _taken_in(deps: Deps, workspace_id: str, slack_id: str, given: Given) -> Upload:
    now = deps.clock()
    return Upload(
        workspace_id=workspace_id,
        id=deps.new_id(),
        slack_id=slack_id,
        name=given.name,
        file_id=given.file_id,
        content=given.content,
        kind=ARTICLE if is_article(given.name) else None,
        state=State.READING,
        received_at=now,
        expires_at=now + KEPT,
    )


def _begun(session: WorkspaceSession, deps: Deps) -> list[Upload]:
    applied = uploads_imported(session, State.APPLIED, SHIFTS)
    return [
        row for row, entry in applied if row.remark != Remark.BEGUN and begun_since(session, entry, deps.clock())
    ]


def _own(session: WorkspaceSession, caller: Caller, upload_id: UUID, *states: State) -> Upload:
    row = upload(session, upload_id)
    if row is None or row.slack_id != caller.slack_id:
        raise UnknownUpload
    if row.state not in states:
        raise UploadNotOpen(State(row.state))
    return row


def _turn(session: WorkspaceSession, deps: Deps, row: Upload, state: State) -> None:
    row.state, row.remark, row.in_the_way, row.reference, row.tries = state, None, None, None, 0
    show(session, deps, row)
    if state in BUSY:
        wake(session)

"""Changing what was announced, sending it before its time, and withdrawing it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.actions.announcements_cards import load_announcement, renew, say_changed
from bot.actions.announcements_remind import first_reminders
from bot.actions.announcements_turn import KIND, end_it, look_next, send
from bot.actions.notes import write_note
from bot.actions.nudges import end
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.announcements import (
    OPEN,
    BadAnnouncement,
    NotOpen,
    State,
    UnknownAnnouncement,
    Wrong,
    expiry,
    wrong_times,
    wrong_words,
)
from bot.domain.announcements_shown import AnnouncementShown
from bot.domain.nudges import Ended
from bot.domain.nudges import Kind as Nudged
from bot.domain.permissions import Deed
from storage.announcements import announcement_of, readers_of
from storage.db import WorkspaceSession
from storage.swaps import form_result, remember_form
from storage.tables import Announcement, Note


class ChangedMeanwhile(Exception):
    """Somebody else has changed it since the form was opened."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What it is to say from now on; ``ask_again``: whoever has read it is to read it once more.

    ``revision`` is the one that was changed. ``send_at`` is for what is not sent yet.
    """

    revision: int
    title: str
    text: str
    send_at: datetime | None
    due_at: datetime | None
    expires_at: datetime | None
    ask_again: bool = False


def to_change(deps: Deps, caller: Caller, announcement_id: UUID) -> AnnouncementShown:
    """What is to be changed or withdrawn. Raises ``NotPermitted``, ``UnknownAnnouncement`` and ``NotOpen``."""
    with deps.sessions.read(caller.workspace_id) as session:
        return load_announcement(session, _to_change(session, caller, announcement_id))


def change(deps: Deps, caller: Caller, announcement_id: UUID, nonce: UUID, changed: Changed) -> AnnouncementShown:
    """Has every copy say it. Raises the same, ``BadAnnouncement`` and ``ChangedMeanwhile``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _to_change(session, caller, announcement_id)
        if form_result(session, nonce):
            return load_announcement(session, row)
        if row.revision != changed.revision:
            raise ChangedMeanwhile
        _check(deps, row, changed)
        _write(session, deps, caller, row, changed)
        remember_form(session, nonce, row.id, deps.clock())
        after = {"revision": row.revision, "asks_from": row.asks_from}
        record(session, deps, caller.actor, "announcement.change", (KIND, row.id), None, after, row.number)
        readers = readers_of(session, row.id)
        renew(session, deps, row, [reader for reader, _ in readers])
        if row.state == State.SENT:
            if changed.ask_again:
                _ask_again(session, deps, row)
            look_next(session, row)
        return load_announcement(session, row)


def send_now(deps: Deps, caller: Caller, announcement_id: UUID) -> None:
    """Sends what was to be sent later; nothing where it is sent. Raises what ``to_change`` does."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _to_change(session, caller, announcement_id)
        if row.state == State.SCHEDULED:
            send(session, deps, caller.actor, row)


def withdraw(deps: Deps, caller: Caller, announcement_id: UUID) -> None:
    """Takes it back, wherever it stands. Raises what ``to_change`` does."""
    with deps.sessions.write(caller.workspace_id) as session:
        end_it(session, deps, caller.actor, _to_change(session, caller, announcement_id), State.WITHDRAWN)


def _to_change(session: WorkspaceSession, caller: Caller, announcement_id: UUID) -> Announcement:
    row = announcement_of(session, announcement_id)
    if row is None:
        raise UnknownAnnouncement
    caller.actor.require(Deed.CHANGE_ANNOUNCEMENT, of=row.author_id)
    if row.state not in OPEN:
        raise NotOpen(State(row.state))
    return row


def _check(deps: Deps, row: Announcement, changed: Changed) -> None:
    """Of times only what is changed is asked whether it can be: what is past already may stay."""
    now, is_sent = deps.clock(), row.state == State.SENT
    send_at = None if is_sent or changed.send_at == row.send_at else changed.send_at
    due_at = changed.due_at if changed.due_at != row.due_at or not is_sent else None
    expires_at = changed.expires_at if changed.expires_at != row.expires_at or not is_sent else None
    is_over = changed.ask_again and changed.due_at is not None and changed.due_at <= now
    wrong = (
        *wrong_words(changed.title, changed.text),
        *([Wrong.DUE_OVER] if is_over else wrong_times(now, send_at, due_at, expires_at)),
    )
    if wrong:
        raise BadAnnouncement(wrong)


def _write(session: WorkspaceSession, deps: Deps, caller: Caller, row: Announcement, changed: Changed) -> None:
    note = session.get(Note, (session.workspace_id, row.note_id)) if row.note_id else None
    if note and note.erased_at is None:
        note.text = changed.text.strip()
    else:
        row.note_id = write_note(session, deps, caller.actor.member_id, changed.text)
    row.title, row.revision = " ".join(changed.title.split()), row.revision + 1
    if row.state == State.SCHEDULED:
        row.send_at = row.next_at = changed.send_at or row.send_at
    if changed.due_at != row.due_at:
        row.due_at, row.told_late_at = (changed.due_at if row.asks else None), None
    row.expires_at = expiry(changed.expires_at, row.send_at, row.due_at)
    session.flush()


def _ask_again(session: WorkspaceSession, deps: Deps, row: Announcement) -> None:
    """Whoever has read it is to read it once more, and is reminded as they were of the first."""
    row.asks, row.asks_from, row.told_late_at = True, row.revision, None
    readers = readers_of(session, row.id)
    reminders = first_reminders(session, [person for _, person in readers], deps.clock())
    for reader, person in readers:
        reader.reminders, reader.remind_at = 0, reminders[person.id]
        end(session, deps, reader.id, Nudged.ANNOUNCEMENT, Ended.AGAIN)
    session.flush()
    say_changed(session, deps, row, readers)

"""The card of an upload, and the short answers to what else somebody writes to the bot."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.unowned import not_offered
from bot.actions.uploads_documents import from_document
from bot.deps import Deps
from bot.domain.uploads import Preview, Remark, State, Trouble, UploadShown
from bot.views import uploads as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.people import from_outside, not_on_roster
from storage.db import WorkspaceSession
from storage.imports import import_by_number
from storage.outbox import Priority
from storage.tables import Upload
from storage.uploads import upload, uploads_of_import, uploads_of_shifts

CARD = "upload.preview"
ANSWER = "upload.answer"
# Whoever chats with the bot reads what it is for, and is not told so again for a while.
_SILENCE = timedelta(hours=1)

HINT, MAY_NOT, NOT_ON_ROSTER, FROM_OUTSIDE = "hint", "may not", "not on the roster", "from outside"


def register_cards(cards: Cards, deps: Deps) -> None:
    """The cards of this module."""
    prefix = deps.settings.command_prefix

    def load_card(session: WorkspaceSession, upload_id: UUID | None) -> UploadShown | None:
        shown = load_upload(session, upload_id)
        return replace(shown, unowned=_unowned(session, shown, deps.clock())) if shown else None

    def draw_card(shown: UploadShown, _audience: str, formats: Formats, _facts: Facts) -> Message | None:
        return views.upload_card(shown, formats)

    def draw_answer(_state: object, _audience: str, _formats: Formats, facts: Facts) -> Message:
        match facts["answer"]:
            case "may not":
                return views.may_not_import(prefix, facts["name"])
            case "not on the roster":
                return not_on_roster(facts["ask"], facts["channel"], prefix)
            case "from outside":
                return from_outside()
        return views.what_i_do(prefix, imports=facts["imports"])

    cards.register(CARD, load_card, draw_card)
    cards.register(ANSWER, lambda _session, _subject: ANSWER, draw_answer)


def load_upload(session: WorkspaceSession, upload_id: UUID | None) -> UploadShown | None:
    """An upload as it stands now; None if there is none."""
    row = upload(session, upload_id) if upload_id else None
    if row is None:
        return None
    in_trouble = row.state == State.UNREADABLE
    return UploadShown(
        id=row.id,
        name=row.name,
        state=State(row.state),
        kind=row.kind,
        read_at=row.received_at,
        replaced=(row.replaced_from, row.replaced_to) if row.replaced_from and row.replaced_to else None,
        preview=from_document(Preview, row.shown) if row.shown and not in_trouble else None,
        trouble=from_document(Trouble, row.shown) if row.shown and in_trouble else None,
        remark=Remark(row.remark) if row.remark else None,
        in_the_way=tuple(row.in_the_way or ()),
        number=row.number,
        reference=row.reference,
    )


def show(session: WorkspaceSession, deps: Deps, row: Upload) -> None:
    """Gives whose upload it is the card, or has it show the upload as it is now."""
    touch(session, deps, CARD, row.id)
    tell(
        session,
        deps,
        to=row.slack_id,
        card=CARD,
        subject=row.id,
        key=f"{CARD}:{row.id}",
        priority=Priority.PRESS,
    )


def show_undone(session: WorkspaceSession, deps: Deps, number: int) -> None:
    """Whoever gave the bot the file of an import reads that it is undone, wherever that was done."""
    for row in uploads_of_import(session, number, (State.APPLIED, State.UNDOING)):
        row.state, row.remark, row.in_the_way, row.reference = State.UNDONE, None, None, None
        show(session, deps, row)


def renew(session: WorkspaceSession, deps: Deps, shift_ids: Collection[UUID]) -> None:
    """Has the receipts show anew of what brought or changed any of these shifts."""
    for upload_id in uploads_of_shifts(session, State.APPLIED, shift_ids):
        touch(session, deps, CARD, upload_id)


def answer(session: WorkspaceSession, deps: Deps, slack_id: str, event_id: str, facts: dict[str, Any]) -> None:
    """Tells somebody what they cannot do here, or what they can."""
    tell(
        session,
        deps,
        to=slack_id,
        card=ANSWER,
        key=f"{ANSWER}:{event_id}",
        facts=facts,
        priority=Priority.PRESS,
        expires_at=deps.clock() + _SILENCE,
    )


def _unowned(session: WorkspaceSession, shown: UploadShown, now: datetime) -> int:
    """How much of what it has brought nobody works and nobody is asked for."""
    entry = import_by_number(session, shown.number) if shown.number and shown.state is State.APPLIED else None
    return len(not_offered(session, [entry.id], now).get(entry.id, ())) if entry else 0

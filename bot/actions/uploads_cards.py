"""The card of an upload, and the short answers to what else somebody writes to the bot."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.uploads_documents import from_document
from bot.deps import Deps
from bot.domain.uploads import Preview, Remark, State, Trouble, UploadShown
from bot.views import uploads as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.people import from_outside, not_on_roster
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.tables import Upload
from storage.uploads import upload, uploads_of_import

CARD = "upload.preview"
ANSWER = "upload.answer"
# Whoever chats with the bot reads what it is for, and is not told so again for a while.
_SILENCE = timedelta(hours=1)

HINT, MAY_NOT, NOT_ON_ROSTER, FROM_OUTSIDE = "hint", "may not", "not on the roster", "from outside"


def register_cards(cards: Cards, prefix: str = "") -> None:
    """The cards of this module; ``prefix`` precedes the commands that they name."""

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

    cards.register(CARD, load_upload, draw_card)
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

"""The message in which somebody is told what needs them, in every state of what it says."""

from collections.abc import Sequence
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.nudges import CARD
from bot.actions.nudges_kinds import KINDS
from bot.deps import Deps
from bot.domain.nudges import Ended, Kind
from bot.domain.nudges_shown import Told
from bot.views import nudges as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.nudges import batch


def register_cards(cards: Cards, deps: Deps) -> None:
    """The message."""

    def load(session: WorkspaceSession, batch_id: UUID | None) -> Sequence[Told] | None:
        return load_batch(session, deps, batch_id) or None

    def draw(every: Sequence[Told], _audience: str, formats: Formats, _facts: Facts) -> Message:
        lines = [_line(each, formats) for each in every]
        return views.nudges(lines, formats, f"/{deps.settings.command_prefix}case")

    cards.register(CARD, load, draw)


def load_batch(session: WorkspaceSession, deps: Deps, batch_id: UUID | None) -> list[Told]:
    """What is told in one message, and what has become of each."""
    rows = batch(session, batch_id) if batch_id else ()
    found = []
    for kind, part in KINDS.items():
        of_kind = {row.id: row for row in rows if row.kind == kind}
        if of_kind:
            for nudge_id, shown in part.load(session, deps.clock(), list(of_kind.values())).items():
                ended = of_kind[nudge_id].ended
                found.append(Told(kind, shown, Ended(ended) if ended else None))
    return found


def _line(told: Told, formats: Formats) -> views.Line:
    part = KINDS[Kind(told.kind)]
    buttons = part.buttons(told.shown, formats) if told.ended is None else ()
    return views.Line(part.line(told.shown, formats), tuple(buttons), told.ended, part.late(told.shown))

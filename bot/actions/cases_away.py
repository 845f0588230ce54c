"""The card of who is away follows what happens to their cases."""

from collections.abc import Iterable
from uuid import UUID

from bot.actions.outbox import touch
from bot.deps import Deps
from bot.domain.cases import Happening
from bot.domain.cases_handover import ABSENCE
from storage.absences import in_force_of
from storage.db import WorkspaceSession

# By the name that it is stored under.
ABSENCE_CARD = "absence"


def follow_away(
    session: WorkspaceSession, deps: Deps, owners: Iterable[UUID | None], happened: Iterable[Happening]
) -> None:
    """Has the cards shown anew of those of these who are away now, or will be.

    Whoever hands cases over, or gives them back, does so once for all of them.
    """
    if all(each.data.get("because") == ABSENCE for each in happened):
        return
    for absence_id in in_force_of(session, {each for each in owners if each}, deps.clock()):
        touch(session, deps, ABSENCE_CARD, absence_id)

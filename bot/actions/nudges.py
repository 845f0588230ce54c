"""Nudges: something that somebody should look at, to be told by the rules of noise and not at once.

Whoever has something to say puts it here; the job of the nudges tells everybody theirs in one message. What a
nudge of a kind says is for the capability to say that it belongs to, by a ``Part``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.actions.outbox import touch
from bot.deps import Deps
from bot.domain.nudges import Ended, Kind
from bot.views.blocks import Block
from bot.views.formats import Formats
from storage import nudges as rows
from storage.db import WorkspaceSession
from storage.tables import Nudge

CARD = "nudges"


@dataclass(frozen=True, slots=True)
class Part:
    """What nudges of a kind say.

    ``load`` gives what each shows now, by the id of the nudge, of all of a message at once; one that it leaves
    out has become pointless. ``line`` says it in a line of Slack's markup, and ``buttons`` are what can be done
    about it, as long as nobody has; each carries something of its own as its value. Those that are ``late`` are
    counted.
    """

    load: Callable[[WorkspaceSession, datetime, Sequence[Nudge]], Mapping[UUID, Any]]
    line: Callable[[Any, Formats], str]
    buttons: Callable[[Any, Formats], Sequence[Block]]
    late: Callable[[Any], bool] = lambda _shown: False


def nudge(
    session: WorkspaceSession,
    deps: Deps,
    member_id: UUID | None,
    kind: Kind,
    subject_id: UUID,
    key: str,
    data: dict[str, Any],
    *,
    urgent: bool = False,
    not_before: datetime | None = None,
) -> None:
    """Has somebody (None: the coordinators) told of something, once for a key.

    They are told with the other nudges of theirs that wait, at most every half an hour and never in their quiet
    hours. ``urgent`` does not wait for the half hour, and reaches at any hour those who want that.
    """
    if not rows.known(session, [key]):
        row = Nudge(
            workspace_id=session.workspace_id,
            id=deps.new_id(),
            key=key,
            kind=kind,
            subject_id=subject_id,
            member_id=member_id,
            data=data,
            urgent=urgent,
            made_at=deps.clock(),
            not_before=not_before,
        )
        session.add(row)
        session.flush()


def end(session: WorkspaceSession, deps: Deps, subject_id: UUID, kind: Kind | None, how: Ended) -> None:
    """Nothing needs to be done about a subject any more, of one kind or of all; what was told shows that."""
    found = rows.open_about(session, subject_id, kind)
    close(session, deps, found, how)


def close(session: WorkspaceSession, deps: Deps, nudges: Iterable[Nudge], how: Ended) -> None:
    """Ends these nudges."""
    every, now = list(nudges), deps.clock()
    for row in every:
        row.ended_at, row.ended = now, how
    if every:
        session.flush()
    for batch_id in sorted({row.batch_id for row in every if row.batch_id}):
        touch(session, deps, CARD, batch_id)

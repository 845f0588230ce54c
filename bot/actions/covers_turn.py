"""What every change of a cover does alike: find it with its parts, check it, let it become what it becomes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.actions.covers_check import CoverCheck
from bot.actions.notes import write_note
from bot.deps import Deps
from bot.domain.covers import (
    AgreeToUndo,
    Event,
    Expire,
    GiveUp,
    NotOpen,
    PartState,
    Refuse,
    State,
    Supersede,
    Take,
    TakenPart,
    Undo,
    Withdraw,
)
from bot.domain.covers import Cover as Life
from bot.domain.covers_life import transition
from bot.domain.intervals import Interval, subtract
from bot.domain.parts import works_all
from bot.domain.permissions import Actor, Deed
from bot.domain.rules_swaps import Verdict
from bot.domain.swaps_review import Review, to_document
from storage.covers import cover, part, parts_of
from storage.db import WorkspaceSession
from storage.people import member
from storage.settled import handed_on
from storage.shifts import partition, queue_of_shift
from storage.tables import Cover, CoverPart, Member, Queue

_BY_PROXY = (Take, GiveUp, Withdraw)
_RETURNS = (GiveUp, Refuse, Undo, AgreeToUndo)
_OF_THE_WHOLE = (Withdraw, Expire, Supersede)
Document = dict[str, Any]


class UnknownCover(Exception):
    """There is no such cover, or no such part of one."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A cover to which somebody does something, within a transaction; ``parts`` in the order they were taken."""

    session: WorkspaceSession
    deps: Deps
    actor: Actor
    row: Cover
    parts: list[CoverPart]

    @classmethod
    def of(cls, session: WorkspaceSession, deps: Deps, actor: Actor, cover_id: UUID) -> "Turn":
        """Raises ``UnknownCover``."""
        row = cover(session, cover_id)
        if row is None:
            raise UnknownCover
        return cls(session, deps, actor, row, parts_of(session, [row.id]).get(row.id, []))

    @classmethod
    def of_part(
        cls, session: WorkspaceSession, deps: Deps, actor: Actor, part_id: UUID
    ) -> tuple["Turn", CoverPart]:
        """The cover of a part, and the part. Raises ``UnknownCover``."""
        row = part(session, part_id)
        if row is None:
            raise UnknownCover
        turn = cls.of(session, deps, actor, row.cover_id)
        return turn, turn.part(part_id)

    @property
    def who(self) -> UUID:
        """The member who acts; raises ValueError where it is none."""
        if self.actor.member_id is None:
            raise ValueError(f"the {self.actor.kind} is no party to a cover")
        return self.actor.member_id

    @property
    def life(self) -> Life:
        """What decides what can become of it."""
        return life_of(self.row, self.parts)

    @property
    def queue(self) -> Queue | None:
        """The queue that its shift is for."""
        return queue_of_shift(self.session, self.row.shift_id)

    @property
    def owner(self) -> Member | None:
        """Whose it is; None: it is an open shift."""
        return member(self.session, self.row.owner_id) if self.row.owner_id else None

    @property
    def team_id(self) -> UUID | None:
        """The owner's team, whose settings hold; of an open shift nobody's."""
        owner = self.owner
        return owner.team_id if owner else None

    @property
    def was_given(self) -> bool:
        """Whether somebody was chosen to work an open shift, and nobody asked: then it ends where they decline."""
        return self.row.owner_id is None and not self.row.wave

    def part(self, part_id: UUID) -> CoverPart:
        """One of its parts."""
        return next(row for row in self.parts if row.id == part_id)

    def team_of(self, taken: CoverPart) -> UUID | None:
        """The team whose lead may decide a part: the owner's, or of an open shift the taker's."""
        person = self.owner or member(self.session, taken.taker_id)
        return person.team_id if person else None

    def proxy_of(self, person_id: UUID, deed: Deed) -> UUID | None:
        """Who acts for somebody; None: they do themselves. Raises ``NotPermitted``."""
        person = member(self.session, person_id)
        self.actor.require(deed, of=person_id, team=person.team_id if person else None)
        return None if self.who == person_id else self.who

    def check(self, taker: Member, interval: Interval) -> tuple[Verdict, Review]:
        """The whole check as of now of who would take it. Raises ``NotOpen`` where the shift changed hands."""
        return self._check(self.row.owner_id, taker.id, interval)

    def check_back(self, taken: CoverPart) -> tuple[Verdict, Review]:
        """The same for handing back what was taken, which nothing may have been built on since."""
        interval = Interval(taken.start, taken.end)
        if handed_on(self.session, self.row.shift_id, interval, taken.settled_in):
            raise NotOpen(PartState.SUPERSEDED)
        return self._check(taken.taker_id, self.row.owner_id, interval)

    def become(self, event: Event) -> tuple[Document, Document]:
        """What the audit says of an event, before and after: of the part, or the whole that it happens to.

        A part that is taken is written with a review that found nothing: see ``keep``. Whoever is next is asked
        at once if something is to be taken again. Raises what ``transition`` does.
        """
        before = self.life
        after = transition(before, event, self.deps.clock())
        if isinstance(event, _RETURNS) and self.was_given and after.open_parts:
            after = transition(after, Withdraw(after.part(event.part).taker), self.deps.clock())
        self.row.state = after.state
        if not after.open_parts:
            self.row.next_wave_at = None
        elif any(subtract(each, before.open_parts) for each in after.open_parts):
            self.row.next_wave_at = self.deps.clock()
        rows = {row.id: row for row in self.parts}
        for each in after.parts:
            row = rows.get(each.id) or self._write(each)
            row.state, row.settled_at, row.decided_by_id = each.state, each.settled_at, each.decided_by
            row.undo_wanted_by_id, row.ended_by_id = each.undo_wanted_by, each.ended_by
            if each.settled_at and row.settled_in is None:
                row.settled_in = self.session.revision()
        self.session.flush()
        done_for = {"for": str(event.by)} if isinstance(event, _BY_PROXY) and event.proxy else {}
        if isinstance(event, _OF_THE_WHOLE):
            return {"state": before.state}, {"state": after.state, **done_for}
        states = {each.id: each.state for each in before.parts}
        said = {"state": after.part(event.part).state, "part": str(event.part), **done_for}
        return {"state": states[event.part]} if event.part in states else {}, said

    def keep(self, part_id: UUID, review: Review) -> None:
        """The review is what approvers look at of a part from now on."""
        self.part(part_id).review = to_document(review)

    def note(self, text: str) -> UUID | None:
        """Writes a note of who acts; None for nothing."""
        return write_note(self.session, self.deps, self.who, text)

    def _check(self, giver_id: UUID | None, taker_id: UUID | None, interval: Interval) -> tuple[Verdict, Review]:
        if not works_all(partition(self.session, self.row.shift_id), interval, giver_id):
            raise NotOpen(State.SUPERSEDED)
        giver, taker = (member(self.session, each) if each else None for each in (giver_id, taker_id))
        return CoverCheck(self.session, self.deps.clock()).verdict(giver, taker, interval, self.queue)

    def _write(self, taken: TakenPart) -> CoverPart:
        row = CoverPart(
            workspace_id=self.session.workspace_id,
            id=taken.id,
            cover_id=self.row.id,
            taker_id=taken.taker,
            start=taken.interval.start,
            end=taken.interval.end,
            review=to_document(Review((), (), ())),
            taken_at=self.deps.clock(),
            entered_by_id=taken.proxy,
        )
        self.session.add(row)
        self.parts.append(row)
        return row


def life_of(row: Cover, parts: Iterable[CoverPart]) -> Life:
    """What decides what can become of a cover, of what is stored."""
    return Life(
        owner=row.owner_id,
        interval=Interval(row.start, row.end),
        expires_at=row.expires_at,
        state=State(row.state),
        parts=tuple(_life_of_part(each) for each in parts),
        entered_by=row.entered_by_id,
    )


def _life_of_part(row: CoverPart) -> TakenPart:
    return TakenPart(
        id=row.id,
        taker=row.taker_id,
        interval=Interval(row.start, row.end),
        state=PartState(row.state),
        proxy=row.entered_by_id,
        decided_by=row.decided_by_id,
        settled_at=row.settled_at,
        undo_wanted_by=row.undo_wanted_by_id,
        ended_by=row.ended_by_id,
    )

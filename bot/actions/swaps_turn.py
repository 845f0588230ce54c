"""What every change of a swap does alike: find it, check it, let it become what it becomes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.actions.notes import write_note
from bot.actions.swaps_cards import say, show
from bot.actions.swaps_check import Leg, SwapCheck
from bot.deps import Deps
from bot.domain.parts import works_all
from bot.domain.permissions import Actor, Deed
from bot.domain.rules import Finding
from bot.domain.rules_swaps import Reading, Verdict
from bot.domain.swaps import Accept, Decline, Event, State, Supersede, SwapNotOpen, Withdraw
from bot.domain.swaps import Swap as Life
from bot.domain.swaps_life import transition
from bot.domain.swaps_review import Review, to_document
from bot.domain.swaps_shown import Audience, News
from storage.db import WorkspaceSession
from storage.people import member
from storage.settled import handed_on
from storage.shifts import part_of, partition
from storage.swaps import assignment, swap
from storage.tables import Assignment, Swap

_BY_PROXY = (Accept, Decline, Withdraw)
# The two, and whoever entered it for the asker.
PARTIES = (Audience.ASKER, Audience.COLLEAGUE, Audience.PROXY)
Document = dict[str, Any]


class UnknownSwap(Exception):
    """There is no such swap."""


class NotLegal(Exception):
    """Rules stand in the way: what the reader may know of it, and of that what is new since it was proposed."""

    def __init__(self, reading: Reading, since: tuple[Finding, ...] = ()) -> None:
        super().__init__(reading.outcome)
        self.reading, self.since = reading, since


@dataclass(frozen=True, slots=True)
class Turn:
    """A swap to which somebody does something, within a transaction."""

    session: WorkspaceSession
    deps: Deps
    actor: Actor
    row: Swap

    @classmethod
    def of(cls, session: WorkspaceSession, deps: Deps, actor: Actor, swap_id: UUID) -> "Turn":
        """Raises ``UnknownSwap``."""
        row = swap(session, swap_id)
        if row is None:
            raise UnknownSwap
        return cls(session, deps, actor, row)

    @property
    def who(self) -> UUID:
        """The member who acts; raises ValueError where it is none."""
        if self.actor.member_id is None:
            raise ValueError(f"the {self.actor.kind} is no party to a swap")
        return self.actor.member_id

    @property
    def life(self) -> Life:
        """What decides what can become of it."""
        return life_of(self.row)

    def proxy_of(self, person_id: UUID) -> UUID | None:
        """Who acts for this one of the two; None: they do themselves. Raises ``NotPermitted``."""
        person = member(self.session, person_id)
        entered = person_id == self.row.asker_id and self.row.entered_by_id == self.actor.member_id
        deed = Deed.PROPOSE_SWAP if entered else Deed.ANSWER_SWAP
        self.actor.require(deed, of=person_id, team=person.team_id if person else None)
        return None if self.who == person_id else self.who

    def check(self) -> tuple[Verdict, Review]:
        """The whole check as of now. Raises ``SwapNotOpen`` where one of the shifts has changed hands."""
        return self._check(self.row.given_id, self.row.returned_id)

    def check_back(self) -> tuple[Verdict, Review]:
        """The same for swapping back what was settled, which nothing may have been built on since."""
        row = self.row
        for made_id in (row.given_made_id, row.returned_made_id):
            made = assignment(self.session, made_id) if made_id else None
            if made and handed_on(self.session, made.shift_id, part_of(made).interval, row.settled_in):
                raise SwapNotOpen(State.SUPERSEDED)
        return self._check(row.returned_made_id, row.given_made_id)

    def become(self, event: Event) -> tuple[Document, Document]:
        """What the audit says of an event, before and after. Raises what ``transition`` does."""
        row, now = self.row, self.deps.clock()
        before = row.state
        after = transition(self.life, event, now)
        row.state, row.decided_by_id, row.settled_at = after.state, after.decided_by, after.settled_at
        if after.settled_at and row.settled_in is None:
            row.settled_in = self.session.revision()
        if after.accepted_by and row.accepted_at is None:
            row.accepted_at = now
        if after.undo_wanted_by and row.undo_wanted_by_id is None:
            row.undo_wanted_by_id = next(iter(after.undo_wanted_by))
        done_for = {"for": str(event.by)} if isinstance(event, _BY_PROXY) and event.proxy else {}
        return {"state": before}, {"state": row.state, **done_for}

    def keep(self, review: Review) -> None:
        """The review is what approvers look at from now on."""
        self.row.review = to_document(review)

    def note(self, text: str) -> UUID | None:
        """Writes a note of who acts; None for nothing."""
        return write_note(self.session, self.deps, self.who, text)

    def supersede(self, by: Swap | None = None) -> tuple[Document, Document]:
        """One of its shifts changed, or was taken ``by`` another swap; the states for the audit."""
        self.row.superseded_by_id = by.id if by else None
        states = self.become(Supersede())
        show(self.session, self.deps, self.row)
        say(self.session, self.deps, self.row, News.SUPERSEDED, *PARTIES)
        return states

    def _check(self, given_id: UUID | None, returned_id: UUID | None) -> tuple[Verdict, Review]:
        check = SwapCheck(self.session, self.deps.clock())
        given = self._leg(check, given_id, self.row.asker_id)
        return check.verdict(given, self._leg(check, returned_id, self.row.colleague_id))

    def _leg(self, check: SwapCheck, assignment_id: UUID | None, owner_id: UUID) -> Leg:
        row = assignment(self.session, assignment_id) if assignment_id else None
        owner = member(self.session, owner_id)
        if row is None or owner is None or not self._works(owner_id, row):
            raise SwapNotOpen(State.SUPERSEDED)
        return check.leg(owner, row)

    def _works(self, owner_id: UUID, row: Assignment) -> bool:
        """Whether they work all that the assignment is of its shift, be it by that one or by another."""
        return works_all(partition(self.session, row.shift_id), part_of(row).interval, owner_id)


def life_of(row: Swap) -> Life:
    """What decides what can become of a swap, of what is stored."""
    accepted = row.accepted_at is not None
    return Life(
        asker=row.asker_id,
        asked=frozenset() if accepted else frozenset({row.colleague_id}),
        expires_at=row.expires_at,
        state=State(row.state),
        accepted_by=row.colleague_id if accepted else None,
        proxies=frozenset(each for each in (row.entered_by_id, row.answered_by_id) if each),
        decided_by=row.decided_by_id,
        settled_at=row.settled_at,
        undo_wanted_by=frozenset({row.undo_wanted_by_id} if row.undo_wanted_by_id else ()),
    )

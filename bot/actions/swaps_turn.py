"""What every change of a swap does alike: find it, check it, let it become what it becomes, hand shifts over."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.actions.swaps_cards import say, show
from bot.actions.swaps_check import Leg, SwapCheck
from bot.deps import Deps
from bot.domain.permissions import Actor, Deed
from bot.domain.rules import Finding
from bot.domain.rules_swaps import Reading, Verdict
from bot.domain.swaps import PENDING, Accept, Decline, Event, State, Supersede, SwapNotOpen, Withdraw
from bot.domain.swaps import Swap as Life
from bot.domain.swaps_life import transition
from bot.domain.swaps_review import Review, to_document
from bot.domain.swaps_shown import Audience, News
from storage.db import WorkspaceSession
from storage.people import member
from storage.swaps import assignment, swap, swaps_with
from storage.tables import Assignment, Note, Swap

SWAP, UNDO = "swap", "undo"
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
        """The same for swapping back what was settled."""
        return self._check(self.row.returned_made_id, self.row.given_made_id)

    def become(self, event: Event) -> tuple[Document, Document]:
        """What the audit says of an event, before and after. Raises what ``transition`` does."""
        row, now = self.row, self.deps.clock()
        before = row.state
        after = transition(self.life, event, now)
        row.state, row.decided_by_id, row.settled_at = after.state, after.decided_by, after.settled_at
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
        if not text.strip():
            return None
        row = Note(
            workspace_id=self.session.workspace_id,
            id=self.deps.new_id(),
            author_id=self.who,
            text=text.strip(),
            written_at=self.deps.clock(),
        )
        self.session.add(row)
        self.session.flush()
        return row.id

    def settle(self) -> None:
        """Hands both shifts over and tells everybody."""
        row = self.row
        row.given_made_id = self._hand_over(row.given_id, row.colleague_id, SWAP)
        row.returned_made_id = self._hand_over(row.returned_id, row.asker_id, SWAP)
        show(self.session, self.deps, row, Audience.FLOOR)
        say(self.session, self.deps, row, News.SETTLED, *PARTIES)

    def hand_back(self) -> None:
        """Hands both shifts back and tells everybody."""
        row = self.row
        for made_id, owner_id in ((row.given_made_id, row.asker_id), (row.returned_made_id, row.colleague_id)):
            self._hand_over(made_id, owner_id, UNDO)
        show(self.session, self.deps, row)
        say(self.session, self.deps, row, News.UNDONE, *PARTIES, Audience.FLOOR)

    def rivals(self, *assignment_ids: UUID | None) -> list["Turn"]:
        """The other swaps that wait for one of the assignments."""
        wanted = [each for each in assignment_ids if each]
        found = swaps_with(self.session, wanted, PENDING)
        return [Turn(self.session, self.deps, self.actor, row) for row in found if row is not self.row]

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
        if row is None or owner is None or row.replaced_at is not None or row.member_id != owner_id:
            raise SwapNotOpen(State.SUPERSEDED)
        return check.leg(owner, row)

    def _hand_over(self, assignment_id: UUID | None, to: UUID, cause: str) -> UUID:
        old = self.session.get_one(Assignment, (self.session.workspace_id, assignment_id))
        old.replaced_at = now = self.deps.clock()
        new = Assignment(
            workspace_id=old.workspace_id,
            id=self.deps.new_id(),
            shift_id=old.shift_id,
            member_id=to,
            start=old.start,
            end=old.end,
            cause=cause,
            assigned_at=now,
        )
        self.session.add(new)
        self.session.flush()
        return new.id


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

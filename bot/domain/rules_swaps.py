"""The whole check of a swap: both people, what is left behind, and what it costs.

A cover is a swap in which one side gives nothing, or one of the two is nobody.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.coverage_effect import Effect as Left
from bot.domain.rules import Effect, Finding, Policy
from bot.domain.rules_check import coverage_findings, findings
from bot.domain.rules_cost import Cost, cost_of
from bot.domain.rules_work import Change, Person, Piece, Work


class Outcome(StrEnum):
    """What a check comes to."""

    AUTOMATIC = "automatic"  # nobody needs to approve
    REVIEW = "review"
    IMPOSSIBLE = "impossible"  # though what only policy denies may be approved anyway


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a swap: the person, what holds for them, all their work, and what they would give."""

    person: Person
    policy: Policy
    work: Work
    gives: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that a swap would break, and what it costs both together.

    ``needs_approval``: the policy wants somebody to look even at what breaks nothing.
    """

    findings: tuple[Finding, ...]
    cost: Cost
    needs_approval: bool = False

    @property
    def denials(self) -> tuple[Finding, ...]:
        """What stands in the way."""
        return tuple(finding for finding in self.findings if finding.denies)

    @property
    def firm(self) -> tuple[Finding, ...]:
        """What stands in the way and nobody may approve: the law, a person's own limit, and what cannot be."""
        return tuple(finding for finding in self.findings if finding.is_firm)

    @property
    def outcome(self) -> Outcome:
        """What the findings come to together."""
        if self.denials:
            return Outcome.IMPOSSIBLE
        if self.needs_approval or any(finding.effect is Effect.REVIEW for finding in self.findings):
            return Outcome.REVIEW
        return Outcome.AUTOMATIC


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader may know of a verdict.

    ``impossible_with``: others in whose rules it fails, without which. ``cost`` None: not for this reader.
    """

    outcome: Outcome
    findings: tuple[Finding, ...]
    impossible_with: tuple[UUID, ...] = ()
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A shift that might be given in return, with what stands in the way or approvers would have to look at."""

    piece: Piece
    verdict: Verdict


def check_swap(one: Party, other: Party, now: datetime, coverage: Iterable[Left] = ()) -> Verdict:
    """Both sides checked whole; coverage goes by the policy of ``one``.

    Raises ``NotTheirs`` where somebody does not work what they would give.
    """
    return _check(((one, other.gives), (other, one.gives)), now, coverage)


def check_cover(
    giver: Party | None, taker: Party | None, piece: Piece, now: datetime, coverage: Iterable[Left] = ()
) -> Verdict:
    """Both checked whole where somebody takes a piece in somebody's place, or one of them where the other is
    nobody; coverage goes by the policy of the giver.

    Raises ``NotTheirs`` where the giver does not work it.
    """
    sides = ((replace(giver, gives=(piece,)), ()) if giver else None, (taker, (piece,)) if taker else None)
    return _check([each for each in sides if each], now, coverage)


def read_verdict(verdict: Verdict, reader: UUID, *, approves: bool) -> Reading:
    """All of it for who approves; for others their own findings, and with whom else it is impossible."""
    if approves:
        return Reading(verdict.outcome, verdict.findings, cost=verdict.cost)
    others = dict.fromkeys(each.whom for each in verdict.denials if each.whom not in (None, reader))
    own = tuple(finding for finding in verdict.findings if finding.whom == reader)
    return Reading(verdict.outcome, own, tuple(whom for whom in others if whom))


def returns(
    asker: Party,
    colleague: Party,
    now: datetime,
    choices: Iterable[Piece] | None = None,
    coverage: Callable[[Piece], Iterable[Left]] | None = None,
) -> tuple[Return, ...]:
    """What the colleague could give for what the asker gives, in order, with the verdict.

    ``choices`` None: all of their pieces. Of one that something denies no more is looked at than up to that; what
    concerns the asker comes first.
    """
    found = []
    for piece in sorted(colleague.work.pieces if choices is None else choices, key=lambda each: each.order):
        giving = replace(colleague, gives=(piece,))
        sides = ((asker, giving.gives), (giving, asker.gives))
        verdict = _check(sides, now, coverage(piece) if coverage else (), until_denied=True)
        found.append(Return(piece, verdict))
    return tuple(found)


def _check(
    sides: Sequence[tuple[Party, tuple[Piece, ...]]],
    now: datetime,
    coverage: Iterable[Left],
    *,
    until_denied: bool = False,
) -> Verdict:
    """Each of the sides with what it gains; coverage goes by the policy of the first."""
    found: list[Finding] = []
    cost = Cost()
    for party, gained in sides:
        change = Change.of(party.person, party.work, gained=gained, lost=party.gives)
        for finding in findings(change, party.policy, now):
            found.append(finding)
            if until_denied and finding.denies:
                return Verdict(tuple(found), cost)
        cost += cost_of(change, party.policy)
    found += coverage_findings(coverage, sides[0][0].policy)
    return Verdict(tuple(found), cost, not all(party.policy.auto_approve for party, _ in sides))

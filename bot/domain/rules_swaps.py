"""The whole check of a swap: both people, what is left behind, and what it costs.

A cover is a swap in which one side gives nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.rules import Effect, Finding, Policy
from bot.domain.rules_check import Coverage, coverage_findings, findings
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
class LegalReturn:
    """A shift that could be given in return, with what approvers would have to look at."""

    piece: Piece
    verdict: Verdict


def check_swap(one: Party, other: Party, now: datetime, coverage: Iterable[Coverage] = ()) -> Verdict:
    """Both sides checked whole; coverage goes by the policy of ``one``.

    Raises ``NotTheirs`` where somebody does not work what they would give.
    """
    return _check(one, other, now, coverage)


def read_verdict(verdict: Verdict, reader: UUID, *, approves: bool) -> Reading:
    """All of it for who approves; for others their own findings, and with whom else it is impossible."""
    if approves:
        return Reading(verdict.outcome, verdict.findings, cost=verdict.cost)
    others = dict.fromkeys(each.whom for each in verdict.denials if each.whom not in (None, reader))
    own = tuple(finding for finding in verdict.findings if finding.whom == reader)
    return Reading(verdict.outcome, own, tuple(whom for whom in others if whom))


def legal_returns(
    asker: Party,
    colleague: Party,
    now: datetime,
    choices: Iterable[Piece] | None = None,
    coverage: Callable[[Piece], Iterable[Coverage]] | None = None,
) -> tuple[LegalReturn, ...]:
    """Those of the colleague's pieces that could be given for what the asker gives, in order, with the verdict.

    ``choices`` None: all of them. A piece that anything denies is left out, and no more of it is looked at than
    what denies it.
    """
    found = []
    for piece in sorted(colleague.work.pieces if choices is None else choices, key=lambda each: each.order):
        giving = replace(colleague, gives=(piece,))
        verdict = _check(asker, giving, now, coverage(piece) if coverage else (), until_denied=True)
        if verdict.outcome is not Outcome.IMPOSSIBLE:
            found.append(LegalReturn(piece, verdict))
    return tuple(found)


def _check(
    one: Party, other: Party, now: datetime, coverage: Iterable[Coverage], *, until_denied: bool = False
) -> Verdict:
    found: list[Finding] = []
    cost = Cost()
    for party, gained in ((one, other.gives), (other, one.gives)):
        change = Change.of(party.person, party.work, gained=gained, lost=party.gives)
        for finding in findings(change, party.policy, now):
            found.append(finding)
            if until_denied and finding.denies:
                return Verdict(tuple(found), cost)
        cost += cost_of(change, party.policy)
    found += coverage_findings(coverage, one.policy)
    return Verdict(tuple(found), cost, not (one.policy.auto_approve and other.policy.auto_approve))

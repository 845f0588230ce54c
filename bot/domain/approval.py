"""What holds for everything that people ask for and that others may have to approve: swaps, covers."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.domain.permissions import Role
from bot.domain.rules import Finding

REGRET = timedelta(minutes=10)


class NotPossible(Exception):
    """Rules stand in the way; ``findings`` are those that do, for who may read them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.rule for finding in findings))
        self.findings = findings


class NotAParty(Exception):
    """It is not this person's."""


class BothSides(Exception):
    """Who asks, or acts for who asks, does not answer as well."""


class OwnRequest(Exception):
    """Nobody approves what is their own."""


class EnteredAsProxy(Exception):
    """Nobody approves what they did for somebody else."""


class NotAnApprover(Exception):
    """A coordinator approves; a manager or lead may where there is only one, or where all are concerned."""


class ReasonMissing(Exception):
    """This needs a reason."""


class RegretIsOver(Exception):
    """The ten minutes are over, and one alone does not undo it any more."""


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides, in which roles, and the coordinators that the floor has."""

    member_id: UUID
    roles: frozenset[Role]
    coordinators: frozenset[UUID]


def check_approver(by: Approver, parties: Set[UUID], proxies: Set[UUID]) -> None:
    """Raises ``OwnRequest``, ``EnteredAsProxy`` or ``NotAnApprover`` unless they may decide what is between the
    ``parties``, with whatever the ``proxies`` did for them."""
    if by.member_id in parties:
        raise OwnRequest
    if by.member_id in proxies:
        raise EnteredAsProxy
    unconcerned = by.coordinators - parties - proxies
    wanted = len(by.coordinators) <= 1 or not unconcerned
    stands_in = wanted and bool(by.roles & {Role.MANAGER, Role.LEAD})
    if Role.COORDINATOR not in by.roles and not stands_in:
        raise NotAnApprover


def demand_none(findings: tuple[Finding, ...]) -> None:
    """Raises ``NotPossible`` where there are any."""
    if findings:
        raise NotPossible(findings)

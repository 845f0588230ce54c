"""What a check may come to."""

from uuid import UUID

from bot.domain.rules import Effect, Finding, Kind, RuleId
from bot.domain.rules_cost import Cost
from bot.domain.rules_swaps import Verdict

SOMEBODY = UUID(int=2)


def verdict(*effects: tuple[Kind, Effect]) -> Verdict:
    """What breaks a rule of each kind, with each effect."""
    findings = (Finding(RuleId.DAILY_REST, kind, effect, SOMEBODY) for kind, effect in effects)
    return Verdict(tuple(findings), Cost())


FINE = verdict()
REVIEWED = verdict((Kind.POLICY, Effect.REVIEW))
AGAINST_POLICY = verdict((Kind.POLICY, Effect.DENY))
ILLEGAL = verdict((Kind.LEGAL, Effect.DENY))

"""Legal limits per jurisdiction, each with its source. Shown as such and never called legal advice.

- EU: Directive 2003/88/EC. Article 3: 11 consecutive hours of rest in each 24. Article 5: in each seven days 24
  hours without interruption, plus the 11 of article 3. Articles 6(b) and 16(b): 48 hours a week on average over
  at most four months, longer by agreement (articles 18 and 19) or without limit where a worker agrees (article
  22). Member states may ask for more. Breaks within a shift (article 4) are not a matter of who works it.
- UK: Working Time Regulations 1998, for Great Britain; those of Northern Ireland (2016) ask for the same.
  Regulation 10(1): 11 hours. Regulation 11(1) and (7): 24 hours that do not include the daily rest. Regulation
  4(1) and (3): 48 hours on average over 17 weeks, or over up to 52 by agreement (regulation 23(b)). Breaks:
  regulation 12.
- US federal: Fair Labor Standards Act. It asks for no rest between shifts; what goes beyond 40 hours in a
  workweek is paid at one and a half times the rate, 29 U.S.C. § 207(a)(1). Each workweek stands alone (29 CFR
  § 778.104).

An accommodation that somebody has is approved away nowhere, whether or not disability law stands behind it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.domain.rules import Effect, Kind, RuleId, Setting

Preset = Mapping[RuleId, Setting]


class Jurisdiction(StrEnum):
    """Whose law a workspace, or a team, goes by."""

    NONE = "none"
    EU = "eu"
    UK = "uk"
    US = "us"


_FACT = Setting(Kind.FACT, Effect.DENY)
_DENIED = Setting(Kind.POLICY, Effect.DENY)
_REVIEWED = Setting(Kind.POLICY, Effect.REVIEW)
# The floor's own rules, wherever it is.
_FLOOR: Preset = {
    RuleId.ACTIVE: _FACT,
    RuleId.FUTURE: _FACT,
    RuleId.OVERLAP: _FACT,
    RuleId.SKILL: _DENIED,
    RuleId.QUEUE: _DENIED,
    RuleId.ABSENCE: _DENIED,
    RuleId.ACCOMMODATION: Setting(Kind.PROMISE, Effect.DENY),
    RuleId.AVAILABILITY: _DENIED,
    RuleId.COVERAGE: _REVIEWED,
    RuleId.OVERTIME: Setting(Kind.POLICY, Effect.REVIEW, source="Hours of the contract"),
    RuleId.PREMIUM: Setting(Kind.POLICY, Effect.ALLOW, 0),
}


def _legal(limit: float | None, source: str, derogation: str | None = None, weeks: int = 1) -> Setting:
    return Setting(Kind.LEGAL, Effect.DENY, limit, source, weeks, derogation)


PRESETS: Mapping[Jurisdiction, Preset] = MappingProxyType(
    {
        Jurisdiction.NONE: _FLOOR,
        Jurisdiction.EU: {
            **_FLOOR,
            RuleId.DAILY_REST: _legal(11, "Directive 2003/88/EC, article 3", "articles 17 and 18"),
            RuleId.WEEKLY_REST: _legal(24 + 11, "Directive 2003/88/EC, articles 3 and 5", "articles 5, 17 and 18"),
            RuleId.HOURS_ROLLING: _legal(
                48, "Directive 2003/88/EC, articles 6(b) and 16(b)", "articles 18, 19 and 22", 17
            ),
            RuleId.ACCOMMODATION: _legal(None, "Directive 2000/78/EC, article 5"),
        },
        Jurisdiction.UK: {
            **_FLOOR,
            RuleId.DAILY_REST: _legal(
                11, "Working Time Regulations 1998, regulation 10(1)", "regulations 21 and 23"
            ),
            RuleId.WEEKLY_REST: _legal(
                24 + 11, "Working Time Regulations 1998, regulation 11(1) and (7)", "regulations 11(7), 21 and 23"
            ),
            RuleId.HOURS_ROLLING: _legal(
                48, "Working Time Regulations 1998, regulation 4(1) and (3)", "regulations 4(1), 5 and 23(b)", 17
            ),
            RuleId.ACCOMMODATION: _legal(None, "Equality Act 2010, section 20"),
        },
        Jurisdiction.US: {
            **_FLOOR,
            RuleId.OVERTIME: Setting(
                Kind.POLICY, Effect.REVIEW, 40, "Fair Labor Standards Act, 29 U.S.C. § 207(a)(1)"
            ),
            RuleId.ACCOMMODATION: _legal(None, "Americans with Disabilities Act, 42 U.S.C. § 12112(b)(5)"),
        },
    }
)

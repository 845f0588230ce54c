"""Legal limits are the law's, and say where they come from."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.jurisdictions import PRESETS, Jurisdiction
from bot.domain.rules import MEASURES, Effect, Kind, RuleId
from bot.domain.rules_settings import BadPolicy, read_policy
from bot.domain.rules_work import Accommodation
from bot.domain.wallclock import Recurring
from tests.domain.rules_examples import ANA, BERLIN, change, found, shift

LEGAL = [
    (Jurisdiction.EU, RuleId.DAILY_REST, 11, "Directive 2003/88/EC, article 3"),
    (Jurisdiction.EU, RuleId.WEEKLY_REST, 35, "Directive 2003/88/EC, articles 3 and 5"),
    (Jurisdiction.EU, RuleId.HOURS_ROLLING, 48, "Directive 2003/88/EC, articles 6(b) and 16(b)"),
    (Jurisdiction.EU, RuleId.ACCOMMODATION, None, "Directive 2000/78/EC, article 5"),
    (Jurisdiction.UK, RuleId.DAILY_REST, 11, "Working Time Regulations 1998, regulation 10(1)"),
    (Jurisdiction.UK, RuleId.WEEKLY_REST, 35, "Working Time Regulations 1998, regulation 11(1) and (7)"),
    (Jurisdiction.UK, RuleId.HOURS_ROLLING, 48, "Working Time Regulations 1998, regulation 4(1) and (3)"),
    (Jurisdiction.UK, RuleId.ACCOMMODATION, None, "Equality Act 2010, section 20"),
    (Jurisdiction.US, RuleId.ACCOMMODATION, None, "Americans with Disabilities Act, 42 U.S.C. § 12112(b)(5)"),
]


def test_these_are_all_the_legal_limits_with_their_sources() -> None:
    found = [
        (place, rule, setting.limit, setting.source)
        for place, preset in PRESETS.items()
        for rule, setting in preset.items()
        if setting.kind is Kind.LEGAL
    ]
    assert sorted(found, key=str) == sorted(LEGAL, key=str)


def test_what_is_not_policy_denies() -> None:
    settings = [setting for preset in PRESETS.values() for setting in preset.values()]
    effects = {setting.effect for setting in settings if setting.kind is not Kind.POLICY}
    assert effects == {Effect.DENY}


@pytest.mark.parametrize("place", list(Jurisdiction))
@pytest.mark.parametrize("effect", ["allow", "review"])
def test_no_accommodation_is_approved_away_anywhere(place: Jurisdiction, effect: str) -> None:
    night = Accommodation("no nights", (Recurring(frozenset(range(7)), time(22), time(6), BERLIN),))
    change_ = change([], [shift(0, 22, 30)], person=replace(ANA, accommodations=(night,)))
    [broken] = found(change_, read_policy(place, {}), RuleId.ACCOMMODATION)
    assert broken.is_firm
    assert broken.what == "no nights"
    with pytest.raises(BadPolicy):
        read_policy(place, {"accommodation": {"effect": effect}})


@pytest.mark.parametrize("place", [Jurisdiction.EU, Jurisdiction.UK])
def test_the_average_is_over_seventeen_weeks(place: Jurisdiction) -> None:
    assert PRESETS[place][RuleId.HOURS_ROLLING].weeks == 17


def test_us_federal_law_has_overtime_above_forty_hours_and_no_rest() -> None:
    preset = PRESETS[Jurisdiction.US]
    overtime = preset[RuleId.OVERTIME]
    assert (overtime.limit, overtime.kind, overtime.effect) == (40, Kind.POLICY, Effect.REVIEW)
    assert overtime.source == "Fair Labor Standards Act, 29 U.S.C. § 207(a)(1)"
    assert not {RuleId.DAILY_REST, RuleId.WEEKLY_REST, RuleId.HOURS_ROLLING} & set(preset)


@pytest.mark.parametrize("place", list(Jurisdiction))
def test_every_preset_knows_what_the_floor_itself_asks(place: Jurisdiction) -> None:
    asked = {rule for rule in RuleId if rule not in MEASURES} | {RuleId.OVERTIME, RuleId.PREMIUM}
    assert asked <= set(PRESETS[place])

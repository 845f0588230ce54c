"""Countries and regions by their codes, and their holidays."""

from datetime import date

import pytest

from bot.connectors.holidays import public_holidays, read_region

EPIPHANY = date(2026, 1, 6)
YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("DE", "DE"),
        (" de ", "DE"),
        ("de-by", "DE-BY"),
        ("GB-sct", "GB-SCT"),
        ("Germany", None),
        ("DE-XX", None),
        ("", None),
    ],
)
def test_a_region_is_known_by_its_code_in_whatever_letters(text: str, region: str | None) -> None:
    assert read_region(text) == region


def test_a_region_has_the_holidays_of_its_country_and_its_own() -> None:
    country, bavaria = public_holidays("DE", *YEAR), public_holidays("DE-BY", *YEAR)
    assert country < bavaria
    assert EPIPHANY in bavaria - country


def test_holidays_are_those_of_all_the_years() -> None:
    found = public_holidays("DE", date(2025, 12, 31), date(2027, 1, 1))
    assert {date(year, 12, 25) for year in (2025, 2026, 2027)} <= found
    assert {day.year for day in found} == {2025, 2026, 2027}

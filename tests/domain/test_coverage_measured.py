"""The service level that was measured: what is counted, and whose queue it is."""

from datetime import timedelta

import pytest

from bot.domain.coverage_measured import LEAST, Counts, Measured, count, is_of_partner
from bot.domain.volumes import Volume
from tests.domain.coverage_examples import NINE, hours

TARGET = timedelta(seconds=20)


def volume(hour: float, offered: int, in_target: int | None) -> Volume:
    """Half an hour of a queue."""
    return Volume("voice", NINE + timedelta(hours=hour), 30, offered, answered_in_target=in_target)


def test_a_rate_is_a_ratio_of_sums_over_what_began_within_the_days() -> None:
    volumes = [volume(-0.5, 500, 0), volume(0, 1000, 800), volume(0.5, 60, 60), volume(1, 500, 0)]
    assert count(volumes, hours(0, 1)) == Counts(860, 1060)


def test_short_abandons_count_as_offered() -> None:
    # 1000 answered, 860 of them in target, and 60 abandoned, 20 of them in target: 81.1 % of offered.
    whole = Volume(
        "voice", NINE, 60, 1060, answered=1000, answered_in_target=860, abandoned=60, abandoned_in_target=20
    )
    counts = count([whole], hours(0, 1))
    assert counts
    assert Measured("voice", counts, TARGET).share == pytest.approx(0.811, abs=0.0005)


def test_contacts_of_which_no_file_says_it_are_in_no_rate_and_a_queue_of_only_such_has_none() -> None:
    assert count([volume(0, 100, 80), volume(0.5, 40, None)], hours(0, 1)) == Counts(80, 100, unknown=40)
    assert count([volume(0, 40, None)], hours(0, 1)) is None
    assert count([volume(0, 0, 0)], hours(0, 1)) is None
    assert count([], hours(0, 1)) is None


def test_a_share_of_fewer_contacts_than_say_anything_is_none() -> None:
    assert Measured("voice", Counts(1, LEAST - 1), TARGET).share is None
    assert Measured("voice", Counts(15, LEAST), TARGET).share == 15 / LEAST


def test_as_much_as_is_wanted_is_met_and_one_contact_less_is_missed() -> None:
    assert Measured("voice", Counts(80, 100), TARGET, 80).is_met
    assert not Measured("voice", Counts(799_999, 1_000_000), TARGET, 80).is_met


def test_a_queue_is_a_partners_if_only_people_of_partners_have_all_that_it_takes() -> None:
    needed, none = {"chat", "german"}, set[str]()
    assert is_of_partner(needed, own=[{"chat"}, none], partners=[{"chat", "german", "mail"}])
    assert not is_of_partner(needed, own=[needed], partners=[needed])
    assert not is_of_partner(needed, own=[none], partners=[{"german"}])  # which nobody can serve
    assert not is_of_partner(none, own=[none], partners=[none])

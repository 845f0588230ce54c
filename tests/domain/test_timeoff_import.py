from datetime import date

import pytest

from bot.domain.imports import BadFile, Row
from bot.domain.timeoff_entries import Entry
from bot.domain.timeoff_import import Holder, LeaveEntry, read_leave_file

TODAY = date(2026, 9, 28)
ANA = Holder({"paid leave": "paid leave", "birthday": "paid leave"}, TODAY, lambda _day: 450)


def line(number: int = 2, /, **cells: str) -> Row:
    given = {"email": "ana@example.com", "kind": "paid leave", "on": "30.6.2026"} | cells
    return Row("leave.csv", number, given)


def read(*rows: Row) -> list[LeaveEntry]:
    return read_leave_file(rows, "DMY", {"ana@example.com": ANA})


def refused(*rows: Row) -> list[tuple[int, str | None, str, str]]:
    with pytest.raises(BadFile) as refusal:
        read(*rows)
    return [(each.line, each.column, each.found, each.expected) for each in refusal.value.problems]


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [({"minutes": "90"}, 90), ({"hours": "7,5"}, 450), ({"days": "2.5"}, 1125), ({"days": "-1"}, -450)],
)
def test_amounts_are_minutes_hours_or_days_of_whoever_it_is(cells: dict[str, str], minutes: int) -> None:
    [entry] = read(line(**cells))
    assert entry.entry == Entry(date(2026, 6, 30), minutes)
    assert entry.is_whole_balance


def test_a_reason_makes_an_adjustment_and_an_end_a_part() -> None:
    first, second = read(
        line(2, kind="Birthday", hours="4", reason="call-out"), line(3, days="3", expires="31.12.2026")
    )
    assert (first.ledger, first.entry.reason, first.is_whole_balance) == ("paid leave", "call-out", False)
    assert (second.entry.expires, second.is_whole_balance) == (date(2026, 12, 31), False)


def test_everything_that_is_wrong_is_named() -> None:
    assert refused(
        line(2, email="eve@example.com", days="1"),
        line(3, kind="sabbatical", days="1"),
        line(4),
        line(5, days="1", hours="8"),
        line(6, days="many"),
        line(7, days="1", on="1.10.2026"),
        line(8, days="1", on="27.9.2023"),
        line(9, days="1", expires="29.6.2026"),
        line(10, days="0", reason="none"),
        line(11, hours="nan"),
    ) == [
        (2, "email", "eve@example.com", "the address of somebody on the roster who works in support"),
        (3, "kind", "sabbatical", "a kind of leave with a balance: paid leave, birthday"),
        (4, None, "", "an amount in one of the columns minutes, hours and days"),
        (5, None, "", "an amount in one of the columns minutes, hours and days"),
        (6, "days", "many", "a number such as 12 or -7.5"),
        (7, "on", "1.10.2026", "a day of the last 3 years, today at the latest"),
        (8, "on", "27.9.2023", "a day of the last 3 years, today at the latest"),
        (9, "expires", "29.6.2026", "a day after the one from which it can be taken"),
        (10, "days", "0", "an amount of leave that somebody can have"),
        (11, "hours", "nan", "a number such as 12 or -7.5"),
    ]


def test_nobody_has_two_balances_on_a_day() -> None:
    known = [(3, "on", "30.6.2026", "new here: leave.csv, line 2 says it already")]
    assert refused(line(2, days="12"), line(3, days="13")) == known
    twice = [line(number, hours="4", reason="call-out") for number in (2, 3)]
    assert refused(*twice) == known

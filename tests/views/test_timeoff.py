"""Balances, forms and messages about leave are within Slack's limits, whatever people have called things."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.permissions import Actor, Grant, Role
from bot.domain.shifts import Somebody
from bot.domain.timeoff_due import Expiring
from bot.domain.timeoff_ledger import Cause, Lot, Source, Spent
from bot.domain.timeoff_shown import AdjustedShown, AdjustForm, BalanceShown, LeaveLeft, LedgerShown
from bot.domain.timeoff_statement import Entry, Statement
from bot.sandbox.blocks import check_message, check_view
from bot.views import timeoff, timeoff_adjust, timeoff_balance, timeoff_told
from bot.views.asked import Asked
from bot.views.formats import Formats
from bot.views.timeoff_words import leave_words, read_leave, signed
from tests.views.test_shifts import LOCALES, RTL, WORST

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
TODAY = NOW.date()
ANA = Somebody(UUID(int=1), WORST, "U0ANA")
NOBODY = Somebody(UUID(int=2), RTL * 40, None)
LOT = UUID(int=9)
ASKED = Asked("/timeoff", "balance", NOW)


def ledger(name: str, number: int) -> LedgerShown:
    """So many lines, of every kind in turn, each with a long reason."""
    days = [date(2026, 1, 1) + timedelta(days=each) for each in range(number)]
    kinds = (*Cause, *Spent)
    entries = tuple(Entry(day, kinds[at % len(kinds)], 30, LOT, UUID(int=3)) for at, day in enumerate(days))
    stated = Statement(date(2026, 1, 1), TODAY, 4811, entries, {}, 0)
    lot = Lot(LOT, Source.CARRIED, date(2026, 1, 1), date(2026, 12, 31), origin=UUID(int=8))
    reasons = {(LOT, day, 30): WORST * 10 for day in days}
    return LedgerShown(name, stated, {LOT: lot}, (Expiring(LOT, TODAY, 90),), reasons, UUID(int=4))


def shown(*ledgers: LedgerShown, whose: Somebody = ANA, own: bool = False) -> BalanceShown:
    return BalanceShown(whose, own, TODAY, TODAY, 480, ledgers, may_adjust=not own)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("number", [0, 1, 25, 26, 400])
def test_a_balance_of_any_length_can_be_posted_page_by_page(number: int, locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    ledgers = [ledger(name, number) for name in (WORST, RTL, "paid leave")]
    for whose in (ANA, NOBODY):
        for own in (True, False):
            balance = shown(*ledgers, whose=whose, own=own)
            for page in (0, 1, 999):
                message = timeoff_balance.balance_message(
                    balance, formats, Asked("/timeoff", "balance", NOW, page)
                )
                assert check_message(message) is None, check_message(message)


def test_pages_show_every_line_once() -> None:
    balance = shown(ledger("paid leave", 60), own=True)
    formats = Formats(ZoneInfo("UTC"))
    seen: list[str] = []
    page, more = 0, True
    while more:
        message = timeoff_balance.balance_message(balance, formats, Asked("/timeoff", "balance", NOW, page))
        texts = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"][1:]
        seen += [line for text in texts for line in text.splitlines() if line.startswith("•")]
        turns = [each for block in message["blocks"] if block["type"] == "actions" for each in block["elements"]]
        later = [each["value"] for each in turns if each["text"]["text"] == "Later lines"]
        more = bool(later)
        page = timeoff_balance.read_page("/timeoff", later[0], NOW).page if later else page
    carried_in = sum(
        each.what in (Cause.CARRIED, Cause.KEPT) and each.day != date(2026, 1, 1) for each in entries()
    )
    assert len(seen) == len(set(seen)) == 1 + 60 - carried_in


def entries() -> tuple[Entry, ...]:
    return ledger("paid leave", 60).statement.entries


def test_without_a_balance_it_says_who_can_begin_one() -> None:
    for own in (True, False):
        message = timeoff_balance.balance_message(shown(own=own), Formats(ZoneInfo("UTC")), ASKED)
        assert check_message(message) is None
        assert "A coordinator says how much there is" in str(message)


@pytest.mark.parametrize("whose", [ANA, NOBODY])
def test_the_form_can_be_opened_whatever_balances_are_called(whose: Somebody) -> None:
    form = timeoff_adjust.adjust_form(AdjustForm(UUID(int=7), whose, (WORST[:150], RTL, "paid leave"), TODAY, 444))
    assert check_view(form) is None, check_view(form)
    done = AdjustedShown(whose, WORST, TODAY, -90, WORST * 10, -4811, 444)
    saved = timeoff_adjust.saved(done, Formats(ZoneInfo("UTC")))
    assert check_view(saved) is None
    for each in (
        timeoff_told.adjusted(done, -90, "U0CORA", Formats(ZoneInfo("UTC"))),
        timeoff_told.expiring(WORST, TODAY, 90, 444, Formats(ZoneInfo("UTC"))),
        timeoff_adjust.own_balance(),
    ):
        assert check_message(each) is None, check_message(each)


def test_every_answer_in_words_can_be_posted() -> None:
    for role in (Role.AGENT, Role.LEAD, Role.COORDINATOR):
        help_message = timeoff.help_message("/timeoff", Actor(UUID(int=1), (Grant(role),)))
        assert check_message(help_message) is None
    for say in (timeoff.names_wanted, timeoff.one_day):
        assert check_message(say(WORST * 10, "/timeoff")) is None
    [row] = timeoff_balance.leave_row(LeaveLeft(TODAY, -4811, 480), Formats(ZoneInfo("UTC")))
    assert row["text"]["text"] == "Your leave: *−10\N{NO-BREAK SPACE}d 11\N{NO-BREAK SPACE}min* on Mon, Nov 2"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 d"), (480, "1 d"), (8884, "18 d 4 h 4 min"), (-480, "−1 d"), (-30, "−30 min"), (60, "1 h")],
)
def test_minutes_are_told_in_days_and_hours(minutes: int, words: str) -> None:
    assert leave_words(minutes, 480).replace("\N{NO-BREAK SPACE}", " ") == words
    plus = f"+{words}" if minutes > 0 else words
    assert signed(minutes, 480).replace("\N{NO-BREAK SPACE}", " ") == plus
    assert read_leave(words, 480) == (minutes or None)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("+1 d", 450),
        ("-4h", -240),
        ("1,5 days", 675),
        ("−2 hours 30 min", -150),
        ("1 d 2 h 5 m", 575),
        ("0", None),
        ("4", None),
        ("", None),
        ("-", None),
        ("a day", None),
        ("1 h 1 d", None),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, minutes: int | None) -> None:
    assert read_leave(typed, 450) == minutes

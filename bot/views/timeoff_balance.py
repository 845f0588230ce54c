"""Somebody's leave: each balance, and line by line how it came about."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.timeoff_ledger import Cause, Source, Spent
from bot.domain.timeoff_shown import BalanceShown, LeaveLeft, LedgerShown
from bot.domain.timeoff_statement import Entry
from bot.views.asked import Asked
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.timeoff_words import leave_words, signed

SHOW = "timeoff.show"
ADJUST = "timeoff.adjust"
# Lines of one page; each may have a reason of its own.
PAGE = 20
_NAME, _REASON, _SPOKEN = 80, 80, 40

_WORDS = {
    Cause.OPENING: "brought here",
    Cause.ACCRUED: "earned",
    Cause.CAPPED: "beyond the highest balance",
    Cause.ADJUSTED: "adjusted",
    Cause.PAID_OUT: "paid out",
    Cause.CARRIED: "carried over",
    Cause.KEPT: "kept longer than it would have been",
    Cause.LAPSED: "lapsed",
    Spent.TAKEN: "taken",
    Spent.PENDING: "asked for, not decided yet",
    Spent.GIVEN_BACK: "given back, ill meanwhile",
}
_ARRIVED = (Cause.CARRIED, Cause.KEPT)
_WHOLE_DAY = 24 * 60
_BEGINS = (
    "A coordinator says how much there is in a year, in the settings below “Time off”, or gives me a "
    "spreadsheet of balances."
)


def balance_message(shown: BalanceShown, formats: Formats, asked: Asked) -> Message:
    """The balances on a day, and the lines of its leave year."""
    whose = "Your leave" if shown.is_own else f"Leave of {person(shown.whose)}"
    when = formats.day(shown.on, shown.today)
    heading = section(f"*{whose}* · {when}")
    if not shown.ledgers:
        text = "No balance is kept yet."
        return message(f"{whose}, {when}: {text}", heading, section(text), *_doors(shown), context(_BEGINS))
    lines = [line for ledger in shown.ledgers for line in _ledger(shown, ledger, formats)]
    page = min(asked.page, (len(lines) - 1) // PAGE)
    sums = "; ".join(_sum(shown, each) for each in shown.ledgers)
    day = leave_words(shown.day_minutes, _WHOLE_DAY)
    return message(
        f"{whose}, {when}: {sums}",
        heading,
        *paragraphs(lines[page * PAGE : (page + 1) * PAGE]),
        *_pager(asked, page, len(lines)),
        *_doors(shown),
        context(f"A day is {day} here. As it will be: `{asked.command} balance 1 aug`"),
    )


def leave_row(left: LeaveLeft, formats: Formats) -> Iterator[Block]:
    """What somebody has, on their Home."""
    text = f"Your leave: *{leave_words(left.minutes, left.day_minutes)}* on {formats.day(left.on)}"
    yield {**section(text), "accessory": button("My leave", f"{SHOW}.0", "0 balance")}


def read_page(command: str, value: str, at: datetime) -> Asked:
    """Which page of what is wanted."""
    page, _, text = value.partition(" ")
    return Asked(command, text, at, int(page))


def _ledger(shown: BalanceShown, ledger: LedgerShown, formats: Formats) -> Iterator[str]:
    stated, day = ledger.statement, shown.day_minutes
    yield f"*{_sum(shown, ledger)}*"
    for each in ledger.expiring:
        last = formats.day(each.last, shown.today)
        yield f"{leave_words(each.minutes, day)} lapse unless taken by {last}"
    if stated.before:
        yield f"• {leave_words(stated.before, day)} from before {formats.day(stated.first, shown.today)}"
    for entry in ledger.entries:
        yield f"• {formats.day(entry.day, shown.today)}: {_entry(shown, ledger, entry, formats)}"


def _entry(shown: BalanceShown, ledger: LedgerShown, entry: Entry, formats: Formats) -> str:
    amount = signed(entry.minutes, shown.day_minutes)
    lot = ledger.lots.get(entry.lot) if entry.lot else None
    what = "public holiday" if entry.leave == ledger.holidays else _WORDS[entry.what]
    has_end = entry.minutes > 0 and lot is not None and lot.source is not Source.YEAR
    until = f" (to be taken by {formats.day(lot.last, shown.today)})" if has_end and lot and lot.last else ""
    if entry.what in _ARRIVED:
        amount = leave_words(abs(entry.minutes), shown.day_minutes)
        amount = f"{amount} less" if entry.minutes < 0 else amount
    reason = ledger.reason(entry)
    why = f": “{escape(shorten(reason, _REASON))}”" if reason else ""
    coming = ", to come" if entry.day > shown.today else ""
    return f"{amount} {what}{why}{until}{coming}"


def _sum(shown: BalanceShown, ledger: LedgerShown) -> str:
    return f"{escape(shorten(ledger.name, _NAME))}: {leave_words(ledger.statement.after, shown.day_minutes)}"


def _pager(asked: Asked, page: int, total: int) -> Iterator[Block]:
    turns = [("Earlier lines", page - 1)] if page else []
    turns += [("Later lines", page + 1)] if (page + 1) * PAGE < total else []
    if turns:
        yield buttons(*(button(label, f"{SHOW}.{to}", f"{to} {asked.text}") for label, to in turns))


def _doors(shown: BalanceShown) -> Iterator[Block]:
    if shown.may_adjust:
        spoken = f"Adjust… leave of {plain(shorten(shown.whose.name, _SPOKEN))}"
        yield buttons(button("Adjust…", ADJUST, str(shown.whose.member_id), spoken))

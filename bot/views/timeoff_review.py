"""All that approvers look at before they decide about time off."""

from collections.abc import Iterator
from datetime import date

from bot.domain.timeoff_asked import Balance, TooLittle
from bot.domain.timeoff_seen import AwayToo, RequestShown, Review, Worse
from bot.views.blocks import Block, paragraphs
from bot.views.coverage_effect import effect_lines
from bot.views.findings import listed
from bot.views.formats import Formats, escape, person, shorten
from bot.views.timeoff_limits import hit_lines
from bot.views.timeoff_words import leave_words

_NAME, _MOST = 80, 8
WORSE = {
    Worse.BALANCE: "There is less left of their leave",
    Worse.AWAY: "More of the team are away, or ask to be",
    Worse.LIMITS: "It meets a limit that it did not",
    Worse.COVERAGE: "Fewer people are left than it said",
}


def review_blocks(
    review: Review, shown: RequestShown, formats: Formats, *, reads_kind: bool = True
) -> Iterator[Block]:
    """Balance, who else is away, limits, and what coverage becomes day by day."""
    for title, lines in (
        ("Balance", list(_balance(review, formats, shown.today, reads_kind=reads_kind))),
        ("Limits", hit_lines(review.hits[:_MOST], formats, shown.today, review.names)),
        ("Away from the team meanwhile", [*_too(review.too, shown, formats)]),
        ("Coverage", effect_lines(review.effect, formats, _MOST)),
    ):
        if lines:
            yield from paragraphs([f"*{title}*", *listed(lines)])


def balance_words(balances: tuple[Balance, ...], formats: Formats, today: date, *, named: bool = True) -> str:
    """What is left with it: "paid leave on Thu, Dec 31: 6 d, with this 2 d; on Sat, Jan 2, 2027: 30 d, …"."""
    name = escape(shorten(balances[0].ledger, _NAME)) if named else "the balance"
    return f"{name} {'; '.join(_left(each, formats, today) for each in balances)}"


def short_words(short: TooLittle, formats: Formats, *, named: bool = True) -> str:
    """How much is missing, and when there would be enough."""
    balance = short.balance
    missing = leave_words(short.short, balance.day_minutes)
    there = leave_words(balance.before, balance.day_minutes)
    name = escape(shorten(balance.ledger, _NAME)) if named else "left"
    text = f"There is too little {name}: {there} on {formats.day(balance.on)}, so {missing} are missing."
    if short.fits_on:
        return f"{text} It would fit from {formats.day(short.fits_on, balance.on)} on."
    return text


def _balance(review: Review, formats: Formats, today: date, *, reads_kind: bool) -> Iterator[str]:
    if review.short:
        yield short_words(review.short, formats, named=reads_kind)
    elif review.balances:
        yield balance_words(review.balances, formats, today, named=reads_kind)


def _left(balance: Balance, formats: Formats, today: date) -> str:
    before, after = (leave_words(each, balance.day_minutes) for each in (balance.before, balance.after))
    return f"on {formats.day(balance.on, today)}: {before}, with this *{after}*"


def _too(too: tuple[AwayToo, ...], shown: RequestShown, formats: Formats) -> Iterator[str]:
    for each in too[:_MOST]:
        asked = ", asked for" if each.asked else ""
        yield f"{person(each.who)}, {formats.days(each.first, each.last, shown.today)}{asked}"
    if len(too) > _MOST:
        yield f"and {len(too) - _MOST} more"

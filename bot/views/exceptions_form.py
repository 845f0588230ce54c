"""The forms of exceptions: asking for one, and saying why one is declined."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.exceptions import BadAmount, ExceptionShown, Kind, Money, State, read_money, read_wanted
from bot.views.blocks import Message, context, message, section
from bot.views.cases_named import case_words
from bot.views.cases_pick import CASE, case_field
from bot.views.exceptions import what_words
from bot.views.formats import Formats
from bot.views.forms import MISSING, View, entered, field, modal, option, paragraph_input, select, text_input

FORM, DECLINE_FORM = "exception.form", "exception.decline.form"
TITLE, DECLINE_TITLE = "Ask for an exception", "Decline the exception"
_KIND, _AMOUNT, _CURRENCY, _REASON = (f"{FORM}.{each}" for each in ("kind", "amount", "currency", "reason"))
_PICKED = f"{FORM}{CASE}"
_WHY = f"{DECLINE_FORM}.why"
_KINDS = {
    Kind.REFUND: "A refund",
    Kind.ORDER: "An order: a replacement, a discount, goodwill",
    Kind.DELIVERY: "A delivery: express, or at our cost",
}
_CURRENCIES = ("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "INR", "JPY")
_LONGEST = 1000
# Named in the form, of those that wait.
_MOST = 3
_NO_AMOUNT = "Write an amount such as 80 or 1250.50."


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form."""

    nonce: UUID
    case_id: UUID
    kind: Kind
    money: Money
    reason: str


def exception_form(
    nonce: UUID,
    case: CaseNamed | None,
    currencies: Sequence[str],
    formats: Formats,
    typed: str = "",
    waiting: Sequence[ExceptionShown] = (),
) -> View:
    """Asks what it is, how much and why; for which case, if that is not known.

    ``currencies`` are those of the workspace's limits, the first of which is offered. ``typed`` stood behind the
    case, such as "240 EUR", and ``waiting`` is what is asked for the case already.
    """
    known = list(dict.fromkeys([*currencies, *_CURRENCIES]))
    about = section(f"For {case_words(case)}") if case else case_field("For which case", _PICKED)
    amount, currency, why = read_wanted(typed, known)
    kinds = [option(words, kind) for kind, words in _KINDS.items()]
    kept = {"nonce": str(nonce), "case": str(case.id) if case else ""}
    return modal(
        TITLE,
        about,
        *(context(f"{what_words(each, formats)} waits for approval already.") for each in waiting[:_MOST]),
        field("What", _KIND, select(kinds, Kind.REFUND)),
        field("How much", _AMOUNT, text_input(amount, longest=30)),
        field("Currency", _CURRENCY, select([option(each, each) for each in known], currency or known[0])),
        field("Why", _REASON, paragraph_input(why, longest=_LONGEST), hint="Whoever approves it reads this."),
        context("By the amount somebody approves it, or nobody has to. No money is moved here."),
        callback_id=FORM,
        submit="Ask",
        metadata=json.dumps(kept),
    )


def read_form(view: View) -> tuple[Filled | None, dict[str, str]]:
    """What was filled in, or what is wrong by field."""
    kept, filled = json.loads(view["private_metadata"]), entered(view)
    case_id, reason = kept["case"] or filled.get(_PICKED), (filled[_REASON] or "").strip()
    wrong = {} if case_id else {_PICKED: MISSING}
    if not reason:
        wrong[_REASON] = MISSING
    try:
        money = read_money(filled[_AMOUNT] or "", filled[_CURRENCY])
    except BadAmount:
        wrong[_AMOUNT] = _NO_AMOUNT
    if wrong:
        return None, wrong
    return Filled(UUID(kept["nonce"]), UUID(case_id), Kind(filled[_KIND]), money, reason), {}


def asked(shown: ExceptionShown, waiting: Sequence[ExceptionShown], formats: Formats) -> Message:
    """The answer to the form; ``waiting`` is what is asked for the case."""
    what = what_words(shown, formats)
    same = [each for each in waiting if each.kind is shown.kind and each.id != shown.id]
    twice = f" {what_words(same[0], formats)} waits, too: take one back if both are the same." if same else ""
    if shown.state is State.APPROVED:
        return message(f"{what} is within what nobody has to approve. No money was moved.{twice}")
    until = formats.moment(shown.due_at)
    return message(f"{what} waits for approval, until {until}. I tell you what is decided.{twice}")


def decline_form(nonce: UUID, shown: ExceptionShown, formats: Formats) -> View:
    """Asks why."""
    return modal(
        DECLINE_TITLE,
        section(what_words(shown, formats)),
        field("Why", _WHY, paragraph_input(longest=_LONGEST), hint="Whoever asked reads this."),
        callback_id=DECLINE_FORM,
        submit="Decline",
        metadata=json.dumps({"nonce": str(nonce), "exception": str(shown.id)}),
    )


def read_decline_form(view: View) -> tuple[UUID, UUID, str]:
    """The exception, the nonce, and why."""
    kept = json.loads(view["private_metadata"])
    return UUID(kept["exception"]), UUID(kept["nonce"]), entered(view)[_WHY] or ""


def why_missing() -> dict[str, str]:
    """At the field."""
    return {_WHY: MISSING}

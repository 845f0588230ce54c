"""An exception in every state it can be in: for whoever asked, for who approves it, and on its case."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from babel.numbers import format_currency

from bot.domain.cases_named import CaseNamed
from bot.domain.exceptions import ExceptionShown, ExceptionsPage, Kind, Money, News, State
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats, person
from bot.views.requests import quote, said, zone_line

APPROVE, DECLINE, WITHDRAW = "exception.approve", "exception.decline", "exception.withdraw"
START, SHOW, PAGE = "exception.start", "exception.show", "exception.page"
# Whose card it is.
ASKER, APPROVERS = "asker", "approvers"
_NOTHING = "Nothing was changed."
MAY_NOT_ASK = (
    "Exceptions are asked for by those who work here. If you do, ask a coordinator for the role of an agent."
)
MAY_NOT_DECIDE = f"The leads of a team, coordinators and managers approve what it asks for. {_NOTHING}"
OWN = f"You asked for it yourself, so somebody else decides. {_NOTHING}"
ABOVE = f"It is more than you may approve; whoever may has been asked or will be. {_NOTHING}"
NOT_THEIRS = f"Only whoever asked for it takes it back. {_NOTHING}"
CASE_GONE = f"There is no such case any more. {_NOTHING}"
CASE_OVER = f"The case is closed, so nothing can be asked for it. Reopen it first. {_NOTHING}"
_SETTLED = {
    State.APPROVED: "approved",
    State.DECLINED: "declined",
    State.WITHDRAWN: "taken back",
    State.EXPIRED: "expired",
}
_MOVES_NOTHING = "I move no money: what is approved is done in your own tool."


def exception_card(shown: ExceptionShown, audience: str, formats: Formats) -> Message:
    """What is asked for, by whom and why, until when it must be decided, and what can be done."""
    what = what_words(shown, formats)
    text = f"{what}: {_state_words(shown)}"
    row = list(decide_buttons(shown, formats) if audience == APPROVERS else _own_buttons(shown))
    return message(
        text,
        section(f"*{text}*\nFor {case_words(shown.case)}" if shown.case else f"*{text}*"),
        *([quote(shown.asker, shown.reason)] if shown.reason else ()),
        *([buttons(*row)] if row else ()),
        zone_line(formats, _small(shown, formats)),
    )


def exception_news(shown: ExceptionShown, news: News, audience: str, formats: Formats) -> Message:
    """What is said beside the card."""
    what = what_words(shown, formats)
    match news:
        case News.APPROVED:
            return message(f"{what} is {_approved(shown)}. {_MOVES_NOTHING}")
        case News.DECLINED:
            return message(f"{what} is declined by {_decider(shown)}:{said(shown.decision)}")
        case News.REMINDER:
            return message(reminder_line(shown, formats))
    if audience == ASKER:
        return message(f"Nobody has decided {what} in time, so it is over. Ask anew, or speak to your lead.")
    return message(f"Nobody has decided {what} of {person(shown.asker)} in time, so it is over. They were told.")


def exception_in_case(shown: ExceptionShown, formats: Formats) -> Message:
    """In the thread of the case, for its owner where somebody else asked."""
    why = said(shown.decision) if shown.state is State.DECLINED else ""
    return message(f"{what_words(shown, formats)}, asked for by {person(shown.asker)}: {_state_words(shown)}{why}")


def reminder_line(shown: ExceptionShown, formats: Formats) -> str:
    """For who approves it, when a part of the time is over."""
    return (
        f"{what_words(shown, formats)} still waits to be decided, by {formats.moment(shown.due_at)} at the latest."
    )


def waiting_line(kind: Kind, money: Money, due_at: datetime, formats: Formats) -> str:
    """On the card of the case, while it waits."""
    amount = money_words(money, formats)
    return f"{kind.capitalize()} of {amount} waits for approval, until {formats.moment(due_at)}"


def list_message(page: ExceptionsPage, formats: Formats, command: str) -> Message:
    """Those that wait, the earliest deadline first."""
    hint = context(f"Ask for one: `{command} exception 12`, with the number of the case")
    if not page.shown:
        text = "No exception waits for approval."
        return message(text, section(text), hint)
    turns = [
        button(label, f"{PAGE}.{label.lower()}", str(number))
        for label, number in (("Previous", page.number - 1), ("Next", page.number + 1))
        if 0 <= number < page.pages
    ]
    title = f"Exceptions that wait for approval · {page.total}"
    rows = ({**section(_line(each, formats)), "accessory": _show_button(each, formats)} for each in page.shown)
    return message(title, section(f"*{title}*"), *rows, *([buttons(*turns)] if turns else ()), hint)


def what_words(shown: ExceptionShown, formats: Formats) -> str:
    """Its number, what it is and of how much."""
    return f"Exception {shown.number}, {shown.kind} of {money_words(shown.money, formats)}"


def money_words(money: Money, formats: Formats) -> str:
    """An amount as it is written where the reader is."""
    return format_currency(money.amount, money.currency, locale=formats.locale)


def start_button(case: CaseNamed) -> Block:
    """On the card of a case."""
    return button("Exception…", START, str(case.id), f"Ask for an exception for {case_spoken(case)}")


def decide_buttons(shown: ExceptionShown, formats: Formats) -> Iterator[Block]:
    """On the card of who approves it, and on their Home."""
    if shown.state is State.NEEDS_APPROVAL:
        what = what_words(shown, formats)
        yield button("Approve", APPROVE, str(shown.id), f"Approve {what}") | {"style": "primary"}
        yield button("Decline…", DECLINE, str(shown.id), f"Decline {what}")


def read_id(value: str) -> UUID:
    """The exception, or the case, of a button."""
    return UUID(value)


def settled(state: State) -> str:
    """Nothing can be decided any more."""
    return f"It is {_SETTLED[state]} by now. {_NOTHING}"


def _line(shown: ExceptionShown, formats: Formats) -> str:
    about = case_words(shown.case) if shown.case else "a case that is gone"
    asked = f"{what_words(shown, formats)} for {about}, by {person(shown.asker)}"
    return f"{asked} · until {formats.moment(shown.due_at)}"


def _show_button(shown: ExceptionShown, formats: Formats) -> Block:
    return button("Show", SHOW, str(shown.id), f"Show {what_words(shown, formats)}")


def _state_words(shown: ExceptionShown) -> str:
    match shown.state:
        case State.NEEDS_APPROVAL:
            return "needs approval"
        case State.APPROVED:
            return _approved(shown)
        case State.DECLINED:
            return f"declined by {_decider(shown)}"
        case State.WITHDRAWN:
            return f"taken back by {person(shown.asker)}"
    return "expired, because nobody decided in time"


def _approved(shown: ExceptionShown) -> str:
    return f"approved by {_decider(shown)}" if shown.decided_by else "within what nobody has to approve"


def _decider(shown: ExceptionShown) -> str:
    return person(shown.decided_by) if shown.decided_by else "somebody"


def _small(shown: ExceptionShown, formats: Formats) -> str:
    asked = f"Asked {formats.moment(shown.asked_at)}"
    if shown.state is State.NEEDS_APPROVAL:
        return f"{asked} · expires {formats.moment(shown.due_at)}"
    why = f" · Why:{said(shown.decision)}" if shown.decision else ""
    return f"{asked}{why}"


def _own_buttons(shown: ExceptionShown) -> Iterator[Block]:
    if shown.state is State.NEEDS_APPROVAL:
        yield button("Take back", WITHDRAW, str(shown.id))

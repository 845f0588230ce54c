"""What customers were promised: in a line, with what can be done, on a card, in a list and among reminders."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.domain.promises import Reminder, State
from bot.domain.promises_shown import OnCard, PromiseShown, PromisesPage
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats, escape, person, shorten
from bot.views.requests import zone_line

MINE, NEW, DRAFT, MOVE, CONFIRM, TAKE_BACK, PAGE = (
    "promise.mine",
    "promise.new",
    "promise.draft",
    "promise.move",
    "promise.confirm",
    "promise.take_back",
    "promise.page",
)
ANY_CASE = "any"  # the form asks for it
MAY_NOT = "Whoever works on the floor promises customers something. Nothing was changed."
NOT_THERE = "There is no such promise any more. Nothing was changed."
IS_OVER = "This promise is settled already: the customer has heard, or it was taken back. Nothing was changed."
CASE_IS_OVER = "This case is closed or gone, so nothing more is done about it. Nothing was changed."
NO_CASE = "There is no such case. Nothing was changed."
# What became of one, in the log of its case.
LOGGED = {
    "make": "promised the customer something",
    "keep": "told the customer what was promised, in time",
    "send_late": "told the customer what was promised, late",
    "move": "promised the customer another time",
    "give": "gave a promise to the customer to somebody else",
    "confirm": "noted that the customer confirmed what was promised",
    "take_back": "took back a promise to the customer",
    "miss": "noticed that a promise to the customer went by",
    "end": "ended a promise to the customer with the case",
}
_TEXT, _CUSTOMER, _BRIEF = 200, 80, 60
_ON_CARD = 3


def promise_line(shown: PromiseShown, formats: Formats, now: datetime) -> str:
    """What was promised, by when, and how it stands."""
    text = f": “{escape(shorten(shown.text, _TEXT))}”" if shown.text else ""
    return f"{standing(shown, formats, now)} · {person(shown.owner)}{text}"


def standing(shown: PromiseShown, formats: Formats, now: datetime) -> str:
    """How it stands, and by when the customer was to hear."""
    promise, due = shown.promise, formats.moment(shown.promise.due_at)
    match promise.state:
        case State.OPEN:
            late = promise.due_at < now
            return f"Promised for {due}, and the customer has not heard" if late else f"Promised for {due}"
        case State.TAKEN_BACK:
            return f"The promise for {due} was taken back"
    at = formats.moment(promise.told_at) if promise.told_at else due
    heard = f"The customer has heard, {at}" + ("" if promise.kept else f" (promised for {due})")
    return f"{heard}; confirmed" if promise.state is State.CONFIRMED else f"{heard}; not confirmed yet"


def on_card(shown: OnCard, formats: Formats) -> list[str]:
    """The lines on the card of a case."""
    lines = [f"• {promise_line(each, formats, shown.now)}" for each in shown.promises[:_ON_CARD]]
    more = len(shown.promises) - _ON_CARD
    return [*lines, *([f"• and {more} more promises to the customer"] if more > 0 else [])]


def card_buttons(shown: OnCard) -> list[Block]:
    """Those for what is due first, and one that promises more."""
    first = [_one(each, DRAFT, "Write to customer…") for each in shown.promises[:1] if _waits(each)]
    confirmed = [_one(each, CONFIRM, "Customer confirmed") for each in shown.promises[:1] if not _waits(each)]
    return [
        *first,
        *confirmed,
        button("Follow up…", NEW, str(shown.case.id), f"Follow up {case_spoken(shown.case)}"),
    ]


def promises_list(page: PromisesPage, formats: Formats, now: datetime, command: str) -> Message:
    """What somebody owes to customers."""
    promise_more = buttons(button("Follow up…", NEW, ANY_CASE, "Promise a customer something"))
    if not page.promises:
        text = "You owe no customer an answer that was promised."
        return message(text, section(text), promise_more, context(f"For a case: `{command} 12`"))
    many = "1 promise to a customer" if page.total == 1 else f"{page.total} promises to customers"
    text = f"You see to {many}"
    blocks = [block for each in page.promises for block in _listed(each, formats, now)]
    turns = [("Newer", page.page - 1)] if page.page else []
    turns += [("Later", page.page + 1)] if page.page + 1 < page.pages else []
    row = [button(label, f"{PAGE}.{label.lower()}", str(to)) for label, to in turns]
    return message(
        text,
        section(f"*{text}*"),
        *blocks,
        *([buttons(*row)] if row else []),
        promise_more,
        zone_line(formats, f"Page {page.page + 1} of {page.pages}" if page.pages > 1 else ""),
    )


def nudge_line(shown: PromiseShown, formats: Formats) -> str:
    """Why somebody is reminded of it."""
    case, due = case_words(shown.case), formats.moment(shown.promise.due_at)
    customer = f" · {escape(shorten(shown.customer, _CUSTOMER))}" if shown.customer else ""
    text = f": “{escape(shorten(shown.text, _TEXT))}”" if shown.text else ""
    match shown.reminder:
        case Reminder.SOON:
            said = f"The customer of {case} was promised to hear by {due}{text}"
        case Reminder.MISSED:
            said = f"A promise to the customer of {case} was due {due}, and they have not heard{text}"
        case Reminder.NOBODY:
            said = f"A promise of {person(shown.owner)} to the customer of {case} was due {due}{text}"
        case _:
            said = f"Has the customer of {case} confirmed what they were told?{text}"
    whose = "" if shown.reminder is Reminder.NOBODY else f" · {_whose(shown)}"
    return f"{said}{customer}{whose}"


def _whose(shown: PromiseShown) -> str:
    return "your promise" if shown.own else f"promise of {person(shown.owner)}"


def nudge_buttons(shown: PromiseShown, _formats: Formats) -> Sequence[Block]:
    """What can be done about it."""
    return tuple(_actions(shown))


def done(shown: PromiseShown, formats: Formats, now: datetime) -> Message:
    """How it stands now, and what is left to do."""
    text = f"For {case_words(shown.case)}: {promise_line(shown, formats, now)}"
    rows = [buttons(*_actions(shown))] if shown.promise.state in (State.OPEN, State.TOLD) else []
    return message(text, section(text), *rows, zone_line(formats))


def kept_draft(shown: PromiseShown) -> Message:
    """It was written down and nothing more."""
    text = f"The draft for {case_words(shown.case)} is kept. Nothing was sent: I send customers nothing."
    return message(text, section(text), buttons(*_actions(shown)))


def _listed(shown: PromiseShown, formats: Formats, now: datetime) -> Iterator[Block]:
    named = (shown.case.title, shown.customer)
    about = " · ".join([f"*Case {shown.case.number}*", *(escape(shorten(each, _BRIEF)) for each in named if each)])
    text = f": “{escape(shorten(shown.text, _BRIEF))}”" if shown.text else ""
    yield section(f"{about}\n{standing(shown, formats, now)}{text}")
    yield buttons(*_actions(shown))


def _actions(shown: PromiseShown) -> Iterator[Block]:
    if _waits(shown):
        yield _one(shown, DRAFT, "Write to customer…")
        yield _one(shown, MOVE, "Move…")
        yield _one(shown, TAKE_BACK, "Take back")
    else:
        yield _one(shown, CONFIRM, "Customer confirmed")


def _one(shown: PromiseShown, action: str, label: str) -> Block:
    return button(label, action, str(shown.id), f"{label} {case_spoken(shown.case)}")


def _waits(shown: PromiseShown) -> bool:
    return shown.promise.state is State.OPEN

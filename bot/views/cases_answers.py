"""What ``/case`` answers in words: what it can do, and why something was not done."""

from bot.domain.cases import State
from bot.domain.cases_named import CaseNamed
from bot.views.blocks import Message, button, buttons, context, header, message, section
from bot.views.cases import SHOW
from bot.views.cases_assign import assign_button
from bot.views.cases_named import case_spoken
from bot.views.cases_words import helpdesk_name
from bot.views.formats import escape, shorten

MAY_NOT = "Cases are for those who work in support here. If you do, ask a coordinator for the role of an agent."
IS_OVER = (
    "It is closed, or deleted in the helpdesk, so nothing was changed. What is closed here can be opened again: "
    "Reopen… on its card."
)
NOTHING_TO_UNDO = "Something else has happened to it since, so this was not undone. Change it once more instead."
GONE = "There is no such case any more. Nothing was changed."
_TYPED = 60


def help_message(command: str, *, more: dict[str, str]) -> Message:
    """Every form of the command; ``more`` are those of other capabilities, with what they do."""
    forms = {
        " new": "opens a case; also the shortcut *Make a case* on a message",
        " 12": "how case 12 stands, its clocks and what happened; also `zendesk 35436`",
        " wait 12 billing": "it waits for a department; also `customer`",
        " working 12": "you are at it",
        " note 12 asked the bank": "a note beside it",
        " replied 12": "somebody replied to the customer; also `wrote 12`, the customer did",
        " close 12": "it is solved, or closed for good",
        " reopen 12": "it is open again",
        " log 12": "all that happened to it",
        **more,
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = "Without a number I take your case where you have only one, and ask which one otherwise."
    return message(f"What {command} can do", header("Cases"), section("\n".join(lines)), context(hint))


def may_not() -> Message:
    """Who works no cases."""
    return message(MAY_NOT, section(MAY_NOT))


def unknown_case(typed: str, command: str) -> Message:
    """Nothing has that number, here or in a helpdesk."""
    text = f"There is no case “{escape(shorten(typed, _TYPED))}”, by my number or by a helpdesk's."
    return message(text, section(text), context(f"Open one: `{command} new` · all forms: `{command} help`"))


def not_understood(typed: str, command: str) -> Message:
    """No word that the command knows."""
    text = f"I did not understand “{escape(shorten(typed, _TYPED))}”."
    return message(
        text, section(text), context(f"A case by its number: `{command} 12` · all forms: `{command} help`")
    )


def which_case(command: str, word: str) -> Message:
    """A case has to be named."""
    text = f"Which case? `{command} {word} 12`"
    return message(text, section(text))


def helpdesk_says(source: str) -> str:
    """Messages of a mirrored case are not entered here."""
    return f"I read the messages of this case from {helpdesk_name(source)}: reply there, and its clock stops here."


def not_open(number: int, state: State) -> str:
    """First somebody says why it is open again."""
    return f"Case {number} is {state}. If there is more to do, open it again first: Reopen… on its card."


def is_open(number: int) -> str:
    """There is nothing to open again."""
    return f"Case {number} is open, so there is nothing to reopen."


def opened(case: CaseNamed, *, owned: bool) -> Message:
    """A case was opened; one that is nobody's yet is given to somebody at once, or by whoever looks for such."""
    text = f"Case {case.number} is open{'' if owned else ', and nobody has it yet'}."
    row = [button("Show", SHOW, str(case.id), f"Show {case_spoken(case)}")]
    return message(text, section(text), buttons(*row, *([] if owned else [assign_button(case)])))


def saved(case: CaseNamed) -> Message:
    """Its record was changed."""
    text = f"The record of case {case.number} is saved."
    return message(text, section(text))

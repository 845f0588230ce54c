"""What people read when something cannot be done about an escalation, and every form of the command."""

from bot.domain.escalations import State
from bot.domain.escalations_shown import EscalationShown
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.escalations import START
from bot.views.escalations_words import department_words, state_words
from bot.views.formats import escape, person, shorten

MAY_NOT_ASK = (
    "Questions to other departments are put by those who work in support here. What your department is "
    "asked stands on your Home."
)
MAY_NOT_ANSWER = (
    "Contacts of the department, coordinators and managers answer for it. You can reply in the thread instead."
)
MAY_NOT_SEE = "Escalations are for those who work here, and for the departments that are asked."
MAY_NOT_CLOSE = "Whoever asked, who has the case, leads, coordinators and managers close it. Nothing was changed."
GONE = "That escalation is gone. Nothing was changed."
PAST = "That time is over already. Pick a later one."
NO_ANSWER = "There is no answer yet. Pick another outcome, or wait for the answer."
CAUSE_IN_WORDS = "Say in words what it came from."
WORDS = "Say it in a few words."
QUESTION = "Say what the department is asked."
DAY = "Pick the day that the customer was promised."
TIME = "Pick the time that the customer was promised."
PROMISE = "Say what the customer was promised."
CASE_IS_OVER = "That case is solved or closed. Open it again first, or leave the field empty to make a new one."
NO_CASE = "That case is gone. Pick another one."
NO_DEPARTMENT = (
    "There is no department to ask. A coordinator adds one in `/floor departments`, or in the people file."
)
YOURS = "You own it already. Give a time, or answer it."
YOURS_NOW = "You own it now. Give a time, or answer it."
NOWHERE = "There is no other department. Answer it, or tell a coordinator."
SAME = "It is there already. Pick another department."


def asked(number: int, department: str, case_number: int) -> Message:
    """What became of the form."""
    return message(
        f"Escalation {number} is with {department_words(department)}. What they say, and the answer, comes to the "
        f"thread of case {case_number}."
    )


def other_department(shown: EscalationShown) -> str:
    """A contact of another department pressed."""
    return f"Escalation {shown.number} is {department_words(shown.department)}'s to answer. Nothing was changed."


def owned_already(shown: EscalationShown) -> str:
    """Somebody was quicker."""
    owner = person(shown.owner) if shown.owner else "Somebody"
    return f"{owner} owns it already. Press *Take over* if it is to be yours."


def not_open(shown: EscalationShown) -> str:
    """It is not as it was when the button was drawn."""
    if shown.state is State.CLOSED:
        return f"Escalation {shown.number} is closed. Nothing was changed."
    stands = state_words(shown)
    return f"Escalation {shown.number} is not as it was: {stands}. Nothing was changed."


def no_case(typed: str, command: str) -> Message:
    """Nothing is called like that."""
    text = (
        f"I find no case “{escape(shorten(typed, 80))}”. `{command}` opens the form, and you search for it there."
    )
    return message(text)


def no_escalation(number: str, command: str) -> Message:
    """None has that number."""
    return message(f"There is no escalation {escape(shorten(number, 20))}. `{command} list` shows the open ones.")


def help_message(command: str) -> Message:
    """Every form of the command."""
    forms = {
        "": "the form that asks another department",
        " 12": "the same about case 12, or about the helpdesk's number of it",
        " 12 billing": "the same, and it is for Billing",
        " show 7": "how escalation 7 stands, and what can be done",
        " list": "every question that is open, with department, promised time and next step",
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = (
        "*Escalate* in the menu of a message takes its text and a link along. Answers come to the case's thread."
    )
    text = f"What {command} can do"
    return message(text, header("Escalations"), section("\n".join(lines)), buttons(ask_button()), context(hint))


def ask_button() -> Block:
    """Opens the form without a case."""
    return button("Escalate…", START, "new")

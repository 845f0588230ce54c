"""What ``/timeoff`` answers in words: what it can do, and why it shows no balance."""

from bot.domain.permissions import Actor, Deed, Reach
from bot.views.blocks import Message, button, buttons, context, header, message, section
from bot.views.formats import escape, shorten
from bot.views.timeoff_balance import SHOW

_TYPED = 80


def help_message(command: str, actor: Actor) -> Message:
    """Every form of the command for this person."""
    reach = actor.reach(Deed.SEE_BALANCE)
    others = "of somebody of your team" if reach is Reach.TEAM else "of a colleague"
    forms = {
        " balance": "what you have of leave, explained line by line",
        " balance 1 aug": "what it will be then, with all that is earned or lapses until then",
        **({" balance @colleague": f"that {others}; looking is recorded"} if reach > Reach.OWN else {}),
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    show = buttons(button("My leave", f"{SHOW}.0", "0 balance"))
    hint = "Only you see the answers. Days and hours are those that you work."
    text = f"What {command} can do"
    return message(text, header("Time off"), section("\n".join(lines)), show, context(hint))


def not_for_you() -> Message:
    """Who works no shifts has no leave here."""
    text = (
        "Leave is kept here for the support team. If you work in it, ask a coordinator for the role of an agent."
    )
    return message(text, section(text))


def may_not_see(slack_id: str, command: str) -> Message:
    """Somebody else's balance is theirs."""
    text = f"Only their lead, coordinators and managers see what <@{slack_id}> has of leave."
    return message(text, section(text), context(f"Yours: `{command} balance`"))


def unknown_person(slack_id: str, command: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{slack_id}> is not on the roster, so no leave is kept for them."
    return message(text, section(text), context(f"Yours: `{command} balance`"))


def one_at_a_time(command: str) -> Message:
    """Several people were named."""
    text = "One person at a time, please."
    return message(text, section(text), context(f"For example `{command} balance @colleague`"))


def names_wanted(typed: str, command: str) -> Message:
    """A name was typed that Slack did not recognise."""
    text = f"I cannot tell who “{_said(typed)}” is. Choose the name from the list that Slack offers after `@`."
    return message(text, section(text), context(f"For example `{command} balance @colleague`"))


def one_day(typed: str, command: str) -> Message:
    """What was typed is no single day."""
    text = f"“{_said(typed)}” is not a day on which I can tell a balance."
    return message(text, section(text), context(f"Name one day, such as `{command} balance 1 aug`"))


def too_far(years: int, command: str) -> Message:
    """Nobody knows what will be by then."""
    text = f"I foresee balances for {years} years, no further."
    return message(text, section(text), context(f"Name an earlier day, such as `{command} balance 1 aug`"))


def unknown_word(typed: str, command: str) -> Message:
    """What was typed is nothing that the command can do."""
    text = f"I do not know what “{_said(typed)}” means here."
    return message(text, section(text), context(f"What I can do: `{command} help`"))


def _said(typed: str) -> str:
    return escape(shorten(typed, _TYPED))

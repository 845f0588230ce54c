"""What ``/timeoff`` answers in words: what it can do, and why it shows no balance."""

from bot.domain.permissions import Actor, Deed, Reach
from bot.views.blocks import Message, button, buttons, context, header, message, section
from bot.views.formats import escape, shorten
from bot.views.timeoff_balance import SHOW

_TYPED = 80
_LIMITS = "how many may be away at once, who never together, blackouts, our own public holidays"
_FOR = {Reach.TEAM: "of your team", Reach.ANYBODY: "who told you"}


def help_message(command: str, actor: Actor) -> Message:
    """Every form of the command for this person."""
    reach = actor.reach(Deed.SEE_BALANCE)
    others = "of somebody of your team" if reach is Reach.TEAM else "of a colleague"
    forms = {
        "": "a form that asks for time off",
        " dec 24 to jan 2": "asks for these days, after you have read what they cost",
        " half day thu": "asks for half a day, or for hours: `13-17 fri`",
        " unpaid next week": "asks for another kind of leave",
        **({" @colleague dec 24": f"enters it for somebody {_FOR[reach]}"} if reach > Reach.OWN else {}),
        " list": "what you have asked for; `12` shows one by its number",
        " cancel 12": "withdraws or cancels it; `change 12` asks for something else in its place",
        " balance": "what you have of leave, explained line by line",
        " balance 1 aug": "what it will be then, with all that is earned or lapses until then",
        **({" balance @colleague": f"that {others}; looking is recorded"} if reach > Reach.OWN else {}),
        " calendar": f"{_who_is_away(actor)}how many more may be, public holidays; or `calendar december`",
        **({" limits": _LIMITS} if actor.may(Deed.CHANGE_TIMEOFF_LIMITS) else {}),
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


def _said(typed: str) -> str:
    return escape(shorten(typed, _TYPED))


def _who_is_away(actor: Actor) -> str:
    """For who may read it of others."""
    return "who is away, " if actor.reach(Deed.SEE_ABSENCES) > Reach.OWN else ""

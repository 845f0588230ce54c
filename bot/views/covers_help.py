"""What ``/cover`` answers in words: what it can do, and why it opens no form."""

from bot.domain.permissions import Reach
from bot.views.blocks import Message, context, header, message, section
from bot.views.formats import escape, shorten

NAME_THE_DAY = "Name the day, such as “14-18 fri” or “next mon”."
_NAME = 40


def opening(queue: str | None) -> str:
    """How shifts that nobody works are opened, said of a queue that there is."""
    if queue is None:
        return "open sat 9-17"
    name = escape(shorten(queue, _NAME)).replace("`", "'")
    return f"open {name} sat 9-17"


def help_message(command: str, reach: Reach, opens: str | None) -> Message:
    """Every form of the command for who may offer at least their own.

    ``opens`` is how shifts are opened that nobody works, for who may do that.
    """
    others = "somebody of your team" if reach is Reach.TEAM else "somebody else"
    forms = {
        "": "opens the form",
        " fri": "with your shift of that day; also `tomorrow`, or a date",
        " 14-18 fri": "a part of it",
        " list": "your covers, what is offered to you, and open shifts",
        " 7": "where cover 7 stands, and what you can do about it",
        **({" @colleague tomorrow": f"gives away a shift of {others}"} if reach > Reach.OWN else {}),
        **({f" {opens} x2": "opens shifts that nobody works yet, and offers them"} if opens else {}),
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = "Whoever the rules allow is asked, a few at a time. Until somebody is confirmed it stays with you."
    return message(f"What {command} can do", header("Cover"), section("\n".join(lines)), context(hint))


def nothing_to_give(command: str, opens: str | None) -> Message:
    """The caller has no shift to give away; ``opens`` as in the help."""
    text = "You have no shift ahead of you that you could give away."
    hint = f"What is offered to you: `{command} list`"
    if opens:
        hint += f" · shifts that nobody works yet: `{command} {opens}`"
    return message(text, section(text), context(hint))


def nothing_of_theirs(whom: str) -> Message:
    """Whoever it was to be offered for has no shift to give away."""
    text = f"<@{whom}> has no shift ahead that could be given away."
    return message(text, section(text), context("As soon as a shift is planned for them, you can offer it here."))


def not_on_roster(whom: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{whom}> is not on the roster, so they have no shift that could be given away."
    return message(text, section(text), context("A people file puts them there."))


def may_not_offer(whom: str | None = None) -> Message:
    """Who works no shifts, or may not act for somebody."""
    if whom:
        text = f"Only a coordinator, a manager or the lead of their team gives a shift of <@{whom}> away."
    else:
        text = "Covers are for those who work shifts here. If you do, ask a coordinator for the role of an agent."
    return message(text, section(text))


def may_not_open() -> Message:
    """An agent wants to open shifts."""
    text = "Only leads, coordinators and managers open shifts that nobody works yet. Ask one of them."
    return message(text, section(text))

"""What ``/swap`` answers in words: what it can do, and why it opens no form."""

from bot.domain.permissions import Reach
from bot.views.blocks import Message, context, header, message, section


def help_message(command: str, reach: Reach) -> Message:
    """Every form of the command for who may swap at least their own; ``reach`` is for whom they may enter it."""
    people = _others(reach)
    for_others = {
        " for @colleague fri with @other": f"enters it for {people}",
        " list @colleague": f"those of {people}",
    }
    forms = {
        "": "opens the form",
        " fri with @colleague": "with that filled in; also `tomorrow`, or a date",
        " dec 24 for dec 27 with @colleague": "with both shifts filled in",
        " list": "your open swaps",
        " 14": "where swap 14 stands, and what you can do about it",
        **(for_others if reach > Reach.OWN else {}),
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = "Your colleague is asked first. Nothing changes before it is settled, and both of you hear of it."
    return message(f"What {command} can do", header("Swaps"), section("\n".join(lines)), context(hint))


def nothing_to_swap(command: str, reach: Reach) -> Message:
    """The asker has no shift to give; ``reach`` is for whom they may enter a swap."""
    text = "You have no shift ahead of you that you could swap."
    if reach > Reach.OWN:
        return message(text, section(text), context(f"For {_others(reach)}: `{command} for @colleague`"))
    return message(text, section(text), context("As soon as a shift is planned for you, you can offer it here."))


def nothing_of_theirs(whom: str) -> Message:
    """Whoever it was to be entered for has no shift to give."""
    text = f"<@{whom}> has no shift ahead that could be swapped."
    return message(text, section(text), context("As soon as a shift is planned for them, you can offer it here."))


def not_on_roster(whom: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{whom}> is not on the roster, so they have no shift that could be swapped."
    return message(text, section(text), context("A people file puts them there."))


def may_not_enter(whom: str) -> Message:
    """Only some may enter a swap for somebody else."""
    text = f"Only a coordinator, a manager or the lead of their team enters a swap for <@{whom}>."
    return message(text, section(text))


def may_not_swap() -> Message:
    """A department contact works no shifts."""
    text = "Swaps are for those who work shifts here. If you do, ask a coordinator for the role of an agent."
    return message(text, section(text))


def _others(reach: Reach) -> str:
    return "somebody of your team" if reach is Reach.TEAM else "somebody else"

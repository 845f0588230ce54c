"""What ``/announce`` can do, in words."""

from bot.views.blocks import Message, context, header, message, section


def help_message(command: str) -> Message:
    """Every form of the command."""
    forms = {
        "": "opens the form: whom it is for, where it stands, when it goes out, by when it is to be read",
        " The phones are back": "the same with that as its text",
        " list": "what you announced, and what was announced to you",
        " 12": "announcement 12: how many have read it, and what you can do about it",
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = (
        "You announce to your own team; leads, coordinators and managers to everybody. How many have read it "
        "anybody may know, who has not only its author, and a lead of their own team."
    )
    return message(f"What {command} can do", header("Announcements"), section("\n".join(lines)), context(hint))

"""Buttons that nobody needs daily, in one menu beside those that are: to choose one there is to press it."""

from collections.abc import Sequence
from uuid import UUID

from bot.views.blocks import Block
from bot.views.forms import option, plain_text, select

MORE = "menu.more"
_LABEL = "More…"


def more_menu(subject: UUID, buttons: Sequence[Block]) -> Block:
    """A menu of these buttons, at most 100, on a card of that subject; none of them asks first."""
    options = [
        option(each["text"]["text"], f"{subject} {each['action_id']} {each['value']}")  # 150 characters at most
        for each in buttons
    ]
    return {**select(options), "action_id": MORE, "placeholder": plain_text(_LABEL)}


def read_choice(value: str) -> tuple[UUID, str, str]:
    """The subject of the card, and name and value of the button that was chosen."""
    subject, name, carried = value.split(" ", 2)
    return UUID(subject), name, carried

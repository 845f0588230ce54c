"""The form that asks why, behind some buttons on cards."""

from dataclasses import dataclass
from uuid import UUID

from bot.views.blocks import section
from bot.views.forms import View, entered, field, modal, paragraph_input

REASON = "why.reason"
LONGEST = 3000


@dataclass(frozen=True, slots=True)
class About:
    """Of which subject a form asks why; ``reply_to`` is where a card stands that only its reader sees."""

    nonce: UUID
    subject_id: UUID
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """A form that asks why, or for what ``label`` says; ``callback_id`` is the button's with ``.form``."""

    title: str
    submit: str
    required: bool = True
    label: str = "Why"


def why_form(why: Why, callback_id: str, about: About, hint: str) -> View:
    """A form with one text, about a subject."""
    return modal(
        why.title,
        section(hint),
        field(why.label, REASON, paragraph_input(longest=LONGEST), optional=not why.required),
        callback_id=callback_id,
        submit=why.submit,
        metadata=f"{about.nonce} {about.subject_id} {about.reply_to}",
    )


def read_why(view: View) -> tuple[About, str]:
    """What the text is about, and the text."""
    nonce, subject_id, reply_to = view["private_metadata"].split(" ")
    return About(UUID(nonce), UUID(subject_id), reply_to), entered(view)[REASON] or ""

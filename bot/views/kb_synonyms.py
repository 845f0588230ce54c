"""Words that mean the same: the list, and the form of one group."""

import json
from uuid import UUID

from bot.domain.kb_found import SynonymsShown
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import escape, plain, shorten
from bot.views.forms import View, entered, field, modal, paragraph_input

CHANGE, NEW, TURN, FORM = "kb.synonyms.change", "kb.synonyms.new", "kb.synonyms.turn", "kb.synonyms.form"
TITLE = "Words that mean the same"
MAY_NOT = "Leads and coordinators say which words mean the same. Ask one of them."
_WORDS = f"{FORM}.words"
_LONGEST, _SHOWN = 1500, 300
_WRONG = {
    "few": "Two words at least, apart by commas: refund, money back.",
    "many": "At most 20 words in a group: make two of it.",
    "longest": "Each of them has at most 60 characters.",
}


def synonyms_message(shown: SynonymsShown, command: str) -> Message:
    """A page of the groups."""
    hint = f"Whoever looks for one finds the others, too · try it: `{command} money back`"
    new = [button("Add words…", NEW, "new")] if shown.may_change else []
    if not shown.groups:
        text = "The workspace has no words of its own yet that mean the same, such as refund and money back."
        return message(text, section(text), *([buttons(*new)] if new else []), context(hint))
    turns = [
        button(label, f"{TURN}.{label.lower()}", str(to))
        for label, to in (("Previous", shown.page - 1), ("Next", shown.page + 1))
        if 0 <= to < shown.pages
    ]
    lines = [_line(group_id, words, shown.may_change) for group_id, words in shown.groups]
    row = [*new, *turns]
    return message(TITLE, header(TITLE), *lines, *([buttons(*row)] if row else []), context(hint))


def synonyms_form(group_id: UUID | None, words: tuple[str, ...]) -> View:
    """Asks for the words of a group."""
    return modal(
        TITLE,
        field(
            "Words",
            _WORDS,
            paragraph_input(", ".join(words), longest=_LONGEST),
            optional=bool(words),
            hint="Apart by commas, in any language: refund, money back, Rückerstattung."
            + (" Left empty, the group is removed." if words else ""),
        ),
        callback_id=FORM,
        submit="Save",
        metadata=json.dumps({"group": str(group_id) if group_id else None}),
    )


def read_form(view: View) -> tuple[UUID | None, str]:
    """The group, and what was typed."""
    group = json.loads(view["private_metadata"])["group"]
    return UUID(group) if group else None, entered(view)[_WORDS] or ""


def wrong(why: str) -> dict[str, str]:
    """At the field."""
    return {_WORDS: _WRONG[why]}


def kept(words: tuple[str, ...]) -> Message:
    """The answer to the form."""
    if not words:
        return message("The group is removed. The words are found as they are written again.")
    return message(f"Whoever looks for one of these finds all: {escape(shorten(', '.join(words), _SHOWN))}.")


def _line(group_id: UUID, words: tuple[str, ...], may_change: bool) -> Block:
    line = section(escape(shorten(" = ".join(words), _SHOWN)))
    if not may_change:
        return line
    spoken = f"Change {plain(words[0])}"
    return {**line, "accessory": button("Change…", f"{CHANGE}.{group_id}", str(group_id), spoken)}

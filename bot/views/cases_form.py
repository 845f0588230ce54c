"""The form that opens a case, and the one that puts its record right."""

import json
from typing import Any
from uuid import UUID

from bot.domain.cases import Priority
from bot.domain.cases_new import CaseForm, Entered
from bot.domain.cases_shown import CaseShown
from bot.views.blocks import context
from bot.views.cases_words import PRIORITIES
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    changed,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    person_select,
    select,
    text_input,
)

NEW, EDIT = "case.new", "case.edit.form"
SHORTCUT = "case.make"
_NAME = "case.field."
TITLE, CUSTOMER, PRIORITY, TIER, CATEGORY, LANGUAGE, CHANNEL, TAGS, QUEUE, OWNER, NOTE = (
    f"{_NAME}{each}"
    for each in (
        "title",
        "customer",
        "priority",
        "tier",
        "category",
        "language",
        "channel",
        "tags",
        "queue",
        "owner",
        "note",
    )
)
LONGEST_TITLE, LONGEST_NOTE = 150, 2000
NOT_ON_ROSTER = "They do not work on cases here, so none can be theirs. Choose somebody else, or nobody."
TITLE_MISSING = "Say in a few words what it is about."


def new_form(form: CaseForm, title: str = "", link: str | None = None) -> View:
    """Asks what is known of a new case; ``link`` leads to the message that it is made of."""
    queues = [option(name, str(queue_id)) for queue_id, name in form.queues[:MOST_OPTIONS]]
    return modal(
        "A new case",
        *_record(None, title),
        *(
            [field("Queue", QUEUE, select(queues), optional=True, hint="Without one the routing rules decide.")]
            if queues
            else []
        ),
        field("Owner", OWNER, person_select(), optional=True, hint="Who reads of it in a direct message."),
        *_details(None),
        field("Note", NOTE, paragraph_input(longest=LONGEST_NOTE), optional=True),
        *([context(f"Made of <{link}|this message>. The link stays with the case.")] if link else []),
        callback_id=NEW,
        submit="Open the case",
        metadata=json.dumps({"nonce": str(form.nonce), "link": link}),
    )


def edit_form(form: CaseForm, reply_to: str = "") -> View:
    """Asks what its record should say."""
    assert form.case
    shown = form.case
    there = "Tags are written to the helpdesk, too; what else you change stays here." if shown.mirrored else ""
    return modal(
        f"Edit case {shown.named.number}",
        *_record(shown, shown.named.title),
        *_details(shown),
        *([context(there)] if there else []),
        callback_id=EDIT,
        submit="Save",
        metadata=json.dumps({"nonce": str(form.nonce), "case": str(shown.id), "reply_to": reply_to}),
    )


def read_new(view: View) -> tuple[UUID, Entered, dict[str, str]]:
    """The nonce, what was entered, and what is wrong with it."""
    kept, said = json.loads(view["private_metadata"]), _said(entered(view))
    queue, title = said.pop("queue", None), said.pop("title", None)
    found = Entered(title or "", queue_id=UUID(queue) if queue else None, link=kept["link"], **_without_none(said))
    return UUID(kept["nonce"]), found, {} if title else {TITLE: TITLE_MISSING}


def read_edit(view: View) -> tuple[UUID, UUID, dict[str, Any], str, dict[str, str]]:
    """The nonce, the case, the fields that were changed, where its card stands, and what is wrong."""
    kept, changes = json.loads(view["private_metadata"]), _said(changed(view))
    wrong = {TITLE: TITLE_MISSING} if "title" in changes and not changes["title"] else {}
    if "tags" in changes:
        changes["tags"] = list(changes["tags"])
    return UUID(kept["nonce"]), UUID(kept["case"]), changes, kept["reply_to"], wrong


def _record(shown: CaseShown | None, title: str) -> list[dict[str, Any]]:
    priorities = [option(name, each.value) for each, name in PRIORITIES.items()]
    priority = shown.priority if shown else Priority.NORMAL
    return [
        field("What is it about", TITLE, text_input(title, longest=LONGEST_TITLE)),
        field("Customer", CUSTOMER, text_input(shown.customer or "" if shown else ""), optional=True),
        field("Priority", PRIORITY, select(priorities, priority.value)),
    ]


def _details(shown: CaseShown | None) -> list[dict[str, Any]]:
    def text(label: str, name: str, value: str | None, hint: str = "") -> dict[str, Any]:
        return field(label, name, text_input(value or "", longest=80), optional=True, hint=hint)

    tags = ", ".join(shown.tags) if shown else ""
    return [
        text("Category", CATEGORY, shown.category if shown else None, "Such as refund or delivery."),
        field("Tags", TAGS, text_input(tags), optional=True, hint="With commas between them."),
        text("Tier of the customer", TIER, shown.tier if shown else None),
        text("Language", LANGUAGE, shown.language if shown else None),
        text("Channel", CHANNEL, shown.channel if shown else None, "Such as e-mail, chat or phone."),
    ]


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """By the names of what is ``Entered``, with nothing for a blank."""
    found = {name.removeprefix(_NAME): value for name, value in values.items()}
    found = {name: (value.strip() or None) if isinstance(value, str) else value for name, value in found.items()}
    if found.get("priority"):
        found["priority"] = Priority(found["priority"])
    if "tags" in found:
        words = (each.strip() for each in (found["tags"] or "").split(","))
        found["tags"] = tuple(dict.fromkeys(each for each in words if each))
    return found


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}

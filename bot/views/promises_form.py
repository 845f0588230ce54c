"""The forms of promises to customers: making one, moving it, and writing to the customer."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.promises_shown import PromiseForm, PromiseShown
from bot.domain.wallclock import resolve
from bot.views.blocks import context, section
from bot.views.cases_named import case_words
from bot.views.cases_pick import CASE, case_field
from bot.views.formats import Formats, shorten
from bot.views.forms import (
    MISSING,
    View,
    date_picker,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    person_select,
    select,
    time_picker,
)
from bot.views.promises_drafts import TEMPLATES, Template, draft_words
from bot.views.requests import zone_line

FORM, MOVE_FORM, DRAFT_FORM = "promise.form", "promise.move_form", "promise.draft_form"
PICK = f"promise.form{CASE}"
TEXT, DAY, TIME, OWNER = "promise.form.text", "promise.form.day", "promise.form.time", "promise.form.owner"
TEMPLATE, THEN = "promise.draft.template", "promise.draft.then"
_WORDS = "promise.draft.words"
SENT, KEEP = "sent", "keep"
TITLE, MOVE_TITLE, DRAFT_TITLE = "Follow up", "Move a promise", "Write to the customer"
IN_THE_PAST = "This is over already. Say a time that is still to come."
NOT_ON_ROSTER = "This person does not work on the floor here. Choose somebody who does."
_LONGEST, _LONGEST_DRAFT = 1000, 2900


@dataclass(frozen=True, slots=True)
class Said:
    """What was entered."""

    nonce: UUID
    about: UUID  # the case, or the promise
    due_at: datetime
    owner: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written, and what becomes of it."""

    nonce: UUID
    promise_id: UUID
    words: str
    sent: bool


def promise_form(form: PromiseForm, formats: Formats, text: str = "") -> View:
    """Asks what the customer was promised, by when, and who sees to it."""
    about = case_field("Case", PICK)
    if form.case:
        words = case_words(form.case)
        about = section(f"{words[:1].upper()}{words[1:]}")
    kept = {"nonce": str(form.nonce), "about": str(form.case.id) if form.case else None}
    hint = "Such as: the refund is on its way, or we say why not."
    return modal(
        TITLE,
        about,
        field("What the customer was promised", TEXT, paragraph_input(text, longest=_LONGEST), hint=hint),
        *_when(form.due_at, form.owner.slack_id if form.owner else None, formats),
        callback_id=FORM,
        submit="Promise",
        metadata=json.dumps(kept),
    )


def move_form(shown: PromiseShown, nonce: UUID, formats: Formats) -> View:
    """Asks for another time, or for somebody else."""
    words = f"For {case_words(shown.case)}. Tell the customer of the new time: I send customers nothing."
    return modal(
        MOVE_TITLE,
        section(words),
        *_when(shown.promise.due_at, shown.owner.slack_id, formats),
        callback_id=MOVE_FORM,
        submit="Move",
        metadata=json.dumps({"nonce": str(nonce), "about": str(shown.id)}),
    )


def draft_form(shown: PromiseShown, nonce: UUID, formats: Formats, template: Template | None = None) -> View:
    """What could be written to the customer, to be changed and sent by a person.

    A kept draft is what it begins with, until a template is chosen.
    """
    chosen = template or Template.PROGRESS
    words = shown.draft if shown.draft and template is None else draft_words(shown, chosen, formats)
    where = "in the helpdesk" if shown.mirrored else "to the customer"
    then = [option("I have sent it", SENT), option("Keep the draft; it is not sent yet", KEEP)]
    templates = [option(label, each) for each, label in TEMPLATES.items()]
    return modal(
        DRAFT_TITLE,
        section(
            f"For {case_words(shown.case)}. Change it, copy it, and send it {where}: I send customers nothing."
        ),
        field("Begin with", TEMPLATE, select(templates, chosen), tells=True),
        # What was typed stays only in a field of the same name, and another template is another text.
        field(
            "To the customer", f"{_WORDS}.{chosen}", paragraph_input(shorten(words, _LONGEST_DRAFT), longest=3000)
        ),
        field("Now", THEN, select(then, KEEP)),
        context("“I have sent it” stops the clock of the reply, unless a helpdesk tells me of replies."),
        callback_id=DRAFT_FORM,
        submit="Save",
        metadata=json.dumps({"nonce": str(nonce), "about": str(shown.id)}),
    )


def read_form(view: View, zone: ZoneInfo) -> tuple[Said | None, dict[str, str]]:
    """What was entered in either of the forms with a time, or what is missing."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    about, text = kept["about"] or said.get(PICK), said.get(TEXT) or ""
    wrong = {name: MISSING for name in (DAY, TIME, OWNER) if not said[name]}
    if about is None:
        wrong[PICK] = MISSING
    if TEXT in said and not text.strip():
        wrong[TEXT] = MISSING
    if wrong:
        return None, wrong
    local = datetime.combine(date.fromisoformat(said[DAY]), time.fromisoformat(said[TIME]))
    return Said(UUID(kept["nonce"]), UUID(about), resolve(local, zone), said[OWNER], text), {}


def read_draft(view: View) -> tuple[Draft, dict[str, str]]:
    """What was written, and what is missing."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    name = next(each for each in said if each.startswith(_WORDS))
    words = said[name] or ""
    draft = Draft(UUID(kept["nonce"]), UUID(kept["about"]), words, said[THEN] == SENT)
    return draft, {} if words.strip() else {name: MISSING}


def read_about(view: View) -> tuple[UUID, UUID]:
    """The promise of a form, and its nonce."""
    kept = json.loads(view["private_metadata"])
    return UUID(kept["about"]), UUID(kept["nonce"])


def _when(due_at: datetime, owner: str | None, formats: Formats) -> list[dict[str, Any]]:
    local = due_at.astimezone(formats.zone)
    return [
        field("By when: day", DAY, date_picker(local.date())),
        field("By when: time", TIME, time_picker(local.time())),
        field("Who sees to it", OWNER, person_select(owner)),
        zone_line(formats),
    ]

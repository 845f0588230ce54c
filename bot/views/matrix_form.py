"""The forms that change the matrix: a row, a row that goes, an earlier version, and why a change is declined."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.domain.matrix import Row, Severity, Times, from_documents, to_documents
from bot.domain.matrix_shown import Names, RowChoices, VersionShown
from bot.views.blocks import Block, paragraphs, section
from bot.views.escalations_words import SEVERITIES
from bot.views.formats import plain, shorten
from bot.views.forms import (
    MISSING,
    MOST_OPTIONS,
    View,
    entered,
    field,
    grouped_select,
    modal,
    number_input,
    option,
    paragraph_input,
    select,
    text_input,
)
from bot.views.matrix import TITLE, difference_lines, row_words

ROW_FORM, REMOVE_FORM, BACK_FORM, DECLINE_FORM = (
    f"matrix.form.{name}" for name in ("row", "remove", "back", "decline")
)
DEPARTMENT, CATEGORY, SEVERITY, TIER, CONTACT = (
    f"matrix.form.{name}" for name in ("department", "category", "severity", "tier", "contact")
)
OWN, ANSWER, STEP, REASON = (f"matrix.form.{name}" for name in ("own", "answer", "step", "reason"))
LONGEST = 500
_WORD, _LABEL = 80, 70
_ANY = "any"
_HOUR = timedelta(hours=1)
_MOST_HOURS = 500


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form of a row; ``wrong`` says at which field something is."""

    nonce: UUID
    row: Row | None
    before: Row | None
    reason: str
    wrong: Mapping[str, str]


def row_form(choices: RowChoices, nonce: UUID) -> View:
    """A row, new or as it is."""
    row = choices.row
    departments = [option(plain(name), str(each)) for each, name in choices.names.departments.items()]
    severities = [
        option("Any", _ANY),
        *(option(f"{each} · {words}", str(each)) for each, words in SEVERITIES.items()),
    ]
    times = row.times if row else None
    return modal(
        TITLE,
        field(
            "Department", DEPARTMENT, select(departments[:MOST_OPTIONS], str(row.department_id) if row else None)
        ),
        field(
            "Cases of the category",
            CATEGORY,
            text_input((row.category if row else "") or "", longest=_WORD),
            optional=True,
            hint="As cases have it; left empty: any.",
        ),
        field("Severity", SEVERITY, select(severities, str(row.severity.value) if row and row.severity else _ANY)),
        field(
            "Customers of the tier",
            TIER,
            text_input((row.tier if row else "") or "", longest=_WORD),
            optional=True,
            hint="Left empty: any.",
        ),
        *_contact_field(choices),
        section("How long each step may take, in the hours of the department; left empty: as usual."),
        field("Hours until somebody owns it", OWN, _hours(times.own if times else None), optional=True),
        field("Hours until it is answered", ANSWER, _hours(times.answer if times else None), optional=True),
        field(
            "Hours of silence until the next hears of it",
            STEP,
            _hours(times.step if times else None),
            optional=True,
            hint="First its lead, then the coordinators, then the managers.",
        ),
        field("Why", REASON, paragraph_input(longest=LONGEST)),
        callback_id=ROW_FORM,
        submit="Propose",
        metadata=_metadata(nonce, row),
    )


def read_row(view: View) -> Filled:
    """What stands in the form."""
    kept, values = json.loads(view["private_metadata"]), entered(view)
    lengths = [values.get(each) for each in (OWN, ANSWER, STEP)]
    wrong: dict[str, str] = {}
    if any(lengths) and not all(lengths):
        wrong = {
            name: "Fill in all three, or none of them."
            for name, value in zip((OWN, ANSWER, STEP), lengths, strict=True)
            if not value
        }
    if not (values[REASON] or "").strip():
        wrong[REASON] = MISSING
    times = None if wrong or not all(lengths) else Times(*(float(each) * _HOUR for each in lengths if each))
    if times and times.answer < times.own:
        wrong[ANSWER] = "It cannot be answered before somebody owns it."
    severity = values[SEVERITY]
    contact = values.get(CONTACT)
    row = Row(
        UUID(values[DEPARTMENT]),
        _word(values[CATEGORY]),
        None if severity in (None, _ANY) else Severity(int(severity)),
        _word(values[TIER]),
        None if contact in (None, _ANY) else UUID(contact),
        times,
    )
    return Filled(UUID(kept["nonce"]), None if wrong else row, _row(kept), values[REASON] or "", wrong)


def not_of_department() -> dict[str, str]:
    """The contact is of another department."""
    return {CONTACT: "This person is not of the department above. Choose one who is, or nobody in particular."}


def remove_form(row: Row, names: Names, nonce: UUID) -> View:
    """Asks why a row goes."""
    return modal(
        TITLE,
        section(f"Proposes to take this row out:\n{row_words(row, names)}"),
        field("Why", REASON, paragraph_input(longest=LONGEST)),
        callback_id=REMOVE_FORM,
        submit="Propose",
        metadata=_metadata(nonce, row),
    )


def back_form(shown: VersionShown, nonce: UUID) -> View:
    """Asks why an earlier version is to hold again."""
    return modal(
        TITLE,
        section(f"Proposes that all that change {shown.number} said holds again. A second person approves it."),
        field("Why", REASON, paragraph_input(longest=LONGEST)),
        callback_id=BACK_FORM,
        submit="Propose",
        metadata=json.dumps({"nonce": str(nonce), "version": str(shown.id)}),
    )


def decline_form(shown: VersionShown, nonce: UUID) -> View:
    """Asks why a change is declined."""
    return modal(
        TITLE,
        *paragraphs(
            [f"Change {shown.number} is declined, and everything stays as it is.", *difference_lines(shown)]
        ),
        field("Why", REASON, paragraph_input(longest=LONGEST)),
        callback_id=DECLINE_FORM,
        submit="Decline",
        metadata=json.dumps({"nonce": str(nonce), "version": str(shown.id)}),
    )


def read_reason(view: View) -> tuple[UUID, UUID, str]:
    """The nonce, the version, and why."""
    kept = json.loads(view["private_metadata"])
    return UUID(kept["nonce"]), UUID(kept["version"]), entered(view)[REASON] or ""


def read_removal(view: View) -> tuple[UUID, Row, str]:
    """The nonce, the row, and why."""
    kept = json.loads(view["private_metadata"])
    row = _row(kept)
    assert row
    return UUID(kept["nonce"]), row, entered(view)[REASON] or ""


def _contact_field(choices: RowChoices) -> Iterator[Block]:
    groups = {
        plain(shorten(name, _LABEL)): [
            option(plain(one.name), str(one.member_id)) for one in choices.contacts[each]
        ]
        for each, name in choices.names.departments.items()
        if choices.contacts.get(each)
    }
    nobody = {"Anybody": [option("Nobody in particular", _ANY)]}
    chosen = str(choices.row.contact_id) if choices.row and choices.row.contact_id else _ANY
    hint = "One of the department's own, whom it is put to first."
    yield field("Contact", CONTACT, grouped_select({**nobody, **groups}, chosen), optional=True, hint=hint)


def _hours(length: timedelta | None) -> Block:
    value = length / _HOUR if length else None
    return number_input(value, least=0.25, most=_MOST_HOURS, whole=False)


def _metadata(nonce: UUID, row: Row | None) -> str:
    return json.dumps({"nonce": str(nonce), "row": to_documents([row])[0] if row else None})


def _row(kept: Mapping[str, Any]) -> Row | None:
    return from_documents([kept["row"]])[0] if kept["row"] else None


def _word(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None

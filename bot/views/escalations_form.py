"""The form that puts a question to a department."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from bot.domain.escalations_shown import EscalateForm, EscalationShown
from bot.domain.wallclock import resolve
from bot.views.blocks import context, section
from bot.views.cases_pick import case_field
from bot.views.escalations_words import (
    SEVERITIES,
    department_words,
    state_words,
    times_line,
)
from bot.views.formats import Formats, person, plain
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    date_picker,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    select,
    text_input,
    time_picker,
)
from bot.views.requests import zone_line

FORM = "escalation.form"
TITLE = "Escalate"
# The name of a menu of cases ends like this everywhere.
CASE = f"{FORM}.case"
SEVERITY, DEPARTMENT, QUESTION, PROMISED, DUE_DAY, DUE_TIME = (
    f"{FORM}.{each}" for each in ("severity", "department", "question", "promised", "due_day", "due_time")
)
LONGEST = 2500


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; ``chosen`` is the department if it is another than the one that was proposed.

    ``department_block`` is where it is chosen. Day and time are on the wall of whoever fills it in.
    """

    nonce: UUID
    link: str | None
    case_id: UUID | None
    severity: int
    department_id: UUID | None
    chosen: UUID | None
    department_block: str
    question: str
    promised: str
    due_day: date | None
    due_time: time | None


def escalate_form(form: EscalateForm, formats: Formats) -> View:
    """Asks what is to be asked; redrawn when another case, severity or department is chosen."""
    proposal = form.proposal
    proposed = proposal.department_id if proposal else None
    case = case_field("Case", CASE, form.case, optional=True, hint="Without one a case is made of the question.")
    departments = [option(plain(name), str(each)) for each, name in form.departments[:MOST_OPTIONS]]
    department = field("Department", DEPARTMENT, select(departments, str(proposed)), tells=True)
    # What is proposed for another case is another field, so that it stands there.
    department["block_id"] = f"{DEPARTMENT}:{proposed}"
    severities = [option(f"{each} – {words}", str(each)) for each, words in SEVERITIES.items()]
    kept = {
        "nonce": str(form.nonce),
        "link": form.link,
        "proposed": str(proposed or ""),
        "chosen": str(form.chosen or ""),
    }
    return modal(
        TITLE,
        {**case, "dispatch_action": True},
        field("Severity", SEVERITY, select(severities, str(form.severity)), tells=True),
        department,
        context(_proposal(form, formats)),
        *([section(_already(form.already, formats))] if form.already else []),
        field("Question", QUESTION, paragraph_input(form.question, longest=LONGEST)),
        field(
            "What was the customer promised?",
            PROMISED,
            text_input(longest=300),
            optional=True,
            hint="It becomes a promise on the case, with a reminder.",
        ),
        field("Promised for the day", DUE_DAY, date_picker(None), optional=True),
        field("At", DUE_TIME, time_picker(None), optional=True),
        *([context(f"With a link to <{form.link}|this message>.")] if form.link else []),
        zone_line(formats),
        callback_id=FORM,
        submit="Ask",
        metadata=json.dumps(kept),
    )


def read_form(view: View) -> Filled:
    """What somebody has filled in."""
    kept, values = json.loads(view["private_metadata"]), entered(view)
    department, proposed = values.get(DEPARTMENT), kept["proposed"]
    by_hand = department != proposed or kept["chosen"] == department
    block = next(
        each["block_id"] for each in view["blocks"] if each.get("element", {}).get("action_id") == DEPARTMENT
    )
    return Filled(
        UUID(kept["nonce"]),
        kept["link"],
        _id(values.get(CASE)),
        int(values[SEVERITY]),
        _id(department),
        _id(department) if by_hand else None,
        block,
        values.get(QUESTION) or "",
        values.get(PROMISED) or "",
        _day(values.get(DUE_DAY)),
        _time(values.get(DUE_TIME)),
    )


def instant(day: date, at: time, formats: Formats) -> datetime:
    """A day and a time on the wall of a reader."""
    return resolve(datetime.combine(day, at), formats.zone)


def _proposal(form: EscalateForm, formats: Formats) -> str:
    proposal = form.proposal
    if proposal is None:
        return "The matrix names no department for this. Pick one."
    whom = department_words(proposal.department)
    if proposal.contact:
        whom += f" ({person(proposal.contact)})"
    by = "As usual" if proposal.usual else "By the matrix"
    return (
        f"{by}: {whom}, somebody owns it by {formats.moment(proposal.own_by)}, "
        f"answer by {formats.moment(proposal.answer_by)}."
    )


def _already(shown: EscalationShown, formats: Formats) -> str:
    times = times_line(shown, formats)
    stands = f"{state_words(shown)}{f', {times}' if times else ''}"
    return (
        f"*{department_words(shown.department)} has a question about this case already*: escalation "
        f"{shown.number}, {stands}. Ask only if this is another one; else reply in the thread of the case."
    )


def _id(value: Any) -> UUID | None:
    return UUID(value) if value else None


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None

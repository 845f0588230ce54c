"""The forms of what is done about a question: by when it is answered, whose it is, and how it ended."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from bot.domain.escalations import Cause, Outcome, State
from bot.domain.escalations_shown import EscalationShown
from bot.domain.wallclock import next_quarter, quarter
from bot.views.blocks import Block, section
from bot.views.escalations_form import LONGEST, instant
from bot.views.escalations_words import CAUSES, OUTCOMES, department_words
from bot.views.formats import Formats, plain
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
    time_picker,
)
from bot.views.requests import zone_line

ETA_FORM, ELSEWHERE_FORM, CLOSE_FORM = (
    "escalation.eta.form",
    "escalation.elsewhere.form",
    "escalation.close.form",
)
DAY, TIME = f"{ETA_FORM}.day", f"{ETA_FORM}.time"
WHERE, WHY = f"{ELSEWHERE_FORM}.where", f"{ELSEWHERE_FORM}.why"
OUTCOME, CAUSE, WORDS = (f"{CLOSE_FORM}.{each}" for each in ("outcome", "cause", "words"))
NOBODY_KNOWS = "unknown"
_HOUR = timedelta(hours=1)


def eta_form(shown: EscalationShown, now: datetime, formats: Formats) -> View:
    """Asks by when the department will answer."""
    latest = shown.eta_at or shown.answer_by
    usual = quarter(latest) if latest else now
    begin = (usual if usual > now else next_quarter(now + _HOUR)).astimezone(formats.zone)
    return modal(
        "Promise an answer",
        section(f"By when will escalation {shown.number} be answered? Who asked reads it, and you are reminded."),
        *_waiting(shown, formats),
        field("Day", DAY, date_picker(begin.date())),
        field("At", TIME, time_picker(begin.time().replace(second=0, microsecond=0))),
        zone_line(formats),
        callback_id=ETA_FORM,
        submit="Promise",
        metadata=str(shown.id),
    )


def _waiting(shown: EscalationShown, formats: Formats) -> Iterator[Block]:
    """By when the customer was promised to hear, which an answer after that would break."""
    if shown.promised and shown.promised.waits:
        yield section(f"The customer was promised to hear by *{formats.moment(shown.promised.due_at)}*.")


def read_eta(view: View, formats: Formats) -> tuple[UUID, datetime]:
    """Which escalation, and by when."""
    values = entered(view)
    day, at = date.fromisoformat(values[DAY]), time.fromisoformat(values[TIME])
    return UUID(view["private_metadata"]), instant(day, at, formats)


def elsewhere_form(
    nonce: UUID, shown: EscalationShown, departments: Sequence[tuple[UUID, str]], *, own: bool
) -> View:
    """Asks whose it is; ``own``: whoever is asked speaks for the department."""
    found = [option(plain(name), str(each)) for each, name in departments[: MOST_OPTIONS - 1]]
    unknown = [option("I do not know: the coordinators decide", NOBODY_KNOWS)] if own else []
    name = department_words(shown.department)
    said = f"Whose is escalation {shown.number}, if it is not {name}'s?" if own else f"It is with {name} now."
    return modal(
        "Not ours" if own else "Send elsewhere",
        section(f"{said} The other department gets the card, and its own time to answer."),
        field("Where?", WHERE, select([*found, *unknown])),
        field("Why", WHY, paragraph_input(longest=LONGEST), optional=True),
        callback_id=ELSEWHERE_FORM,
        submit="Send it there",
        metadata=f"{nonce} {shown.id}",
    )


def read_elsewhere(view: View) -> tuple[UUID, UUID, UUID | None, str]:
    """The nonce, the escalation, the department (None: nobody knows), and why."""
    nonce, escalation_id = view["private_metadata"].split()
    values = entered(view)
    where = values[WHERE]
    return UUID(nonce), UUID(escalation_id), None if where == NOBODY_KNOWS else UUID(where), values[WHY] or ""


def close_form(nonce: UUID, shown: EscalationShown) -> View:
    """Asks how it ended, and what it came from."""
    answered = shown.state is State.ANSWERED
    outcomes = [
        option(words, each) for each, words in OUTCOMES.items() if answered or each is not Outcome.ANSWERED
    ]
    causes = [option(words, each) for each, words in CAUSES.items()]
    hint = "" if answered else f"{department_words(shown.department)} has not answered. "
    return modal(
        "Close the escalation",
        section(f"{hint}How did escalation {shown.number} end, and what did it come from?"),
        field("Outcome", OUTCOME, select(outcomes, Outcome.ANSWERED if answered else None)),
        field("Cause", CAUSE, select(causes)),
        field("In words", WORDS, paragraph_input(longest=LONGEST), optional=True),
        callback_id=CLOSE_FORM,
        submit="Close it",
        metadata=f"{nonce} {shown.id}",
    )


def read_close(view: View) -> tuple[UUID, UUID, Outcome, Cause, str]:
    """The nonce, the escalation, its outcome, its cause, and the rest in words."""
    nonce, escalation_id = view["private_metadata"].split()
    values = entered(view)
    return UUID(nonce), UUID(escalation_id), Outcome(values[OUTCOME]), Cause(values[CAUSE]), values[WORDS] or ""

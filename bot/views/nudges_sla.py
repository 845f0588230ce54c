"""A case that is about to be late, or is: in a line, with what can be done about it, and how it is put off."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.nudges import As
from bot.domain.nudges_shown import LateCase
from bot.domain.sla import BREACH
from bot.views.blocks import Block, Message, button, message, section
from bot.views.cases import WAIT, WORKING
from bot.views.cases_assign import ASSIGN
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import View, entered, field, modal, option, paragraph_input, select
from bot.views.requests import zone_line
from bot.views.sla import METRICS

SNOOZE, FORM = "nudge.snooze", "nudge.snooze.form"
_UNTIL, _REASON = "nudge.snooze.until", "nudge.snooze.reason"
TITLE = "Put a case off"
MAY_NOT = "Whoever works on the floor puts cases off. Nothing was changed."
NOT_THERE = "This case is closed or gone. Nothing was changed."
TOO_LATE = (
    "A case cannot be put off past the time at which it is late, and this one is late or will be soon. "
    "Nothing was changed; say that you are working on it, or give it to somebody."
)
_LONGEST = 500
_CUSTOMER = 80


def order(shown: LateCase) -> tuple[bool, float, int]:
    """What is to be read first: what is due first, and what has no deadline now at last."""
    return shown.due_at is None, shown.due_at.timestamp() if shown.due_at else 0, shown.case.number


def line(shown: LateCase, formats: Formats) -> str:
    """Which case, which clock of it, and when it is due or was."""
    words = case_words(shown.case)
    customer = f" · {escape(shorten(shown.customer, _CUSTOMER))}" if shown.customer else ""
    return f"*{words[:1].upper()}{words[1:]}*{customer} · {when(shown, formats)}{_why(shown)}"


def when(shown: LateCase, formats: Formats) -> str:
    """How its clock stands."""
    if shown.metric is None or shown.due_at is None:
        return "put off until now, and its clock stands still"
    metric = METRICS[shown.metric]
    if shown.is_late and shown.act_by:
        breached = f"{metric} breached at {formats.moment(shown.due_at)} by re-prioritisation"
        return f"{breached}, act by {formats.moment(shown.act_by)}"
    if shown.is_late:
        return f"{metric} is late: it was due {formats.moment(shown.due_at)}"
    used = f": {shown.percent} % of the time is used" if 0 < shown.percent < BREACH else ""
    again = ", put off until now" if shown.snoozed else ""
    return f"{metric}{used}, due {formats.moment(shown.due_at)}{again}"


def buttons_of(shown: LateCase, _formats: Formats) -> Sequence[Block]:
    """What can be done about it."""
    case_id, spoken = str(shown.case.id), case_spoken(shown.case)
    return (
        button("Working", WORKING, case_id, f"Working on {spoken}"),
        button("Waiting on…", WAIT, case_id, f"Waiting on somebody: {spoken}"),
        button("Reassign…" if shown.owner else "Assign…", ASSIGN, case_id, f"Assign {spoken}"),
        *([] if _is_past(shown) else [button("Snooze…", SNOOZE, case_id, f"Snooze {spoken}")]),
    )


def snooze_form(case: CaseNamed, until: Sequence[datetime], nonce: UUID, formats: Formats) -> View:
    """Asks until when it is put off, and why."""
    options = [option(formats.moment(each), each.isoformat()) for each in until]
    return modal(
        TITLE,
        section(f"Nobody is reminded of {case_words(case)} until then, unless it is late before."),
        field("Remind again", _UNTIL, select(options, until[0].isoformat())),
        field("Why", _REASON, paragraph_input(longest=_LONGEST)),
        zone_line(formats),
        callback_id=FORM,
        submit="Snooze",
        metadata=json.dumps({"case": str(case.id), "nonce": str(nonce)}),
    )


def read_form(view: View) -> tuple[UUID, UUID, datetime, str]:
    """The case, the nonce, until when, and why."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    return UUID(kept["case"]), UUID(kept["nonce"]), datetime.fromisoformat(said[_UNTIL]), said[_REASON] or ""


def snoozed(until: datetime, formats: Formats) -> Message:
    """It comes back then."""
    return message(f"Nobody is reminded of it until {formats.moment(until)}, unless it is late before.")


def _is_past(shown: LateCase) -> bool:
    """Whether it cannot be put off any more."""
    return shown.due_at is None or (shown.is_late and shown.act_by is None)


def _why(shown: LateCase) -> str:
    """Why somebody hears of it whose case it is not."""
    owner = person(shown.owner) if shown.owner else None
    match shown.because:
        case As.OWNER:
            return ""
        case As.LEAD if shown.owner and shown.past_owner:
            return f" · {owner} was told and has not seen to it"
        case As.DESK if owner:
            return f" · {owner}'s, and no lead is on shift"
    return f" · {owner}'s, who is not on shift" if owner else " · nobody's"

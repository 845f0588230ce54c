"""A question to a department in words."""

from datetime import datetime

from bot.domain.escalations import Cause, Outcome, State
from bot.domain.escalations_shown import EscalationShown
from bot.views.formats import Formats, escape, person, shorten

OUTCOMES = {
    Outcome.ANSWERED: "Answered, and that settles it",
    Outcome.FIXED: "Fixed by the department",
    Outcome.WORKAROUND: "The customer has a way around it",
    Outcome.DECLINED: "Declined by the department",
    Outcome.NOT_NEEDED: "Not needed any more",
}
CAUSES = {
    Cause.PRODUCT: "A fault of the product",
    Cause.DATA: "Wrong or missing data",
    Cause.PROCESS: "A process of ours",
    Cause.POLICY: "A policy of ours",
    Cause.PARTNER: "A partner or supplier",
    Cause.CUSTOMER: "The customer's side",
    Cause.OTHER: "Something else",
}
# What the log of a case says that somebody did.
LOGGED = {
    "asked": "asked another department",
    "owned": "took the question on",
    "eta": "promised an answer",
    "needs_info": "asked for more",
    "informed": "told the department",
    "answered": "answered for the department",
    "asked_again": "asked the department again",
    "left": "gave the question back to the department, as its owner is no longer here",
    "moved": "sent the question to another department",
    "lost": "said that the question is not theirs",
    "closed": "closed the escalation",
}
SEVERITIES = {1: "critical", 2: "high", 3: "normal", 4: "low"}
_MARKS = {1: "🔴", 2: "🟠"}
# Characters; with fewer left than the least nothing more is begun.
_NAME, _TEXT, _LEAST = 80, 2500, 20


def department_words(name: str) -> str:
    """A department in a text."""
    return escape(shorten(name, _NAME))


def severity_words(severity: int, *, mark: bool = False) -> str:
    """How bad it is that there is no answer; with a ``mark`` that is seen from afar."""
    words = f"severity {severity} ({SEVERITIES[severity]})"
    return f"{_MARKS[severity]} {words}" if mark and severity in _MARKS else words


def state_words(shown: EscalationShown) -> str:
    """How it stands, in one sentence without a full stop."""
    match shown.state:
        case State.ASKED:
            return "nobody owns it yet"
        case State.OWNED:
            return f"owned by {_owner(shown)}"
        case State.NEEDS_INFO:
            return f"{_owner(shown)} needs to know more first"
        case State.ANSWERED:
            return f"answered by {_owner(shown)}"
    return "closed"


def times_line(shown: EscalationShown, formats: Formats) -> str:
    """By when what is to happen, or what was promised; nothing where nothing is ahead."""
    if shown.state in (State.ANSWERED, State.CLOSED):
        return ""
    if shown.eta_at:
        return _eta(shown.eta_at, formats, missed=shown.eta_missed)
    parts = []
    if shown.state is State.ASKED and shown.own_by:
        parts.append(f"own it by {formats.moment(shown.own_by)}")
    if shown.answer_by:
        parts.append(f"answer by {formats.moment(shown.answer_by)}")
    return ", ".join(parts)


def lines_of(text: str) -> str:
    """What somebody wrote, set off, line by line, as much of it as a paragraph holds beside a heading."""
    lines, left = [], _TEXT
    for line in text.splitlines():
        if left < _LEAST:
            lines.append("> …")
            break
        quoted = _as_much(line, left)
        lines.append(f"> {quoted}")
        left -= len(quoted) + 3
    return "\n".join(lines)


def draft(shown: EscalationShown) -> str:
    """What the customer could be written, for a person to put in their own words."""
    greeting = f"Hello {shown.customer or '…'},"
    answer = shown.answer or ""
    return f"{greeting}\n\nthank you for waiting. Our colleagues have looked into it:\n{answer}\n\nKind regards"


def _as_much(line: str, most: int) -> str:
    """Escaped, a character takes up to five."""
    length, escaped = len(line), escape(line)
    while len(escaped) > most:
        length = length * most // len(escaped) - 1
        escaped = escape(shorten(line, length))
    return escaped


def _eta(eta: datetime, formats: Formats, *, missed: bool) -> str:
    if missed:
        return f"*promised for {formats.moment(eta)}, and missed*"
    return f"*promised for {formats.moment(eta)}*"


def _owner(shown: EscalationShown) -> str:
    return person(shown.owner) if shown.owner else "somebody"

"""The card of a question to a department in every state, for both sides."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.domain.escalations import LIVE, OPEN, State
from bot.domain.escalations_shown import EscalationShown
from bot.views.blocks import Block, Message, button, buttons, message, section
from bot.views.cases_named import case_words
from bot.views.escalations_words import (
    CAUSES,
    OUTCOMES,
    department_words,
    lines_of,
    severity_words,
    state_words,
    times_line,
)
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.requests import zone_line

OWN, TAKE, ETA, INFO, ELSEWHERE, ANSWER = (
    "escalation.own",
    "escalation.take",
    "escalation.eta",
    "escalation.info",
    "escalation.elsewhere",
    "escalation.answer",
)
INFORM, AGAIN, CLOSE = "escalation.inform", "escalation.again", "escalation.close"
START = "escalation.start"
# Characters of a link, and of what stands in a notification.
LINK = 500


def department_card(shown: EscalationShown, hop: int, formats: Formats, *, thread: bool = True) -> Message:
    """For the department that was asked as the one of that number, and may have sent it on.

    ``thread``: what is replied to it reaches the other side, which a card that was looked up cannot say.
    """
    headline = f"Escalation {shown.number} · {case_words(shown.case)}"
    if hop != shown.hop:
        text = f"{headline}: with {department_words(shown.department)} now"
        return message(text, section(text))
    row = list(_department_buttons(shown))
    return message(
        f"{headline}: {state_words(shown)}",
        section(f"*{headline}*\n{_first_line(shown)}"),
        *_question(shown, formats),
        section(_stands(shown, formats)),
        *_ending(shown),
        *([buttons(*row)] if row else ()),
        _small(shown, formats, "who asked" if thread else None),
    )


def case_card(shown: EscalationShown, formats: Formats, *, thread: bool = True) -> Message:
    """For the side that asked, in the ``thread`` of its case."""
    headline = f"Escalation {shown.number} to {department_words(shown.department)}"
    row = list(_case_buttons(shown))
    return message(
        f"{headline}: {state_words(shown)}",
        section(f"*{headline}* · {severity_words(shown.severity, mark=True)}"),
        *_question(shown, formats),
        section(_stands(shown, formats)),
        *_ending(shown),
        *([buttons(*row)] if row else ()),
        _small(shown, formats, department_words(shown.department) if thread else None),
    )


def read_id(value: str) -> UUID:
    """The escalation that a button is about."""
    return UUID(value)


def start_button(case_id: UUID, spoken: str) -> Block:
    """On the card of a case: asks a department about it."""
    return button("Escalate…", START, str(case_id), f"Escalate {spoken}")


def case_buttons(escalations: Sequence[EscalationShown]) -> Iterator[Block]:
    """On the card of a case: what the first of its escalations waits for that waits for this side."""
    if found := next((each for each in escalations if each.state is State.NEEDS_INFO and not each.over), None):
        yield card_button(found, f"Tell {plain(shorten(found.department, 40))}…", INFORM)
    if found := next((each for each in escalations if each.state is State.ANSWERED or each.over), None):
        yield card_button(found, "Close escalation…", CLOSE)


def on_case(shown: EscalationShown, formats: Formats) -> str:
    """An escalation on the card of its case."""
    times = times_line(shown, formats)
    text = f"Escalation {shown.number} · {department_words(shown.department)}: {state_words(shown)}"
    return f"{text} · {times}" if times else text


def _first_line(shown: EscalationShown) -> str:
    whom = f"For {person(shown.contact)}" if shown.contact else f"For {department_words(shown.department)}"
    severity = severity_words(shown.severity, mark=True)
    customer = f" · customer {escape(shorten(shown.customer, 80))}" if shown.customer else ""
    return f"{whom} · {severity}{customer}"


def _question(shown: EscalationShown, formats: Formats) -> Iterator[Block]:
    if shown.question:
        yield section(f"{person(shown.asked_by)} asks:\n{lines_of(shown.question)}")
    if shown.need and shown.state is State.NEEDS_INFO:
        yield section(f"{department_words(shown.department)} needs to know:\n{lines_of(shown.need)}")
    if shown.link and len(shown.link) <= LINK:
        yield section(f"<{shown.link}|The message that it is about>")
    if shown.promised:
        due = formats.moment(shown.promised.due_at)
        words = f": {escape(shorten(shown.promised.text, 400))}" if shown.promised.text else ""
        yield section(f"*The customer was promised to hear by {due}*{words}")


def _stands(shown: EscalationShown, formats: Formats) -> str:
    stands = state_words(shown)
    parts = [f"*{stands if stands.startswith('<') else stands[:1].upper() + stands[1:]}*"]
    if times := times_line(shown, formats):
        parts.append(times)
    if shown.state in LIVE and shown.misses > int(shown.eta_missed):
        parts.append(
            "a promised time was missed" if shown.misses == 1 else f"{shown.misses} promised times were missed"
        )
    if shown.over and shown.state in OPEN:
        parts.append("*its case is solved or closed by now*")
    return " · ".join(parts)


def _ending(shown: EscalationShown) -> Iterator[Block]:
    if shown.answer:
        heading = "The answer so far" if shown.answered_at is None else "The answer"
        yield section(f"*{heading}*\n{lines_of(shown.answer)}")
    if shown.state is State.CLOSED and shown.outcome and shown.cause:
        words = f"\n{lines_of(shown.words)}" if shown.words else ""
        yield section(f"*{OUTCOMES[shown.outcome]}* · cause: {CAUSES[shown.cause]}{words}")


def _department_buttons(shown: EscalationShown) -> Iterator[Block]:
    if shown.state not in OPEN:
        return
    own = card_button(shown, "Own", OWN) | {"style": "primary"}
    yield own if shown.owner is None else card_button(shown, "Take over", TAKE)
    yield card_button(shown, "Give ETA…" if shown.eta_at is None else "Change ETA…", ETA)
    yield card_button(shown, "Need info…", INFO)
    yield card_button(shown, "Answer…", ANSWER)
    yield card_button(shown, "Not ours…", ELSEWHERE)


def _case_buttons(shown: EscalationShown) -> Iterator[Block]:
    if shown.state is State.NEEDS_INFO:
        yield card_button(shown, "Tell them…", INFORM)
    if shown.state is State.ANSWERED:
        yield card_button(shown, "Ask again…", AGAIN)
    if shown.state in LIVE:
        yield card_button(shown, "Close…", CLOSE)


def _small(shown: EscalationShown, formats: Formats, reaches: str | None) -> Block:
    asked = f"Asked {formats.moment(shown.asked_at)}"
    if reaches is None or shown.state not in LIVE:
        return zone_line(formats, asked)
    return zone_line(formats, f"{asked} · What you reply in this thread reaches {reaches}")


def card_button(shown: EscalationShown, label: str, action: str) -> Block:
    """A button that is about one."""
    return button(label, action, str(shown.id), f"{label} Escalation {shown.number}")

"""An open question to a department in the words of lists, asks and nudges."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.chase import Step
from bot.domain.chase_shown import Next, Open, Reader
from bot.domain.escalations import OPEN, State
from bot.domain.matrix import Rung
from bot.views.blocks import Block, button
from bot.views.cases_named import case_words
from bot.views.escalations import AGAIN, ANSWER, CLOSE, ELSEWHERE, ETA, INFORM, OWN
from bot.views.formats import Formats, amount, duration, escape, person, shorten

CHASE, ON_TIME = "chase.now", "chase.on_time"
SHOW = "escalation.show"
RUNGS = {
    Rung.CONTACT: "its contact",
    Rung.LEAD: "its lead",
    Rung.COORDINATOR: "the coordinators",
    Rung.MANAGER: "the managers",
}
_NAME = 60
# Characters of one on a list, of which ten fit into a message; escaped, a character takes up to five.
_LONGEST, _SHORT = 900, 16
_DAYS = timedelta(days=2)


def open_words(shown: Open, now: datetime, formats: Formats) -> str:
    """One on a list: whose it is, what it is about, how old, what was promised, and what comes next."""
    return in_short(shown, lambda each: _open_words(each, now, formats))


def title_words(shown: Open) -> str:
    """Number, department, severity and case."""
    department = escape(shorten(shown.department, _NAME))
    return f"*Escalation {shown.number} · {department}* · severity {shown.severity} · {case_words(shown.case)}"


def promise_words(shown: Open, formats: Formats) -> str:
    """The time that was promised."""
    if shown.state is State.ANSWERED and shown.answered_at:
        return f"answered {formats.moment(shown.answered_at)}"
    if shown.eta_at is None:
        return "nothing promised yet"
    if not shown.eta_missed:
        return f"promised {formats.moment(shown.eta_at)}"
    times = f", {shown.misses} times missed" if shown.misses > 1 else ", missed"
    return f"promised {formats.moment(shown.eta_at)}{times}"


def next_words(shown: Open, formats: Formats) -> str:
    """What comes next, and from whom."""
    return f"*Next:* {_next_words(shown, formats)}"


def late_words(shown: Open) -> str:
    """What stands before one that is late."""
    return "🔴 *Late* · " if shown.late else ""


def age_words(age: timedelta) -> str:
    """How long something has been open."""
    return amount(str(age.days), "days") if age >= _DAYS else duration(age)


def in_short(shown: Open, words: Callable[[Open], str]) -> str:
    """The words of it; very long names and titles are cut where ten such would not fit into a message."""
    text = words(shown)
    return text if len(text) <= _LONGEST else words(_cut(shown))


def row_buttons(shown: Open, reader: Reader) -> list[Block]:
    """What a reader may do about it where it is listed: everybody who sees the list may see all of it."""
    does: list[Block] = []
    if reader.chases:
        does = desk_buttons(shown)
    elif reader.answers:
        does = department_buttons(shown) if shown.state in OPEN else []
    elif shown.is_of(reader):
        does = _asker_buttons(shown)
    return [*does, button("Show", SHOW, str(shown.number), f"Show escalation {shown.number}")]


def desk_buttons(shown: Open) -> list[Block]:
    """What coordinators do about it."""
    value, spoken = str(shown.id), f"escalation {shown.number}"
    if shown.state is State.ANSWERED:
        return [button("Close…", CLOSE, value, f"Close {spoken}")]
    chases = button("Chase", CHASE, value, f"Chase {spoken}")
    if shown.state is State.NEEDS_INFO:
        chases = button("Tell them…", INFORM, value, f"Tell them about {spoken}")
    return [
        chases,
        button("Send elsewhere…", ELSEWHERE, value, f"Send {spoken} elsewhere"),
        button("Close…", CLOSE, value, f"Close {spoken}"),
    ]


def department_buttons(shown: Open) -> list[Block]:
    """What the department does about it."""
    value, spoken = str(shown.id), f"escalation {shown.number}"
    runs = shown.eta_at and not shown.eta_missed
    return [
        *([button("Still on time", ON_TIME, value, f"Still on time: {spoken}")] if runs else []),
        *([] if shown.owner else [button("Own", OWN, value, f"Own {spoken}")]),
        button("Change ETA…" if shown.eta_at else "Give ETA…", ETA, value, f"Give a time for {spoken}"),
        button("Answer…", ANSWER, value, f"Answer {spoken}"),
    ]


def _asker_buttons(shown: Open) -> list[Block]:
    value, spoken = str(shown.id), f"escalation {shown.number}"
    close = button("Close…", CLOSE, value, f"Close {spoken}")
    if shown.state is State.ANSWERED:
        return [button("Ask again…", AGAIN, value, f"Ask again about {spoken}"), close]
    if shown.state is State.NEEDS_INFO:
        return [button("Tell them…", INFORM, value, f"Tell them about {spoken}"), close]
    return [close]


def _open_words(shown: Open, now: datetime, formats: Formats) -> str:
    asked = f"asked {age_words(now - shown.asked_at)} ago by {person(shown.asked_by)}"
    facts = [asked, _holder(shown, formats), promise_words(shown, formats), _chased(shown, formats)]
    return "\n".join(
        [
            f"{late_words(shown)}{title_words(shown)}",
            " · ".join(each for each in facts if each),
            next_words(shown, formats),
        ]
    )


def _next_words(shown: Open, formats: Formats) -> str:
    if shown.over and shown.state is not State.ANSWERED:
        return "its case is solved or closed, so the clock asks nobody any more. Close it, too."
    match shown.state:
        case State.ANSWERED:
            return "somebody of ours closes it, with outcome and cause."
        case State.NEEDS_INFO:
            return f"{person(shown.asked_by)} tells them what they need to know."
    if shown.next is None:
        return "everybody above has been told; speak to them."
    return f"{_step_words(shown.next, formats)}."


def _holder(shown: Open, formats: Formats) -> str:
    if shown.owner:
        return f"{person(shown.owner)} owns it"
    by = f" by {formats.moment(shown.own_by)}" if shown.own_by else ""
    whom = f", {person(shown.contact)} is asked to{by}" if shown.contact else ""
    return f"nobody owns it{whom}"


def _chased(shown: Open, formats: Formats) -> str:
    if shown.chased_at is None:
        return "not chased yet"
    times = f" ({shown.chased} times)" if shown.chased > 1 else ""
    return f"last chased {formats.moment(shown.chased_at)}{times}"


def _step_words(following: Next, formats: Formats) -> str:
    at = formats.moment(following.at)
    match following.step:
        case Step.ASK:
            return f"they are asked again {at}"
        case Step.MISS:
            up = (
                f"; if it is not there, {RUNGS[following.rung]} hear{_s(following.rung)} of it"
                if following.rung
                else ""
            )
            return f"the answer is due {at}{up}"
    rung = following.rung or Rung.MANAGER
    return f"without a word {RUNGS[rung]} hear{_s(rung)} of it {at}"


def _s(rung: Rung) -> str:
    return "s" if rung in (Rung.CONTACT, Rung.LEAD) else ""


def _cut(shown: Open) -> Open:
    case = replace(shown.case, title=shorten(shown.case.title, _SHORT), url=None)
    asker, owner, contact = (
        replace(each, name=shorten(each.name, _SHORT)) if each else None
        for each in (shown.asked_by, shown.owner, shown.contact)
    )
    assert asker
    department = shorten(shown.department, _SHORT)
    return replace(shown, case=case, department=department, asked_by=asker, owner=owner, contact=contact)

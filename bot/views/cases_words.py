"""A case in words: its state, what is known of it, its clocks."""

from datetime import datetime

from bot.domain.cases import Priority, State
from bot.domain.cases_named import CaseNamed
from bot.domain.cases_shown import CaseShown
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.sla import clocks_words, wait_words

STATES = {
    State.NEW: "New",
    State.OPEN: "Open",
    State.PENDING: "Waits for the customer",
    State.ON_HOLD: "Waits for somebody of ours",
    State.SOLVED: "Solved",
    State.CLOSED: "Closed",
}
PRIORITIES = {each: each.value.capitalize() for each in Priority}
HELPDESKS = {"zendesk": "Zendesk", "freshdesk": "Freshdesk", "jira": "Jira", "file": "reference"}
_NAME, _TITLE = 80, 60
_MOST_TAGS = 8


def helpdesk_name(source: str | None) -> str:
    """How a helpdesk is called, or wherever else a case comes from."""
    return HELPDESKS.get(source or "", escape(shorten(source or "elsewhere", _NAME)))


def state_words(state: State, waits_on: str | None, gone_at: datetime | None = None) -> str:
    """How it stands."""
    if gone_at:
        return "Deleted in the helpdesk"
    if state is State.ON_HOLD and waits_on:
        return f"Waits for {escape(shorten(waits_on, _NAME))}"
    return STATES[state]


def stands_line(shown: CaseShown, formats: Formats) -> str:
    """State, priority, queue and owner."""
    parts = [
        f"*{state_words(shown.state, shown.waits_on, shown.gone_at)}*",
        *([f"{shown.priority} priority"] if shown.priority is not Priority.NORMAL else []),
        *([escape(shorten(shown.queue, _NAME))] if shown.queue else []),
        f"owner {person(shown.owner)}" if shown.owner else "no owner",
    ]
    if shown.snoozed_until and shown.live and shown.snoozed_until > shown.now:
        parts.append(f"snoozed until {formats.moment(shown.snoozed_until)}")
    return " · ".join(parts)


def record_line(shown: CaseShown) -> str:
    """What is known of it beside that; nothing where nothing is."""
    named = [
        ("customer", shown.customer),
        ("tier", shown.tier),
        ("category", shown.category),
        ("language", shown.language),
        ("by", shown.channel),
        ("tags", ", ".join(shown.tags[:_MOST_TAGS])),
    ]
    parts = [f"{name} {escape(shorten(value, _NAME))}" for name, value in named if value]
    if shown.named.url and not shown.named.source:
        parts.append(f"made of <{shown.named.url}|a message>")
    if shown.satisfaction:
        parts.append(
            "the customer is satisfied" if shown.satisfaction == "good" else "the customer is not satisfied"
        )
    if shown.reopened:
        parts.append("came back once" if shown.reopened == 1 else f"came back {shown.reopened} times")
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def clock_lines(shown: CaseShown, formats: Formats) -> list[str]:
    """Each clock with how it came to stand where it does, and how long departments have had the case."""
    return [*clocks_words(shown.clocks, formats), *(f"• {wait_words(each)}" for each in shown.waits)]


def due_words(due_at: datetime | None, formats: Formats, now: datetime) -> str:
    """When something must be done, or by how much that is past; nothing runs: no deadline."""
    if due_at is None:
        return "no deadline runs"
    return f"{'was due' if due_at <= now else 'due'} {formats.moment(due_at)}"


def case_title(named: CaseNamed) -> str:
    """Number and title in plain text, as in a menu."""
    title = plain(shorten(named.title, _TITLE))
    there = (
        f" · {HELPDESKS.get(named.source or '', named.source)} {named.external_id}" if named.external_id else ""
    )
    return f"{named.number} {title}{there}"

"""What happened to a case, line by line."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.cases import By, Kind, State
from bot.domain.cases_life import AFTER_ANSWER, AFTER_CLOSING, MISTAKE
from bot.domain.cases_shown import CaseLog, LogLine
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, button, buttons, header, message, paragraphs
from bot.views.cases_words import PRIORITIES, STATES, state_words
from bot.views.escalations_words import LOGGED
from bot.views.formats import Formats, escape, person, shorten
from bot.views.promises import LOGGED as PROMISED
from bot.views.requests import zone_line
from bot.views.sla import METRICS

LOG = "case.log"
_NAME, _NOTE = 40, 300
# What a department did, so that it is the team's turn again.
_FREED = {AFTER_ANSWER: "{} answered", AFTER_CLOSING: "The question to {} was closed"}
_SOMEBODY = {
    By.CUSTOMER: "The customer",
    By.MEMBER: "The operator",  # who has no account here
    By.BOT: "An automation",
    By.CLOCK: "Floorwalker",
    By.HELPDESK: "The helpdesk",
}


def log_message(log: CaseLog, formats: Formats) -> Message:
    """A page of it, the newest first."""
    text = f"What happened to case {log.named.number}"
    lines = [log_line(each, formats) for each in log.lines]
    turns = [("Newer", log.page - 1)] if log.page else []
    turns += [("Older", log.page + 1)] if log.page + 1 < log.pages else []
    row = [button(label, f"{LOG}.{label.lower()}", f"{log.named.id} {to}") for label, to in turns]
    page = f"Page {log.page + 1} of {log.pages}" if log.pages > 1 else ""
    return message(
        text,
        header(text),
        *paragraphs(lines),
        *([buttons(*row)] if row else []),
        zone_line(formats, page),
    )


def log_line(line: LogLine, formats: Formats) -> str:
    """When, who, what, and what was written beside it."""
    when = f"{formats.day(local_date(line.at, formats.zone))}, {formats.time(line.at)}"
    who = person(line.who) if line.who else _SOMEBODY[line.by]
    if line.kind is Kind.MESSAGE and line.by is By.CUSTOMER:
        who = _SOMEBODY[By.CUSTOMER]
    if "import" in line.data:
        return f"• {when} · {_imported(line, who, formats)}"
    if line.kind is Kind.STATE and line.data.get("because") in _FREED:
        return f"• {when} · {_freed(line)}"
    said = f" “{_quoted(line.note)}”" if line.note else ""
    return f"• {when} · {who} {_WORDS[line.kind](line, formats)}{said}"


def _imported(line: LogLine, who: str, formats: Formats) -> str:
    """What a file said of it."""
    number = line.data["import"]
    come = f"import {number}, from {escape(shorten(line.files, _NAME))}" if line.files else f"import {number}"
    if line.kind is Kind.OPENED:
        return f"opened, and came here with {come}"
    what = _WORDS[line.kind](line, formats)
    if line.kind is Kind.MESSAGE:
        who = "The team"
    return f"{who} {what}: {come}, was undone" if line.data.get("undone") else f"{who} {what}, with {come}"


def _freed(line: LogLine) -> str:
    """The department did it, whoever spoke for it."""
    department, state = line.before.get("waits_on_id"), State(line.data["state"])
    what = _FREED[line.data["because"]].format(_name(department) if department else "the department")
    stands = "is open again" if state is State.OPEN else _small(state_words(state, line.after.get("waits_on_id")))
    return f"{what[:1].upper()}{what[1:]}, so it {stands}"


def _state(line: LogLine, _formats: Formats) -> str:
    state = State(line.data["state"])
    if state is State.SOLVED:
        return "solved it"
    if state is State.CLOSED:
        return "closed it"
    if line.before.get("state") in (State.SOLVED, State.CLOSED):
        back = "came back" if line.by is By.CUSTOMER else "opened it again"
        return f"{back}, closed by mistake" if line.data.get("because") == MISTAKE else back
    said = "took that back: it" if line.data.get("because") == MISTAKE else "said that it"
    if state in (State.PENDING, State.ON_HOLD):
        return f"{said} {_small(state_words(state, line.after.get('waits_on_id')))}"
    return "wrote, so it is the team’s turn" if line.by is By.CUSTOMER else f"{said} is {STATES[state].lower()}"


def _priority(line: LogLine, _formats: Formats) -> str:
    was = line.before.get("priority")
    became = PRIORITIES[line.data["priority"]].lower()
    return f"changed the priority: {PRIORITIES[was].lower()} → {became}" if was else f"made it {became}"


def _queue(line: LogLine, _formats: Formats) -> str:
    became, was = _name(line.after.get("queue_id")), _name(line.before.get("queue_id"))
    moved = f"sent it from {was} to {became}" if line.before.get("queue_id") else f"put it in {became}"
    return f"{moved}, which is where it should have been" if line.data.get("reason") == "misroute" else moved


def _owner(line: LogLine, _formats: Formats) -> str:
    owner = line.after.get("owner_id")
    if owner is None:
        why = ", as whoever had it is no longer here" if line.data.get("because") == "left" else ""
        return f"left it without an owner{why}"
    return "took it" if owner == line.who else f"gave it to {person(owner)}"


def _tier(line: LogLine, _formats: Formats) -> str:
    tier = line.data["tier"]
    return f"put the customer in the tier {_name(tier)}" if tier else "took the customer out of their tier"


def _record(line: LogLine, _formats: Formats) -> str:
    names = ", ".join(each.replace("external_url", "link") for each in line.data.get("changed", ()))
    return f"changed its record: {names}" if names else "changed its record"


def _message(line: LogLine, _formats: Formats) -> str:
    if "void" in line.data:
        return "had not written, after all" if line.by is By.CUSTOMER else "had not replied, after all"
    return {By.CUSTOMER: "wrote", By.BOT: "answered automatically"}.get(line.by, "replied to the customer")


def _snooze(line: LogLine, formats: Formats) -> str:
    until = line.after.get("snoozed_until")
    return f"put it off until {_moment(until, formats)}" if until else "put it off no longer"


def _escalation(line: LogLine, _formats: Formats) -> str:
    return LOGGED.get(line.data["became"]) or f"question to a department: {_became(line)}"


def _promise(line: LogLine, _formats: Formats) -> str:
    return PROMISED.get(line.data.get("became", ""), "changed a promise to the customer")


def _stuck(line: LogLine, _formats: Formats) -> str:
    return (
        f"noticed that it is stuck: {escape(line.data['why'])}" if line.data["why"] else "saw that it moves again"
    )


def _satisfaction(line: LogLine, _formats: Formats) -> str:
    return "is satisfied" if line.data["satisfaction"] == "good" else "is not satisfied"


def _gone(line: LogLine, _formats: Formats) -> str:
    return "deleted it" if line.data.get("gone", True) else "brought it back"


def _deadline(line: LogLine, formats: Formats) -> str:
    named = {each.value: name for each, name in METRICS.items()}
    metric = _small(named.get(line.data.get("metric", ""), "a clock"))
    due = line.data.get("due_at")
    return f"wants the {metric} by {_moment(due, formats)}" if due else f"waits for no {metric}"


_WORDS: dict[Kind, Callable[[LogLine, Formats], str]] = {
    Kind.OPENED: lambda _line, _formats: "opened it",
    Kind.STATE: _state,
    Kind.PRIORITY: _priority,
    Kind.QUEUE: _queue,
    Kind.OWNER: _owner,
    Kind.TIER: _tier,
    Kind.RECORD: _record,
    Kind.MESSAGE: _message,
    Kind.NOTE: lambda _line, _formats: "noted:",
    Kind.SNOOZE: _snooze,
    Kind.WORKING: lambda _line, _formats: "is working on it",
    Kind.ESCALATION: _escalation,
    Kind.PROMISE: _promise,
    Kind.STUCK: _stuck,
    Kind.SATISFACTION: _satisfaction,
    Kind.GONE: _gone,
    Kind.DEADLINE: _deadline,
}


def _became(line: LogLine) -> str:
    return escape(str(line.data.get("became") or line.data.get("what") or line.data.get("state") or "changed"))


def _quoted(note: str) -> str:
    """As much of it as leaves room for the other lines; escaped, a character takes up to five."""
    text = escape(shorten(note, _NOTE))
    return text if len(text) <= 2 * _NOTE else escape(shorten(note, _NOTE // 3))


def _name(name: str | None) -> str:
    return escape(shorten(name, _NAME)) if name else "no queue"


def _moment(iso: str, formats: Formats) -> str:
    return formats.moment(datetime.fromisoformat(iso))


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]

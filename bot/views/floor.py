"""What was changed, as people read it at the front desk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.audit import AuditPage, Topic
from bot.domain.permissions import Reach
from bot.domain.wallclock import local_date
from bot.views.asked import Asked
from bot.views.audit import audit_line
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, shorten

AUDIT = "floor.audit"
_TYPED = 80  # characters of what somebody typed


def audit_page(shown: AuditPage, formats: Formats, asked: Asked) -> Message:
    """What was changed, newest last."""
    if not shown.lines:
        topic = shown.topic
        what = f"of {topic.kind} {topic.number} yet" if topic.kind else "yet that you may read"
        return _with_hint(f"Nothing was changed {what}.", f"More: `{asked.command} help`")
    title = _title(shown.topic)
    today = local_date(asked.at, formats.zone)
    lines = [audit_line(line, formats, shown.names, today) for line in shown.lines]
    zone = formats.zone.key.replace("_", " ")
    return message(
        f"{title}: {_count(shown.total, 'line')}, the last one here {lines[-1].removeprefix('• ')}",
        *paragraphs([f"*{title}*", *lines]),
        *_pager(shown, asked),
        context(f"Newest last · more: `{asked.command} help` · times in {zone}"),
    )


def unknown_word(command: str, word: str) -> Message:
    """Something was typed that the front desk does not do."""
    text = f"I do not know “{escape(shorten(word, _TYPED))}”."
    return _with_hint(text, f"All that I can do for you: `{command} help`")


def unknown_number(command: str, kind: str, number: int | None, newest: Mapping[str, int]) -> Message:
    """Nothing has that kind and number; ``newest`` says what has."""
    known = kind in newest
    if known and number is not None:
        text = f"There is no {kind} {number}."
    elif known:
        text = f"Say which {kind} you mean, by its number."
    else:
        text = "I cannot tell what you mean." if number is None else f"I cannot tell what number {number} is of."
    kinds = [kind] if known else sorted(newest)
    example = next(
        (f"`{command} audit {each} {newest[each]}`" for each in kinds if newest[each]), f"`{command} audit`"
    )
    return _with_hint(f"{text} {' '.join(_numbers(each, newest[each]) for each in kinds)}", f"Try {example}")


def unknown_person(slack_id: str, command: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{slack_id}> is not on the roster, so nothing about them was changed here."
    return _with_hint(text, f"The latest changes: `{command} audit`")


def names_wanted(name: str, command: str) -> Message:
    """A name was typed that Slack did not turn into a person."""
    typed = escape(shorten(name, _TYPED))
    text = f"I cannot tell who {typed} is. Pick them from the list that Slack offers after `@`."
    return _with_hint(text, f"The latest changes: `{command} audit`")


def one_at_a_time(command: str) -> Message:
    """Several people were named."""
    text = "I can show what was changed about one person at a time."
    return _with_hint(text, f"The latest changes: `{command} audit`")


def may_not_read(command: str, reach: Reach) -> Message:
    """The audit of something that is not the reader's business; ``reach`` is what is."""
    if reach is Reach.NOBODY:
        return _with_hint("You have no role that may read what was changed.", "A coordinator can give you one.")
    whom = "the people of your team and yourself" if reach is Reach.TEAM else "you, your own swaps and covers"
    return _with_hint(f"You can read what was changed about {whom}, but not this.", f"That is: `{command} audit`")


def read_value(command: str, value: str) -> Asked:
    """What a button stands for."""
    page, at, text = value.split(" ", 2)
    return Asked(command, text, datetime.fromisoformat(at), int(page))


def _title(topic: Topic) -> str:
    if topic.person:
        return f"What was changed about {person(topic.person)}"
    return f"What was done to {topic.kind} {topic.number}" if topic.kind else "The latest changes"


def _pager(shown: AuditPage, asked: Asked) -> list[Block]:
    turns = [("Earlier", shown.page + 1)] if shown.has_earlier else []
    turns += [("Later", shown.page - 1)] if shown.has_later else []
    if not turns:
        return []
    offered = [button(label, f"{AUDIT}.{label.lower()}", _value(replace(asked, page=to))) for label, to in turns]
    place = f"{shown.first}–{shown.first + len(shown.lines) - 1} of {shown.total}"
    return [context(place), buttons(*offered)]


def _value(asked: Asked) -> str:
    """A button repeats what was asked when it was asked, so that pages fit together while things change."""
    return f"{asked.page} {asked.at.isoformat()} {asked.text}"


def _numbers(kind: str, newest: int) -> str:
    if newest == 0:
        return f"There are no {kind}s yet."
    return f"There is only {kind} 1." if newest == 1 else f"There are {kind}s 1 to {newest}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _with_hint(text: str, hint: str) -> Message:
    return message(text, section(text), context(hint))

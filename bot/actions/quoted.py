"""What somebody wrote in Slack, as it reads there."""

import html
import re

from bot.connectors.slack import MENTION
from storage.db import WorkspaceSession
from storage.people import member_by_slack_id

_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|([^>]*))?>")
_CALL = re.compile(r"<!(?:subteam\^[A-Z0-9]+\|)?@?([^|>^]*)[^>]*>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]+)(?:\|([^>]*))?>")
# Bold, italic, struck out or code: the same mark on both sides of something, and no letter beside them.
_MARKED = re.compile(r"(?<!\w)([*_~`])(?=\S)(.+?)(?<=\S)\1(?!\w)")
# What begins a line of a list, a quotation or of code, and what may be left of marks at its end.
_BEFORE, _AFTER = " \t>*_~`•–-", " \t*_~`"
# Marks within marks, three for a line of code; and characters of a line, of which a title takes far fewer.
_NESTED, _LONGEST = 4, 1000


def as_read(session: WorkspaceSession, text: str) -> str:
    """The text of a message with names in place of ids, and without markup for what is no word."""

    def name(found: re.Match[str]) -> str:
        person = member_by_slack_id(session, found[1])
        return f"@{(person.slack_name or person.name) if person else 'somebody'}"

    def link(found: re.Match[str]) -> str:
        address, label = found[1].removeprefix("mailto:").removeprefix("tel:"), found[2]
        return f"{label} ({address})" if label and label not in address else address

    plain = _LINK.sub(link, MENTION.sub(name, text))
    plain = _CHANNEL.sub(lambda found: f"#{found[1] or 'a channel'}", plain)
    return html.unescape(_CALL.sub(lambda found: f"@{found[1]}", plain)).strip()


def first_line(text: str) -> str:
    """What a text is about: its first line that has words, without the marks of Slack; nothing if it has none."""
    lines = (_unmarked(line[:_LONGEST]).lstrip(_BEFORE).rstrip(_AFTER) for line in text.splitlines())
    return next((line for line in lines if any(map(str.isalnum, line))), "")


def _unmarked(line: str) -> str:
    for _ in range(_NESTED):
        line = _MARKED.sub(r"\2", line)
    return line

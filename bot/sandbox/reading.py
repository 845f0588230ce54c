"""Text as a person reads it, and text as Slack stores what a person typed."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.state import Json, User, Workspace

_LINK = re.compile(r"<([^<>]+)>")
_STYLED = re.compile(r"(?<![\w*_~`])(\*|_|~|```|`)(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
_TOKEN = re.compile(r"\{(\w+)\}")
_MENTION = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._\-]*[a-z0-9]|[a-z0-9])", re.IGNORECASE)
_CHANNEL = re.compile(r"(?<![\w#])#([a-z0-9_\-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reader:
    """One person's eyes: their zone and clock, everybody's names, and what day it is."""

    workspace: Workspace
    user: User
    now: datetime

    def mrkdwn(self, text: str) -> str:
        """Mentions as @Name, dates in the reader's zone, links as their label, styles and entities resolved."""
        plain = _STYLED.sub(r"\2", _STYLED.sub(r"\2", text))
        return html.unescape(_LINK.sub(lambda found: self._link(found[1]), plain))

    def message(self, text: str, blocks: list[Json], attachments: list[Json]) -> str:
        """What stands in a message: its blocks if it has any (the text is then only for notifications)."""
        lines = list(self.blocks(blocks)) if blocks else [self.mrkdwn(text)] if text else []
        for attachment in attachments:
            lines += self.blocks(attachment.get("blocks", []))
            lines += [self.mrkdwn(attachment[key]) for key in ("pretext", "title", "text") if attachment.get(key)]
        return "\n".join(lines)

    def blocks(self, blocks: list[Json]) -> Iterator[str]:
        """The lines of these blocks, top to bottom; buttons and other controls are not text."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Json) -> Iterator[str]:
        match block["type"]:
            case "section" | "header":
                parts = [block.get("text"), *block.get("fields", ())]
                yield from (self._text(part) for part in parts if part)
            case "context":
                yield " ".join(self._text(e) for e in block["elements"] if e["type"] != "image")
            case "markdown":
                yield block["text"]
            case "image":
                yield self._text(block["title"]) if block.get("title") else block["alt_text"]
            case "input":
                yield self._text(block["label"])
            case "rich_text":
                yield "".join(self._rich(element) for element in block["elements"]).rstrip("\n")
            case "table":
                for row in block["rows"]:
                    yield " | ".join(self._cell(cell) for cell in row)

    def _text(self, text: Json) -> str:
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])

    def _cell(self, cell: Json) -> str:
        return self._rich(cell) if cell["type"] == "rich_text" else str(cell.get("text", ""))

    def _rich(self, element: Json) -> str:
        match element["type"]:
            case "rich_text_list":
                return "".join(f"• {self._rich(item)}\n" for item in element["elements"])
            case "user":
                return self._link(f"@{element['user_id']}")
            case "channel":
                return self._link(f"#{element['channel_id']}")
            case "link":
                return str(element.get("text") or element["url"])
            case "emoji":
                return f":{element['name']}:"
            case "date":
                return self._date(int(element["timestamp"]), element["format"])
            case _:
                inner = "".join(self._rich(part) for part in element.get("elements", ()))
                return inner + str(element.get("text", ""))

    def _link(self, inside: str) -> str:
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            user = self.workspace.users.get(target[1:])
            return f"@{user.real_name}" if user else f"@{label or target[1:]}"
        if target.startswith("#"):
            channel = self.workspace.channels.get(target[1:])
            return f"#{channel.name}" if channel else f"#{label or target[1:]}"
        if target.startswith("!subteam^"):
            group = self.workspace.groups.get(target.removeprefix("!subteam^"))
            return f"@{group.handle}" if group else label
        if target.startswith("!date^"):
            _, stamp, form, *_ = target.split("^")
            return self._date(int(stamp), form) if stamp.lstrip("-").isdigit() else label
        return f"@{target[1:]}" if target.startswith("!") else label or target

    def _date(self, stamp: int, form: str) -> str:
        here = datetime.fromtimestamp(stamp, UTC).astimezone(ZoneInfo(self.user.tz))
        today = self.now.astimezone(ZoneInfo(self.user.tz)).date()
        near = {today: "today", today - timedelta(1): "yesterday", today + timedelta(1): "tomorrow"}
        clock = f"{here:%H:%M}" if self.user.hour24 else f"{here:%-I:%M %p}"
        forms = {
            "date_num": f"{here:%Y-%m-%d}",
            "date_slash": f"{here:%m/%d/%Y}",
            "date": f"{here:%B} {_ordinal(here.day)}, {here.year}",
            "date_short": f"{here:%b} {here.day}, {here.year}",
            "date_long": f"{here:%A, %B} {_ordinal(here.day)}, {here.year}",
            "time": clock,
            "time_secs": f"{here:%H:%M:%S}" if self.user.hour24 else f"{here:%-I:%M:%S %p}",
            "day_divider_pretty": near.get(here.date(), f"{here:%A, %B} {_ordinal(here.day)}"),
            "ago": _ago(self.now - here),
        }
        for name in ("date", "date_short", "date_long"):
            forms[f"{name}_pretty"] = near.get(here.date(), forms[name])
        text = _TOKEN.sub(lambda found: forms.get(found[1], found[0]), form)
        return text[:1].upper() + text[1:] if form.startswith("{") else text


def stored(workspace: Workspace, typed: str, *, labelled: bool = False) -> str:
    """What a person typed as Slack stores it: entities escaped, @name and #channel as mentions.

    `labelled` mentions of people carry the name, as in the text of a command with `should_escape`.
    """
    text = html.escape(typed, quote=False)
    text = _MENTION.sub(lambda found: _user_mention(workspace, found, labelled=labelled), text)
    return _CHANNEL.sub(lambda found: _channel_mention(workspace, found), text)


def rich_text(text: str, block_id: str) -> Json:
    """The block that Slack's own composer makes of a message."""
    elements: list[Json] = []
    last = 0
    for found in _LINK.finditer(text):
        elements += _plain(text[last : found.start()])
        elements.append(_element(found[1]))
        last = found.end()
    elements += _plain(text[last:])
    section: dict[str, Any] = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _plain(text: str) -> list[Json]:
    return [{"type": "text", "text": html.unescape(text)}] if text else []


def _element(inside: str) -> Json:
    target, _, _ = inside.partition("|")
    if target.startswith("@"):
        return {"type": "user", "user_id": target[1:]}
    if target.startswith("#"):
        return {"type": "channel", "channel_id": target[1:]}
    if target.startswith("!"):
        return {"type": "broadcast", "range": target[1:]}
    return {"type": "link", "url": target}


def _user_mention(workspace: Workspace, found: re.Match[str], *, labelled: bool) -> str:
    name = found[1].lower()
    if name in ("here", "channel", "everyone"):
        return f"<!{name}>"
    user = workspace.user_named(name)
    if user is None:
        return found[0]
    return f"<@{user.id}|{user.name}>" if labelled else f"<@{user.id}>"


def _channel_mention(workspace: Workspace, found: re.Match[str]) -> str:
    channel = workspace.channel_named(found[1].lower())
    return f"<#{channel.id}|{channel.name}>" if channel else found[0]


def _ordinal(day: int) -> str:
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


def _ago(delta: timedelta) -> str:
    minutes = int(abs(delta).total_seconds()) // 60
    sizes = ((1440, "day"), (60, "hour"), (1, "minute"))
    count, unit = next(((minutes // size, unit) for size, unit in sizes if minutes >= size), (0, "minute"))
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{words} ago" if delta >= timedelta() else f"in {words}"

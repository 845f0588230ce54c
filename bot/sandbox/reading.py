"""Text as a person reads it, and text as Slack stores what a person typed."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox import markdown, markup
from bot.sandbox.emoji import EMOJI
from bot.sandbox.parts import Date, Emoji, Inline, Link, Listing, Mention, Paragraph, Part, Styled, Text
from bot.sandbox.state import Json, User, Workspace

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
        return self.said(markup.parse(text))

    def said(self, parts: Iterable[Part]) -> str:
        """Parts of a text in plain words; paragraphs and lists on lines of their own."""
        text = ""
        for part in parts:
            if isinstance(part, Paragraph | Listing):
                text += ("\n" if text and not text.endswith("\n") else "") + self._lines(part) + "\n"
            else:
                text += self._word(part)
        return text.rstrip("\n")

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
                yield markdown.said(markdown.parse(block["text"]), lambda text: self.said(markup.named(text)))
            case "image":
                yield self._text(block["title"]) if block.get("title") else block["alt_text"]
            case "input":
                yield self._text(block["label"])
            case "rich_text":
                yield self.said(markup.rich(block))
            case "table":
                for row in block["rows"]:
                    yield " | ".join(self._cell(cell) for cell in row)

    def _text(self, text: Json) -> str:
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])

    def _cell(self, cell: Json) -> str:
        return self.said(markup.rich(cell)) if cell["type"] == "rich_text" else str(cell["text"])

    def _lines(self, part: Paragraph | Listing) -> str:
        if isinstance(part, Paragraph):
            return self.said(part.parts)
        return "\n".join(f"• {self.said(item)}" for item in part.items)

    def _word(self, part: Inline) -> str:
        match part:
            case Text(text) | Link(label=text):
                return text
            case Styled(parts=parts):
                return "".join(self._word(each) for each in parts)
            case Mention():
                return self.name(part)
            case Date():
                return self.date(part)
            case Emoji(name):
                return f":{name}:"

    def name(self, mention: Mention) -> str:
        """Who or what is mentioned: "@Ana Ruiz", "#floor", "@here"."""
        ref, label = mention.ref, mention.label
        match mention.kind:
            case "user":
                user = self.workspace.users.get(ref)
                return f"@{user.real_name}" if user else f"@{label or ref}"
            case "channel":
                channel = self.workspace.channels.get(ref)
                return f"#{channel.name}" if channel else f"#{label or ref}"
            case "group":
                group = self.workspace.groups.get(ref)
                return f"@{group.handle}" if group else label
            case "broadcast":
                return f"@{ref}"

    def date(self, date: Date) -> str:
        """An instant in this person's zone and clock, in the form that was asked for."""
        here = datetime.fromtimestamp(date.stamp, UTC).astimezone(ZoneInfo(self.user.tz))
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
        text = _TOKEN.sub(lambda found: forms.get(found[1], found[0]), date.form)
        return text[:1].upper() + text[1:] if date.form.startswith("{") else text


def stored(workspace: Workspace, typed: str, *, labelled: bool = False) -> str:
    """What a person typed as Slack stores it: entities escaped, @name and #channel as mentions.

    `labelled` mentions of people carry the name, as in the text of a command with `should_escape`.
    """
    text = html.escape(typed, quote=False)
    text = _MENTION.sub(lambda found: _user_mention(workspace, found, labelled=labelled), text)
    return _CHANNEL.sub(lambda found: _channel_mention(workspace, found), text)


def rich_text(text: str, block_id: str) -> Json:
    """The block that Slack's own composer makes of a message, *styles* and quotations turned into their parts."""
    elements: list[Json] = []
    running: list[Inline] = []
    for part in markup.parse(text):
        if isinstance(part, Paragraph):
            apart = {"type": f"rich_text_{part.kind}", "elements": [*_elements(part.parts, {})]}
            elements += [*_section(running), apart]
            running = []
        else:
            running.append(part)
    return {"type": "rich_text", "block_id": block_id, "elements": elements + _section(running)}


def _section(parts: Sequence[Inline]) -> list[Json]:
    """Running text, without the line break that ends it where a quotation follows; none if nothing is left."""
    elements = [*_elements(parts, {})]
    if elements and elements[-1]["type"] == "text":
        elements[-1]["text"] = elements[-1]["text"].removesuffix("\n")
    if elements and elements[-1].get("text") == "":
        elements.pop()
    return [{"type": "rich_text_section", "elements": elements}] if elements else []


def _elements(parts: Iterable[Inline], style: Json) -> Iterator[Json]:
    for part in parts:
        if isinstance(part, Styled):
            yield from _elements(part.parts, {**style, part.style: True})
        else:
            yield {**_element(part), "style": style} if style else _element(part)


def _element(part: Inline) -> Json:
    match part:
        case Emoji(name) if name in EMOJI:
            return {"type": "emoji", "name": name}
        case Emoji(name):
            return {"type": "text", "text": f":{name}:"}
        case Mention(kind="user", ref=ref):
            return {"type": "user", "user_id": ref}
        case Mention(kind="channel", ref=ref):
            return {"type": "channel", "channel_id": ref}
        case Mention(ref=ref):
            return {"type": "broadcast", "range": ref}
        case Link(url):
            return {"type": "link", "url": url}
        case Text(text):
            return {"type": "text", "text": text}
    raise ValueError(f"the composer writes no {type(part).__name__}")


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

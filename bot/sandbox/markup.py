"""Slack's two notations for text, mrkdwn and rich_text, as one tree of parts."""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from bot.sandbox.parts import Date, Emoji, Inline, Link, Listing, Mention, Paragraph, Part, Style, Styled, Text
from bot.sandbox.state import Json

_STYLES: dict[str, Style] = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}
_RICH_STYLES: tuple[Style, ...] = ("bold", "italic", "strike", "underline", "highlight", "code")
_KINDS: dict[str, Literal["section", "quote", "preformatted"]] = {
    "rich_text_section": "section",
    "rich_text_quote": "quote",
    "rich_text_preformatted": "preformatted",
}
_EMOJI = re.compile(r":(?P<emoji>[a-z0-9_+'\-]+):")
_LINK = re.compile(r"<(?P<link>[^<>]+)>")
_NAMED = re.compile(rf"<(?P<link>[@#!][^<>]+)>|{_EMOJI.pattern}")
_MARK = re.compile(r"(?P<mark>[*_~`])")
_OPENING = re.compile(rf"(?<![\w*_~`]){_MARK.pattern}(?=\S)")
_CLOSING = re.compile(rf"(?<=\S){_MARK.pattern}(?![\w*_~`])")
_INLINE = re.compile("|".join(pattern.pattern for pattern in (_LINK, _MARK, _EMOJI)))
_BOUNDS = re.compile(rf"<[^<>]*>|[\n<]|{_MARK.pattern}")
_FENCE = re.compile(r"\n?```\n?(.+?)\n?```\n?", re.DOTALL)
_QUOTE = re.compile(r"(?:^(?:&gt;|>)[^\n]*(?:\n|\Z))+", re.MULTILINE)
_QUOTE_MARK = re.compile(r"^(?:&gt;|>) ?", re.MULTILINE)
_LONGEST_STAMP = 10  # digits: until the year 2286


def parse(text: str) -> tuple[Inline | Paragraph, ...]:
    """The parts of a mrkdwn text."""
    return tuple(_split(text, _FENCE, _preformatted, _with_quotes))


def linked(text: str) -> tuple[Inline, ...]:
    """A text in which only links and mentions mean anything, as Slack stores what a person typed."""
    return tuple(_split(text, _LINK, lambda found: _target(found["link"]), _words))


def with_emoji(text: str) -> tuple[Inline, ...]:
    """A plain text, in which only names of emoji mean anything."""
    return tuple(_split(text, _EMOJI, lambda found: Emoji(found["emoji"]), lambda rest: [Text(rest)]))


def named(text: str) -> tuple[Inline, ...]:
    """A text with nothing escaped, in which only mentions, dates and names of emoji mean anything."""
    return tuple(_split(text, _NAMED, lambda found: _marked(found, "", ""), lambda rest: [Text(rest)]))


def rich(element: Json) -> tuple[Part, ...]:
    """The parts of a rich_text block."""
    return tuple(_rich_part(each) for each in element["elements"])


def _split(
    text: str,
    pattern: re.Pattern[str],
    make: Callable[[re.Match[str]], Any],
    rest: Callable[[str], Iterable[Any]],
) -> Iterator[Any]:
    """What `make` makes of every match, and `rest` of what stands around them."""
    last = 0
    for found in pattern.finditer(text):
        if found.start() > last:
            yield from rest(text[last : found.start()])
        yield make(found)
        last = found.end()
    if last < len(text):
        yield from rest(text[last:])


def _preformatted(found: re.Match[str]) -> Paragraph:
    return Paragraph("preformatted", linked(found[1]))


def _with_quotes(text: str) -> Iterator[Part]:
    return _split(text, _QUOTE, _quote, _inline)


def _quote(found: re.Match[str]) -> Paragraph:
    return Paragraph("quote", tuple(_inline(_QUOTE_MARK.sub("", found[0]).removesuffix("\n"))))


def _inline(text: str, within: str = "") -> Iterator[Inline]:
    """The parts of running text that stands between these marks already; none of them means anything in it."""
    ends = _ends(text)
    last = at = 0
    while found := _INLINE.search(text, at):
        start, at = found.span()
        if found["mark"]:
            if start not in ends:
                continue
            at = ends[start]
        if start > last:
            yield from _words(text[last:start])
        yield _marked(found, text[start:at], within)
        last = at
    if last < len(text):
        yield from _words(text[last:])


def _ends(text: str) -> dict[int, int]:
    """Where each piece that is styled ends, by where it begins.

    A mark that opens goes with the next of its kind that closes, on the same line. All of them are found in one
    pass from behind: a text full of marks that nothing closes takes no longer than another.
    """
    ends: dict[int, int] = {}
    nearest: dict[str, int] = {}
    for bound in reversed([*_BOUNDS.finditer(text)]):
        at, mark = bound.start(), bound["mark"]
        if bound[0] in ("\n", "<"):
            nearest.clear()
        if mark in nearest and _OPENING.match(text, at):
            ends[at] = nearest[mark]
        if _CLOSING.match(text, at):
            nearest[mark] = at + 1
    return ends


def _words(text: str) -> list[Inline]:
    return [Text(html.unescape(text))]


def _marked(found: re.Match[str], whole: str, within: str) -> Inline:
    """A link or an emoji; or the whole of what begins with a mark, in its style."""
    if found["link"]:
        return _target(found["link"])
    if found["emoji"]:
        return Emoji(found["emoji"])
    mark, inner = found["mark"], whole[1:-1]
    if mark in within:
        return Text(html.unescape(whole))
    return Styled(_STYLES[mark], linked(inner) if mark == "`" else tuple(_inline(inner, within + mark)))


def _target(inside: str) -> Inline:
    """What stands between angle brackets."""
    target, _, label = inside.partition("|")
    label = html.unescape(label)
    match target[:1]:
        case "@":
            return Mention("user", target[1:], label)
        case "#":
            return Mention("channel", target[1:], label)
        case "!" if target.startswith("!subteam^"):
            return Mention("group", target.removeprefix("!subteam^"), label)
        case "!" if target.startswith("!date^"):
            return _date(target.split("^", 3)[1:], label)
        case "!":
            return Mention("broadcast", target[1:], label)
    return Link(html.unescape(target), label or html.unescape(target))


def _date(fields: list[str], fallback: str) -> Inline:
    stamp, form, url = [*fields, "", "", ""][:3]
    digits = stamp.removeprefix("-")
    if not digits.isdecimal() or len(digits) > _LONGEST_STAMP:
        return Text(fallback)
    return Date(int(stamp), form, html.unescape(url))


def _rich_part(element: Json) -> Part:
    if element["type"] != "rich_text_list":
        return Paragraph(_KINDS[element["type"]], _rich_inline(element))
    return Listing(
        ordered=element["style"] == "ordered",
        items=tuple(_rich_inline(item) for item in element["elements"]),
        indent=element.get("indent", 0),
        first=element.get("offset", 0) + 1,
    )


def _rich_inline(element: Json) -> tuple[Inline, ...]:
    return tuple(_rich_styled(each) for each in element["elements"])


def _rich_styled(element: Json) -> Inline:
    part = _rich_leaf(element)
    for style in _RICH_STYLES:
        if element.get("style", {}).get(style):
            part = Styled(style, (part,))
    return part


def _rich_leaf(element: Json) -> Inline:
    match element["type"]:
        case "user":
            return Mention("user", element["user_id"])
        case "channel":
            return Mention("channel", element["channel_id"])
        case "usergroup":
            return Mention("group", element["usergroup_id"])
        case "broadcast":
            return Mention("broadcast", element["range"])
        case "link":
            return Link(element["url"], element.get("text") or element["url"])
        case "emoji":
            return Emoji(element["name"])
        case "date":
            fields = [str(element["timestamp"]), element["format"], element.get("url", "")]
            return _date(fields, element.get("fallback", ""))
        case "color":
            return Text(element["value"])
    return Text(element["text"])

"""What Confluence's pages say, in our words. Any field may be missing.

After "Confluence Storage Format" (structured macros, links, images, task lists, layouts), and the pages "Content",
"Content body" and "Search" of the Confluence Cloud REST API v1.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, quote_plus
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.sax.saxutils import escape

from bot.connectors import markdown_made as md
from bot.connectors.knowledge import PageRead, version_of

Raw = Mapping[str, Any]
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)\w*;?")
_VERBATIM = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_NO_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CALLOUTS = {"info": "Info", "note": "Note", "warning": "Warning", "tip": "Tip", "panel": ""}
_MARKS = {"strong": "**", "b": "**", "em": "_", "i": "_", "del": "~~", "s": "~~"}
_AC, _RI = "{ac}", "{ri}"
_LAYOUT = frozenset({"div", f"{_AC}layout", f"{_AC}layout-section", f"{_AC}layout-cell", f"{_AC}rich-text-body"})
_INLINE_MACROS = frozenset({"status", "jira", "anchor"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is, for what leads on from it: the site, https://acme.atlassian.net/wiki, its space, its id."""

    site: str
    space: str
    page: str


def moment(text: Any) -> datetime | None:
    """An instant as Confluence writes it, 2026-11-02T09:00:00.000Z."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def page_of(content: Raw, site: str) -> PageRead:
    """A page as it stands; raises ``ValueError`` where its body cannot be read."""
    links, title = content.get("_links") or {}, str(content.get("title") or "")
    space = str((content.get("space") or {}).get("key") or "")
    place = Place(site, space, str(content["id"]))
    storage = ((content.get("body") or {}).get("storage") or {}).get("value") or ""
    labels = ((content.get("metadata") or {}).get("labels") or {}).get("results") or ()
    history = content.get("history") or {}
    owner = history.get("ownedBy") or history.get("createdBy") or {}
    body = markdown_of(storage, place)
    return PageRead(
        external_id=place.page,
        version=version_of(title, body),
        title=title,
        body=body,
        url=f"{site}{links.get('webui') or f'/pages/viewpage.action?pageId={place.page}'}",
        tags=tuple(sorted(str(each["name"]) for each in labels if each.get("name"))),
        owner=owner.get("accountId") or None,
        owner_email=owner.get("email") or None,
        changed_at=moment((content.get("version") or {}).get("when")),
    )


def markdown_of(storage: str, place: Place) -> str:
    """A body in the storage format as Markdown; raises ``ValueError`` where it is none."""
    try:
        return md.joined(_Body(place).blocks(_tree(storage)))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _tree(storage: str) -> Element:
    parts = _VERBATIM.split(_NO_CHARACTERS.sub("", storage))
    text = "".join(part if part.startswith("<![CDATA[") else _NAMED.sub(_character, part) for part in parts)
    try:
        return fromstring(f'<page xmlns:ac="ac" xmlns:ri="ri" xmlns:at="at">{text}</page>')
    except ParseError as error:
        raise ValueError("no storage format") from error


def _character(found: re.Match[str]) -> str:
    """XML knows five names of characters, HTML two thousand."""
    return escape(html.unescape(found[0]))


class _Body:
    """What stands in a page, element by element."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._shapes: dict[str, Callable[[Element], list[str]]] = {
            "p": lambda each: [md.paragraph(self._words(each))],
            "ul": lambda each: self._list(each, lambda _: "-"),
            "ol": lambda each: self._list(each, lambda number: f"{number}."),
            "table": self._table,
            "blockquote": lambda each: [md.quoted(self.blocks(each))],
            "pre": lambda each: [md.fenced("".join(each.itertext()))],
            "hr": lambda _: ["---"],
            f"{_AC}task-list": lambda each: ["\n".join(self._tasks(each))],
            f"{_AC}structured-macro": self._macro,
            f"{_AC}adf-extension": self._extension,
            **dict.fromkeys(_LAYOUT, self.blocks),
            **{f"h{level}": self._heading for level in range(1, 7)},
        }

    def blocks(self, of: Element) -> list[str]:
        """What stands in an element, one below another; words between blocks are paragraphs."""
        found, run = list[str](), [md.escaped(of.text or "")]
        for child in of:
            shape = None if _is_inline_macro(child) else self._shapes.get(child.tag)
            if shape:
                found += [md.paragraph(md.run(run)), *shape(child)]
                run = []
            else:
                run.append(self._inline(child))
            run.append(md.escaped(child.tail or ""))
        return [each for each in (*found, md.paragraph(md.run(run))) if each.strip()]

    def _words(self, of: Element) -> str:
        """What stands in an element, one after another."""
        pieces = [md.escaped(of.text or "")]
        for child in of:
            pieces += [self._inline(child), md.escaped(child.tail or "")]
        return md.run(pieces)

    def _inline(self, of: Element) -> str:
        match of.tag.removeprefix(_AC):
            case "br":
                return md.BREAK
            case "code":
                return md.code("".join(of.itertext()))
            case "a":
                return md.link(self._words(of), of.get("href") or "")
            case "link":
                return self._link(of)
            case "image":
                return md.image(md.escaped(of.get(f"{_AC}alt") or ""), self._picture(of))
            case "emoticon":
                return of.get(f"{_AC}emoji-fallback") or ""
            case "time":
                return of.get("datetime") or ""
            case "structured-macro":
                return self._inline_macro(of)
            case "placeholder" | "parameter" | "inline-comment-marker" as name:
                return self._words(of) if name == "inline-comment-marker" else ""
        mark = _MARKS.get(of.tag)
        return md.marked(self._words(of), mark) if mark else self._words(of)

    def _heading(self, of: Element) -> list[str]:
        return [md.heading(int(of.tag[1]), self._words(of))]

    def _list(self, of: Element, marker: Callable[[int], str]) -> list[str]:
        entries = (self.blocks(each) for each in of if each.tag == "li")
        said = of.get("start") or ""
        first = int(said) if said.isascii() and said.isdigit() else 1
        return ["\n".join(md.item(marker(number), each) for number, each in enumerate(entries, first))]

    def _tasks(self, of: Element) -> Iterator[str]:
        for task in of.iter(f"{_AC}task"):
            body, status = task.find(f"{_AC}task-body"), task.findtext(f"{_AC}task-status")
            done = "x" if status == "complete" else " "
            yield md.item("-", [f"[{done}] {md.joined(self.blocks(body)) if body is not None else ''}"])

    def _table(self, of: Element) -> list[str]:
        rows = [[each for each in row if each.tag in ("th", "td")] for row in of.iter("tr")]
        return [md.table([[" / ".join(self._lines(cell)) for cell in row] for row in rows])]

    def _lines(self, cell: Element) -> list[str]:
        text = "\n".join(self.blocks(cell)).replace(md.BREAK, "\n")
        return [each for each in text.splitlines() if each.strip()]

    def _macro(self, of: Element) -> list[str]:
        name, body = of.get(f"{_AC}name") or "", of.find(f"{_AC}rich-text-body")
        if name in ("code", "noformat"):
            return [md.fenced(of.findtext(f"{_AC}plain-text-body") or "", _parameter(of, "language"))]
        if body is None:
            return []
        title = md.escaped(_parameter(of, "title") or _CALLOUTS.get(name, ""))
        blocks = [md.marked(title, "**"), *self.blocks(body)]
        return [md.quoted(blocks)] if name in _CALLOUTS else blocks

    def _extension(self, of: Element) -> list[str]:
        """What the storage format has no word for says itself what stands there for those who do not know it."""
        node, stands = of.find(f"{_AC}adf-node"), of.find(f"{_AC}adf-fallback")
        blocks = self.blocks(stands) if stands is not None else []
        return [md.quoted(blocks)] if blocks and node is not None and node.get("type") == "panel" else blocks

    def _inline_macro(self, of: Element) -> str:
        match of.get(f"{_AC}name"):
            case "status":
                return md.marked(md.escaped(_parameter(of, "title")), "**")
            case "jira":
                return md.escaped(_parameter(of, "key"))
        body = of.find(f"{_AC}rich-text-body")
        return self._words(body) if body is not None else ""

    def _link(self, of: Element) -> str:
        body = of.find(f"{_AC}link-body")
        plain = md.escaped(of.findtext(f"{_AC}plain-text-link-body") or "")
        text = plain if body is None else self._words(body)
        page, anchor = of.find(f"{_RI}page"), of.get(f"{_AC}anchor")
        attachment = of.find(f"{_RI}attachment")
        if of.find(f"{_RI}user") is not None:
            return text or "(somebody)"
        if attachment is not None:
            name = attachment.get(f"{_RI}filename") or ""
            return md.link(text or md.escaped(name), self._attached(name))
        if page is None:
            return md.link(text, f"#{anchor}") if anchor and text else text
        title = page.get(f"{_RI}content-title") or ""
        space = page.get(f"{_RI}space-key") or self._place.space
        address = f"{self._place.site}/display/{quote(space)}/{quote_plus(title)}"
        return md.link(text or md.escaped(title), address + (f"#{quote(anchor)}" if anchor else ""))

    def _picture(self, of: Element) -> str:
        attachment, url = of.find(f"{_RI}attachment"), of.find(f"{_RI}url")
        if attachment is not None:
            return self._attached(attachment.get(f"{_RI}filename") or "")
        return (url.get(f"{_RI}value") or "") if url is not None else ""

    def _attached(self, name: str) -> str:
        return f"{self._place.site}/download/attachments/{self._place.page}/{quote(name)}"


def _is_inline_macro(of: Element) -> bool:
    return of.tag == f"{_AC}structured-macro" and of.get(f"{_AC}name") in _INLINE_MACROS


def _parameter(of: Element, name: str) -> str:
    found = (each.text for each in of.findall(f"{_AC}parameter") if each.get(f"{_AC}name") == name)
    return next(found, None) or ""

"""What Notion's pages and blocks say, in our words. Any field may be missing.

After the pages "Page", "Page properties", "Block" and "Rich text" of the Notion API.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from bot.connectors import markdown_made as md
from bot.connectors.knowledge import PageRead, version_of

Raw = Mapping[str, Any]
Children = Callable[[str], Iterable[Raw]]
SITE = "https://www.notion.so"
_PAGE = re.compile(
    r"(?:https://(?:www\.)?notion\.so)?/(?:[^?#]*[-/])?([0-9a-f]{32})(?:\?[^#]*)?(#.*)?$", re.IGNORECASE
)
# Of blocks within blocks.
_DEEPEST = 12
_MARKS = {"bold": "**", "italic": "_", "strikethrough": "~~"}
_LISTS = {"bulleted_list_item": "bulleted", "to_do": "bulleted", "numbered_list_item": "numbered"}
_PAGES = frozenset({"child_page", "child_database"})
_FILES = frozenset({"file", "pdf", "video", "audio", "bookmark", "embed", "link_preview"})


def moment(text: Any) -> datetime | None:
    """An instant as Notion writes it, 2026-11-02T09:00:00.000Z: the minute in which it was."""
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def address_of(page_id: str) -> str:
    """Where people see a page, whatever it is called."""
    return f"{SITE}/{page_id.replace('-', '')}"


def is_there(page: Raw) -> bool:
    """Whether it is neither in the trash nor archived."""
    return not (page.get("in_trash") or page.get("archived"))


def page_of(page: Raw, children: Children) -> PageRead:
    """A page as it stands; ``children`` gives the blocks within a block, or a page."""
    page_id = str(page["id"])
    properties = page.get("properties") or {}
    title = next((_plain(each.get("title")) for each in properties.values() if each.get("type") == "title"), "")
    body = md.joined(blocks_of(children(page_id), children))
    return PageRead(
        external_id=page_id,
        version=version_of(title, body),
        title=title,
        body=body,
        url=address_of(page_id),
        language=next(iter(_chosen(properties, "language")), None),
        product=next(iter(_chosen(properties, "product")), None),
        tags=tuple(sorted(_chosen(properties, "tags", "tag", "labels"))),
        owner_email=next(_emails(properties, "owner", "verification"), None),
        changed_at=moment(page.get("last_edited_time")),
    )


def blocks_of(blocks: Iterable[Raw], children: Children, depth: int = 0) -> list[str]:
    """Blocks as Markdown, one for each; the entries of a list are one."""
    found = list[str]()
    for list_of, group in groupby(blocks, key=lambda each: _LISTS.get(str(each.get("type")))):
        if list_of is None:
            found += [text for block in group for text in _block(block, children, depth)]
        else:
            entries = (_entry(each, number, children, depth) for number, each in enumerate(group, 1))
            found.append("\n".join(entries))
    return [each for each in found if each.strip()]


def words_of(rich: Any) -> str:
    """Rich text as Markdown."""
    return md.run(map(_words, rich or ()))


def _words(piece: Raw) -> str:
    plain, marks = str(piece.get("plain_text") or ""), piece.get("annotations") or {}
    if piece.get("type") == "equation":
        return md.code(plain)
    text = md.code(plain) if marks.get("code") else md.BREAK.join(map(md.escaped, plain.split("\n")))
    for name, mark in _MARKS.items():
        text = md.marked(text, mark) if marks.get(name) else text
    address = _leads_to(piece)
    return md.link(text, address) if address else text


def _leads_to(piece: Raw) -> str:
    """Also to another page: by a mention, or by an address that has its id, whatever else stands in it."""
    mention = piece.get("mention") or {}
    if mention.get("type") == "page":
        return address_of(str((mention.get("page") or {}).get("id") or ""))
    address = str(piece.get("href") or "")
    if named := _PAGE.match(address):
        return address_of(named[1].lower()) + (named[2] or "")
    return f"{SITE}{address}" if address.startswith("/") else address


def _entry(block: Raw, number: int, children: Children, depth: int) -> str:
    """An entry of a list with all that is within it."""
    kind = str(block.get("type"))
    said = block.get(kind) or {}
    box = ("[x] " if said.get("checked") else "[ ] ") if kind == "to_do" else ""
    marker = f"{number}." if _LISTS[kind] == "numbered" else "-"
    return md.item(marker, [box + words_of(said.get("rich_text")), *_within(block, children, depth)])


def _block(block: Raw, children: Children, depth: int) -> list[str]:
    kind = str(block.get("type"))
    said = block.get(kind) or {}
    text = words_of(said.get("rich_text"))
    match kind:
        case "heading_1" | "heading_2" | "heading_3" | "heading_4":
            return [md.heading(int(kind[-1]), text), *_within(block, children, depth)]
        case "quote" | "callout":
            icon = str((said.get("icon") or {}).get("emoji") or "")
            return [md.quoted([f"{icon} {text}".strip(), *_within(block, children, depth)])]
        case "code":
            plain = _plain(said.get("rich_text"))
            return [md.fenced(plain, str(said.get("language") or "").replace("plain text", ""))]
        case "equation":
            return [md.fenced(str(said.get("expression") or ""))]
        case "divider":
            return ["---"]
        case "table":
            rows = (each.get("table_row") or {} for each in _children(block, children, depth))
            return [md.table([[words_of(cell) for cell in row.get("cells") or ()] for row in rows])]
        case "toggle":
            return [md.marked(text, "**"), *_within(block, children, depth)]
        case "image":
            return [md.image(words_of(said.get("caption")), _file(block, said))]
        case "link_to_page":
            return [md.link("", address_of(str(said["page_id"])))] if said.get("page_id") else []
    if kind in _FILES:
        name = md.escaped(str(said.get("name") or ""))
        return [md.link(words_of(said.get("caption")) or name, _file(block, said))]
    if kind in _PAGES:
        return [md.link(md.escaped(str(said.get("title") or "")), address_of(str(block.get("id"))))]
    return [md.paragraph(text), *_within(block, children, depth)]


def _within(block: Raw, children: Children, depth: int) -> list[str]:
    return blocks_of(_children(block, children, depth), children, depth + 1)


def _children(block: Raw, children: Children, depth: int) -> Iterable[Raw]:
    """Pages within a page are articles of their own."""
    if not block.get("has_children") or block.get("type") in _PAGES or depth >= _DEEPEST:
        return ()
    return children(str(block["id"]))


def _file(block: Raw, said: Raw) -> str:
    """Where a file is. What Notion keeps itself has an address for an hour, so people are led to the block."""
    if "file" in said:
        return address_of(str(block.get("id")))
    return str((said.get("external") or {}).get("url") or said.get("url") or "")


def _plain(rich: Any) -> str:
    return "".join(str(each.get("plain_text") or "") for each in rich or ()).strip()


def _chosen(properties: Raw, *names: str) -> Iterator[str]:
    """What is chosen in the properties of these names."""
    for name, held in properties.items():
        if name.casefold() in names:
            chosen = held.get(str(held.get("type")))
            for each in chosen if isinstance(chosen, list) else [chosen]:
                if isinstance(each, Mapping) and each.get("name"):
                    yield str(each["name"])


def _emails(properties: Raw, *names: str) -> Iterator[str]:
    """Of the people in the properties of these names."""
    for name, held in properties.items():
        if name.casefold() in names:
            people = held.get("people") or [(held.get("verification") or {}).get("verified_by") or {}]
            yield from (email for each in people if (email := (each.get("person") or {}).get("email")))

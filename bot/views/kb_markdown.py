"""The Markdown of an article as Slack can show it: parts by heading, each as paragraphs of Slack's markup."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.domain.kb_links import Linked, anchor_of
from bot.views.formats import shorten
from bot.views.kb_tables import FENCE, code_block, escape_words, table_words

LONGEST = 2900  # of a paragraph: Slack takes 3,000 characters
_HEADING = 140
_INDENT = "\N{NO-BREAK SPACE}" * 4  # Slack draws several spaces as one
_URL = 2000
_MARKS = {"strong": "*", "em": "_", "s": "~"}
_LINKS = re.compile(r"^(https?://|mailto:|tel:)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Whatever else stands between such brackets is what somebody wrote: <your name>.
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|center|code|del|details|div|em|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|s|small|"
    r"span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b[^>]*>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under a heading or, at level 0, before the first; no paragraph is longer than ``LONGEST``."""

    heading: str  # without markup
    level: int
    anchor: str
    paragraphs: tuple[str, ...]
    linked: tuple[Linked, ...] = ()  # other articles


@dataclass(slots=True)
class _Begun:
    heading: str = ""
    level: int = 0
    anchor: str = ""
    paragraphs: list[str] = field(default_factory=list)
    linked: dict[Linked, None] = field(default_factory=dict)


def parts_of(body: str, links: Mapping[str, Linked] | None = None) -> tuple[Part, ...]:
    """The parts of an article in their order; ``links`` says which article an address in it leads to."""
    return _Drawing(links or {}).parts(body)


class _Drawing:
    """One article on its way into Slack's markup."""

    def __init__(self, links: Mapping[str, Linked]) -> None:
        self._links = links
        self._parts = [_Begun()]
        self._anchors: dict[str, int] = {}
        self._blocks: dict[str, Callable[[SyntaxTreeNode], str]] = {
            "paragraph": self._inline_of,
            "fence": lambda node: code_block(node.content),
            "code_block": lambda node: code_block(node.content),
            "bullet_list": lambda node: "\n".join(self._list(node)),
            "ordered_list": lambda node: "\n".join(self._list(node)),
            "blockquote": self._quote,
            "table": self._table,
            "hr": lambda _: "———",
            "html_block": lambda node: escape_words(_without_tags(node.content).strip()),
        }

    def parts(self, body: str) -> tuple[Part, ...]:
        tree = SyntaxTreeNode(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body))
        for node in tree.children:
            if node.type == "heading":
                self._begin(node)
            elif text := self._block(node):
                self._parts[-1].paragraphs += _fitting(text)
        return tuple(
            Part(each.heading, each.level, each.anchor, tuple(each.paragraphs), tuple(each.linked))
            for each in self._parts
            if each.paragraphs or each.heading
        )

    def _begin(self, node: SyntaxTreeNode) -> None:
        heading = shorten(_plain(node) or "…", _HEADING)
        anchor = anchor_of(heading)
        times = self._anchors.get(anchor, 0)
        self._anchors[anchor] = times + 1
        self._parts.append(_Begun(heading, int(node.tag[1:]), f"{anchor}-{times}" if times else anchor))
        self._inline_of(node)  # for what it links to

    def _block(self, node: SyntaxTreeNode) -> str:
        draw = self._blocks.get(node.type)
        return draw(node) if draw else "\n".join(filter(None, map(self._block, node.children)))

    def _inline_of(self, node: SyntaxTreeNode) -> str:
        return "".join(self._inline(child) for child in node.children).strip()

    def _inline(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "text" | "text_special":
                return escape_words(node.content)
            case "softbreak" | "hardbreak":
                return "\n" if node.type == "hardbreak" else " "
            case "code_inline":
                return f"`{escape_words(node.content.replace('`', chr(39)))}`"
            case "link":
                return self._link(node)
            case "image":
                return self._picture(node)
            case "html_inline":
                return escape_words(_without_tags(node.content))
        within = [self._inline(child) for child in node.children]
        if (mark := _MARKS.get(node.type)) and not _within_word(node):
            return _marked("".join(within), mark)
        return "".join(within)

    def _link(self, node: SyntaxTreeNode) -> str:
        href, words = str(node.attrs.get("href", "")), _plain(node)
        if linked := self._links.get(unquote(href)):
            self._parts[-1].linked[linked] = None
            return f"{escape_words(words or linked.title)} (article {linked.number})"
        if not _LINKS.match(href) or len(href) > _URL:
            return "".join(self._inline(child) for child in node.children)
        return f"<{_address(href)}|{escape_words(words or href)}>"

    def _picture(self, node: SyntaxTreeNode) -> str:
        src, words = str(node.attrs.get("src", "")), node.content or "without a description"
        if _LINKS.match(src) and len(src) <= _URL:
            return f"<{_address(src)}|Picture: {escape_words(words)}>"
        return f"(picture: {escape_words(words)})"

    def _list(self, node: SyntaxTreeNode, depth: int = 0) -> Iterator[str]:
        first = int(node.attrs.get("start", 1))
        ordered = node.type == "ordered_list"
        indent = _INDENT * depth
        for number, item in enumerate(node.children, first):
            mark = f"{number}." if ordered else "◦" if depth else "•"
            for child in item.children:
                if child.type in ("bullet_list", "ordered_list"):
                    yield from self._list(child, depth + 1)
                    continue
                lines = self._block(child).splitlines() or [""]
                yield f"{indent}{mark} {lines[0]}" if mark else f"{indent}{_INDENT}{lines[0]}"
                yield from (
                    lines[1:]
                    if child.type in ("fence", "code_block")
                    else (f"{indent}{_INDENT}{line}" for line in lines[1:])
                )
                mark = ""
            if mark:
                yield f"{indent}{mark}"

    def _quote(self, node: SyntaxTreeNode) -> str:
        within = "\n".join(filter(None, map(self._block, node.children)))
        return "\n".join(f"> {line}" for line in within.splitlines())

    def _table(self, node: SyntaxTreeNode) -> str:
        """As columns, in which nothing can be a link: those stand beneath."""
        links = [self._inline(each) for each in node.walk() if each.type in ("link", "image")]
        rows = [[_plain(cell) for cell in row.children] for row in node.walk() if row.type == "tr"]
        beneath = " · ".join(dict.fromkeys(each for each in links if each.startswith("<")))
        return f"{table_words(rows)}\n{beneath}" if beneath else table_words(rows)


def _fitting(text: str) -> Iterator[str]:
    """The text in pieces that a paragraph holds, cut between lines where possible; code stays code."""
    room = LONGEST - 2 * len(FENCE)
    piece = ""
    for line in text.splitlines() if len(text) > LONGEST else ():
        for short in _short_lines(line, room):
            within = FENCE if piece.count(FENCE) % 2 else ""
            begins = short.startswith(FENCE) and not within
            if piece and (begins or len(piece) + 1 + len(short) > room):
                yield f"{piece}{within}"
                piece = f"{within}{short}"
            else:
                piece = f"{piece}\n{short}" if piece else short
    yield piece or text


def _short_lines(line: str, room: int) -> Iterator[str]:
    while len(line) > room:
        # Never within a link or an escaped character.
        cut = line.rfind(" ", 0, room) if " " in line[:room] else room
        for opened, closed in (("<", ">"), ("&", ";")):
            begin = line.rfind(opened, 0, cut)
            if begin > 0 and line.find(closed, begin) >= cut:
                cut = begin
        yield line[:cut]
        line = line[cut:].lstrip()
    yield line


def _marked(text: str, mark: str) -> str:
    """Slack's marks hold within a line only, and not around nothing."""
    return "\n".join(f"{mark}{line.strip()}{mark}" if line.strip() else line for line in text.split("\n"))


def _within_word(node: SyntaxTreeNode) -> bool:
    """Whether a letter stands right before or after it: then Slack would show the marks themselves."""
    before, after = node.previous_sibling, node.next_sibling
    return bool(
        (before and before.type == "text" and before.content[-1:].isalnum())
        or (after and after.type == "text" and after.content[:1].isalnum())
    )


def _plain(node: SyntaxTreeNode) -> str:
    """The words of a node without any markup."""
    words: list[str] = []
    for each in node.walk():
        if each.type in ("text", "text_special", "code_inline"):
            words.append(each.content)
        elif each.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif each.type == "image" and not each.children:
            words.append(each.content)
        elif each.type == "html_inline":
            words.append(_without_tags(each.content))
    return " ".join("".join(words).split())


def _without_tags(html: str) -> str:
    return _TAG.sub("", _BREAK.sub("\n", _COMMENT.sub("", html)))


def _address(href: str) -> str:
    return (
        href.replace("&", "&amp;").replace("|", "%7C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    )

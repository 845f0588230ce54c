"""Standard markdown, as a `markdown` block holds it: what Slack shows of it, and the same in plain words."""

from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

_TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
_LINES = frozenset({"root", "blockquote", "list_item", "table", "thead", "tbody"})


def parse(text: str) -> SyntaxTreeNode:
    """The tree of a text: CommonMark with tables, tasks and what is struck out, and no HTML."""
    tokens = _parser().parse(text)
    _tick(tokens)
    return SyntaxTreeNode(tokens)


def said(node: SyntaxTreeNode, words: Callable[[str], str]) -> str:
    """A tree in plain words, a paragraph, item or row on a line; `words` says what a piece of running text is."""
    parts = [said(child, words) for child in node.children]
    match node.type:
        case "text":
            return words(node.content)
        case "code_inline" | "code_block" | "fence":
            return node.content.removesuffix("\n")
        case "softbreak" | "hardbreak":
            return "\n"
        case "bullet_list":
            return "\n".join(f"• {part}" for part in parts)
        case "ordered_list":
            return "\n".join(f"{number}. {part}" for number, part in enumerate(parts, first(node)))
        case "tr":
            return " | ".join(parts)
    return ("\n" if node.type in _LINES else "").join(parts)


def first(ordered: SyntaxTreeNode) -> int:
    """The number that an ordered list begins with."""
    return int(ordered.attrs.get("start", 1))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def _tick(tokens: Sequence[Token]) -> None:
    """Items that begin with brackets are tasks."""
    for opening, inline in zip(tokens, tokens[2:], strict=False):
        if opening.type == "list_item_open" and inline.children and inline.children[0].type == "text":
            start = inline.children[0]
            start.content = _TASKS.get(start.content[:4], start.content[:4]) + start.content[4:]

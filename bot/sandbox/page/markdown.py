"""A `markdown` block as HTML."""

from collections.abc import Callable

from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

from bot.sandbox.markdown import first, parse

Words = Callable[[str], Markup]
Anchor = Callable[[str, Markup], Markup]

# Slack shows headings of every level alike.
_FORMS = {
    "blockquote": "<blockquote>{}</blockquote>",
    "bullet_list": "<ul>{}</ul>",
    "em": "<em>{}</em>",
    "heading": '<h3 class="header">{}</h3>',
    "list_item": "<li>{}</li>",
    "paragraph": "<p>{}</p>",
    "s": "<s>{}</s>",
    "strong": "<strong>{}</strong>",
    "table": '<div class="table" tabindex="0" role="group" aria-label="Table"><table>{}</table></div>',
    "tr": "<tr>{}</tr>",
}


def markdown(text: str, words: Words, anchor: Anchor) -> Markup:
    """The HTML of a text; `words` draws running text, and `anchor` a link to an address if that is safe."""

    def drawn(node: SyntaxTreeNode) -> Markup:
        inside = Markup("").join(map(drawn, node.children))
        match node.type:
            case "text":
                return words(node.content)
            case "softbreak" | "hardbreak":
                return Markup("<br>")
            case "code_inline":
                return Markup("<code>{}</code>").format(node.content)
            case "code_block" | "fence":
                return Markup("<pre>{}</pre>").format(node.content.removesuffix("\n"))
            case "hr":
                return Markup('<hr class="divider">')
            case "link":
                return anchor(str(node.attrs["href"]), inside)
            case "image":
                return anchor(str(node.attrs["src"]), inside or escape(node.attrs["src"]))
            case "ordered_list":
                return Markup('<ol start="{}">{}</ol>').format(first(node), inside)
            case "th" | "td":
                side = str(node.attrs.get("style", "text-align:left")).partition(":")[2]
                return Markup('<{0} class="{1}">{2}</{0}>').format(node.type, side, inside)
        if node.type == "paragraph" and node.hidden:
            return inside
        return Markup(_FORMS.get(node.type, "{}")).format(inside)

    return drawn(parse(text))

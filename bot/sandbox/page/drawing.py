"""Text and blocks as HTML, for one reader."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from markupsafe import Markup, escape

from bot.sandbox import markup
from bot.sandbox.elements import Spot
from bot.sandbox.emoji import EMOJI
from bot.sandbox.page.controls import Control, control_of
from bot.sandbox.page.markdown import markdown
from bot.sandbox.page.templating import environment
from bot.sandbox.parts import Date, Emoji, Inline, Link, Listing, Mention, Paragraph, Part, Style, Styled, Text
from bot.sandbox.reading import Reader
from bot.sandbox.state import Json, User, Workspace

_TAGS: dict[Style, str] = {
    "bold": "strong",
    "italic": "em",
    "strike": "s",
    "code": "code",
    "underline": "u",
    "highlight": "mark",
}
_PARAGRAPHS = {"section": "p", "quote": "blockquote", "preformatted": "pre"}
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_FULL_DATE = "{date_long} at {time}"
_FAMILIES = {
    "checkboxes": "ticks",
    "radio_buttons": "ticks",
    "datepicker": "picker",
    "timepicker": "picker",
    "datetimepicker": "picker",
    "plain_text_input": "text_input",
    "email_text_input": "text_input",
    "url_text_input": "text_input",
    "number_input": "text_input",
    "rich_text_input": "text_input",
}


class Drawing:
    """Draws for one person: names as the workspace has them, dates in their zone, `now` being the present."""

    def __init__(self, workspace: Workspace, reader: User, now: datetime) -> None:
        self.reader = Reader(workspace, reader, now)

    def mrkdwn(self, text: str) -> Markup:
        """A text in Slack's markup."""
        return self._parts(markup.parse(text))

    def plain(self, text: str) -> Markup:
        """A text without markup but for the names of emoji."""
        return self._parts(markup.with_emoji(text))

    def markdown(self, text: str) -> Markup:
        """A text in standard markdown."""
        return markdown(text, lambda words: self._parts(markup.named(words)), self._anchor)

    def text(self, text: Json) -> Markup:
        """A `mrkdwn`, `plain_text` or `raw_text` object, or a rich_text block."""
        if text["type"] == "rich_text":
            return self._parts(markup.rich(text))
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else self.plain(text["text"])

    def opens(self, url: str) -> bool:
        """Whether a link or button may open this address; one that could run something may not."""
        return url.partition(":")[0].lower() in _SAFE_SCHEMES

    def blocks(self, blocks: Iterable[Json], values: Json, errors: dict[str, str], prefix: str) -> Markup:
        """All the blocks of a surface.

        `values` are its `state.values`, `errors` what is wrong by block_id. In the document the ids of its parts
        begin with `prefix`, which has no spaces.
        """
        sheet = Sheet(self, values, errors, prefix)
        return Markup("").join(sheet.block(block) for block in blocks)

    def _parts(self, parts: Iterable[Part]) -> Markup:
        return Markup("").join(self._part(part) for part in parts)

    def _part(self, part: Part) -> Markup:
        match part:
            case Text(text):
                return escape(text).replace("\n", Markup("<br>"))
            case Styled(style, parts):
                return _tag(_TAGS[style], self._parts(parts))
            case Paragraph(kind, parts):
                return _tag(_PARAGRAPHS[kind], self._parts(parts))
            case Listing():
                return self._list(part)
        return self._word(part)

    def _word(self, part: Inline) -> Markup:
        match part:
            case Link(url, label):
                return self._anchor(url, escape(label))
            case Mention():
                return self._mention(part)
            case Date(stamp):
                full = self.reader.date(Date(stamp, _FULL_DATE))
                at = datetime.fromtimestamp(stamp, UTC).isoformat()
                drawn = Markup('<time datetime="{}" title="{}">{}</time>').format(at, full, self.reader.date(part))
                return self._anchor(part.url, drawn)
            case Emoji(name) if name in EMOJI:
                form = '<span class="emoji" role="img" aria-label="{0}" title=":{0}:">{1}</span>'
                return Markup(form).format(name, EMOJI[name])
        return escape(self.reader.said([part]))

    def _mention(self, mention: Mention) -> Markup:
        mine = mention.kind == "broadcast" or mention.ref == self.reader.user.id
        groups = self.reader.workspace.groups
        if mention.kind == "group" and mention.ref in groups:
            mine = self.reader.user.id in groups[mention.ref].users
        form = '<span class="mention{}">{}</span>'
        return Markup(form).format(" of-me" if mine else "", self.reader.name(mention))

    def _anchor(self, url: str, inside: Markup) -> Markup:
        if not self.opens(url):
            return inside
        return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, inside)

    def _list(self, listing: Listing) -> Markup:
        items = Markup("").join(_tag("li", self._parts(item)) for item in listing.items)
        tag = "ol" if listing.ordered else "ul"
        form = '<{} class="indent-{}"{}>{}</{}>'
        first = Markup(' start="{}"').format(listing.first) if listing.ordered else ""
        return Markup(form).format(tag, listing.indent, first, items, tag)


class Sheet:
    """The blocks of one surface while they are drawn."""

    def __init__(self, draw: Drawing, values: Json, errors: dict[str, str], prefix: str) -> None:
        self.draw, self.values, self.errors, self.prefix = draw, values, errors, prefix
        self._drawn: Counter[tuple[str, str]] = Counter()

    def block(self, block: Json) -> Markup:
        """One block; its template is called like its type."""
        template = environment().get_template(f"blocks/{block['type']}.html")
        return Markup(template.render(block=block, draw=self.draw, sheet=self))

    def element(self, block: Json, element: Json) -> Markup:
        """One element of a block; those that are used alike share a template."""
        if element["type"] == "image":
            return Markup(environment().get_template("elements/image.html").render(image=element, draw=self.draw))
        return self.drawn(self.control(block, element))

    def control(self, block: Json, element: Json) -> Control:
        """An interactive element as it stands before the reader."""
        spot = Spot(block, element)
        nth = self._drawn[spot.key]
        self._drawn[spot.key] += 1
        error = self.errors.get(block["block_id"], "")
        return control_of(spot, nth, self.prefix, self.values, error, self.draw.reader)

    def drawn(self, control: Control) -> Markup:
        """The element itself, without the label that an input block gives it."""
        template = environment().get_template(f"elements/{_family(control.kind)}.html")
        return Markup(template.render(control=control, element=control.element, draw=self.draw))


def _family(kind: str) -> str:
    if kind.endswith("_select"):
        return "multi_select" if kind.startswith("multi_") else "select"
    return _FAMILIES.get(kind, kind)


def _tag(name: str, inside: Markup) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(name, inside)

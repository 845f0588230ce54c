"""An article as it is read: a page of it with a menu of its headings, and what can be done with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.kb import Kind, State
from bot.domain.kb_links import Linked
from bot.domain.kb_shown import ArticleShown
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import MOST_OPTIONS, option, plain_text, select
from bot.views.kb_canned import use_button
from bot.views.kb_markdown import Part, parts_of
from bot.views.kb_tables import escape_words
from bot.views.kb_upkeep_buttons import (
    opinion_buttons,
    outdated_button,
    reassign_button,
    reports_button,
    verify_button,
)
from bot.views.kb_words import KINDS, SOURCES, VERSION_STATES, helpfulness_words, language_name

TURN, JUMP, OPEN, EDIT, VERSIONS, ARCHIVE, RESTORE, SHARE = (
    "kb.turn",
    "kb.jump",
    "kb.open",
    "kb.edit",
    "kb.versions",
    "kb.archive",
    "kb.restore",
    "kb.share",
)
# Of one page: what somebody reads without scrolling for long.
_CHARACTERS, _BLOCKS = 4500, 24
# What a page may run over for, rather than that a few lines stand alone on the next.
_OVER = 800
_SECTION, _TITLE, _LINKS, _LABEL, _ID = 3000, 150, 5, 60, 255


@dataclass(frozen=True, slots=True)
class Page:
    """What is read at once."""

    parts: tuple[Part, ...]

    @property
    def linked(self) -> tuple[Linked, ...]:
        """Other articles to which it leads."""
        return tuple(dict.fromkeys(linked for part in self.parts for linked in part.linked))


def article_message(shown: ArticleShown, formats: Formats, page: int = 0) -> Message:
    """A page of it, 0 the first."""
    pages = pages_of(shown)
    page = min(max(page, 0), len(pages) - 1)
    title = f"{shown.number} {shown.title}"
    blocks = [header(plain(shorten(title, _TITLE)))]
    if page == 0:
        blocks += _facts(shown, formats)
    if len(pages) > 1:
        blocks.append(_contents(shown, pages))
    blocks += map(section, _joined(pages[page]))
    if row := [*_turns(shown.id, page, len(pages)), *_ways_on(shown, pages[page])]:
        blocks.append(buttons(*row))
    blocks += _deeds(shown)
    where = [f"Page {page + 1} of {len(pages)}"] if len(pages) > 1 else []
    return message(
        plain(shorten(title, _TITLE)), *blocks, context(" · ".join([*where, *_beneath(shown, formats)]))
    )


def pages_of(shown: ArticleShown) -> list[Page]:
    """The article in pages that begin with a heading where that is possible."""
    pages: list[list[Part]] = [[]]
    for part in parts_of(shown.body, shown.links) or (Part("", 0, "", ("_Nothing is written yet._",)),):
        for piece in _pieces(_without_title(part, shown.title)):
            if pages[-1] and _size([*pages[-1], piece]) > _CHARACTERS:
                pages.append([])
            pages[-1].append(piece)
    if len(pages) > 1 and _size(pages[-1]) < _OVER and _size(pages[-2]) < _CHARACTERS:
        last = pages.pop()
        pages[-1] += last
    return [Page(tuple(each)) for each in pages]


def page_of_anchor(shown: ArticleShown, anchor: str) -> int:
    """The page on which a heading stands; the first where there is none such."""
    pages = pages_of(shown)
    return next(
        (number for number, page in enumerate(pages) if any(part.anchor == anchor for part in page.parts)), 0
    )


def open_button(article_id: UUID, label: str = "Open", spoken: str | None = None, anchor: str = "") -> Block:
    """A button that shows an article, from the heading with this anchor on; one of several in a row."""
    return button(label, f"{OPEN}.{article_id}{anchor}"[:_ID], f"{article_id} {anchor}".strip(), spoken)


def read_value(value: str) -> tuple[UUID, str]:
    """The article on a button or in a menu, and what follows it: an anchor or the number of a page."""
    article_id, _, rest = value.partition(" ")
    return UUID(article_id), rest


def _facts(shown: ArticleShown, formats: Formats) -> Iterator[Block]:
    said = [KINDS[shown.kind], language_name(shown.language, formats.locale)]
    if shown.product:
        said.append(escape(shorten(shown.product, _LABEL)))
    said += [f"#{escape(shorten(tag, _LABEL))}" for tag in shown.tags[:10]]
    yield context(" · ".join(said))
    warnings = []
    if shown.state is State.ARCHIVED:
        warnings.append("*Archived*: nobody finds it any more.")
    elif shown.version != shown.published:
        words = VERSION_STATES[shown.version_state]
        read = f"people read version {shown.published}" if shown.published else "nothing is published yet"
        warnings.append(f"*Version {shown.version}, {words}*: {read}.")
    elif shown.draft and shown.may_write:
        warnings.append(f"Version {shown.draft} is not published yet: it is among the versions.")
    if shown.due and shown.review_at:
        warnings.append(f"*To be looked at* since {formats.day(local_date(shown.review_at, formats.zone))}.")
    if warnings:
        yield context(" ".join(warnings))


def _contents(shown: ArticleShown, pages: Sequence[Page]) -> Block:
    """A menu of the headings; where there are too many, of those that stand first on a page."""
    every = [(part, number) for number, page in enumerate(pages) for part in page.parts if part.heading]
    if len(every) > MOST_OPTIONS:
        every = [(page.parts[0], number) for number, page in enumerate(pages)][:MOST_OPTIONS]
    least = min((part.level for part, _ in every), default=1)
    options = [
        option(
            f"{'   ' * (part.level - least)}{plain(part.heading) or f'Page {number + 1}'}", f"{number}.{position}"
        )
        for position, (part, number) in enumerate(every)
    ] or [option(f"Page {number + 1}", f"{number}.0") for number in range(len(pages))][:MOST_OPTIONS]
    menu = {**select(options), "action_id": JUMP, "placeholder": plain_text("Go to a heading")}
    return {"type": "actions", "block_id": f"{JUMP} {shown.id}", "elements": [menu]}


def _joined(page: Page) -> Iterator[str]:
    """The paragraphs of a page in as few sections as hold them, each heading beginning one."""
    for part in page.parts:
        text, glue = (f"*{escape_words(part.heading)}*", "\n") if part.heading else ("", "")
        for paragraph in part.paragraphs:
            if text and len(text) + len(glue) + len(paragraph) > _SECTION:
                yield text
                text = paragraph
            else:
                text = f"{text}{glue}{paragraph}"
            glue = "\n\n"
        if text:
            yield text


def _turns(article_id: UUID, page: int, pages: int) -> Iterator[Block]:
    if page:
        yield button("Previous", f"{TURN}.previous", f"{article_id} {page - 1}")
    if page + 1 < pages:
        yield button("Next", f"{TURN}.next", f"{article_id} {page + 1}")


def _ways_on(shown: ArticleShown, page: Page) -> Iterator[Block]:
    others = [each for each in page.linked if each.id != shown.id or each.anchor]
    for each in others[:_LINKS]:
        label = f"{each.number} {plain(shorten(each.title, _LABEL))}"
        yield open_button(each.id, label, f"Open article {each.number}", each.anchor)


def _deeds(shown: ArticleShown) -> list[Block]:
    value = str(shown.id)
    row: list[Block] = []
    if shown.state is State.PUBLISHED and shown.version == shown.published:
        if shown.kind is Kind.CANNED:
            row.append(use_button(shown.id, shown.number))
        row.append(button("Share…", SHARE, value))
        row += [*opinion_buttons(shown.id, shown.number), outdated_button(shown.id, shown.number)]
        if shown.may_write:
            row += [verify_button(shown.id, shown.number), reassign_button(shown.id, shown.number)]
            row += [reports_button(shown.id, shown.number, shown.reports)] if shown.reports else []
    if shown.may_write and shown.state is not State.ARCHIVED:
        row += [button("Edit…", EDIT, value)] if shown.editable else []
        row += [button("Versions", VERSIONS, f"{value} 0")]
    if shown.may_write and shown.editable:
        row.append(
            button("Bring back", RESTORE, value)
            if shown.state is State.ARCHIVED
            else button("Archive", ARCHIVE, value)
        )
    return [buttons(*row)] if row else []


def _beneath(shown: ArticleShown, formats: Formats) -> Iterator[str]:
    yield f"Owner: {person(shown.owner)}" if shown.owner else "*It has no owner*"
    if shown.state is State.PUBLISHED:
        if shown.verified_at:
            by = f" by {person(shown.verified_by)}" if shown.verified_by else ""
            yield f"verified {formats.day(local_date(shown.verified_at, formats.zone))}{by}"
        else:
            yield "not verified yet"
    if shown.source and shown.url:
        name = SOURCES.get(shown.source, shown.source)
        yield f"<{shown.url}|Edit in {name}>" if not shown.editable else f"<{shown.url}|from {name}>"
    elif shown.source:
        yield f"from {SOURCES.get(shown.source, shown.source)}"
    used = sum(shown.uses.values())
    if used and shown.may_write:
        yield f"used {used} {'time' if used == 1 else 'times'} in 30 days"
    if shown.helpfulness.said and shown.may_write:
        yield helpfulness_words(shown.helpfulness)


def _pieces(part: Part) -> Iterator[Part]:
    """A part that is longer than a page in pieces."""
    paragraphs: list[str] = []
    first = True
    for paragraph in part.paragraphs:
        if paragraphs and sum(map(len, paragraphs)) + len(paragraph) > _CHARACTERS:
            yield replace(part, paragraphs=tuple(paragraphs), heading=part.heading if first else "")
            paragraphs, first = [], False
        paragraphs.append(paragraph)
    yield replace(part, paragraphs=tuple(paragraphs), heading=part.heading if first else "")


def _without_title(part: Part, title: str) -> Part:
    """The title stands above already."""
    same = part.level == 1 and part.heading.casefold() == title.casefold()
    return replace(part, heading="") if same else part


def _size(parts: Sequence[Part]) -> int:
    return sum(len(part.heading) + sum(map(len, part.paragraphs)) for part in parts) + sum(
        _CHARACTERS // _BLOCKS for _ in parts
    )

"""What was found: three hits at once, each with the words that show why, and what to do with it."""

import json
from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.domain.kb import Kind
from bot.domain.kb_found import Found, Hit
from bot.domain.kb_search import Spelled
from bot.domain.kb_snippet import Piece
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import MOST_OPTIONS, View, modal, option, plain_text, searching_select
from bot.views.kb_share import share_button
from bot.views.kb_upkeep_buttons import opinion_buttons, outdated_button
from bot.views.kb_words import KINDS, language_name

SHORTCUT = "kb.find"
SEARCH, OPEN, TURN, ASK = "kb.search", "kb.hit.open", "kb.hits.turn", "kb.hits.ask"
TITLE = "Find an answer"
_ASKED, _TITLE = 80, 150
_NOT_AMONG_THEM = "Not among them? Ask for an article: leads see what is asked for, but not by whom"
_SPELLED, _WORD = 4, 40
_GROUPS = {
    Kind.ARTICLE: "Articles",
    Kind.SOP: "Procedures",
    Kind.GUIDE: "Escalation guides",
    Kind.CANNED: "Canned responses",
}


def search_menu() -> Block:
    """A menu that searches while somebody types."""
    menu = {
        **searching_select(least=2),
        "action_id": SEARCH,
        "placeholder": plain_text("What are you looking for?"),
    }
    return {"type": "actions", "block_id": SEARCH, "elements": [menu]}


def search_options(hits: Sequence[Hit]) -> list[Block]:
    """What the menu offers, in groups by what it is; none where nothing answers."""
    groups: list[Block] = []
    for kind, label in _GROUPS.items():
        options = [option(plain(each.title), str(each.article_id)) for each in hits if each.kind is kind]
        if options:
            groups.append({"label": plain_text(label), "options": options[:MOST_OPTIONS]})
    return groups


def answer_message(found: Found, formats: Formats, command: str) -> Message:
    """What answers best, or that nothing does."""
    asked = escape(shorten(found.asked, _ASKED))
    if found.nothing:
        return _nothing(found, asked, command)
    return message(f"What answers “{asked}”", *answer_blocks(found, formats, command))


def answer_blocks(found: Found, formats: Formats, command: str) -> list[Block]:
    """The same for a message and for a modal."""
    blocks = [header(plain(f"What answers “{shorten(found.asked, _ASKED)}”"))]
    if found.spelled:
        blocks.append(context(_spelled(found.spelled)))
    for hit in found.hits:
        blocks += [section(hit_words(hit)), context(_facts(hit, formats)), buttons(*_buttons(hit, found))]
    row = [
        button(label, f"{TURN}.{label.lower()}", to_value(found, to))
        for label, to in (("Previous", found.page - 1), ("Next", found.page + 1))
        if 0 <= to < found.pages
    ]
    if found.search_id:
        row.append(button("Ask for an article", ASK, to_value(found, found.page), "Ask for an article about this"))
    said = [f"Page {found.page + 1} of {found.pages}"] if found.pages > 1 else []
    said += [_NOT_AMONG_THEM] if found.search_id else []
    said.append(f"Search as you type: `{command}`")
    return [*blocks, *([buttons(*row)] if row else []), context(" · ".join(said))]


def answer_modal(found: Found, formats: Formats, command: str) -> View:
    """What answers a message, on which the shortcut was used."""
    if found.nothing:
        return modal(TITLE, section(_no_answer("this message")), context(_in_own_words(command)), close="Close")
    return modal(TITLE, *answer_blocks(found, formats, command), close="Close")


def no_such_number(number: str, command: str) -> Message:
    """No article has it, and no words do."""
    text = f"There is no article {number}, and nothing answers it."
    return message(text, section(text), context(_in_own_words(command)))


def empty_message(command: str) -> Message:
    """The message on which the shortcut was used has no words."""
    text = "That message has no words to look for."
    return message(text, section(text), context(_in_own_words(command)))


def noted(asked: str, times: int, command: str) -> Message:
    """What was looked for is on the list of what is missing."""
    words = escape(shorten(asked, _ASKED))
    if not times:
        return message(f"“{words}” does not say what an article should be about. {_in_own_words(command)}")
    often = "once" if times == 1 else f"{times} times"
    return message(
        f"“{words}” is on the list of what is to be written; it was looked for in vain {often}. "
        f"Nobody sees who asked. Once it is written, `{command}` finds it."
    )


def hit_words(hit: Hit) -> str:
    """Number and title, and below them why it was found."""
    return f"*{hit.number} {escape(shorten(hit.title, _TITLE))}*\n{snippet_words(hit.snippet)}".strip()


def snippet_words(pieces: Sequence[Piece]) -> str:
    """Some of an article, with what was looked for in bold."""
    return "".join(f"*{_kept(each.text)}*" if each.marked else _kept(each.text) for each in pieces)


def to_value(found: Found, page: int) -> str:
    """What a button carries that shows a page of what was found."""
    search = str(found.search_id) if found.search_id else None
    return json.dumps({"asked": found.asked, "search": search, "page": page}, ensure_ascii=False)


def read_value(value: str) -> tuple[str, UUID | None, int]:
    """The other way round."""
    kept = json.loads(value)
    return kept["asked"], UUID(kept["search"]) if kept["search"] else None, kept["page"]


def read_hit(value: str) -> tuple[UUID, UUID | None]:
    """The article of a button, and the search that found it."""
    article_id, _, search_id = value.partition(" ")
    return UUID(article_id), UUID(search_id) if search_id else None


def _nothing(found: Found, asked: str, command: str) -> Message:
    text = _no_answer(f"“{asked}”") if asked else "Type what you are looking for."
    often = "" if found.times < 2 else f", looked for {found.times} times by now"
    noted = f"It is on the list of what is missing{often}; nobody sees who asked." if found.times else ""
    return message(text, section(" ".join(filter(None, [text, noted]))), context(_in_own_words(command)))


def _no_answer(what: str) -> str:
    return f"No article answers {what}."


def _in_own_words(command: str) -> str:
    return f"Try other words: `{command} refund after 30 days` · search as you type: `{command}`"


def _spelled(spelled: Sequence[Spelled]) -> str:
    some = spelled[:_SPELLED]
    read = ", ".join(f"*{escape(shorten(each.read, _WORD))}*" for each in some)
    typed = ", ".join(f"“{escape(shorten(each.typed, _WORD))}”" for each in some)
    return f"Showing results for {read}; you typed {typed}."


def _facts(hit: Hit, formats: Formats) -> str:
    said = [KINDS[hit.kind], language_name(hit.language, formats.locale)]
    said.append(f"kept by {person(hit.owner)}" if hit.owner else "no owner")
    since = hit.verified_at
    said.append(f"verified {formats.day(local_date(since, formats.zone))}" if since else "not verified yet")
    return " · ".join([*said, *(["*to be looked at*"] if hit.due else [])])


def _buttons(hit: Hit, found: Found) -> Iterator[Block]:
    value = f"{hit.article_id} {found.search_id or ''}".strip()
    yield button("Open", f"{OPEN}.{hit.article_id}", value, f"Open article {hit.number}")
    yield share_button(hit.article_id, f"Share article {hit.number}")
    yield outdated_button(hit.article_id, hit.number)
    yield opinion_buttons(hit.article_id, hit.number)[0]


def _kept(text: str) -> str:
    """Escaped, with the spaces at its ends, which stand between it and what is marked."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before[:1]}{escape(text)}{after[:1]}" if text.strip() else text

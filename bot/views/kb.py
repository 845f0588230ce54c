"""``/kb`` alone, lists of articles, and what the command answers in words."""

from collections.abc import Iterator, Mapping

from bot.domain.kb_shown import ArticleLine, ListPage, MenuShown
from bot.domain.kb_upkeep import Shelf
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import Formats, escape, shorten
from bot.views.kb_article import OPEN
from bot.views.kb_canned import all_button
from bot.views.kb_upkeep import DUE
from bot.views.kb_words import MAY_NOT, state_words, title_words

MENU, NEW, MINE, MINE_TURN, MISSING = "kb.menu", "kb.new", "kb.mine", "kb.mine.turn", "kb.missing"
SYNONYMS = "kb.synonyms"
_TYPED = 60


def menu_message(shown: MenuShown, formats: Formats, command: str, search: Block) -> Message:
    """Search as you type, what is used most, what is due; ``search`` is the menu that searches."""
    text = "What the team knows"
    blocks = [header(text)]
    if shown.articles:
        blocks.append(search)
    else:
        begin = (
            "Nothing is written yet. Write the first article, drop a Markdown file into a direct message to me, "
            "or have a folder of them imported."
        )
        blocks.append(section(begin))
    if shown.used:
        blocks += [section("*Most used in 30 days*"), *(_line(each, formats) for each in shown.used)]
    if shown.due:
        more = f" ({shown.due_in_all})" if shown.due_in_all > len(shown.due) else ""
        blocks += [section(f"*Yours, to be looked at*{more}"), *(_line(each, formats) for each in shown.due)]
    if row := [*_doors(shown)]:
        blocks.append(buttons(*row))
    number = "One article" if shown.articles == 1 else f"{shown.articles:,} articles"
    return message(
        text, *blocks, context(f"{number} · at once: `{command} refund after 30 days` · `{command} help`")
    )


def mine_message(shown: ListPage, formats: Formats, command: str, *, may_write: bool = True) -> Message:
    """What the reader owns."""
    if not shown.total:
        text = "You own no article."
        return message(text, section(text), *([context(f"Write one: `{command} new`")] if may_write else []))
    text = f"Your articles: {shown.total}"
    turns = [
        button(label, f"{MINE_TURN}.{label.lower()}", str(to))
        for label, to in (("Previous", shown.page - 1), ("Next", shown.page + 1))
        if 0 <= to < shown.pages
    ]
    where = f"Page {shown.page + 1} of {shown.pages} · drafts first" if shown.pages > 1 else "Drafts first"
    return message(
        text,
        header(text),
        *(_line(each, formats) for each in shown.lines),
        *([buttons(*turns)] if turns else []),
        context(where),
    )


def menu_button() -> Block:
    """Shows the same from elsewhere."""
    return button("What the team knows", MENU, "menu")


def help_message(command: str, more: Mapping[str, str]) -> Message:
    """Every form of the command; ``more`` are those of other capabilities, with what they do."""
    forms = {
        " refund after 30 days": "the best answers; whatever you type that is none of the words below",
        " 12": "article 12",
        "": "search as you type, what is used most, what is due",
        " new": "write one; also `new sop`, `new guide`, `new canned`",
        " mine": "what you own, drafts too",
        **more,
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = "A Markdown file (.md) in a direct message to me becomes an article."
    return message(
        f"What {command} can do", header("What the team knows"), section("\n".join(lines)), context(hint)
    )


def may_not() -> Message:
    """Who reads nothing here."""
    return message(MAY_NOT, section(MAY_NOT))


def unknown_article(wanted: str, command: str) -> Message:
    """Nothing has that number, or it is not published."""
    text = f"There is no article {escape(shorten(wanted, _TYPED))}, or it is not published."
    return message(text, section(text), context(f"Look for it: `{command} refund` · yours: `{command} mine`"))


def _line(line: ArticleLine, formats: Formats) -> Block:
    used = f" · used {line.used} {'time' if line.used == 1 else 'times'}" if line.used else ""
    said = f"{title_words(line)}\n{state_words(line, formats)}{used}"
    return {**section(said), "accessory": button("Open", OPEN, str(line.id), f"Open article {line.number}")}


def _doors(shown: MenuShown) -> Iterator[Block]:
    if shown.articles:
        yield all_button()
    if shown.may_write:
        yield button("Write an article…", NEW, "new")
        drafts = f" ({shown.drafts} {'draft' if shown.drafts == 1 else 'drafts'})" if shown.drafts else ""
        yield button(f"Yours{drafts}", MINE, "mine")
    if shown.may_keep:
        yield button("Due for review", DUE, f"{Shelf.ALL} 0")
        yield button("What is missing", MISSING, "missing")
        yield button("Words that mean the same", SYNONYMS, "synonyms")

"""What people look for in vain, for whoever sees to it that it is written."""

from collections.abc import Iterator

from bot.domain.kb import Missing
from bot.domain.kb_found import MissingLine, MissingShown
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import confirmation

WRITE, DISMISS, TURN = "kb.missing.write", "kb.missing.dismiss", "kb.missing.turn"
MAY_NOT = "The list of what is missing is for leads and coordinators. Ask one of them to write what you look for."
SETTLED = "It was written or put aside meanwhile. Look at the list again."
_WORDS = 150


def missing_message(shown: MissingShown, formats: Formats, command: str) -> Message:
    """A page of it, what is asked for most first."""
    if not shown.total:
        text = "Nothing is missing: every search of late had an answer that somebody opened."
        return message(text, section(text), context(f"Words that mean the same: `{command} synonyms`"))
    text = f"What people look for in vain: {shown.total}"
    turns = [
        button(label, f"{TURN}.{label.lower()}", str(to))
        for label, to in (("Previous", shown.page - 1), ("Next", shown.page + 1))
        if 0 <= to < shown.pages
    ]
    where = f"Page {shown.page + 1} of {shown.pages} · " if shown.pages > 1 else ""
    hint = f"{where}Nobody sees who asked · words that mean the same: `{command} synonyms`"
    lines = (block for line in shown.lines for block in _line(line, formats))
    return message(text, header(text), *lines, *([buttons(*turns)] if turns else []), context(hint))


def dismissed(words: str) -> Message:
    """The answer to the button."""
    return message(f"“{escape(shorten(words, _WORDS))}” is put aside, and not listed again.")


def _line(line: MissingLine, formats: Formats) -> Iterator[Block]:
    said = [_times(line), f"last {formats.moment(line.last_at)}"]
    if line.state is Missing.WRITING:
        said.append(f"{person(line.writer)} writes it" if line.writer else "somebody writes it")
    words = escape(shorten(line.words, _WORDS))
    yield section(f"*{words}*\n{' · '.join(said)}")
    sure = confirmation(
        "Put it aside?", "It is not listed again, however often it is looked for.", "Put aside", "Keep it"
    )
    yield buttons(
        button("Write it…", f"{WRITE}.{line.id}", str(line.id), f"Write “{line.words}”"),
        {**button("Dismiss", f"{DISMISS}.{line.id}", str(line.id), f"Put “{line.words}” aside"), "confirm": sure},
    )


def _times(line: MissingLine) -> str:
    nothing = line.count - line.unopened
    found = [] if not nothing else ["no answer once" if nothing == 1 else f"no answer {nothing} times"]
    if line.unopened:
        often = "once" if line.unopened == 1 else f"{line.unopened} times"
        found.append(f"{often} nobody opened what was found")
    return ", ".join(found)

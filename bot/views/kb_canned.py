"""Responses that are written once: the list of them, the form that fills one in, and the text to be copied."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from bot.domain.kb_canned import ResponseShown, ResponsesShown, Variable, filled, lacking
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import escape, plain, shorten
from bot.views.forms import MISSING, View, entered, field, modal, plain_text, text_input
from bot.views.kb_upkeep_buttons import waiting_button
from bot.views.kb_words import language_name

USE, TURN, FROM_CASE, ALL = "kb.canned.use", "kb.canned.turn", "kb.canned.case", "kb.canned.all"
FORM, LIST, FIELD = "kb.canned.form", "kb.canned.list", "kb.canned.field"
_SEARCH = "kb.canned.search"
TITLE = "Use a response"
# A modal has room for that many fields.
_MOST_FIELDS = 40
_PREVIEWED = 5
_LABEL, _BEGINNING, _TYPED, _PIECE = 75, 140, 60, 2900
_CHARACTERS = {"trigger_actions_on": ["on_character_entered"]}


def responses_message(shown: ResponsesShown, command: str, locale: str) -> Message:
    """The responses that there are, or that answer what was typed."""
    waiting = [buttons(waiting_button())] if _waits(shown) and shown.may_approve else []
    return message(_headline(shown), *_list(shown, locale), *waiting, context(_hint(shown, command)))


def responses_form(shown: ResponsesShown, command: str, locale: str) -> View:
    """The same to choose one for a case, with a field that searches."""
    searching = field("Search", _SEARCH, text_input(shown.text), optional=True)
    blocks = [searching, *_list(shown, locale), context(_hint(shown, command))]
    metadata = str(shown.case_id or "")
    return modal(TITLE, *blocks, callback_id=LIST, submit="Search", close="Close", metadata=metadata)


def read_search(view: View) -> tuple[str, UUID | None]:
    """What is looked for, and the case that it is for."""
    about = view["private_metadata"]
    return entered(view)[_SEARCH] or "", UUID(about) if about else None


def response_form(shown: ResponseShown, values: Mapping[str, str] | None = None) -> View:
    """A field for each variable, and beneath them what the text looks like with what is entered so far."""
    values = shown.known if values is None else values
    fields = [_field(shown, number, values) for number in range(len(_asked(shown)))]
    left = lacking(shown.variables, values)
    text = list(text_blocks(filled(shown.body, shown.variables, values)))
    said = f"Still to be filled in: {escape(', '.join(left))}" if left else "This is the text:"
    about = f" · for case {shown.case_number}" if shown.case_number else ""
    return modal(
        TITLE,
        section(f"*{escape(shown.title)}*{about}"),
        *fields,
        context(shorten(said, 2000)),
        *text[:_PREVIEWED],
        *([context("What follows is shown with all of it, to be copied.")] if text[_PREVIEWED:] else ()),
        callback_id=FORM,
        submit="Show it to copy",
        metadata=f"{shown.id} {shown.case_id or ''}".strip(),
    )


def read_about(value: str) -> tuple[UUID, UUID | None]:
    """The response that a button or a form is about, and the case."""
    article_id, _, case_id = value.partition(" ")
    return UUID(article_id), UUID(case_id) if case_id else None


def read_values(shown: ResponseShown, view: View) -> dict[str, str]:
    """What was entered, by the names of the variables."""
    found = entered(view)
    named = ((each.name, found.get(f"{FIELD}.{number}")) for number, each in enumerate(_asked(shown)))
    return {name: value.strip() for name, value in named if value and value.strip()}


def errors(shown: ResponseShown, values: Mapping[str, str]) -> dict[str, str]:
    """What has to be entered yet, at its field."""
    left = lacking(shown.variables, values)
    return {f"{FIELD}.{number}": MISSING for number, each in enumerate(_asked(shown)) if each.name in left}


def copy_view(shown: ResponseShown, values: Mapping[str, str]) -> View:
    """The text, to be copied as it stands."""
    text = filled(shown.body, shown.variables, values)
    return modal(
        TITLE,
        section(f"*{escape(shown.title)}*"),
        *text_blocks(text),
        context("Select the text and copy it. I count that it was used, not by whom, and keep nothing of it."),
        close="Close",
    )


def text_blocks(text: str) -> Iterator[Block]:
    """A text in which nothing is markup, in as few pieces as hold it."""
    for piece in _pieces(text):
        words = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": piece}]}
        yield {"type": "rich_text", "elements": [words]}


def use_button(article_id: UUID, number: int, case_id: UUID | None = None) -> Block:
    """Fills a response in."""
    value = f"{article_id} {case_id or ''}".strip()
    return button("Use…", f"{USE}.{article_id}", value, f"Use response {number}")


def all_button() -> Block:
    """Shows all that there are."""
    return button("Responses", ALL, "all")


def case_buttons(case_id: UUID) -> list[Block]:
    """On the card of a case."""
    return [button("Use a response…", FROM_CASE, str(case_id))]


def turned(value: str) -> tuple[int, UUID | None, str]:
    """The page, the case and what was typed, as they stand on a button that turns pages."""
    page, case_id, text = value.split(" ", 2)
    return int(page), UUID(case_id) if case_id != "-" else None, text


def not_there(command: str) -> Message:
    """It was archived, or is being written anew."""
    text = "There is no such response any more, or it is not published."
    return message(text, section(text), context(f"All that there are: `{command} canned`"))


def _headline(shown: ResponsesShown) -> str:
    if shown.text:
        number = shown.found.total
        found = "No response" if not number else "One response" if number == 1 else f"{number} responses"
        return f"{found} for “{plain(shorten(shown.text, _TYPED))}”"
    headline = f"Responses: {shown.found.total}" if shown.found.total else "There is no response yet"
    return " · ".join(filter(None, [headline, _waits(shown)]))


def _waits(shown: ResponsesShown) -> str:
    """How many wait for a second person; not said of those that answer what was typed."""
    if shown.text or not shown.waiting:
        return ""
    return f"{shown.waiting} {'waits' if shown.waiting == 1 else 'wait'} for approval"


def _hint(shown: ResponsesShown, command: str) -> str:
    said = []
    if shown.found.pages > 1:
        said.append(f"Page {shown.found.page + 1} of {shown.found.pages}")
    if shown.found.total:
        said.append("the best first" if shown.text else "what is used most first")
    elif shown.text:
        said.append(f"all that there are: `{command} canned`")
    if shown.may_write:
        said.append(f"write one: `{command} new canned`, and a second person publishes it")
    hint = " · ".join(said) or "Once one is written it stands here"
    return f"{hint[:1].upper()}{hint[1:]}."


def _list(shown: ResponsesShown, locale: str) -> Iterator[Block]:
    yield header(_headline(shown))
    for line in shown.found.lines:
        said = f"*{line.number}* · {escape(line.title)} · {language_name(line.language, locale)}"
        if beginning := shown.beginnings.get(line.id):
            said += f"\n{escape(shorten(beginning, _BEGINNING))}"
        yield {**section(shorten(said, 2000)), "accessory": use_button(line.id, line.number, shown.case_id)}
    about = f"{shown.case_id or '-'} {shown.text}"
    turns = [
        button(label, f"{TURN}.{label.lower()}", shorten(f"{to} {about}", 2000))
        for label, to in (("Previous", shown.found.page - 1), ("Next", shown.found.page + 1))
        if 0 <= to < shown.found.pages
    ]
    if turns:
        yield buttons(*turns)


def _asked(shown: ResponseShown) -> tuple[Variable, ...]:
    return shown.variables[:_MOST_FIELDS]


def _field(shown: ResponseShown, number: int, values: Mapping[str, str]) -> Block:
    """A field that tells of each character, so that the text beneath follows."""
    variable = _asked(shown)[number]
    element = {**text_input(values.get(variable.name, ""), longest=500), "dispatch_action_config": _CHARACTERS}
    if variable.default:
        element["placeholder"] = plain_text(shorten(f"Else: {variable.default}", _LABEL))
    label = shorten(variable.name[:1].upper() + variable.name[1:], _LABEL)
    return field(label, f"{FIELD}.{number}", element, optional=bool(variable.default), tells=True)


def _pieces(text: str) -> Iterator[str]:
    """Cut at the ends of lines, where lines allow it."""
    piece = ""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > _PIECE:
            yield piece.rstrip("\n")
            piece = ""
        while len(line) > _PIECE:
            yield line[:_PIECE]
            line = line[_PIECE:]
        piece += line
    if piece.strip():
        yield piece.rstrip("\n")

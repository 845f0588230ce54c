"""Records of cases that somebody should put right: how much there is, and each."""

from bot.domain.cases_lists import PAGE
from bot.domain.hygiene import What
from bot.domain.hygiene_shown import HygienePage, HygieneShown, Suspect
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.cases import show_button
from bot.views.cases_lists import title_words
from bot.views.formats import person

OPEN, TURN, DONE = "hygiene.open", "hygiene.turn", "hygiene.done"
_TITLES = {
    What.TAG: "Without a tag",
    What.OWNER: "Nobody's",
    What.CONTACT: "Without a customer",
    What.DUPLICATE: "The same twice",
}


def hygiene_list(shown: HygieneShown, command: str) -> Message:
    """How many cases each thing seems wrong with, with a button that lists them."""
    if not shown.total:
        text = "Every open case has a tag, an owner and a customer, and none is there twice."
        return message(text, section(text))
    text = f"Records to put right: {shown.total}"
    lines = [
        {
            **section(f"*{_TITLES[what]}*: {number}"),
            "accessory": button("Show", f"{OPEN}.{what}", f"{what} 0", f"Show {_TITLES[what].lower()}"),
        }
        for what, number in shown.counts.items()
        if number
    ]
    return message(text, header(text), *lines, context(f"This list at any time: `{command}`"))


def hygiene_page(shown: HygienePage) -> Message:
    """The cases that one thing seems wrong with; Done takes one off for good."""
    title = _TITLES[shown.what]
    if not shown.total:
        return message(f"{title}: none is left.", section(f"{title}: none is left."))
    text = f"{title}: {shown.total}"
    blocks: list[Block] = [header(text)]
    for each in shown.suspects:
        blocks += [section(_words(each)), buttons(*_buttons(shown, each))]
    last = (shown.total - 1) // PAGE
    turns = [("Previous", shown.page - 1)] if shown.page else []
    turns += [("Next", shown.page + 1)] if shown.page < last else []
    if turns:
        blocks.append(
            buttons(*(button(label, f"{TURN}.{label.lower()}", f"{shown.what} {to}") for label, to in turns))
        )
    hint = "Done: it is put right, or right as it is. What is put right leaves by itself."
    return message(text, *blocks, context(hint))


def read_value(value: str) -> tuple[What, int]:
    """The list and the page of a button."""
    what, page = value.split()
    return What(what), int(page)


def _words(suspect: Suspect) -> str:
    line = suspect.line
    whose = person(line.owner) if line.owner else "nobody's"
    same = f"\nThe same customer wants the same in case {suspect.same_as}" if suspect.same_as else ""
    return f"{title_words(line)} · {whose}{same}"


def _buttons(shown: HygienePage, suspect: Suspect) -> list[Block]:
    line, spoken = suspect.line, f"case {suspect.line.number}"
    done = button("Done", DONE, f"{shown.what} {shown.page} {line.id}", f"Done with {spoken}")
    return [show_button(str(line.id), spoken), done]

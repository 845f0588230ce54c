"""Cases about to be late, as they stand on a Home."""

from collections.abc import Iterator

from bot.domain.nudges import As
from bot.domain.nudges_shown import AboutToBeLate, LateCase
from bot.views.blocks import Block, context, header, section
from bot.views.cases import show_button
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats, person
from bot.views.nudges_sla import when


def the_late(late: AboutToBeLate, formats: Formats) -> Iterator[Block]:
    """The first of them, each with a button that shows it; nothing where there is none."""
    if not late.total:
        return
    yield header(_counted(late))
    for each in late.first:
        words = case_words(each.case)
        text = f"*{words[:1].upper()}{words[1:]}*{_whose(each)}\n{when(each, formats)}"
        yield {**section(text), "accessory": show_button(str(each.case.id), case_spoken(each.case))}
    if late.total > len(late.first):
        yield context("and more" if late.more else f"and {late.total - len(late.first)} more")


def _counted(late: AboutToBeLate) -> str:
    """What is late stands first, so there may be more only of the last."""
    soon, more = late.total - late.late, " or more" if late.more else ""
    parts = [f"late · {late.late}"] if late.late else []
    parts += [f"about to be late · {soon}"] if soon else []
    text = f"{', '.join(parts)}{more}"
    return f"{text[:1].upper()}{text[1:]}"


def _whose(shown: LateCase) -> str:
    """Nothing of one's own."""
    if shown.because is As.OWNER:
        return ""
    return f" · {person(shown.owner)}'s" if shown.owner else " · nobody's"

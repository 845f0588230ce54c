"""The cases of who is away: on the card of the absence, and as those read of them who have them meanwhile."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from bot.domain.cases_handover_shown import AtRisk, CasesAway, GivenBack, Handed, HandedNews, Reassigned
from bot.views.blocks import Block, Message, button, buttons, message, paragraphs, section
from bot.views.cases_assign import ASSIGN, why_words
from bot.views.cases_lists import title_words
from bot.views.cases_words import due_words
from bot.views.formats import Formats, person, plain, shorten

ONE, ALL = "absence.cases.one", "absence.cases.all"
MAY_NOT = "Cases are given to others by the people of the support floor. Nothing was changed."
NOT_AT_RISK = "This case is somebody else's by now, or not urgent any more. Nothing was changed."
BACK_ALREADY = "They are back, so the cases stay theirs. Nothing was changed."
NOT_THERE = "They are not there in time any more. The card shows in a moment who is; nothing was changed."
_MOST_HANDED, _MOST_TOLD = 10, 20


def cases_blocks(shown: CasesAway, absence_id: UUID, formats: Formats, at: datetime) -> Iterator[Block]:
    """What cannot wait, each with who could see to it, and what others have of it by now."""
    if shown.number:
        yield section(f"*{_cases(shown.number).capitalize()} cannot wait until they are back*")
    for each in shown.at_risk:
        yield _at_risk(each, absence_id, formats, at)
    if shown.more:
        yield section(f"… and {shown.more} more, which Reassign all gives to others, too.")
    if shown.number > 1 and any(each.proposed for each in shown.at_risk):
        yield buttons(button(f"Reassign all {shown.number}", ALL, str(absence_id)))
    yield from paragraphs(_handed(shown))


def taken(news: HandedNews, formats: Formats, at: datetime) -> Message:
    """What somebody has while another is away."""
    number = len(news.cases)
    text = f"{person(news.away)} is away, and {_cases(number)} of theirs {_is(number)} yours meanwhile."
    lines = [f"• {title_words(each)} · {due_words(each.due_at, formats, at)}" for each in news.cases[:_MOST_TOLD]]
    note = "What nobody has touched goes back when they return."
    return message(text, *paragraphs([f"*{text}*", *_as_many(lines, number), note]))


def given_back(news: HandedNews) -> Message:
    """Somebody is back, and what nobody has touched is theirs again."""
    number = len(news.cases)
    whose = "yours" if news.own else "theirs"
    who = _back(news)
    text = f"{who}: {_cases(number)} that nobody has touched {_is(number)} {whose} again."
    lines = [f"• {title_words(each)}" for each in news.cases[:_MOST_TOLD]]
    return message(text, *paragraphs([f"*{text}*", *_as_many(lines, number)]))


def reassigned(done: Reassigned) -> str:
    """Whose each of them is now."""
    if not done.given and not done.left:
        return NOT_AT_RISK
    given = "; ".join(f"case {number} is {person(to)}'s" for number, to in done.given[:_MOST_TOLD])
    more = f"; and {len(done.given) - _MOST_TOLD} more" if len(done.given) > _MOST_TOLD else ""
    said = f"{given[:1].upper()}{given[1:]}{more}." if given else ""
    if done.left:
        it = "it" if done.left == 1 else "them"
        said = f"{said} For {_cases(done.left)} nobody is there in time: give {it} to somebody with Assign…"
    if done.more:
        said = f"{said} {_cases(done.more).capitalize()} more can be given: press Reassign all again."
    return said.strip()


def back_words(given: GivenBack) -> str:
    """What became of the cases of who is back; nothing where none were handed over."""
    if given.wait:
        return f" {_cases(given.wait).capitalize()} {_is(given.wait)} theirs again when they next work."
    if not given.again and not given.stay:
        return ""
    again = f"{_cases(given.again)} {_is(given.again)} theirs again" if given.again else ""
    stays = "stays" if given.stay == 1 else "stay"
    kept = f"{_cases(given.stay)} {stays} where something has happened since" if given.stay else ""
    text = ", ".join(each for each in (again, kept) if each)
    return f" {text[:1].upper()}{text[1:]}."


def read_one(value: str) -> tuple[UUID, UUID, UUID]:
    """The absence, the case and the person of a button."""
    absence_id, case_id, member_id = value.split()
    return UUID(absence_id), UUID(case_id), UUID(member_id)


def _at_risk(each: AtRisk, absence_id: UUID, formats: Formats, at: datetime) -> Block:
    line = each.line
    words = f"{title_words(line)} · {due_words(line.due_at, formats, at)}"
    if each.proposed is None or each.why is None:
        other = button("Assign…", ASSIGN, str(line.id), f"Assign case {line.number}")
        return {**section(f"{words}\nNobody else is there in time"), "accessory": other}
    proposed = f"{person(each.proposed)}: {why_words(each.why, formats)}"
    value = f"{absence_id} {line.id} {each.proposed.member_id}"
    name = plain(shorten(each.proposed.name, 40))
    one = button("Reassign", ONE, value, f"Reassign case {line.number} to {name}")
    return {**section(f"{words}\n→ {proposed}"), "accessory": one}


def _back(news: HandedNews) -> str:
    if news.own:
        return "You are not away after all" if news.never else "You are back"
    return f"{person(news.away)} is {'not away after all' if news.never else 'back'}"


def _handed(shown: CasesAway) -> Iterator[str]:
    if shown.handed:
        yield "*Handed over*"
    yield from _as_many([_handed_line(each) for each in shown.handed[:_MOST_HANDED]], len(shown.handed))


def _handed_line(each: Handed) -> str:
    whose = "given back" if each.given_back else person(each.to)
    return f"• {title_words(each.line)} · {whose}"


def _as_many(lines: list[str], number: int) -> list[str]:
    return [*lines, f"… and {number - len(lines)} more"] if number > len(lines) else lines


def _cases(number: int) -> str:
    return "one case" if number == 1 else f"{number} cases"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"

"""What is said beside the card of a question to a department, or sent about it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.domain.escalations import OPEN
from bot.domain.escalations_shown import AnswerShown, EscalationShown, News, NoteShown, Said
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.cases_named import case_spoken, case_words
from bot.views.escalations import ELSEWHERE, INFORM, LINK, card_button
from bot.views.escalations_words import department_words, draft, lines_of
from bot.views.formats import Formats, escape, person, shorten
from bot.views.promises import DRAFT

Facts = dict[str, Any]


def news(shown: EscalationShown, what: News, facts: Facts, formats: Formats) -> Message:
    """What is said beside a card, of something that nobody put into words."""
    # Of which department it is, whosever it has become since.
    name, number = department_words(facts.get("department", shown.department)), shown.number
    match what:
        case News.ETA:
            eta = formats.moment(datetime.fromisoformat(facts["eta"]))
            return message(f"{name} promises an answer to escalation {number} by {eta}.")
        case News.MOVED:
            left, to = (department_words(facts[each]) for each in ("from", "to"))
            return message(f"Escalation {number} is not {left}'s: it is with {to} now.")
        case News.LOST | News.TO_AND_FRO:
            return _whose(shown, what, name, facts["hop"])
        case News.CLOSED:
            by = f" by {person(shown.closed_by)}" if shown.closed_by else ""
            text = f"Escalation {number} was closed{by}. What is written here from now on reaches nobody else."
            return message(text)
        case News.STRANGER:
            text = (
                f"<@{facts['who']}>, you are not on the support team's roster, so what you write here does not "
                "reach who asked. Ask a coordinator to put you on it."
            )
            return message(text)
        case News.NOT_THEIRS:
            text = (
                f"<@{facts['who']}>, this question is {name}'s, so what you write here does not reach who asked."
            )
            return message(text)


def written(shown: NoteShown, said: Said, facts: Facts) -> Message:
    """What somebody wrote on the other side."""
    author = person(shown.author) if shown.author else "Somebody"
    name, number = department_words(facts["department"]), facts["number"]
    # A reply in a thread reaches nobody who is not named in it.
    to = f"<@{facts['to']}>: " if facts.get("to") and said in (Said.INFO, Said.AGAIN) else ""
    about = (
        to
        + {
            Said.REPLY: f"{author} on escalation {number}:",
            Said.NEED: f"*{name} needs to know* about escalation {number}:",
            Said.INFO: f"{author} tells you:",
            Said.ELSEWHERE: f"{author} says why escalation {number} is not {name}'s:",
            Said.AGAIN: f"*Asked again* by {author}, because the answer does not do:",
        }[said]
    )
    if shown.text is None:
        return message(f"{about} (deleted)")
    spoken = f"{about} {escape(shorten(shown.text, LINK))}"
    row = []
    if shown.waits:
        label = f"Tell {facts['department']}"
        row = [buttons(button("Tell them…", INFORM, facts["escalation"], label))]
    return message(spoken, section(about), section(lines_of(shown.text)), *row)


def answered(shown: AnswerShown, department: str) -> Message:
    """What a department answered, with a draft for the customer as long as the answer stands."""
    about, name = shown.escalation, department_words(department)
    if shown.text is None:
        return message(f"{name} answered escalation {about.number}.")
    text = f"{name} answers escalation {about.number}: {escape(shorten(shown.text, LINK))}"
    answer = (section(f"*{name} answers escalation {about.number}*"), section(lines_of(shown.text)))
    if not shown.stands:
        return message(text, *answer, context("They were asked again since."))
    return message(
        text,
        *answer,
        section(f"*A draft for the customer*\n{lines_of(draft(about))}"),
        *_write(about),
        context(
            "Put it in your own words and send it where the customer writes to you: I send nothing to customers."
        ),
    )


def _whose(shown: EscalationShown, what: News, name: str, hop: int) -> Message:
    """For the desk: nobody knows whose it is."""
    about = f"Escalation {shown.number} ({case_words(shown.case)})"
    text = f"{about} is not {name}'s, and they do not know whose it is. Send it elsewhere."
    if what is News.TO_AND_FRO:
        text = f"{about} was sent on {hop} times. See whose it is, and that somebody there owns it."
    still = shown.state in OPEN and shown.hop == hop
    return message(
        text, section(text), *([buttons(card_button(shown, "Send elsewhere…", ELSEWHERE))] if still else [])
    )


def _write(shown: EscalationShown) -> Iterator[Block]:
    """Where the customer waits for a word that was promised, the way to write it."""
    if shown.promised and shown.promised.waits:
        spoken = f"Write to the customer of {case_spoken(shown.case)}"
        yield buttons(button("Write to customer…", DRAFT, str(shown.promised.id), spoken))

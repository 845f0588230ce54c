"""What is answered where key figures cannot be shown at once, or not at all, and the help."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.kpi import Cut, Figure
from bot.domain.kpi_asked import Question
from bot.domain.kpi_looked import WhichTeam
from bot.domain.kpi_periods import Span
from bot.domain.kpi_typed import Names
from bot.domain.kpi_when import MOST_DAYS
from bot.domain.when import NotUnderstood
from bot.views.blocks import Message, button, buttons, context, header, message, section
from bot.views.formats import Formats, escape, plain, shorten
from bot.views.kpi_buttons import SHOW
from bot.views.kpi_words import span_words

_REST, _MOST_NAMES, _NAME, _MOST_CHOICES = 200, 10, 40, 20


def which_period(questions: Sequence[Question], formats: Formats) -> Message:
    """Which days are meant, each as a button."""
    text = "Which days do you mean?"
    offered = [
        button(span_words(each.span, formats), f"{SHOW}.period.{number}", each.value)
        for number, each in enumerate(questions)
    ]
    return message(text, section(text), buttons(*offered))


def which_team(found: WhichTeam, question: Question, command: str) -> Message:
    """For who leads several."""
    text = "Of which team?" if found.teams else f"Of which team? Name it, such as `{command} mail`."
    offered = [
        button(plain(shorten(name, _NAME)), f"{SHOW}.team.{number}", _of_team(question, team_id).value)
        for number, (team_id, name) in enumerate(list(found.teams.items())[:_MOST_CHOICES])
    ]
    return message(text, section(text), *([buttons(*offered)] if offered else []))


def not_understood(meaning: NotUnderstood, formats: Formats, command: str, names: Names) -> Message:
    """What is no figure, no name and no period."""
    rest = f"“{escape(shorten(meaning.rest, _REST))}”"
    text = (
        f"There is no {rest}: {formats.short_month(meaning.short)}."
        if meaning.short
        else f"I did not understand {rest}."
    )
    hints = [
        f"{kind} are {', '.join(escape(shorten(each, _NAME)) for each in known[:_MOST_NAMES])}"
        for kind, known in (("Queues", names.queues), ("Teams", names.teams))
        if known
    ]
    hints.append("A person is named with an @, as in a message")
    return message(text, section(text), context("\n".join([*hints, f"Figures and all forms: `{command} help`"])))


def ahead(span: Span, formats: Formats) -> Message:
    """A time that is still to come."""
    text = f"{span_words(span, formats)} is still to come. Ask for days that have been, such as `last week`."
    return message(text, section(text))


def too_long(most: int = MOST_DAYS, such_as: str = "last month") -> Message:
    """More days than can be looked at."""
    text = f"That is more than {most} days. Ask for fewer, such as `{such_as}`."
    return message(text, section(text))


def no_split(word: str) -> Message:
    """Something by which no figure can be taken apart."""
    text = (
        f"I cannot take figures apart by “{escape(shorten(word, _REST))}”. "
        "I can by day, queue, channel, team, person and source."
    )
    return message(text, section(text))


def may_not(command: str, *, people: bool = False) -> Message:
    """For who may not see what they ask for."""
    if people:
        text = "The figures of single people are for themselves, their lead, coordinators and managers."
    else:
        text = "Leads see the figures of their team, coordinators and managers all of them."
    return message(text, section(text), context(f"What you may see: `{command}`"))


def may_not_subscribe() -> Message:
    """For who leads nobody."""
    text = "Leads, coordinators and managers say who gets which report. Ask one of them."
    return message(text, section(text))


def one_person() -> Message:
    """Several were named."""
    text = "Ask for one person at a time, or for all of them: `by person`."
    return message(text, section(text))


def not_on_roster(slack_id: str) -> Message:
    """Somebody was named whom no roster names."""
    text = f"<@{slack_id}> is not on the roster, so there are no figures of theirs."
    return message(text, section(text))


def not_for_them() -> Message:
    """For who works no shifts here."""
    text = "Key figures are for those who work in support. If you do, ask a coordinator for the role of an agent."
    return message(text, section(text))


def help_message(command: str, queue: str | None, *, leads: bool, reports: bool) -> Message:
    """Every form of the command that the reader may use, of a queue that there is."""
    of_queue = f" {escape(shorten(queue, _NAME))}".replace("`", "'") if queue else ""
    whose = "this week" if leads else "your own week"
    forms = {
        "": f"{whose}, on its first day the last one, beside the one before",
        " last month": "another time; also `thu`, `last 30 days`, `q3`, `nov 2 to nov 8`",
        f" csat last month{of_queue}": "one figure, of a queue, team or channel",
        " sla week vs last week": "two times beside each other",
        " sla by queue last week": "taken apart; also by day, channel, team, person or source",
    }
    if leads:
        why = "why a day was worse or better than planned"
        forms |= {" aht @person": "of a person", f" why thu{of_queue}": why}
    if reports:
        forms |= {" subscriptions": "who gets which report, where and when"}
    named = ", ".join(f"`{figure}`" for figure in Figure)
    return message(
        f"What {command} can do",
        header("Key figures"),
        section("\n".join(f"• `{command}{form}` – {meaning}" for form, meaning in forms.items())),
        section(f"*Figures:* {named}; `sla` is all three of its clocks"),
        context(
            "Only you see the answers. A rate is a ratio of sums and says of how many; of too few it says "
            "nothing. Weeks and days are those of the workspace."
        ),
    )


def _of_team(question: Question, team_id: UUID) -> Question:
    cut = question.cut
    return Question(
        question.span, question.figures, Cut(cut.queue_id, team_id, cut.channel), question.against, question.split
    )

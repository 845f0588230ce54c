"""Reports that an article is not true any more: the form, what the owner reads, and what the reporter hears."""

import json
from collections.abc import Iterator, Sequence
from uuid import UUID

from bot.domain.kb import Report
from bot.domain.kb_upkeep_shown import ArticleNamed, ReportShown
from bot.domain.shifts import Somebody
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, person
from bot.views.forms import MISSING, View, entered, field, modal, paragraph_input
from bot.views.kb_article import open_button
from bot.views.kb_upkeep import edit_button, name
from bot.views.requests import quote, said, zone_line

FIXED, TRUE = "kb.report.fixed", "kb.report.true"
FORM, WHY_FORM = "kb.report.form", "kb.report.why"
TITLE, WHY_TITLE, LIST_TITLE = "Outdated?", "True as it is", "What is wrong"
_WORDS, _WHY = f"{FORM}.words", f"{WHY_FORM}.words"
_LONGEST = 1000
_LISTED = 10
NONE_OPEN = "Nobody says that it is not true any more."
_CLOSED = {Report.FIXED: "put right", Report.REFUSED: "answered: it is true as it is"}


def report_form(nonce: UUID, article: ArticleNamed) -> View:
    """Asks what is wrong."""
    return modal(
        TITLE,
        section(f"Article {name(article)}"),
        field("What is wrong or missing", _WORDS, paragraph_input(longest=_LONGEST)),
        context("Its owner reads this, with your name. You hear what became of it."),
        callback_id=FORM,
        submit="Tell the owner",
        metadata=json.dumps({"nonce": str(nonce), "article": str(article.id)}),
    )


def read_report_form(view: View) -> tuple[UUID, UUID, str]:
    """The article, the nonce, and what is wrong."""
    kept = json.loads(view["private_metadata"])
    return UUID(kept["article"]), UUID(kept["nonce"]), entered(view)[_WORDS] or ""


def words_missing() -> dict[str, str]:
    """At the field."""
    return {_WORDS: MISSING}


def reported(shown: ReportShown) -> Message:
    """The answer to the form."""
    if shown.owner is None or shown.owner.left:
        who = "It has no owner here, so the coordinators were told"
    else:
        who = f"{person(shown.owner)} was told"
    return message(f"Thank you. {who}; I tell you what becomes of it.")


def report_card(shown: ReportShown, formats: Formats) -> Message:
    """For the owner: what somebody says is wrong, and what became of it."""
    reporter = _somebody(shown.reporter)
    text = f"{reporter} says that article {name(shown.article)} is not true any more"
    version = f" · they read version {shown.version}" if shown.version else ""
    state = "" if shown.state is Report.OPEN else f"\n{_state_words(shown)}"
    row = list(_report_buttons(shown))
    return message(
        f"{text}: {_state_words(shown)}" if state else text,
        section(f"*{text}*{state}"),
        *([quote(shown.reporter, shown.said)] if shown.said and shown.reporter else ()),
        *([buttons(*row)] if row else ()),
        zone_line(formats, f"Reported {formats.moment(shown.reported_at)}{version}"),
    )


def report_news(shown: ReportShown, *, archived: bool) -> Message:
    """For whoever reported it."""
    article, by = name(shown.article), _somebody(shown.closed_by)
    if archived:
        text = f"Article {article}, which you said was not true any more, is archived: nobody finds it now."
        return message(text, section(text))
    if shown.state is Report.FIXED:
        text = f"Article {article}, which you said was not true any more, was put right by {by}. Thank you."
    else:
        text = f"Article {article} is true as it is, says {by}:{said(shown.answer)}"
    return message(text, section(text), buttons(open_button(shown.article.id)))


def reports_list(article: ArticleNamed, reports: Sequence[ReportShown], formats: Formats) -> Message:
    """All that people say is wrong with one article."""
    title = f"Article {name(article)}"
    blocks: list[Block] = []
    for each in reports[:_LISTED]:
        when = f"{_somebody(each.reporter)}, {formats.moment(each.reported_at)}"
        blocks += [section(f"{when}:{said(each.said)}"), buttons(*_answer_buttons(each))]
    if len(reports) > _LISTED:
        blocks.append(context(f"and {len(reports) - _LISTED} more, which follow as you answer these"))
    if not reports:
        blocks.append(section(NONE_OPEN))
    return message(title, section(f"*{title}*"), *blocks, buttons(open_button(article.id), edit_button(article)))


def why_form(nonce: UUID, shown: ReportShown) -> View:
    """Asks why it is true as it is."""
    return modal(
        WHY_TITLE,
        section(f"Article {name(shown.article)}"),
        *([quote(shown.reporter, shown.said)] if shown.said and shown.reporter else ()),
        field("Why", _WHY, paragraph_input(longest=_LONGEST), hint="Whoever reported it reads this."),
        callback_id=WHY_FORM,
        submit="Answer",
        metadata=json.dumps({"nonce": str(nonce), "report": str(shown.id)}),
    )


def read_why_form(view: View) -> tuple[UUID, UUID, str]:
    """The report, the nonce, and why."""
    kept = json.loads(view["private_metadata"])
    return UUID(kept["report"]), UUID(kept["nonce"]), entered(view)[_WHY] or ""


def why_missing() -> dict[str, str]:
    """At the field."""
    return {_WHY: MISSING}


def closed(state: Report) -> str:
    """Somebody was quicker."""
    return f"It is {_CLOSED[state]} by now. Nothing was changed."


def answered(state: Report) -> Message:
    """The answer to a button of a list."""
    return message(f"It is {_CLOSED[state]}. Whoever reported it was told.")


def _state_words(shown: ReportShown) -> str:
    by = _somebody(shown.closed_by)
    if shown.state is Report.FIXED:
        return f"Put right by {by}"
    return f"True as it is, says {by}:{said(shown.answer)}"


def _report_buttons(shown: ReportShown) -> Iterator[Block]:
    yield open_button(shown.article.id, spoken=f"Open article {shown.article.number}")
    if shown.state is Report.OPEN:
        yield edit_button(shown.article)
        yield from _answer_buttons(shown)


def _answer_buttons(shown: ReportShown) -> Iterator[Block]:
    number = shown.article.number
    yield button("Fixed", FIXED, str(shown.id), f"What was wrong with article {number} is put right")
    yield button("True as it is…", TRUE, str(shown.id), f"Article {number} is true as it is, and why")


def _somebody(who: Somebody | None) -> str:
    return person(who) if who else "somebody"

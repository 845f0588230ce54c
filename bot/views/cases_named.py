"""A case in the words of what is about it."""

from bot.domain.cases_named import CaseNamed
from bot.views.formats import escape, plain, shorten

_TITLE = 150
_BOLD = str.maketrans("*`", "∗'")  # what would end the bold in which it stands
_SOURCES = {"zendesk": "Zendesk", "freshdesk": "Freshdesk", "jira": "Jira", "file": "reference"}


def case_words(case: CaseNamed) -> str:
    """Number and title, and the number in the helpdesk with the way there."""
    text = f"case {case.number}"
    if case.title:
        text += f", “{escape(shorten(case.title, _TITLE)).translate(_BOLD)}”"
    if case.source and case.external_id:
        there = f"{_SOURCES.get(case.source, case.source)} {case.external_id}"
        text += f" (<{case.url}|{there}>)" if case.url else f" ({there})"
    return text


def case_spoken(case: CaseNamed) -> str:
    """The same where nothing is markup, and in short."""
    return f"case {case.number} {plain(shorten(case.title, 40))}".strip()

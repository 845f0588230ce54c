"""What a person may write to a customer, with what is known of the case filled in."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.promises_shown import PromiseShown
from bot.views.formats import Formats


class Template(StrEnum):
    """What a draft begins with."""

    PROGRESS = "progress"
    SOLVED = "solved"
    QUESTION = "question"
    LATER = "later"


TEMPLATES: Mapping[Template, str] = {
    Template.PROGRESS: "Where it stands",
    Template.SOLVED: "It is solved",
    Template.QUESTION: "We need to know something",
    Template.LATER: "It takes longer",
}
_BODIES: Mapping[Template, str] = {
    Template.PROGRESS: "we promised to get back to you by {due} about “{title}”.\n\nHere is where it stands: …",
    Template.SOLVED: (
        "“{title}” is solved: …\n\nPlease tell us whether everything is as it should be; only then do we close it."
    ),
    Template.QUESTION: "to go on with “{title}” we need to know one more thing: …",
    Template.LATER: (
        "we promised to get back to you by {due} about “{title}”. It takes us longer than we thought, and we are "
        "sorry for that.\n\nYou will hear from us by … at the latest."
    ),
}


def draft_words(shown: PromiseShown, template: Template, formats: Formats) -> str:
    """The text of a template for a case."""
    body = _BODIES[template].format(due=formats.moment(shown.promise.due_at), title=shown.case.title)
    return f"Hello {shown.customer or '…'},\n\n{body}\n\nKind regards,\n{shown.owner.name}"

"""All that waits for a second person: the list, and what approvers read of much at once."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from bot.domain.kb import Kind
from bot.domain.kb_upkeep_shown import ApprovalShown, WaitingOf, WaitingPage
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, person
from bot.views.forms import confirmation
from bot.views.kb_approval import APPROVE, author_words, decline_button, look_buttons
from bot.views.kb_upkeep import name
from bot.views.kb_upkeep_buttons import waiting_button
from bot.views.kb_versions import to_value
from bot.views.kb_words import KINDS
from bot.views.requests import said

PAGE, ALL, ONE = "kb.waiting.page", "kb.waiting.all", "kb.waiting.approve"
NOTHING = "Nothing waits for approval."
MAY_NOT = "Leads, coordinators and managers approve what is published."
OWN = "yours, so somebody else decides"


def waiting_line(shown: WaitingOf, _formats: Formats) -> str:
    """How much of somebody's waits, and the first of it."""
    author = person(shown.author)
    if not shown.total:
        return f"What {author} handed in for approval"
    named = ", ".join(name(each.article) for each in shown.first)
    if shown.total == 1:
        return f"{KINDS[shown.first[0].article.kind]} {named} by {author} needs approval"
    more = shown.total - len(shown.first)
    return f"{_many(shown)} by {author} need approval: {named}{f' and {more} more' if more else ''}"


def waiting_buttons(shown: WaitingOf) -> Iterator[Block]:
    """What can be done about it at once."""
    if shown.total == 1:
        [only] = shown.first
        yield from look_buttons(only)
        yield button("Approve", APPROVE, to_value(only.article.id, only.version), f"Approve {only.article.number}")
        yield decline_button(only)
    elif shown.until:
        yield waiting_button()
        value = f"{shown.author.member_id} {shown.until.isoformat()}"
        asks = confirmation("Approve all?", "People read all of them from now on, as they stand.", "Approve all")
        yield button(f"Approve all {shown.total}", ALL, value) | {"confirm": asks}


def waiting_list(page: WaitingPage, formats: Formats, done: str = "") -> Message:
    """A page of all that waits, the longest first; on top what was ``done`` a moment ago."""
    title = f"Needs approval · {page.total}" if page.total else NOTHING
    blocks = [section(each) for each in (done, f"*{title}*" if page.total else title) if each]
    for each in page.shown:
        blocks += [section(_line(each, formats, page.reader_id)), buttons(*_row(each, page))]
    turns = [
        button(label, f"{PAGE}.{label.lower()}", str(number))
        for label, number in (("Previous", page.number - 1), ("Next", page.number + 1))
        if 0 <= number < page.pages
    ]
    where = [context(f"Page {page.number + 1} of {page.pages}")] if page.pages > 1 else []
    return message(title, *blocks, *([buttons(*turns)] if turns else []), *where)


def approved_words(count: int) -> str:
    """What became of them."""
    if not count:
        return "Nothing of it waits any more: somebody was quicker."
    return f"{'It is' if count == 1 else f'All {count} are'} published, and whoever wrote {_it(count)} is told."


def read_all(value: str) -> tuple[UUID, datetime]:
    """Whose, and until when it was written, of the button."""
    author_id, _, until = value.partition(" ")
    return UUID(author_id), datetime.fromisoformat(until)


def read_one(value: str) -> tuple[UUID, int, int]:
    """The article, the version and the page of a button of the list."""
    article_id, version, page = value.split()
    return UUID(article_id), int(version), int(page)


def _line(shown: ApprovalShown, formats: Formats, reader_id: UUID | None) -> str:
    what = f"*{KINDS[shown.article.kind]} {name(shown.article)}*, version {shown.version}"
    whose = f" · {OWN}" if _is_own(shown, reader_id) else ""
    return f"{what}\n{author_words(shown)}, {formats.moment(shown.asked_at)}{said(shown.reason)}{whose}"


def _row(shown: ApprovalShown, page: WaitingPage) -> Iterator[Block]:
    yield from look_buttons(shown)
    if not _is_own(shown, page.reader_id):
        value = f"{to_value(shown.article.id, shown.version)} {page.number}"
        yield button("Approve", ONE, value, f"Approve version {shown.version} of {shown.article.number}")
        yield decline_button(shown)


def _is_own(shown: ApprovalShown, reader_id: UUID | None) -> bool:
    return shown.author is not None and shown.author.member_id == reader_id


def _many(shown: WaitingOf) -> str:
    kinds = {each.article.kind for each in shown.first}
    return f"{shown.total} {'canned responses' if kinds == {Kind.CANNED} else 'articles'}"


def _it(count: int) -> str:
    return "it" if count == 1 else "them"

"""What waits for a second person before it is published: the card, what the author hears, and declining it."""

import json
from collections.abc import Iterator
from uuid import UUID

from bot.domain.kb import VersionState
from bot.domain.kb_upkeep_shown import ApprovalShown
from bot.domain.shifts import Somebody
from bot.views.blocks import Block, Message, button, buttons, message, section
from bot.views.formats import Formats, person
from bot.views.forms import MISSING, View, entered, field, modal, paragraph_input
from bot.views.kb_article import open_button
from bot.views.kb_upkeep import edit_button, name
from bot.views.kb_versions import DIFFERENCE, LOOK, to_value
from bot.views.kb_words import KINDS
from bot.views.requests import quote, said, zone_line

APPROVE, DECLINE = "kb.approval.approve", "kb.approval.decline"
FORM = "kb.approval.form"
TITLE = "Decline"
_WHY, _LONGEST = f"{FORM}.why", 1000
_NOTHING = "Nothing was changed."
MAY_NOT = f"Leads, coordinators and managers approve what is published. {_NOTHING}"
OWN = f"You have written it yourself, so somebody else decides. {_NOTHING}"
NOT_WAITING = f"It does not wait for approval any more. {_NOTHING}"


def approval_card(shown: ApprovalShown, formats: Formats) -> Message:
    """What is to be published, by whom and why, and what became of it."""
    text = f"{KINDS[shown.article.kind]} {name(shown.article)}, version {shown.version}: {_state_words(shown)}"
    return message(
        text,
        section(f"*{text}*"),
        *([quote(shown.author, shown.reason)] if shown.reason and shown.author else ()),
        buttons(*_card_buttons(shown)),
        zone_line(formats, f"Written by {author_words(shown)}, {formats.moment(shown.asked_at)}"),
    )


def approval_news(shown: ApprovalShown, *, declined: bool) -> Message:
    """For whoever has written it; it may wait once more by now."""
    what = f"{KINDS[shown.article.kind].lower()} {name(shown.article)}"
    by = person(shown.decided_by) if shown.decided_by else "somebody"
    if declined:
        text = (
            f"{by} declined your version {shown.version} of {what}:{said(shown.decision)} It stays a draft: "
            "change it with Edit, and hand it in once more."
        )
    else:
        text = f"{by} approved your version {shown.version} of {what}: people find it from now on."
    row = [open_button(shown.article.id), *([edit_button(shown.article)] if declined else [])]
    return message(text, section(text), buttons(*row))


def many_approved(by: Somebody, count: int) -> Message:
    """For whoever has written so many that were approved at once."""
    what, they = ("one of yours that waited", "it") if count == 1 else (f"{count} of yours that waited", "them")
    text = f"{person(by)} approved {what}: people read {they} from now on."
    return message(text, section(text))


def decline_form(nonce: UUID, shown: ApprovalShown) -> View:
    """Asks why."""
    return modal(
        TITLE,
        section(f"{KINDS[shown.article.kind]} {name(shown.article)}, version {shown.version}"),
        field("Why", _WHY, paragraph_input(longest=_LONGEST), hint="Whoever has written it reads this."),
        callback_id=FORM,
        submit="Decline",
        metadata=json.dumps({"nonce": str(nonce), "version": to_value(shown.article.id, shown.version)}),
    )


def read_decline_form(view: View) -> tuple[str, UUID, str]:
    """The version as a button carries it, the nonce, and why."""
    kept = json.loads(view["private_metadata"])
    return kept["version"], UUID(kept["nonce"]), entered(view)[_WHY] or ""


def why_missing() -> dict[str, str]:
    """At the field."""
    return {_WHY: MISSING}


def _state_words(shown: ApprovalShown) -> str:
    match shown.state:
        case VersionState.WAITING:
            return "archived before it was approved" if shown.archived else "needs approval"
        case VersionState.DECLINED:
            return f"declined by {person(shown.decided_by) if shown.decided_by else 'somebody'}"
        case VersionState.PUBLISHED:
            return f"approved by {person(shown.decided_by) if shown.decided_by else 'somebody'}"
    return "withdrawn, or replaced by a newer version"


def _card_buttons(shown: ApprovalShown) -> Iterator[Block]:
    yield from look_buttons(shown)
    if shown.state is VersionState.WAITING and not shown.archived:
        value, number = to_value(shown.article.id, shown.version), shown.article.number
        yield button("Approve", APPROVE, value, f"Approve version {shown.version} of {number}") | {
            "style": "primary"
        }
        yield decline_button(shown)


def look_buttons(shown: ApprovalShown) -> Iterator[Block]:
    """What there is to read before one decides."""
    value, number = to_value(shown.article.id, shown.version), shown.article.number
    yield button("Read", LOOK, value, f"Read version {shown.version} of article {number}")
    if shown.version > 1:
        yield button("What differs", DIFFERENCE, value, f"What differs in version {shown.version} of {number}")


def decline_button(shown: ApprovalShown) -> Block:
    """Opens the form that asks why."""
    value, number = to_value(shown.article.id, shown.version), shown.article.number
    return button("Decline…", DECLINE, value, f"Decline version {shown.version} of {number}")


def author_words(shown: ApprovalShown) -> str:
    """Who has written it."""
    return person(shown.author) if shown.author else "nobody here"
